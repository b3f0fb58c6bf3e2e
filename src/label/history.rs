//! Labels in the order of time, so that no run is judged by what came after it (methods §5.7, §6).

use super::features::{Part, features};
use super::{Context, Features, Freshening, Label, Reason, Verdict, decide};
use crate::athlete::Athlete;
use crate::calendar::days_between;
use crate::daily::Daily;
use crate::notes::Said;
use crate::physiology::race::race_days;
use crate::physiology::statistics::{median, quantile};
use crate::recording::ActivityId;
use jiff::civil::Date;
use rayon::prelude::*;

/// Runs closer together than this are one session, ms (methods §1.8).
const ONE_SESSION_MS: i64 = 30 * 60 * 1000;
/// Days of history for the usual values, and the longer try (methods §5.7).
const BASELINE_DAYS: [i64; 2] = [60, 180];
const BASELINE_RUNS: usize = 5;
const MS_PER_H: f64 = 3_600_000.0;

/// Recordings that follow each other closely and are judged together.
#[derive(Clone, Debug, PartialEq)]
pub struct Session {
    /// Its recordings, in order of time.
    pub parts: Vec<ActivityId>,
    pub date: Date,
    pub start_ms: i64,
    pub end_ms: i64,
}

/// Groups runs, in order of time, into sessions.
pub fn sessions<'a>(runs: impl Iterator<Item = (ActivityId, Part<'a>)>) -> Vec<Session> {
    let mut sessions: Vec<Session> = Vec::new();
    for (id, part) in runs {
        let (start_ms, end_ms) = (part.recording.digest.start_ms, part.recording.end_ms());
        match sessions.last_mut().filter(|last| start_ms - last.end_ms < ONE_SESSION_MS) {
            Some(last) => {
                last.parts.push(id);
                last.end_ms = last.end_ms.max(end_ms);
            }
            None => sessions.push(Session { parts: vec![id], date: part.recording.date(), start_ms, end_ms }),
        }
    }
    sessions
}

/// A session with its label and what later ones need to know of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Labelled {
    pub session: Session,
    pub features: Features,
    /// What it was judged against.
    pub context: Context,
    pub verdict: Verdict,
    /// Hard by its label, its load or its novelty: the next days should be gentle.
    pub hard: bool,
    /// Far more downhill than usual, which leaves the legs sore.
    pub eccentric: bool,
}

impl Labelled {
    /// Its recordings, in order of time.
    pub fn parts(&self) -> impl DoubleEndedIterator<Item = ActivityId> + '_ {
        self.session.parts.iter().copied()
    }
}

/// What is usual for the runner, from the sessions before a day.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Baseline {
    /// Median duration, minutes.
    pub usual_min: Option<f64>,
    /// Median of the 30-s graded speeds of all but hard runs, m/s.
    pub usual_mps: Option<f64>,
    /// How many runs it rests on.
    pub runs: usize,
}

impl Baseline {
    /// The last 60 days if they hold five runs, else 180, else nothing.
    pub fn before(date: Date, past: &[Labelled]) -> Baseline {
        let counts = |l: &&Labelled| !matches!(l.verdict.label, Label::Fragment | Label::Walk | Label::Unknown);
        for days in BASELINE_DAYS {
            let recent: Vec<&Labelled> = within(past, date, days).filter(counts).collect();
            if recent.len() < BASELINE_RUNS {
                continue;
            }
            let minutes: Vec<f64> = recent.iter().map(|l| l.features.duration_min).collect();
            let relaxed = recent.iter().filter(|l| l.verdict.label.is_usual_running());
            let speeds: Vec<f64> = relaxed.filter_map(|l| l.features.speed_mps).collect();
            return Baseline { usual_min: median(&minutes), usual_mps: median(&speeds), runs: recent.len() };
        }
        Baseline::default()
    }
}

fn within(past: &[Labelled], date: Date, days: i64) -> impl DoubleEndedIterator<Item = &Labelled> {
    past.iter().filter(move |l| (0..=days).contains(&days_between(l.session.date, date)))
}

/// Labels all sessions, the oldest first. `part` gives every recording of the season.
pub fn label_all<'a>(
    sessions: &[Session],
    part: impl Fn(ActivityId) -> Part<'a> + Sync,
    athlete: &Athlete,
    daily: &Daily,
) -> Vec<Labelled> {
    let measure = |(earlier, session): (usize, &Session)| {
        let parts: Vec<Part> = session.parts.iter().map(|i| part(*i)).collect();
        features(&parts, athlete.at(session.date), earlier)
    };
    let measured: Vec<Features> = sessions.par_iter().enumerate().map(measure).collect();
    let races = sessions.iter().zip(&measured).filter(|(_, run)| run.race_km.is_some());
    let race_starts: Vec<i64> = races.map(|(session, _)| session.start_ms).collect();
    let mut past: Vec<Labelled> = Vec::with_capacity(sessions.len());
    for (session, run) in sessions.iter().zip(measured) {
        let thresholds = athlete.at(session.date);
        let morning = daily.judging_morning(session.date);
        let baseline = Baseline::before(session.date, &past);
        let next_race = race_starts.iter().find(|start| **start >= session.end_ms);
        let context = Context {
            ceiling_bpm: thresholds.recovery_ceiling_bpm(),
            lt1_bpm: thresholds.lt1_bpm(),
            usual_mps: baseline.usual_mps,
            threshold_mps: thresholds.speed_mps(),
            usual_min: baseline.usual_min,
            fitness: morning.ctl,
            base_runs: baseline.runs,
            freshening: freshening(session, &past, morning.relative_form()),
            race_in_h: next_race.map(|start| (start - session.end_ms) as f64 / MS_PER_H),
        };
        let said = Said::of_parts(session.parts.iter().map(|id| &part(*id).recording.said));
        let verdict = decide(&run, &context).corrected(&said);
        let eccentric = is_eccentric(&run, &past);
        let novel = eccentric || is_novel(&run, session, &past);
        let hard = verdict.label.is_hard() || is_unusually_loaded(&run, morning.ctl) || novel;
        past.push(Labelled { session: session.clone(), features: run, context, verdict, hard, eccentric });
    }
    past
}

/// The race and the hard session that a run may be recovering from.
fn freshening(session: &Session, past: &[Labelled], form_relative: f64) -> Freshening {
    let race = past.iter().rev().find_map(|l| {
        let km = l.features.race_km.filter(|_| l.verdict.label == Label::Race)?;
        let days = u32::try_from(days_between(l.session.date, session.date)).ok()?;
        (days > 0).then(|| (days, race_days(km).no_hard))
    });
    let hard = past
        .iter()
        .rev()
        .find(|l| l.hard)
        .map(|l| ((session.start_ms - l.session.end_ms) as f64 / MS_PER_H, l.verdict.label));
    Freshening::of(race, hard, form_relative)
}

/// A load far above this runner's fitness (methods §6.1).
fn is_unusually_loaded(run: &Features, fitness: f64) -> bool {
    run.load >= 1.6 * fitness.max(30.0)
}

/// Much more downhill than usual (methods §6.1).
fn is_eccentric(run: &Features, past: &[Labelled]) -> bool {
    const STEEP_M: f64 = 200.0;
    let descents: Vec<f64> = past.iter().map(|l| l.features.descent_m).collect();
    let usual = quantile(&descents, 0.9).filter(|_| descents.len() >= BASELINE_RUNS);
    run.descent_m >= STEEP_M && usual.is_some_and(|usual| run.descent_m >= 2.0 * usual)
}

/// Unlike anything of late, which leaves the legs sore: much longer, or back on trails (methods §6.1).
fn is_novel(run: &Features, session: &Session, past: &[Labelled]) -> bool {
    const FEW: usize = 3;
    const MONTH: i64 = 30;
    let month: Vec<&Labelled> = within(past, session.date, MONTH).collect();
    let longest = month.iter().map(|l| l.features.duration_min).fold(0.0, f64::max);
    let longer = month.len() >= FEW && run.duration_min >= 1.3 * longest;
    let known_longer = past.first().is_some_and(|l| days_between(l.session.date, session.date) >= MONTH);
    longer || (run.trail && known_longer && !month.iter().any(|l| l.features.trail))
}

/// The reasons shown on the row of one part of a session.
pub fn reasons_of_part(labelled: &Labelled, id: ActivityId) -> Vec<Reason> {
    let parts = &labelled.session.parts;
    let part = parts.iter().position(|p| *p == id).unwrap_or_default() + 1;
    let shared = (parts.len() > 1).then_some(Reason::PartOfSession { part, of: parts.len() });
    labelled.verdict.reasons.iter().copied().chain(shared).collect()
}

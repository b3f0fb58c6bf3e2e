//! Labels in the order of time, so that no run is judged by what came after it (methods §5.7, §6).

use super::features::UnweighedFeatures;
use super::part::Part;
use super::race::{self, RaceCall};
use super::{Context, Features, Label, Reason, RecoveryPrompt, Spoil, Verdict, decide};
use crate::athlete::Athlete;
use crate::calendar::days_between;
use crate::daily::Daily;
use crate::load::RunLoad;
use crate::notes::Said;
use crate::physiology::race::race_days;
use crate::physiology::statistics::{median, quantile};
use crate::recording::ActivityId;
use jiff::civil::Date;

/// Runs closer together than this are one session, ms (methods §1.8).
const ONE_SESSION_MS: i64 = 30 * 60 * 1000;
/// Days of history for the usual values, and the longer try (methods §5.7).
const BASELINE_DAYS: [i64; 2] = [60, 180];
const BASELINE_RUNS: usize = 5;
/// Days whose runs a race must have outrun (methods §6.1).
const RIVAL_DAYS: i64 = 60;
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
    /// Median of the 30-s grade-adjusted speeds of all but hard runs, m/s.
    pub usual_mps: Option<f64>,
    /// The same of all runs, m/s.
    pub ordinary_mps: Option<f64>,
    /// Median of the mean heart rates of all but hard runs, bpm.
    pub usual_bpm: Option<f64>,
    /// The lowest of those, bpm.
    pub lowest_bpm: Option<f64>,
    /// Median heart rate while walking, bpm.
    pub walking_bpm: Option<f64>,
    /// Median altitude, m.
    pub altitude_m: Option<f64>,
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
            let usual = |of: fn(&Features) -> Option<f64>, among: &dyn Fn(Label) -> bool| {
                let values = recent.iter().filter(|l| among(l.verdict.label)).filter_map(|l| of(&l.features));
                median(&values.collect::<Vec<_>>())
            };
            return Baseline {
                usual_min: usual(|f| Some(f.duration_min), &|_| true),
                usual_mps: usual(|f| f.speed_mps, &Label::is_usual_running),
                ordinary_mps: usual(|f| f.speed_mps, &|_| true),
                usual_bpm: usual(|f| f.heart_rate_mean_bpm, &Label::is_usual_running),
                lowest_bpm: recent.iter().filter_map(|l| l.features.heart_rate_mean_bpm).reduce(f64::min),
                walking_bpm: usual(|f| f.walking_bpm, &|_| true),
                altitude_m: usual(|f| f.altitude_m, &|_| true),
                runs: recent.len(),
            };
        }
        Baseline::default()
    }
}

/// The sessions of the days up to `date`, the latest first.
fn within(past: &[Labelled], date: Date, days: i64) -> impl Iterator<Item = &Labelled> {
    past.iter().rev().take_while(move |l| days_between(l.session.date, date) <= days)
}

/// Labels all sessions, the oldest first, by what was measured of each. `part` gives every recording of the season, and
/// `load` its load.
pub fn label_all<'a>(
    sessions: &[Session],
    measured: Vec<UnweighedFeatures>,
    part: impl Fn(ActivityId) -> Part<'a>,
    load: impl Fn(ActivityId) -> RunLoad,
    athlete: &Athlete,
    daily: &Daily,
) -> Vec<Labelled> {
    let weighed = measured.into_iter().zip(sessions).map(|(run, s)| run.weighed(s.parts.iter().map(|id| load(*id))));
    let measured: Vec<Features> = weighed.collect();
    let first_min = first_usual_min(sessions, &measured);
    let mut past: Vec<Labelled> = Vec::with_capacity(sessions.len());
    for (session, run) in sessions.iter().zip(measured) {
        let said = Said::of_parts(session.parts.iter().map(|id| &part(*id).recording.said));
        let baseline = Baseline::before(session.date, &past);
        let baseline = Baseline { usual_min: baseline.usual_min.or(first_min), ..baseline };
        let labelled = label_one(session, run, &said, &past, baseline, (athlete, daily));
        past.push(labelled);
    }
    find_shakeouts(&mut past);
    past
}

/// The median duration of the first runs of a history, by which the very first are told, as they are by the thresholds of the
/// first three months; `None` of fewer than five.
fn first_usual_min(sessions: &[Session], measured: &[Features]) -> Option<f64> {
    const FIRST_RUNS: usize = 10;
    let first = sessions.first()?.date;
    let early = sessions.iter().zip(measured).take(FIRST_RUNS);
    let minutes = early.filter(|(session, _)| days_between(first, session.date) <= BASELINE_DAYS[0]);
    let minutes: Vec<f64> = minutes.map(|(_, run)| run.duration_min).collect();
    median(&minutes).filter(|_| minutes.len() >= BASELINE_RUNS)
}

fn label_one(
    session: &Session,
    run: Features,
    said: &Said,
    past: &[Labelled],
    baseline: Baseline,
    (athlete, daily): (&Athlete, &Daily),
) -> Labelled {
    let morning = daily.morning(session.date);
    let context = Context {
        usual_mps: baseline.usual_mps,
        ordinary_mps: baseline.ordinary_mps,
        usual_bpm: baseline.usual_bpm,
        usual_min: baseline.usual_min,
        fitness: morning.ctl,
        base_runs: baseline.runs,
        prompt: prompt(session, past, daily.settled_form(session.date)),
        ..Context::of(athlete.at(session.date))
    };
    let is_high = is_high(&run, baseline.altitude_m);
    let run =
        if is_high { Features { speed_mps: None, fast_pace_share: None, best_10min_mps: None, ..run } } else { run };
    let race = run.race.map_or(RaceCall::None, |signs| {
        signs.judge(&context, &race::rivals(signs.km, within(past, session.date, RIVAL_DAYS)))
    });
    let mut verdict = decide(&run, &context, race, athlete.rule()).corrected(said, run.distance_km);
    advise_walk_breaks(&mut verdict, &run, &context, &baseline);
    if let Some(altitude_m) = run.altitude_m.filter(|_| is_high) {
        verdict.reasons.retain(|reason| *reason != Reason::PaceUnreliable);
        verdict.reasons.push(Reason::HighUp { altitude_m });
    }
    let eccentric = is_eccentric(&run, session, past);
    let novel = eccentric || is_novel(&run, session, past);
    let hard =
        verdict.label.is_hard() || verdict.hardest.is_hard() || is_unusually_loaded(&run, session, past) || novel;
    Labelled { session: session.clone(), features: run, context, verdict, hard, eccentric }
}

/// For whom the slowest jog lies above the ceiling there is no slower one: walk breaks help.
fn advise_walk_breaks(verdict: &mut Verdict, run: &Features, context: &Context, baseline: &Baseline) {
    let never_below = baseline.lowest_bpm.is_some_and(|lowest| lowest > context.ceiling_bpm);
    let (Some(jogging), true) = (run.heart_rate_mean_bpm, never_below) else { return };
    let over = |reason: &Reason| matches!(reason, Reason::Spoilt(Spoil::HeartRateOver { .. }));
    let Some(place) = verdict.reasons.iter().position(over) else { return };
    let walking = baseline.walking_bpm.filter(|walking| *walking < context.ceiling_bpm && *walking < jogging);
    let jog_share = walking.map(|walking| (context.ceiling_bpm - walking) / (jogging - walking));
    verdict.reasons[place] = Reason::WalkBreaks { limit_bpm: context.ceiling_bpm, jog_share };
}

/// So much higher than usual that a pace says something else (methods §6.5).
fn is_high(run: &Features, usual_m: Option<f64>) -> bool {
    const HIGH_M: f64 = 1500.0;
    const ABOVE_USUAL_M: f64 = 800.0;
    run.altitude_m.zip(usual_m).is_some_and(|(here, usual)| here >= HIGH_M && here >= usual + ABOVE_USUAL_M)
}

/// Short, gentle runs of the day before a race were to loosen the legs for it. A race is known only once it was run.
fn find_shakeouts(sessions: &mut [Labelled]) {
    const WITHIN_H: f64 = 36.0;
    const LONGEST_MIN: f64 = 35.0;
    let mut race: Option<i64> = None;
    let by_hand = |l: &Labelled| l.verdict.reasons.iter().any(|r| matches!(r, Reason::ByHand { .. }));
    for labelled in sessions.iter_mut().rev() {
        if labelled.verdict.label == Label::Race {
            race = Some(labelled.session.start_ms);
            continue;
        }
        let hours = race.map(|start| (start - labelled.session.end_ms) as f64 / MS_PER_H);
        let Some(hours) = hours.filter(|h| (0.0..=WITHIN_H).contains(h)) else { continue };
        labelled.context.race_in_h = Some(hours);
        let gentle = matches!(labelled.verdict.label, Label::Recovery | Label::Easy | Label::RecoveryTooHard);
        if gentle
            && !by_hand(labelled)
            && !labelled.verdict.hardest.is_hard()
            && labelled.features.duration_min <= LONGEST_MIN
        {
            labelled.verdict.label = Label::Shakeout;
            labelled.verdict.reasons.insert(0, Reason::BeforeRace { hours });
        }
    }
}

/// The race and the hard session that a run may be recovering from.
fn prompt(session: &Session, past: &[Labelled], form_relative: f64) -> RecoveryPrompt {
    /// No race asks for more days than these.
    const RACE_DAYS: i64 = 60;
    /// Nor a hard session.
    const HARD_DAYS: i64 = 5;
    let race = within(past, session.date, RACE_DAYS).find_map(|l| {
        let km = l.verdict.race_km?;
        let days = u32::try_from(days_between(l.session.date, session.date)).ok()?;
        (days > 0).then(|| (days, race_days(km).no_hard))
    });
    let hard = within(past, session.date, HARD_DAYS).find(|l| l.hard).map(|l| {
        let hours = (session.start_ms - l.session.end_ms) as f64 / MS_PER_H;
        (hours, l.verdict.label, l.verdict.label.is_hard() || l.verdict.hardest.is_hard())
    });
    RecoveryPrompt::of(race, hard, form_relative)
}

/// A load above nine tenths of the runner's own, and well above the middle one (methods §6.1).
fn is_unusually_loaded(run: &Features, session: &Session, past: &[Labelled]) -> bool {
    const ABOVE_MEDIAN: f64 = 1.3;
    let loads: Vec<f64> = within(past, session.date, BASELINE_DAYS[0]).map(|l| l.features.load).collect();
    if loads.len() < BASELINE_RUNS {
        return false;
    }
    let above = |limit: Option<f64>| limit.is_some_and(|limit| run.load > limit);
    above(quantile(&loads, 0.9)) && above(median(&loads).map(|load| ABOVE_MEDIAN * load))
}

/// Much more downhill than usual (methods §6.1).
fn is_eccentric(run: &Features, session: &Session, past: &[Labelled]) -> bool {
    const STEEP_M: f64 = 200.0;
    const DAYS: i64 = 365;
    if run.descent_m < STEEP_M {
        return false;
    }
    let descents: Vec<f64> = within(past, session.date, DAYS).map(|l| l.features.descent_m).collect();
    let usual = quantile(&descents, 0.9).filter(|_| descents.len() >= BASELINE_RUNS);
    usual.is_some_and(|usual| run.descent_m >= 2.0 * usual)
}

/// Unlike anything of late, which leaves the legs sore: much longer, or back on trails (methods §6.1).
fn is_novel(run: &Features, session: &Session, past: &[Labelled]) -> bool {
    const FEW: usize = 3;
    const MONTH: i64 = 30;
    const LEAST_MIN: f64 = 45.0;
    let month: Vec<&Labelled> = within(past, session.date, MONTH).collect();
    let longest = month.iter().map(|l| l.features.duration_min).fold(0.0, f64::max);
    let longer = month.len() >= FEW && run.duration_min >= 1.3 * longest;
    let known_longer = past.first().is_some_and(|l| days_between(l.session.date, session.date) >= MONTH);
    let back_on_trails = run.trail && known_longer && !month.iter().any(|l| l.features.trail);
    run.duration_min >= LEAST_MIN && (longer || back_on_trails)
}

/// The reasons shown on the row of one part of a session.
pub fn reasons_of_part(labelled: &Labelled, id: ActivityId) -> Vec<Reason> {
    let parts = &labelled.session.parts;
    let part = parts.iter().position(|p| *p == id).unwrap_or_default() + 1;
    let shared = (parts.len() > 1).then_some(Reason::PartOfSession { part, of: parts.len() });
    labelled.verdict.reasons.iter().copied().chain(shared).collect()
}

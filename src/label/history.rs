//! Labels in the order of time, so that no run is judged by what came after it (methods §5.7, §6).

use super::features::UnweighedFeatures;
use super::part::Part;
use super::past::{BASELINE_DAYS, BASELINE_RUNS, Baseline, MS_PER_H, RunsBefore};
use super::race::RaceCall;
use super::session::{Labelled, Session};
use super::{Context, Features, Label, Reason, Spoil, Verdict, decide};
use crate::athlete::Athlete;
use crate::calendar::days_between;
use crate::daily::Daily;
use crate::load::RunLoad;
use crate::notes::Said;
use crate::physiology::statistics::median;
use crate::recording::ActivityId;

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
    let mut labelled: Vec<Labelled> = Vec::with_capacity(sessions.len());
    let mut past = RunsBefore::with_room_for(sessions.len());
    for (session, run) in sessions.iter().zip(measured) {
        let said = Said::of_parts(session.parts.iter().map(|id| &part(*id).recording.said));
        let baseline = past.baseline(session.date);
        let baseline = Baseline { usual_min: baseline.usual_min.or(first_min), ..baseline };
        let this = label_one(session, run, &said, &past, baseline, (athlete, daily));
        past.add(&this);
        labelled.push(this);
    }
    find_shakeouts(&mut labelled);
    labelled
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
    past: &RunsBefore,
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
        prompt: past.prompt(session, daily.settled_form(session.date)),
        ..Context::of(athlete.at(session.date))
    };
    let is_high = is_high(&run, baseline.altitude_m);
    let run =
        if is_high { Features { speed_mps: None, fast_pace_share: None, best_10min_mps: None, ..run } } else { run };
    let race = run.race.map_or(RaceCall::None, |signs| signs.judge(&context, &past.rivals_mps(session.date, signs.km)));
    let mut verdict = decide(&run, &context, race, athlete.rule()).corrected(said, run.distance_km);
    advise_walk_breaks(&mut verdict, &run, &context, &baseline);
    if let Some(altitude_m) = run.altitude_m.filter(|_| is_high) {
        verdict.reasons.retain(|reason| *reason != Reason::PaceUnreliable);
        verdict.reasons.push(Reason::HighUp { altitude_m });
    }
    let eccentric = past.makes_eccentric(&run, session.date);
    let novel = eccentric || past.makes_novel(&run, session.date);
    let loaded = past.makes_unusually_loaded(&run, session.date);
    let hard = verdict.label.is_hard() || verdict.hardest.is_hard() || loaded || novel;
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

/// The reasons shown on the row of one part of a session.
pub fn reasons_of_part(labelled: &Labelled, id: ActivityId) -> Vec<Reason> {
    let parts = &labelled.session.parts;
    let part = parts.iter().position(|p| *p == id).unwrap_or_default() + 1;
    let shared = (parts.len() > 1).then_some(Reason::PartOfSession { part, of: parts.len() });
    labelled.verdict.reasons.iter().copied().chain(shared).collect()
}

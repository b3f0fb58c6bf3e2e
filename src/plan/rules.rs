//! The ordered rule table: the first rule that applies decides what a day is (methods §7.4).

use jiff::civil::{Date, Weekday};

use super::{
    Kind, PastDay, Reason, State,
    race::{Race, race_days, race_stage},
    state::{Level, Limits},
};
use crate::physiology::training::{Fitness, monotony};

/// The planner's view of one morning: what rules may ask.
pub struct Morning<'a> {
    /// What was given on the first day.
    pub state: &'a State,
    /// The limits of `state`, resolved.
    pub limits: Limits,
    /// 0 = the first planned day.
    pub day: u32,
    /// Today.
    pub date: Date,
    /// At least seven days before today, oldest first, planned ones included.
    pub past: &'a [PastDay],
    /// Hours until the next hard session.
    pub residual_h: f64,
    /// Days since the last long run.
    pub days_since_long: Option<u32>,
    /// Days since the last hard session or race.
    pub days_since_hard: Option<u32>,
    /// Fitness and fatigue of last night.
    pub fitness: Fitness,
}

/// What a rule decides.
#[derive(Clone, Debug, PartialEq)]
pub struct Verdict {
    /// The kind of day.
    pub kind: Kind,
    /// Why, the deciding reason first.
    pub reasons: Vec<Reason>,
}

/// A rule decides, or passes to the next.
pub type Rule = fn(&Morning) -> Option<Verdict>;

/// The rules 1 to 21 in order of precedence; where none applies, rule 22 is an easy run.
pub const RULES: [Rule; 21] = [
    race_today,
    unwell,
    post_race,
    unavailable,
    preferred_rest_day,
    race_tomorrow,
    race_in_two_days,
    overtraining,
    sore,
    day_after,
    runs_used,
    streak,
    no_break,
    far_from_recovered,
    any_reason,
    overloaded,
    monotonous,
    busiest_day,
    nearly_recovered,
    long_run_day,
    recovered,
];

/// The first rule that applies.
pub fn decide(morning: &Morning) -> Verdict {
    RULES.iter().find_map(|rule| rule(morning)).unwrap_or_else(|| aerobic_base(morning))
}

/// The days a rule looks back, so that today makes seven.
const LOOK_BACK: usize = 6;
/// Soreness fades by this much a day.
const SORENESS_FADES: f64 = 1.5;
/// From this soreness on there is no running.
const SORE: f64 = 5.0;
/// The overtraining watch holds its level for this many days.
const LEVEL_DAYS: u32 = 7;
/// A race from this length on wants full rest two days before.
const REST_BEFORE_KM: f64 = 15.0;
/// More hours left than this ask for a recovery run, fewer for an easy one.
const RECOVERY_FROM_H: f64 = 12.0;
const MOTIVATION_LOW: u8 = 2;
/// A night shorter than this is a short one.
pub const SLEEP_SHORT_H: f64 = 6.0;
/// Relative form below this asks for recovery.
const FORM_OVERLOADED: f64 = -30.0;
/// Relative form below this forbids a hard session.
const FORM_FOR_HARD: f64 = -20.0;
const MONOTONY_HIGH: f64 = 2.0;
/// Monotony of fewer days with load says nothing.
const MONOTONY_DAYS: usize = 5;
/// With fewer runs a week than this the busiest day is free.
const RUNS_FOR_BUSY_RUN: u32 = 5;
const DAYS_BETWEEN_LONG: u32 = 6;
const DAYS_BETWEEN_HARD: u32 = 2;
const NO_LONG_BEFORE_RACE_DAYS: i32 = 6;
const NO_HARD_BEFORE_RACE_DAYS: i32 = 3;
/// Below this fitness there is no hard session.
const FITNESS_FOR_HARD: f64 = 15.0;

fn verdict(kind: Kind, reason: Reason) -> Option<Verdict> {
    Some(Verdict { kind, reasons: vec![reason] })
}

impl<'a> Morning<'a> {
    fn weekday(&self) -> Weekday {
        self.date.weekday()
    }

    fn is(&self, wish: Option<Weekday>) -> bool {
        wish == Some(self.weekday())
    }

    /// Whether today is the runner's busiest day.
    pub fn is_busiest(&self) -> bool {
        self.is(self.state.preferences.busy_day)
    }

    fn is_unavailable(&self) -> bool {
        self.state.preferences.unavailable.contains(&self.date)
    }

    fn last_six(&self) -> &'a [PastDay] {
        &self.past[self.past.len().saturating_sub(LOOK_BACK)..]
    }

    fn last_seven(&self) -> &'a [PastDay] {
        &self.past[self.past.len().saturating_sub(LOOK_BACK + 1)..]
    }

    fn yesterday(&self) -> Kind {
        self.past.last().map_or(Kind::Rest, |day| day.kind)
    }

    fn count_last_six(&self, counts: impl Fn(Kind) -> bool) -> u32 {
        self.last_six().iter().filter(|day| counts(day.kind)).count() as u32
    }

    fn soreness(&self) -> f64 {
        self.state.check_in.soreness.map_or(0.0, |now| (now - SORENESS_FADES * f64::from(self.day)).max(0.0))
    }

    /// The overtraining level of today: red gives way to amber after a week, amber to green.
    fn level(&self) -> Level {
        match (self.state.level, self.day / LEVEL_DAYS) {
            (Level::Red, 0) => Level::Red,
            (Level::Red, 1) | (Level::Amber, 0) => Level::Amber,
            _ => Level::Green,
        }
    }

    /// The longest race in exactly so many days.
    pub fn race_in(&self, days: i32) -> Option<Race> {
        self.races()
            .filter(|(_, in_days)| *in_days == days)
            .map(|(race, _)| race)
            .max_by(|a, b| a.distance_km.total_cmp(&b.distance_km))
    }

    fn has_race_within(&self, days: i32) -> bool {
        self.races().any(|(_, in_days)| (1..=days).contains(&in_days))
    }

    /// Races run so far, each with its day, 1 = the day after.
    fn past_races(&self) -> impl Iterator<Item = (Race, u32)> {
        self.races().filter_map(|(race, in_days)| Some((race, u32::try_from(-in_days).ok().filter(|day| *day > 0)?)))
    }

    /// All races with a distance, each with the days until it: 0 = today, negative = past.
    fn races(&self) -> impl Iterator<Item = (Race, i32)> {
        let usable = self.state.races.iter().filter(|race| race.distance_km.is_finite() && race.distance_km > 0.0);
        usable.map(|race| (*race, (race.date - self.date).get_days()))
    }

    fn is_kept_easy_by_race(&self) -> bool {
        self.past_races().any(|(race, day)| day <= race_days(race.distance_km).no_hard)
    }

    /// The restriction to at most one session a week, at threshold or easier: (today's day after the race, its last day).
    fn limited_by_race(&self) -> Option<(u32, u32)> {
        self.past_races().map(|(race, day)| (day, race_days(race.distance_km).full)).find(|(day, full)| day <= full)
    }
}

fn race_today(m: &Morning) -> Option<Verdict> {
    let race = m.race_in(0)?;
    let mut reasons = vec![Reason::RaceDay { distance_km: race.distance_km }];
    if m.state.threshold_mps.is_none() {
        reasons.push(Reason::RaceTimeGuessed);
    }
    if m.state.check_in.ill || m.state.check_in.pain {
        reasons.push(Reason::RaceWhileUnwell);
    }
    Some(Verdict { kind: Kind::Race, reasons })
}

fn unwell(m: &Morning) -> Option<Verdict> {
    let check_in = &m.state.check_in;
    let (ill, pain) = (check_in.ill, check_in.pain);
    if ill || pain { verdict(Kind::Rest, Reason::Unwell { ill, pain }) } else { None }
}

/// After two races close together the gentler of their protocols holds.
fn post_race(m: &Morning) -> Option<Verdict> {
    let stages = m.past_races().filter_map(|(race, day)| Some((race_stage(race.distance_km, day)?, race, day)));
    let (stage, race, day) = stages.min_by_key(|(stage, ..)| effort_rank(*stage))?;
    let because = Reason::PostRace { day, distance_km: race.distance_km };
    let (kind, also) = if m.is_unavailable() {
        (Kind::Rest, Some(Reason::Unavailable))
    } else if stage.is_run() && m.is(m.state.preferences.rest_day) {
        (Kind::Rest, Some(Reason::PreferredRestDay { weekday: m.weekday() }))
    } else if stage.is_run() && m.soreness() >= SORE {
        (Kind::CrossTrain, Some(Reason::Sore { soreness: m.soreness() }))
    } else {
        (stage, None)
    };
    Some(Verdict { kind, reasons: [because].into_iter().chain(also).collect() })
}

fn effort_rank(stage: Kind) -> u8 {
    match stage {
        Kind::Rest => 0,
        Kind::CrossTrain => 1,
        Kind::WalkJog => 2,
        Kind::Recovery | Kind::Shakeout => 3,
        Kind::Easy => 4,
        Kind::Long | Kind::Hard | Kind::Race => 5,
    }
}

fn unavailable(m: &Morning) -> Option<Verdict> {
    if m.is_unavailable() { verdict(Kind::Rest, Reason::Unavailable) } else { None }
}

fn preferred_rest_day(m: &Morning) -> Option<Verdict> {
    let weekday = m.weekday();
    if m.is(m.state.preferences.rest_day) { verdict(Kind::Rest, Reason::PreferredRestDay { weekday }) } else { None }
}

fn race_tomorrow(m: &Morning) -> Option<Verdict> {
    let distance_km = m.race_in(1)?.distance_km;
    verdict(Kind::Shakeout, Reason::RaceTomorrow { distance_km })
}

fn race_in_two_days(m: &Morning) -> Option<Verdict> {
    let distance_km = m.race_in(2)?.distance_km;
    let kind = if distance_km >= REST_BEFORE_KM { Kind::Rest } else { Kind::Easy };
    verdict(kind, Reason::RaceInTwoDays { distance_km })
}

fn overtraining(m: &Morning) -> Option<Verdict> {
    if m.level() != Level::Red {
        return None;
    }
    let kind = match m.day {
        0 => Kind::Rest,
        1 => Kind::CrossTrain,
        day if day % 2 == 0 => Kind::Recovery,
        _ => Kind::Rest,
    };
    verdict(kind, Reason::Overtraining)
}

fn sore(m: &Morning) -> Option<Verdict> {
    let soreness = m.soreness();
    if soreness >= SORE { verdict(Kind::CrossTrain, Reason::Sore { soreness }) } else { None }
}

/// A recovery run after the long or hard day, or rest where another rule asks for rest anyway.
fn day_after(m: &Morning) -> Option<Verdict> {
    let yesterday = m.yesterday();
    if !yesterday.is_taxing() {
        return None;
    }
    let because = Reason::DayAfter { yesterday };
    let blocking: [Rule; 4] = [runs_used, streak, no_break, busiest_day];
    let blocked = blocking.iter().filter_map(|rule| rule(m)).find(|v| v.kind == Kind::Rest);
    Some(match blocked {
        Some(rest) => Verdict { kind: Kind::Rest, reasons: [because].into_iter().chain(rest.reasons).collect() },
        None => Verdict { kind: Kind::Recovery, reasons: vec![because] },
    })
}

fn runs_used(m: &Morning) -> Option<Verdict> {
    let (runs, most) = (m.count_last_six(Kind::is_run), m.limits.runs);
    if runs >= most { verdict(Kind::Rest, Reason::RunsUsed { runs, most }) } else { None }
}

fn streak(m: &Morning) -> Option<Verdict> {
    let days = m.past.iter().rev().take_while(|day| day.kind.is_run()).count() as u32;
    if days >= m.limits.consecutive { verdict(Kind::Rest, Reason::Streak { days }) } else { None }
}

fn no_break(m: &Morning) -> Option<Verdict> {
    if m.last_six().iter().all(|day| day.kind.is_run()) { verdict(Kind::Rest, Reason::NoBreak) } else { None }
}

fn far_from_recovered(m: &Morning) -> Option<Verdict> {
    let residual_h = m.residual_h;
    if residual_h > RECOVERY_FROM_H { verdict(Kind::Recovery, Reason::NotRecovered { residual_h }) } else { None }
}

/// Some days want to be gentle, whatever the numbers say.
fn any_reason(m: &Morning) -> Option<Verdict> {
    if m.day > 0 {
        return None;
    }
    let check_in = &m.state.check_in;
    let motivation = check_in.motivation.filter(|motivation| *motivation <= MOTIVATION_LOW);
    let sleep_h = check_in.sleep_h.filter(|hours| *hours < SLEEP_SHORT_H);
    let reasons: Vec<Reason> = [
        motivation.map(|motivation| Reason::LowMotivation { motivation }),
        sleep_h.map(|sleep_h| Reason::ShortSleep { sleep_h }),
    ]
    .into_iter()
    .flatten()
    .collect();
    if reasons.is_empty() { None } else { Some(Verdict { kind: Kind::Recovery, reasons }) }
}

fn overloaded(m: &Morning) -> Option<Verdict> {
    let relative_form = m.fitness.relative_form();
    if relative_form < FORM_OVERLOADED { verdict(Kind::Recovery, Reason::Overloaded { relative_form }) } else { None }
}

fn monotonous(m: &Morning) -> Option<Verdict> {
    let loads: Vec<f64> = m.last_seven().iter().map(|day| day.load).collect();
    let monotony = monotony(&loads)?.monotony;
    let loaded = loads.iter().filter(|load| **load > 0.0).count();
    if monotony >= MONOTONY_HIGH && loaded >= MONOTONY_DAYS {
        verdict(Kind::Rest, Reason::Monotonous { monotony })
    } else {
        None
    }
}

fn busiest_day(m: &Morning) -> Option<Verdict> {
    if !m.is_busiest() {
        return None;
    }
    let kind = if m.limits.runs >= RUNS_FOR_BUSY_RUN { Kind::Recovery } else { Kind::Rest };
    verdict(kind, Reason::BusiestDay { weekday: m.weekday() })
}

fn nearly_recovered(m: &Morning) -> Option<Verdict> {
    let residual_h = m.residual_h;
    if residual_h > 0.0 { verdict(Kind::Easy, Reason::NotRecovered { residual_h }) } else { None }
}

fn long_run_day(m: &Morning) -> Option<Verdict> {
    let days_since = m.days_since_long;
    let due = m.is(m.state.preferences.long_day)
        && days_since.is_none_or(|days| days >= DAYS_BETWEEN_LONG)
        && !m.has_race_within(NO_LONG_BEFORE_RACE_DAYS)
        && !m.is_kept_easy_by_race()
        && m.level() == Level::Green;
    if due { verdict(Kind::Long, Reason::LongRunDay { days_since }) } else { None }
}

fn recovered(m: &Morning) -> Option<Verdict> {
    let limited = m.limited_by_race();
    let most = if limited.is_some() { m.limits.hard.min(1) } else { m.limits.hard };
    let long_run_tomorrow = m.state.preferences.long_day == Some(m.weekday().next());
    let allowed = m.count_last_six(Kind::is_hard) < most
        && m.days_since_hard.is_none_or(|days| days >= DAYS_BETWEEN_HARD)
        && !m.is_kept_easy_by_race()
        && m.fitness.relative_form() >= FORM_FOR_HARD
        && m.fitness.ctl >= FITNESS_FOR_HARD
        && m.level() == Level::Green
        && !long_run_tomorrow
        && !m.has_race_within(NO_HARD_BEFORE_RACE_DAYS);
    if !allowed {
        return None;
    }
    let note = limited.map(|(day, until_day)| Reason::ThresholdOrEasier { day, until_day });
    Some(Verdict { kind: Kind::Hard, reasons: [Reason::Recovered].into_iter().chain(note).collect() })
}

fn aerobic_base(m: &Morning) -> Verdict {
    let cautious = (m.level() == Level::Amber).then_some(Reason::Cautious);
    Verdict { kind: Kind::Easy, reasons: [Reason::AerobicBase].into_iter().chain(cautious).collect() }
}

//! The next days: what each one is for, how long it is, how gently to run it, and why (methods §7).
//!
//! [`plan`] walks from morning to morning. Each morning the first of the ordered [`rules`] that applies decides the kind of day,
//! the ramp guard may make it gentler, [`size()`] gives it minutes and load, and the evening's fitness, fatigue and hours
//! until the next hard session ([`recovery`]) are what the next morning starts from. The same state gives the same plan.

pub mod state;
pub mod reason;
pub mod race;
pub mod recovery;
pub mod size;
pub mod rules;
pub mod situation;

use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize, Serializer};

use crate::physiology::training::{Fitness, ramp_limit, rest_cost};
use crate::units::round;

pub use race::Race;
pub use reason::Reason;
pub use state::{Ceilings, CheckIn, Level, Limits, LoadPerHour, PastDay, Preferences, State, Usual};

use recovery::{HOURS_MAX, Session};
use rules::{Morning, SLEEP_SHORT_H, Verdict, decide};
use size::{Size, size};

/// What a day is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// No training.
    Rest,
    /// A short, very easy run with one purpose: recovery.
    Recovery,
    /// A run at conversational effort.
    Easy,
    /// A long run at easy effort.
    Long,
    /// A hard session of the runner's choice; of the past, tempo and intervals.
    Hard,
    /// Walking and jogging in turns.
    WalkJog,
    /// A walk, an easy ride or a swim.
    CrossTrain,
    /// A few very easy minutes on the day before a race.
    Shakeout,
    /// A race.
    Race,
}

impl Kind {
    /// Whether it counts as a run.
    pub fn is_run(self) -> bool {
        !matches!(self, Self::Rest | Self::CrossTrain)
    }

    /// Whether it counts against the hard sessions of a week.
    pub fn is_hard(self) -> bool {
        matches!(self, Self::Hard | Self::Race)
    }

    /// Whether the day after has to be very easy.
    pub fn is_taxing(self) -> bool {
        matches!(self, Self::Long) || self.is_hard()
    }

    /// What to do on such a day, in a line or two (methods §7.5).
    pub fn advice(self) -> String {
        let text = match self {
            Self::Rest => {
                return format!(
                    "No running. Plan something enjoyable, a walk or dinner with friends, and feel no guilt: your body \
                     adapts now, and a day of rest costs {:.1} % of modelled fitness.",
                    100.0 * rest_cost(1.0)
                );
            }
            Self::Recovery => {
                "Effort 3 of 10 at most: whole sentences come easily. No route, no distance to reach, only one purpose: \
                 recovery. Walk gently for 5–10 minutes after."
            }
            Self::Easy => "Conversational effort, below your first threshold.",
            Self::Long => "As easy as an easy run, only longer.",
            Self::Hard => "One quality session of your choice, if you want it.",
            Self::WalkJog => {
                "Walk 5 minutes, then six times 1 minute of jogging and 2 of walking, then walk 2 minutes. Next time 2 \
                 and 2, then five times 4 and 1."
            }
            Self::CrossTrain => {
                "Walk, ride or swim easily for 15–30 minutes. Gentle movement may ease stiffness; do not stay in bed."
            }
            Self::Shakeout => "Very easy for 10–20 minutes, only to loosen your legs.",
            Self::Race => "Race. Drink, eat and walk a little afterwards.",
        };
        text.to_owned()
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Rest => "rest day",
            Self::Recovery => "recovery run",
            Self::Easy => "easy run",
            Self::Long => "long run",
            Self::Hard => "hard session",
            Self::WalkJog => "walk and jog",
            Self::CrossTrain => "cross-training",
            Self::Shakeout => "shakeout",
            Self::Race => "race",
        })
    }
}

/// One planned day. What is written out is `date, kind, minutes, heart_rate_max_bpm, pace_min_s_per_km, reasons, fitness,
/// fatigue, form`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PlannedDay {
    /// The day.
    pub date: Date,
    /// What it is for.
    pub kind: Kind,
    /// Duration in minutes, 0 on a day of rest. Whole but for races and runs cut to what the last month allows.
    #[serde(serialize_with = "two_decimals")]
    pub minutes: f64,
    /// Heart rate not to be exceeded.
    #[serde(serialize_with = "one_decimal")]
    pub heart_rate_max_bpm: Option<f64>,
    /// The fastest pace allowed, in seconds per kilometre of flat ground.
    #[serde(serialize_with = "one_decimal")]
    pub pace_min_s_per_km: Option<f64>,
    /// Why, the deciding reason first.
    pub reasons: Vec<Reason>,
    /// Expected load in points.
    #[serde(skip)]
    pub load: f64,
    /// Fitness (CTL, points) in the evening.
    #[serde(serialize_with = "two_decimals")]
    pub fitness: f64,
    /// Fatigue (ATL, points) in the evening.
    #[serde(serialize_with = "two_decimals")]
    pub fatigue: f64,
    /// Form (TSB, points) in the morning: fitness less fatigue of the evening before.
    #[serde(serialize_with = "two_decimals")]
    pub form: f64,
    /// Hours until the next hard session, counted from 08:00 of the next morning.
    #[serde(skip)]
    pub residual_h: f64,
}

fn two_decimals<S: Serializer>(value: &f64, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_f64(round(*value, 2))
}

fn one_decimal<S: Serializer>(value: &Option<f64>, serializer: S) -> Result<S::Ok, S::Error> {
    value.map(|v| round(v, 1)).serialize(serializer)
}

/// Plans so many days from the state's first day on. «plan/*»
pub fn plan(state: &State, days: usize) -> Vec<PlannedDay> {
    let mut walk = Walk::start(state);
    (0..days).map(|_| walk.next_day()).collect()
}

/// Days of fitness the ramp guard needs, yesterday's included.
const RAMP_DAYS: usize = 7;
/// Hours from one session's start at 08:00 to the next.
const DAY_H: f64 = 24.0;

/// What is carried from one morning to the next.
struct Walk<'a> {
    state: &'a State,
    limits: Limits,
    day: u32,
    date: Date,
    past: Vec<PastDay>,
    /// CTL of every evening so far, at least seven, oldest first.
    ctl: Vec<f64>,
    fitness: Fitness,
    residual_h: f64,
    days_since_long: Option<u32>,
    days_since_hard: Option<u32>,
}

impl<'a> Walk<'a> {
    fn start(state: &'a State) -> Self {
        let ctl = padded(state.fitness.iter().copied().map(sane).collect());
        let fitness = Fitness { ctl: ctl.last().copied().unwrap_or(0.0), atl: sane(state.fatigue) };
        let known = state.history.iter().map(|day| PastDay { kind: day.kind, load: sane(day.load) });
        let unknown = RAMP_DAYS.saturating_sub(state.history.len());
        Self {
            state,
            limits: state.limits(),
            day: 0,
            date: state.start,
            past: std::iter::repeat_n(PastDay::REST, unknown).chain(known).collect(),
            ctl,
            fitness,
            residual_h: sane(state.residual_h).min(HOURS_MAX),
            days_since_long: state.days_since_long,
            days_since_hard: state.days_since_hard,
        }
    }

    fn morning(&self) -> Morning<'_> {
        Morning {
            state: self.state,
            limits: self.limits,
            day: self.day,
            date: self.date,
            past: &self.past,
            residual_h: self.residual_h,
            days_since_long: self.days_since_long,
            days_since_hard: self.days_since_hard,
            fitness: self.fitness,
        }
    }

    fn next_day(&mut self) -> PlannedDay {
        let morning = self.morning();
        let short = morning.is_busiest()
            || self.day == 0 && self.state.check_in.sleep_h.is_some_and(|hours| hours < SLEEP_SHORT_H);
        let race_km = morning.race_in(0).map(|race| race.distance_km);
        let sized = |kind| size(kind, self.state, short, race_km);
        let verdict = self.guard_ramp(decide(&morning), sized);
        let size = sized(verdict.kind);
        let (date, form) = (self.date, self.fitness.form());
        self.pass(verdict.kind, size);
        let ceilings = &self.state.ceilings;
        PlannedDay {
            date,
            kind: verdict.kind,
            minutes: to_thousandths(size.minutes),
            heart_rate_max_bpm: ceilings.heart_rate_max_bpm(verdict.kind),
            pace_min_s_per_km: ceilings.pace_min_s_per_km(verdict.kind),
            reasons: verdict.reasons,
            load: size.load,
            fitness: self.fitness.ctl,
            fatigue: self.fitness.atl,
            form,
            residual_h: self.residual_h,
        }
    }

    /// Makes the day gentler while fitness would rise faster than its limit.
    fn guard_ramp(&self, verdict: Verdict, sized: impl Fn(Kind) -> Size) -> Verdict {
        let limit = ramp_limit(self.fitness.ctl);
        let week_ago = self.ctl[self.ctl.len() - RAMP_DAYS];
        let rise = |kind| self.fitness.step(sized(kind).load).ctl - week_ago;
        let Verdict { mut kind, mut reasons } = verdict;
        let instead_of = kind;
        while rise(kind) > limit
            && let Some(gentler) = gentler(kind)
        {
            kind = gentler;
        }
        if kind != instead_of {
            reasons.push(Reason::RampGuard { instead_of, rise: rise(instead_of), limit });
        }
        Verdict { kind, reasons }
    }

    /// Lets the day pass: what it does to recovery, fitness, fatigue and history.
    fn pass(&mut self, kind: Kind, size: Size) {
        let session = Session { effort: kind.into(), load: size.load, minutes: size.minutes, eccentric: false };
        let asked_h = session.recovery_h(self.fitness.ctl, self.state.age_years, self.residual_h);
        self.residual_h = (asked_h - DAY_H).max(0.0);
        self.fitness = self.fitness.step(size.load);
        self.ctl.push(self.fitness.ctl);
        self.past.push(PastDay { kind, load: size.load });
        self.days_since_long = days_since(self.days_since_long, kind == Kind::Long);
        self.days_since_hard = days_since(self.days_since_hard, kind.is_hard());
        self.day = self.day.saturating_add(1);
        // The calendar ends in the year 9999.
        self.date = self.date.tomorrow().unwrap_or(self.date);
    }
}

/// The next gentler kind of day on the ramp guard's ladder.
fn gentler(kind: Kind) -> Option<Kind> {
    match kind {
        Kind::Hard | Kind::Long => Some(Kind::Easy),
        Kind::Easy => Some(Kind::Recovery),
        Kind::Recovery => Some(Kind::Rest),
        Kind::Rest | Kind::WalkJog | Kind::CrossTrain | Kind::Shakeout | Kind::Race => None,
    }
}

fn days_since(before: Option<u32>, today: bool) -> Option<u32> {
    if today { Some(1) } else { before.map(|days| days.saturating_add(1)) }
}

/// Written numbers stay short.
fn to_thousandths(minutes: f64) -> f64 {
    (minutes * 1000.0).round_ties_even() / 1000.0
}

/// A load or level that can be meant: finite and not negative.
fn sane(value: f64) -> f64 {
    if value.is_finite() { value.max(0.0) } else { 0.0 }
}

/// At least a week of fitness; before the first known evening it is taken to have been the same.
fn padded(ctl: Vec<f64>) -> Vec<f64> {
    let oldest = ctl.first().copied().unwrap_or(0.0);
    std::iter::repeat_n(oldest, RAMP_DAYS.saturating_sub(ctl.len())).chain(ctl).collect()
}

#[cfg(test)]
mod tests;

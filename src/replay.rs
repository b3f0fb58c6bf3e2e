//! Hindsight: what the plan would have said on each morning of a season, what was run instead, and what followed.
//!
//! Every morning is planned with only what was known then ([`Season::as_of`]): thresholds, labels, habits and fitness of
//! that day. What was run is told by the whole season. The profile is the one of today.

use crate::calendar::days_between;
use crate::checkin::CheckIn;
use crate::label::Label;
use crate::physiology::training::{SpikeClass, session_spike};
use crate::plan::{self, Kind, PastDay, PlanInputs, PlannedDay, from_season};
use crate::season::{Season, Then};
use jiff::ToSpan;
use jiff::civil::Date;
use rayon::prelude::*;
use serde::{Serialize, Serializer};
use std::cmp::Ordering;
use std::fmt;

/// A run is longer than planned from so many times the minutes and so many more of them.
const LONGER: f64 = 1.3;
const LONGER_MIN: f64 = 15.0;
/// Days without a day off that are one too many.
const DAYS_IN_A_ROW: usize = 7;
/// Days before a run whose longest it is compared with.
const LONGEST_DAYS: usize = 30;
/// Days after a run in which signs are taken to have followed it.
const FOLLOWED_DAYS: usize = 3;

/// A season walked through day by day.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Replay {
    pub summary: ReplaySummary,
    pub days: Vec<ReplayDay>,
}

/// One day: planned in its morning, and run.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ReplayDay {
    pub date: Date,
    /// What the plan would have said in the morning.
    pub planned: Kind,
    pub planned_min: f64,
    /// Why, in a sentence.
    pub because: String,
    /// What was done: the hardest thing of the day.
    pub done: Kind,
    /// Minutes run.
    pub done_min: f64,
    /// The label of the longest run of the day.
    pub label: Option<Label>,
    pub difference: Difference,
    /// No habit was known yet: such days are shown and not counted.
    pub is_first_days: bool,
    /// What came within two days after a hard or long run.
    #[serde(serialize_with = "word_of_then")]
    pub then: Option<Then>,
    /// What was too much that day, by the rules of the plan.
    pub signs: Vec<Sign>,
}

/// How a day differed from its plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Difference {
    /// The kind that was planned, or one as demanding, about as long.
    AsPlanned,
    /// Less than was planned, or nothing.
    Gentler,
    /// As gentle as planned, and much longer.
    Longer,
    /// More demanding than planned.
    Harder,
    /// Run on a day without a run.
    RanOnRestDay,
    /// A race that the plan did not know of.
    Raced,
}

impl Difference {
    /// How what was done on a day differs from so many planned minutes of running of a kind.
    pub fn of(planned: Kind, planned_min: f64, done: &PastDay) -> Difference {
        /// No run, gentle, easy, and what needs easier days around it.
        fn demand(kind: Kind) -> u8 {
            match kind {
                Kind::Rest | Kind::CrossTrain => 0,
                Kind::WalkJog | Kind::Shakeout | Kind::Recovery => 1,
                Kind::Easy => 2,
                Kind::Long | Kind::Hard | Kind::Race => 3,
            }
        }
        let (asked, given) = (demand(planned), demand(done.kind));
        let longer = done.minutes > LONGER * planned_min && done.minutes > planned_min + LONGER_MIN;
        let shorter = planned_min > LONGER * done.minutes && planned_min > done.minutes + LONGER_MIN;
        match given.cmp(&asked) {
            _ if done.kind == Kind::Race && planned != Kind::Race => Difference::Raced,
            Ordering::Less => Difference::Gentler,
            Ordering::Greater if asked == 0 => Difference::RanOnRestDay,
            Ordering::Greater => Difference::Harder,
            Ordering::Equal if longer && asked < 3 => Difference::Longer,
            Ordering::Equal if shorter && asked < 3 => Difference::Gentler,
            Ordering::Equal => Difference::AsPlanned,
        }
    }

    /// More than the plan would have allowed, races apart.
    pub fn is_more(self) -> bool {
        matches!(self, Self::Longer | Self::Harder | Self::RanOnRestDay)
    }

    /// The words shown.
    pub fn word(self) -> &'static str {
        match self {
            Self::AsPlanned => "as planned",
            Self::Gentler => "gentler",
            Self::Longer => "longer",
            Self::Harder => "harder",
            Self::RanOnRestDay => "ran on a rest day",
            Self::Raced => "raced",
        }
    }
}

/// Something that the plan tries to prevent.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Sign {
    /// A run far longer than the longest of the 30 days before (methods §4.4).
    Jump { km: f64, longest_km: f64 },
    /// A recovery run that was too hard to be one.
    SpoiledRecovery,
    /// Hard or long on the day after a hard or long one.
    HardAgain,
    /// So many days in a row with a run.
    NoDayOff { days: usize },
}

impl fmt::Display for Sign {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Sign::Jump { km, longest_km } => {
                write!(f, "{km:.1} km, where the longest of 30 days was {longest_km:.1}")
            }
            Sign::SpoiledRecovery => f.write_str("recovery run too hard"),
            Sign::HardAgain => f.write_str("hard or long two days in a row"),
            Sign::NoDayOff { days } => write!(f, "{days} days in a row with a run"),
        }
    }
}

impl Serialize for Sign {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// Days, and after how many of them a sign followed within three days.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Followed {
    pub days: usize,
    pub by_a_sign: usize,
}

/// The season in a few figures. Days before a habit was known are left out.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct ReplaySummary {
    /// The first and the last day counted; `None` while no habit was known.
    pub first: Option<Date>,
    pub last: Option<Date>,
    pub days: usize,
    /// Days left out at the beginning and after long gaps.
    pub first_days: usize,
    pub run_days_planned: usize,
    pub run_days_done: usize,
    /// Minutes of running a week: the plans of the mornings added up, and what was run.
    pub minutes_a_week_planned: f64,
    pub minutes_a_week_done: f64,
    pub as_planned: usize,
    pub gentler: usize,
    pub longer: usize,
    pub harder: usize,
    pub ran_on_rest_day: usize,
    pub raced: usize,
    /// Recovery runs planned, and of them the days on which something harder was run.
    pub recovery_runs: usize,
    pub recovery_runs_harder: usize,
    pub jumps: usize,
    pub spoiled_recoveries: usize,
    pub hard_again: usize,
    pub no_day_off: usize,
    /// After days on which more was done than planned, and after days with a run that kept to the plan.
    pub after_more: Followed,
    pub after_kept: Followed,
}

impl Replay {
    /// Walks from the day after the first run to the day before the season's.
    pub fn of(season: &Season, check_ins: &[CheckIn]) -> Replay {
        let Some(first) = season.sessions().first().map(|s| s.session.date) else {
            return Replay { summary: ReplaySummary::default(), days: Vec::new() };
        };
        let past: Vec<PastDay> = (0..days_between(first, season.today))
            .map(|n| from_season::day(season, first.saturating_add(n.days())))
            .collect();
        let planned = |n: usize, missed: Option<Kind>| {
            let date = first.saturating_add((n as i64).days());
            let inputs = PlanInputs { missed, ..from_season::inputs(&season.as_of(date), check_ins) };
            let plan = plan::plan(&inputs, 1);
            let planned = plan.days.first()?;
            Some(ReplayDay::of(season, planned, !plan.habits.is_known(), &past[..=n]))
        };
        let mut days: Vec<Option<ReplayDay>> = (1..past.len()).into_par_iter().map(|n| planned(n, None)).collect();
        // Only a day that would hold what the day before missed needs to know of it.
        for place in 1..days.len() {
            let kind = |day: &Option<ReplayDay>| day.as_ref().map(|day| day.planned);
            let missed = kind(&days[place - 1]).and_then(|planned| past[place].missed(planned));
            if missed.is_some() && missed == kind(&days[place]) {
                days[place] = planned(place + 1, missed);
            }
        }
        let days: Vec<ReplayDay> = days.into_iter().flatten().collect();
        Replay { summary: ReplaySummary::of(&days), days }
    }
}

impl ReplayDay {
    fn of(season: &Season, planned: &PlannedDay, is_first_days: bool, past: &[PastDay]) -> ReplayDay {
        let date = planned.date;
        let done = past.last().copied().unwrap_or(PastDay::REST);
        let mut of_day = season.sessions().iter().filter(|s| s.session.date == date);
        let longest = of_day.clone().max_by(|a, b| a.features.duration_min.total_cmp(&b.features.duration_min));
        ReplayDay {
            date,
            planned: planned.kind,
            planned_min: planned.run_minutes(),
            because: planned.reasons.first().map(ToString::to_string).unwrap_or_default(),
            done: done.kind,
            done_min: done.minutes,
            label: longest.map(|s| s.verdict.label).filter(|_| done.is_run()),
            difference: Difference::of(planned.kind, planned.run_minutes(), &done),
            is_first_days,
            then: of_day.rfind(|s| s.hard).map(|s| season.after_hard(s)),
            signs: signs(past, longest.is_some_and(|s| s.verdict.label == Label::RecoveryTooHard)),
        }
    }
}

fn word_of_then<S: Serializer>(then: &Option<Then>, serializer: S) -> Result<S::Ok, S::Error> {
    let word = then.map(|then| match then {
        Then::Open => "open",
        Then::Rest => "rest",
        Then::Recovery => "recovery",
        Then::Easy => "easy",
        Then::Spoiled => "recovery_too_hard",
        Then::Steady => "steady",
        Then::Hard => "hard",
    });
    word.serialize(serializer)
}

/// What was too much on the last of these days.
fn signs(past: &[PastDay], spoiled: bool) -> Vec<Sign> {
    let Some((today, before)) = past.split_last() else { return Vec::new() };
    let mut signs = Vec::new();
    let month = &before[before.len().saturating_sub(LONGEST_DAYS)..];
    let longest_km = month.iter().map(|day| day.longest_km.max(day.race_km.unwrap_or(0.0))).fold(0.0, f64::max);
    let jump = session_spike(1000.0 * today.longest_km, 1000.0 * longest_km);
    // Ten kilometres after a week of five is a jump; two after one is none.
    if today.longest_km >= 5.0 && jump.is_some_and(|(_, class)| class >= SpikeClass::Moderate) {
        signs.push(Sign::Jump { km: today.longest_km, longest_km });
    }
    if spoiled {
        signs.push(Sign::SpoiledRecovery);
    }
    if today.kind.is_taxing() && before.last().is_some_and(|day| day.kind.is_taxing()) {
        signs.push(Sign::HardAgain);
    }
    let days = past.iter().rev().take_while(|day| day.is_run()).count();
    if days >= DAYS_IN_A_ROW {
        signs.push(Sign::NoDayOff { days });
    }
    signs
}

impl ReplaySummary {
    fn of(days: &[ReplayDay]) -> ReplaySummary {
        let counted: Vec<&ReplayDay> = days.iter().filter(|day| !day.is_first_days).collect();
        let is = |difference: Difference| counted.iter().filter(|day| day.difference == difference).count();
        let sign = |is: &dyn Fn(&Sign) -> bool| counted.iter().flat_map(|day| &day.signs).filter(|s| is(s)).count();
        let weeks = counted.len() as f64 / 7.0;
        let a_week = |minutes: f64| if weeks > 0.0 { minutes / weeks } else { 0.0 };
        let planned_recovery = || counted.iter().filter(|day| day.planned == Kind::Recovery);
        let followed = |counts: &dyn Fn(&ReplayDay) -> bool| {
            let of = days.iter().enumerate().filter(|(_, day)| !day.is_first_days && counts(day));
            let by_a_sign =
                |place: usize| days[place + 1..].iter().take(FOLLOWED_DAYS).any(|day| !day.signs.is_empty());
            let places: Vec<usize> = of.map(|(place, _)| place).collect();
            Followed { days: places.len(), by_a_sign: places.iter().filter(|place| by_a_sign(**place)).count() }
        };
        ReplaySummary {
            first: counted.first().map(|day| day.date),
            last: counted.last().map(|day| day.date),
            days: counted.len(),
            first_days: days.len() - counted.len(),
            run_days_planned: counted.iter().filter(|day| day.planned.is_run()).count(),
            run_days_done: counted.iter().filter(|day| day.done.is_run()).count(),
            minutes_a_week_planned: a_week(counted.iter().map(|day| day.planned_min).sum()),
            minutes_a_week_done: a_week(counted.iter().map(|day| day.done_min).sum()),
            as_planned: is(Difference::AsPlanned),
            gentler: is(Difference::Gentler),
            longer: is(Difference::Longer),
            harder: is(Difference::Harder),
            ran_on_rest_day: is(Difference::RanOnRestDay),
            raced: is(Difference::Raced),
            recovery_runs: planned_recovery().count(),
            recovery_runs_harder: planned_recovery().filter(|day| day.done > Kind::Recovery).count(),
            jumps: sign(&|s| matches!(s, Sign::Jump { .. })),
            spoiled_recoveries: sign(&|s| *s == Sign::SpoiledRecovery),
            hard_again: sign(&|s| *s == Sign::HardAgain),
            no_day_off: sign(&|s| matches!(s, Sign::NoDayOff { .. })),
            after_more: followed(&|day| day.difference.is_more()),
            after_kept: followed(&|day| day.done.is_run() && !day.difference.is_more()),
        }
    }
}

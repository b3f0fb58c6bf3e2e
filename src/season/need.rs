//! What a coach would look at first in a runner's season (methods §4.8).

use super::{Day, Season, Then};
use crate::calendar::days_between;
use crate::label::Label;
use crate::physiology::training::{self, Fitness, FormZone, SpikeClass};
use std::fmt;

/// Days in which a run counts as new.
const WEEK_DAYS: i64 = 7;
/// Days without a run worth a word.
const QUIET_DAYS: i64 = 14;

/// One thing to look at, the most pressing kind first.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Need {
    /// Fatigue has run far ahead of fitness: relative form in percent.
    Rest { form_percent: f64 },
    /// A run longer than those of 30 days by so much, in the last week.
    Spike { km: f64, longest_km: f64 },
    /// Fitness has risen by so many points in seven days, more than a plan would let it.
    Ramp { points: f64, limit: f64 },
    /// Recovery runs that were too hard, of all that were meant, in four weeks.
    Spoils { spoiled: usize, of: usize },
    /// Hard sessions not followed by a gentle day and a half, in four weeks.
    HardAgain { count: usize, of: usize },
    /// No run for so many days.
    Quiet { days: i64 },
}

impl Need {
    /// All that there is to look at, the most pressing first; empty where there is nothing in these numbers.
    pub fn all(season: &Season) -> Vec<Need> {
        [rest(season), spike(season), ramp(season), spoils(season), hard_again(season), quiet(season)]
            .into_iter()
            .flatten()
            .collect()
    }

    /// The higher, the sooner to be looked at.
    pub fn weight(self) -> u8 {
        match self {
            Need::Rest { .. } => 6,
            Need::Spike { .. } => 5,
            Need::Ramp { .. } => 4,
            Need::Spoils { .. } => 3,
            Need::HardAgain { .. } => 2,
            Need::Quiet { .. } => 1,
        }
    }
}

/// The last day that is over, where fitness means something.
fn last_settled(season: &Season) -> Option<Day> {
    season.days().into_iter().rfind(|day| day.date < season.today).filter(Day::is_settled)
}

fn rest(season: &Season) -> Option<Need> {
    let day = last_settled(season)?;
    let evening = Fitness { ctl: day.fitness, atl: day.fatigue }.relative_form();
    (FormZone::of(evening) == FormZone::Overload).then_some(Need::Rest { form_percent: evening })
}

/// Distances of runs with the days since.
fn distances(season: &Season) -> Vec<(i64, f64)> {
    let runs = season.runs().filter(|(_, session)| session.verdict.label != Label::Walk);
    let known = runs.filter_map(|(run, _)| {
        Some((days_between(run.recording.date(), season.today), run.recording.digest.known_distance_m()? / 1000.0))
    });
    known.collect()
}

fn spike(season: &Season) -> Option<Need> {
    const LONGEST_DAYS: i64 = 30;
    let all = distances(season);
    let needs = all.iter().filter(|(ago, _)| *ago < WEEK_DAYS).filter_map(|(ago, km)| {
        let before = all.iter().filter(|(other, _)| *other > *ago && *other <= ago + LONGEST_DAYS);
        let longest_km = before.map(|(_, km)| *km).reduce(f64::max)?;
        (SpikeClass::of(km / longest_km) != SpikeClass::None).then_some((*km, longest_km))
    });
    let (km, longest_km) = needs.max_by(|a, b| (a.0 / a.1).total_cmp(&(b.0 / b.1)))?;
    Some(Need::Spike { km, longest_km })
}

fn ramp(season: &Season) -> Option<Need> {
    let day = last_settled(season)?;
    let (points, limit) = (day.ramp?, training::ramp_limit(day.fitness));
    (points > limit).then_some(Need::Ramp { points, limit })
}

fn spoils(season: &Season) -> Option<Need> {
    let balance = season.balance();
    let spoiled = balance.recovery_runs_too_hard;
    (spoiled > 0).then_some(Need::Spoils { spoiled, of: spoiled + balance.recovery_runs })
}

fn hard_again(season: &Season) -> Option<Need> {
    let balance = season.balance();
    let count = balance.closed().filter(|hard| matches!(hard.then, Then::Spoiled | Then::Steady | Then::Hard)).count();
    (count > 0).then_some(Need::HardAgain { count, of: balance.closed().count() })
}

fn quiet(season: &Season) -> Option<Need> {
    let last = season.sessions().iter().rfind(|s| s.verdict.label != Label::Walk)?.session.date;
    let days = days_between(last, season.today);
    (days >= QUIET_DAYS).then_some(Need::Quiet { days })
}

impl fmt::Display for Need {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Need::Rest { form_percent } => {
                write!(f, "needs rest: form is {form_percent:.0} % of fitness, far into fatigue")
            }
            Need::Spike { km, longest_km } => {
                write!(f, "ran {km:.0} km, {:.0} % over the longest of 30 days", 100.0 * (km / longest_km - 1.0))
            }
            Need::Ramp { points, limit } => {
                write!(f, "ramps: fitness rose {points:.1} points in seven days, where a plan allows {limit:.1}")
            }
            Need::Spoils { spoiled, of } => write!(f, "spoils recovery runs: {spoiled} of {of} were too hard"),
            Need::HardAgain { count, of } => {
                let (sessions, were) =
                    (if of == 1 { "session" } else { "sessions" }, if count == 1 { "was" } else { "were" });
                write!(f, "{count} of {of} hard {sessions} {were} not followed by a gentle day and a half")
            }
            Need::Quiet { days } => write!(f, "no run for {days} days"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_need_is_a_sentence_with_its_number() {
        let said = |need: Need| need.to_string();
        assert_eq!(said(Need::Spoils { spoiled: 2, of: 3 }), "spoils recovery runs: 2 of 3 were too hard");
        assert_eq!(said(Need::Spike { km: 15.0, longest_km: 12.0 }), "ran 15 km, 25 % over the longest of 30 days");
        assert_eq!(
            said(Need::Ramp { points: 5.3, limit: 3.2 }),
            "ramps: fitness rose 5.3 points in seven days, where a plan allows 3.2"
        );
        assert_eq!(said(Need::Rest { form_percent: -34.6 }), "needs rest: form is -35 % of fitness, far into fatigue");
    }

    #[test]
    fn a_season_without_runs_needs_nothing() {
        let season = Season::new(Vec::new(), &crate::profile::Profile::default(), jiff::civil::date(2026, 6, 22));
        assert_eq!(Need::all(&season), []);
    }
}

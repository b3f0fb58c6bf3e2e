//! Why a day or a week is what it is, in words a runner understands.

use super::Kind;
use crate::units::{Seconds, Spoken};
use jiff::civil::Weekday;
use serde::{Serialize, Serializer};
use std::fmt;

/// Why a day or a week is what it is. `Display` is the sentence.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Reason {
    /// Ill or in pain, and on which day since: 0 = today.
    Unwell {
        ill: bool,
        pain: bool,
        day: u32,
    },
    /// Gentle days after illness or pain.
    WellAgain {
        day: u32,
        days: u32,
    },
    /// A race lies in days of illness, pain or soreness.
    RaceWhileUnwell {
        distance_km: f64,
    },
    /// Soreness expected on the day, 0–10.
    Sore {
        soreness: f64,
    },
    ShortSleep {
        sleep_h: f64,
    },
    LowMotivation {
        motivation: u8,
    },
    LowMood {
        mood: u8,
    },
    FeelingOff,
    Restless,
    /// The overtraining watch is on red, or was; days since.
    Overtraining {
        day: u32,
    },
    /// The overtraining watch is on amber, or was on red a week ago.
    Cautious,

    RaceDay {
        distance_km: f64,
    },
    /// How long the race will take could only be guessed.
    RaceTimeGuessed,
    /// The usual short race of this weekday.
    HabitualRace {
        distance_km: f64,
        weekday: Weekday,
    },
    DateOff,
    WeekdayOff {
        weekday: Weekday,
    },
    RestDay {
        weekday: Weekday,
    },
    MinutesAtMost {
        weekday: Weekday,
        minutes: f64,
    },
    RunsAtMost {
        runs: u32,
    },
    BusiestDay {
        weekday: Weekday,
    },
    NoHard,
    ComingBack,
    /// What the runner means to do, whatever the plan would say.
    WhatIf {
        kind: Kind,
    },

    Young,
    RaceTomorrow {
        distance_km: f64,
    },
    RaceInTwoDays {
        distance_km: f64,
    },
    /// A day of the protocol after a race or a very long run; 1 = the day after.
    AfterRace {
        day: u32,
        distance_km: f64,
        raced: bool,
        stage: Kind,
    },
    /// So many days without hard or long runs after a race.
    NoHardYet {
        days: u32,
        distance_km: f64,
        raced: bool,
    },
    OneAfterRace {
        until_day: u32,
        distance_km: f64,
    },
    Taper {
        distance_km: f64,
        days: u32,
    },
    TaperWeek {
        distance_km: f64,
        days: u32,
        share: f64,
    },
    WeekAfterRace {
        distance_km: f64,
        raced: bool,
    },
    /// On the way back after so many days without a run.
    Returning {
        after_days: u32,
        share: f64,
    },
    NoRunYet,
    FirstDays {
        weeks: u32,
    },
    Longest {
        minutes: f64,
    },
    DayOff {
        days: u32,
    },
    DayBetween,

    TooSoon {
        days: u32,
    },
    RaceSoon {
        distance_km: f64,
    },
    HoursLeft {
        hours: f64,
    },
    Tired {
        relative_form: f64,
    },
    DayAfter {
        yesterday: Kind,
    },
    /// Yesterday's run was hard by its load or novelty.
    AfterUnusualRun,

    TaxingDays {
        most: u32,
        run_days: u32,
    },
    TwoHard,
    WeekMinutes {
        minutes: f64,
    },
    RampGuard {
        rise: f64,
        limit: f64,
    },
    HardTooShort,
    TooShort,

    NeverRunsOn {
        weekday: Weekday,
    },
    UsualHard {
        most: u32,
    },
    NoLongHabit,
    OneLong,
    UsualDays {
        days: u32,
    },
    UsualDay {
        weekday: Weekday,
    },
    FreeDay,
    LongRunDay {
        weekday: Weekday,
    },
    LongRun,
    HardAllowed,
    AerobicBase,
    SecondRun {
        minutes: f64,
    },
    DownWeek {
        share: f64,
    },
    /// Runs grow no further than a quarter above the usual one.
    RunsAtTheirLongest,
    /// Hard and long days need easier ones between.
    Spacing,
    /// The last weeks held more than the habit.
    FitnessFalls {
        percent: f64,
    },
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Unwell { ill, pain, day } => unwell(f, ill, pain, day),
            Self::WellAgain { day, days } => write!(f, "day {day} of {days} easy days after you were unwell"),
            Self::RaceWhileUnwell { distance_km } => {
                write!(f, "your race over {} falls into this: start only if it is over by then", Km(distance_km))
            }
            Self::Sore { soreness } => {
                write!(
                    f,
                    "soreness about {soreness:.0} of 10 by this day{}",
                    if soreness >= 5.0 { ": keep moving, but do not run" } else { "" }
                )
            }
            Self::ShortSleep { sleep_h } => write!(f, "only {} of sleep", Spoken(Seconds(sleep_h * 3600.0))),
            Self::LowMotivation { motivation } => {
                write!(f, "motivation {motivation} of 5: reason enough for a gentle day")
            }
            Self::LowMood { mood } => write!(f, "mood {mood} of 5: reason enough for a gentle day"),
            Self::FeelingOff => f.write_str("not quite yourself today: reason enough for a gentle day"),
            Self::Restless => f.write_str("restless after a big session: a gentle day helps more than another run"),
            Self::Overtraining { .. } => {
                f.write_str("several signs of too much training: a week of rest and gentle runs comes first")
            }
            Self::Cautious => f.write_str("some signs of too much training: no long run and no hard session for now"),
            _ => self.write_wish(f),
        }
    }
}

impl Reason {
    fn write_wish(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::RaceDay { distance_km } => write!(f, "race day: {}", Km(distance_km)),
            Self::RaceTimeGuessed => f.write_str("the race time is a guess, as your threshold speed is not known"),
            Self::HabitualRace { distance_km, weekday } => {
                write!(f, "your usual {} on {}: it counts as a hard session", Km(distance_km), Day(weekday))
            }
            Self::DateOff => f.write_str("you are not available on this date"),
            Self::WeekdayOff { weekday } => write!(f, "you do not run on {}", Days(weekday)),
            Self::RestDay { weekday } => write!(f, "{} is your rest day", Day(weekday)),
            Self::MinutesAtMost { weekday, minutes } => write!(f, "at most {minutes:.0} min on {}", Days(weekday)),
            Self::RunsAtMost { runs } => write!(f, "you want at most {} a week", Runs(runs)),
            Self::BusiestDay { weekday } => write!(f, "{} is your busiest day", Day(weekday)),
            Self::NoHard => f.write_str("your profile says no hard and no long days"),
            Self::ComingBack => f.write_str("you are coming back: no hard sessions yet"),
            Self::WhatIf { kind } => write!(f, "what if: {kind}"),
            _ => self.write_protection(f),
        }
    }

    fn write_protection(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Young => f.write_str("under 18: hard and long days are for you, your coach and your parents to plan"),
            Self::RaceTomorrow { distance_km } => {
                write!(f, "race over {} tomorrow: only loosen your legs", Km(distance_km))
            }
            Self::RaceInTwoDays { distance_km } => write!(f, "race over {} in two days: arrive fresh", Km(distance_km)),
            Self::AfterRace { day, distance_km, raced, stage } => {
                write!(f, "day {day} after your {}: {}", Effort(distance_km, raced), after_race(day, stage))
            }
            Self::NoHardYet { days, distance_km, raced } => {
                write!(f, "no hard or long run for {} after your {}", Count(days, "day"), Effort(distance_km, raced))
            }
            Self::OneAfterRace { until_day, distance_km } => write!(
                f,
                "until day {until_day} after your race over {}, one session in seven days, at threshold or easier",
                Km(distance_km)
            ),
            Self::Taper { distance_km, days } => {
                write!(
                    f,
                    "race over {} in {}: neither hard nor long so close to it",
                    Km(distance_km),
                    Count(days, "day")
                )
            }
            Self::TaperWeek { distance_km, days, share } => write!(
                f,
                "taper for your race over {} ({}): {:.0} % of your usual minutes",
                Km(distance_km),
                if days == 0 { "this Monday".to_owned() } else { format!("{} from this Monday", Count(days, "day")) },
                100.0 * share
            ),
            Self::WeekAfterRace { distance_km, raced } => {
                write!(
                    f,
                    "still recovering from your {}: at most 85 % of your usual minutes",
                    Effort(distance_km, raced)
                )
            }
            Self::Returning { after_days, share } => write!(
                f,
                "back after {} without a run: about {:.0} % of your usual running",
                Count(after_days, "day"),
                100.0 * share
            ),
            Self::NoRunYet => f.write_str("first runs: walk and jog, with a day between"),
            Self::FirstDays { weeks } => write!(
                f,
                "{} on file: easy running first, until four usual weeks show your habit",
                if weeks == 0 { "no usual week".to_owned() } else { Count(weeks, "usual week").to_string() }
            ),
            Self::Longest { minutes } => {
                write!(f, "at most {minutes:.0} min: a tenth more than your longest run of the last 30 days")
            }
            Self::DayOff { days } => write!(f, "{} in a row with a run: one day in seven is off", Count(days, "day")),
            Self::DayBetween => f.write_str("a day between runs while running is new to your legs"),
            _ => self.write_spacing(f),
        }
    }

    fn write_spacing(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::TooSoon { days: 1 } => f.write_str("yesterday was hard or long"),
            Self::TooSoon { days } => write!(f, "only {} since the last hard or long one", Count(days, "day")),
            Self::RaceSoon { distance_km } => write!(f, "race over {} is close", Km(distance_km)),
            Self::HoursLeft { hours } => write!(f, "about {hours:.0} hours too early for the next hard session"),
            Self::Tired { .. } => f.write_str("fatigue is far above fitness"),
            Self::DayAfter { yesterday: Kind::Race } => f.write_str("the day after your race"),
            Self::DayAfter { yesterday: Kind::Long } => f.write_str("the day after your long run"),
            Self::DayAfter { .. } => f.write_str("the day after your hard session"),
            Self::AfterUnusualRun => f.write_str("yesterday's run was more than your legs are used to"),
            Self::TaxingDays { most, run_days } => {
                write!(f, "{} a week hold {} at most", Count(run_days, "run day"), Count(most, "hard or long day"))
            }
            Self::TwoHard => f.write_str("two hard sessions a week at most"),
            Self::WeekMinutes { minutes } => write!(f, "the week holds {minutes:.0} min at most"),
            Self::RampGuard { rise, limit } => {
                write!(f, "shortened: fitness would rise by {rise:.1} points in a week, and {limit:.1} is enough")
            }
            Self::HardTooShort => f.write_str("a fifth of the week's minutes is too little for a hard session"),
            Self::TooShort => f.write_str("too little room for a run that is worth it"),
            _ => self.write_habit(f),
        }
    }

    fn write_habit(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::NeverRunsOn { weekday } => write!(f, "you hardly ever run on {}", Days(weekday)),
            Self::UsualHard { most: 0 } => f.write_str("no hard session this week, as is your habit"),
            Self::UsualHard { most } => write!(f, "{} this week, as is your habit", Count(most, "hard session")),
            Self::NoLongHabit => f.write_str("long runs are not your habit"),
            Self::OneLong => f.write_str("one long run a week"),
            Self::UsualDays { days } => write!(f, "you usually run {} a week", Count(days, "day")),
            Self::UsualDay { weekday } => write!(f, "you usually run on {}", Days(weekday)),
            Self::FreeDay => f.write_str("not one of your run days this week"),
            Self::LongRunDay { weekday } => write!(f, "{} is your long-run day", Day(weekday)),
            Self::LongRun => f.write_str("your long run of the week"),
            Self::HardAllowed => f.write_str("enough hours have passed for a hard session"),
            Self::AerobicBase => f.write_str("easy running builds your aerobic base"),
            Self::SecondRun { minutes } => write!(f, "a second, very easy run of {minutes:.0} min, as is your habit"),
            Self::DownWeek { share } => write!(f, "a down week: {:.0} % of your usual minutes", 100.0 * share),
            Self::RunsAtTheirLongest => f.write_str("single runs stay near their usual length"),
            Self::Spacing => f.write_str("hard and long days need easier days between"),
            Self::FitnessFalls { percent } => {
                write!(f, "fitness falls by {percent:.0} % in two weeks, as your last weeks were above your habit")
            }
            _ => Ok(()),
        }
    }
}

impl Serialize for Reason {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

fn unwell(f: &mut fmt::Formatter<'_>, ill: bool, pain: bool, day: u32) -> fmt::Result {
    let what = match (ill, pain) {
        (true, true) => "illness and pain",
        (true, false) => "illness",
        _ => "pain",
    };
    match day {
        0..=2 => write!(f, "{what}: no running until it is over; then `freshlegs checkin --well`"),
        _ => write!(f, "only if {what} is over by then"),
    }
}

/// Soreness peaks in the first days and is usually gone by days 4–7 (Takayama et al. 2017, PMC5613699).
fn after_race(day: u32, stage: Kind) -> &'static str {
    match (day, stage) {
        (0..=3, Kind::CrossTrain) => "soreness is at its worst, gentle movement helps",
        (_, Kind::Rest) => "a day without running",
        (_, Kind::CrossTrain) => "keep moving without running",
        (_, Kind::WalkJog) => "jog with walks in between",
        (0..=7, _) => "very easy running, as your legs still mend",
        _ => "back step by step",
    }
}

/// A distance in kilometres, given as it is said.
pub(super) struct Km(pub f64);

impl fmt::Display for Km {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let tenth = (self.0 * 10.0).round() / 10.0;
        write!(f, "{tenth} km")
    }
}

struct Effort(f64, bool);

impl fmt::Display for Effort {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} over {}", if self.1 { "race" } else { "very long run" }, Km(self.0))
    }
}

struct Count(u32, &'static str);

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}{}", self.0, self.1, if self.0 == 1 { "" } else { "s" })
    }
}

struct Runs(u32);

impl fmt::Display for Runs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Count(self.0, "run").fmt(f)
    }
}

/// `Monday`.
pub(super) struct Day(pub Weekday);

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.0 {
            Weekday::Monday => "Monday",
            Weekday::Tuesday => "Tuesday",
            Weekday::Wednesday => "Wednesday",
            Weekday::Thursday => "Thursday",
            Weekday::Friday => "Friday",
            Weekday::Saturday => "Saturday",
            Weekday::Sunday => "Sunday",
        })
    }
}

/// `Mondays`.
struct Days(Weekday);

impl fmt::Display for Days {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}s", Day(self.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_are_sentences_with_their_numbers() {
        let said = |reason: Reason| reason.to_string();
        assert_eq!(said(Reason::DayAfter { yesterday: Kind::Long }), "the day after your long run");
        assert_eq!(
            said(Reason::RaceTomorrow { distance_km: 21.0975 }),
            "race over 21.1 km tomorrow: only loosen your legs"
        );
        assert_eq!(said(Reason::RunsAtMost { runs: 1 }), "you want at most 1 run a week");
        assert_eq!(said(Reason::RestDay { weekday: Weekday::Friday }), "Friday is your rest day");
        assert_eq!(
            said(Reason::Unwell { ill: true, pain: false, day: 0 }),
            "illness: no running until it is over; then `freshlegs checkin --well`"
        );
        assert_eq!(said(Reason::Unwell { ill: true, pain: true, day: 5 }), "only if illness and pain is over by then");
        assert_eq!(
            said(Reason::Returning { after_days: 20, share: 0.5 }),
            "back after 20 days without a run: about 50 % of your usual running"
        );
        assert_eq!(
            said(Reason::TaxingDays { most: 1, run_days: 2 }),
            "2 run days a week hold 1 hard or long day at most"
        );
    }
}

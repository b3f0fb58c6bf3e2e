//! The sentence of every reason.

use super::said::{Count, Days, Km, Runs, TaxingRun, WeekdayName};
use super::{Kind, PlanReason};
use crate::units::{Seconds, Spoken};
use std::fmt;

impl fmt::Display for PlanReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Unwell { ill, pain, day } => unwell(f, ill, pain, day),
            Self::WellAgain { day, days } => write!(f, "day {day} of {days} easy days after you were unwell"),
            Self::RaceWhileUnwell { distance_km } => {
                write!(f, "your race over {}: start only if you are well by then", Km(distance_km))
            }
            Self::IfRaced { distance_km } => {
                write!(f, "kept easy in case you do run your race over {}", Km(distance_km))
            }
            Self::Sore { soreness, days } => {
                let halves = (2.0 * soreness).round() / 2.0;
                let (about, then) = if days == 0 { ("", "") } else { ("about ", " by then") };
                let keep_moving = if soreness >= 5.0 { ": keep moving, but do not run" } else { "" };
                write!(f, "soreness {about}{halves} of 10{then}{keep_moving}")
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

impl PlanReason {
    fn write_wish(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::RaceDay { distance_km } => write!(f, "race day: {}", Km(distance_km)),
            Self::RaceTimeGuessed => f.write_str("the race time is a guess, as your threshold speed is not known"),
            Self::HabitualRace { distance_km, weekday } => {
                write!(f, "your usual {} on {}: it counts as a hard session", Km(distance_km), WeekdayName(weekday))
            }
            Self::DateOff => f.write_str("you are not available on this date"),
            Self::WeekdayOff { weekday } => write!(f, "you do not run on {}", Days(weekday)),
            Self::RestDay { weekday } => write!(f, "{} is your rest day", WeekdayName(weekday)),
            Self::MinutesAtMost { weekday, minutes } => write!(f, "at most {minutes:.0} min on {}", Days(weekday)),
            Self::RunsAtMost { runs } => write!(f, "you want at most {} a week", Runs(runs)),
            Self::BusiestDay { weekday } => write!(f, "{} is your busiest day", WeekdayName(weekday)),
            Self::NoHard => f.write_str("your profile says no hard and no long days"),
            Self::ComingBack => f.write_str("you are coming back: no hard sessions yet"),
            Self::WhatIf { kind } => write!(f, "you asked what {} today would do", kind.with_article()),
            _ => self.write_protection(f),
        }
    }

    fn write_protection(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Young => f.write_str("under 18: hard and long days are for you, your coach and your parents to plan"),
            Self::RaceTomorrow { distance_km } => {
                write!(f, "race over {} tomorrow: only loosen your legs", Km(distance_km))
            }
            Self::RestBeforeRace { distance_km } => write!(f, "race over {} tomorrow: rest", Km(distance_km)),
            Self::RaceInTwoDays { distance_km } => write!(f, "race over {} in two days: arrive fresh", Km(distance_km)),
            Self::AfterRace { day, distance_km, raced, stage } => {
                write!(f, "day {day} after your {}: {}", TaxingRun(distance_km, raced), after_race(day, stage))
            }
            Self::NoHardYet { days, distance_km, raced } => {
                write!(f, "no hard or long run for {} after your {}", Count(days, "day"), TaxingRun(distance_km, raced))
            }
            Self::OneAfterRace { until_day, distance_km, raced } => write!(
                f,
                "until day {until_day} after your {}, one hard session in seven days, at threshold or easier",
                TaxingRun(distance_km, raced)
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
                    TaxingRun(distance_km, raced)
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
            Self::DayBetween => f.write_str("a day between runs while your legs get used to running"),
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
            Self::EnoughDays { days: 1 } => f.write_str("1 run is enough this week"),
            Self::EnoughDays { days } => write!(f, "{} are enough this week", Runs(days)),
            Self::UsualDay { weekday } => write!(f, "you usually run on {}", Days(weekday)),
            Self::FreeDay => f.write_str("not one of your run days this week"),
            Self::LongRunDay { weekday } => write!(f, "{} is your long-run day", WeekdayName(weekday)),
            Self::LongRun => f.write_str("your long run of the week"),
            Self::HardAllowed => f.write_str("enough hours have passed for a hard session"),
            Self::EasyBefore { tomorrow: Kind::Race } => {
                f.write_str("easy, so that your legs are fresh for tomorrow's race")
            }
            Self::EasyBefore { tomorrow: Kind::Long } => {
                f.write_str("easy, so that your legs are fresh for tomorrow's long run")
            }
            Self::EasyBefore { .. } => f.write_str("easy, so that your legs are fresh for tomorrow's hard session"),
            Self::AerobicBase => f.write_str("easy running builds your aerobic base"),
            Self::SecondRun { minutes } => write!(f, "a second, very easy run of {minutes:.0} min, as is your habit"),
            Self::DownWeek { share } => write!(f, "a down week: {:.0} % of your usual minutes", 100.0 * share),
            Self::RunsAtTheirLongest => f.write_str("single runs stay near their usual length"),
            Self::Spacing => f.write_str("hard and long days need easier days between"),
            Self::NothingMadeUp => f.write_str("nothing that was left out yesterday is made up for"),
            Self::RaceThisWeek { distance_km } => write!(f, "your race over {} comes first", Km(distance_km)),
            Self::EasyAfterRace { distance_km, raced } => {
                write!(f, "the days after your {} are kept easy", TaxingRun(distance_km, raced))
            }
            Self::DaysOff => f.write_str("you are not available on every day"),
            Self::SoreWeek => f.write_str("some days are gentler while you are sore"),
            Self::EasyAfterUnwell => f.write_str("the first days after you were unwell are easy"),
            Self::NotSlid { weekday } => {
                write!(f, "a run that {} did not get is not moved to the day after", WeekdayName(weekday))
            }
            Self::MissedYesterday { missed: Kind::Long } => {
                f.write_str("yesterday's long run was left out, and is not moved to today")
            }
            Self::MissedYesterday { .. } => {
                f.write_str("yesterday's hard session was left out, and is not moved to today")
            }
            Self::LateSoreness { days: 1 } => {
                f.write_str("yesterday's run was unusual for your legs: soreness may peak today or tomorrow")
            }
            Self::LateSoreness { .. } => {
                f.write_str("two days after a run that was unusual for your legs: soreness may peak today")
            }
            Self::StageRepeated { days, distance_km, raced } => write!(
                f,
                "the days after your {} have moved by {} because of your soreness",
                TaxingRun(distance_km, raced),
                Count(days, "day")
            ),
            Self::EveningBefore { hours } => {
                write!(f, "your usual hour is only {hours:.0} hours after it: run later, or rest")
            }
            Self::Faded { share } => write!(
                f,
                "your heart rate drifted by {:.0} % or more in your last two long runs: make this one slower or shorter",
                100.0 * share
            ),
            Self::OneDayOff => f.write_str("one day in seven is off"),
            Self::PlannedElsewhere => f.write_str("this week's running is planned for other days"),
            Self::FitnessFalls { percent } => {
                write!(f, "fitness falls by {percent:.0} % in two weeks, as your last weeks were above your habit")
            }
            _ => Ok(()),
        }
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
        _ => write!(f, "only if {what} {} over by then", if ill && pain { "are" } else { "is" }),
    }
}

/// Soreness peaks in the first days and is usually gone by days 4–7 (Takayama et al. 2017, PMC5613699).
fn after_race(day: u32, stage: Kind) -> &'static str {
    match (day, stage) {
        (0..=3, Kind::CrossTrain) => "soreness is at its worst, gentle movement helps",
        (_, Kind::Rest) => "a day without running",
        (_, Kind::CrossTrain) => "keep moving without running",
        (_, Kind::WalkJog) => "jog with walks in between",
        (0..=7, Kind::Easy) => "easy and short, as your legs still mend",
        (0..=7, _) => "very easy running, as your legs still mend",
        _ => "back step by step",
    }
}

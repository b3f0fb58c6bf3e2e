//! Why a day or a week is what it is, in words a runner understands.

mod said;
mod sentence;

use super::Kind;
use jiff::civil::Weekday;
use serde::{Serialize, Serializer};

/// Why a day or a week is what it is. `Display` is the sentence.
#[derive(Clone, Copy, Debug, PartialEq)]
#[allow(missing_docs, reason = "`Display` is the sentence")]
pub enum PlanReason {
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
    /// A day after a race that is shown as rest.
    IfRaced {
        distance_km: f64,
    },
    /// Soreness expected so many days from now, 0–10.
    Sore {
        soreness: f64,
        days: u32,
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
    /// The day before a race has no run.
    RestBeforeRace {
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
        raced: bool,
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
    /// Fewer days than usual in a down week or on the way back, or before there is a habit.
    EnoughDays {
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
    /// Easy, so that legs are fresh tomorrow.
    EasyBefore {
        tomorrow: Kind,
    },
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
    /// A run that this weekday did not get is not moved to the day after.
    NotSlid {
        weekday: Weekday,
    },
    /// What was planned for yesterday and not run is not moved to today.
    MissedYesterday {
        missed: Kind,
    },
    /// Soreness after an unusual or steep run may still be on its way.
    LateSoreness {
        days: u32,
    },
    /// A stage after a race that soreness has put off by so many days.
    StageRepeated {
        days: u32,
        distance_km: f64,
        raced: bool,
    },
    /// So many hours since the hard or long run of the evening before; said after the reason that names it.
    EveningBefore {
        hours: f64,
    },
    /// The last two long runs faded: heart rate drifted by this share against pace, at least.
    Faded {
        share: f64,
    },
    /// Yesterday's hard or long run was left out, and is not made up for.
    NothingMadeUp,
    /// A race this week comes first.
    RaceThisWeek {
        distance_km: f64,
    },
    /// The days after a race or a very long run are kept easy.
    EasyAfterRace {
        distance_km: f64,
        raced: bool,
    },
    /// Some days of the week are not available.
    DaysOff,
    /// One day in seven is free of running.
    OneDayOff,
    /// Soreness makes days of the week gentler.
    SoreWeek,
    /// The first days after illness or pain are easy.
    EasyAfterUnwell,
    /// The week's minutes are used up by its other days.
    PlannedElsewhere,
    /// The last weeks held more than the habit.
    FitnessFalls {
        percent: f64,
    },
}

impl PlanReason {
    /// The same said of a whole week: no day of it is "tomorrow" or "day 1".
    #[must_use]
    pub(super) fn of_week(self) -> PlanReason {
        match self {
            Self::TooSoon { .. } | Self::HoursLeft { .. } => Self::Spacing,
            Self::RaceTomorrow { distance_km }
            | Self::RestBeforeRace { distance_km }
            | Self::RaceInTwoDays { distance_km }
            | Self::RaceSoon { distance_km }
            | Self::Taper { distance_km, .. } => Self::RaceThisWeek { distance_km },
            Self::AfterRace { distance_km, raced, .. } | Self::NoHardYet { distance_km, raced, .. } => {
                Self::EasyAfterRace { distance_km, raced }
            }
            Self::DayAfter { .. } | Self::AfterUnusualRun => Self::Spacing,
            Self::StageRepeated { distance_km, raced, .. } => Self::EasyAfterRace { distance_km, raced },
            Self::DateOff | Self::WeekdayOff { .. } => Self::DaysOff,
            Self::DayOff { .. } => Self::OneDayOff,
            Self::Sore { .. } => Self::SoreWeek,
            Self::WellAgain { .. } => Self::EasyAfterUnwell,
            other => other,
        }
    }

    /// Adds it to others, unless the same is said already.
    pub(super) fn join(self, reasons: &mut Vec<PlanReason>) {
        if !reasons.iter().any(|known| std::mem::discriminant(known) == std::mem::discriminant(&self)) {
            reasons.push(self);
        }
    }
}

impl Serialize for PlanReason {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_are_sentences_with_their_numbers() {
        let said = |reason: PlanReason| reason.to_string();
        assert_eq!(said(PlanReason::DayAfter { yesterday: Kind::Long }), "the day after your long run");
        assert_eq!(
            said(PlanReason::RaceTomorrow { distance_km: 21.0975 }),
            "race over 21.1 km tomorrow: only loosen your legs"
        );
        assert_eq!(said(PlanReason::RunsAtMost { runs: 1 }), "you want at most 1 run a week");
        assert_eq!(said(PlanReason::RestDay { weekday: Weekday::Friday }), "Friday is your rest day");
        assert_eq!(
            said(PlanReason::Unwell { ill: true, pain: false, day: 0 }),
            "illness: no running until it is over; then `freshlegs checkin --well`"
        );
        assert_eq!(
            said(PlanReason::Unwell { ill: true, pain: true, day: 5 }),
            "only if illness and pain are over by then"
        );
        assert_eq!(
            said(PlanReason::Returning { after_days: 20, share: 0.5 }),
            "back after 20 days without a run: about 50 % of your usual running"
        );
        assert_eq!(
            said(PlanReason::TaxingDays { most: 1, run_days: 2 }),
            "2 run days a week hold 1 hard or long day at most"
        );
    }
}

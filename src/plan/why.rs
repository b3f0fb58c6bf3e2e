//! Why the days of a week are what they are, and what keeps the week from being a usual one.

use super::bounds::Rank;
use super::frame::WeekFrame;
use super::morning::{FORM_LOW, Morning};
use super::race::Aftermath;
use super::sized::{DayChoice, Filled, Week};
use super::target::HARD_MAX;
use super::timeline::{add_days, place, weekday};
use super::{Kind, PlanReason};
use crate::calendar::days_between;

/// A run sooner than this after a hard or long one had better wait until the afternoon.
const HOURS_BETWEEN: f64 = 16.0;

impl WeekFrame<'_> {
    /// Why a day is what it is, the deciding reason first.
    pub fn reasons(&self, first: Morning, week: &Week, filled: &Filled, day: usize) -> Vec<PlanReason> {
        let sized = filled.days[day];
        let date = self.date(day);
        let weekday = date.weekday();
        if let DayChoice::Fixed(kind) = week[day] {
            return self.what_if(first, day, kind);
        }
        let after = self.after_taxing(filled, day);
        let mut reasons = match sized.kind {
            Kind::Rest | Kind::CrossTrain => return self.why_no_run(first, week, day, after),
            Kind::Race => self.race_reasons(day),
            Kind::Hard => {
                let after = self.one_session_after(date).map(Aftermath::one_session);
                [Some(PlanReason::HardAllowed), after].into_iter().flatten().collect()
            }
            Kind::Long if self.inputs.wishes.long_day.or(self.habits.long_day) == Some(weekday) => {
                vec![PlanReason::LongRunDay { weekday }]
            }
            Kind::Long => vec![PlanReason::LongRun],
            Kind::Recovery if after.is_some() => after.into_iter().collect(),
            Kind::Easy => vec![self.why_easy(filled, day)],
            Kind::Recovery if filled.tired[day] => vec![PlanReason::Tired { relative_form: FORM_LOW }],
            _ => self.days[day].why_not(Kind::Easy).map(|(_, reason)| reason).into_iter().collect(),
        };
        if reasons.is_empty() {
            reasons.push(PlanReason::Tired { relative_form: FORM_LOW });
        }
        // What else speaks against more.
        let missing = self.missed_here(first, week, filled, day);
        let says_so =
            |reason: &PlanReason| matches!(reason, PlanReason::EasyBefore { .. } | PlanReason::DayAfter { .. });
        let is_said = |reason: &PlanReason| {
            let is_spacing = matches!(reason, PlanReason::Spacing | PlanReason::TooSoon { days: 1 });
            reasons.contains(reason) || is_spacing && reasons.iter().any(says_so)
        };
        let missing = missing.filter(|reason| !is_said(reason));
        // Which race yesterday's was, it says itself.
        let names_race = matches!(missing, Some(PlanReason::AfterRace { day: 1, .. }));
        reasons.retain(|reason| !names_race || *reason != PlanReason::DayAfter { yesterday: Kind::Race });
        reasons.extend(missing);
        if let Some(evening) = self.evening_before(filled, day) {
            let said = |reason: &PlanReason| {
                matches!(reason, PlanReason::DayAfter { .. } | PlanReason::AfterRace { day: 1, .. })
            };
            reasons.extend(after.filter(|_| !reasons.iter().any(said)));
            reasons.push(evening);
        }
        if sized.kind == Kind::Long && !self.has_planned_long(day) {
            reasons.extend(self.inputs.fade.map(|share| PlanReason::Faded { share }));
        }
        if !sized.kind.is_taxing() {
            let missed = self.missed_before(day).map(|missed| PlanReason::MissedYesterday { missed });
            reasons.extend(missed.filter(|missed| !reasons.contains(missed)));
        }
        if sized.second_min > 0.0 {
            reasons.push(PlanReason::SecondRun { minutes: sized.second_min });
        }
        reasons
    }

    /// What the runner means to do, and what speaks against it.
    fn what_if(&self, first: Morning, day: usize, kind: Kind) -> Vec<PlanReason> {
        [Some(PlanReason::WhatIf { kind }), self.speaks_against(&first, day, kind)].into_iter().flatten().collect()
    }

    /// What an easy day is there for: what it lies between, else the habit.
    fn why_easy(&self, filled: &Filled, day: usize) -> PlanReason {
        let weekday = self.date(day).weekday();
        let tomorrow = filled.days.get(day + 1).map(|sized| sized.kind).filter(|kind| kind.is_taxing());
        let before = tomorrow.map(|tomorrow| PlanReason::EasyBefore { tomorrow });
        let is_usual = self.habits.is_known() && self.weekday_share(day) >= 0.5;
        let usual = is_usual.then_some(PlanReason::UsualDay { weekday });
        self.after_taxing(filled, day).or(before).or(usual).unwrap_or(PlanReason::AerobicBase)
    }

    /// Whether a long run was planned before this day.
    fn has_planned_long(&self, day: usize) -> bool {
        let days = days_between(self.inputs.start, self.date(day)).max(0);
        self.timeline.last_days(self.date(day), days).iter().any(|past| past.kind == Kind::Long)
    }

    /// A hard or long run yesterday evening, and the usual hour of today's run so soon after it.
    fn evening_before(&self, filled: &Filled, day: usize) -> Option<PlanReason> {
        let yesterday = self.date(day).yesterday().ok()?;
        let (kind, hour, minutes) = if day > self.done {
            let sized = filled.days[day - 1];
            (sized.kind, self.habits.hour[place(yesterday)], sized.minutes)
        } else {
            let past = self.timeline.day(yesterday);
            (past.kind, past.hour?, past.longest_min.max(past.race_minutes))
        };
        let hours = 24.0 - hour - minutes / 60.0 + self.habits.hour[place(self.date(day))];
        (kind.is_taxing() && hours < HOURS_BETWEEN).then_some(PlanReason::EveningBefore { hours })
    }

    fn race_reasons(&self, day: usize) -> Vec<PlanReason> {
        let date = self.date(day);
        match (self.race_on(date), self.race(day)) {
            (Some(race), _) => {
                let guessed = self.inputs.paces.threshold_mps.is_none() && race.goal_min.is_none();
                let reason = PlanReason::RaceDay { distance_km: race.distance_km };
                [Some(reason), guessed.then_some(PlanReason::RaceTimeGuessed)].into_iter().flatten().collect()
            }
            (None, Some(race)) => {
                vec![PlanReason::HabitualRace { distance_km: race.distance_km, weekday: date.weekday() }]
            }
            (None, None) => Vec::new(),
        }
    }

    /// Why a day on which a hard or long run is usual holds none.
    fn missed_here(&self, first: Morning, week: &Week, filled: &Filled, day: usize) -> Option<PlanReason> {
        if filled.days[day].kind.is_taxing() || !self.habits.is_known() {
            return None;
        }
        let place = place(self.date(day));
        let usually_long = self.wants_long() && self.habits.long_day.map(weekday) == Some(place);
        let usually_hard = self.habits.hard_share[place] >= 0.5;
        let choice = match (usually_long, usually_hard) {
            (true, _) => DayChoice::Long,
            (_, true) => DayChoice::Hard,
            _ => return None,
        };
        let found = self.why_not(first, week, day, choice)?;
        (found.0 < Rank::Habit).then_some(found.1)
    }

    /// What yesterday was, if it was hard or long.
    fn after_taxing(&self, filled: &Filled, day: usize) -> Option<PlanReason> {
        let yesterday = if day > self.done {
            filled.days[day - 1].kind
        } else {
            let past = self.timeline.day(add_days(self.date(day), -1));
            if past.taxing && !past.kind.is_taxing() {
                return Some(PlanReason::AfterUnusualRun);
            }
            past.kind
        };
        yesterday.is_taxing().then_some(PlanReason::DayAfter { yesterday })
    }

    fn why_no_run(&self, first: Morning, week: &Week, day: usize, after: Option<PlanReason>) -> Vec<PlanReason> {
        let blocked = self.why_not(first, week, day, DayChoice::Gentle);
        let firm = blocked.filter(|(rank, _)| *rank < Rank::WeekMost).map(|(_, reason)| reason);
        let soft = match blocked {
            Some((_, PlanReason::WeekMinutes { .. } | PlanReason::TaxingDays { .. })) => PlanReason::PlannedElsewhere,
            Some((_, reason)) => reason,
            None => PlanReason::FreeDay,
        };
        let race = self.race_on(add_days(self.date(day), 1));
        let soft = race.map_or(soft, |race| PlanReason::RestBeforeRace { distance_km: race.distance_km });
        match (firm, after) {
            (Some(reason @ PlanReason::AfterRace { .. }), _) => vec![reason],
            (Some(reason), after) => [Some(reason), after].into_iter().flatten().collect(),
            (None, Some(after)) if race.is_some() => vec![after, soft],
            (None, Some(after)) => vec![after],
            (None, None) => vec![soft],
        }
    }

    /// What keeps the week from being a usual one: where runs, the hard session or the long run would usually lie.
    pub fn what_limits(&self, first: Morning, week: &Week, filled: &Filled, is_short: bool) -> Vec<PlanReason> {
        let kind = |day: usize| filled.days[day].kind;
        let open = || self.done..7;
        let mut found: Vec<(Rank, PlanReason)> = Vec::new();
        let usual = open().filter(|day| !kind(*day).is_run() && self.weekday_share(*day) >= 0.5);
        found.extend(usual.filter_map(|day| self.why_not(first, week, day, DayChoice::Gentle)));
        let hard = (0..7).filter(|day| kind(*day) >= Kind::Hard).count() as u32;
        if hard < self.target.hard {
            let share = |day: &usize| self.habits.hard_share[*day];
            let day = open().filter(|day| kind(*day) < Kind::Hard).max_by(|a, b| share(a).total_cmp(&share(b)));
            let blocked = day.and_then(|day| self.why_not(first, week, day, DayChoice::Hard));
            found.push(blocked.unwrap_or((Rank::WeekMost, PlanReason::HardTooShort)));
        }
        if self.habits.hard_rate > f64::from(HARD_MAX) + 0.25 && self.target.hard == HARD_MAX {
            found.push((Rank::WeekMost, PlanReason::TwoHard));
        }
        if self.wants_long() && (0..7).all(|day| kind(day) != Kind::Long) {
            let day = self.long_day().filter(|day| *day >= self.done);
            found.extend(day.and_then(|day| self.why_not(first, week, day, DayChoice::Long)));
        }
        if is_short {
            let usual = self.sizes.easy.max(self.habits.long_min.unwrap_or(0.0));
            found.extend(open().filter(|day| kind(*day).is_run()).filter_map(|day| self.days[day].why_shorter(usual)));
        }
        found.retain(|(rank, _)| *rank < Rank::Habit);
        found.sort_by_key(|(rank, _)| *rank);
        let mut reasons: Vec<PlanReason> = Vec::new();
        for (_, reason) in found {
            reason.of_week().join(&mut reasons);
        }
        if reasons.is_empty() && is_short {
            reasons.push(PlanReason::RunsAtTheirLongest);
        }
        reasons
    }
}

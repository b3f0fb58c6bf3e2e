//! How the runner feels: check-ins and the overtraining watch only ever lower a finished plan (methods §7).

use super::race::{Aftermath, stage_minutes};
use super::returning::{BREAK_DAYS, Return};
use super::sized::Sized;
use super::sizes::{CROSS_TRAIN_MIN, LEAST_MIN, Rates, to_five_down};
use super::steps::{StepMaterial, WalkJogStage};
use super::timeline::{Longest, add_days, place};
use super::{CheckIn, Habits, Kind, Level, PlanInputs, PlanReason, PlannedDay, PlannedWeek};
use crate::calendar::{days_between, monday_of};
use crate::physiology::training::Fitness;
use jiff::civil::Date;

/// Points by which soreness falls a day, and from which on each limit holds.
const SORENESS_A_DAY: f64 = 1.5;
const SORE_CROSS_TRAIN: f64 = 5.0;
const SORE_RECOVERY: f64 = 4.0;
const SORE_EASY: f64 = 3.0;
/// Hours of sleep below which a day is gentle and short, and its minutes.
const SLEEP_SHORT_H: f64 = 6.0;
const SLEEP_SHORT_MIN: f64 = 30.0;
/// Motivation or mood at or below which a day is gentle.
const LOW: u8 = 2;
/// Illness and pain: days of rest from today on, then recovery runs, then nothing hard or long.
const UNWELL_REST_DAYS: i64 = 2;
const UNWELL_RECOVERY_DAYS: i64 = 6;
const UNWELL_EASY_DAYS: i64 = 9;
/// Easy days after illness at least.
const WELL_EASY_DAYS: i64 = 3;
/// Days of rest and recovery runs on red, and of amber.
const RED_DAYS: i64 = 7;
const RED_AND_AMBER_DAYS: i64 = 14;

/// The most a day may hold, with why.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Lowered {
    pub most: Kind,
    pub minutes: f64,
    pub because: PlanReason,
}

/// What the runner's state makes of a day; several limits may hold, the first is the gentlest.
pub(super) fn limits(inputs: &PlanInputs, date: Date) -> Vec<Lowered> {
    let day = days_between(inputs.start, date);
    let mut found: Vec<Lowered> = [unwell(inputs, date), sore(inputs, date), watch(inputs, day)]
        .into_iter()
        .flatten()
        .chain(repeated_stages(inputs, date))
        .chain(today(inputs, date))
        .collect();
    found.sort_by(|a, b| (a.most, a.minutes).partial_cmp(&(b.most, b.minutes)).unwrap_or(std::cmp::Ordering::Equal));
    found
}

fn at_most(most: Kind, because: PlanReason) -> Lowered {
    Lowered { most, minutes: f64::INFINITY, because }
}

fn before(inputs: &PlanInputs) -> impl DoubleEndedIterator<Item = &CheckIn> {
    inputs.check_ins.iter().filter(|c| c.date <= inputs.start)
}

/// Illness and pain stand until the runner says that they are over.
fn unwell(inputs: &PlanInputs, date: Date) -> Option<Lowered> {
    let (mut ill, mut pain, mut since, mut well): (bool, bool, Option<Date>, Option<(Date, i64)>) =
        (false, false, None, None);
    for check_in in before(inputs) {
        if check_in.well
            && let Some(from) = since
        {
            well = Some((check_in.date, days_between(from, check_in.date).max(1)));
            (ill, pain, since) = (false, false, None);
        }
        if check_in.ill || check_in.fever || check_in.pain {
            (ill, pain) = (ill || check_in.ill || check_in.fever, pain || check_in.pain);
            since = since.or(Some(check_in.date));
        }
    }
    if since.is_some() {
        let day = days_between(inputs.start, date);
        let because = PlanReason::Unwell { ill, pain, day: day.max(0) as u32 };
        return match day {
            day if day <= UNWELL_REST_DAYS => Some(at_most(Kind::Rest, because)),
            day if day <= UNWELL_RECOVERY_DAYS => Some(at_most(Kind::Recovery, because)),
            day if day <= UNWELL_EASY_DAYS => Some(at_most(Kind::Easy, because)),
            _ => None,
        };
    }
    let (over, days) = well?;
    let (day, days) = (days_between(over, date) + 1, days.max(WELL_EASY_DAYS));
    let because = PlanReason::WellAgain { day: day as u32, days: days as u32 };
    (day <= days).then(|| at_most(if day == 1 { Kind::Recovery } else { Kind::Easy }, because))
}

fn sore(inputs: &PlanInputs, date: Date) -> Option<Lowered> {
    let (told, soreness) = before(inputs).rev().find_map(|c| Some((c.date, c.soreness?)))?;
    let soreness = soreness - SORENESS_A_DAY * days_between(told, date) as f64;
    let because = PlanReason::Sore { soreness, days: days_between(inputs.start, date).max(0) as u32 };
    match soreness {
        s if s >= SORE_CROSS_TRAIN => Some(at_most(Kind::CrossTrain, because)),
        s if s >= SORE_RECOVERY => Some(at_most(Kind::Recovery, because)),
        s if s >= SORE_EASY => Some(at_most(Kind::Easy, because)),
        _ => None,
    }
}

/// Soreness expected on a day, by the last check-in up to it.
fn soreness_on(inputs: &PlanInputs, date: Date) -> f64 {
    let told = before(inputs).filter(|c| c.date <= date).rev().find_map(|c| Some((c.date, c.soreness?)));
    told.map_or(0.0, |(told, soreness)| soreness - SORENESS_A_DAY * days_between(told, date) as f64)
}

/// The protocol after a race stands still on days of soreness: its stages, and the ban on hard sessions, come later.
fn repeated_stages(inputs: &PlanInputs, date: Date) -> Vec<Lowered> {
    let aftermaths = Aftermath::of_past(inputs);
    aftermaths.flat_map(|aftermath| repeated_stage(inputs, &aftermath, date)).collect()
}

fn repeated_stage(inputs: &PlanInputs, aftermath: &Aftermath, date: Date) -> Vec<Lowered> {
    let Some(day) = aftermath.day(date) else { return Vec::new() };
    let sore = |day: &u32| soreness_on(inputs, add_days(aftermath.date, i64::from(*day))) >= SORE_EASY;
    let days = (1..day).filter(sore).count() as u32;
    let because = PlanReason::StageRepeated { days, distance_km: aftermath.distance_km, raced: aftermath.raced };
    let mut found = Vec::new();
    if days == 0 {
        return found;
    }
    if let Some(stage) = aftermath.furthest_stage(add_days(date, -i64::from(days))) {
        let minutes = stage_minutes(stage).unwrap_or(f64::INFINITY);
        found.push(Lowered { most: stage, minutes, because });
    }
    if add_days(date, -i64::from(days)) <= aftermath.no_hard_until() {
        found.push(at_most(Kind::Easy, because));
    }
    found
}

fn watch(inputs: &PlanInputs, day: i64) -> Option<Lowered> {
    let since = day + i64::from(inputs.level_days);
    let red = PlanReason::Overtraining { day: since.max(0) as u32 };
    match inputs.level {
        Level::Green => None,
        Level::Amber => (since < RED_DAYS).then(|| at_most(Kind::Easy, PlanReason::Cautious)),
        Level::Red => match since {
            ..=0 => Some(at_most(Kind::Rest, red)),
            1 => Some(at_most(Kind::CrossTrain, red)),
            _ if since < RED_DAYS && since % 2 == 0 => Some(at_most(Kind::Recovery, red)),
            _ if since < RED_DAYS => Some(at_most(Kind::Rest, red)),
            _ => (since < RED_AND_AMBER_DAYS).then(|| at_most(Kind::Easy, PlanReason::Cautious)),
        },
    }
}

/// How the runner woke up today.
fn today(inputs: &PlanInputs, date: Date) -> Vec<Lowered> {
    let mut found = Vec::new();
    for check_in in inputs.check_ins.iter().filter(|c| c.date == date && date == inputs.start) {
        if let Some(sleep_h) = check_in.sleep_h.filter(|h| *h < SLEEP_SHORT_H) {
            let because = PlanReason::ShortSleep { sleep_h };
            found.push(Lowered { most: Kind::Recovery, minutes: SLEEP_SHORT_MIN, because });
        }
        if let Some(motivation) = check_in.motivation.filter(|m| *m <= LOW) {
            found.push(at_most(Kind::Recovery, PlanReason::LowMotivation { motivation }));
        }
        if let Some(mood) = check_in.mood.filter(|m| *m <= LOW) {
            found.push(at_most(Kind::Recovery, PlanReason::LowMood { mood }));
        }
        if check_in.off {
            found.push(at_most(Kind::Recovery, PlanReason::FeelingOff));
        }
        if check_in.restless {
            found.push(at_most(Kind::Recovery, PlanReason::Restless));
        }
    }
    found
}

/// A session with its minutes and load.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct PlannedSession {
    pub kind: Kind,
    pub minutes: f64,
    pub load: f64,
}

/// Minutes of the gentler runs that a session may become.
#[derive(Clone, Copy, Debug)]
pub(super) struct Gentle {
    pub recovery_min: f64,
    pub easy_min: f64,
}

/// A session made gentler: never more minutes or load than it had. A gentler limit never leaves more load than a milder
/// one.
pub(super) fn gentler(session: PlannedSession, limits: &[Lowered], gentle: Gentle, rates: &Rates) -> PlannedSession {
    limits.iter().fold(session, |session, limit| {
        let lowered = if limit.most < session.kind { become_kind(session, limit.most, gentle, rates) } else { session };
        shorten(lowered, limit.minutes, rates)
    })
}

fn become_kind(session: PlannedSession, kind: Kind, gentle: Gentle, rates: &Rates) -> PlannedSession {
    // A race is run or it is not.
    if session.kind == Kind::Race {
        return REST;
    }
    let at_most = |kind: Kind, minutes: f64, load: f64, least: f64| {
        let minutes = minutes.min((60.0 * load / rates.load(kind, 60.0)).floor());
        let minutes = if minutes < LEAST_MIN { minutes } else { to_five_down(minutes) };
        if minutes < least { REST } else { PlannedSession { kind, minutes, load: rates.load(kind, minutes).min(load) } }
    };
    // What is gentler never costs more than what is a little less gentle.
    let recovery = at_most(Kind::Recovery, gentle.recovery_min.min(session.minutes), session.load, LEAST_MIN);
    let before = if session.kind > Kind::Recovery { recovery.load } else { session.load };
    let jogged_min = gentle.easy_min.min(session.minutes).min(WalkJogStage::First.minutes());
    let walk_jog = at_most(Kind::WalkJog, jogged_min, before, LEAST_MIN);
    let before = if session.kind > Kind::WalkJog { walk_jog.load } else { session.load };
    match kind {
        Kind::Rest => REST,
        Kind::CrossTrain => at_most(Kind::CrossTrain, CROSS_TRAIN_MIN, before, 1.0),
        Kind::WalkJog => walk_jog,
        Kind::Recovery => recovery,
        _ => at_most(kind, gentle.easy_min.min(session.minutes), session.load, LEAST_MIN),
    }
}

const REST: PlannedSession = PlannedSession { kind: Kind::Rest, minutes: 0.0, load: 0.0 };

fn shorten(session: PlannedSession, minutes: f64, rates: &Rates) -> PlannedSession {
    if !session.kind.is_run() || session.minutes <= minutes {
        return session;
    }
    PlannedSession { minutes, load: rates.load(session.kind, minutes).min(session.load), ..session }
}

/// A day before it is lowered.
pub(super) struct DraftDay {
    pub date: Date,
    pub sized: Sized,
    pub load: f64,
    pub second_load: f64,
    pub gentle: Gentle,
    pub reasons: Vec<PlanReason>,
}

/// Lowers day after day by check-ins and watch, and projects fitness and fatigue.
pub(super) struct Lowering<'a> {
    pub inputs: &'a PlanInputs,
    pub rates: &'a Rates,
    pub fitness: Fitness,
    pub last_run: Option<Date>,
    /// Returns after breaks that the lowered days make.
    pub returns: Vec<Return>,
    /// Yesterday's hard or long run became something gentler.
    pub left_out: bool,
    /// Kilometres of races that are shown as rest.
    pub unraced_km: Vec<f64>,
}

impl Lowering<'_> {
    pub fn day(&mut self, draft: DraftDay, habits: &Habits, weeks: &mut [PlannedWeek]) -> PlannedDay {
        let planned = PlannedSession { kind: draft.sized.kind, minutes: draft.sized.minutes, load: draft.load };
        let (session, because) = self.lowered(&draft, planned);
        let is_lowered = !because.is_empty();
        if let Some(first) = because.first() {
            lower_week(weeks, draft.date, &draft.sized, &session, *first);
        }
        let mut reasons =
            if is_lowered { self.instead(because, &draft) } else { self.kept(session.kind, &draft.reasons) };
        let mut told = self.told_today(&draft, &session);
        told.retain(|told| !reasons.contains(told));
        reasons.extend(told);
        self.left_out = planned.kind.is_taxing() && !session.kind.is_taxing();
        let (second_load, second_min) =
            if is_lowered { (0.0, 0.0) } else { (draft.second_load, draft.sized.second_min) };
        let other_load = habits.other_load[place(draft.date)];
        let form_morning = self.fitness.form();
        self.fitness = self.fitness.step(session.load + second_load + other_load);
        let ceilings = self.inputs.ceilings.ordered();
        let material = StepMaterial { ceilings: &ceilings, paces: &self.inputs.paces };
        PlannedDay {
            date: draft.date,
            kind: session.kind,
            duration_s: 60.0 * session.minutes,
            second_run_s: 60.0 * second_min,
            hard_s: if session.kind == Kind::Hard { 60.0 * draft.sized.hard_min } else { 0.0 },
            heart_rate_ceiling_bpm: ceilings.heart_rate_ceiling_bpm(session.kind),
            pace_ceiling_s_per_km: ceilings.pace_ceiling_s_per_km(session.kind),
            steps: material.parts(session.kind, session.minutes, draft.sized.hard_min),
            reasons,
            load: session.load + second_load,
            other_load,
            fitness: self.fitness.ctl,
            fatigue: self.fitness.atl,
            form_morning,
        }
    }

    /// What is left of a day, with what made it gentler; nothing did where the list is empty.
    fn lowered(&mut self, draft: &DraftDay, planned: PlannedSession) -> (PlannedSession, Vec<PlanReason>) {
        let mut limits = limits(self.inputs, draft.date);
        // Some signs alone are no reason to miss a race.
        limits.retain(|l| planned.kind != Kind::Race || l.because != PlanReason::Cautious);
        let lowered = gentler(planned, &limits, draft.gentle, self.rates);
        limits.extend(self.after_break(draft.date, lowered.kind));
        let session = gentler(planned, &limits, draft.gentle, self.rates);
        // Illness, pain and many signs of too much are the reason of a day of rest also where there would have been one.
        let stops = |l: &&Lowered| {
            let is_stop = matches!(l.because, PlanReason::Unwell { .. } | PlanReason::Overtraining { .. });
            l.most == Kind::Rest && is_stop
        };
        // Every run until illness or pain is over depends on that, and the first ones after it are easy for it.
        let depends = |l: &&Lowered| {
            session.kind.is_run() && matches!(l.because, PlanReason::Unwell { .. } | PlanReason::WellAgain { .. })
        };
        let shortens = |l: &&Lowered| planned.kind.is_run() && l.minutes < planned.minutes;
        let lowers = |l: &&Lowered| stops(l) || depends(l) || l.most < planned.kind || shortens(l);
        // Who is to stop is told nothing else: the sore may keep moving, the ill may not.
        let is_stopped = limits.iter().any(|l| stops(&l));
        let told = limits.iter().filter(|l| !is_stopped || stops(l)).filter(lowers);
        (session, told.map(|l| l.because).collect())
    }

    /// How the runner woke up is said of today, gentle as it may have been planned anyway.
    fn told_today(&self, draft: &DraftDay, session: &PlannedSession) -> Vec<PlanReason> {
        let date = draft.date;
        if date != self.inputs.start || session.kind == Kind::Race || unwell(self.inputs, date).is_some() {
            return Vec::new();
        }
        sore(self.inputs, date).into_iter().chain(today(self.inputs, date)).map(|l| l.because).collect()
    }

    /// The reasons of a day that stays as planned; the days before it may not have.
    fn kept(&self, kind: Kind, reasons: &[PlanReason]) -> Vec<PlanReason> {
        let seen = |reason: &PlanReason| match *reason {
            PlanReason::DayAfter { .. } if self.left_out && kind.is_run() => Some(PlanReason::NothingMadeUp),
            PlanReason::DayAfter { .. } if self.left_out => Some(PlanReason::FreeDay),
            PlanReason::EveningBefore { .. } | PlanReason::TooSoon { .. } if self.left_out => None,
            PlanReason::AfterRace { distance_km, .. } | PlanReason::NoHardYet { distance_km, .. }
                if self.unraced_km.contains(&distance_km) =>
            {
                Some(PlanReason::IfRaced { distance_km })
            }
            other => Some(other),
        };
        reasons.iter().filter_map(seen).collect()
    }

    /// Why a day is gentler. Of a race that has become a day of rest the runner is told what it depends on.
    fn instead(&mut self, mut because: Vec<PlanReason>, draft: &DraftDay) -> Vec<PlanReason> {
        let raced = draft.reasons.iter().find_map(|reason| match *reason {
            PlanReason::RaceDay { distance_km } | PlanReason::HabitualRace { distance_km, .. } => Some(distance_km),
            _ => None,
        });
        if let Some(distance_km) = raced {
            self.unraced_km.push(distance_km);
            because.retain(
                |reason| !matches!(reason, PlanReason::Unwell { day, .. } if i64::from(*day) > UNWELL_REST_DAYS),
            );
            because.push(PlanReason::RaceWhileUnwell { distance_km });
        }
        because
    }

    /// Days lost to illness may make a break, and the way back from it is easy.
    fn after_break(&mut self, date: Date, kind: Kind) -> Option<Lowered> {
        if !kind.is_run() {
            return None;
        }
        let gap = self.last_run.map_or(0, |last| days_between(last, date) - 1);
        self.last_run = Some(date);
        if gap >= BREAK_DAYS {
            self.returns.push(Return { start: date, gap, longest_before: Longest::default(), is_open: false });
        }
        let banned = |r: &&Return| match kind {
            Kind::Long => !r.allows_long(date),
            Kind::Hard => !r.allows_hard(date),
            _ => false,
        };
        let back = self.returns.iter().find(banned)?;
        let because = PlanReason::Returning { after_days: back.gap as u32, share: back.share(date)? };
        Some(at_most(Kind::Easy, because))
    }
}

/// An easy day before a hard or long one that became gentler is no longer there for it.
pub(super) fn fit_to_tomorrow(days: &mut [PlannedDay]) {
    for day in 1..days.len() {
        let next = days[day].kind;
        let fitting =
            if next.is_taxing() { PlanReason::EasyBefore { tomorrow: next } } else { PlanReason::AerobicBase };
        let said = |reason: &&mut PlanReason| matches!(reason, PlanReason::EasyBefore { .. });
        days[day - 1].reasons.iter_mut().filter(said).for_each(|reason| *reason = fitting);
    }
}

/// Takes from a week what a day lost, with the reason.
fn lower_week(weeks: &mut [PlannedWeek], date: Date, was: &Sized, is: &PlannedSession, because: PlanReason) {
    let Some(week) = weeks.iter_mut().find(|week| week.monday == monday_of(date)) else { return };
    let runs = |kind: Kind, minutes: f64| if kind.is_run() && kind != Kind::Race { minutes } else { 0.0 };
    week.minutes -= runs(was.kind, was.total()) - runs(is.kind, is.minutes);
    because.of_week().join(&mut week.reasons);
}

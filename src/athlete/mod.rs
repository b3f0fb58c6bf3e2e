//! The athlete's thresholds by date, each with its interval and what it rests on (methods §5).
//!
//! Maximal and threshold heart rate are *traits*: all evidence within a year to either side counts, up to today.
//! Threshold speed is a *state*: it rests on the three months before.

mod advice;
mod change;
mod estimate;
mod facts;
mod known;
mod maximum;
mod note;
mod numbers;
mod resting;
mod shift;
mod speed;
mod threshold;

pub(crate) use maximum::ABOVE_MAX;

pub use advice::ThresholdKind;
pub use estimate::{Basis, Estimate, Trust};
pub use note::{AthleteNote, Question};
pub use shift::Shift;

use crate::activity::Sex;
use crate::calendar::{days_between, monday_of};
use crate::content::ContentHash;
use crate::memo::Memo;
use crate::physiology::statistics::Line;
use crate::physiology::{curve, zones};
use crate::profile::{HeartRateUse, Profile};
use crate::recording::Recording;
use crate::rule::RecoveryRule;
use crate::trace_sums::TraceSums;
use crate::units::Speed;
use change::HeartChange;
use facts::Facts;
use jiff::ToSpan;
use jiff::civil::Date;
use known::{Known, STATE_DAYS, Settings, TRAIT_DAYS};
use rayon::prelude::*;

/// Everything a verdict is measured against, as of one day.
#[derive(Clone, Debug, PartialEq)]
pub struct Thresholds {
    pub sex: Option<Sex>,
    pub age_years: Option<f64>,
    /// bpm.
    pub heart_rate_max: Estimate,
    /// bpm.
    pub heart_rate_rest: Estimate,
    /// Lactate-threshold heart rate, bpm.
    pub heart_rate_threshold: Estimate,
    /// Grade-adjusted speed at the threshold, m/s; `None` while no effort of ten minutes is on file.
    pub speed_threshold: Option<Estimate>,
    /// Heart rate (bpm) over grade-adjusted speed (m/s).
    pub line: Option<Line>,
    /// W; only ever given, never estimated.
    pub critical_power_w: Option<f64>,
    /// False where the runner says that their heart rate means nothing.
    pub uses_heart_rate: bool,
    pub notes: Vec<AthleteNote>,
    recovery: Ceiling,
}

/// The highest mean heart rate of a recovery run, bpm.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Ceiling {
    bpm: f64,
    half_width_bpm: f64,
}

impl Ceiling {
    /// By the rule's shares of the three heart rates. How far it may be off is half of how far it moves when all three move
    /// by their half-widths.
    fn of(rule: &RecoveryRule, [max, rest, lthr]: [&Estimate; 3], age_years: Option<f64>) -> Ceiling {
        let moved = |by: f64| {
            let value = |e: &Estimate| e.value + by * e.half_width;
            rule.ceiling_bpm(value(max), value(rest), value(lthr), age_years)
        };
        let most = zones::LT1_SHARE_OF_LTHR * lthr.value - rule.below_lt1_bpm;
        Ceiling { bpm: moved(0.0).min(most), half_width_bpm: ((moved(1.0) - moved(-1.0)) / 2.0).abs().max(1.0) }
    }
}

impl Thresholds {
    /// The first lactate threshold, 0.90·LTHR (methods §2.2), bpm.
    pub fn lt1_bpm(&self) -> f64 {
        zones::LT1_SHARE_OF_LTHR * self.heart_rate_threshold.value
    }

    /// The highest mean heart rate of a recovery run (methods §6.2), bpm: never close to LT1.
    pub fn recovery_ceiling_bpm(&self) -> f64 {
        self.recovery.bpm
    }

    /// How far that ceiling may be off, one standard deviation, bpm.
    pub fn recovery_ceiling_half_width_bpm(&self) -> f64 {
        self.recovery.half_width_bpm
    }

    /// Threshold speed in m/s.
    pub fn speed_mps(&self) -> Option<f64> {
        self.speed_threshold.map(|e| e.value)
    }

    /// Threshold speed where more than a guess.
    pub fn trusted_speed(&self) -> Option<Estimate> {
        self.speed_threshold.filter(|speed| speed.trust > Trust::Low)
    }

    pub fn threshold_pace(&self) -> Option<Speed> {
        self.speed_mps().map(Speed)
    }

    /// Nothing but defaults and unconfirmed guesses: how hard a run was can be said in rough words only.
    pub fn are_rough(&self) -> bool {
        let is_guess = |e: &Estimate| e.trust == Trust::Low;
        is_guess(&self.heart_rate_max) && is_guess(&self.heart_rate_threshold) && self.trusted_speed().is_none()
    }

    /// What is not known yet, the most useful answer first.
    pub fn questions(&self) -> Vec<Question> {
        let max = &self.heart_rate_max;
        let changed = self.notes.iter().find_map(|note| match note {
            AthleteNote::Changed { since, .. } => Some(Question::Change { since: *since }),
            _ => None,
        });
        let unsure = |e: &Estimate| self.uses_heart_rate && e.trust == Trust::Low;
        let questions = [
            changed,
            (unsure(max) && self.age_years.is_none()).then_some(Question::Age),
            (unsure(max) && self.age_years.is_some()).then_some(Question::Max),
            unsure(&self.heart_rate_threshold).then_some(Question::Threshold),
            (self.trusted_speed().is_none() && (!self.uses_heart_rate || !unsure(&self.heart_rate_threshold)))
                .then_some(Question::Speed),
        ];
        questions.into_iter().flatten().collect()
    }
}

/// The thresholds week by week.
#[derive(Clone, Debug)]
pub struct Athlete {
    /// First day of each step and what held from it on, oldest first; never empty.
    steps: Vec<(Date, Thresholds)>,
    rule: RecoveryRule,
}

impl Athlete {
    /// What the runner's recovery runs are told by.
    pub fn rule(&self) -> &RecoveryRule {
        &self.rule
    }

    /// Estimates the thresholds for every week from the first recording to `today`.
    ///
    /// States rest on what was known at the end of the week before; the first three months are judged together, so that the
    /// first runs of a history are not judged against nothing. Nothing after `today` is looked at.
    pub fn new(recordings: &[Recording], profile: &Profile, today: Date) -> Athlete {
        let sums: Vec<TraceSums> = recordings.par_iter().map(|r| TraceSums::of(&r.digest.trace)).collect();
        Athlete::remembered(recordings, &sums, profile, today, &Memo::none())
    }

    /// The same of recordings whose sums are known.
    pub fn remembered(
        recordings: &[Recording],
        sums: &[TraceSums],
        profile: &Profile,
        today: Date,
        memo: &Memo,
    ) -> Athlete {
        let uses_heart_rate = profile.athlete.heart_rate == HeartRateUse::On;
        let so_far = recordings.par_iter().zip(sums).filter(|(recording, _)| recording.date() <= today);
        let mut facts: Vec<Facts> =
            so_far.map(|(recording, sums)| Facts::of(recording, sums, uses_heart_rate)).collect();
        facts.sort_by_key(|f| f.date);
        // A slow ride that does not name itself must not set the pace of one who does run.
        if facts.iter().any(|f| f.is_certain_run && f.v60_mps.is_some()) {
            facts.iter_mut().filter(|f| !f.is_certain_run).for_each(|f| f.v60_mps = None);
        }
        let weeks = Weeks::of(&facts, today);
        let history = FactHistory::new(&facts, profile, &weeks, memo);
        let steps = (0..weeks.count).into_par_iter().map(|week| (weeks.monday(week), history.thresholds(week)));
        Athlete { steps: steps.collect(), rule: profile.model.clone() }
    }

    /// The same athlete, if every threshold of a kind were off by one standard deviation.
    pub fn shifted(&self, shift: Shift) -> Athlete {
        let moved = |(from, thresholds): &(Date, Thresholds)| (*from, shift.of(thresholds, &self.rule));
        Athlete { steps: self.steps.iter().map(moved).collect(), rule: self.rule.clone() }
    }

    /// The thresholds that hold on `date`.
    pub fn at(&self, date: Date) -> &Thresholds {
        let after = self.steps.partition_point(|(from, _)| *from <= date);
        &self.steps[after.saturating_sub(1)].1
    }
}

/// The weeks of a history.
struct Weeks {
    first_monday: Date,
    /// The last day of the first three months, which are judged together.
    settled: Date,
    today: Date,
    count: usize,
}

impl Weeks {
    fn of(facts: &[Facts], today: Date) -> Weeks {
        let first = facts.first().map_or(today, |f| f.date);
        let first_monday = monday_of(first);
        let count = usize::try_from(days_between(first_monday, today) / 7).unwrap_or(0) + 1;
        Weeks { first_monday, settled: first.saturating_add(STATE_DAYS.days()), today, count }
    }

    fn monday(&self, week: usize) -> Date {
        self.first_monday.saturating_add((7 * week as i64).days())
    }

    /// The last day that is known in a week: the Sunday before it, or that of the first three months.
    fn known_until(&self, week: usize) -> Date {
        self.monday(week).saturating_sub(1.day()).max(self.settled).min(self.today)
    }
}

/// All facts, with what the weeks share.
struct FactHistory<'a> {
    facts: &'a [Facts],
    profile: &'a Profile,
    weeks: &'a Weeks,
    memo: &'a Memo,
    settings: Settings,
    /// The lowest minute up to each fact.
    lowest: Vec<Option<(f64, Date)>>,
    changes: Vec<HeartChange>,
    /// By week.
    lines: Vec<Option<(Line, usize)>>,
    sex: Option<Sex>,
}

impl<'a> FactHistory<'a> {
    fn new(facts: &'a [Facts], profile: &'a Profile, weeks: &'a Weeks, memo: &'a Memo) -> FactHistory<'a> {
        let lowest = facts.iter().scan(None, |lowest: &mut Option<(f64, Date)>, f| {
            let this = f.lowest_bpm.map(|bpm| (bpm, f.date));
            *lowest = (*lowest).into_iter().chain(this).reduce(|a, b| if b.0 < a.0 { b } else { a });
            Some(*lowest)
        });
        let mut history = FactHistory {
            facts,
            profile,
            weeks,
            memo,
            settings: Settings::of(facts),
            lowest: lowest.collect(),
            changes: Vec::new(),
            lines: Vec::new(),
            sex: profile.athlete.sex.or_else(|| facts.iter().rev().find_map(|f| f.settings.sex)),
        };
        history.lines =
            (0..weeks.count).into_par_iter().map(|week| history.line(weeks.known_until(week), None)).collect();
        history.changes = history.find_changes();
        history.draw_lines_after_changes();
        history
    }

    /// The line (methods §2.8) of the 90 days up to `end`, from `since` on, and the number of windows it rests on.
    fn line(&self, end: Date, since: Option<Date>) -> Option<(Line, usize)> {
        let from = end.saturating_sub((STATE_DAYS - 1).days());
        let runs = Known::between(self.facts, since.map_or(from, |since| from.max(since)), end);
        let windows: Vec<(f64, f64)> = runs.iter().flat_map(|f| f.windows.iter().copied()).collect();
        let fingerprint = || {
            let numbers: Vec<u8> =
                windows.iter().flat_map(|(mps, bpm)| [mps.to_le_bytes(), bpm.to_le_bytes()]).flatten().collect();
            ContentHash::of_parts(&[b"line", &numbers])
        };
        Some((self.memo.result(fingerprint, || curve::heart_speed_line(&windows))?, windows.len()))
    }

    fn find_changes(&self) -> Vec<HeartChange> {
        const WEEKS_BACK: usize = 3;
        let sunday = |week: usize| self.weeks.monday(week).saturating_add(6.days()).min(self.weeks.today);
        let before = |week: usize| {
            // In the first months the line of a week already holds what followed it.
            let end = sunday(week).saturating_sub(change::RECENT_DAYS.days());
            if end <= self.weeks.settled {
                self.line(end, None)
            } else {
                *self.lines.get(week.checked_sub(WEEKS_BACK - 1)?)?
            }
        };
        let weeks: Vec<(Date, Option<Line>)> =
            (0..self.weeks.count).map(|week| (sunday(week), before(week).map(|(line, _)| line))).collect();
        let mut changes = change::changes(self.facts, &weeks);
        let stated = self.profile.athlete.heart_rate_since.filter(|since| *since <= self.weeks.today);
        changes.extend(stated.map(|since| HeartChange { since, by_bpm: None }));
        changes.sort_by_key(|change| change.since);
        changes
    }

    fn draw_lines_after_changes(&mut self) {
        for week in 0..self.weeks.count {
            let end = self.weeks.known_until(week);
            let since = self.since(self.weeks.monday(week)).map(|change| change.since);
            if since.is_some_and(|since| since.saturating_add(STATE_DAYS.days()) >= end) {
                self.lines[week] = self.line(end, since);
            }
        }
    }

    /// The last change before the end of the week that begins on `monday`.
    fn since(&self, monday: Date) -> Option<HeartChange> {
        self.changes.iter().rfind(|change| change.since <= monday.saturating_add(6.days())).copied()
    }

    fn traits(&self, monday: Date) -> &'a [Facts] {
        let since = self.since(monday).map(|change| change.since);
        let next = self.changes.iter().find(|change| change.since > monday.saturating_add(6.days()));
        let from = monday.saturating_sub(TRAIT_DAYS.days());
        let to = monday.saturating_add((TRAIT_DAYS + 6).days()).min(self.weeks.today);
        Known::between(
            self.facts,
            since.map_or(from, |since| from.max(since)),
            next.map_or(to, |next| to.min(next.since.saturating_sub(1.day()))),
        )
    }

    fn known(&self, week: usize) -> Known<'_> {
        let monday = self.weeks.monday(week);
        let end = self.weeks.known_until(week);
        let so_far = self.facts.partition_point(|f| f.date <= end);
        let back = |days: i64| Known::between(self.facts, end.saturating_sub((days - 1).days()), end);
        Known {
            given: &self.profile.athlete,
            end,
            since: self.since(monday).map(|change| change.since),
            state: back(STATE_DAYS),
            year: back(TRAIT_DAYS),
            traits: self.traits(monday),
            line: self.lines[week],
            lowest: so_far.checked_sub(1).and_then(|last| self.lowest[last]),
            settings: &self.settings,
        }
    }

    fn thresholds(&self, week: usize) -> Thresholds {
        let known = self.known(week);
        let uses_heart_rate = self.profile.athlete.heart_rate == HeartRateUse::On;
        let mut notes: Vec<AthleteNote> = (!uses_heart_rate).then_some(AthleteNote::HeartRateOff).into_iter().collect();
        notes.extend(self.since(self.weeks.monday(week)).map(|change| match change.by_bpm {
            Some(by_bpm) => AthleteNote::Changed { since: change.since, by_bpm },
            None => AthleteNote::CountedSince { since: change.since },
        }));
        let age_years = self.age_years(known.end);
        let max = maximum::maximum(&known, age_years, &mut notes);
        let lthr = threshold::threshold(&known, &max, &mut notes);
        let rest = resting::resting(&known);
        Thresholds {
            sex: self.sex,
            age_years,
            recovery: Ceiling::of(&self.profile.model, [&max, &rest, &lthr], age_years),
            heart_rate_max: max,
            heart_rate_rest: rest,
            heart_rate_threshold: lthr,
            speed_threshold: speed::speed(&known, &lthr),
            line: known.plain_line(),
            critical_power_w: self.profile.athlete.critical_power_w,
            uses_heart_rate,
            notes,
        }
    }

    fn age_years(&self, day: Date) -> Option<f64> {
        let from_profile = self.profile.athlete.birth_year.map(|year| f64::from(day.year() - year));
        let from_device = || self.settings.age.at(day, None).map(|(_, age)| age);
        from_profile.or_else(from_device).filter(|age| (5.0..=110.0).contains(age))
    }
}

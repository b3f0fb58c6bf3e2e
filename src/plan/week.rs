//! The best whole week that begins with what has been done in it: the second table of constraints, and the search.

use super::fill::Filled;
use super::frame::Frame;
use super::habits::{RUN_DAYS_MAX, SHORT_RACE_KM};
use super::limits::{Rank, place};
use super::race::race_days;
use super::recovery::Session;
use super::{Kind, PastDay, Reason};
use crate::calendar::days_between;
use crate::physiology::training::Fitness;

/// What may be chosen for a day. Which gentle kind a gentle run is follows from the days before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Choice {
    Off,
    Gentle,
    Long,
    Hard,
    Race,
    /// What the runner means to do whatever the plan says.
    Fixed(Kind),
}

/// Tried in this order: of weeks as good as each other, the one with the earlier and harder days wins.
const CHOICES: [Choice; 4] = [Choice::Hard, Choice::Long, Choice::Gentle, Choice::Off];

pub(super) type Week = [Choice; 7];

/// A hard or long day, or a race. Days are counted from the Monday of the week.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Taxing {
    day: i64,
    short_race: bool,
}

/// The state of a runner on a morning of the week.
#[derive(Clone, Copy, Debug)]
pub(super) struct Morning {
    /// Hours from 0:00 of Monday until a hard session is due again.
    pub ready_h: f64,
    pub fitness: Fitness,
    /// Days in a row with a run.
    streak: u32,
    last_run: Option<i64>,
    last_taxing: Option<Taxing>,
    last_hard: Option<i64>,
    last_long: Option<i64>,
    /// Counted over the week, races to come included.
    runs: u32,
    hard: u32,
    taxing: u32,
    long: u32,
    /// The least minutes that the days so far take.
    least_minutes: f64,
}

/// A constraint on a day and the days before it.
pub(super) struct WeekRule {
    pub rank: Rank,
    pub name: &'static str,
    /// It goes by loads, which are known only once the whole week has its minutes.
    pub by_load: bool,
    pub forbids: fn(&Frame, &Morning, usize, Kind) -> Option<Reason>,
}

/// Constraints between days, in the order of their ranks.
pub(super) const WEEK_RULES: [WeekRule; 13] = {
    use Rank::{Habit, Protection, Spacing, WeekMost, Wish};
    const fn rule(
        rank: Rank,
        name: &'static str,
        forbids: fn(&Frame, &Morning, usize, Kind) -> Option<Reason>,
    ) -> WeekRule {
        WeekRule { rank, name, by_load: false, forbids }
    }
    const fn by_load(rule: WeekRule) -> WeekRule {
        WeekRule { by_load: true, ..rule }
    }
    [
        rule(Wish, "runs at most a week", runs_at_most),
        rule(Protection, "a day off in seven", day_off),
        rule(Protection, "a day between in the first days", day_between),
        rule(Protection, "one hard session in seven days after a race", one_after_race),
        rule(Spacing, "easier days between", spacing),
        by_load(rule(Spacing, "hours since the last hard session", hours)),
        by_load(rule(Spacing, "form", form)),
        rule(WeekMost, "hard and long days a week", taxing_days),
        rule(WeekMost, "two hard sessions a week", two_hard),
        rule(WeekMost, "minutes a week", week_minutes),
        rule(Habit, "hard sessions of the habit", usual_hard),
        rule(Habit, "long run of the habit", usual_long),
        rule(Habit, "run days of the habit", usual_days),
    ]
};

/// Easier days between hard or long ones: two, or one where that is the habit of a runner under this age.
const GAP: i64 = 3;
const SHORT_GAP: i64 = 2;
const SHORT_GAP_YEARS: f64 = 50.0;
/// A hard session may begin with so many hours left, a long run with more.
const HOURS_LEFT_HARD: f64 = 6.0;
const HOURS_LEFT_LONG: f64 = 12.0;
/// Below this relative form no hard session, below the second no long run and only recovery runs.
const FORM_HARD: f64 = -20.0;
pub(super) const FORM_LOW: f64 = -30.0;
/// Form says nothing below this fitness.
const FORM_FROM_CTL: f64 = 15.0;
/// A longer time without a run counts as this many days when runs are spread.
const GAP_DAYS_COUNTED: i64 = 14;
/// Days between long runs at least.
const LONG_GAP: i64 = 5;

fn runs_at_most(frame: &Frame, morning: &Morning, _: usize, kind: Kind) -> Option<Reason> {
    let runs = frame.inputs.wishes.runs_at_most?;
    (kind.is_run() && morning.runs + 1 > runs).then_some(Reason::RunsAtMost { runs })
}

/// Also counts the races that follow at once, whose days cannot be moved.
fn day_off(frame: &Frame, morning: &Morning, day: usize, kind: Kind) -> Option<Reason> {
    let races = (day + 1..day + 7).take_while(|next| frame.race_on(frame.date(*next)).is_some()).count() as u32;
    let days = morning.streak;
    (kind.is_run() && days + 1 + races > RUN_DAYS_MAX).then_some(Reason::DayOff { days })
}

fn day_between(frame: &Frame, morning: &Morning, _: usize, kind: Kind) -> Option<Reason> {
    let is_new = !frame.habits.is_known() && !frame.habits.has_run_in_a_row;
    let walks = kind == Kind::WalkJog;
    (kind.is_run() && (is_new || walks) && morning.streak > 0).then_some(Reason::DayBetween)
}

fn one_after_race(frame: &Frame, morning: &Morning, day: usize, kind: Kind) -> Option<Reason> {
    let date = frame.date(day);
    let after =
        frame.aftermaths.iter().find(|a| a.date < date && date <= a.full_until() && a.distance_km > SHORT_RACE_KM)?;
    let last = morning.last_hard.filter(|last| frame.date(0) < date && (day as i64) - last < 7)?;
    let since_race = last > days_between(frame.monday, after.date);
    let until_day = race_days(after.distance_km).full;
    (kind == Kind::Hard && since_race).then_some(Reason::OneAfterRace { until_day, distance_km: after.distance_km })
}

fn spacing(frame: &Frame, morning: &Morning, day: usize, kind: Kind) -> Option<Reason> {
    if !kind.is_taxing() {
        return None;
    }
    let gap = frame.gap();
    let today = day as i64;
    // Two days after a short race are easy, whatever the habit.
    let gap_after = |short_race: bool| if short_race { GAP } else { gap };
    if let Some(last) = morning.last_taxing
        && today - last.day < gap_after(last.short_race)
    {
        let habit = kind == Kind::Long && last.short_race && today - last.day == 1 && frame.habits.long_after_race;
        if !habit {
            return Some(Reason::TooSoon { days: (today - last.day) as u32 });
        }
    }
    let next = (day + 1..day + gap as usize).find_map(|next| frame.race_on(frame.date(next)));
    next.map(|race| Reason::RaceSoon { distance_km: race.distance_km })
}

fn hours(frame: &Frame, morning: &Morning, day: usize, kind: Kind) -> Option<Reason> {
    let left = morning.ready_h - frame.hour(day);
    let most = match kind {
        Kind::Hard => HOURS_LEFT_HARD,
        Kind::Long => HOURS_LEFT_LONG,
        _ => return None,
    };
    (left > most).then_some(Reason::HoursLeft { hours: left })
}

fn form(frame: &Frame, morning: &Morning, _: usize, kind: Kind) -> Option<Reason> {
    let relative_form = frame.relative_form(morning)?;
    let least = match kind {
        Kind::Hard => FORM_HARD,
        Kind::Long => FORM_LOW,
        _ => return None,
    };
    (relative_form < least).then_some(Reason::Tired { relative_form })
}

fn taxing_days(frame: &Frame, morning: &Morning, _: usize, kind: Kind) -> Option<Reason> {
    let most = frame.target.taxing;
    let is_full = kind.is_taxing() && morning.taxing + 1 > most;
    is_full.then_some(Reason::TaxingDays { most, run_days: frame.target.run_days })
}

fn two_hard(_: &Frame, morning: &Morning, _: usize, kind: Kind) -> Option<Reason> {
    (kind == Kind::Hard && morning.hard + 1 > 2).then_some(Reason::TwoHard)
}

fn week_minutes(frame: &Frame, morning: &Morning, day: usize, kind: Kind) -> Option<Reason> {
    let most = frame.days[day].minutes;
    let least = frame.sizes.within(kind, most).map_or(0.0, |(_, least)| least);
    let upper = frame.target.upper;
    (kind.is_run() && morning.least_minutes + least > upper).then_some(Reason::WeekMinutes { minutes: upper })
}

fn usual_hard(frame: &Frame, morning: &Morning, _: usize, kind: Kind) -> Option<Reason> {
    let most = frame.target.hard;
    (kind == Kind::Hard && morning.hard + 1 > most).then_some(Reason::UsualHard { most })
}

fn usual_long(frame: &Frame, morning: &Morning, day: usize, kind: Kind) -> Option<Reason> {
    if kind != Kind::Long {
        return None;
    }
    if !frame.wants_long() {
        return Some(Reason::NoLongHabit);
    }
    let too_soon = morning.last_long.is_some_and(|last| day as i64 - last < LONG_GAP);
    (morning.long > 0 || too_soon).then_some(Reason::OneLong)
}

fn usual_days(frame: &Frame, morning: &Morning, _: usize, kind: Kind) -> Option<Reason> {
    let days = frame.target.run_days;
    (kind.is_run() && morning.runs + 1 > days).then_some(Reason::UsualDays { days })
}

impl Frame<'_> {
    /// Days from one hard or long day to the next.
    fn gap(&self) -> i64 {
        let young = self.inputs.age_years.is_none_or(|age| age < SHORT_GAP_YEARS);
        if self.habits.has_short_gaps && young { SHORT_GAP } else { GAP }
    }

    /// Hours from 0:00 of Monday to the usual hour of a run.
    pub fn hour(&self, day: usize) -> f64 {
        24.0 * day as f64 + self.habits.hour[place(self.date(day))]
    }

    /// Fatigue is so far above fitness that only recovery runs are left.
    pub fn is_tired(&self, morning: &Morning) -> bool {
        self.relative_form(morning).is_some_and(|form| form < FORM_LOW)
    }

    /// Form as if fitness were 100; `None` while it says nothing.
    pub fn relative_form(&self, morning: &Morning) -> Option<f64> {
        let says = self.inputs.settled && morning.fitness.ctl >= FORM_FROM_CTL;
        says.then(|| morning.fitness.relative_form())
    }

    /// Whether a long run belongs to the week.
    pub fn wants_long(&self) -> bool {
        self.habits.is_known() && (self.habits.has_long() || self.inputs.wishes.long_day.is_some())
    }

    /// The kind of day a choice comes to.
    pub fn kind(&self, morning: &Morning, day: usize, choice: Choice) -> Kind {
        match choice {
            Choice::Off => Kind::Rest,
            Choice::Fixed(kind) => kind,
            Choice::Race => Kind::Race,
            Choice::Long => Kind::Long,
            Choice::Hard if self.is_race_day(day) => Kind::Race,
            Choice::Hard => Kind::Hard,
            Choice::Gentle => {
                let after = morning.last_taxing.is_some_and(|last| last.day == day as i64 - 1);
                let gentle = if after { Kind::Recovery } else { Kind::Easy };
                gentle.min(self.days[day].most)
            }
        }
    }

    /// A weekday on which the runner races a short race by habit, such as a parkrun.
    pub fn is_race_day(&self, day: usize) -> bool {
        self.habits.race_day.is_some_and(|(weekday, _)| weekday == self.date(day).weekday())
    }

    /// The state on the first morning that is to be planned.
    pub fn first_morning(&self, ready_h: f64, fitness: Fitness) -> Morning {
        let start = self.date(self.done);
        let recent = self.timeline.last_days(start, 14);
        let offset = self.done as i64 - recent.len() as i64;
        let last = |is: &dyn Fn(&PastDay) -> bool| recent.iter().rposition(is).map(|i| offset + i as i64);
        let taxing = last(&|day| day.taxing);
        let short =
            taxing.and_then(|day| self.timeline.day(self.date(0).saturating_add(jiff::Span::new().days(day))).race_km);
        let mut morning = Morning {
            ready_h,
            fitness,
            streak: self.timeline.streak_before(start),
            last_run: self.timeline.last_run_before(start).map(|last| days_between(self.monday, last)),
            last_taxing: taxing.map(|day| Taxing { day, short_race: short.is_some_and(|km| km <= SHORT_RACE_KM) }),
            last_hard: last(&|day| day.kind == Kind::Hard),
            last_long: last(&|day| day.kind == Kind::Long),
            runs: 0,
            hard: 0,
            taxing: 0,
            long: 0,
            least_minutes: 0.0,
        };
        for day in (0..self.done).filter_map(|day| Some((day, self.past(day)?))) {
            morning.count(day.1.kind);
            morning.least_minutes += self.counted_minutes(day.0, &day.1);
        }
        // Races to come take their place in the week from its beginning.
        for _ in (self.done..7).filter(|day| self.coming_race(*day).is_some()) {
            morning.count(Kind::Race);
        }
        morning
    }

    /// Minutes that count against the week: a race does not, unless it is the usual short one of a weekday.
    pub fn counted_minutes(&self, day: usize, past: &PastDay) -> f64 {
        let usual = self.is_race_day(day) && past.race_km.is_some_and(|km| km <= SHORT_RACE_KM);
        let entered = self.race_on(self.date(day)).is_some();
        if usual && !entered { past.minutes } else { past.training_minutes() }
    }

    /// Why a hard or long run, sized and dated, comes too early after what was run before.
    pub fn forbids_by_load(&self, morning: &Morning, day: usize, kind: Kind) -> Option<Reason> {
        WEEK_RULES.iter().filter(|rule| rule.by_load).find_map(|rule| (rule.forbids)(self, morning, day, kind))
    }

    /// Why a kind may not be on a day after this morning.
    fn forbids(&self, morning: &Morning, day: usize, choice: Choice) -> Option<(Rank, Reason)> {
        let kind = self.kind(morning, day, choice);
        let limits = &self.days[day];
        let day_limit = match choice {
            Choice::Off | Choice::Race | Choice::Fixed(_) => return None,
            Choice::Gentle => (!limits.most.is_run()).then_some(Kind::WalkJog),
            Choice::Long => (!limits.allows_long).then_some(Kind::Long),
            Choice::Hard => (!limits.allows_hard).then_some(Kind::Hard),
        };
        if let Some(banned) = day_limit {
            return limits.why_not(banned);
        }
        let asked = if kind == Kind::Race { Kind::Hard } else { kind };
        if self.sizes.within(asked, limits.minutes).is_none() {
            return Some(limits.why_shorter(f64::INFINITY).unwrap_or((Rank::WeekMost, Reason::TooShort)));
        }
        let by_place = WEEK_RULES.iter().filter(|rule| !rule.by_load);
        by_place.into_iter().find_map(|rule| Some((rule.rank, (rule.forbids)(self, morning, day, asked)?)))
    }

    /// The morning after a day.
    pub fn next(&self, morning: &Morning, day: usize, choice: Choice) -> Morning {
        let kind = self.kind(morning, day, choice);
        let mut next = *morning;
        let (minutes, load) = self.nominal(day, kind);
        next.pass(self, day, kind, minutes, load);
        if !matches!(choice, Choice::Race) {
            next.count(kind);
            let most = self.days[day].minutes;
            next.least_minutes += self.sizes.within(kind, most).map_or(0.0, |(_, least)| least);
        }
        next
    }

    /// Minutes and load of a kind before the week is filled.
    fn nominal(&self, day: usize, kind: Kind) -> (f64, f64) {
        if kind == Kind::Race {
            return self.race(day).map_or((0.0, 0.0), |race| self.rates.race(&race));
        }
        let minutes = self.sizes.within(kind, self.days[day].minutes).map_or(0.0, |(usual, _)| usual);
        (minutes, self.rates.load(kind, minutes))
    }

    /// The race of a day: entered, or by habit.
    pub fn race(&self, day: usize) -> Option<super::Race> {
        let habit = || {
            let (_, distance_km) = self.habits.race_day.filter(|_| self.is_race_day(day))?;
            Some(super::Race { date: self.date(day), distance_km, goal_min: None, priority: super::Priority::C })
        };
        self.race_on(self.date(day)).copied().or_else(habit)
    }
}

impl Morning {
    fn count(&mut self, kind: Kind) {
        self.runs += u32::from(kind.is_run());
        self.hard += u32::from(kind >= Kind::Hard);
        self.taxing += u32::from(kind.is_taxing());
        self.long += u32::from(kind == Kind::Long);
    }

    /// Lets a day pass: what it does to hours, fitness and the days in a row.
    pub fn pass(&mut self, frame: &Frame, day: usize, kind: Kind, minutes: f64, load: f64) {
        let hour = frame.hour(day);
        if kind.is_run() {
            let session = Session { effort: kind.into(), load, minutes, eccentric: false };
            let left = (self.ready_h - hour).max(0.0);
            self.ready_h = hour + session.recovery_h(self.fitness.ctl, frame.inputs.age_years, left);
        }
        self.fitness = self.fitness.step(load + frame.habits.other_load[place(frame.date(day))]);
        let today = day as i64;
        self.streak = if kind.is_run() { self.streak + 1 } else { 0 };
        if kind.is_run() {
            self.last_run = Some(today);
        }
        if kind.is_taxing() {
            let short_race = kind == Kind::Race && frame.race(day).is_some_and(|r| r.distance_km <= SHORT_RACE_KM);
            self.last_taxing = Some(Taxing { day: today, short_race });
        }
        if kind == Kind::Hard {
            self.last_hard = Some(today);
        }
        if kind == Kind::Long {
            self.last_long = Some(today);
        }
    }
}

/// How good a week is, what counts most first.
type Score = [i64; 7];

/// Searches the whole week.
pub(super) struct Search<'a> {
    frame: &'a Frame<'a>,
    first: Morning,
    best: Option<(Score, Week, Filled)>,
}

impl<'a> Search<'a> {
    /// The best week with its minutes; what is over in it stays as it was.
    pub fn best(frame: &'a Frame<'a>, first: Morning) -> (Week, Filled) {
        let mut search = Search { frame, first, best: None };
        let mut week = [Choice::Off; 7];
        for (day, choice) in week.iter_mut().enumerate().take(frame.done) {
            *choice = frame.past(day).map_or(Choice::Off, |past| Choice::Fixed(past.kind));
        }
        search.visit(frame.done, first, &mut week);
        match search.best {
            Some((_, week, filled)) => (week, filled),
            // A week of rest is always possible, so there is a best one.
            None => (week, frame.fill(first, &week)),
        }
    }

    fn visit(&mut self, day: usize, morning: Morning, week: &mut Week) {
        if day == 7 {
            let score = self.score(week);
            if self.best.as_ref().is_none_or(|(best, ..)| score > *best)
                && let Some(filled) = self.frame.settle(self.first, week)
            {
                self.best = Some((score, *week, filled));
            }
            return;
        }
        let left = (7 - day) as i64;
        if self.best.as_ref().is_some_and(|(best, ..)| i64::from(morning.runs) + left < best[0]) {
            return;
        }
        for choice in self.choices(day) {
            if self.frame.forbids(&morning, day, choice).is_none() {
                week[day] = choice;
                self.visit(day + 1, self.frame.next(&morning, day, choice), week);
            }
        }
    }

    fn choices(&self, day: usize) -> impl Iterator<Item = Choice> + use<> {
        let fixed = self.frame.fixed(day);
        fixed.into_iter().chain(CHOICES.into_iter().filter(move |_| fixed.is_none()))
    }

    /// Runs placed, long run, hard sessions, long run on its day, weekdays, no long gaps, even spread.
    fn score(&self, week: &Week) -> Score {
        let frame = self.frame;
        let is_run = |day: usize| match week[day] {
            Choice::Off => false,
            Choice::Fixed(kind) => kind.is_run(),
            _ => true,
        };
        let is = |day: usize, choice: Choice, kind: Kind| week[day] == choice || week[day] == Choice::Fixed(kind);
        let runs: Vec<usize> = (0..7).filter(|day| is_run(*day)).collect();
        let longs: Vec<usize> = (0..7).filter(|day| is(*day, Choice::Long, Kind::Long)).collect();
        let hards: Vec<usize> = (0..7).filter(|day| is(*day, Choice::Hard, Kind::Hard)).collect();
        let long_day = frame.long_day();
        let on_day = longs.iter().any(|day| Some(*day) == long_day) as i64;
        let blocks_next = i64::from(self.blocks_next_long(week, long_day));
        let thousandths = |share: f64| (1000.0 * share).round() as i64;
        let weekdays: i64 = runs.iter().map(|day| thousandths(frame.weekday_share(*day))).sum();
        let hard_days: i64 = hards.iter().map(|day| thousandths(frame.habits.hard_share[*day])).sum();
        let (long_gaps, spread) = self.gaps(&runs);
        [
            runs.len() as i64,
            longs.len().min(1) as i64,
            hards.len() as i64,
            on_day - blocks_next,
            weekdays + hard_days,
            -long_gaps,
            -spread,
        ]
    }

    /// A hard or long day so late in the week that the next long run could not be on its day.
    fn blocks_next_long(&self, week: &Week, long_day: Option<usize>) -> bool {
        let Some(long_day) = long_day.filter(|_| self.frame.wants_long()) else { return false };
        let gap = self.frame.gap();
        let last = (self.frame.done..7).rev().find(|day| matches!(week[*day], Choice::Hard | Choice::Long));
        last.is_some_and(|last| (7 + long_day - last) < gap as usize)
    }

    /// Days without a run beyond three in a row, for those who run three days a week or more; and how unevenly the runs
    /// lie: the sum of the squared gaps.
    fn gaps(&self, runs: &[usize]) -> (i64, i64) {
        // Who never ran is taken to have run on the day before the week.
        let before = self.first.last_run.map_or(-1, |day| day.max(-GAP_DAYS_COUNTED));
        let open = runs.iter().map(|day| *day as i64).filter(|day| *day >= self.frame.done as i64);
        let mut last = before;
        let (mut long_gaps, mut spread) = (0, 0);
        for day in open.chain([7]) {
            let gap = day - last;
            long_gaps += (gap - 4).max(0);
            spread += gap * gap;
            last = day;
        }
        if self.frame.habits.days >= 3 { (long_gaps, spread) } else { (0, spread) }
    }
}

impl Frame<'_> {
    /// What stands before anything is chosen: a race, or what the runner means to do today.
    fn fixed(&self, day: usize) -> Option<Choice> {
        let date = self.date(day);
        let wished = self.inputs.first_day.filter(|_| date == self.inputs.start).map(Choice::Fixed);
        wished.or_else(|| self.coming_race(day).map(|_| Choice::Race))
    }

    /// The day of the week of the long run: wished, else usual.
    pub fn long_day(&self) -> Option<usize> {
        self.inputs.wishes.long_day.or(self.habits.long_day).map(super::limits::weekday)
    }

    /// Why a kind could not be on a day of the chosen week: the constraint it would break, there or later.
    pub fn why_not(&self, first: Morning, week: &Week, day: usize, choice: Choice) -> Option<(Rank, Reason)> {
        let mut morning = first;
        for (place, chosen) in week.iter().enumerate().skip(self.done) {
            let tried = if place == day { choice } else { *chosen };
            if place >= day {
                let kind = self.kind(&morning, place, tried);
                let by_load = || Some((Rank::Spacing, self.forbids_by_load(&morning, place, kind)?));
                let found = self.forbids(&morning, place, tried);
                let found = found.filter(|(rank, _)| *rank <= Rank::Spacing).or_else(by_load).or(found);
                if found.is_some() {
                    return found;
                }
            }
            morning = self.next(&morning, place, tried);
        }
        None
    }
}

//! The state of a runner on the mornings of a week, and what a day makes of it.

use super::frame::WeekFrame;
use super::habits::SHORT_RACE_KM;
use super::recovery::TaxingSession;
use super::sized::DayChoice;
use super::timeline::{add_days, place};
use super::{Kind, PastDay};
use crate::calendar::days_between;
use crate::physiology::training::Fitness;

/// A hard or long day, or a race. Days are counted from the Monday of the week.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Taxing {
    pub day: i64,
    pub short_race: bool,
}

/// The state of a runner on a morning of the week.
#[derive(Clone, Copy, Debug)]
pub(super) struct Morning {
    /// Hours from 0:00 of Monday until a hard session is due again.
    pub ready_h: f64,
    pub fitness: Fitness,
    /// Days in a row with a run.
    pub streak: u32,
    pub last_run: Option<i64>,
    pub last_taxing: Option<Taxing>,
    pub last_hard: Option<i64>,
    pub last_long: Option<i64>,
    /// Counted over the week, races to come included.
    pub runs: u32,
    pub hard: u32,
    pub taxing: u32,
    pub long: u32,
    /// The least minutes that the days so far take.
    pub least_minutes: f64,
}

/// Below this relative form there is no long run, and only recovery runs.
pub(super) const FORM_LOW: f64 = -30.0;
/// Form says nothing below this fitness.
const FORM_FROM_CTL: f64 = 15.0;

impl WeekFrame<'_> {
    /// The state on the first morning that is to be planned.
    pub fn first_morning(&self, ready_h: f64, fitness: Fitness) -> Morning {
        let start = self.date(self.done);
        let recent = self.timeline.last_days(start, 14);
        let offset = self.done as i64 - recent.len() as i64;
        let last = |is: &dyn Fn(&PastDay) -> bool| recent.iter().rposition(is).map(|i| offset + i as i64);
        let taxing = last(&|day| day.taxing);
        let short = taxing.and_then(|day| self.timeline.day(add_days(self.monday, day)).race_km);
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

    /// The kind of day a choice comes to.
    pub fn kind(&self, morning: &Morning, day: usize, choice: DayChoice) -> Kind {
        match choice {
            // The days after a race ask to keep moving.
            DayChoice::Off if self.keeps_moving(day) => Kind::CrossTrain,
            DayChoice::Off => Kind::Rest,
            DayChoice::Fixed(kind) => kind,
            DayChoice::Race => Kind::Race,
            DayChoice::Long => Kind::Long,
            DayChoice::Hard if self.is_race_day(day) => Kind::Race,
            DayChoice::Hard => Kind::Hard,
            DayChoice::Gentle => {
                let after = morning.last_taxing.is_some_and(|last| last.day == day as i64 - 1);
                let gentle = if after { Kind::Recovery } else { Kind::Easy };
                gentle.min(self.days[day].most)
            }
        }
    }

    /// The morning after a day.
    pub fn next(&self, morning: &Morning, day: usize, choice: DayChoice) -> Morning {
        let kind = self.kind(morning, day, choice);
        let mut next = *morning;
        let (minutes, load) = self.nominal(day, kind);
        next.pass(self, day, kind, minutes, load);
        if !matches!(choice, DayChoice::Race) {
            next.count(kind);
            // Minutes of a walk are none of running.
            let least = self.sizes.within(kind, self.days[day].minutes).filter(|_| kind.is_run());
            next.least_minutes += least.map_or(0.0, |(_, least)| least);
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

    /// Fatigue is so far above fitness that only recovery runs are left.
    pub fn is_tired(&self, morning: &Morning) -> bool {
        self.relative_form(morning).is_some_and(|form| form < FORM_LOW)
    }

    /// Form as if fitness were 100; `None` while it says nothing.
    pub fn relative_form(&self, morning: &Morning) -> Option<f64> {
        let says = self.inputs.settled && morning.fitness.ctl >= FORM_FROM_CTL;
        says.then(|| morning.fitness.relative_form())
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
    pub fn pass(&mut self, frame: &WeekFrame, day: usize, kind: Kind, minutes: f64, load: f64) {
        let hour = frame.hour(day);
        if kind.is_run() {
            let session = TaxingSession { effort: kind.into(), load, minutes, eccentric: false };
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

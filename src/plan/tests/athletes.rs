//! Made-up runners: a weekly habit, run with luck and accidents for so many days.

use crate::physiology::training::Fitness;
use crate::plan::{Ceilings, CheckIn, Goal, Kind, Level, Paces, PastDay, PlanInputs, Priority, Race, Wishes};
use crate::profile::DateRange;
use jiff::ToSpan;
use jiff::civil::{Date, Weekday, date};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

/// What a runner does week by week, and what happened to it.
#[derive(Clone, Debug)]
pub(super) struct MadeUpRunner {
    pub days_on_file: usize,
    /// Kind by weekday, Monday first.
    pub week: [Kind; 7],
    pub easy_min: f64,
    pub long_ratio: f64,
    pub hard_min: f64,
    pub twice: bool,
    pub other_load: f64,
    /// For every day: a share of the usual size; below a quarter the run was left out.
    pub luck: Vec<f64>,
    /// Days ago and length of breaks.
    pub breaks: Vec<(usize, usize)>,
    /// Days ago and kilometres of races.
    pub races: Vec<(usize, f64)>,
}

impl MadeUpRunner {
    /// A runner of this week who has never missed a run.
    pub fn steady(days_on_file: usize, week: [Kind; 7], easy_min: f64) -> MadeUpRunner {
        MadeUpRunner {
            days_on_file,
            week,
            easy_min,
            long_ratio: 1.8,
            hard_min: 50.0,
            twice: false,
            other_load: 0.0,
            luck: vec![1.0],
            breaks: Vec::new(),
            races: Vec::new(),
        }
    }

    fn day(&self, date: Date, ago: usize) -> PastDay {
        if let Some((_, km)) = self.races.iter().find(|(at, _)| *at == ago) {
            return raced(*km);
        }
        let kind = self.week[date.weekday().to_monday_zero_offset() as usize];
        if kind == Kind::Race {
            return raced(PARKRUN_KM);
        }
        let luck = self.luck[ago % self.luck.len()];
        let away = self.breaks.iter().any(|(from, length)| (*from..from + length).contains(&ago));
        if away || luck < 0.25 || !kind.is_run() {
            let load = if away { 0.0 } else { self.other_load };
            let kind = if load > 0.0 { Kind::CrossTrain } else { Kind::Rest };
            return PastDay { kind, load, other_load: load, ..PastDay::REST };
        }
        let minutes = match kind {
            Kind::Long => self.easy_min * self.long_ratio,
            Kind::Hard => self.hard_min,
            Kind::Recovery => 0.65 * self.easy_min,
            _ => self.easy_min,
        };
        let minutes = (minutes * luck.clamp(0.5, 1.2)).round().max(10.0);
        let second = if self.twice && kind == Kind::Easy { 30.0 } else { 0.0 };
        let per_h = match kind {
            Kind::Hard => 82.0,
            Kind::Recovery => 44.0,
            _ => 58.0,
        };
        PastDay {
            kind: if kind == Kind::Long && minutes < 60.0 { Kind::Easy } else { kind },
            load: per_h * (minutes + second) / 60.0 + self.other_load,
            other_load: self.other_load,
            minutes: minutes + second,
            longest_min: minutes,
            longest_km: minutes * 0.165,
            sessions: 1 + u8::from(second > 0.0),
            hard_minutes: if kind == Kind::Hard { 0.4 * minutes } else { 0.0 },
            hour: Some(18.0),
            ..PastDay::REST
        }
    }

    /// The state on the morning of `start`.
    pub fn inputs(&self, start: Date) -> PlanInputs {
        let days = self.days_on_file as i64;
        let dates = (1..=days).rev().map(|ago| (start - ago.days(), ago as usize));
        let past: Vec<PastDay> = dates.map(|(date, ago)| self.day(date, ago)).collect();
        let first = past.iter().position(|day| day.kind.is_run());
        let past = first.map_or(Vec::new(), |first| past[first..].to_vec());
        let loads: Vec<f64> = past.iter().map(|day| day.load).collect();
        let seed = loads.iter().take(28).sum::<f64>() / 28.0;
        let mut fitness = Fitness { ctl: seed, atl: seed };
        let evenings: Vec<f64> = loads
            .iter()
            .map(|load| {
                fitness = fitness.step(*load);
                fitness.ctl
            })
            .collect();
        PlanInputs {
            start,
            first_run: (!past.is_empty()).then(|| start - (past.len() as i64).days()),
            settled: past.len() >= 42
                && !loads.rchunks(84).next().unwrap_or(&[]).windows(42).any(|w| w.iter().all(|l| *l == 0.0)),
            past,
            fitness,
            fitness_before: evenings[evenings.len().saturating_sub(7)..].to_vec(),
            paces: Paces {
                threshold_mps: Some(3.6),
                easy_mps: Some(2.75),
                is_trusted: true,
                threshold_bpm: Some(170.0),
                walk_share: 0.0,
            },
            ceilings: Ceilings {
                recovery_hr_bpm: Some(143.0),
                easy_hr_bpm: Some(153.0),
                cross_train_hr_bpm: Some(133.0),
                recovery_speed_mps: Some(2.6),
                easy_speed_mps: Some(3.0),
            },
            age_years: Some(35.0),
            ..PlanInputs::default()
        }
    }
}

/// The race of a week that holds one.
const PARKRUN_KM: f64 = 5.0;

fn raced(km: f64) -> PastDay {
    let minutes = km * 5.2;
    PastDay {
        kind: Kind::Race,
        taxing: true,
        load: minutes * 1.5,
        minutes,
        race_minutes: minutes,
        race_km: Some(km),
        sessions: 1,
        hour: Some(10.0),
        ..PastDay::REST
    }
}

/// A Monday.
pub(super) const MONDAY: Date = date(2026, 3, 2);

fn any_kind() -> impl Strategy<Value = Kind> {
    prop_oneof![
        4 => Just(Kind::Rest),
        1 => Just(Kind::Recovery),
        5 => Just(Kind::Easy),
        2 => Just(Kind::Long),
        2 => Just(Kind::Hard),
    ]
}

fn any_weekday() -> impl Strategy<Value = Weekday> {
    (0_i8..7).prop_map(|day| Weekday::from_monday_zero_offset(day).unwrap())
}

prop_compose! {
    pub(super) fn any_runner()(
        days_on_file in prop_oneof![
            1 => Just(0_usize), 1 => 1_usize..4, 1 => 4_usize..28, 2 => 28_usize..60, 8 => 60_usize..300,
        ],
        week in prop::array::uniform7(any_kind()),
        easy_min in 12.0..85.0_f64,
        long_ratio in 1.3..2.6_f64,
        hard_ratio in 0.8..1.4_f64,
        twice in prop::bool::weighted(0.1),
        other_load in prop_oneof![4 => Just(0.0), 1 => 5.0..40.0_f64],
        luck in prop_oneof![1 => Just(vec![1.0]), 3 => vec(0.1..1.3_f64, 20..80)],
        breaks in vec((0_usize..120, 5_usize..100), 0..2),
        races in vec((1_usize..60, prop_oneof![Just(5.0), Just(10.0), Just(21.0975), Just(42.195), Just(80.0)]), 0..3),
    ) -> MadeUpRunner {
        let hard_min = (hard_ratio * easy_min).max(30.0);
        MadeUpRunner { days_on_file, week, easy_min, long_ratio, hard_min, twice, other_load, luck, breaks, races }
    }
}

prop_compose! {
    pub(super) fn any_wishes()(
        rest_day in option::weighted(0.3, any_weekday()),
        busy_day in option::weighted(0.2, any_weekday()),
        long_day in option::weighted(0.2, any_weekday()),
        weekdays_off in prop::array::uniform7(prop::bool::weighted(0.07)),
        dates_off in vec(0_i64..40, 0..12),
        minutes_at_most in prop::array::uniform7(option::weighted(0.08, 5.0..120.0_f64)),
        runs_at_most in option::weighted(0.15, 0_u32..7),
        no_hard in prop::bool::weighted(0.08),
        goal in prop_oneof![3 => Just(Goal::Hold), 2 => Just(Goal::Build), 1 => Just(Goal::ComeBack)],
    ) -> Wishes {
        let dates_off = dates_off.into_iter().map(|day| DateRange { first: MONDAY + day.days(), last: MONDAY + day.days() }).collect();
        Wishes { rest_day, busy_day, long_day, weekdays_off, dates_off, minutes_at_most, runs_at_most, no_hard, goal }
    }
}

prop_compose! {
    pub(super) fn any_check_in()(
        ago in 0_i64..6,
        soreness in option::weighted(0.5, 0.0..10.0_f64),
        sleep_h in option::weighted(0.3, 3.0..9.0_f64),
        motivation in option::weighted(0.3, 1_u8..6),
        mood in option::weighted(0.2, 1_u8..6),
        flags in prop::array::uniform6(prop::bool::weighted(0.06)),
    ) -> (i64, CheckIn) {
        let [ill, fever, pain, well, off, restless] = flags;
        (ago, CheckIn { soreness, sleep_h, motivation, mood, ill, fever, pain, well, off, restless, ..CheckIn::default() })
    }
}

prop_compose! {
    fn any_race()(
        day in 0_i64..60,
        distance_km in prop_oneof![Just(5.0), Just(10.0), Just(21.0975), Just(42.195), Just(60.0)],
        priority in prop_oneof![Just(Priority::A), Just(Priority::B), Just(Priority::C)],
    ) -> (i64, f64, Priority) {
        (day, distance_km, priority)
    }
}

prop_compose! {
    /// A runner with wishes, races and check-ins on some morning.
    pub(super) fn any_inputs()(
        runner in any_runner(),
        weekday in 0_i64..7,
        wishes in any_wishes(),
        check_ins in prop_oneof![2 => Just(Vec::new()), 1 => vec(any_check_in(), 1..4)],
        races in prop_oneof![2 => Just(Vec::new()), 1 => vec(any_race(), 1..3)],
        level in prop_oneof![8 => Just(Level::Green), 1 => Just(Level::Amber), 1 => Just(Level::Red)],
        level_days in 0_u32..10,
        ready_h in 0.0..60.0_f64,
        age in prop_oneof![1 => Just(None), 1 => (15.0..18.0_f64).prop_map(Some), 8 => (18.0..75.0_f64).prop_map(Some)],
        recovery in 130.0..160.0_f64,
        late_soreness in option::weighted(0.1, 1_usize..4),
        missed in option::weighted(0.15, prop_oneof![Just(Kind::Hard), Just(Kind::Long)]),
    ) -> PlanInputs {
        let start = MONDAY + weekday.days();
        let mut inputs = runner.inputs(start);
        let is_off = |date: Date| {
            wishes.dates_off.iter().any(|range| range.contains(date))
                || wishes.weekdays_off[date.weekday().to_monday_zero_offset() as usize]
        };
        // A race on a day that is not available is an error in the profile.
        let races = races.into_iter().map(|(day, distance_km, priority)| {
            Race { date: start + day.days(), distance_km, goal_min: None, priority }
        });
        inputs.races = races.filter(|race| !is_off(race.date)).collect();
        inputs.check_ins = check_ins.into_iter().map(|(ago, c)| CheckIn { date: start - ago.days(), ..c }).collect();
        inputs.check_ins.sort_by_key(|c| c.date);
        inputs.ceilings.recovery_hr_bpm = Some(recovery);
        if let Some(day) = late_soreness.and_then(|ago| inputs.past.iter_mut().rev().nth(ago - 1)) {
            day.late_soreness = day.is_run();
        }
        let missed = missed.filter(|_| inputs.past.last().is_some_and(|day| !day.taxing && !day.kind.is_taxing()));
        PlanInputs { wishes, level, level_days, ready_h, age_years: age, missed, ..inputs }
    }
}

/// Inputs that print themselves briefly when a promise is broken.
#[derive(Clone)]
pub(super) struct Case(pub PlanInputs);

impl std::fmt::Debug for Case {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let i = &self.0;
        writeln!(f, "start {} {:?}, {} days, first {:?}", i.start, i.start.weekday(), i.past.len(), i.first_run)?;
        writeln!(f, "{:?} settled {} ready {:.0} age {:?}", i.fitness, i.settled, i.ready_h, i.age_years)?;
        writeln!(
            f,
            "races {:?}\n{:?}\ncheck-ins {:?}\nlevel {:?} {}",
            i.races, i.wishes, i.check_ins, i.level, i.level_days
        )?;
        for (n, day) in i.past.iter().enumerate().rev().take(120).rev() {
            let date = i.start - ((i.past.len() - n) as i64).days();
            if n == 0 || date.weekday() == Weekday::Monday {
                write!(f, "\n{date} ")?;
            }
            let km = day.race_km.map_or(String::new(), |km| format!("!{km:.0}"));
            write!(f, "{:<12}", format!("{}{:.0}{km}", &day.kind.word()[..3], day.minutes))?;
        }
        writeln!(f)
    }
}

pub(super) fn any_case() -> impl Strategy<Value = Case> {
    any_inputs().prop_map(Case)
}

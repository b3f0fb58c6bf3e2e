//! Plans of real runners: each keeps the runner's days and volume within what the methods allow (methods §7), on the day
//! after the last run and on mornings before it. Written without the planner's own rules.

use crate::odd::made::digested;
use freshlegs::calendar::{days_between, monday_of};
use freshlegs::outcome::FileResult;
use freshlegs::pipeline::recordings;
use freshlegs::plan::{self, Kind, Plan, from_season};
use freshlegs::profile::Profile;
use freshlegs::season::Season;
use jiff::ToSpan;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// Someone with fewer runs is no runner of this corpus.
const RUNS: usize = 10;
/// Days planned, and how far back and how often it is planned.
const DAYS: usize = 28;
const BACK: i64 = 120;
const EVERY: usize = 6;

/// Who has been on file for less is new, and begins with what the methods give a beginner.
const NEW_DAYS: i64 = 42;
/// Minutes that any week may hold: three walks with jogging.
const LEAST_WEEK: f64 = 96.0;

/// What was run by day: minutes in all, and the longest run that was no race.
#[derive(Clone, Copy, Default)]
struct Ran {
    minutes: f64,
    longest: f64,
}

struct Runner {
    name: String,
    season: Season,
    ran: BTreeMap<Date, Ran>,
}

impl Runner {
    fn of(name: String, results: Vec<FileResult>) -> Option<Runner> {
        let recordings = recordings(results, &TimeZone::UTC);
        let last = recordings.iter().map(|r| r.date()).max()?;
        let season = Season::new(recordings, &Profile::default(), last.tomorrow().ok()?);
        let mut ran: BTreeMap<Date, Ran> = BTreeMap::new();
        for session in season.sessions() {
            let day = from_season::day(&season, session.session.date);
            if day.kind.is_run() {
                ran.insert(session.session.date, Ran { minutes: day.minutes, longest: day.longest_min });
            }
        }
        (ran.len() >= RUNS).then_some(Runner { name, season, ran })
    }

    /// The day after the last run, and mornings before it.
    fn mornings(&self) -> Vec<Date> {
        let today = self.season.today;
        let back = (0..BACK).step_by(EVERY).map(|days| today.saturating_sub(days.days()));
        back.filter(|date| self.ran.range(..*date).count() >= RUNS).collect()
    }
}

/// One plan beside what was run before it.
struct Case<'a> {
    ran: &'a BTreeMap<Date, Ran>,
    plan: &'a Plan,
    start: Date,
    fitness: f64,
}

impl Case<'_> {
    /// Minutes and longest run of a day, run or planned.
    fn on(&self, date: Date) -> Ran {
        if date < self.start {
            return self.ran.get(&date).copied().unwrap_or_default();
        }
        let day = self.plan.days.iter().find(|day| day.date == date);
        let is_training = |kind: Kind| kind != Kind::Race && kind.is_run();
        day.map_or(Ran::default(), |day| Ran {
            minutes: day.run_minutes(),
            longest: if is_training(day.kind) { day.minutes() } else { 0.0 },
        })
    }

    /// The latest eight whole weeks that held at least half of what a week usually holds.
    fn usual_weeks(&self) -> Vec<Date> {
        let this = monday_of(self.start);
        let first = self.ran.keys().next().copied().unwrap_or(this);
        let mondays: Vec<Date> = (1..=26)
            .map(|back| this.saturating_sub(i64::from(back).weeks()))
            .filter(|monday| *monday >= first)
            .collect();
        let mut minutes: Vec<f64> = mondays.iter().map(|monday| self.week(*monday)).filter(|m| *m > 0.0).collect();
        minutes.sort_by(f64::total_cmp);
        let half = minutes.get(minutes.len() / 2).copied().unwrap_or(0.0) / 2.0;
        mondays.into_iter().filter(|monday| self.week(*monday) >= half.max(1.0)).take(8).collect()
    }

    fn week(&self, monday: Date) -> f64 {
        (0..7).map(|i| self.on(monday.saturating_add(i.days())).minutes).sum()
    }

    fn run_days(&self, monday: Date) -> usize {
        (0..7).filter(|i| self.on(monday.saturating_add(i.days())).minutes > 0.0).count()
    }

    fn faults(&self) -> Vec<String> {
        let mut faults = Vec::new();
        self.single_days(&mut faults);
        self.whole_weeks(&mut faults);
        if let Some(day) = self.plan.days.get(13)
            && day.fitness < 0.95 * self.fitness
            && self.plan.weeks.iter().filter(|week| week.monday <= day.date).all(|week| week.reasons.is_empty())
        {
            faults.push(format!("fitness {} to {} without a reason", self.fitness, day.fitness));
        }
        faults
    }

    fn single_days(&self, faults: &mut Vec<String>) {
        for day in &self.plan.days {
            let week_run = (0..7).filter(|i| self.on(day.date.saturating_sub(i.days())).minutes > 0.0).count();
            if day.run_minutes() > 0.0 && week_run == 7 {
                faults.push(format!("{}: the seventh day in a row", day.date));
            }
            let monday = monday_of(day.date);
            let before =
                |days: i64| (1..=days).map(|i| self.on(monday.saturating_sub(i.days())).longest).fold(0.0, f64::max);
            // Nothing in 30 days, or a walk with jogging, has a bound of its own.
            let (month, back) = (before(30), before(180));
            let most =
                if month > 0.0 { (1.1 * month).max(0.9 * back.min(45.0)) } else { (back / 2.0).clamp(20.0, 45.0) };
            if self.on(day.date).longest > most + 0.5 && day.kind != Kind::WalkJog {
                faults.push(format!("{}: {} of {} min, longest before {month}", day.date, day.kind, day.minutes()));
            }
        }
        let ceiling = |kind: Kind| {
            let of_kind = self.plan.days.iter().filter(move |day| day.kind == kind);
            of_kind.filter_map(|day| day.heart_rate_ceiling_bpm).reduce(f64::max)
        };
        if let (Some(recovery), Some(easy)) = (ceiling(Kind::Recovery), ceiling(Kind::Easy))
            && recovery >= easy
        {
            faults.push(format!("recovery below {recovery} bpm, easy below {easy}"));
        }
    }

    /// Whatever the reason, no week holds much more than the fullest of half a year.
    fn most_minutes(&self, faults: &mut Vec<String>) {
        let first = self.ran.keys().next().copied().unwrap_or(self.start);
        if days_between(first, self.start) < NEW_DAYS {
            return;
        }
        let this = monday_of(self.start);
        let behind = (0..=26).map(|back| self.week(this.saturating_sub(i64::from(back).weeks())));
        // The week now running is judged by what it holds before the plan.
        let so_far: f64 = self.ran.range(this..).map(|(_, ran)| ran.minutes).sum();
        let fullest = behind.skip(1).fold(so_far, f64::max).max(LEAST_WEEK);
        for week in &self.plan.weeks {
            let planned = self.week(week.monday);
            if planned > 1.06 * fullest + 0.5 {
                faults.push(format!("week of {}: {planned} min, the fullest so far had {fullest}", week.monday));
            }
        }
    }

    fn whole_weeks(&self, faults: &mut Vec<String>) {
        let weeks = self.usual_weeks();
        self.most_minutes(faults);
        let minutes: Vec<f64> = weeks.iter().map(|monday| self.week(*monday)).collect();
        let (least, most) =
            (minutes.iter().copied().fold(f64::INFINITY, f64::min), minutes.iter().copied().fold(0.0, f64::max));
        let days = weeks.iter().map(|monday| self.run_days(*monday)).sum::<usize>() as f64 / weeks.len().max(1) as f64;
        let is_whole = |monday: Date| {
            let end = monday.saturating_add(6.days());
            monday >= self.start && self.plan.days.last().is_some_and(|day| end <= day.date)
        };
        for week in self.plan.weeks.iter().filter(|week| is_whole(week.monday) && week.reasons.is_empty()) {
            let (planned, usual) = (self.week(week.monday), week.usual_minutes);
            if !(0.85 * usual - 0.5..=1.05 * usual + 0.5).contains(&planned) || !(least..=most).contains(&usual) {
                faults.push(format!("week of {}: {planned} min of usual {usual}, ran {minutes:?}", week.monday));
            }
            let run_days = self.run_days(week.monday) as f64;
            if run_days < days.min(6.0) - 1.0 || run_days > days + 1.0 {
                faults.push(format!("week of {}: {run_days} run days, usually {days}", week.monday));
            }
            for i in 0..7 {
                let date = week.monday.saturating_add(i.days());
                let share =
                    weeks.iter().filter(|monday| self.on(monday.saturating_add(i.days())).minutes > 0.0).count();
                if weeks.len() == 8 && share == 0 && self.on(date).minutes > 0.0 {
                    faults.push(format!("{date}: a run on a weekday never run on"));
                }
            }
        }
    }
}

/// Plans of a runner on every morning: how many weeks there were in them that have to be as usual, and what is wrong.
fn tried(runner: &Runner) -> (usize, Vec<String>) {
    let (mut usual_weeks, mut faults) = (0, Vec::new());
    let mornings = runner.mornings();
    for today in &mornings {
        let inputs = from_season::inputs(&runner.season.as_of(*today), &[]);
        let plan = plan::plan(&inputs, DAYS);
        assert!(days_between(*today, inputs.start).abs() <= 1);
        usual_weeks += plan.weeks.iter().filter(|week| week.reasons.is_empty()).count();
        let ran = runner.ran.range(..inputs.start).map(|(date, ran)| (*date, *ran)).collect();
        let case = Case { ran: &ran, plan: &plan, start: inputs.start, fitness: inputs.fitness.ctl };
        faults.extend(case.faults().into_iter().map(|fault| format!("{} as of {today}: {fault}", runner.name)));
    }
    println!("{}: {} days run, {} plans, {usual_weeks} usual weeks", runner.name, runner.ran.len(), mornings.len());
    (usual_weeks, faults)
}

#[test]
fn real_runners_keep_their_days_and_volume() {
    let mut folders: BTreeMap<String, BTreeMap<String, Vec<u8>>> = BTreeMap::new();
    for file in super::files() {
        let folder = file.name.split('/').next().unwrap_or_default().to_owned();
        folders.entry(folder).or_default().insert(file.name, file.bytes);
    }
    let many = folders.into_iter().filter(|(_, files)| files.len() >= RUNS);
    let runners: Vec<Runner> = many.filter_map(|(name, files)| Runner::of(name, digested(files))).collect();
    let mut faults = Vec::new();
    for runner in &runners {
        let (weeks, found) = tried(runner);
        assert!(weeks > 0, "{}", runner.name);
        faults.extend(found);
    }
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
}

fn made_up_runner() -> Runner {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    let paths = fs::read_dir(folder).expect("samples").map(|entry| entry.expect("an entry").path());
    let recorded =
        paths.filter(|path| path.extension().is_some_and(|end| end != "json" && end != "md" && end != "toml"));
    let files = recorded.map(|path| (path.display().to_string(), fs::read(&path).expect("a file"))).collect();
    Runner::of("samples".to_owned(), digested(files)).expect("a runner")
}

#[test]
fn the_made_up_runner_keeps_days_and_volume() {
    let (weeks, faults) = tried(&made_up_runner());
    assert!(weeks >= 10 && faults.is_empty(), "{weeks} weeks, {} faults\n{}", faults.len(), faults.join("\n"));
}

/// Each bound is one that a plan can break.
#[test]
fn a_wrong_plan_is_noticed() {
    let runner = made_up_runner();
    let inputs = from_season::inputs(&runner.season, &[]);
    let right = plan::plan(&inputs, DAYS);
    let faults = |plan: &Plan| {
        Case { ran: &runner.ran, plan, start: inputs.start, fitness: inputs.fitness.ctl }.faults().join("\n")
    };
    assert_eq!(faults(&right), "");
    let broken = |change: &dyn Fn(&mut Plan)| {
        let mut plan = right.clone();
        change(&mut plan);
        faults(&plan)
    };
    let longer = |times: f64| {
        move |plan: &mut Plan| {
            plan.days.iter_mut().for_each(|day| (day.duration_s, day.load) = (times * day.duration_s, 0.0))
        }
    };
    type Change<'a> = &'a dyn Fn(&mut Plan);
    let cases: [(&str, Change); 7] = [
        ("min of usual", &longer(0.5)),
        ("longest before", &longer(1.5)),
        ("the fullest so far", &longer(1.5)),
        ("run days, usually", &|plan| plan.days.iter_mut().skip(2).for_each(|day| day.kind = Kind::Rest)),
        ("seventh day in a row", &|plan| {
            plan.days.iter_mut().for_each(|day| (day.kind, day.duration_s) = (Kind::Recovery, 1800.0));
        }),
        ("without a reason", &|plan| plan.days[13].fitness = 0.9 * inputs.fitness.ctl),
        ("recovery below", &|plan| {
            plan.days.iter_mut().for_each(|day| day.heart_rate_ceiling_bpm = Some(150.0));
        }),
    ];
    for (wanted, change) in cases {
        let found = broken(change);
        assert!(found.contains(wanted), "{wanted}: {found}");
    }
}

//! The calendar: sixteen weeks from Monday 2 March to Sunday 21 June 2026, with a half marathon on 31 May.
//!
//! Written as a coach would: hard days followed by easy ones, every fourth week lighter, a taper, a slow return.
//! The runner keeps to it, except that six of the recovery runs turn into something else.

use super::athlete::SAMPLE_RUNNER;
use super::recording::{Format, Ground, Spacing, Sport, Strap, Watch};
use super::session::Plan;
use jiff::civil::{DateTime, date};
use jiff::{Timestamp, ToSpan, Zoned};
use std::error::Error;

const TIME_ZONE: &str = "Europe/Berlin";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Course {
    Loop,
    OutAndBack,
    Hills,
    Track,
    Race,
    Treadmill,
}

/// One file of the season.
#[derive(Clone, Debug)]
pub struct Outing {
    /// Local date and time, to the minute.
    pub start: String,
    pub plan: Plan,
    pub course: Course,
    pub format: Format,
    pub gz: bool,
    pub spacing: Spacing,
    /// FIT only: most records carry five bits of time in their header instead of a time stamp.
    pub packs_times: bool,
    pub strap: Strap,
    pub title: Option<&'static str>,
    /// Four minutes of walking before, or five after, with the watch running.
    pub walks_in: bool,
    pub walks_out: bool,
    /// Stops twice to stretch, with the watch running.
    pub stretches: bool,
    /// How many red lights (or other halts).
    pub lights: u32,
    pub stops_timer: bool,
}

impl Outing {
    /// Such as `2026-03-02-0645.fit`: when, and nothing about what.
    pub fn file_name(&self) -> String {
        let stem = self.start.replace(' ', "-").replace(':', "");
        format!("{stem}.{}{}", self.format.extension(), if self.gz { ".gz" } else { "" })
    }

    /// The local moment at which the watch is started, `second` seconds into the minute.
    pub fn starts(&self, second: i8) -> Result<Zoned, Box<dyn Error>> {
        let minute: DateTime = self.start.replace(' ', "T").parse()?;
        Ok(minute.with().second(second).build()?.in_tz(TIME_ZONE)?)
    }

    /// The watch as it is worn on this outing.
    pub fn watch(&self) -> Watch {
        Watch {
            format: self.format,
            spacing: self.spacing,
            packs_times: self.packs_times,
            strap: self.strap,
            title: self.title.map(str::to_owned),
            sport: match self.plan {
                Plan::Walk(_) => Sport::Walking,
                Plan::Ride(_) => Sport::Cycling,
                _ => Sport::Running,
            },
            ground: match self.course {
                Course::Treadmill => Ground::Treadmill,
                Course::Track => Ground::Track,
                _ => Ground::Road,
            },
            has_lap_button: self.plan.has_lap_button(),
            age: Some(38),
            resting_bpm: Some(SAMPLE_RUNNER.resting_bpm),
        }
    }

    /// Days since the first Monday.
    pub fn day(&self) -> Result<f64, Box<dyn Error>> {
        let first: Timestamp = "2026-03-02T00:00:00+01:00".parse()?;
        let seconds = self.starts(0)?.timestamp().as_second() - first.as_second();
        Ok((seconds / 86_400) as f64)
    }

    fn gpx(self, spacing_s: u32, title: &'static str) -> Outing {
        Outing { format: Format::Gpx, spacing: Spacing::Every(spacing_s), title: Some(title), ..self }
    }
    fn tcx(self) -> Outing {
        Outing { format: Format::Tcx, spacing: Spacing::Smart, ..self }
    }
    fn smart(self) -> Outing {
        Outing { spacing: Spacing::Smart, ..self }
    }
    fn packs_times(self) -> Outing {
        Outing { packs_times: true, ..self }
    }
    fn gz(self) -> Outing {
        Outing { gz: true, ..self }
    }
    fn on(self, course: Course) -> Outing {
        Outing { course, ..self }
    }
    fn strap(self, strap: Strap) -> Outing {
        Outing { strap, ..self }
    }
    fn untitled(self) -> Outing {
        Outing { title: None, ..self }
    }
    fn walks_in(self) -> Outing {
        Outing { walks_in: true, ..self }
    }
    fn walks_out(self) -> Outing {
        Outing { walks_out: true, ..self }
    }
    fn stretches(self) -> Outing {
        Outing { stretches: true, ..self }
    }
    /// Halts for red lights, with the timer stopping by itself.
    fn lights(self, lights: u32) -> Outing {
        Outing { lights, stops_timer: true, ..self }
    }
    /// Halts with the timer running on.
    fn halts(self, lights: u32) -> Outing {
        Outing { lights, stops_timer: false, ..self }
    }
}

fn at(start: &str, plan: Plan) -> Outing {
    Outing {
        start: start.to_owned(),
        plan,
        course: Course::Loop,
        format: Format::Fit,
        gz: false,
        spacing: Spacing::EverySecond,
        packs_times: false,
        strap: Strap::Good,
        title: None,
        walks_in: false,
        walks_out: false,
        stretches: false,
        lights: 0,
        stops_timer: true,
    }
}

/// One run of three quarters of an hour, every second written, with one pause.
pub fn one_run(format: Format) -> Outing {
    Outing { format, ..at("2026-04-30 06:50", Plan::Easy(45.0)).lights(1) }
}

/// A year of daily runs of an hour, every second written: for measuring how long a year takes.
pub fn year() -> Result<Vec<Outing>, Box<dyn Error>> {
    let first = date(2025, 6, 22);
    let mornings = (0..365_i32).map(|day| {
        let day = first.checked_add(day.days())?;
        let plan = if day.day() % 3 == 0 { Plan::Steady(60.0) } else { Plan::Easy(60.0) };
        Ok(at(&format!("{day} 06:45"), plan))
    });
    mornings.collect()
}

/// All outings, in order.
pub fn season() -> Vec<Outing> {
    [base(), first_build(), second_build(), to_the_race(), after_the_race()].concat()
}

/// Weeks 1 to 4. These weeks come from a bulk export, packed.
fn base() -> Vec<Outing> {
    use Plan::{Easy, Long, Recovery, Steady, Tempo, TooHard};
    vec![
        at("2026-03-02 06:45", Easy(48.0)).lights(1).gz(),
        at("2026-03-04 18:10", Easy(50.0)).gpx(3, "Evening Run").gz(),
        at("2026-03-07 09:20", Easy(50.0)).on(Course::OutAndBack).gz(),
        at("2026-03-08 08:35", Long(80.0)).lights(2).gz(),
        at("2026-03-09 06:50", Recovery(30.0)).walks_out().gz(),
        at("2026-03-10 18:05", Steady(46.0)).gz(),
        at("2026-03-12 18:20", Easy(54.0)).on(Course::Treadmill).gz(),
        at("2026-03-15 08:40", Long(85.0)).gpx(2, "Morning Run").lights(2).gz(),
        at("2026-03-16 06:45", Recovery(30.0)).stretches().walks_out().gz(),
        at("2026-03-17 18:00", Tempo { repetitions: 2, minutes: 15.0 }).gz(),
        at("2026-03-18 06:40", TooHard(38.0)).gz(),
        at("2026-03-21 09:10", Easy(50.0)).gpx(4, "Morning Run").lights(3).gz(),
        at("2026-03-22 08:30", Long(95.0)).on(Course::Hills).gz(),
        at("2026-03-24 06:50", Easy(46.0)).smart().packs_times().lights(2).gz(),
        at("2026-03-26 18:15", Steady(44.0)).gpx(3, "Evening Run").gz(),
        at("2026-03-28 09:25", Easy(45.0)).strap(Strap::Dead).gz(),
        at("2026-03-29 08:45", Long(75.0)).smart().lights(2).gz(),
    ]
}

/// Weeks 5 to 8: the first intervals; week 8 is lighter.
fn first_build() -> Vec<Outing> {
    use Plan::{Easy, FourHundreds, Kilometres, Long, Recovery, Tempo, TooHard};
    let counts_steps = Strap::CountsSteps { from_s: 240, to_s: 1_500 };
    vec![
        at("2026-03-30 06:45", Recovery(30.0)).walks_in().gz(),
        at("2026-03-31 18:00", Kilometres(5)).walks_out().gz(),
        at("2026-04-01 06:40", TooHard(36.0)).gz(),
        at("2026-04-02 18:20", Easy(56.0)).gpx(3, "Evening Run").lights(2).gz(),
        at("2026-04-05 08:30", Long(100.0)).on(Course::OutAndBack).lights(1).gz(),
        at("2026-04-06 09:40", TooHard(35.0)).gpx(4, "Morning Run").gz(),
        at("2026-04-08 18:25", Easy(54.0)).tcx().gz(),
        at("2026-04-09 18:05", Tempo { repetitions: 2, minutes: 18.0 }),
        at("2026-04-11 09:15", Recovery(35.0)).walks_out(),
        at("2026-04-12 08:35", Long(105.0)).gpx(3, "Morning Run").lights(2).gz(),
        at("2026-04-13 06:45", Recovery(34.0)).stretches().smart(),
        at("2026-04-14 18:00", Kilometres(6)).walks_out().gz(),
        at("2026-04-15 06:40", TooHard(38.0)).gpx(5, "Recovery jog"),
        at("2026-04-16 18:20", Easy(56.0)).halts(2).smart(),
        at("2026-04-19 08:30", Long(110.0)).on(Course::Hills).gz(),
        at("2026-04-21 06:50", Easy(50.0)).strap(counts_steps).gz(),
        at("2026-04-23 18:10", FourHundreds(8)).on(Course::Track),
        at("2026-04-25 09:20", Recovery(30.0)).gpx(4, "Morning Run").walks_out().gz(),
        at("2026-04-26 08:40", Long(85.0)).smart().packs_times().lights(2),
    ]
}

/// Weeks 9 to 11: the biggest weeks.
fn second_build() -> Vec<Outing> {
    use Plan::{Easy, Kilometres, Long, Recovery, Tempo, TooHard};
    let stuck = Strap::Stuck { from_s: 900, to_s: 2_220 };
    vec![
        at("2026-04-27 06:45", Recovery(30.0)).walks_in().walks_out(),
        at("2026-04-28 18:00", Tempo { repetitions: 2, minutes: 18.0 }).gpx(2, "Evening Run").gz(),
        at("2026-04-30 06:50", Easy(58.0)).strap(stuck).lights(1).gz(),
        at("2026-05-03 08:30", Long(115.0)).lights(2).gz(),
        at("2026-05-04 06:45", TooHard(36.0)).smart(),
        at("2026-05-05 18:05", Kilometres(6)).gz(),
        at("2026-05-06 06:40", Recovery(30.0)).stretches().walks_out(),
        at("2026-05-07 18:15", Easy(58.0)).gpx(5, "Evening Run").untitled(),
        at("2026-05-10 08:25", Long(122.0)).on(Course::Hills).gz(),
        at("2026-05-11 06:45", Recovery(35.0)).gpx(4, "Morning Run").gz(),
        at("2026-05-12 18:00", Tempo { repetitions: 2, minutes: 20.0 }).walks_out().gz(),
        at("2026-05-14 23:25", Easy(56.0)).smart(),
        at("2026-05-16 09:20", Easy(52.0)).gpx(4, "Morning Run").lights(2).gz(),
        at("2026-05-17 08:30", Long(108.0)).smart().lights(1).gz(),
    ]
}

/// Weeks 12 and 13: the taper and the race.
fn to_the_race() -> Vec<Outing> {
    use Plan::{Easy, HalfMarathon, Kilometres, Long, Recovery, Shakeout};
    vec![
        at("2026-05-18 06:45", Recovery(30.0)).walks_out(),
        at("2026-05-19 18:05", Kilometres(5)).gpx(2, "Evening Run").gz(),
        at("2026-05-21 18:20", Easy(50.0)).lights(2).tcx(),
        at("2026-05-24 08:35", Long(90.0)).smart(),
        at("2026-05-25 09:10", Recovery(28.0)).smart(),
        at("2026-05-26 06:50", Easy(40.0)).lights(1).gz(),
        at("2026-05-28 06:50", Easy(38.0)).gpx(5, "Morning Run"),
        at("2026-05-30 09:30", Shakeout(18.0)),
        at("2026-05-31 10:00", HalfMarathon).on(Course::Race).gz(),
    ]
}

/// Weeks 14 to 16: walking, riding, jogging, then training again.
fn after_the_race() -> Vec<Outing> {
    use Plan::{Easy, Long, Recovery, Ride, Steady, Tempo, TooHard, Walk};
    vec![
        at("2026-06-01 17:40", Walk(50.0)).smart(),
        at("2026-06-02 18:10", Ride(45.0)).smart().lights(2),
        at("2026-06-04 06:50", Recovery(26.0)).walks_in().walks_out(),
        at("2026-06-06 09:20", Recovery(32.0)).gpx(4, "Morning Run").gz(),
        at("2026-06-07 08:50", Easy(48.0)).smart().lights(1),
        at("2026-06-08 06:45", Recovery(30.0)).stretches(),
        at("2026-06-09 18:15", Easy(52.0)).gpx(3, "Evening Run").lights(2).gz(),
        at("2026-06-11 18:00", Steady(46.0)).smart(),
        at("2026-06-13 09:15", Easy(48.0)).smart().packs_times().lights(1),
        at("2026-06-14 08:30", Long(90.0)).on(Course::OutAndBack).smart().gz(),
        at("2026-06-15 06:45", Recovery(30.0)).walks_out(),
        at("2026-06-16 18:05", Tempo { repetitions: 2, minutes: 15.0 }).gz(),
        at("2026-06-17 06:40", TooHard(40.0)).smart(),
        at("2026-06-18 18:10", Easy(57.0)).gpx(5, "Evening Run").lights(1),
        at("2026-06-20 09:20", Easy(50.0)).lights(1),
        at("2026-06-21 08:30", Long(105.0)).lights(2).gz(),
    ]
}

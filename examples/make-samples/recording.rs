//! What a watch is set to, and what it writes down.

use super::athlete::Tick;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Fit,
    Gpx,
    Tcx,
}

impl Format {
    pub fn extension(self) -> &'static str {
        match self {
            Format::Fit => "fit",
            Format::Gpx => "gpx",
            Format::Tcx => "tcx",
        }
    }
}

/// What the watch is told of the sport.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sport {
    Running,
    Walking,
    Cycling,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ground {
    Road,
    Track,
    Treadmill,
}

/// Which seconds the watch writes down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spacing {
    EverySecond,
    Every(u32),
    /// Only when something changes: every one to eight seconds.
    Smart,
}

/// What the heart rate strap does; spans are seconds from the start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Strap {
    Good,
    Dead,
    /// Repeats one value.
    Stuck {
        from_s: u32,
        to_s: u32,
    },
    /// Counts steps instead of beats.
    CountsSteps {
        from_s: u32,
        to_s: u32,
    },
}

/// A watch as it is set and worn on one outing.
#[derive(Clone, Debug)]
pub struct Watch {
    pub format: Format,
    pub spacing: Spacing,
    /// FIT only: most records carry five bits of time in their header instead of a time stamp.
    pub packs_times: bool,
    pub strap: Strap,
    pub title: Option<String>,
    pub sport: Sport,
    pub ground: Ground,
    /// The lap button is pressed at each step, rather than a lap counted at each kilometre.
    pub has_lap_button: bool,
    /// Years and bpm as the runner once typed them in, if so.
    pub age: Option<u8>,
    pub resting_bpm: Option<u8>,
}

/// An outing as it truly was, and as it was written down.
pub struct Recording {
    /// Unix seconds of the first tick.
    pub start_s: i64,
    /// Local clock minus UTC, seconds.
    pub utc_offset_s: i32,
    pub local_date: String,
    pub ticks: Vec<Tick>,
    pub points: Vec<Point>,
    pub laps: Vec<Lap>,
}

/// One line of the file.
#[derive(Clone, Copy, Debug)]
pub struct Point {
    /// Seconds since the start; also the index of the tick.
    pub second: usize,
    /// Degrees, rounded to 1e-6.
    pub position: Option<(f64, f64)>,
    pub altitude_m: Option<f64>,
    pub distance_m: f64,
    pub speed_mps: f64,
    pub heart_rate_bpm: Option<u8>,
    /// Steps of one leg, or turns of the cranks, a minute.
    pub strides_per_min: f64,
    /// The first point after a pause.
    pub resumes: bool,
}

/// From one press of the button to the next, in indices of `points`, the last one included.
#[derive(Clone, Copy, Debug)]
pub struct Lap {
    pub first: usize,
    pub last: usize,
}

impl Recording {
    pub fn elapsed_s(&self) -> usize {
        self.ticks.len() - 1
    }

    /// Seconds up to `second` during which the timer ran.
    pub fn timer_s(&self, from: usize, to: usize) -> usize {
        self.ticks[from..=to].windows(2).filter(|pair| pair[0].timer_on && pair[1].timer_on).count()
    }

    /// The ticks in which the runner moved at 0.5 m/s or more while the timer ran.
    pub fn moving(&self) -> impl Iterator<Item = &Tick> {
        self.ticks
            .windows(2)
            .filter(|pair| pair[0].timer_on && pair[1].timer_on)
            .map(|pair| &pair[1])
            .filter(|tick| tick.speed_mps >= 0.5)
    }

    /// Metres climbed and descended on the true ground.
    pub fn climbed_m(&self) -> (f64, f64) {
        self.ticks.windows(2).map(|pair| pair[1].altitude_m - pair[0].altitude_m).fold(
            (0.0, 0.0),
            |(up, down), rise| {
                if rise > 0.0 { (up + rise, down) } else { (up, down - rise) }
            },
        )
    }

    /// When the timer was stopped and started again, in seconds since the start.
    pub fn pauses(&self) -> Vec<(usize, usize)> {
        let mut pauses = Vec::new();
        for (i, pair) in self.ticks.windows(2).enumerate() {
            match (pair[0].timer_on, pair[1].timer_on) {
                (true, false) => pauses.push((i, i)),
                (false, true) => {
                    if let Some(last) = pauses.last_mut() {
                        last.1 = i + 1;
                    }
                }
                _ => {}
            }
        }
        pauses
    }
}

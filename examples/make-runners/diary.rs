//! What a runner sets out to do, day by day, and what comes of it.

use super::athlete::Body;
use super::noise::Noise;
use super::step::{Extent, Step};

/// What a run is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Purpose {
    Recovery,
    Easy,
    Long,
    Steady,
    Tempo,
    Intervals,
    Race,
    WalkJog,
    Shakeout,
}

impl Purpose {
    pub fn word(self) -> &'static str {
        match self {
            Purpose::Recovery => "recovery",
            Purpose::Easy => "easy",
            Purpose::Long => "long",
            Purpose::Steady => "steady",
            Purpose::Tempo => "tempo",
            Purpose::Intervals => "intervals",
            Purpose::Race => "race",
            Purpose::WalkJog => "walk_jog",
            Purpose::Shakeout => "shakeout",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Course {
    Loop,
    Hills,
    Race,
}

/// One run as it was done.
#[derive(Clone, Debug)]
pub struct Session {
    /// Days since the Monday of the first week.
    pub day: i32,
    pub hour: i8,
    pub minute: i8,
    pub purpose: Purpose,
    /// It was run as it was meant.
    pub is_as_meant: bool,
    pub title: String,
    pub steps: Vec<Step>,
    pub course: Course,
    /// Red lights on the way.
    pub lights: u32,
}

/// How fast a runner is in runs of each kind, from and to, as shares of threshold speed.
#[derive(Clone, Copy, Debug)]
pub struct Ways {
    pub recovery: (f64, f64),
    pub easy: (f64, f64),
    pub long: (f64, f64),
}

/// A training diary in the making.
pub struct Diary<'a> {
    body: &'a Body,
    ways: Ways,
    /// By how much threshold speed grows in a week, as a share.
    gain: f64,
    noise: Noise,
    pub sessions: Vec<Session>,
}

/// A day of the diary: week from 0, weekday from Monday = 0, hour.
#[derive(Clone, Copy)]
pub struct When(pub i32, pub i32, pub i8);

impl<'a> Diary<'a> {
    pub fn new(body: &'a Body, ways: Ways, gain: f64, noise: Noise) -> Diary<'a> {
        Diary { body, ways, gain, noise, sessions: Vec::new() }
    }

    /// Threshold speed in a week.
    pub fn threshold_mps(&self, week: i32) -> f64 {
        self.body.threshold_mps * (1.0 + self.gain * f64::from(week))
    }

    fn share(&mut self, (from, to): (f64, f64)) -> f64 {
        self.noise.between(from, to)
    }

    /// So many minutes, give or take some: nobody turns round on the second.
    fn about(&mut self, minutes: f64) -> f64 {
        minutes * self.noise.between(0.93, 1.07)
    }

    fn add(&mut self, when: When, purpose: Purpose, title: String, shares: Vec<(Extent, f64)>) -> &mut Session {
        let threshold_mps = self.threshold_mps(when.0);
        let steps =
            shares.into_iter().map(|(extent, share)| Step { extent, speed_mps: share * threshold_mps }).collect();
        let is_quiet = matches!(purpose, Purpose::Recovery | Purpose::Easy | Purpose::Long);
        let lights = if is_quiet { self.noise.whole(0, 3) } else { 0 };
        let course = if purpose == Purpose::Race { Course::Race } else { Course::Loop };
        self.sessions.push(Session {
            day: 7 * when.0 + when.1,
            hour: when.2,
            minute: self.noise.whole(0, 50) as i8,
            purpose,
            is_as_meant: true,
            title,
            steps,
            course,
            lights,
        });
        let last = self.sessions.len() - 1;
        &mut self.sessions[last]
    }

    pub fn recovery(&mut self, when: When, minutes: f64) -> &mut Session {
        let (share, minutes) = (self.share(self.ways.recovery), self.about(minutes));
        self.add(when, Purpose::Recovery, "Recovery run".into(), vec![(whole(minutes), share)])
    }

    /// Meant as a recovery run, and run at `share` of threshold speed.
    pub fn spoiled(&mut self, when: When, minutes: f64, share: (f64, f64)) {
        let (share, minutes) = (self.share(share), self.about(minutes));
        let steps = vec![(whole(4.0), 0.93 * share), (whole(minutes - 4.0), share)];
        self.add(when, Purpose::Recovery, "Recovery run".into(), steps).is_as_meant = false;
    }

    pub fn easy(&mut self, when: When, minutes: f64) -> &mut Session {
        let (share, minutes) = (self.share(self.ways.easy), self.about(minutes));
        let steps = vec![(whole(5.0), share - 0.04), (whole(minutes - 5.0), share)];
        self.add(when, Purpose::Easy, "Easy run".into(), steps)
    }

    /// An easy run with six strides of 20 s near its end.
    pub fn strides(&mut self, when: When, minutes: f64) {
        let share = self.share(self.ways.easy);
        let mut steps = vec![(whole(5.0), share - 0.04), (whole(minutes - 15.0), share)];
        for _ in 0..6 {
            steps.extend([(Extent::Seconds(20.0), 1.28), (Extent::Seconds(60.0), share - 0.06)]);
        }
        steps.push((whole(2.0), share - 0.06));
        self.add(when, Purpose::Easy, "Easy run with strides".into(), steps);
    }

    pub fn long(&mut self, when: When, minutes: f64) -> &mut Session {
        let (share, minutes) = (self.share(self.ways.long), self.about(minutes));
        let steps = vec![(whole(10.0), share - 0.03), (whole(minutes - 10.0), share)];
        self.add(when, Purpose::Long, "Long run".into(), steps)
    }

    /// A long run whose last minutes are fast.
    pub fn fast_finish(&mut self, when: When, minutes: f64, fast_min: f64) {
        let share = self.share(self.ways.long);
        let steps =
            vec![(whole(10.0), share - 0.03), (whole(minutes - 10.0 - fast_min), share), (whole(fast_min), 0.96)];
        self.add(when, Purpose::Long, "Long run with a fast finish".into(), steps);
    }

    pub fn steady(&mut self, when: When, minutes: f64) {
        let (share, minutes) = (self.share((0.865, 0.895)), self.about(minutes));
        let steps = vec![(whole(8.0), 0.77), (whole(minutes - 13.0), share), (whole(5.0), 0.73)];
        self.add(when, Purpose::Steady, "Steady run".into(), steps);
    }

    pub fn tempo(&mut self, when: When, repetitions: u32, minutes: f64) {
        let mut steps = vec![(whole(14.0), 0.755)];
        for i in 0..repetitions {
            if i > 0 {
                steps.push((whole(3.0), 0.64));
            }
            steps.push((whole(minutes), 0.988 + self.noise.normal(0.008)));
        }
        steps.push((whole(9.0), 0.71));
        let title = format!("Tempo {repetitions} x {minutes:.0} min");
        self.add(when, Purpose::Tempo, title, steps);
    }

    /// `n` repetitions of so many metres, with a jog of `rest_s` between.
    pub fn intervals(&mut self, when: When, n: u32, length_m: f64, rest_s: f64) {
        let share = if length_m >= 800.0 { 1.08 } else { 1.16 };
        let mut steps = vec![(whole(14.0), 0.745)];
        for i in 0..n {
            if i > 0 {
                steps.push((Extent::Seconds(rest_s), 0.62));
            }
            steps.push((Extent::Metres(length_m), share + self.noise.normal(0.01)));
        }
        steps.push((whole(10.0), 0.69));
        self.add(when, Purpose::Intervals, format!("Intervals {n} x {length_m:.0} m"), steps);
    }

    /// A race over `length_m` at `share` of threshold speed; it starts a little fast and ends fast.
    pub fn race(&mut self, when: When, length_m: f64, share: f64) -> &mut Session {
        let last_m = 0.06 * length_m;
        let steps = vec![
            (Extent::Metres(last_m), share * 1.02),
            (Extent::Metres(length_m - 2.0 * last_m), share * 0.995),
            (Extent::Metres(last_m * 1.01), share * 1.05),
        ];
        self.add(when, Purpose::Race, format!("{:.0} km race", length_m / 1_000.0), steps)
    }

    pub fn shakeout(&mut self, when: When, minutes: f64) {
        self.add(when, Purpose::Shakeout, "Shakeout".into(), vec![(whole(minutes), 0.70)]);
    }

    /// `n` times so many minutes of jogging and of walking.
    pub fn walk_jog(&mut self, when: When, n: u32, jog_min: f64, walk_min: f64) {
        let walk = 1.45 / self.threshold_mps(when.0);
        let mut steps = vec![(whole(5.0), walk)];
        for _ in 0..n {
            steps.extend([(whole(jog_min), self.noise.between(0.89, 0.93)), (whole(walk_min), walk)]);
        }
        self.add(when, Purpose::WalkJog, format!("Walk-jog {n} x ({jog_min:.0} + {walk_min:.0})"), steps);
    }

    /// A jog of the same few kilometres, as on every day.
    pub fn jog_m(&mut self, when: When, length_m: f64) {
        let share = self.share(self.ways.easy);
        let length_m = length_m + self.noise.between(0.0, 150.0);
        self.add(when, Purpose::Easy, "Easy run".into(), vec![(Extent::Metres(length_m), share)]);
    }
}

fn whole(minutes: f64) -> Extent {
    Extent::Seconds((60.0 * minutes).round())
}

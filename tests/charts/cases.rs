//! Made-up runners of every kind that a chart may meet: all their charts.

use freshlegs::label::{Called, Label, Rough};
use freshlegs::render::chart::{
    Figure, best_efforts, decoupling, efficiency, fitness, heat_map, intensity, monotony, pace_heart_rate, run, spikes,
    strip, weeks, zones,
};
use jiff::ToSpan;
use jiff::civil::{Date, date};
use std::collections::BTreeMap;

/// The day on which every case is looked at: a Monday.
pub const TODAY: Date = date(2026, 6, 22);

/// A kind of history.
#[derive(Clone, Copy)]
pub struct Case {
    pub name: &'static str,
    days: i64,
    has_heart_rate: bool,
    /// Only the first day has a run.
    is_one_run: bool,
    /// Only rough words can be said.
    is_rough: bool,
}

pub const CASES: [Case; 7] = [
    Case { name: "nothing", days: 0, has_heart_rate: true, is_one_run: false, is_rough: false },
    Case { name: "one-run", days: 1, has_heart_rate: true, is_one_run: true, is_rough: false },
    Case { name: "two-weeks", days: 14, has_heart_rate: true, is_one_run: false, is_rough: false },
    Case { name: "limits-not-known", days: 24, has_heart_rate: true, is_one_run: false, is_rough: true },
    Case { name: "sixteen-weeks", days: 112, has_heart_rate: true, is_one_run: false, is_rough: false },
    Case { name: "no-heart-rate", days: 112, has_heart_rate: false, is_one_run: false, is_rough: false },
    Case { name: "three-years", days: 1095, has_heart_rate: true, is_one_run: false, is_rough: false },
];

struct MadeUpRun {
    date: Date,
    label: Label,
    minutes: f64,
    speed_mps: f64,
    bpm: f64,
    load: f64,
}

impl MadeUpRun {
    fn km(&self) -> f64 {
        self.minutes * self.speed_mps * 0.06
    }
}

/// Between −1 and 1, the same for the same number.
fn noise(n: i64) -> f64 {
    let hash = (n.wrapping_mul(0x9E37_79B9_7F4A_7C15_u64 as i64) as u64).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    (hash >> 40) as f64 / f64::from(1 << 23) - 1.0
}

impl Case {
    fn first(self) -> Date {
        TODAY.saturating_sub(self.days.days())
    }

    fn runs(self) -> Vec<MadeUpRun> {
        let count = if self.is_one_run { 1 } else { self.days };
        (0..count).filter_map(|day| self.run(day)).collect()
    }

    fn run(self, day: i64) -> Option<MadeUpRun> {
        let date = self.first().saturating_add(day.days());
        let week = day / 7;
        let (label, minutes, speed_mps, bpm) = match i64::from(date.weekday().to_monday_zero_offset()) {
            _ if self.is_one_run => (Label::Easy, 42.0, 2.75, 146.0),
            // Three weeks ill in the third year.
            _ if (700..721).contains(&day) => return None,
            1 if week % 2 == 0 => (Label::Intervals, 55.0, 3.3, 164.0),
            1 => (Label::Tempo, 60.0, 3.4, 167.0),
            2 if week % 3 == 2 => (Label::RecoveryTooHard, 42.0, 2.95, 153.0),
            2 => (Label::Recovery, 32.0, 2.45, 131.0),
            3 if week % 4 != 3 => (Label::Easy, 50.0, 2.8, 146.0),
            5 if week % 13 == 12 => (Label::Race, 45.0, 3.8, 174.0),
            5 => (Label::Easy, 48.0, 2.85, 147.0),
            6 => (Label::Long, 95.0 + 5.0 * (week % 4) as f64, 2.7, 145.0),
            _ => return None,
        };
        let growth = 1.0 + 0.04 * (day as f64 / 60.0).min(4.0);
        let minutes = minutes * (1.0 + 0.1 * noise(day));
        let load = minutes / 60.0 * 100.0 * (bpm / 171.0_f64).powi(4);
        Some(MadeUpRun {
            date,
            label,
            minutes,
            speed_mps: speed_mps * growth.min(1.12) * (1.0 + 0.03 * noise(day + 5000)),
            bpm: bpm + 4.0 * noise(day + 9000),
            load,
        })
    }

    /// What a run of a kind is called.
    fn called(self, label: Label) -> Called {
        match label {
            label if !self.is_rough => label.into(),
            Label::Tempo | Label::Intervals | Label::Race => Called::Roughly(Rough::Hard),
            Label::Steady | Label::Long | Label::RecoveryTooHard => Called::Roughly(Rough::Moderate),
            _ => Called::Roughly(Rough::Gentle),
        }
    }

    fn loads(self) -> Vec<(Date, f64)> {
        let runs = self.runs();
        let day = |i: i64| self.first().saturating_add(i.days());
        let load = |date: Date| runs.iter().filter(|r| r.date == date).map(|r| r.load).sum();
        (0..self.days).map(|i| (day(i), load(day(i)))).collect()
    }

    fn weeks(self) -> Vec<Date> {
        let past = i64::from(self.first().weekday().to_monday_zero_offset());
        let first = self.first().saturating_sub(past.days());
        (0..).map(|i: i64| first.saturating_add(i.weeks())).take_while(|monday| *monday <= TODAY).collect()
    }

    fn fitness(self) -> fitness::FitnessInput {
        let loads = self.loads();
        let start = loads.iter().take(28).map(|l| l.1).sum::<f64>() / loads.len().clamp(1, 28) as f64;
        let (mut fit, mut tired) = (start, start);
        let mut step = |i: usize, date: Date, load: f64| {
            let form = 100.0 * (fit - tired) / f64::max(fit, 20.0);
            fit += (load - fit) / 42.0;
            tired += (load - tired) / 7.0;
            fitness::FitnessDay {
                date,
                load,
                fitness: fit,
                fatigue: tired,
                form,
                settling: i < 42 || (742..784).contains(&i),
            }
        };
        let past: Vec<fitness::FitnessDay> =
            loads.iter().enumerate().map(|(i, (date, load))| step(i, *date, *load)).collect();
        let plan = [0.0, 70.0, 18.0, 45.0, 0.0, 40.0, 85.0];
        let count = if past.is_empty() { 0 } else { 14 };
        let ahead = (0..count).map(|i| step(1000, TODAY.saturating_add((i as i64).days()), plan[i % 7]));
        fitness::FitnessInput { today: TODAY, ahead: ahead.collect(), past }
    }

    fn weekly(self) -> weeks::WeeksInput {
        let runs = self.runs();
        let week = |monday: Date| {
            let inside = runs.iter().filter(|r| r.date >= monday && r.date < monday.saturating_add(7.days()));
            let mut hours: BTreeMap<Called, f64> = BTreeMap::new();
            inside.for_each(|r| *hours.entry(self.called(r.label)).or_default() += r.minutes / 60.0);
            weeks::KindWeek { monday, hours: hours.into_iter().collect() }
        };
        weeks::WeeksInput {
            today: TODAY,
            weeks: if runs.is_empty() { vec![] } else { self.weeks().into_iter().map(week).collect() },
        }
    }

    fn strip(self) -> strip::StripInput {
        let runs: Vec<strip::StripRun> = self
            .runs()
            .iter()
            .map(|r| strip::StripRun { date: r.date, called: self.called(r.label), hard: is_hard(r.label) })
            .collect();
        let after = |date: Date| {
            let near = |days: i64| runs.iter().find(|r| r.date == date.saturating_add(days.days()));
            let next: Vec<Label> = [near(1), near(2)].into_iter().flatten().map(|r| r.called.nearest()).collect();
            match next {
                _ if date.saturating_add(2.days()) >= TODAY => strip::After::Open,
                next if next.contains(&Label::RecoveryTooHard) => strip::After::Spoiled,
                next if next.iter().any(|l| is_hard(*l)) => strip::After::HardAgain,
                next if next.contains(&Label::Recovery) => strip::After::Recovery,
                _ => strip::After::Gentle,
            }
        };
        let hard = |r: &strip::StripRun| strip::Hard {
            date: r.date,
            label: r.called.nearest(),
            end_h: 19.0,
            after: after(r.date),
        };
        let hard = runs.iter().filter(|r| r.hard).map(hard).collect();
        strip::StripInput { today: TODAY, first: self.first(), runs, hard }
    }

    fn pace_heart_rate(self) -> pace_heart_rate::PaceHeartRateInput {
        let limit = |value, half_width| pace_heart_rate::Limit { value, half_width };
        let run = |r: &MadeUpRun| pace_heart_rate::PlottedRun {
            date: r.date,
            called: self.called(r.label),
            speed_mps: r.speed_mps,
            bpm: r.bpm,
        };
        let runs = self.runs();
        pace_heart_rate::PaceHeartRateInput {
            today: TODAY,
            without: if self.has_heart_rate { 0 } else { runs.len() },
            runs: runs.iter().filter(|_| self.has_heart_rate).map(run).collect(),
            recovery_ceiling: limit(144.0, 4.0),
            lt1: limit(154.0, 4.0),
            lthr: limit(171.0, 4.0),
            speed: (self.days > 14).then(|| limit(3.64, 0.11)),
        }
    }

    fn intensity(self) -> intensity::IntensityInput {
        let runs = self.runs();
        let week = |monday: Date| {
            let inside = runs.iter().filter(|r| r.date >= monday && r.date < monday.saturating_add(7.days()));
            let (mut low_s, mut middle_s, mut high_s) = (0.0, 0.0, 0.0);
            for run in inside.filter(|_| self.has_heart_rate) {
                let seconds = 60.0 * run.minutes;
                match run.label {
                    Label::Intervals | Label::Race => {
                        (low_s, middle_s, high_s) =
                            (low_s + 0.4 * seconds, middle_s + 0.2 * seconds, high_s + 0.4 * seconds);
                    }
                    Label::Tempo => (low_s, middle_s) = (low_s + 0.5 * seconds, middle_s + 0.5 * seconds),
                    _ => low_s += seconds,
                }
            }
            intensity::IntensityWeek { monday, low_s, middle_s, high_s }
        };
        intensity::IntensityInput {
            today: TODAY,
            weeks: if runs.is_empty() { vec![] } else { self.weeks().into_iter().map(week).collect() },
        }
    }

    fn heat_map(self) -> heat_map::HeatMapInput {
        let day = |(date, load): (Date, f64)| heat_map::HeatMapDay {
            date,
            load,
            is_guess: load > 0.0 && !self.has_heart_rate && date.day() % 3 == 0,
        };
        heat_map::HeatMapInput { today: TODAY, days: self.loads().into_iter().map(day).collect() }
    }

    fn efficiency(self) -> efficiency::EfficiencyInput {
        let gentle =
            |r: &&MadeUpRun| self.has_heart_rate && matches!(r.label, Label::Easy | Label::Recovery | Label::Long);
        let run = |r: &MadeUpRun| efficiency::EfficientRun {
            date: r.date,
            called: self.called(r.label),
            metres_a_beat: 60.0 * r.speed_mps / r.bpm,
        };
        efficiency::EfficiencyInput { today: TODAY, runs: self.runs().iter().filter(gentle).map(run).collect() }
    }

    fn decoupling(self) -> decoupling::DecouplingInput {
        let runs = self.runs();
        let long = runs.iter().filter(|r| self.has_heart_rate && r.label == Label::Long);
        let run = |r: &MadeUpRun| decoupling::DecoupledRun {
            date: r.date,
            called: self.called(r.label),
            minutes: r.minutes,
            decoupling: 3.5 + 4.0 * noise(r.minutes.to_bits() as i64),
        };
        decoupling::DecouplingInput { today: TODAY, runs: long.map(run).collect() }
    }

    fn spikes(self) -> spikes::SpikesInput {
        let runs = self.runs();
        let longest = |date: Date| {
            let before = runs.iter().filter(|r| r.date < date && r.date >= date.saturating_sub(30.days()));
            before.map(MadeUpRun::km).reduce(f64::max)
        };
        let run = |r: &MadeUpRun| spikes::LongerRun { date: r.date, km: r.km(), longest_km: longest(r.date) };
        spikes::SpikesInput { today: TODAY, runs: runs.iter().map(run).collect() }
    }

    fn monotony(self) -> monotony::MonotonyInput {
        let loads = self.loads();
        let day = |week: &[(Date, f64)]| {
            let mean = week.iter().map(|l| l.1).sum::<f64>() / 7.0;
            let spread = (week.iter().map(|l| (l.1 - mean).powi(2)).sum::<f64>() / 7.0).sqrt();
            let monotony = if spread > 0.0 { (mean / spread).min(10.0) } else { 0.0 };
            monotony::MonotonyDay { date: week[6].0, monotony, strain: 7.0 * mean * monotony }
        };
        monotony::MonotonyInput { today: TODAY, days: loads.windows(7).map(day).collect() }
    }

    fn best_efforts(self) -> best_efforts::BestEffortsInput {
        let effort = |date: Date, factor: f64| {
            [400.0, 800.0, 1500.0, 3000.0, 5000.0]
                .map(|metres| best_efforts::BestEffort { metres, seconds: (metres - 150.0) / 3.75 * factor, date })
                .to_vec()
        };
        let runs = self.runs();
        let Some(last) = runs.iter().rev().find(|r| r.label == Label::Intervals || self.is_one_run) else {
            return best_efforts::BestEffortsInput { recent: vec![], year: vec![], critical_mps: None };
        };
        let is_long = self.days > 300;
        best_efforts::BestEffortsInput {
            recent: effort(last.date, 1.0),
            year: effort(last.date.saturating_sub(200.days()), if is_long { 0.97 } else { 1.0 }),
            critical_mps: (!self.is_one_run).then_some(3.75),
        }
    }

    fn zones(self) -> zones::ZonesInput {
        let bounds = [0.0, 145.0, 154.0, 162.0, 171.0, 176.0, 181.0, f64::INFINITY];
        let shares: [f64; 7] = [0.48, 0.27, 0.12, 0.08, 0.03, 0.02, 0.0];
        let total = if !self.has_heart_rate || self.days == 0 {
            0.0
        } else if self.is_one_run {
            3000.0
        } else {
            60_000.0
        };
        let names = ["Z1", "Z2", "Z3", "Z4", "Z5a", "Z5b", "Z5c"];
        let zone = |(i, name): (usize, &'static str)| zones::Zone {
            name,
            bpm: bounds[i]..bounds[i + 1],
            now_s: total * shares[i],
            before_s: if self.is_one_run { 0.0 } else { total * (0.9 * shares[i] + 0.01) },
        };
        let zones = names.into_iter().enumerate().map(zone).collect();
        zones::ZonesInput { zones, model: "Friel, by your threshold heart rate", lt1_bpm: 154.0 }
    }

    /// The charts of a page.
    pub fn figures(self) -> Vec<Figure> {
        let mut figures = vec![strip::figure(&self.strip())];
        figures.extend(fitness::figures(&self.fitness()));
        figures.extend([
            weeks::figure(&self.weekly()),
            pace_heart_rate::figure(&self.pace_heart_rate()),
            intensity::figure(&self.intensity()),
            heat_map::figure(&self.heat_map()),
            efficiency::figure(&self.efficiency()),
            best_efforts::figure(&self.best_efforts()),
            zones::figure(&self.zones()),
            spikes::figure(&self.spikes()),
            monotony::figure(&self.monotony()),
            decoupling::figure(&self.decoupling()),
        ]);
        figures
    }

    /// The picture of one run of this kind.
    pub fn run_chart(self) -> Option<String> {
        if self.days == 0 {
            return None;
        }
        let seconds = 3000_u32;
        let heart = |s: u32| 120.0 + 30.0 * (1.0 - (-f64::from(s) / 120.0).exp()) + 4.0 * (f64::from(s) / 90.0).sin();
        let speed = |s: u32| 2.75 + 0.12 * (f64::from(s) / 75.0).sin();
        let stands = |s: u32| (1500..1560).contains(&s);
        let input = run::RunInput {
            minutes: f64::from(seconds) / 60.0,
            heart_rate: run::thinned((0..seconds as usize).map(|s| {
                let s = s as u32;
                (self.has_heart_rate && !(600..800).contains(&s)).then(|| heart(s))
            })),
            speed: run::thinned((0..seconds as usize).map(|s| (!stands(s as u32)).then(|| speed(s as u32)))),
            altitude: (0..100).map(|i| Some(410.0 + 22.0 * (f64::from(i) / 14.0).sin())).collect(),
            mended: if self.has_heart_rate { vec![10.0..13.3] } else { vec![] },
            ceilings_bpm: self.has_heart_rate.then_some((144.0, 154.0)),
            ceiling_mps: Some(2.76),
        };
        run::svg(&input, "An easy run of 50 minutes")
    }
}

fn is_hard(label: Label) -> bool {
    matches!(label, Label::Long | Label::Tempo | Label::Intervals | Label::Race)
}

//! The charts of a season: what each one is given.

use super::chart::{
    Figure, best_efforts, decoupling, efficiency, fitness, heat_map, intensity, monotony, pace_heart_rate, run, spikes,
    strip, weeks, zones,
};
use crate::athlete::Estimate;
use crate::calendar::monday_of;
use crate::digest::EFFORT_DISTANCES_M;
use crate::heart_rate::Coverage;
use crate::label::{Called, Label, Labelled};
use crate::load::Method;
use crate::physiology::training::Fitness;
use crate::physiology::zones::FRIEL_RUN;
use crate::physiology::{curve, effort};
use crate::pipeline::Analysis;
use crate::season::{Assessed, Season, Then, Week};
use jiff::ToSpan;
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::ops::Range;

/// Days over which best efforts count as recent.
const RECENT_DAYS: i32 = 90;
const YEAR_DAYS: i32 = 365;
/// Days before a run whose longest run it is held against (methods §4.4).
const LONGEST_DAYS: i32 = 30;
/// A stretch without a believed heart rate that a run's chart marks, s.
const MENDED_S: usize = 30;

/// The charts of a report, in the order of the page.
pub struct Gallery {
    pub strip: Figure,
    pub fitness: Vec<Figure>,
    pub weeks: Figure,
    pub pace_heart_rate: Figure,
    /// Those that the page folds.
    pub more: Vec<Figure>,
}

impl Gallery {
    pub fn of(analysis: &Analysis) -> Gallery {
        let season = &analysis.season;
        Gallery {
            strip: strip::figure(&strip(season)),
            fitness: fitness::figures(&fitness(analysis)),
            weeks: weeks::figure(&weekly(season)),
            pace_heart_rate: pace_heart_rate::figure(&pace_heart_rate(season)),
            more: vec![
                intensity::figure(&intensity(season)),
                heat_map::figure(&heat_map(season)),
                efficiency::figure(&efficiency(season)),
                best_efforts::figure(&best_efforts(season)),
                zones::figure(&heart_rate_zones(season)),
                spikes::figure(&spikes(season)),
                monotony::figure(&monotony(season)),
                decoupling::figure(&decoupling(season)),
            ],
        }
    }

    /// The charts that the page shows unfolded, in its order.
    pub fn open(&self) -> impl Iterator<Item = &Figure> {
        std::iter::once(&self.strip).chain(&self.fitness).chain([&self.weeks, &self.pace_heart_rate])
    }

    /// Every chart, in the order of the page.
    pub fn figures(&self) -> impl Iterator<Item = &Figure> {
        self.open().chain(&self.more)
    }
}

fn strip(season: &Season) -> strip::StripInput {
    let run = |s: &Labelled| strip::StripRun { date: s.session.date, called: s.verdict.called(), hard: s.hard };
    let hard = |s: &Labelled| strip::Hard {
        date: s.session.date,
        label: s.verdict.called().nearest(),
        end_h: end_h(season, s),
        after: after(season, s),
    };
    strip::StripInput {
        today: season.today,
        first: season.daily.first,
        runs: season.sessions().iter().map(run).collect(),
        hard: season.sessions().iter().filter(|s| s.hard).map(hard).collect(),
    }
}

/// Local time at which a session ended, in hours after the midnight of its day.
fn end_h(season: &Season, session: &Labelled) -> f64 {
    let Some(last) = session.parts().next_back() else { return 0.0 };
    let recording = &season.activity(last).recording;
    let start = recording.started.time();
    f64::from(start.hour()) + f64::from(start.minute()) / 60.0 + recording.digest.elapsed_s / 3600.0
}

/// What followed a hard session, in the words of the strip.
fn after(season: &Season, hard: &Labelled) -> strip::After {
    match season.after_hard(hard) {
        Then::Open => strip::After::Open,
        Then::Rest | Then::Easy => strip::After::Gentle,
        Then::Recovery => strip::After::Recovery,
        Then::Spoiled => strip::After::Spoiled,
        Then::Steady | Then::Hard => strip::After::HardAgain,
    }
}

fn fitness(analysis: &Analysis) -> fitness::FitnessInput {
    let season = &analysis.season;
    let planned_from = analysis.plan.days.first().map_or(Date::MAX, |day| day.date);
    let past: Vec<fitness::FitnessDay> = season
        .days()
        .iter()
        .filter(|day| day.date < planned_from)
        .map(|day| fitness::FitnessDay {
            date: day.date,
            load: day.load,
            fitness: day.fitness,
            fatigue: day.fatigue,
            form: day.form_relative,
            settling: day.warming_up,
        })
        .collect();
    let mut evening = past.last().map_or(Fitness::default(), |d| Fitness { ctl: d.fitness, atl: d.fatigue });
    let still_settling = past.last().is_some_and(|day| day.settling);
    let ahead = analysis.plan.days.iter().map(|day| {
        let morning = std::mem::replace(&mut evening, Fitness { ctl: day.fitness, atl: day.fatigue });
        fitness::FitnessDay {
            date: day.date,
            load: day.load + day.other_load,
            fitness: day.fitness,
            fatigue: day.fatigue,
            form: morning.relative_form(),
            settling: still_settling,
        }
    });
    fitness::FitnessInput { today: season.today, ahead: ahead.collect(), past }
}

fn weekly(season: &Season) -> weeks::WeeksInput {
    let mut hours: BTreeMap<(Date, Called), f64> = BTreeMap::new();
    for (activity, session) in season.runs() {
        let week = (monday_of(activity.recording.date()), session.verdict.called());
        *hours.entry(week).or_default() += activity.recording.digest.moving_s / 3600.0;
    }
    let of = |monday: Date| hours.iter().filter(move |((of, _), _)| *of == monday);
    let week = |monday: Date| weeks::KindWeek { monday, hours: of(monday).map(|((_, c), h)| (*c, *h)).collect() };
    weeks::WeeksInput { today: season.today, weeks: season.weeks().iter().map(|w| week(w.monday)).collect() }
}

/// Mean grade-adjusted speed of the moving time, m/s; `None` where nothing checks the pace.
fn gap_mps(activity: &Assessed) -> Option<f64> {
    activity.gap_mps.filter(|_| activity.recording.digest.pace_reliable)
}

fn mean_bpm(activity: &Assessed) -> Option<f64> {
    activity.heart_rate.mean_bpm.filter(|_| activity.heart_rate.quality() != Coverage::None)
}

/// Runs that a verdict was possible on.
fn judged(season: &Season) -> impl Iterator<Item = (&Assessed, &Labelled)> {
    let is_run = |label: Label| !matches!(label, Label::Walk | Label::Fragment | Label::Unknown);
    season.runs().filter(move |(_, session)| is_run(session.verdict.label))
}

fn pace_heart_rate(season: &Season) -> pace_heart_rate::PaceHeartRateInput {
    let thresholds = season.thresholds();
    let limit = |value, half_width| pace_heart_rate::Limit { value, half_width };
    let of = |estimate: &Estimate| limit(estimate.value, estimate.half_width);
    let threshold = &thresholds.heart_rate_threshold;
    let lt1 = thresholds.lt1_bpm();
    let mut without = 0;
    let mut runs = Vec::new();
    for (activity, session) in judged(season) {
        match (gap_mps(activity), mean_bpm(activity)) {
            (Some(speed_mps), Some(bpm)) => runs.push(pace_heart_rate::PlottedRun {
                date: activity.recording.date(),
                called: session.verdict.called(),
                speed_mps,
                bpm,
            }),
            _ => without += 1,
        }
    }
    pace_heart_rate::PaceHeartRateInput {
        today: season.today,
        runs,
        without,
        recovery_ceiling: limit(thresholds.recovery_ceiling_bpm(), thresholds.recovery_ceiling_half_width_bpm()),
        lt1: limit(lt1, threshold.half_width * lt1 / threshold.value.max(1.0)),
        lthr: of(threshold),
        speed: thresholds.speed_threshold.as_ref().map(of),
    }
}

fn intensity(season: &Season) -> intensity::IntensityInput {
    let week = |week: &Week| {
        let [low_s, middle_s, high_s] = week.zone_s;
        intensity::IntensityWeek { monday: week.monday, low_s, middle_s, high_s }
    };
    intensity::IntensityInput { today: season.today, weeks: season.weeks().iter().map(week).collect() }
}

fn heat_map(season: &Season) -> heat_map::HeatMapInput {
    let guessed = season.activities().iter().filter(|a| matches!(a.load.method, Method::Duration | Method::None));
    let mut guessed: Vec<Date> = guessed.map(|a| a.recording.date()).collect();
    guessed.sort_unstable();
    let day = |(date, load): (Date, &f64)| heat_map::HeatMapDay {
        date,
        load: *load,
        is_guess: guessed.binary_search(&date).is_ok(),
    };
    heat_map::HeatMapInput {
        today: season.today,
        days: season.daily.dates().zip(&season.daily.loads).map(day).collect(),
    }
}

fn efficiency(season: &Season) -> efficiency::EfficiencyInput {
    let gentle = |label: Label| matches!(label, Label::Recovery | Label::Easy | Label::Long);
    let run = |(activity, session): (&Assessed, &Labelled)| {
        let is_whole = activity.heart_rate.quality() == Coverage::Good;
        let bpm = mean_bpm(activity).filter(|_| is_whole)?;
        Some(efficiency::EfficientRun {
            date: activity.recording.date(),
            called: session.verdict.called(),
            metres_a_beat: effort::efficiency(gap_mps(activity)?, bpm)?,
        })
    };
    let runs = season.runs().filter(|(_, session)| gentle(session.verdict.label));
    efficiency::EfficiencyInput { today: season.today, runs: runs.filter_map(run).collect() }
}

fn best_efforts(season: &Season) -> best_efforts::BestEffortsInput {
    let within = |days: i32| -> Vec<best_efforts::BestEffort> {
        let is_near =
            |a: &&Assessed| a.recording.digest.pace_reliable && (season.today - a.recording.date()).get_days() < days;
        let near: Vec<&Assessed> = judged(season).map(|(activity, _)| activity).filter(is_near).collect();
        let best = |(i, metres): (usize, f64)| {
            let times = near.iter().filter_map(|a| Some((a.recording.digest.best_effort_s[i]?, a.recording.date())));
            let (seconds, date) = times.min_by(|a, b| a.0.total_cmp(&b.0))?;
            Some(best_efforts::BestEffort { metres, seconds, date })
        };
        EFFORT_DISTANCES_M.into_iter().enumerate().filter_map(best).collect()
    };
    let recent = within(RECENT_DAYS);
    let efforts: Vec<(f64, f64)> = recent.iter().map(|e| (e.metres, e.seconds)).collect();
    let critical = curve::critical_speed(&efforts).filter(curve::CriticalSpeed::is_plausible);
    best_efforts::BestEffortsInput { recent, year: within(YEAR_DAYS), critical_mps: critical.map(|c| c.speed_mps) }
}

/// Zones of the last four weeks and the four before, each run by the threshold of its day.
fn heart_rate_zones(season: &Season) -> zones::ZonesInput {
    const FOUR_WEEKS: i32 = 28;
    let table = FRIEL_RUN;
    let thresholds = season.thresholds();
    let mut seconds = [vec![0.0; table.names.len()], vec![0.0; table.names.len()]];
    for (activity, _) in judged(season).filter(|(a, _)| a.heart_rate.quality() != Coverage::None) {
        let days = (season.today - activity.recording.date()).get_days();
        let Some(period) = seconds.get_mut((days / FOUR_WEEKS) as usize) else { continue };
        let lthr_bpm = season.athlete.at(activity.recording.date()).heart_rate_threshold.value;
        let moving =
            activity.recording.digest.trace.seconds().zip(activity.heart_rate.bpm(&activity.recording.digest.trace));
        let fractions = moving.filter(|(second, _)| second.moving).filter_map(|(_, bpm)| Some(bpm? / lthr_bpm));
        for (sum, more) in period.iter_mut().zip(table.seconds(fractions, 1.0)) {
            *sum += more;
        }
    }
    let lthr_bpm = thresholds.heart_rate_threshold.value;
    let bound = |i: usize| table.bounds.get(i).map_or(f64::INFINITY, |fraction| fraction * lthr_bpm);
    let zone = |(i, name): (usize, &&'static str)| zones::Zone {
        name,
        bpm: if i == 0 { 0.0 } else { bound(i - 1) }..bound(i),
        now_s: seconds[0][i],
        before_s: seconds[1][i],
    };
    zones::ZonesInput {
        zones: table.names.iter().enumerate().map(zone).collect(),
        model: "Friel, by your threshold heart rate",
        lt1_bpm: thresholds.lt1_bpm(),
    }
}

fn spikes(season: &Season) -> spikes::SpikesInput {
    let known: Vec<(Date, f64)> = judged(season)
        .filter_map(|(a, _)| Some((a.recording.date(), a.recording.digest.known_distance_m()? / 1000.0)))
        .collect();
    let run = |(i, &(date, km)): (usize, &(Date, f64))| {
        let from = date.saturating_sub(LONGEST_DAYS.days());
        let before = known[..i].iter().rev().take_while(|(d, _)| *d >= from).filter(|(d, _)| *d < date);
        spikes::LongerRun { date, km, longest_km: before.map(|(_, km)| *km).reduce(f64::max) }
    };
    spikes::SpikesInput { today: season.today, runs: known.iter().enumerate().map(run).collect() }
}

fn monotony(season: &Season) -> monotony::MonotonyInput {
    let days = season.days();
    let day =
        |d: &crate::season::Day| Some(monotony::MonotonyDay { date: d.date, monotony: d.monotony?, strain: d.strain? });
    monotony::MonotonyInput { today: season.today, days: days.iter().filter_map(day).collect() }
}

fn decoupling(season: &Season) -> decoupling::DecouplingInput {
    let even = |label: Label| matches!(label, Label::Easy | Label::Steady | Label::Long);
    let run = |(activity, session): (&Assessed, &Labelled)| {
        Some(decoupling::DecoupledRun {
            date: activity.recording.date(),
            called: session.verdict.called(),
            minutes: activity.recording.digest.moving_s / 60.0,
            decoupling: 100.0 * activity.recording.digest.decoupling?,
        })
    };
    let runs = season.runs().filter(|(a, s)| even(s.verdict.label) && a.heart_rate.quality() == Coverage::Good);
    decoupling::DecouplingInput { today: season.today, runs: runs.filter_map(run).collect() }
}

/// The picture of one run with the ceilings of its day; `None` where nothing was recorded along the way.
pub fn run_chart(activity: &Assessed, season: &Season, description: &str) -> Option<String> {
    let digest = &activity.recording.digest;
    if digest.is_summary_only() {
        return None;
    }
    let thresholds = season.athlete.at(activity.recording.date());
    let speeds: Vec<Option<f64>> = digest.trace.seconds().map(|s| s.gap_mps.filter(|_| s.moving)).collect();
    let input = run::RunInput {
        minutes: digest.trace.len() as f64 / 60.0,
        heart_rate: run::thinned(activity.heart_rate.bpm(&activity.recording.digest.trace)),
        speed: run::thinned(speeds.into_iter()),
        altitude: digest.profile_m.iter().map(|m| m.map(f64::from)).collect(),
        mended: mended(activity),
        ceilings_bpm: Some((thresholds.recovery_ceiling_bpm(), thresholds.lt1_bpm())),
        ceiling_mps: None,
    };
    run::svg(&input, description)
}

/// Stretches whose heart rate was recorded and is not believed, in minutes of the timer.
fn mended(activity: &Assessed) -> Vec<Range<f64>> {
    let seconds =
        activity.recording.digest.trace.seconds().zip(activity.heart_rate.bpm(&activity.recording.digest.trace));
    let left_out: Vec<bool> = seconds.map(|(s, believed)| s.heart_rate_bpm.is_some() && believed.is_none()).collect();
    let mut stretches = Vec::new();
    let mut at = 0;
    for stretch in left_out.chunk_by(|a, b| a == b) {
        if stretch[0] && stretch.len() >= MENDED_S {
            stretches.push(at as f64 / 60.0..(at + stretch.len()) as f64 / 60.0);
        }
        at += stretch.len();
    }
    stretches
}

//! From the season behind to what the planner starts from (methods §7.1, §7).

use super::recovery::{TaxingEffort, TaxingSession};
use super::walking::walk_share;
use super::watch::Watch;
use super::{Ceilings, CheckIn, Due, Kind, Paces, PastDay, PlanInputs, Race, Wishes};
use crate::athlete::Trust;
use crate::calendar::days_between;
use crate::label::{Baseline, HardestKind, Label, Labelled};
use crate::physiology::curve;
use crate::profile::{DayName, Profile, RaceSettings};
use crate::season::Season;
use jiff::ToSpan;
use jiff::civil::{Date, DateTime};

/// Days of history that the planner looks at: half a year of habits, and the breaks and long runs before.
const HISTORY_DAYS: i64 = 400;
/// Evenings of fitness that the ramp guard looks at.
const FITNESS_DAYS: i64 = 7;
/// Days whose sessions may still ask for hours of recovery.
const EFFORT_DAYS: i64 = 14;
/// A long run fades when heart rate drifts by more than this share against pace; days looked back for two of them.
const FADE: f64 = 0.08;
const FADE_DAYS: i64 = 42;
/// Two runs of a day lie at least so far apart, ms.
const SECOND_RUN_AFTER_MS: i64 = 3 * 3600 * 1000;
/// Ceilings as shares of the runner's own usual easy running, while the thresholds are guesses.
const RECOVERY_OF_USUAL_BPM: f64 = 0.97;
const EASY_OF_USUAL_BPM: f64 = 1.03;
const RECOVERY_OF_USUAL_MPS: f64 = 0.95;
/// Heart-rate ceiling of cross-training, as a fraction of the maximum (methods §7.5).
const CROSS_TRAIN_OF_MAX: f64 = 0.70;
/// Speed ceiling of easy running, as a fraction of threshold speed (methods §7.5).
const EASY_OF_THRESHOLD: f64 = 0.86;
/// A session of which less than this was run, though it names itself a run, is a walk with jogging.
const LEAST_JOGGED: f64 = 0.15;

/// The inputs on the morning of the first day to plan: today, or tomorrow where today's run is done.
/// What is not yet known on the season's day of `check_ins` is left out.
pub fn inputs(season: &Season, check_ins: &[CheckIn]) -> PlanInputs {
    let (sessions, today) = (season.sessions(), season.today);
    let ran_today = sessions.iter().any(|s| s.session.date == today && is_run(s));
    let start = if ran_today { today.saturating_add(1.day()) } else { today };
    let past = Past { season, sessions };
    let first_run = sessions.iter().find(|s| is_run(s)).map(|s| s.session.date);
    let from = first_run.map_or(start, |first| first.max(start.saturating_sub(HISTORY_DAYS.days())));
    let days = (0..days_between(from, start)).map(|n| past.day(from.saturating_add(n.days())));
    let thresholds = season.thresholds();
    let check_ins: Vec<CheckIn> = check_ins.iter().filter(|c| c.date <= today).copied().collect();
    let watch = Watch::of(season, &check_ins, start);
    let ceilings = ceilings(season, start);
    let evening = |back: i64| season.daily.morning(start.saturating_sub(back.days())).ctl;
    PlanInputs {
        start,
        past: days.collect(),
        first_run,
        fitness: season.daily.morning(start),
        fitness_before: (0..FITNESS_DAYS).rev().map(evening).collect(),
        settled: !season.daily.is_settling(usize::try_from(days_between(season.daily.first, start)).unwrap_or(0)),
        ready_h: past.ready_h(start),
        age_years: thresholds.age_years,
        goes_by_effort: !thresholds.uses_heart_rate,
        paces: Paces {
            threshold_mps: thresholds.speed_mps(),
            easy_mps: Baseline::before(start, sessions).usual_mps,
            is_trusted: thresholds.speed_threshold.is_some_and(|e| e.trust >= Trust::Medium),
            threshold_bpm: Some(thresholds.heart_rate_threshold.value).filter(|_| thresholds.uses_heart_rate),
            walk_share: walk_share(&Baseline::before(start, sessions), thresholds, &ceilings),
        },
        ceilings,
        wishes: wishes(&season.profile),
        races: races(&season.profile),
        due: due(season, start),
        fade: fade(season, start),
        level: watch.level,
        level_days: watch.days,
        signals: watch.signals,
        check_ins,
        ..PlanInputs::default()
    }
}

/// One day as the planner sees it.
pub fn day(season: &Season, date: Date) -> PastDay {
    Past { season, sessions: season.sessions() }.day(date)
}

/// What the profile asks for.
fn wishes(profile: &Profile) -> Wishes {
    let days = &profile.days;
    let weekday = |day: Option<DayName>| day.map(DayName::weekday);
    let place = |day: &DayName| day.weekday().to_monday_zero_offset() as usize;
    let mut wishes = Wishes {
        rest_day: weekday(days.rest),
        busy_day: weekday(days.busy),
        long_day: weekday(days.long),
        dates_off: days.not_available.clone(),
        runs_at_most: days.runs_at_most,
        no_hard: profile.plan.no_hard,
        goal: profile.plan.goal,
        ..Wishes::default()
    };
    days.off.iter().for_each(|day| wishes.weekdays_off[place(day)] = true);
    days.minutes_at_most.iter().for_each(|(day, minutes)| wishes.minutes_at_most[place(day)] = Some(*minutes));
    wishes
}

/// The races of the profile, run and to be run.
fn races(profile: &Profile) -> Vec<Race> {
    let race = |race: &RaceSettings| Race {
        date: race.date,
        distance_km: race.km,
        goal_min: race.goal_time.map(|time| time.minutes),
        priority: race.priority,
    };
    profile.races.iter().map(race).collect()
}

/// The upper limits of easy running. While maximal heart rate or threshold speed is only a guess, the runner's own usual
/// easy running limits them too (methods §7.5).
fn ceilings(season: &Season, start: Date) -> Ceilings {
    let thresholds = season.thresholds();
    let usual = Baseline::before(start, season.sessions());
    let guessed_bpm = thresholds.heart_rate_max.is_default();
    let guessed_mps = thresholds.trusted_speed().is_none();
    let least = |limit: Option<f64>, usual: Option<f64>, share: f64, applies: bool| {
        let usual = usual.filter(|_| applies).map(|value| share * value);
        limit.into_iter().chain(usual).reduce(f64::min)
    };
    let speed_mps = thresholds.speed_mps();
    let recovery_bpm = Some(thresholds.recovery_ceiling_bpm());
    let recovery_mps = curve::recovery_ceiling_mps(usual.usual_mps, speed_mps);
    let easy_mps = speed_mps.map(|v| EASY_OF_THRESHOLD * v);
    let given = Ceilings {
        recovery_hr_bpm: least(recovery_bpm, usual.usual_bpm, RECOVERY_OF_USUAL_BPM, guessed_bpm),
        easy_hr_bpm: least(Some(thresholds.lt1_bpm()), usual.usual_bpm, EASY_OF_USUAL_BPM, guessed_bpm),
        cross_train_hr_bpm: Some(CROSS_TRAIN_OF_MAX * thresholds.heart_rate_max.value),
        recovery_speed_mps: least(recovery_mps, usual.usual_mps, RECOVERY_OF_USUAL_MPS, guessed_mps),
        easy_speed_mps: least(easy_mps, usual.usual_mps, 1.0, guessed_mps),
    };
    // Where the heart rate says nothing, nobody is told one.
    let told = if thresholds.uses_heart_rate {
        given
    } else {
        Ceilings { recovery_hr_bpm: None, easy_hr_bpm: None, cross_train_hr_bpm: None, ..given }
    };
    told.ordered()
}

/// When a hard session is due by the watch, and by the runner's own habit.
fn due(season: &Season, start: Date) -> Due {
    let past = Past { season, sessions: season.sessions() };
    let from_start = |at: DateTime, hours: f64| {
        let hours = hours - at.duration_until(start.at(0, 0, 0, 0)).as_secs_f64() / 3600.0;
        Some(hours).filter(|hours| *hours > 0.0)
    };
    let ended = |s: &Labelled| {
        let lasted_ms = s.session.end_ms - s.session.start_ms;
        past.started(s).map(|at| at.saturating_add(lasted_ms.milliseconds()))
    };
    let before = || past.sessions.iter().rev().filter(|s| s.session.date < start);
    let watch_h = before().next().and_then(|last| {
        let told = last.parts().filter_map(|id| season.activity(id).recording.digest.watch.recovery_time_h);
        from_start(ended(last)?, told.reduce(f64::max)?)
    });
    let own_spacing_h =
        before().find(|s| s.hard).and_then(|last| from_start(ended(last)?, season.balance().hard_every_h?));
    Due { watch_h, own_spacing_h }
}

/// The smaller drift of the last two long runs, where both faded.
fn fade(season: &Season, start: Date) -> Option<f64> {
    let recent = |s: &&Labelled| s.verdict.label == Label::Long && days_between(s.session.date, start) <= FADE_DAYS;
    let drift = |s: &Labelled| {
        s.parts().filter_map(|id| season.activity(id).recording.digest.decoupling).reduce(f64::max).unwrap_or(0.0)
    };
    let last: Vec<f64> = season.sessions().iter().rev().filter(recent).take(2).map(drift).collect();
    last.iter().copied().reduce(f64::min).filter(|share| last.len() == 2 && *share > FADE)
}

struct Past<'a> {
    season: &'a Season,
    sessions: &'a [Labelled],
}

impl Past<'_> {
    fn on(&self, date: Date) -> impl Iterator<Item = &Labelled> {
        let from = self.sessions.partition_point(|s| s.session.date < date);
        self.sessions[from..].iter().take_while(move |s| s.session.date == date)
    }

    /// One day of the past.
    fn day(&self, date: Date) -> PastDay {
        let runs: Vec<&Labelled> = self.on(date).filter(|s| is_run(s)).collect();
        let place = usize::try_from(days_between(self.season.daily.first, date)).ok();
        let load = place.and_then(|i| self.season.daily.loads.get(i)).copied().unwrap_or(0.0);
        let run_load: f64 = runs.iter().map(|s| s.features.load).sum();
        let main = runs.iter().max_by(|a, b| a.features.duration_min.total_cmp(&b.features.duration_min));
        // A race that the runner named is one, whatever the data say.
        let named = self.season.profile.races.iter().find(|race| race.date == date).map(|race| race.km);
        let is_main = |s: &Labelled| main.is_some_and(|main| main.session.start_ms == s.session.start_ms);
        let is_race = |s: &Labelled| s.verdict.label == Label::Race || named.is_some() && is_main(s);
        let raced = || runs.iter().filter(|s| is_race(s));
        let trained = || runs.iter().filter(|s| !is_race(s));
        let kind = |s: &Labelled| if is_race(s) { Kind::Race } else { kind_of(s) };
        let others = load > run_load;
        let gentlest = if others { Kind::CrossTrain } else { Kind::Rest };
        let sum = |minutes: f64, s: &&&Labelled| minutes + s.features.duration_min;
        PastDay {
            kind: runs.iter().map(|s| kind(s)).max().unwrap_or(gentlest),
            taxing: runs.iter().any(|s| s.hard),
            load,
            other_load: (load - run_load).max(0.0),
            minutes: runs.iter().map(|s| s.features.duration_min).fold(0.0, |sum, minutes| sum + minutes),
            race_km: raced().filter_map(|s| named.or(s.verdict.race_km).or(s.features.distance_km)).reduce(f64::max),
            race_minutes: raced().fold(0.0, |minutes, s| sum(minutes, &s)),
            longest_min: trained().map(|s| s.features.duration_min).fold(0.0, f64::max),
            longest_km: trained().filter_map(|s| s.features.distance_km).fold(0.0, f64::max),
            sessions: apart(&runs),
            hard_minutes: runs.iter().filter(|s| is_hard(s)).map(|s| s.verdict.hardest.minutes).fold(0.0, f64::max),
            late_soreness: runs.iter().any(|s| s.eccentric || s.hard && !kind_of(s).is_taxing()),
            hour: main.and_then(|s| self.started(s)).map(|at| f64::from(at.hour()) + f64::from(at.minute()) / 60.0),
        }
    }

    fn started(&self, session: &Labelled) -> Option<DateTime> {
        Some(self.season.activity(session.parts().next()?).recording.started.datetime())
    }

    /// Hours until a hard session is due, from 0:00 of the first planned day (methods §7.1).
    fn ready_h(&self, start: Date) -> f64 {
        let recent = self.sessions.iter().filter(|s| (1..=EFFORT_DAYS).contains(&days_between(s.session.date, start)));
        let efforts = recent.filter_map(|labelled| {
            let session = TaxingSession {
                effort: effort_of(labelled),
                load: labelled.features.load,
                minutes: labelled.features.duration_min,
                eccentric: labelled.eccentric,
            };
            Some((self.started(labelled)?, session))
        });
        let mut left_h: f64 = 0.0;
        let mut clock: Option<DateTime> = None;
        for (began, session) in efforts {
            let fitness = self.season.daily.morning(began.date()).ctl;
            left_h = session.recovery_h(fitness, self.season.thresholds().age_years, passed(left_h, clock, began));
            clock = Some(began);
        }
        passed(left_h, clock, start.at(0, 0, 0, 0))
    }
}

/// What counts as a run: no walk, no fragment.
fn is_run(session: &Labelled) -> bool {
    match session.verdict.label {
        Label::Walk => session.features.run_share >= LEAST_JOGGED,
        Label::Fragment => false,
        _ => true,
    }
}

/// Hard by its hardest part, whatever its label.
fn is_hard(session: &Labelled) -> bool {
    session.verdict.hardest.kind >= HardestKind::Tempo
}

/// What the planner calls a past session.
fn kind_of(session: &Labelled) -> Kind {
    match session.verdict.label {
        Label::Race => Kind::Race,
        Label::Intervals | Label::Tempo => Kind::Hard,
        Label::Long => Kind::Long,
        _ if is_hard(session) => Kind::Hard,
        Label::Shakeout => Kind::Shakeout,
        Label::Recovery => Kind::Recovery,
        Label::Walk => Kind::WalkJog,
        Label::Fragment => Kind::Rest,
        Label::Easy | Label::Steady | Label::RecoveryTooHard | Label::Unknown => Kind::Easy,
    }
}

fn effort_of(session: &Labelled) -> TaxingEffort {
    match session.verdict.label {
        Label::Race => TaxingEffort::Race,
        Label::Intervals => TaxingEffort::Intervals,
        Label::Tempo => TaxingEffort::Tempo,
        Label::Long => TaxingEffort::Long,
        Label::Steady | Label::RecoveryTooHard => TaxingEffort::Steady,
        Label::Easy | Label::Unknown => TaxingEffort::Easy,
        Label::Recovery | Label::Shakeout | Label::Walk | Label::Fragment => TaxingEffort::Gentle,
    }
}

/// Runs of a day that lie at least three hours apart.
fn apart(runs: &[&Labelled]) -> u8 {
    let mut last_end: Option<i64> = None;
    let mut count = 0;
    for run in runs {
        if last_end.is_none_or(|end| run.session.start_ms - end >= SECOND_RUN_AFTER_MS) {
            count += 1;
        }
        last_end = Some(run.session.end_ms);
    }
    count
}

/// What is left of some hours after the time from `clock` to `now`.
fn passed(left_h: f64, clock: Option<DateTime>, now: DateTime) -> f64 {
    let Some(clock) = clock else { return 0.0 };
    let hours = clock.duration_until(now).as_secs_f64() / 3600.0;
    (left_h - hours.max(0.0)).max(0.0)
}

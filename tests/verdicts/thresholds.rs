//! Thresholds and loads (methods §3, §5).

use super::made::{FIRST, KNOWN, Made, base_season, on, season, season_of, season_on};
use freshlegs::activity::{DeviceSettings, SubSport};
use freshlegs::athlete::{AthleteNote, Basis, Question, Trust};
use freshlegs::checkin::CheckIns;
use freshlegs::label::{Label, Reason, RecoveryPrompt, Rough};
use freshlegs::load::Method;
use freshlegs::plan::{self, Step, WorkoutPart, from_season};
use freshlegs::recording::Recording;
use freshlegs::season::Season;
use jiff::ToSpan;
use std::sync::Arc;

/// So many jogs of about 34 minutes at one effort, every other day; the heart rate at that effort is `bpm`.
fn jogs(count: i64, bpm: f64) -> Vec<Made> {
    let jog = |i: i64| Made { more_bpm: bpm - 139.0, ..Made::run(2 * i, 33 + i % 3, 2.62 + 0.03 * (i % 3) as f64) };
    (0..count).map(jog).collect()
}

fn load_on(season: &Season, day: i64) -> f64 {
    on(season, day).features.load
}

#[test]
fn jogs_at_one_effort_make_no_threshold() {
    for count in [3, 6, 8, 20] {
        for bpm in [139.0, 145.0, 152.0, 160.0, 165.0, 170.0, 175.0] {
            let season = season(&jogs(count, bpm), "");
            let thresholds = season.thresholds();
            assert_eq!(thresholds.heart_rate_max.value, 190.0, "{count} at {bpm}");
            assert_eq!(
                (thresholds.heart_rate_max.trust, thresholds.heart_rate_threshold.trust),
                (Trust::Low, Trust::Low)
            );
            assert_eq!(thresholds.heart_rate_threshold.basis, Basis::OfMax, "{count} at {bpm}");
            assert_eq!(thresholds.questions().first(), Some(&Question::Age));
            for session in season.sessions() {
                let verdict = &session.verdict;
                let gentle = matches!(verdict.label, Label::Easy | Label::Recovery | Label::Steady);
                assert!(gentle, "{count} at {bpm}: {:?} {:?}", verdict.label, verdict.reasons);
                assert!(verdict.confidence < 0.65 && verdict.rough != Some(Rough::Hard), "{verdict:?}");
                assert!(verdict.reasons.contains(&Reason::OnlyDefaults));
            }
        }
    }
}

#[test]
fn jogs_cost_what_jogs_cost() {
    let season = season(&jogs(6, 139.0), "");
    season.sessions().iter().for_each(|s| assert!((22.0..=30.0).contains(&s.features.load), "{}", s.features.load));
}

#[test]
fn jogs_without_a_heart_rate_are_easy() {
    let jogs: Vec<Made> = jogs(20, 139.0).into_iter().map(Made::without_heart_rate).collect();
    for session in season(&jogs, "").sessions() {
        assert!(matches!(session.verdict.label, Label::Easy | Label::Recovery), "{:?}", session.verdict);
        assert!(session.verdict.confidence < 0.65 && session.features.load < 45.0, "{:?}", session.features.load);
    }
}

#[test]
fn an_age_is_a_better_guess() {
    let young = season(&jogs(6, 139.0), "[athlete]\nbirth_year = 2000");
    let thresholds = young.thresholds();
    assert!((thresholds.heart_rate_max.value - 189.8).abs() < 1e-9, "{:?}", thresholds.heart_rate_max);
    assert_eq!(thresholds.heart_rate_max.half_width, 10.0);
    assert_eq!(thresholds.questions().first(), Some(&Question::Max));
    let old = season(&jogs(6, 139.0), "[athlete]\nbirth_year = 1950");
    assert!(load_on(&old, 0) > 1.2 * load_on(&young, 0), "the same jogs are harder work at 76");
}

#[test]
fn jogs_lower_no_formula() {
    for (birth_year, bpm) in [(1966, 150.0), (1951, 139.0)] {
        let season = season(&jogs(8, bpm), &format!("[athlete]\nbirth_year = {birth_year}"));
        let max = season.thresholds().heart_rate_max;
        assert!(matches!(max.basis, Basis::Age { .. }), "born {birth_year}, {bpm} bpm: {max:?}");
        for session in season.sessions() {
            assert!(!session.verdict.hardest.is_hard(), "born {birth_year}, {bpm} bpm: {:?}", session.verdict);
        }
    }
}

#[test]
fn one_jog_that_was_a_little_faster_is_not_hard() {
    let mut runs = jogs(6, 139.0);
    runs.push(Made::run(13, 34, 3.0));
    assert!(!on(&season(&runs, ""), 13).verdict.hardest.is_hard());
}

#[test]
fn a_formula_is_outvoted_by_a_race_above_it() {
    let runs: Vec<Made> = easy_then_race().into_iter().map(|run| Made { more_bpm: 15.0, ..run }).collect();
    let season = season(&runs, "");
    let max = season.thresholds().heart_rate_max;
    assert!((190.5..=198.0).contains(&max.value) && matches!(max.basis, Basis::Held { .. }), "{max:?}");
    assert!((27.0..=36.0).contains(&load_on(&season, 1)), "{}", load_on(&season, 1));
}

#[test]
fn races_of_all_distances_end_weeks_of_easy_running() {
    for (km, mps, label) in
        [(5.03, 4.15, Label::Race), (10.05, 3.92, Label::Race), (21.15, 3.7, Label::Race), (8.0, 4.0, Label::Tempo)]
    {
        let mut runs = base_season(false);
        runs.push(Made::of(76, vec![((1000.0 * km / mps) as i64, mps)]));
        let season = season(&runs, "");
        let speed = season.thresholds().speed_threshold.expect("a speed");
        assert!((3.55..=4.0).contains(&speed.value), "{km} km: {speed:?}");
        assert_eq!(on(&season, 76).verdict.label, label, "{km} km: {:?}", on(&season, 76).verdict);
    }
}

#[test]
fn what_goes_up_a_mountain_sets_no_pace() {
    let climb =
        Made { sub_sport: SubSport::Trail, bpm: Some(|_| 164.0), cadence_spm: Some(118.0), ..Made::run(0, 150, 1.0) };
    let flat = (1..8).map(|i| Made::run(3 * i, 40, 2.75));
    let season = season(&std::iter::once(climb).chain(flat).collect::<Vec<_>>(), KNOWN);
    for session in &season.sessions()[1..] {
        assert!(!session.verdict.hardest.is_hard(), "{:?}", session.verdict);
    }
}

#[test]
fn standing_at_red_lights_slows_nobody_down() {
    let lights = |i: i64| Made::of(2 * i, [(300, 2.65), (40, 0.01)].repeat(6));
    let speed = season(&(0..6).map(lights).collect::<Vec<_>>(), "").thresholds().speed_threshold.expect("a speed");
    assert!((3.0..=3.3).contains(&speed.value), "{speed:?}");
}

#[test]
fn form_is_not_spoken_of_before_it_means_something() {
    let season = season(&jogs(10, 139.0), "");
    let low_form = |s: &freshlegs::label::Labelled| matches!(s.context.prompt, RecoveryPrompt::LowForm { .. });
    assert!(!season.sessions().iter().any(low_form));
}

/// Ten weeks of easy running, then a race of 10 km at about 180 bpm.
fn easy_then_race() -> Vec<Made> {
    let mut runs = base_season(false);
    runs.push(Made { day: 76, ..Made::of(76, vec![(2570, 3.92)]) });
    runs
}

#[test]
fn one_race_after_weeks_of_easy_running_is_believed() {
    let season = season(&easy_then_race(), "");
    let thresholds = season.thresholds();
    assert!(thresholds.heart_rate_max.value >= 180.0);
    let race = on(&season, 76);
    assert!(race.features.heart_rate_mean_bpm.is_some_and(|bpm| (bpm - 178.0).abs() < 2.0), "{:?}", race.features);
    let asked = race.verdict.reasons.iter().any(|r| matches!(r, Reason::WasThisARace { .. }));
    assert!(race.verdict.label == Label::Race || asked, "{:?}", race.verdict);
    for session in &season.sessions()[..40] {
        let verdict = &session.verdict;
        assert!(matches!(verdict.label, Label::Easy | Label::Recovery | Label::Long | Label::Shakeout), "{verdict:?}");
    }
    assert!((27.0..=36.0).contains(&load_on(&season, 1)), "{}", load_on(&season, 1));
}

#[test]
fn a_watch_setting_nobody_has_is_ignored_and_said() {
    let settings = DeviceSettings {
        heart_rate_max_bpm: Some(185.0),
        heart_rate_threshold_bpm: Some(46.0),
        ..DeviceSettings::default()
    };
    let season = season(&[Made { settings, ..Made::run(0, 38, 2.45) }], "");
    let thresholds = season.thresholds();
    assert_eq!(thresholds.heart_rate_max.value, 185.0);
    assert!((thresholds.heart_rate_threshold.value - 166.5).abs() < 1e-9);
    assert!(thresholds.notes.contains(&AthleteNote::ThresholdIgnored { bpm: 46.0, max_bpm: 185.0 }));
    assert_eq!(on(&season, 0).verdict.label, Label::Easy);
    assert!((20.0..=31.0).contains(&load_on(&season, 0)), "{}", load_on(&season, 0));
}

#[test]
fn settings_that_two_runs_exceed_are_raised() {
    let hard = |day| Made::of(day, vec![(600, 2.7), (1500, 4.2), (300, 2.7)]);
    let mut runs = base_season(false);
    runs.extend([hard(72), hard(79)]);
    let raised = season(&runs, "[athlete]\nheart_rate_max_bpm = 178");
    let max = raised.thresholds().heart_rate_max;
    assert!((186.0..=190.0).contains(&max.value) && max.trust == Trust::Medium, "{max:?}");
    assert!(raised.thresholds().notes.iter().any(|note| matches!(note, AthleteNote::GivenMaxExceeded { .. })));
    let settings = DeviceSettings { heart_rate_max_bpm: Some(178.0), ..DeviceSettings::default() };
    let on_watch: Vec<Made> = runs.into_iter().map(|run| Made { settings, ..run }).collect();
    let season = season(&on_watch, "");
    assert!((186.0..=190.0).contains(&season.thresholds().heart_rate_max.value), "{:?}", season.thresholds());
    assert!(season.thresholds().notes.iter().any(|note| matches!(note, AthleteNote::WatchMaxExceeded { .. })));
}

#[test]
fn hard_days_show_a_low_maximum() {
    // This runner's heart beats 20 times fewer at every pace.
    let lower = |run: Made| Made { more_bpm: -20.0, ..run };
    let mut runs: Vec<Made> = base_season(true).into_iter().map(lower).collect();
    runs.extend([70, 77].map(|day| lower(Made::of(day, vec![(900, 2.7), (1300, 4.0)]).titled("5k race"))));
    let season = season(&runs, "");
    let max = season.thresholds().heart_rate_max;
    assert!((160.0..=166.0).contains(&max.value) && max.trust == Trust::Medium, "{max:?}");
    assert_eq!(max.half_width, 4.0);
}

#[test]
fn a_new_medicine_is_noticed() {
    let later = base_season(true).into_iter().map(|run| Made { day: run.day + 70, more_bpm: -18.0, ..run });
    let runs: Vec<Made> = base_season(true).into_iter().chain(later).collect();
    let season = season(&runs, "");
    let thresholds = season.thresholds();
    let changed = thresholds.notes.iter().find_map(|note| match note {
        AthleteNote::Changed { since, by_bpm } => Some((*since, *by_bpm)),
        _ => None,
    });
    let (since, by_bpm) = changed.expect("a change");
    assert!((since - FIRST.saturating_add(71.days())).get_days().abs() <= 7, "{since}");
    assert!((-20.0..=-14.0).contains(&by_bpm), "{by_bpm}");
    assert_eq!(thresholds.heart_rate_threshold.trust, Trust::Low);
    assert!(matches!(thresholds.questions()[0], Question::Change { .. }));
    assert!(season_on(&base_season(true), "", 71).thresholds().notes.is_empty(), "nothing changed before");
}

#[test]
fn a_heart_rate_that_says_nothing_is_not_used() {
    let season = season(&base_season(true), "[athlete]\nheart_rate = \"off\"");
    assert!(season.thresholds().notes.contains(&AthleteNote::HeartRateOff));
    for (activity, session) in season.runs() {
        assert_eq!(activity.load.method, Method::Pace);
        assert_eq!(session.features.heart_rate_mean_bpm, None);
    }
    // Nor is anybody told one.
    let inputs = from_season::inputs(&season, &[]);
    let plan = plan::plan(&inputs, 14);
    let limits = |step: &Step| step.heart_rate_ceiling_bpm;
    for day in &plan.days {
        let in_steps = day.steps.iter().find_map(|part| match part {
            WorkoutPart::Step(step) => limits(step),
            WorkoutPart::Repeat { steps, .. } => steps.iter().find_map(limits),
        });
        assert_eq!((day.heart_rate_ceiling_bpm, in_steps), (None, None), "{}", day.date);
    }
    assert!(plan.days.iter().any(|day| day.pace_ceiling_s_per_km.is_some()));
    assert!(plan.notes.iter().any(|note| note.to_string().contains("effort comes first")));
    let tempos = season.sessions().iter().filter(|s| s.verdict.label == Label::Tempo).count();
    assert!(tempos >= 8, "{tempos} of 10 tempo runs are found by contrast");
}

#[test]
fn a_check_in_says_how_hard_a_run_felt_that_nothing_else_measured() {
    let blind = |day| Made { sub_sport: SubSport::Treadmill, ..Made::run(day, 60, 2.8).without_heart_rate() };
    // A treadmill that tells no distance.
    let record = |run: &Made| {
        let mut recording = run.recording();
        if run.bpm.is_none() {
            Arc::make_mut(&mut recording.digest).ngp_mps = None;
        }
        recording
    };
    let asked = |day| Made { minute: 18 * 60, ..blind(day) };
    let check_ins = CheckIns::parse(b"date,effort\n2026-03-02,3\n2026-03-04,7\n2026-03-06,9\n");
    let runs = [blind(0), blind(2), asked(2), Made::run(4, 60, 2.8)];
    let recordings = Recording::felt(runs.iter().map(record).collect(), &check_ins);
    let season = season_of(recordings, KNOWN, 6);
    let loads: Vec<(Method, f64)> =
        season.activities().iter().map(|a| (a.load.method, a.load.points.round())).collect();
    assert_eq!(loads[0], (Method::Rpe, 40.0), "an hour at 3 of 10");
    assert_eq!([loads[1].0, loads[2].0], [Method::Duration; 2], "nobody knows which of the two it was");
    assert_eq!(loads[3].0, Method::HeartRate, "a heart rate is the better measure");
    assert_eq!(on(&season, 4).features.rpe, Some(9.0));
}

#[test]
fn nobody_holds_the_pace_of_a_bicycle_for_an_hour() {
    let runs = |extra: Option<Made>| season(&base_season(true).into_iter().chain(extra).collect::<Vec<_>>(), KNOWN);
    let ridden = Made { bpm: Some(|_| 150.0), ..Made::run(71, 60, 6.7) };
    let speed = |season: &Season| season.athlete.at(FIRST.saturating_add(71.days())).speed_mps();
    let [ridden, run] = [ridden, Made::run(71, 60, 2.7)].map(|last| speed(&runs(Some(last))).expect("a speed"));
    assert!((ridden - run).abs() < 0.01, "{ridden} and {run} m/s");
}

#[test]
fn lost_heart_rate_makes_no_step() {
    let loads: Vec<f64> = [1.0, 0.82, 0.79]
        .map(|lost_from| season(&[Made { lost_from, ..Made::run(0, 60, 2.8) }], KNOWN))
        .iter()
        .map(|season| load_on(season, 0))
        .collect();
    for load in &loads {
        assert!((load / loads[0] - 1.0).abs() <= 0.02, "{loads:?}");
    }
}

#[test]
fn threshold_speed_is_more_than_ones_easy_pace() {
    let easy = season(&base_season(false), KNOWN);
    let speed = easy.thresholds().speed_threshold.expect("a speed");
    assert_eq!(speed.trust, Trust::Low);
    assert!((3.2..=3.5).contains(&speed.value), "{speed:?}");
    let trained = season(&base_season(true), KNOWN);
    let speed = trained.thresholds().speed_threshold.expect("a speed");
    // LTHR 168 is reached at 3.6 m/s.
    assert!(speed.trust == Trust::Medium && (3.4..=3.7).contains(&speed.value), "{speed:?}");
}

#[test]
fn a_history_begins_with_its_own_load() {
    let season = season(&base_season(false), KNOWN);
    let days = season.days();
    assert!(days[..42].iter().all(|day| day.warming_up) && !days[42].warming_up);
    assert!(days[0].fitness > 15.0 && days.windows(2).all(|d| (d[1].fitness - d[0].fitness).abs() < 2.0));
    let one = season_on(&[Made::run(0, 60, 2.8)], KNOWN, 1);
    assert!(one.days()[0].fitness < 5.0, "one run is not a fitness");
}

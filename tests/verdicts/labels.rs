//! Labels with their evidence (methods §6).

use super::made::{KNOWN, Made, base_season, on, season};
use freshlegs::activity::{DeviceSettings, Flag, Intensity, Sport, SubSport, Told};
use freshlegs::intent::Purpose;
use freshlegs::label::{Agreement, Criterion, HardestKind, Label, Labelled, Measure, Reason, Role, Spoil};
use freshlegs::season::Season;

/// The base season with one more run, two days after its last.
fn with(run: Made) -> Season {
    let mut runs = base_season(true);
    runs.push(Made { day: 71, ..run });
    season(&runs, KNOWN)
}

fn judged(run: Made) -> Labelled {
    on(&with(run), 71).clone()
}

#[test]
fn a_season_of_its_own() {
    let season = with(Made::run(71, 40, 2.72));
    let count = |label: Label| season.sessions().iter().filter(|s| s.verdict.label == label).count();
    assert_eq!((count(Label::Tempo), count(Label::Long)), (10, 10));
    assert_eq!(count(Label::Easy) + count(Label::Recovery), 21);
    for day in [5, 12, 19, 26, 33, 40, 47, 54, 61, 68] {
        let short = on(&season, day);
        assert!(day < 30 || short.verdict.label == Label::Recovery, "{day}: {:?}", short.verdict);
    }
}

#[test]
fn words_make_no_race() {
    for title in [
        "Berlin Marathon Block: easy 8k",
        "Not a recovery run",
        "Race day shakeout",
        "Grace Park terrace loop",
        "Marathon week 3 - easy",
        "10 km race",
        "Wettkampf",
        "Gara",
        "Carrera de mañana",
        "レース",
    ] {
        let run = judged(Made::run(0, 40, 2.72).titled(title));
        assert!(matches!(run.verdict.label, Label::Easy | Label::Recovery), "{title}: {:?}", run.verdict);
        assert_eq!(run.verdict.race_km, None, "{title}");
    }
    let called = judged(Made::run(0, 40, 2.72).titled("10 km race"));
    assert!(called.verdict.reasons.iter().any(|r| matches!(r, Reason::NoRaceByData { .. })), "{called:?}");
}

#[test]
fn what_was_raced_is_a_race_with_or_without_a_title() {
    let race = |title| {
        let run = Made::of(0, vec![(2720, 3.7)]);
        judged(Made { title, ..run })
    };
    for title in [None, Some("City 10k race"), Some("Morning run")] {
        let run = race(title);
        assert_eq!(run.verdict.label, Label::Race, "{title:?}: {:?}", run.verdict);
        assert_eq!(run.verdict.hardest.kind, HardestKind::Race);
    }
    // Stated but with a hard heart rate at a modest pace: a hilly one.
    let hilly = judged(Made { more_bpm: 25.0, ..Made::run(0, 50, 3.0) }.titled("Hill race"));
    assert_eq!(hilly.verdict.label, Label::Race);
}

#[test]
fn jogs_of_a_race_distance_are_no_races() {
    let jogs = |metres: f64| -> Vec<Made> {
        let jog = |i: i64| Made::of(2 * i, vec![((metres / 2.78) as i64 + 10 * i, 2.78)]);
        (0..12).map(jog).collect()
    };
    for (metres, profile) in [(5_000.0, KNOWN), (5_200.0, KNOWN), (10_050.0, KNOWN), (21_150.0, KNOWN), (5_000.0, "")] {
        let season = season(&jogs(metres), profile);
        for session in season.sessions() {
            assert_ne!(session.verdict.label, Label::Race, "{metres}: {:?}", session.verdict);
            assert!(!session.verdict.hardest.is_hard(), "{metres}: {:?}", session.verdict);
        }
    }
}

#[test]
fn a_true_heart_rate_near_the_cadence_is_believed() {
    let steps = |spm: f64| -> Vec<Made> {
        base_season(true).into_iter().map(|run| Made { cadence_spm: Some(spm), ..run }).collect()
    };
    let (near, far) = (season(&steps(171.0), ""), season(&steps(186.0), ""));
    assert!(near.thresholds().heart_rate_max.value >= 170.0, "{:?}", near.thresholds());
    for season in [near, far] {
        let tempos = season.sessions().iter().filter(|s| s.verdict.label == Label::Tempo).count();
        assert_eq!(tempos, 10);
        for session in season.sessions() {
            let label = session.verdict.label;
            let is_right = matches!(label, Label::Tempo | Label::Long | Label::Easy | Label::Recovery);
            assert!(is_right, "{}: {:?}", session.session.date, session.verdict);
        }
    }
}

#[test]
fn a_watch_set_right_shows_the_first_tempo_runs() {
    // 168 bpm, which is what the watch was set to.
    let tempo = |day| Made::of(day, vec![(780, 2.7), (1200, 3.6), (720, 2.7)]);
    let settings = DeviceSettings { heart_rate_threshold_bpm: Some(168.0), ..DeviceSettings::default() };
    let runs = base_season(true).into_iter().map(|run| if run.parts.len() == 3 { tempo(run.day) } else { run });
    let runs: Vec<Made> = runs.map(|run| Made { settings, ..run }).collect();
    let found = season(&runs, "");
    let sessions = found.sessions();
    let called = |label: Label| sessions.iter().filter(move |s| s.verdict.label == label);
    // With four runs before it nothing is usual yet.
    assert!(
        called(Label::Tempo).count() >= 9,
        "{:?}",
        called(Label::Tempo).map(|s| s.session.date).collect::<Vec<_>>()
    );
    assert!(called(Label::Tempo).all(|s| s.features.effort.hard_s.max(s.features.effort.hard_by_watch_s) >= 480.0));

    // Set too low by its half-width, it calls nobody's usual running hard.
    let settings = DeviceSettings { heart_rate_threshold_bpm: Some(160.0), ..DeviceSettings::default() };
    let jogs: Vec<Made> =
        (0..14).map(|n| Made { settings, ..Made::run(2 * n, 40, 3.0 + 0.02 * (n % 3) as f64) }).collect();
    assert!(season(&jogs, "").sessions().iter().all(|s| s.verdict.label != Label::Tempo));
}

#[test]
fn a_locked_heart_rate_makes_no_tempo_run() {
    // For a quarter of an hour the sensor counts the steps, which are as many as the threshold has beats.
    let locked = |i: i64| Made::run(2 * i, 40, 2.75).locked(600..1500, 168.0);
    for profile in [KNOWN, ""] {
        let season = season(&(0..12).map(locked).collect::<Vec<_>>(), profile);
        for session in season.sessions() {
            assert!(!session.verdict.hardest.is_hard(), "{:?}", session.verdict);
            assert!((30.0..=37.0).contains(&session.features.load), "{}", session.features.load);
        }
    }
}

#[test]
fn who_never_runs_walks() {
    let walk = |mps: f64, spm: f64| Made { cadence_spm: Some(spm), bpm: Some(|_| 100.0), ..Made::run(0, 50, mps) };
    for (mps, spm) in [(1.2, 100.0), (1.45, 112.0), (1.7, 118.0), (1.9, 132.0)] {
        let season = season(&[walk(mps, spm)], KNOWN);
        assert_eq!(season.sessions()[0].verdict.label, Label::Walk, "{mps} m/s: {:?}", season.sessions()[0].verdict);
    }
    assert_eq!(season(&[walk(1.75, 156.0)], KNOWN).sessions()[0].verdict.label, Label::Easy, "a slow jog");
}

#[test]
fn words_accuse_nobody_who_did_not_mean_it() {
    // Above easy throughout: too hard for a recovery run, if it had been meant as one.
    let said = |title| judged(Made::run(0, 38, 3.2).titled(title)).verdict.label;
    for title in [
        "Kein Regenerationslauf",
        "No recovery run today",
        "pas une course de récupération",
        "Naherholungsgebiet Runde",
    ] {
        assert_eq!(said(title), Label::Steady, "{title}");
    }
    assert_eq!(said("No watch, recovery run"), Label::RecoveryTooHard);
}

#[test]
fn a_mountain_race_is_no_walk() {
    // 9 km in two and a half hours, at a hiker's steps and a racer's heart rate.
    let climb =
        Made { sub_sport: SubSport::Trail, bpm: Some(|_| 164.0), cadence_spm: Some(118.0), ..Made::run(0, 150, 1.0) };
    let run = season(&[climb], KNOWN).sessions()[0].clone();
    assert!(run.hard && matches!(run.verdict.label, Label::Tempo | Label::Long | Label::Race), "{:?}", run.verdict);
    let stroll = Made { bpm: Some(|_| 95.0), sport: Sport::Unknown, ..Made::run(0, 60, 1.3) };
    let recordings = season(&[stroll], KNOWN);
    assert!(recordings.sessions().iter().all(|s| s.verdict.label == Label::Walk));
}

#[test]
fn intervals_need_contrast() {
    let intervals = judged(Made::repetitions(0, 6, 120, 4.0, 2.4));
    assert_eq!(intervals.verdict.label, Label::Intervals, "{:?}", intervals.verdict);
    assert_eq!(intervals.verdict.hardest.kind, HardestKind::Repetitions);
    assert!((intervals.verdict.hardest.minutes - 12.0).abs() < 1.5, "{:?}", intervals.verdict.hardest);
    let standing = Made::of(0, [vec![(600, 2.6)], [(120, 4.0), (90, 0.0)].repeat(6), vec![(600, 2.6)]].concat());
    assert_eq!(judged(standing).verdict.label, Label::Intervals);
    let strides = judged(Made::of(0, [vec![(1500, 2.7)], [(20, 4.5), (60, 2.5)].repeat(6)].concat()));
    assert_eq!((strides.verdict.label, strides.verdict.hardest.kind), (Label::Easy, HardestKind::Strides));
    // A tempo run at a red-lit pace: no recovery between.
    let tempo = judged(Made::of(0, [vec![(600, 2.6)], [(300, 3.7), (30, 3.3)].repeat(5)].concat()));
    assert_eq!(tempo.verdict.label, Label::Tempo, "{:?}", tempo.verdict);
}

#[test]
fn the_jogs_between_walks_are_no_intervals() {
    let walk_jog = |i: i64| {
        let parts = [vec![(300, 1.5)], [(60, 2.3), (120, 1.5)].repeat(10), vec![(120, 1.5)]].concat();
        Made { cadence_spm: None, ..Made::of(2 * i, parts) }
    };
    let season = season(&(0..10).map(walk_jog).collect::<Vec<_>>(), "");
    for session in season.sessions() {
        assert!(!session.verdict.hardest.is_hard(), "{:?}", session.verdict);
    }
}

#[test]
fn a_long_run_with_a_fast_finish_stays_long_and_counts_as_hard() {
    let run = judged(Made::of(0, vec![(4500, 2.7), (800, 3.8)]));
    assert_eq!((run.verdict.label, run.verdict.hardest.kind), (Label::Long, HardestKind::Tempo), "{:?}", run.verdict);
    assert!((10.0..=15.0).contains(&run.verdict.hardest.minutes) && run.hard, "{:?}", run.verdict.hardest);
    // With a third of it hard it is a tempo run, however long.
    assert_eq!(judged(Made::of(0, vec![(3000, 2.7), (2400, 3.7)])).verdict.label, Label::Tempo);
    assert_eq!(judged(Made::run(0, 55, 2.7)).verdict.label, Label::Easy, "not long");
    assert_eq!(judged(Made::run(0, 50, 2.7).titled("Long run")).verdict.label, Label::Easy, "a word makes none long");
}

#[test]
fn too_hard_is_said_only_of_what_was_meant_as_a_recovery_run() {
    // 158 bpm: above the first threshold throughout, and easy to hold for 35 minutes.
    let harder = || Made::run(0, 35, 3.2);
    let plain = judged(harder());
    assert!(matches!(plain.verdict.label, Label::Easy | Label::Steady), "{:?}", plain.verdict);
    let meant = judged(harder().titled("Recovery run"));
    assert_eq!(meant.verdict.label, Label::RecoveryTooHard, "{:?}", meant.verdict);
    assert_eq!(meant.verdict.as_stated, Some((Purpose::Recovery, false)));
    let with_tempo = judged(Made::of(0, vec![(600, 2.7), (900, 3.8)]).titled("Regenerationslauf"));
    assert_eq!(with_tempo.verdict.label, Label::RecoveryTooHard);
    assert!(with_tempo.hard && with_tempo.verdict.hardest.kind == HardestKind::Tempo, "{:?}", with_tempo.verdict);
    let only_long = judged(Made::run(0, 70, 2.45).titled("Footing de récupération"));
    assert_eq!(only_long.verdict.label, Label::Easy, "too long is not too hard: {:?}", only_long.verdict);
    let good = judged(Made::run(0, 32, 2.45).titled("リカバリーラン"));
    assert_eq!((good.verdict.label, good.verdict.as_stated), (Label::Recovery, Some((Purpose::Recovery, true))));
}

/// A run of which the service's list says something.
fn flagged(run: Made, flag: Flag) -> Made {
    Made { told: Told { flag: Some(flag), ..Told::default() }, ..run }
}

#[test]
fn flags_and_workouts_say_what_was_meant_and_no_more() {
    let gentle = || Made::run(0, 32, 2.45);
    let recovery = judged(flagged(gentle(), Flag::Recovery));
    assert_eq!(
        (recovery.verdict.label, recovery.verdict.as_stated),
        (Label::Recovery, Some((Purpose::Recovery, true)))
    );
    let raced = judged(flagged(gentle(), Flag::Competition));
    assert!(raced.verdict.label != Label::Race && raced.verdict.as_stated == Some((Purpose::Race, false)));
    let too_hard = judged(flagged(Made::run(0, 35, 3.2), Flag::Recovery));
    assert_eq!(too_hard.verdict.label, Label::RecoveryTooHard);
    // The watch is a stronger voice than the title.
    let steps = vec![Intensity::WarmUp, Intensity::Recovery, Intensity::CoolDown];
    let told = Told { workout: Some("Wednesday".into()), steps, ..Told::default() };
    let by_watch = judged(Made { told, ..Made::run(0, 35, 3.2).titled("Tempo") });
    assert_eq!(by_watch.verdict.label, Label::RecoveryTooHard, "{:?}", by_watch.verdict);
    let steps = [Intensity::Interval, Intensity::Recovery].repeat(4);
    let hard = judged(Made { told: Told { steps, ..Told::default() }, ..Made::repetitions(0, 4, 180, 4.0, 2.4) });
    assert_eq!((hard.verdict.label, hard.verdict.as_stated), (Label::Intervals, Some((Purpose::Hard, true))));
}

#[test]
fn agreement_is_counted_by_purpose() {
    let mut runs = base_season(true);
    for (day, run) in [(71, Made::run(0, 32, 2.45)), (72, Made::run(0, 35, 3.2)), (73, Made::run(0, 30, 2.4))] {
        runs.push(flagged(Made { day, ..run }, Flag::Recovery));
    }
    let season = season(&runs, KNOWN);
    let agreement = Agreement::of(season.sessions().iter());
    assert_eq!(agreement, [Agreement { purpose: Purpose::Recovery, agree: 2, of: 3 }]);
    assert_eq!(agreement[0].to_string(), "recovery runs 2 of 3");
}

#[test]
fn heat_accuses_nobody_by_heart_rate_alone() {
    let slow_and_high = |air_c| {
        let told = Told { flag: Some(Flag::Recovery), air_c, ..Told::default() };
        judged(Made { told, more_bpm: 22.0, ..Made::run(0, 32, 2.5) }).verdict
    };
    assert_eq!(slow_and_high(Some(12.0)).label, Label::RecoveryTooHard);
    let hot = slow_and_high(Some(29.0));
    assert!(matches!(hot.label, Label::Easy | Label::Steady) && hot.borderline, "{hot:?}");
    assert!(hot.reasons.contains(&Reason::Hot { air_c: 29.0 }));
}

#[test]
fn far_up_a_pace_says_something_else() {
    let high = judged(Made { altitude_m: 2400.0, ..Made::run(0, 40, 2.2) });
    assert_eq!(high.features.speed_mps, None);
    let is_said = |r: &Reason| matches!(r, Reason::HighUp { .. });
    assert!(high.verdict.reasons.iter().any(is_said), "{:?}", high.verdict.reasons);
    assert!(judged(Made { altitude_m: 700.0, ..Made::run(0, 40, 2.2) }).features.speed_mps.is_some());
}

#[test]
fn walk_breaks_help_who_cannot_jog_slowly_enough() {
    // Every jog of this runner is above the ceiling; walking is not.
    let high = |run: Made| Made { bpm: Some(|mps| if mps > 2.0 { 156.0 } else { 112.0 }), ..run };
    let mut runs: Vec<Made> =
        (0..10).map(|i| high(Made::of(2 * i, vec![(300, 1.5), (1500, 2.3), (120, 1.5)]))).collect();
    runs.push(high(flagged(Made::of(20, vec![(1500, 2.3)]), Flag::Recovery)));
    let season = season(&runs, KNOWN);
    let verdict = &on(&season, 20).verdict;
    assert_eq!(verdict.label, Label::RecoveryTooHard, "{verdict:?}");
    let breaks = verdict.reasons.iter().find(|r| matches!(r, Reason::WalkBreaks { .. })).expect("walk breaks");
    assert!(breaks.to_string().contains("min jog, "), "{breaks}");
    assert!(!verdict.reasons.iter().any(|r| matches!(r, Reason::Spoilt(Spoil::HeartRateOver { .. }))));
}

#[test]
fn the_day_after_something_hard_asks_for_a_recovery_run() {
    let mut runs = base_season(true);
    // The evening before: a tempo run.
    runs.push(Made { minute: 18 * 60, ..Made::of(70, vec![(600, 2.7), (1500, 3.7), (600, 2.7)]) });
    runs.push(Made { more_bpm: 22.0, ..Made::run(71, 28, 2.6) });
    let season = season(&runs, KNOWN);
    assert_eq!(on(&season, 71).verdict.label, Label::RecoveryTooHard, "{:?}", on(&season, 71).verdict);
}

#[test]
fn nobody_has_recovery_runs_by_accident() {
    // Every easy hour of this runner is the same, and far below every limit.
    let runs: Vec<Made> = (0..24).map(|i| Made { more_bpm: -25.0, ..Made::run(2 * i, 45, 2.8) }).collect();
    let season = season(&runs, KNOWN);
    for session in &season.sessions()[6..] {
        assert_eq!(session.verdict.label, Label::Easy, "{:?}", session.verdict);
    }
}

#[test]
fn a_rule_of_another_school_judges_differently() {
    let run = |rule: &str| {
        let mut runs = base_season(true);
        runs.push(Made::run(71, 30, 2.72));
        let season = season(&runs, &format!("{KNOWN}\n[model]\n{rule}"));
        (on(&season, 71).context.ceiling_bpm.round(), on(&season, 71).verdict.score.points)
    };
    let (balanced, friel, daniels) = (run(""), run("recovery_rule = \"friel\""), run("recovery_rule = \"daniels\""));
    assert_eq!((balanced.0, friel.0, daniels.0), (144.0, 143.0, 148.0));
    assert!(daniels.1 > balanced.1 - 1e-9);
    assert!(run("least_score = 99").1 == balanced.1, "a limit moves no score");
    assert!(run("ceiling_of_threshold = 0.70\nceiling_of_maximum = 0\nceiling_of_reserve = 0").1 < balanced.1);
}

#[test]
fn the_evidence_adds_up_to_the_score() {
    let run = judged(Made::run(0, 35, 2.6));
    let score = &run.verdict.score;
    let points: f64 = score
        .evidence
        .iter()
        .map(|e| match e.role {
            Role::Scored { points, met, weight } => {
                assert!((0.0..=1.0).contains(&met) && weight > 0.0);
                points
            }
            Role::Gate { .. } => panic!("a gate in the score"),
        })
        .sum();
    assert!((points - score.points).abs() < 1e-9, "{points} for {}", score.points);
    for criterion in Criterion::ALL {
        assert!(score.value(criterion).is_some(), "{criterion} is missing");
    }
    let heart = score.evidence.iter().find(|e| e.measure == Measure::HeartRateToCeiling).expect("a heart rate");
    assert!((heart.margin - (heart.limit - heart.value)).abs() < 1e-9 && heart.half_width > 0.0);
    assert!(heart.interval().0 < heart.limit && heart.limit < heart.interval().1);
    for gate in &run.verdict.gates {
        assert!(matches!(gate.role, Role::Gate { passed: true }), "{gate:?}");
        assert!(gate.margin >= 0.0 || gate.criterion == Criterion::Intensity);
    }
}

#[test]
fn sentences_hold_no_nonsense() {
    let season = with(Made::run(71, 35, 2.6));
    for session in season.sessions() {
        assert!(!session.verdict.reasons.is_empty(), "{:?}", session.verdict.label);
        for reason in &session.verdict.reasons {
            let sentence = reason.to_string();
            assert!(!sentence.contains("NaN") && !sentence.contains("inf") && !sentence.is_empty(), "{sentence}");
        }
    }
}

#[test]
fn parts_of_a_session_are_judged_together() {
    let mut runs = base_season(true);
    let at = |minute, run: Made| Made { day: 71, minute, ..run };
    runs.extend([at(420, Made::run(0, 12, 2.5)), at(440, Made::run(0, 25, 3.8)), at(475, Made::run(0, 12, 2.4))]);
    let season = season(&runs, KNOWN);
    let session = on(&season, 71);
    assert_eq!(session.parts().count(), 3);
    assert!(matches!(session.verdict.label, Label::Tempo | Label::Race), "{:?}", session.verdict);
}

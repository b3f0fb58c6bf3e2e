//! Promises the planner keeps for every runner.

use jiff::{ToSpan, civil::date};
use proptest::{collection::vec, option, prelude::*};

use super::*;
use race::{race_days, race_stage};

const DAYS: usize = 28;

fn any_kind() -> impl Strategy<Value = Kind> {
    use Kind::{CrossTrain, Easy, Hard, Long, Race, Recovery, Rest, Shakeout, WalkJog};
    prop::sample::select(vec![Rest, Recovery, Easy, Long, Hard, WalkJog, CrossTrain, Shakeout, Race])
}

fn any_weekday() -> impl Strategy<Value = Option<jiff::civil::Weekday>> {
    option::of((0_i8..7).prop_map(|day| jiff::civil::Weekday::from_monday_zero_offset(day).unwrap()))
}

prop_compose! {
    fn any_preferences()(
        rest_day in any_weekday(),
        busy_day in any_weekday(),
        long_day in any_weekday(),
        unavailable in vec(0_i32..28, 0..6),
        max_runs in option::of(0_u32..9),
        max_consecutive in option::of(0_u32..9),
        max_hard in option::of(0_u32..5),
    ) -> Preferences {
        let unavailable = unavailable.into_iter().map(|day| start() + day.days()).collect();
        Preferences { rest_day, busy_day, long_day, unavailable, max_runs, max_consecutive, max_hard }
    }
}

prop_compose! {
    fn any_check_in()(
        soreness in option::of(0.0..10.0),
        sleep_h in option::of(0.0..12.0),
        motivation in option::of(1_u8..6),
        ill in prop::bool::weighted(0.05),
        pain in prop::bool::weighted(0.05),
    ) -> CheckIn {
        CheckIn { soreness, sleep_h, motivation, ill, pain }
    }
}

prop_compose! {
    fn any_usual()(
        easy_min in option::of(-10.0..120.0),
        long_min in option::of(0.0..400.0),
        hard_min in option::of(10.0..120.0),
        longest_30d_min in option::of(0.0..400.0),
        easy in option::of(20.0..90.0),
        hard in option::of(20.0..120.0),
    ) -> Usual {
        let load_per_h = LoadPerHour { easy, hard, ..LoadPerHour::default() };
        Usual { easy_min, long_min, hard_min, longest_30d_min, load_per_h }
    }
}

prop_compose! {
    fn any_history()(
        fitness in vec(0.0..150.0, 0..10),
        fatigue in 0.0..250.0,
        history in vec((any_kind(), 0.0..300.0), 0..10),
        residual_h in -5.0..120.0,
        days_since_long in option::of(0_u32..40),
        days_since_hard in option::of(0_u32..40),
        runs_per_week in vec(0_u32..10, 0..5),
        races in vec((-40_i32..30, -1.0..120.0), 0..4),
    ) -> State {
        State {
            start: start(),
            fitness,
            fatigue,
            history: history.into_iter().map(|(kind, load)| PastDay { kind, load }).collect(),
            residual_h,
            days_since_long,
            days_since_hard,
            runs_per_week,
            races: races.into_iter().map(|(day, distance_km)| Race { date: start() + day.days(), distance_km }).collect(),
            ..State::default()
        }
    }
}

prop_compose! {
    fn any_state()(
        history in any_history(),
        preferences in any_preferences(),
        check_in in any_check_in(),
        usual in any_usual(),
        level in prop::sample::select(vec![Level::Green, Level::Amber, Level::Red]),
        age_years in option::of(10.0..90.0),
        threshold_mps in option::of(1.5..6.5),
    ) -> State {
        State { preferences, check_in, usual, level, age_years, threshold_mps, ..history }
    }
}

fn start() -> Date {
    date(2026, 3, 2)
}

/// Days after each race that is over by `day`: (distance, days).
fn races_before(state: &State, day: &PlannedDay) -> Vec<(f64, u32)> {
    let days = |race: &Race| (day.date - race.date).get_days();
    let real = state.races.iter().filter(|race| race.distance_km > 0.0 && days(race) > 0);
    real.map(|race| (race.distance_km, days(race) as u32)).collect()
}

/// How much each kind asks of the legs, for comparing a day with the protocol.
fn demand(kind: Kind) -> u8 {
    use Kind::{CrossTrain, Easy, Hard, Long, Race, Recovery, Rest, Shakeout, WalkJog};
    let order = [Rest, CrossTrain, WalkJog, Shakeout, Recovery, Easy, Long, Hard, Race];
    order.iter().position(|k| *k == kind).unwrap() as u8
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn every_day_has_a_date_a_reason_and_finite_numbers(state in any_state()) {
        let days = plan(&state, DAYS);
        prop_assert_eq!(days.len(), DAYS);
        for (index, day) in (0_i32..).zip(&days) {
            prop_assert_eq!(day.date, start() + index.days());
            prop_assert!(!day.reasons.is_empty());
            prop_assert!(day.reasons.iter().all(|reason| !reason.to_string().is_empty()));
            let numbers = [day.minutes, day.load, day.fitness, day.fatigue, day.form, day.residual_h];
            prop_assert!(numbers.iter().all(|n| n.is_finite()), "{day:?}");
            prop_assert!(day.minutes >= 0.0 && (day.kind == Kind::Rest) == (day.minutes == 0.0), "{day:?}");
            prop_assert!((0.0..=96.0).contains(&day.residual_h));
        }
        prop_assert_eq!(days, plan(&state, DAYS));
    }

    #[test]
    fn hard_days_are_spaced_and_counted(state in any_state()) {
        let days = plan(&state, DAYS);
        let past = state.history.iter().map(|day| day.kind);
        let kinds: Vec<Kind> = past.chain(days.iter().map(|day| day.kind)).collect();
        for end in state.history.len()..kinds.len() {
            if !matches!(kinds[end], Kind::Hard | Kind::Long) {
                continue;
            }
            prop_assert!(end == 0 || !kinds[end - 1].is_taxing(), "two demanding days in a row: {kinds:?}");
            if kinds[end] == Kind::Hard {
                let week = &kinds[end.saturating_sub(6)..=end];
                let hard = week.iter().filter(|kind| kind.is_hard()).count() as u32;
                prop_assert!(hard <= state.limits().hard, "{hard} in {week:?}");
            }
        }
    }

    #[test]
    fn the_runners_own_days_are_kept(state in any_state()) {
        let wish = &state.preferences;
        for day in plan(&state, DAYS) {
            let race_day = day.kind == Kind::Race;
            if wish.unavailable.contains(&day.date) {
                prop_assert!(race_day || day.kind == Kind::Rest, "{day:?}");
            }
            if wish.rest_day == Some(day.date.weekday()) {
                prop_assert!(race_day || !day.kind.is_run(), "{day:?}");
            }
        }
    }

    #[test]
    fn races_are_run_and_followed_by_their_protocol(state in any_state()) {
        for day in plan(&state, DAYS) {
            let today = state.races.iter().any(|race| race.date == day.date && race.distance_km > 0.0);
            prop_assert_eq!(today, day.kind == Kind::Race);
            if today {
                continue;
            }
            for (km, after) in races_before(&state, &day) {
                if let Some(stage) = race_stage(km, after) && !matches!(stage, Kind::Rest) {
                    prop_assert!(demand(day.kind) <= demand(stage), "{day:?} {after} days after {km} km");
                }
                if after <= race_days(km).no_hard {
                    prop_assert!(demand(day.kind) <= demand(Kind::Easy), "{day:?} {after} days after {km} km");
                }
            }
        }
    }

    #[test]
    fn illness_and_pain_stop_all_running(state in any_state()) {
        let ill = CheckIn { ill: true, ..state.check_in };
        for day in plan(&State { check_in: ill, ..state }, DAYS) {
            prop_assert!(matches!(day.kind, Kind::Rest | Kind::Race), "{day:?}");
        }
    }

    #[test]
    fn fitness_never_rises_faster_than_the_limit_but_for_races(state in any_state()) {
        let mut ctl = padded(state.fitness.clone());
        for day in plan(&state, DAYS) {
            let limit = ramp_limit(ctl[ctl.len() - 1]);
            let rise = day.fitness - ctl[ctl.len() - RAMP_DAYS];
            if matches!(day.kind, Kind::Recovery | Kind::Easy | Kind::Long | Kind::Hard) {
                prop_assert!(rise <= limit + 1e-9, "{rise} > {limit}: {day:?}");
            }
            ctl.push(day.fitness);
        }
    }
}

#[test]
fn numbers_that_cannot_be_meant_do_no_harm() {
    let state = State {
        start: Date::MAX,
        fitness: vec![f64::NAN, f64::INFINITY],
        fatigue: f64::NEG_INFINITY,
        history: vec![PastDay { kind: Kind::Hard, load: f64::NAN }],
        residual_h: f64::NAN,
        races: vec![
            Race { date: Date::MIN, distance_km: f64::INFINITY },
            Race { date: Date::MIN, distance_km: f64::NAN },
        ],
        age_years: Some(f64::NAN),
        threshold_mps: Some(0.0),
        ..State::default()
    };
    let days = plan(&state, 3);
    assert_eq!(days.len(), 3);
    assert!(days.iter().all(|day| day.fitness.is_finite() && day.fatigue.is_finite()));
}

#[test]
fn soon_after_a_race_the_one_hard_session_is_at_threshold_or_easier() {
    let races = vec![Race { date: start() - 9.days(), distance_km: 21.0975 }];
    let state = State {
        start: start(),
        races,
        fitness: vec![45.0; 8],
        fatigue: 40.0,
        runs_per_week: vec![6; 4],
        ..State::default()
    };
    let days = plan(&state, 12);
    let hard: Vec<_> = days.iter().filter(|day| day.kind == Kind::Hard).collect();
    assert_eq!(hard[0].reasons, [Reason::Recovered, Reason::ThresholdOrEasier { day: 9, until_day: 14 }]);
    assert_eq!(hard[1].reasons, [Reason::Recovered], "{hard:?}");
    assert!((hard[1].date - hard[0].date).get_days() >= 6);
}

/// A fit, rested runner with a long run on Sundays whose week ended with this day.
fn fit_after(yesterday: Kind) -> State {
    let history = vec![PastDay { kind: yesterday, load: 60.0 }];
    let preferences = Preferences { long_day: Some(jiff::civil::Weekday::Sunday), ..Preferences::default() };
    let known = State { start: start(), history, preferences, ..State::default() };
    State { fitness: vec![45.0; 8], fatigue: 40.0, runs_per_week: vec![6; 4], ..known }
}

#[test]
fn the_day_after_a_demanding_one_is_gentle_even_when_nothing_else_says_so() {
    for yesterday in [Kind::Long, Kind::Hard, Kind::Race] {
        let day = &plan(&fit_after(yesterday), 1)[0];
        assert_eq!((day.kind, &day.reasons[..]), (Kind::Recovery, &[Reason::DayAfter { yesterday }][..]));
    }
    assert_eq!(plan(&fit_after(Kind::Easy), 1)[0].kind, Kind::Hard);
}

#[test]
fn long_runs_are_a_week_apart() {
    let sunday = |days_since_long| plan(&State { days_since_long, ..fit_after(Kind::Easy) }, 7)[6].kind;
    assert_eq!([None, Some(0), Some(5)].map(sunday), [Kind::Long; 3]);
    let on_sunday = State { start: start() - 1.days(), days_since_long: Some(5), ..fit_after(Kind::Easy) };
    assert_ne!(plan(&on_sunday, 1)[0].kind, Kind::Long);
    assert_eq!(plan(&State { days_since_long: Some(6), ..on_sunday }, 1)[0].kind, Kind::Long);
}

#[test]
fn a_race_while_unwell_comes_with_a_warning() {
    let races = vec![Race { date: start(), distance_km: 10.0 }];
    let check_in = CheckIn { pain: true, ..CheckIn::default() };
    let days = plan(&State { races, check_in, ..fit_after(Kind::Rest) }, 2);
    let expected = [Reason::RaceDay { distance_km: 10.0 }, Reason::RaceTimeGuessed, Reason::RaceWhileUnwell];
    assert_eq!((days[0].kind, &days[0].reasons[..]), (Kind::Race, &expected[..]));
    assert_eq!(days[1].reasons, [Reason::Unwell { ill: false, pain: true }]);
}

#[test]
fn amber_allows_nothing_demanding_for_a_week_and_says_why() {
    let state = State {
        start: start(),
        level: Level::Amber,
        fitness: vec![45.0; 8],
        fatigue: 40.0,
        runs_per_week: vec![5; 4],
        ..State::default()
    };
    let days = plan(&state, 14);
    assert!(days[..7].iter().all(|day| !day.kind.is_taxing()));
    assert_eq!(days[0].reasons, [Reason::AerobicBase, Reason::Cautious]);
    assert!(days[7..].iter().any(|day| day.kind == Kind::Hard));
}

#[test]
fn a_planned_day_is_written_with_these_fields() {
    let state = State { start: start(), ..State::default() };
    let written = serde_json::to_value(&plan(&state, 1)[0]).unwrap();
    let fields: Vec<_> = written.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(
        fields,
        ["date", "kind", "minutes", "heart_rate_max_bpm", "pace_min_s_per_km", "reasons", "fitness", "fatigue", "form"]
    );
    assert_eq!(written["date"], "2026-03-02");
    assert_eq!(written["kind"], "easy");
    assert_eq!(written["reasons"][0], "easy running builds your aerobic base");
}

#[test]
fn every_kind_has_its_advice() {
    assert!(Kind::Rest.advice().contains("costs 2.4 % of modelled fitness"));
    assert!(Kind::Recovery.advice().contains("only one purpose: recovery"));
    assert_eq!(serde_json::to_string(&Kind::WalkJog).unwrap(), "\"walk_jog\"");
}

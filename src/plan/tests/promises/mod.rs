//! Properties that hold for every runner. They are written without the planner's own rules.

mod followed;
mod sizes;
mod spacing;
mod story;
mod wishes;
mod words;

use super::athletes::{any_case, any_inputs};
use crate::plan::{Kind, Level, plan};
use jiff::ToSpan;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use sizes::{
    fitness_is_kept_or_explained, no_run_is_much_longer_than_the_longest, sizes_are_what_they_are_called,
    weeks_keep_their_bounds,
};
use spacing::{a_day_off_in_seven, no_two_hard_days_in_a_row, nothing_missed_is_slid, windows_hold_nothing_hard};
use story::PlanStory;
use wishes::{unwell_days_are_gentle, wishes_are_kept};
use words::words_fit_their_day;

/// Runners tried by each property: 256; `PROPTEST_CASES` asks for more.
/// The same athletes every time, unless `PROPTEST_RNG_SEED` asks for others.
fn cases() -> ProptestConfig {
    let asked = ProptestConfig { max_shrink_iters: 2000, failure_persistence: None, ..ProptestConfig::default() };
    match asked.rng_seed {
        RngSeed::Random => ProptestConfig { rng_seed: RngSeed::Fixed(20_261_126), ..asked },
        RngSeed::Fixed(_) => asked,
    }
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn every_plan_keeps_its_promises(case in any_case(), days in prop_oneof![Just(14_usize), Just(28), 1_usize..85]) {
        let inputs = case.0;
        let plan = plan(&inputs, days);
        let story = PlanStory::of(&inputs, &plan);
        prop_assert!(plan.days.len() <= days);
        prop_assert!(plan.days.iter().enumerate().all(|(n, day)| day.date == inputs.start + (n as i64).days()));
        no_two_hard_days_in_a_row(&story);
        nothing_missed_is_slid(&story);
        a_day_off_in_seven(&story);
        windows_hold_nothing_hard(&story);
        wishes_are_kept(&story, &plan);
        unwell_days_are_gentle(&story, &plan);
        sizes_are_what_they_are_called(&story, &plan);
        weeks_keep_their_bounds(&story, &plan);
        fitness_is_kept_or_explained(&story, &plan);
        words_fit_their_day(&story, &plan);
        // What a check-in takes away is not known to the weeks after it.
        if inputs.check_ins.is_empty() && inputs.level == Level::Green {
            no_run_is_much_longer_than_the_longest(&story);
        }
    }

    #[test]
    fn a_longer_plan_begins_with_the_shorter_one(case in any_case()) {
        let inputs = case.0;
        let (short, long) = (plan(&inputs, 14), plan(&inputs, 28));
        prop_assert_eq!(&short.days[..], &long.days[..short.days.len()]);
    }

    #[test]
    fn feeling_worse_never_adds_load(case in any_case(), by in 0.0..6.0_f64, less_sleep in 0.0..4.0_f64, pain in any::<bool>()) {
        let inputs = case.0;
        let mut worse = inputs.clone();
        for check_in in &mut worse.check_ins {
            check_in.soreness = check_in.soreness.map(|s| s + by);
            check_in.sleep_h = check_in.sleep_h.map(|h| h - less_sleep);
            check_in.motivation = check_in.motivation.map(|m| m.saturating_sub(by as u8).max(1));
            check_in.pain |= pain;
        }
        let (before, after) = (plan(&inputs, 28), plan(&worse, 28));
        let (mut a, mut b) = ((0.0, 0), (0.0, 0));
        for (one, other) in before.days.iter().zip(&after.days) {
            a = (a.0 + one.load, a.1 + u32::from(one.kind.is_taxing()));
            b = (b.0 + other.load, b.1 + u32::from(other.kind.is_taxing()));
            prop_assert!(b.0 <= a.0 + 1e-6 && b.1 <= a.1, "{} {:?} {} {:?}", one.date, a, other.kind, b);
        }
    }
}

/// So that a property cannot hold by never meeting its case.
#[test]
fn the_made_up_runners_meet_every_kind_of_day_and_reason() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;
    let mut runner = TestRunner::deterministic();
    let mut kinds = std::collections::BTreeSet::new();
    let mut reasons = std::collections::BTreeSet::new();
    for _ in 0..400 {
        let inputs = any_inputs().new_tree(&mut runner).unwrap().current();
        for day in plan(&inputs, 28).days {
            kinds.insert(day.kind);
            reasons.extend(day.reasons.iter().map(|r| format!("{r:?}").split([' ', '{']).next().unwrap().to_owned()));
        }
    }
    assert_eq!(kinds.len(), Kind::ALL.len(), "{kinds:?}");
    for wanted in
        ["RestDay", "DayOff", "AfterRace", "RaceTomorrow", "HardAllowed", "LongRun", "DayAfter", "Sore", "Unwell"]
    {
        assert!(reasons.iter().any(|r| r.starts_with(wanted)), "{wanted} in {reasons:?}");
    }
}

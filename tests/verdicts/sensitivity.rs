//! Which verdicts hang on thresholds that are not known for sure.

use super::made::{FIRST, KNOWN, Made, base_season, on, season, season_of};
use freshlegs::athlete::Shift;
use freshlegs::label::{Called, Label};

/// The base runner, and a run just below the first threshold of 0.90 · 168 bpm.
fn near_the_limit() -> Vec<Made> {
    base_season(true).into_iter().chain([Made::run(71, 45, 3.0)]).collect()
}

#[test]
fn a_verdict_at_a_limit_is_borderline_and_others_are_not() {
    let season = season(&near_the_limit(), KNOWN);
    let place = |day: i64| {
        let session = on(&season, day);
        season.session_of(session.parts().next().expect("a part")).expect("a session")
    };
    assert_eq!(on(&season, 71).verdict.label, Label::Easy);
    let flips = season.sensitivity().of_session(place(71));
    let lower = flips.iter().find(|flip| flip.shift == Shift::LowerHeartRate).expect("a flip");
    assert_eq!((lower.is, lower.would_be), (Called::Label(Label::Easy), Called::Label(Label::Steady)));
    assert_eq!(season.sensitivity().of_session(place(66)), [], "{:?}", on(&season, 66).verdict);
    assert_eq!(season.sensitivity().verdicts, season.sessions().len());
    assert!(season.sensitivity().to_string().contains("could be"), "{}", season.sensitivity());
}

/// What is said of a moved threshold is what the program says to a runner who gives that one.
#[test]
fn a_flip_is_what_the_other_threshold_gives() {
    let runs: Vec<_> = near_the_limit().iter().map(Made::recording).collect();
    let known = season_of(runs.clone(), KNOWN, 72);
    let lower =
        "[athlete]\nsex = \"male\"\nheart_rate_max_bpm = 188\nheart_rate_rest_bpm = 52\nheart_rate_threshold_bpm = 165";
    let moved = season_of(runs, lower, 72);
    for (session, other) in known.sessions().iter().zip(moved.sessions()) {
        let id = known.session_of(session.parts().next().expect("a part")).expect("a session");
        let flips = known.sensitivity().of_session(id);
        let flip = flips.iter().find(|flip| flip.shift == Shift::LowerHeartRate);
        let expected = flip.map_or(Called::Label(session.verdict.label), |flip| flip.would_be);
        assert_eq!(expected, Called::Label(other.verdict.label), "{}", session.session.date);
    }
}

#[test]
fn who_gives_nothing_has_more_that_is_borderline() {
    let count = |profile: &str| season(&near_the_limit(), profile).sensitivity().flipping();
    assert!(count("") > count(KNOWN), "{} and {}", count(""), count(KNOWN));
    let nothing = season_of(Vec::new(), "", 0);
    assert_eq!((nothing.sensitivity().verdicts, nothing.sensitivity().flipping()), (0, 0));
    assert_eq!(nothing.today, FIRST);
}

//! `docs/validation.md` says what the rules do today.

#[allow(dead_code, reason = "arguments and the other way out belong to the command")]
#[allow(clippy::duplicate_mod, reason = "the made-up season is made with the same watch")]
#[path = "../../examples/validate/main.rs"]
mod validate;

/// The whole trial is made again: eleven made-up runners, with and without titles.
#[test]
fn the_page_of_the_trial_is_current() {
    let page = validate::page(0).expect("a page");
    let kept = std::fs::read_to_string(validate::place()).expect("docs/validation.md");
    let differing = page.lines().zip(kept.lines()).find(|(now, then)| now != then);
    assert!(
        page == kept,
        "docs/validation.md is no longer true: run `cargo run --example validate` and read what changed. {differing:#?}"
    );
}

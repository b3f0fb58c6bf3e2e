//! Sentences as the page sets them.

use maud::{Markup, html};

/// A text in which backquotes stand around what is to be typed.
pub(super) fn prose(text: &str) -> Markup {
    let pieces: Vec<&str> = text.split('`').collect();
    // Quotes that are not closed mean nothing.
    if pieces.len().is_multiple_of(2) {
        return html! { (text) };
    }
    html! {
        @for (i, piece) in pieces.into_iter().enumerate() {
            @if i % 2 == 1 { (typed(piece)) } @else { (piece) }
        }
    }
}

/// What is to be typed; a single word is not broken at its hyphens.
fn typed(words: &str) -> Markup {
    html! { @if words.contains(' ') { code { (words) } } @else { code.word { (words) } } }
}

/// What is not left alone at a line's end.
const UNITS: [&str; 7] = ["%", "bpm", "min", "h", "km", "/km", "×"];
/// And what is not left alone before what it belongs to.
const SIGNS: [char; 5] = ['×', '±', '≤', '≥', '→'];

/// The page with every number held to its unit; names that others gave stay as they are.
pub(super) fn held_together(page: &str) -> String {
    let pieces = page.split_inclusive("</bdi>").map(|piece| match piece.find("<bdi>") {
        Some(name) => with_held_units(&piece[..name]) + &piece[name..],
        None => with_held_units(piece),
    });
    pieces.collect()
}

fn with_held_units(text: &str) -> String {
    let mut held = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(space) = rest.find(' ') {
        let (before, after) = (&rest[..space], &rest[space + 1..]);
        held += before;
        let is_unit = |unit: &&str| {
            after.strip_prefix(*unit).is_some_and(|next| !next.starts_with(|c: char| c.is_alphanumeric() || c == '='))
        };
        let is_number = before.ends_with(|c: char| c.is_ascii_digit());
        let is_held = before.ends_with(SIGNS) || is_number && UNITS.iter().any(is_unit);
        held.push(if is_held { '\u{a0}' } else { ' ' });
        rest = after;
    }
    held + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_held_to_their_units() {
        let held = |text: &str| held_together(text).replace('\u{a0}', "~");
        assert_eq!(held("12 % of 4 h 30 min, 144 bpm, 5:11 /km"), "12~% of 4~h 30~min, 144~bpm, 5:11~/km");
        assert_eq!(
            held("3 minutes, a % of 5 hard ones, 7 height=\"2\" h=3 h=\"4\""),
            "3 minutes, a % of 5 hard ones, 7 height=\"2\" h=3 h=\"4\""
        );
        assert_eq!(held("6 × 3 min, ± 4, → steady"), "6~×~3~min, ±~4, →~steady");
        assert_eq!(held("<bdi>my 10 km</bdi> 10 km <bdi>5 km</bdi>"), "<bdi>my 10 km</bdi> 10~km <bdi>5 km</bdi>");
        for own in [super::super::STYLE, super::super::SCRIPT] {
            assert_eq!(held_together(own), own, "their fingerprints are those of the policy");
        }
    }

    #[test]
    fn what_is_to_be_typed_looks_so_and_nothing_is_lost() {
        let shown = |text: &str| prose(text).into_string();
        assert_eq!(shown("then `freshlegs checkin --well`."), "then <code>freshlegs checkin --well</code>.");
        assert_eq!(shown("or `--pain`"), "or <code class=\"word\">--pain</code>");
        assert_eq!(shown("`a` or `b`"), "<code class=\"word\">a</code> or <code class=\"word\">b</code>");
        assert_eq!(shown("a < b"), "a &lt; b");
        assert_eq!(shown("one ` alone"), "one ` alone");
        assert_eq!(shown(""), "");
    }
}

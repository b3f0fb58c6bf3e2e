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
            @if i % 2 == 1 { code { (piece) } } @else { (piece) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_to_be_typed_looks_so_and_nothing_is_lost() {
        let shown = |text: &str| prose(text).into_string();
        assert_eq!(shown("then `freshlegs checkin --well`."), "then <code>freshlegs checkin --well</code>.");
        assert_eq!(shown("`a` or `b`"), "<code>a</code> or <code>b</code>");
        assert_eq!(shown("a < b"), "a &lt; b");
        assert_eq!(shown("one ` alone"), "one ` alone");
        assert_eq!(shown(""), "");
    }
}

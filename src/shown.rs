//! Text from outside, fit to be shown: names and titles must not steer a terminal or turn a line around.

/// The text with every control character, and every mark that changes the direction of writing, made visible.
pub fn shown(text: &str) -> String {
    text.chars().map(|c| if is_steering(c) { char::REPLACEMENT_CHARACTER } else { c }).collect()
}

fn is_steering(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_steers_and_all_else_stays() {
        assert_eq!(shown("Läufe 🏃 на 5 км"), "Läufe 🏃 на 5 км");
        assert_eq!(shown("a\u{1b}[31m\nb\u{202e}tif.c"), "a�[31m�b�tif.c");
    }
}

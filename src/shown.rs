//! Text from outside, fit to be shown: names and titles must not steer a terminal or turn a line around.

use std::collections::{HashMap, HashSet};

/// The text with every control character, and every mark that changes the direction of writing, made visible.
pub fn shown(text: &str) -> String {
    text.chars().map(|c| if is_steering(c) { char::REPLACEMENT_CHARACTER } else { c }).collect()
}

fn is_steering(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// Names as they are shown, no two of them alike.
#[derive(Debug, Default)]
pub struct Names {
    taken: HashSet<String>,
    /// The next number to try for a name that is taken.
    next: HashMap<String, u32>,
}

impl Names {
    /// The name, or with a number behind it where it is taken already.
    pub fn unused(&mut self, name: &str) -> String {
        if self.taken.insert(name.to_owned()) {
            return name.to_owned();
        }
        let next = self.next.entry(name.to_owned()).or_insert(2);
        loop {
            let numbered = format!("{name} ({next})");
            *next += 1;
            if self.taken.insert(numbered.clone()) {
                return numbered;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_steers_and_all_else_stays() {
        assert_eq!(shown("Läufe 🏃 на 5 км"), "Läufe 🏃 на 5 км");
        assert_eq!(shown("a\u{1b}[31m\nb\u{202e}tif.c"), "a�[31m�b�tif.c");
    }

    #[test]
    fn no_two_names_are_shown_alike() {
        let mut names = Names::default();
        let given = ["1.fit", "1.fit", "1.fit (2)", "1.fit", "2.fit"];
        let expected = ["1.fit", "1.fit (2)", "1.fit (2) (2)", "1.fit (3)", "2.fit"];
        assert_eq!(given.map(|name| names.unused(name)), expected);
    }
}

//! Text from outside, fit to be shown: what stands in files, paths, profiles and archives was written by others.
//!
//! [`Text`] and [`FileName`] can only be made by cleaning, and only they are taken where something is shown or written: to
//! forget it does not compile. Nothing in them steers a terminal, turns a line around or hides, and none is endless.

use serde::{Deserialize, Serialize};
use std::borrow::Borrow;
use std::collections::{HashMap, HashSet};
use std::fmt;
use std::ops::Deref;
use std::path::Path;

/// Characters of a title, a device, a reason: what is longer is cut in the middle.
const TEXT_CHARS: usize = 200;
/// Characters of a name within an archive, and of a whole name with its folders and archives.
const ENTRY_CHARS: usize = 200;
const FILE_NAME_CHARS: usize = 4096;

/// Lines of a message.
const LINES: usize = 40;

/// Stands between an archive and its entry where both are named: `export.zip › activities/1.fit`.
pub const WITHIN: &str = " › ";

macro_rules! shown_text {
    ($(#[$doc:meta])* $name:ident, $chars:expr) => {
        $(#[$doc])*
        #[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        // Cleaned again: what was kept on a disk comes from outside too.
        #[serde(from = "String")]
        pub struct $name(String);

        impl $name {
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl<T: AsRef<str>> From<T> for $name {
            fn from(text: T) -> Self {
                $name(cleaned(text.as_ref(), $chars))
            }
        }

        impl From<$name> for String {
            fn from(text: $name) -> String {
                text.0
            }
        }

        impl Deref for $name {
            type Target = str;

            fn deref(&self) -> &str {
                &self.0
            }
        }

        impl Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }

        impl PartialEq<str> for $name {
            fn eq(&self, other: &str) -> bool {
                self.0 == other
            }
        }

        impl PartialEq<&str> for $name {
            fn eq(&self, other: &&str) -> bool {
                self.0 == *other
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }
    };
}

shown_text! {
    /// A title, a device, a reason: one line.
    Text, TEXT_CHARS
}

shown_text! {
    /// A file as it is shown: its path and, for an entry of an archive, the names within.
    FileName, FILE_NAME_CHARS
}

impl Text {
    /// A text that says something, blanks around it apart.
    pub fn filled(text: &str) -> Option<Text> {
        let text = Text::from(text.trim());
        (!text.trim().is_empty()).then_some(text)
    }

    /// A message of several lines, each cleaned by itself.
    pub fn lines(message: &str) -> String {
        let lines: Vec<String> = message.lines().take(LINES).map(|line| cleaned(line, FILE_NAME_CHARS)).collect();
        lines.join("\n")
    }
}

impl FileName {
    pub fn of(path: &Path) -> FileName {
        FileName::from(path.to_string_lossy())
    }

    /// The name of an entry of this archive.
    pub fn within(&self, entry: &str) -> FileName {
        FileName::from(format!("{self}{WITHIN}{entry}"))
    }
}

/// The text without what steers or hides, at most so many characters.
fn cleaned(text: &str, most: usize) -> String {
    let clean =
        |text: &str| -> String { text.chars().scan(None, |before, c| Some(shown(c, before))).flatten().collect() };
    let whole = clean(text);
    // Where it is cut, something may hide behind the mark.
    shortened(&whole, most).map_or(whole, |short| clean(&short))
}

/// What stands for a character; it follows another one.
fn shown(c: char, before: &mut Option<char>) -> Option<char> {
    let joins_pictures = before.is_some_and(is_picture);
    let shown = match c {
        '\t' | '\n' | '\r' | '\u{2028}' | '\u{2029}' => Some(' '),
        _ if steers(c) => Some(char::REPLACEMENT_CHARACTER),
        // Pictures are joined and coloured by characters that nobody sees.
        '\u{200d}' | '\u{fe0f}' if joins_pictures => Some(c),
        _ if hides(c) => None,
        _ => Some(c),
    };
    *before = shown.or(*before);
    shown
}

/// Control characters, and marks that turn the direction of writing.
fn steers(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{061c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Characters without a width: blanks of none, joiners, fillers, tags, selectors of variants.
fn hides(c: char) -> bool {
    matches!(
        c,
        '\u{00ad}'
            | '\u{034f}'
            | '\u{115f}'
            | '\u{1160}'
            | '\u{17b4}'
            | '\u{17b5}'
            | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200d}'
            | '\u{2060}'..='\u{2065}'
            | '\u{206a}'..='\u{206f}'
            | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}'
            | '\u{ffa0}'
            | '\u{fff0}'..='\u{fffb}'
            | '\u{1bca0}'..='\u{1bca3}'
            | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e0fff}'
    )
}

fn is_picture(c: char) -> bool {
    matches!(c, '\u{200d}' | '\u{fe0f}' | '\u{2190}'..='\u{2bff}' | '\u{1f000}'..='\u{1faff}')
}

/// The beginning and the end of what is too long; the end of a file's name says what it is.
fn shortened(text: &str, most: usize) -> Option<String> {
    // There are at least as many bytes as characters.
    let count = if text.len() <= most { 0 } else { text.chars().count() };
    let kept_end = most / 3;
    (count > most).then(|| {
        let beginning: String = text.chars().take(most - kept_end - 1).collect();
        let end: String = text.chars().skip(count - kept_end).collect();
        format!("{beginning}…{end}")
    })
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
    pub fn unused(&mut self, name: FileName) -> FileName {
        if self.taken.insert(name.to_string()) {
            return name;
        }
        let next = self.next.entry(name.to_string()).or_insert(2);
        loop {
            let numbered = format!("{name} ({next})");
            *next += 1;
            if self.taken.insert(numbered.clone()) {
                return FileName(numbered);
            }
        }
    }

    /// As [`Names::unused`], for an entry of an archive.
    pub fn unused_entry(&mut self, name: &str) -> FileName {
        self.unused(FileName(cleaned(name, ENTRY_CHARS)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_steers_and_all_else_stays() {
        let cases = [
            ("Läufe 🏃 на 5 км", "Läufe 🏃 на 5 км"),
            ("a\u{1b}[31m\u{7}b\u{202e}tif.c\u{9b}2J", "a�[31m�b�tif.c�2J"),
            ("two\nlines\tand\r\nmore", "two lines and  more"),
            ("e\u{301}te\u{301}", "e\u{301}te\u{301}"),
        ];
        for (text, expected) in cases {
            assert_eq!(Text::from(text), expected, "{text:?}");
            assert_eq!(FileName::from(text), expected, "{text:?}");
        }
    }

    #[test]
    fn nothing_hides_but_in_pictures() {
        let hidden = "R\u{200b}u\u{2060}n\u{e0041}\u{e007f} \u{ad}5\u{200d}\u{feff}\u{3164}k";
        assert_eq!(Text::from(hidden), "Run 5k");
        let woman_running = "🏃🏽\u{200d}♀\u{fe0f}";
        assert_eq!(Text::from(woman_running), woman_running);
        assert_eq!(Text::from("x\u{fe0f}"), "x");
    }

    #[test]
    fn what_is_long_is_cut_in_the_middle() {
        let long = format!("{}.fit.gz", "ä".repeat(100_000));
        let text = Text::from(&long);
        assert_eq!(text.chars().count(), 200);
        assert!(text.starts_with("äää") && text.contains('…') && text.ends_with(".fit.gz"));
        assert_eq!(FileName::from(&long).chars().count(), 4096);
        assert_eq!(Names::default().unused_entry(&long).chars().count(), 200);
        assert_eq!(Text::from("ä".repeat(200)).chars().count(), 200);
        assert!(!Text::from("ä".repeat(200)).contains('…'));
    }

    #[test]
    fn cleaning_twice_is_cleaning_once() {
        let once = Text::from("\u{1b}🏃\u{200b}\u{200d}x\u{200d}".repeat(50));
        assert_eq!(Text::from(&*once), once);
        let kept = serde_json::to_string(&once).unwrap();
        assert_eq!(serde_json::from_str::<Text>(&kept).unwrap(), once);
        assert_eq!(serde_json::from_str::<Text>("\"a\\u001bb\"").unwrap(), "a�b");
    }

    #[test]
    fn no_two_names_are_shown_alike() {
        let mut names = Names::default();
        let given = ["1.fit", "1.fit", "1.fit (2)", "1.fit", "2.fit", "1\u{200b}.fit"];
        let expected = ["1.fit", "1.fit (2)", "1.fit (2) (2)", "1.fit (3)", "2.fit", "1.fit (4)"];
        assert_eq!(given.map(|name| names.unused(name.into())), expected);
    }

    #[test]
    fn lines_stay_lines() {
        assert_eq!(Text::lines("a\u{1b}\n  | b\r\nc"), "a�\n  | b\nc");
        assert_eq!(Text::filled(" \u{200b} "), None);
    }
}

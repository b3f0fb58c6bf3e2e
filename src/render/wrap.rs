//! Text in lines of a given width.

/// Lines no wider than `width`, those after the first indented by `indent` columns.
pub(super) fn wrapped(text: &str, width: usize, indent: usize) -> String {
    let mut lines: Vec<String> = Vec::new();
    let mut columns = 0;
    for word in &words(text) {
        let size = visible(word);
        match lines.last_mut() {
            Some(line) if columns + 1 + size <= width => {
                line.push(' ');
                line.push_str(word);
                columns += 1 + size;
            }
            Some(_) => {
                lines.push(format!("{:indent$}{word}", ""));
                columns = indent + size;
            }
            None => {
                lines.push(word.clone());
                columns = size;
            }
        }
    }
    lines.join("\n") + "\n"
}

/// The words of a text; a number and its unit are one.
fn words(text: &str) -> Vec<String> {
    const UNITS: [&str; 7] = ["min", "h", "s", "bpm", "km", "/km", "%"];
    let mut words: Vec<String> = Vec::new();
    for word in text.split_ascii_whitespace() {
        let is_unit = UNITS.contains(&word.trim_end_matches(|c: char| ",.;:)".contains(c)));
        match words.last_mut().filter(|last| is_unit && last.ends_with(|c: char| c.is_ascii_digit())) {
            Some(number) => *number += &format!(" {word}"),
            None => words.push(word.to_owned()),
        }
    }
    words
}

/// A name in its own column, and the text wrapped beside it.
pub(super) fn beside(name: &str, text: &str, width: usize, indent: usize) -> String {
    let name = name.trim_end().replace(' ', "\u{a0}");
    let blanks = indent.saturating_sub(name.chars().count() + 1);
    // Blanks that no line may end at.
    let gap = "\u{a0}".repeat(blanks);
    wrapped(&format!("{name}{gap} {text}"), width, indent).replace('\u{a0}', " ")
}

/// A text of several lines, each no wider than `width`; what goes on stands `hanging` columns further in than its line.
pub(super) fn fitted(text: &str, width: usize, hanging: usize) -> String {
    let line = |line: &str| {
        let indent = line.len() - line.trim_start().len();
        let blanks = " ".repeat(indent);
        let rest = wrapped(line, width - indent, hanging);
        rest.lines().map(|line| format!("{blanks}{line}\n")).collect::<String>()
    };
    let fits = |text: &str| visible(text) <= width;
    text.lines().map(|one| if fits(one) { format!("{one}\n") } else { line(one) }).collect()
}

/// A text after a beginning of its own, such as a name and a bar; what goes on stands below the text.
pub(super) fn after(beginning: &str, text: &str, width: usize) -> String {
    let indent = visible(beginning);
    let lines = wrapped(text, width.saturating_sub(indent), 0);
    format!("{beginning}{}\n", lines.trim_end().replace('\n', &format!("\n{:indent$}", "")))
}

/// Columns of a word: what steers the terminal takes none.
fn visible(word: &str) -> usize {
    let mut count = 0;
    let mut in_escape = false;
    for c in word.chars() {
        match c {
            '\u{1b}' => in_escape = true,
            'm' if in_escape => in_escape = false,
            _ if in_escape => {}
            _ => count += 1,
        }
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_fit_stay_and_others_keep_their_indent() {
        let text = "  short  as it is\n    one two three four\n";
        assert_eq!(fitted(text, 17, 2), "  short  as it is\n    one two three\n      four\n");
        assert_eq!(fitted("", 17, 2), "");
        assert_eq!(
            after("  \u{1b}[1mBar\u{1b}[0m ", "one two three", 14),
            "  \u{1b}[1mBar\u{1b}[0m one two\n      three\n"
        );
    }

    #[test]
    fn no_line_is_wider_than_it_may_be() {
        let text = "the quick brown fox jumps over the lazy dog ".repeat(5);
        for width in [20, 61, 100] {
            assert!(wrapped(&text, width, 4).lines().all(|line| line.chars().count() <= width));
        }
        assert_eq!(wrapped("\u{1b}[1mbold\u{1b}[0m and more", 8, 2), "\u{1b}[1mbold\u{1b}[0m and\n  more\n");
        assert_eq!(wrapped("walk for 15 min), then", 11, 0), "walk for\n15 min),\nthen\n");
        assert_eq!(beside("Sleep", "as long as you need it", 20, 8), "Sleep   as long as\n        you need it\n");
    }
}

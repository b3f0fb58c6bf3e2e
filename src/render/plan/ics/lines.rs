//! Content lines: escaped, and folded after 75 octets.

/// Octets of a line at most.
const OCTETS: usize = 75;

/// A text value.
pub(super) fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,").replace('\n', "\\n")
}

/// A content line with its end, folded without cutting a character.
pub(super) fn folded(line: &str) -> String {
    let mut text = String::new();
    let mut octets = 0;
    for c in line.chars() {
        if octets + c.len_utf8() > OCTETS {
            text.push_str("\r\n ");
            octets = 1;
        }
        text.push(c);
        octets += c.len_utf8();
    }
    text + "\r\n"
}

/// The content lines of a file, each in one piece.
pub(super) fn unfolded(file: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for line in file.lines() {
        match (line.strip_prefix([' ', '\t']), lines.last_mut()) {
            (Some(rest), Some(last)) => last.push_str(rest),
            _ => lines.push(line.to_owned()),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_folded_and_escaped() {
        let line = format!("DESCRIPTION:{}", escaped(&"ä, ".repeat(60)));
        let text = folded(&line);
        assert!(text.split("\r\n").all(|line| line.len() <= OCTETS), "{text}");
        assert_eq!(line, format!("DESCRIPTION:{}", "ä\\, ".repeat(60)));
        assert_eq!(unfolded(&text), [line]);
    }
}

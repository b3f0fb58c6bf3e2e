//! The same picture in fewer bytes: a page holds hundreds of them.

use std::fmt::Write;

/// A sign of a private meaning before words that hold a pace.
pub(super) const PACE_MARK: &str = "\u{E000}";
/// Signs of a private meaning that stand alone in a text: what follows is for readers in kilometres or in miles, and its end.
pub(super) const KM_MARK: &str = "\u{E001}";
pub(super) const MILE_MARK: &str = "\u{E002}";
pub(super) const END_MARK: &str = "\u{E003}";

/// What plotters writes without need, and a mark as what it means.
const NEEDLESS: [(&str, &str); 7] = [
    (" opacity=\"1\"", ""),
    (" stroke=\"none\"", ""),
    (" text-anchor=\"start\"", ""),
    (" font-family=\"DejaVu Sans, Verdana, sans-serif\"", ""),
    (">\n", ">"),
    ("\n</text>", "</text>"),
    (">\u{E000}", " class=\"pace\">"),
];

/// Marks that stand alone, as what they mean. A picture by itself is in kilometres; the page can show the other.
const GROUPS: [(&str, &str); 3] =
    [(KM_MARK, "<g class=\"in-km\">"), (MILE_MARK, "<g class=\"in-mi\" display=\"none\">"), (END_MARK, "</g>")];

/// Leaves out what is needless, and draws neighbouring lines of one look as a single path.
pub(super) fn compact(svg: &str) -> String {
    let mut text = svg.to_owned();
    for (needless, instead) in NEEDLESS {
        text = text.replace(needless, instead);
    }
    for (mark, tag) in GROUPS {
        text = grouped(&text, mark, tag);
    }
    joined(&text)
}

/// Puts a tag in place of every text that holds nothing but a mark.
fn grouped(svg: &str, mark: &str, tag: &str) -> String {
    let mut pieces = svg.split(mark);
    let mut out = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        out.truncate(out.rfind("<text").unwrap_or(out.len()));
        out += tag;
        out += piece.strip_prefix("</text>").unwrap_or(piece).trim_start();
    }
    out
}

/// Polylines as paths; what follows with the same look joins the one before.
fn joined(svg: &str) -> String {
    let mut out = String::with_capacity(svg.len());
    let mut rest = svg;
    // How the path that is still open looks.
    let mut open: Option<&str> = None;
    while let Some(start) = rest.find('<') {
        let end = rest[start..].find('>').map_or(rest.len(), |end| start + end + 1);
        let (before, tag) = (&rest[..start], &rest[start..end]);
        let line = tag.strip_prefix("<polyline").and_then(|t| t.strip_suffix("\"/>")?.split_once(" points=\""));
        let joins = before.is_empty() && open.is_some() && line.map(|(look, _)| look) == open;
        if open.is_some() && !joins {
            out.push_str("\"/>");
            open = None;
        }
        out.push_str(before);
        match line {
            Some((look, points)) => {
                if !joins {
                    let _ = write!(out, "<path{look} d=\"");
                    open = Some(look);
                }
                push_steps(&mut out, points);
            }
            None => out.push_str(tag),
        }
        rest = &rest[end..];
    }
    if open.is_some() {
        out.push_str("\"/>");
    }
    out + rest
}

/// `M340 880l38-132 39-52` for `340,880 378,748 417,696`.
fn push_steps(out: &mut String, points: &str) {
    let mut last: Option<(i64, i64)> = None;
    for point in points.split_whitespace() {
        let Some((x, y)) = point.split_once(',').and_then(|(x, y)| Some((x.parse().ok()?, y.parse().ok()?))) else {
            continue;
        };
        match last {
            None => {
                let _ = write!(out, "M{x} {y}");
            }
            Some((x0, y0)) => {
                let (dx, dy) = (x - x0, y - y0);
                let lead = if out.ends_with(|c: char| c.is_ascii_digit()) && dx >= 0 { " " } else { "" };
                let lead = if is_first_step(out) { "l" } else { lead };
                let gap = if dy < 0 { "" } else { " " };
                let _ = write!(out, "{lead}{dx}{gap}{dy}");
            }
        }
        last = Some((x, y));
    }
}

/// Whether the path so far ends in its first point.
fn is_first_step(path: &str) -> bool {
    let from = path.rfind('M').map_or(path, |at| &path[at..]);
    !from.contains('l')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_one_look_become_one_path() {
        let line = |stroke: &str, points: &str| format!("<polyline stroke=\"{stroke}\" points=\"{points}\"/>\n");
        let svg = line("a", "340,880 378,748 417,696 ") + &line("a", "1,2 3,4 ") + &line("b", "5,5 4,9 ") + "<rect/>";
        let expected =
            "<path stroke=\"a\" d=\"M340 880l38-132 39-52M1 2l2 2\"/><path stroke=\"b\" d=\"M5 5l-1 4\"/><rect/>";
        assert_eq!(compact(&svg), expected);
    }

    #[test]
    fn marks_alone_become_groups() {
        let mark = |mark: &str| format!("<text x=\"0\">\n{mark}\n</text>\n");
        let svg = mark(KM_MARK) + "<a/>" + &mark(END_MARK) + &mark(MILE_MARK) + "<b/>\n" + &mark(END_MARK) + "<c/>";
        let expected = "<g class=\"in-km\"><a/></g><g class=\"in-mi\" display=\"none\"><b/></g><c/>";
        assert_eq!(compact(&svg), expected);
    }

    #[test]
    fn words_stay_as_they_are() {
        let svg = "<text x=\"1\" text-anchor=\"start\" opacity=\"1\">\na &lt; b\n</text>";
        assert_eq!(compact(svg), "<text x=\"1\">a &lt; b</text>");
        let marked = format!("<text x=\"1\">\n{PACE_MARK}5:42\n</text>");
        assert_eq!(compact(&marked), "<text x=\"1\" class=\"pace\">5:42</text>");
        assert_eq!(compact("no tag"), "no tag");
        assert_eq!(compact("<polyline points=\"1,1 2,2 \"/>"), "<path d=\"M1 1l1 1\"/>");
    }
}

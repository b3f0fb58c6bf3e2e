//! Charts of every kind of runner: drawable, the same every time, and no word on another.

mod cases;

use cases::{CASES, Case};
use freshlegs::render::chart::{Figure, NARROW_PX, WIDE_PX, png};
use resvg::usvg;
use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::sync::Arc;

/// Boxes of words may touch by so much, px: a box has room above and below its letters.
const TOUCH_PX: f32 = 2.5;

fn parsed(svg: &str) -> usvg::Tree {
    let mut fonts = usvg::fontdb::Database::new();
    fonts.load_font_data(dejavu::sans::regular().to_vec());
    fonts.load_font_data(dejavu::sans::bold().to_vec());
    let options = usvg::Options { fontdb: Arc::new(fonts), ..usvg::Options::default() };
    usvg::Tree::from_str(svg, &options).expect("SVG")
}

/// Every text with its box, in pixels.
fn words(group: &usvg::Group, found: &mut Vec<(String, usvg::Rect)>) {
    for node in group.children() {
        match node {
            usvg::Node::Group(group) => words(group, found),
            usvg::Node::Text(text) => {
                let content: String = text.chunks().iter().map(usvg::TextChunk::text).collect();
                found.push((content, text.abs_bounding_box()));
            }
            _ => {}
        }
    }
}

fn overlap(a: &usvg::Rect, b: &usvg::Rect) -> bool {
    let across = a.right().min(b.right()) - a.left().max(b.left());
    let down = a.bottom().min(b.bottom()) - a.top().max(b.top());
    across > TOUCH_PX && down > TOUCH_PX
}

/// What is wrong with the words of a picture.
fn faults(name: &str, svg: &str) -> Vec<String> {
    let tree = parsed(svg);
    let mut found = Vec::new();
    words(tree.root(), &mut found);
    let size = tree.size();
    let mut faults = Vec::new();
    for (i, (text, place)) in found.iter().enumerate() {
        let is_inside = place.left() >= -0.5
            && place.top() >= -0.5
            && place.right() <= size.width() + 0.5
            && place.bottom() <= size.height() + 0.5;
        if !is_inside {
            faults.push(format!("{name}: `{text}` leaves the picture"));
        }
        for (other, there) in &found[i + 1..] {
            if overlap(place, there) {
                faults.push(format!("{name}: `{text}` lies on `{other}`"));
            }
        }
    }
    faults
}

fn pictures(case: Case) -> Vec<(String, String)> {
    let both = |figure: Figure| {
        [("wide", figure.wide), ("narrow", figure.narrow)]
            .map(|(size, svg)| (format!("{} {} {size}", case.name, figure.id), svg))
    };
    let mut pictures: Vec<(String, String)> = case.figures().into_iter().flat_map(both).collect();
    pictures.extend(case.run_chart().map(|svg| (format!("{} run", case.name), svg)));
    pictures
}

#[test]
fn no_word_lies_on_another_or_leaves_its_picture() {
    let faults: Vec<String> =
        CASES.into_iter().flat_map(pictures).flat_map(|(name, svg)| faults(&name, &svg)).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_case_can_be_drawn_and_painted() {
    for case in CASES {
        for figure in case.figures() {
            for (svg, width) in [(&figure.wide, WIDE_PX), (&figure.narrow, NARROW_PX)] {
                assert!(!svg.contains("NaN") && !svg.contains("inf"), "{} {}", case.name, figure.id);
                assert_eq!(f64::from(parsed(svg).size().width()), width);
            }
            assert!(figure.takeaway.ends_with('.'), "{}: {}", figure.id, figure.takeaway);
            let alone = figure.standalone();
            assert!(png(&alone, 0.2).is_some(), "{} {}", case.name, figure.id);
            assert!(alone.contains(&figure.title));
        }
    }
}

#[test]
fn charts_are_as_they_were_looked_at() {
    let mut now = String::new();
    for case in CASES {
        for figure in case.figures() {
            let _ = writeln!(now, "{} {}: {}", case.name, figure.id, figure.takeaway);
            for svg in [&figure.wide, &figure.narrow] {
                let mut found = Vec::new();
                words(parsed(svg).root(), &mut found);
                let texts: Vec<&str> = found.iter().map(|(text, _)| text.as_str()).collect();
                let shapes = ["<rect", "<circle", "<path", "<polygon"].map(|tag| svg.matches(tag).count());
                let _ = writeln!(now, "    {shapes:?} {}", texts.join(" | "));
            }
        }
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/charts/snapshot.txt");
    if std::env::var_os("FRESHLEGS_WRITE_SNAPSHOTS").is_some() {
        fs::write(&path, &now).expect("written");
    }
    let then = fs::read_to_string(&path).unwrap_or_default();
    let changed: Vec<&str> = now.lines().filter(|line| !then.lines().any(|l| l == *line)).collect();
    assert!(
        now == then,
        "charts changed; look at `cargo run --example contact-sheet`, then set FRESHLEGS_WRITE_SNAPSHOTS=1:\n{}",
        changed.join("\n")
    );
}

#[test]
fn the_same_values_give_the_same_bytes() {
    let case = CASES[3];
    assert_eq!(case.figures(), case.figures());
}

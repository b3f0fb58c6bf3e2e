//! The picture of all exercises in the documents, which is made of the drawings on the page.

use freshlegs::guide::exercise::ALL;
use freshlegs::render::drawing;
use std::fmt::Write;
use std::fs;
use std::path::Path;

const COLUMNS: usize = 3;
const CELL: (usize, usize) = (210, 155);

/// All exercises on one sheet, in the colours of the page.
fn sheet() -> String {
    let (width, height) = (COLUMNS * CELL.0, ALL.len().div_ceil(COLUMNS) * CELL.1);
    let mut text = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" \
         color=\"#25313b\" font-family=\"system-ui, sans-serif\" font-size=\"13\">\
         <title>How each exercise looks</title><style>.move {{ stroke: #087a5a; }}</style>\
         <rect width=\"{width}\" height=\"{height}\" fill=\"#fbfbf9\"/>\n"
    );
    for (i, exercise) in ALL.into_iter().enumerate() {
        let (x, y) = (i % COLUMNS * CELL.0 + 12, i / COLUMNS * CELL.1);
        let name = exercise.name[..1].to_uppercase() + &exercise.name[1..];
        let placed = drawing::svg(exercise).replacen("<svg ", &format!("<svg x=\"{x}\" y=\"{}\" ", y + 28), 1);
        let _ = writeln!(text, "<text x=\"{x}\" y=\"{}\" fill=\"#25313b\">{name}</text>{placed}", y + 20);
    }
    text + "</svg>\n"
}

/// With `FRESHLEGS_WRITE_DOCS` set, this test writes the picture instead of comparing it.
#[test]
fn the_picture_of_the_exercises_is_current() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/exercises.svg");
    if std::env::var_os("FRESHLEGS_WRITE_DOCS").is_some() {
        fs::write(&path, sheet()).expect("written");
    }
    let found = fs::read_to_string(&path).expect("docs/exercises.svg");
    let remedy = "run `FRESHLEGS_WRITE_DOCS=1 cargo test the_picture_of_the_exercises_is_current` and look at it";
    assert!(found == sheet(), "docs/exercises.svg is not current: {remedy}");
}

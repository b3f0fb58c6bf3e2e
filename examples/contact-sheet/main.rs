//! Every chart in every case, light and dark, wide and narrow, on one page to look at.
//!
//! ```text
//! cargo run --example contact-sheet > contact-sheet.html
//! ```

#![allow(clippy::print_stdout, reason = "the sheet is what it prints")]

#[path = "../../tests/charts/cases.rs"]
mod cases;

use freshlegs::render::chart::palette::{css_variables, themed};

fn main() {
    let only: Vec<String> = std::env::args().skip(1).collect();
    let wanted = |name: &str| only.is_empty() || only.iter().any(|o| o == name);
    println!("<!DOCTYPE html><meta charset=\"utf-8\"><title>Contact sheet</title><style>");
    println!(
        "body{{margin:0;font:14px sans-serif}} .light{{{}}} .dark{{{}}}",
        css_variables(false),
        css_variables(true)
    );
    println!(
        "section{{padding:1rem;background:var(--chart-paper);color:var(--chart-ink)}} svg{{display:block;margin:.5rem 0}}"
    );
    println!(
        ".pair{{display:flex;gap:1rem;align-items:flex-start}} h3{{margin:.5rem 0 0}} p{{margin:0;max-width:60rem}}</style>"
    );
    for theme in
        ["light", "dark"].into_iter().filter(|theme| wanted(theme) || !only.iter().any(|o| o == "light" || o == "dark"))
    {
        for case in cases::CASES
            .into_iter()
            .filter(|case| wanted(case.name) || only.iter().all(|o| o == "light" || o == "dark"))
        {
            println!("<section class=\"{theme}\"><h2>{}, {theme}</h2>", case.name);
            for figure in case.figures() {
                println!("<h3>{}</h3><p>{}</p>", figure.title, figure.takeaway);
                println!("<div class=\"pair\">{}{}</div>", themed(&figure.wide), themed(&figure.narrow));
            }
            if let Some(run) = case.run_chart() {
                println!("<h3>One run</h3>{}", themed(&run));
            }
            println!("</section>");
        }
    }
}

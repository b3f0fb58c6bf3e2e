//! How large the page of a long season is: what a phone has to load.

use freshlegs::import::Import;
use freshlegs::outcome::FileResult;
use freshlegs::pipeline::{analyse, digest_all};
use freshlegs::profile::Profile;
use freshlegs::read::Limits;
use freshlegs::recording::Recording;
use freshlegs::render::gallery::Gallery;
use freshlegs::render::history::History;
use freshlegs::render::html::page;
use jiff::civil::date;
use jiff::tz::TimeZone;
use std::fs;
use std::path::Path;

/// The season of the samples, and days later again.
const ROUND_MS: i64 = 119 * 86_400_000;

fn samples() -> Vec<FileResult> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    let paths = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    let mut files: Vec<String> = paths.map(|path| path.to_string_lossy().into_owned()).collect();
    files.retain(|file| [".fit", ".gpx", ".tcx", ".gz"].iter().any(|end| file.ends_with(end)));
    files.sort();
    let open = |path: &str| fs::File::open(path).map_err(|e| e.to_string());
    digest_all(&files, open, &Limits::default(), |_| None, |_| {})
}

/// The newest so many recordings of a season of the samples over and over.
fn season(count: usize) -> Vec<Recording> {
    let once = freshlegs::pipeline::recordings(samples(), &TimeZone::UTC);
    let rounds = i64::try_from(count.div_ceil(once.len())).expect("a few");
    let shifted = |round: i64, recording: &Recording| {
        let mut digest = (*recording.digest).clone();
        digest.start_ms -= round * ROUND_MS;
        let file = recording.file.rsplit('/').next().unwrap_or_default();
        Recording::new(format!("{round}/{file}").into(), digest, &TimeZone::UTC).expect("a date")
    };
    let mut all: Vec<Recording> =
        (0..rounds).rev().flat_map(|round| once.iter().map(move |recording| shifted(round, recording))).collect();
    all.split_off(all.len() - count)
}

#[test]
fn pages_of_a_year_and_of_many_years_are_not_too_large() {
    for (count, limit) in [(365, 3_000_000), (2000, 12_000_000)] {
        let analysis = analyse(season(count), &Profile::default(), date(2026, 6, 22));
        let runs = analysis.season.runs().count();
        assert!(runs > count * 9 / 10, "{runs} runs");
        let page = page(&analysis, &Import::default(), &Gallery::of(&analysis), &History::default());
        assert_eq!(page.matches("<tbody class=\"run").count(), runs);
        assert!(page.matches("<figure class=\"run\">").count() >= 300);
        assert!(page.len() < limit, "{count} runs: {} bytes", page.len());
        println!("{count} runs: {} bytes", page.len());
        if count == 2000 {
            a_link_leads_into_a_year_that_waits(&page);
        }
    }
}

/// The first run of all is in no table before the script builds its year.
fn a_link_leads_into_a_year_that_waits(page: &str) {
    let Some(browser) = super::chromium() else { return };
    let row = page.rfind("<tbody class=\"run").expect("a run");
    let id = page[row..].split(" id=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("an id");
    assert!(page[..row].rfind("<noscript>") > page[..row].rfind("</noscript>"), "{id} waits");
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("index.html"), page).expect("written");
    let link = folder.path().join(format!("index.html#{id}"));
    let output = super::browse(&browser, folder.path(), &["--dump-dom"], &link);
    let dom = String::from_utf8_lossy(&output.stdout).into_owned();
    let row = dom.split_once(&format!(" id=\"{id}\"")).map(|(_, rest)| rest).expect("the run");
    let card = row.split_once("<details class=\"card\"").map(|(_, rest)| rest).expect("its card");
    assert!(card.starts_with(" open"), "its card is open");
    assert_eq!(super::console(&output), Vec::<String>::new());
}

//! A real season of 68 GPX files through the whole program.

use crate::odd::made::digested;
use crate::sane::analysis::check_analysis;
use freshlegs::activity::{Activity, Sport};
use freshlegs::clean::distance::{straight_m, without_spikes};
use freshlegs::digest::{CleanNote, digest};
use freshlegs::label::{Criterion, Reason};
use freshlegs::load::Method;
use freshlegs::outcome::Outcome;
use freshlegs::pipeline::{analyse, recordings};
use freshlegs::profile::Profile;
use freshlegs::read::{Reading, read};
use freshlegs::render::table::RunRow;
use jiff::ToSpan;
use jiff::tz::TimeZone;

const FOLDER: &str = "season-runpandas/";
const FILES: usize = 68;

fn season() -> Vec<super::File> {
    let season: Vec<super::File> = super::files().into_iter().filter(|f| f.name.starts_with(FOLDER)).collect();
    assert!(season.is_empty() || season.len() == FILES, "{} files", season.len());
    season
}

#[test]
fn a_season_becomes_loads_labels_and_a_plan() {
    let season = season();
    if season.is_empty() {
        return;
    }
    let results = digested(season.into_iter().map(|file| (file.name, file.bytes)).collect());
    for result in &results {
        let Outcome::Read(digests) = &result.outcome else { panic!("{}: {:?}", result.file, result.outcome) };
        assert!(digests.len() == 1 && digests[0].read_notes.is_empty(), "{}", result.file);
    }
    let recordings = recordings(results, &TimeZone::UTC);
    let today = recordings.last().expect("a season").date();
    let analysis = analyse(recordings, &Profile::default(), today);
    check_analysis(&analysis).unwrap_or_else(|fault| panic!("{fault}"));
    let (season, runs) = (&analysis.season, RunRow::all(&analysis.season));
    assert_eq!(season.activities().len() + season.duplicates.len(), FILES);
    assert_eq!(season.runs().count() + season.others().count(), season.activities().len());
    assert!(season.others().all(|a| a.recording.sport() != Sport::Running && a.load.method != Method::None));
    for run in &runs {
        assert!(run.load > 0.0 && run.load_method != Method::None, "{}: {} {:?}", run.file, run.load, run.load_method);
        let by_heart = |r: &Reason| matches!(r, Reason::Measured(e) if e.criterion == Criterion::Intensity);
        let is_by_heart = run.reasons.iter().any(by_heart) || run.load_method == Method::HeartRate;
        assert!(run.heart_rate_coverage >= 0.5 || !is_by_heart, "{}: {:?}", run.file, run.reasons);
    }
    let dates: Vec<_> = analysis.plan.days.iter().map(|day| day.date).collect();
    let first = dates[0];
    assert!(first == today || first == today.saturating_add(1.day()), "{first} after {today}");
    assert!(dates.len() == 14 && dates.windows(2).all(|w| w[0].saturating_add(1.day()) == w[1]), "{dates:?}");
    let metres: f64 = runs.iter().filter_map(|run| run.distance_m).sum();
    println!("{} runs, {:.1} km", runs.len(), metres / 1000.0);
}

/// Length in metres of the lines between points; `moment_s` is the time of each.
fn length_m(activity: &Activity, keep: impl Fn(&[(f64, f64, f64)]) -> Vec<usize>) -> f64 {
    let timed = |s: &freshlegs::activity::Sample| s.position.map(|(lat, lon)| (s.time_ms as f64 / 1000.0, lat, lon));
    let mut stretches: Vec<Vec<(f64, f64, f64)>> = vec![Vec::new()];
    for point in activity.samples.iter().filter_map(timed) {
        let last = stretches.last().and_then(|s| s.last()).copied();
        if last.is_some_and(|last| point.0 - last.0 > 120.0) {
            stretches.push(Vec::new());
        }
        stretches.last_mut().expect("one").push(point);
    }
    let line = |points: &Vec<(f64, f64, f64)>| {
        let kept: Vec<(f64, f64)> = keep(points).into_iter().map(|i| (points[i].1, points[i].2)).collect();
        kept.windows(2).map(|w| straight_m(w[0], w[1])).sum::<f64>()
    };
    stretches.iter().map(line).sum()
}

/// The season is as long as the lines between its points: those that need no impossible speed, breaks of over two
/// minutes apart. How far the lines between all points are off is said, not judged: some files zigzag between two receivers.
#[test]
fn a_season_is_as_long_as_its_lines() {
    let (mut own, mut kept, mut all, mut driven) = (0.0, 0.0, 0.0, 0);
    for file in season() {
        let Ok(Reading::Activities(activities)) = read(&file.bytes) else { panic!("{}", file.name) };
        for activity in &activities {
            let digest = digest(activity).unwrap_or_else(|| panic!("{}", file.name));
            // One file goes on to the next day's drive, which is no part of the run.
            if digest.notes.iter().any(|note| matches!(note, CleanNote::Drive { .. })) {
                driven += 1;
                continue;
            }
            own += digest.distance_m;
            kept += length_m(activity, |points| without_spikes(points, 12.5).iter().map(|k| k.index).collect());
            let positions: Vec<_> = activity.samples.iter().filter_map(|sample| sample.position).collect();
            all += positions.windows(2).map(|w| straight_m(w[0], w[1])).sum::<f64>();
        }
    }
    println!("digests {own:.0} m, lines without spikes {kept:.0} m, lines between all points {all:.0} m");
    assert!(driven <= 1, "{driven} drives");
    assert!((own - kept).abs() <= 0.01 * kept, "digests {own:.0} m, lines {kept:.0} m");
}

//! Exports with their routes, in archives and folders.

use super::made::*;
use super::{assert_near, coverage, digests, mean_bpm, results, results_within, zip};
use freshlegs::activity::{Format, ReadNote, Sex, Sport};
use freshlegs::import::{Fate, Import};
use freshlegs::outcome::{FileResult, Outcome};
use freshlegs::read::{FileKind, Limits, ReadError};

const ROUTE: &str = "route_2026-03-01_7.12am.gpx";
const HALF_HOUR: i64 = 1800;

/// A run of 30 minutes with a pause of two, with its route, and a ride without one.
fn export_xml() -> String {
    let ride = START + 86_400;
    let inside = [
        metadata("HKTimeZone", "America/New_York"),
        metadata("HKIndoorWorkout", "0"),
        event("Pause", START + 600),
        event("Resume", START + 720),
        "  <WorkoutStatistics type=\"HKQuantityTypeIdentifierHeartRate\" average=\"144\" maximum=\"151\"/>\n".into(),
        distance(4.7),
        "  <WorkoutActivity uuid=\"1\">\n".into(),
        distance(1.0),
        "  </WorkoutActivity>\n".into(),
        route_reference(ROUTE),
    ];
    export(
        &[
            heart_rates(START, HALF_HOUR, 144.0),
            heart_rates(ride, HALF_HOUR, 120.0),
            record("WorkoutEffortScore", "appleEffortScore", "Ann’s Watch", START, HALF_HOUR, 4.0),
            workout("Running", START, HALF_HOUR, 28.0, &inside.concat()),
            workout("Cycling", ride, HALF_HOUR, 30.0, &route_reference("lost.gpx")),
        ]
        .concat(),
    )
}

fn route_gpx() -> String {
    route(START, HALF_HOUR, 600..720)
}

fn told(results: &[FileResult]) -> Vec<String> {
    let tell = |result: &FileResult| match &result.outcome {
        Outcome::Read(digests) => format!("{}: {} read", result.file, digests.len()),
        Outcome::Skipped(kind) => format!("{}: {kind}", result.file),
        Outcome::Failed(error) => format!("{}: {error}", result.file),
        other => format!("{}: {other:?}", result.file),
    };
    results.iter().map(tell).collect()
}

#[test]
fn a_route_is_read_with_its_workout() {
    let (export, route) = (export_xml(), route_gpx());
    let in_folder = format!("apple_health_export/workout-routes/{ROUTE}");
    let entries = [(in_folder.as_str(), route.as_str()), ("apple_health_export/export.xml", export.as_str())];
    let found = results(&[("export.zip", zip(&entries))]);
    assert_eq!(
        told(&found),
        [format!("export.zip › {in_folder}: 1 read"), "export.zip › apple_health_export/export.xml: 1 read".into()]
    );
    let found = digests(found);
    let (run, ride) = (&found[0].1[0], &found[1].1[0]);
    assert_eq!(
        (run.format, run.sport, run.device.as_deref()),
        (Format::AppleHealth, Sport::Running, Some("Apple Watch (Watch6,10)"))
    );
    assert_eq!((run.start_ms, run.timer_s, run.elapsed_s), (START * 1000, 1680.0, 1800.0));
    assert_near(run.distance_m, 1680.0 * SPEED_MPS, 10.0);
    assert_near(mean_bpm(run), 144.0, 0.5);
    assert_near(coverage(run), 1.0, 0.01);
    assert_eq!(run.utc_offset.map(|offset| offset.seconds), Some(-5 * 3600), "where it was run, not the phone's");
    assert!(run.pace_reliable && run.read_notes.is_empty(), "{:?}", run.read_notes);
    assert_eq!((run.totals.heart_rate_max_bpm, run.totals.distance_m), (Some(151.0), Some(4700.0)));
    assert_eq!((run.watch.rpe, run.settings.sex, run.settings.age_years), (Some(4.0), Some(Sex::Female), Some(39.0)));
    assert_eq!((ride.sport, ride.timer_s, ride.utc_offset.map(|o| o.seconds)), (Sport::Cycling, 1800.0, Some(3600)));
    assert_near(mean_bpm(ride), 120.0, 0.5);
}

#[test]
fn archives_and_folders_give_the_same_in_any_order_and_language() {
    let (export, route) = (export_xml(), route_gpx());
    let of = |files: &[(&str, Vec<u8>)]| {
        let mut all: Vec<_> = digests(results(files)).into_iter().flat_map(|(_, digests)| digests).collect();
        all.sort_by_key(|digest| digest.start_ms);
        all
    };
    let named = |folder: &str, name: &str| (format!("{folder}{name}"), format!("{folder}workout-routes/{ROUTE}"));
    let mut found = Vec::new();
    for (folder, name) in [("apple_health_export/", "export.xml"), ("", "Exportar.xml"), ("a b/", "экспорт.XML")]
    {
        let (export_name, route_name) = named(folder, name);
        let entries = [(export_name.as_str(), export.as_str()), (route_name.as_str(), route.as_str())];
        found.push(of(&[("e.zip", zip(&entries))]));
        found.push(of(&[("e.zip", zip(&[entries[1], entries[0]]))]));
        found.push(of(&[
            ("e.zip", zip(&[("inner.zip", "")])),
            (&export_name, export.clone().into()),
            (&route_name, route.clone().into()),
        ]));
        let inner = zip(&entries);
        let mut outer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        outer.start_file("inner.zip", zip::write::SimpleFileOptions::default()).unwrap();
        std::io::Write::write_all(&mut outer, &inner).unwrap();
        found.push(of(&[("o.zip", outer.finish().unwrap().into_inner())]));
    }
    assert_eq!(found[0].len(), 2);
    assert!(found.iter().all(|other| *other == found[0]));
    // Windows writes paths otherwise.
    let files = [
        (r"a\export.xml", export.clone().into()),
        (r"a\workout-routes\route_2026-03-01_7.12am.gpx", route.clone().into()),
    ];
    assert_eq!(of(&files), found[0]);
    // A route whose export is not there is a track like any other.
    let lone = of(&[("a/workout-routes/1.gpx", route.into()), ("b/export.xml", export.into())]);
    assert_eq!(lone.iter().filter(|digest| digest.format == Format::Gpx).count(), 1);
    assert_eq!(lone.iter().filter(|digest| digest.format == Format::AppleHealth).count(), 2);
}

#[test]
fn a_route_that_cannot_be_read_does_not_cost_the_run() {
    let export = export_xml();
    let folder = "apple_health_export/workout-routes/";
    let broken = zip(&[("apple_health_export/export.xml", &export), (&format!("{folder}{ROUTE}"), "<gpx></gpx>")]);
    let found = digests(results(&[("e.zip", broken)]));
    let run = &found[1].1[0];
    assert_eq!((run.sport, run.timer_s, run.distance_m), (Sport::Running, 1680.0, 4700.0));
    assert_eq!(run.read_notes, [ReadNote::NoRoute]);
    assert_near(mean_bpm(run), 144.0, 0.5);
    // One that is no text even.
    let found =
        digests(results(&[("export.xml", export.into()), (&format!("workout-routes/{ROUTE}"), b"oh".to_vec())]));
    assert!(found[1].1[0] == *run);
}

#[test]
fn two_pieces_of_route_are_one_run() {
    let inside = [distance(5.04), route_reference("b.gpx"), route_reference("a.gpx")].concat();
    let export =
        export(&[heart_rates(START, HALF_HOUR, 144.0), workout("Running", START, HALF_HOUR, 30.0, &inside)].concat());
    let (first, second) = (route(START, 900, 0..0), route(START + 901, 899, 0..0));
    let entries =
        [("workout-routes/b.gpx", second.as_str()), ("export.xml", &export), ("workout-routes/a.gpx", &first)];
    let found = results(&[("e.zip", zip(&entries))]);
    assert_eq!(told(&found), ["e.zip › export.xml: records of Apple Health", "e.zip › workout-routes/a.gpx: 1 read"]);
    assert_eq!(found[0].outcome, Outcome::Skipped(FileKind::HealthRecords));
    let found = digests(found);
    let run = &found[1].1[0];
    assert_eq!((run.timer_s, run.recorded > 1800), (1800.0, true));
    assert_near(coverage(run), 1.0, 0.01);
}

#[test]
fn an_export_may_be_larger_than_any_activity_but_is_no_bomb() {
    let limits = Limits { entry_bytes: 200_000, ..Limits::default() };
    let (export, route) = (export_xml(), route(START, HALF_HOUR, 600..720).replace("<hAcc>3</hAcc>", ""));
    assert!(export.len() > 300_000);
    let gpx = route[..150_000].to_owned();
    let entries = [("export.xml", export.as_str()), (&format!("workout-routes/{ROUTE}"), &gpx)];
    let found = digests(results_within(&limits, &[("e.zip", zip(&entries))]));
    assert_eq!(found.iter().map(|(_, digests)| digests.len()).collect::<Vec<_>>(), [1, 1]);
    assert_near(mean_bpm(&found[1].1[0]), 144.0, 0.5);
    let blanks = " ".repeat(4 << 20);
    let bomb = export.replace("<Me ", &format!("{blanks}<Me "));
    let limits = Limits { ratio: 20, ..Limits::default() };
    let found = results_within(&limits, &[("b.zip", zip(&[("export.xml", &bomb)]))]);
    assert_eq!(found[0].outcome, Outcome::Failed(ReadError::Bomb { ratio: 20 }));
    let limits = Limits { total_bytes: 300_000, ..Limits::default() };
    let found = results_within(&limits, &[("t.zip", zip(&[("export.xml", &export)]))]);
    let lines = told(&found);
    assert!(lines.iter().any(|line| line.contains("--max-total-mb")), "{lines:?}");
}

#[test]
fn what_precedes_a_break_is_used_and_the_break_is_told() {
    let whole = export_xml();
    let cut = &whole[..whole.find("HKWorkoutActivityTypeCycling").unwrap()];
    let found = results(&[("e.zip", zip(&[("export.xml", cut)]))]);
    assert_eq!(
        told(&found),
        [
            "e.zip › export.xml: 1 read",
            "e.zip › export.xml: the XML cannot be read: the file ends too early; export the file again"
        ]
    );
    assert_eq!(Import::of(&found).with(Fate::Failed).count(), 1);
    assert_eq!(found[0].outcome, results(&[("export.xml", cut.into())])[0].outcome);
}

//! How fast each stage is: read and clean in MB/s, digest, model and report in runs/s, on the made-up season.
#![allow(clippy::disallowed_methods, reason = "a benchmark reads files")]

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use freshlegs::activity::Activity;
use freshlegs::import::Import;
use freshlegs::outcome::FileResult;
use freshlegs::pipeline;
use freshlegs::profile::Profile;
use freshlegs::read::{self, Limits, Reading};
use freshlegs::recording::Recording;
use freshlegs::render::report;
use freshlegs::season::Season;
use freshlegs::{clean, digest};
use jiff::civil::date;
use jiff::tz::TimeZone;
use std::io::Cursor;
use std::path::Path;

fn samples() -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    let mut files: Vec<_> = std::fs::read_dir(folder).expect("samples").map(|e| e.expect("entry").path()).collect();
    files.sort();
    let kinds = ["fit", "gpx", "tcx", "gz"];
    files.retain(|path| path.extension().is_some_and(|e| kinds.iter().any(|kind| e == *kind)));
    files.iter().map(|path| (path.to_string_lossy().into_owned(), std::fs::read(path).expect("bytes"))).collect()
}

fn activities(bytes: &[u8]) -> Vec<Activity> {
    match read::read(bytes) {
        Ok(Reading::Activities(activities)) => activities,
        other => panic!("no activity: {other:?}"),
    }
}

fn results(files: &[(String, Vec<u8>)]) -> Vec<FileResult> {
    let names: Vec<String> = files.iter().map(|(name, _)| name.clone()).collect();
    let open = |name: &str| {
        files.iter().find(|(other, _)| other == name).map(|(_, bytes)| Cursor::new(bytes)).ok_or_else(String::new)
    };
    pipeline::digest_all(&names, open, &Limits::default(), |_| None, |_| {})
}

/// So many recordings: the sample season over and over, each time as long before as it lasts.
fn seasons(recordings: &[Recording], count: usize) -> Vec<Recording> {
    const SEASON_MS: i64 = 17 * 7 * 24 * 3600 * 1000;
    let earlier = |i: usize| {
        let (recording, back) = (&recordings[i % recordings.len()], (i / recordings.len()) as i64);
        let mut digest = (*recording.digest).clone();
        digest.start_ms -= back * SEASON_MS;
        Recording::new(format!("{back}/{}", recording.file).into(), digest, &TimeZone::UTC).expect("a date")
    };
    (0..count).map(earlier).collect()
}

fn stages(criterion: &mut Criterion) {
    let files = samples();
    let activities: Vec<Activity> = files.iter().flat_map(|(_, bytes)| activities(bytes)).collect();
    let runs = activities.len() as u64;

    for format in ["fit", "gpx", "tcx"] {
        let plain = |name: &str| name.ends_with(&format!(".{format}"));
        let chosen: Vec<&Vec<u8>> = files.iter().filter(|(name, _)| plain(name)).map(|(_, bytes)| bytes).collect();
        let mut group = criterion.benchmark_group("read");
        group.throughput(Throughput::Bytes(chosen.iter().map(|bytes| bytes.len() as u64).sum()));
        group.bench_function(format, |b| b.iter(|| chosen.iter().filter(|bytes| read::read(bytes).is_ok()).count()));
        group.finish();
    }

    let mut group = criterion.benchmark_group("runs");
    group.throughput(Throughput::Elements(runs));
    group.bench_function("clean", |b| b.iter(|| activities.iter().filter_map(clean::clean).count()));
    group.bench_function("digest", |b| b.iter(|| activities.iter().filter_map(digest::digest).count()));
    let results = results(&files);
    let recordings = pipeline::recordings(results.clone(), &TimeZone::UTC);
    let today = date(2026, 6, 22);
    let model = |recordings| pipeline::analyse(recordings, &Profile::default(), today);
    group.bench_function("model", |b| b.iter_batched(|| recordings.clone(), model, BatchSize::LargeInput));
    let analysis = model(recordings.clone());
    let import = Import::of(&results);
    group.sample_size(10);
    group.bench_function("report", |b| {
        b.iter(|| report::files(&analysis, &import, &report::PreviousReport::default()).map(|files| files.len()))
    });
    group.finish();

    // Time for each run is the same, however many there are.
    let mut group = criterion.benchmark_group("season");
    group.sample_size(10);
    for count in [1000, 8000] {
        let recordings = seasons(&recordings, count);
        group.throughput(Throughput::Elements(count as u64));
        let season = |recordings| Season::new(recordings, &Profile::default(), today);
        group.bench_function(count.to_string(), |b| {
            b.iter_batched(|| recordings.clone(), season, BatchSize::PerIteration);
        });
    }
    group.finish();
}

criterion_group!(benches, stages);
criterion_main!(benches);

//! Odd clocks and calendars.

use super::made::{Made, Outcome};
use freshlegs::label::Label;
use freshlegs::render::table::RunRow;
use jiff::SignedDuration;
use jiff::civil::date;

fn seconds(s: i64) -> SignedDuration {
    SignedDuration::from_secs(s)
}

fn local_time(run: &RunRow) -> String {
    run.started.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
}

/// Local day and start of a run that begins at `start` in UTC at a place.
fn local(start: &str, place: (f64, f64)) -> String {
    let run = Made { place, ..Made::run(start) };
    let outcome = Outcome::alone(run.gpx(), date(2030, 1, 1));
    let odd = outcome.odd();
    assert_eq!(odd.started.date(), odd.date);
    local_time(odd)
}

#[test]
fn a_run_across_midnight_belongs_to_the_day_it_began() {
    // 23:40 in Vienna, which is 21:40 UTC; and 00:20, still the day before in UTC.
    let outcome = Outcome::with_odd(Made::run("2024-06-05T21:40:00Z").gpx());
    assert_eq!(outcome.odd().date, date(2024, 6, 5));
    let early = Outcome::with_odd(Made::run("2024-06-05T22:20:00Z").gpx());
    assert_eq!(early.odd().date, date(2024, 6, 6));
    let days = outcome.analysis.season.days();
    let on = |day| days.iter().find(|d| d.date == day).map_or(0.0, |d| d.load);
    assert!(on(date(2024, 6, 5)) > 0.0);
    assert_eq!(on(date(2024, 6, 6)), 0.0);
}

#[test]
fn offsets_off_the_hour_are_exact() {
    assert_eq!(local("2024-05-01T00:10:00Z", (22.57, 88.36)), "2024-05-01T05:40:00+05:30", "Kolkata");
    assert_eq!(local("2024-05-01T18:20:00Z", (27.71, 85.32)), "2024-05-02T00:05:00+05:45", "Kathmandu");
    assert_eq!(local("2024-05-01T12:00:00Z", (47.56, -52.71)), "2024-05-01T09:30:00-02:30", "St John's");
    for offset in ["+05:30", "+05:45", "-03:30", "+14:00"] {
        let run = Made::run("2024-05-01T06:00:00Z");
        let text = String::from_utf8(run.gpx()).expect("text").replace("Z</time>", &format!("{offset}</time>"));
        let outcome = Outcome::alone(text.into_bytes(), date(2030, 1, 1));
        assert_eq!(local_time(outcome.odd()), format!("2024-05-01T06:00:00{offset}"));
    }
}

#[test]
fn the_date_line_divides_the_days() {
    assert_eq!(local("2024-05-01T11:00:00Z", (1.87, -157.43)), "2024-05-02T01:00:00+14:00", "Kiritimati");
    assert_eq!(local("2024-05-01T11:00:00Z", (-14.28, -170.70)), "2024-05-01T00:00:00-11:00", "Pago Pago");
    // A run over the 180th meridian itself, on Taveuni, is neither long nor fast.
    let run = Made { place: (-16.83, 179.999), ..Made::run("2024-05-01T06:00:00Z") };
    let east = |s: i64| 179.999 + 2.9 * s as f64 / (111_195.0 * 16.83_f64.to_radians().cos());
    let points: String = (0..=600)
        .map(|s| {
            let longitude = if east(s) > 180.0 { east(s) - 360.0 } else { east(s) };
            format!("<trkpt lat=\"-16.83\" lon=\"{longitude:.7}\"><time>{}</time></trkpt>", run.start + seconds(s))
        })
        .collect();
    let text = format!("<gpx version=\"1.1\"><trk><type>running</type><trkseg>{points}</trkseg></trk></gpx>");
    let outcome = Outcome::alone(text.into_bytes(), date(2030, 1, 1));
    let distance_m = outcome.odd().distance_m.expect("a distance");
    assert!((distance_m - 1740.0).abs() < 10.0, "{distance_m}");
}

#[test]
fn a_run_through_a_change_of_the_clocks_is_as_long_as_it_is() {
    // Vienna, 31 March 2024: 01:40 local, twenty minutes before the hour that does not exist; and 27 October, 02:40 twice.
    assert_eq!(local("2024-03-31T00:40:00Z", (48.2, 16.4)), "2024-03-31T01:40:00+01:00");
    assert_eq!(local("2024-10-27T00:40:00Z", (48.2, 16.4)), "2024-10-27T02:40:00+02:00");
    assert_eq!(local("2024-10-27T01:40:00Z", (48.2, 16.4)), "2024-10-27T02:40:00+01:00");
    let spring = Outcome::alone(Made::run("2024-03-31T00:40:00Z").gpx(), date(2024, 4, 1));
    assert_eq!((spring.odd().timer_s, spring.odd().elapsed_s), (3000.0, 3000.0));
}

#[test]
fn a_clock_that_jumps_back_costs_no_time_and_claims_nothing() {
    let run = Made {
        seconds: 1800,
        speed_mps: 2.4,
        bpm: |s| Some(115 + (s / 20 % 3) as u32),
        ..Made::run("2024-06-06T05:00:00Z")
    };
    let clock = |s: i64| run.start + seconds(if s < 900 { s } else { s - 7200 });
    let outcome = Outcome::with_odd(run.gpx_by(clock));
    let odd = outcome.odd();
    assert!((odd.timer_s - 1800.0).abs() <= 1.0 && odd.elapsed_s >= odd.timer_s, "{} {}", odd.timer_s, odd.elapsed_s);
    assert_eq!((odd.label, odd.confidence), (Label::Unknown, 0.0), "{:?}", odd.reasons);
}

#[test]
fn a_watch_that_never_knew_the_date_has_no_place_in_the_season() {
    let alone = Outcome::alone(Made::run("2106-02-07T06:00:00Z").gpx(), date(2106, 3, 1));
    assert_eq!((alone.odd().timer_s, alone.odd().load > 0.0), (3000.0, true));
    assert_ne!(alone.odd().label, Label::Recovery);
    // With a season around it: what lies ahead of today or before there were such watches is left out, and said so.
    for start in ["1989-12-31T00:10:00Z", "2106-02-07T06:00:00Z"] {
        let outcome = Outcome::with_odd(Made::run(start).gpx());
        assert_eq!((outcome.odd_runs().len(), outcome.runs().len()), (0, 18), "{start}");
        assert_eq!(outcome.analysis.season.left_out.len(), 1, "{start}");
    }
}

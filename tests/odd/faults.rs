//! What other programs get wrong: a made-up file of each kind, and what is right.
//!
//! `docs/formats.md` has a row for every kind here, in the same words.

use super::recorded::{Point, Recorded, Sport};
use freshlegs::digest::{Digest, digest};
use freshlegs::read::{Reading, read};

/// A file with a fault, and what is right.
struct Fault {
    /// The kind, as `docs/formats.md` has it.
    kind: &'static str,
    bytes: Vec<u8>,
    timer_s: f64,
    distance_m: f64,
    /// Part of the sentence in the import log; empty where it is mended in silence.
    says: &'static str,
}

fn digest_of(bytes: &[u8], kind: &str) -> Digest {
    let reading = read(bytes).unwrap_or_else(|error| panic!("{kind}: {error}"));
    let Reading::Activities(activities) = reading else { panic!("{kind}: no activity") };
    assert_eq!(activities.len(), 1, "{kind}");
    digest(&activities[0]).unwrap_or_else(|| panic!("{kind}: nothing to measure"))
}

fn said(digest: &Digest) -> Vec<String> {
    digest.mended().map(ToString::to_string).collect()
}

/// All are checked before any is complained of.
fn check(faults: Vec<Fault>) {
    let documented = include_str!("../../docs/formats.md");
    let mut wrong = Vec::new();
    for Fault { kind, bytes, timer_s, distance_m, says } in faults {
        let digest = digest_of(&bytes, kind);
        let says_it = match says {
            "" => said(&digest).is_empty(),
            says => said(&digest).iter().any(|sentence| sentence.contains(says)),
        };
        let is_right =
            (digest.timer_s - timer_s).abs() <= 2.0 && (digest.distance_m - distance_m).abs() <= 0.004 * distance_m;
        if !is_right || !says_it {
            let found = (digest.timer_s, digest.distance_m, said(&digest));
            wrong
                .push(format!("{kind} ({}): {found:?}, not {timer_s} s, {distance_m} m, {says}", digest.format_word()));
        }
        if !documented.contains(&format!("| {kind} |")) {
            wrong.push(format!("docs/formats.md has no row «{kind}»"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

trait FormatWord {
    fn format_word(&self) -> String;
}

impl FormatWord for Digest {
    fn format_word(&self) -> String {
        format!("{:?}", self.format)
    }
}

/// The easy run of twenty minutes, whatever is wrong with it.
fn easy(kind: &'static str, bytes: Vec<u8>, says: &'static str) -> Fault {
    Fault { kind, bytes, timer_s: 1200.0, distance_m: 3360.0, says }
}

fn counted(change: impl Fn(&Point) -> Option<f64>) -> Recorded {
    Recorded::easy().with(|point| point.counter_m = change(point))
}

fn total(recorded: Recorded, total_m: f64) -> Recorded {
    Recorded { total_m, ..recorded }
}

#[test]
fn counters_in_other_units() {
    let in_units = |metres: f64| total(counted(|p| Some(p.way_m / metres)), 3360.0 / metres);
    let increments = || counted(|p| Some(if p.s > 0 { 2.8 } else { 0.0 }));
    let km = "a counter in kilometres or miles";
    let steps = "a counter that holds the metres since the point before";
    check(vec![
        easy(km, in_units(1000.0).tcx(), "3.36 km by positions: the counter was in km"),
        easy(km, in_units(1000.0).fit(), "the counter was in km"),
        easy(km, in_units(1609.344).tcx(), "the counter was in miles"),
        easy(km, in_units(1000.0).without_places().tcx(), "3.36 km mended: the counter was in km"),
        easy(km, total(in_units(1000.0).without_places(), 3360.0).tcx(), "3.36 km by lap total: the counter was in km"),
        easy(steps, increments().tcx(), "the counter held the metres since the point before"),
        easy(steps, increments().without_places().fit(), "the counter held the metres since the point before"),
        easy(steps, increments().gpx(), ""),
    ]);
}

#[test]
fn counters_that_jump() {
    let jump = |by: f64| counted(move |p| Some(p.way_m + if p.s > 400 { by } else { 0.0 }));
    let away = |at: f64, until: i64| counted(move |p| Some(if (400..until).contains(&p.s) { at } else { p.way_m }));
    let late = |from: i64| counted(move |p| Some(p.way_m).filter(|_| p.s >= from));
    let laps = || counted(|p| Some(p.way_m % 1000.0));
    let jumps = "a counter that jumps, or drops and comes back";
    let begins = "a counter whose first value comes late";
    let anew = "a counter that begins again at every lap";
    check(vec![
        easy(jumps, jump(100_000.0).fit(), "by the device's counter, 3.36 km mended: the counter jumped"),
        easy(jumps, jump(2e7).fit(), "the counter jumped"),
        easy(jumps, jump(-2_147_483.6).tcx(), "the counter jumped"),
        easy(jumps, jump(400.0).without_places().tcx(), "the counter jumped"),
        easy(jumps, away(0.0, 430).fit(), "the counter jumped"),
        easy(jumps, away(0.0, 700).without_places().tcx(), "the counter jumped"),
        easy(jumps, away(99_999.0, 401).tcx(), "the counter jumped"),
        easy(begins, late(600).without_places().tcx(), "1.68 km by the device's counter, 3.36 km mended"),
        easy(begins, late(300).fit(), "the counter was written late"),
        easy(begins, late(5).tcx(), ""),
        easy(anew, laps().tcx(), "the counter began again on the way"),
        easy(anew, laps().without_places().fit(), "the counter began again on the way"),
    ]);
}

#[test]
fn speeds_in_other_units() {
    let by_speed = |factor: f64| {
        let run = Recorded::easy().without_places().with(|p| (p.mps, p.counter_m) = (p.mps * factor, None));
        Recorded { has_speed: true, ..run }
    };
    let stuck = by_speed(3.6).with(|p| p.counter_m = Some(p.way_m.min(300.0)));
    let kind = "speed in km/h or mph";
    check(vec![
        easy(kind, by_speed(3.6).tcx(), "12.10 km by recorded speed, 3.36 km by lap total: speed was in km/h"),
        easy(kind, by_speed(3.6).fit(), "3.36 km by session total: speed was in km/h"),
        easy(kind, by_speed(2.236_94).tcx(), "speed was in mph"),
        easy(kind, by_speed(1.0).tcx(), ""),
        easy("a counter that stands still", stuck.tcx(), "3.36 km by recorded speed: two of its other channels agree"),
    ]);
}

#[test]
fn treadmills_corrected_by_hand() {
    let kind = "a treadmill's distance corrected by hand";
    let indoors = |counter: f64| {
        let run = Recorded::easy().without_places().with(|p| p.counter_m = Some(counter * p.way_m));
        Recorded { sport: Sport::Treadmill, ..run }
    };
    let outdoors = Recorded { total_m: 3700.0, ..Recorded::easy() };
    check(vec![
        easy(kind, indoors(0.92).fit(), "3.09 km by the device's counter, 3.36 km by session total"),
        easy(kind, indoors(1.1).fit(), "it was corrected by hand"),
        easy(kind, indoors(0.9).tcx(), "it was corrected by hand"),
        easy(kind, indoors(1.01).with(|p| p.counter_m = Some(p.way_m)).fit(), ""),
        easy(kind, total(indoors(1.0), 9000.0).fit(), ""),
        easy(kind, outdoors.fit(), ""),
    ]);
}

#[test]
fn drives_are_no_part_of_a_run() {
    let is_ride = |p: &Point| p.mps > 7.0;
    let driven = |seconds: i64, mps: fn(i64) -> f64| {
        Recorded::run(seconds, mps).with(|p| {
            p.bpm = p.bpm.map(|bpm| if p.mps > 7.0 || p.mps == 0.0 { bpm - 50.0 } else { bpm });
            p.cadence = p.cadence.filter(|_| !is_ride(p));
        })
    };
    let home = || {
        driven(2000, |s| {
            if s <= 1200 {
                2.8
            } else if s < 1260 {
                0.0
            } else {
                13.0
            }
        })
    };
    let there = || driven(2000, |s| if s <= 800 { 13.0 } else { 2.8 });
    let between = || driven(1800, |s| if (601..=1200).contains(&s) { 15.0 } else { 2.8 });
    let cycled = || driven(2400, |s| if s <= 1200 { 2.8 } else { 7.6 });
    let silent = || driven(2000, |s| if s <= 1200 { 2.8 } else { 14.0 }).with(|p| (p.bpm, p.cadence) = (None, None));
    let steps_counted = home().with(|p| p.cadence = Some(84.0));
    let repeats = || {
        Recorded::run(1200, |s| if s / 90 % 2 == 0 { 2.5 } else { 7.3 }).with(|p| {
            p.cadence = Some(if p.mps > 7.0 { 105.0 } else { 84.0 });
        })
    };
    let kind = "a drive or ride home, there, or in between";
    let fast = |bytes| Fault { kind, bytes, timer_s: 1200.0, distance_m: repeats().total_m, says: "" };
    check(vec![
        easy(kind, home().fit(), "3.36 km without: 13:20 at its end"),
        easy(kind, home().gpx(), "with a drive, 3.36 km without"),
        easy(kind, home().tcx(), "at its end"),
        easy(kind, there().fit(), "at its start"),
        easy(kind, there().gpx(), "at its start"),
        easy(kind, between().fit(), "10:00 in the middle"),
        easy(kind, between().gpx(), "in the middle"),
        easy(kind, cycled().fit(), "at its end"),
        easy(kind, silent().gpx(), "at its end"),
        easy(kind, steps_counted.fit(), "at its end"),
        fast(repeats().fit()),
    ]);
}

#[test]
fn watches_that_were_forgotten() {
    // Positions that drift about a car park.
    let parked = |s: i64| Recorded::run(s, |s| if s <= 1200 { 2.8 } else { 0.0 });
    let drifting = parked(6000).with(|p| {
        if p.s > 1200 {
            p.way_m += 12.0 * ((p.s * 7919 % 1000) as f64 / 1000.0 - 0.5);
            (p.bpm, p.cadence) = (Some(70.0 + (p.s / 20 % 3) as f64), None);
        }
    });
    check(vec![easy(
        "a watch forgotten in a car park",
        drifting.gpx(),
        "of standing still at its end left out: the watch was not stopped",
    )]);
}

#[test]
fn clocks_set_on_the_way() {
    let set = |by: i64, at: i64| {
        let run = Recorded::easy().with(|p| p.s += if p.s >= at { by } else { 0 });
        Recorded { timer: vec![(0, true), (1200 + by, false)], ..run }
    };
    let resumed =
        Recorded { timer: vec![(0, true), (599, false), (2_592_600, true), (2_593_200, false)], ..set(2_592_000, 600) };
    let kind = "a clock set on the way, forward or back";
    check(vec![
        easy(kind, set(1_728_000, 300).fit(), "300 samples before that moved to match"),
        easy(kind, set(1_728_000, 900).tcx(), "its clock was set"),
        easy(kind, set(-1_728_000, 300).fit(), "its clock jumped back by 480 h"),
        easy(kind, set(-7200, 300).tcx(), "its clock jumped back by 2 h"),
        easy(kind, set(1800, 300).fit(), "300 samples before that moved to match"),
        easy("a session resumed a month later", resumed.fit(), "its clock was set"),
    ]);
    let start_of = |bytes: Vec<u8>| digest_of(&bytes, kind).start_ms / 1000;
    let true_start = start_of(Recorded::easy().fit());
    assert_eq!(start_of(set(1_728_000, 300).fit()), true_start + 1_728_000, "on the later day");
    assert_eq!(start_of(set(-1_728_000, 300).fit()), true_start - 1_728_000, "what the clock says once it is set");
    assert_eq!(start_of(set(1800, 300).fit()), true_start + 1800, "half an hour later on the same day");
    assert!(!digest_of(&set(1_728_000, 300).fit(), kind).length_is_in_doubt(), "the timer confirms it");
}

#[test]
fn points_out_of_order() {
    let ordered = |order: &dyn Fn(i64) -> i64| {
        let mut run = Recorded::easy();
        run.points.sort_by_key(|p| order(p.s));
        run
    };
    let block = |s: i64| s / 200;
    let segments = |mut run: Recorded| {
        let firsts: Vec<bool> = run.points.windows(2).map(|w| w[1].s != w[0].s + 1).collect();
        run.points.iter_mut().skip(1).zip(firsts).for_each(|(point, first)| point.segment = first);
        run
    };
    let swapped = |s: i64| (block(s) ^ 1) * 1000 + s % 200;
    let kind = "points or segments out of order";
    check(vec![
        easy(kind, ordered(&swapped).gpx(), "out of order"),
        easy(kind, segments(ordered(&swapped)).gpx(), "out of order"),
        easy(kind, ordered(&swapped).tcx(), "out of order"),
        easy(kind, ordered(&|s| -s).gpx(), "out of order"),
        easy(kind, ordered(&|s| s * 7919 % 1201).fit(), "out of order"),
        easy(kind, ordered(&|s| if s >= 600 { s - 5000 } else { s }).gpx(), "out of order"),
    ]);
}

#[test]
fn times_in_other_ways_of_writing() {
    let written = |zone| Recorded { zone, ..Recorded::easy() };
    let kind = "times that end in `ZZ`, `+0200`, ` UTC` or nothing";
    check(
        ["ZZ", "+0200", "+02", "", " UTC", ".250Z", ",5Z"]
            .into_iter()
            .flat_map(|zone| [easy(kind, written(zone).tcx(), ""), easy(kind, written(zone).gpx(), "")])
            .collect(),
    );
    for bytes in [written(" noon").tcx(), written(" noon").gpx()] {
        let error = read(&bytes).expect_err("no time").to_string();
        assert!(error.starts_with("has no time that can be read (`2026-05-10T07:00:00 noon`)"), "{error}");
    }
}

#[test]
fn timers_with_parts_missing() {
    let gap = |from: i64, to: i64| Recorded::run(1500, |_| 2.8).only(move |p| !(from + 1..to).contains(&p.s));
    let timed = |run: Recorded, timer_s: f64, timer: &[(i64, bool)]| Recorded { timer_s, timer: timer.to_vec(), ..run };
    let restart = |events: &[(i64, bool)]| timed(gap(600, 900), 1200.0, events);
    let hidden = "a stop without a start, while records go on";
    let of = |kind, bytes, timer_s, distance_m| Fault { kind, bytes, timer_s, distance_m, says: "" };
    let late = timed(Recorded::easy(), 1200.0, &[(0, true), (1277, false)]);
    let early = timed(Recorded::easy().with(|p| p.s += 60), 1200.0, &[(0, true), (1260, false)]);
    let read_on = timed(Recorded::easy(), 1000.0, &[(0, true), (1000, false)]);
    check(vec![
        of(hidden, restart(&[(0, true), (600, false), (1500, false)]).fit(), 1200.0, 4200.0),
        of(hidden, restart(&[(0, true), (600, false)]).fit(), 1200.0, 4200.0),
        of(hidden, read_on.fit(), 1000.0, 2800.0),
        of("a gap that no stop tells of", restart(&[(0, true), (1500, false)]).fit(), 1200.0, 4200.0),
        easy("a stop a minute after the last record", late.fit(), ""),
        easy("a stop a minute after the last record", early.fit(), ""),
    ]);
}

#[test]
fn altitudes_that_cannot_be() {
    let kind = "altitudes that drop to 0, jump or are set anew";
    let altitudes: [fn(i64) -> f64; 4] = [
        |s| if s % 180 < 8 { 0.0 } else { 420.0 },
        |s| if s % 300 > 260 { 250.0 } else { 170.0 },
        |s| if s < 600 { 170.0 } else { 240.0 },
        |s| if (300..400).contains(&s) { 0.0 } else { 420.0 },
    ];
    let mut faults = Vec::new();
    for altitude in altitudes {
        let run = Recorded::easy().with(|p| p.altitude_m = altitude(p.s));
        for bytes in [run.gpx(), run.fit()] {
            let digest = digest_of(&bytes, kind);
            let (up, ngp) = (digest.ascent_m.expect("a climb"), digest.ngp_mps.expect("a pace"));
            assert!(up < 2.0 && (ngp - 2.8).abs() < 0.02, "{up} m up, {ngp} m/s");
            faults.push(easy(kind, bytes, ""));
        }
    }
    // Noise of 4 m on flat ground, anew every 20 s.
    let height = |i: i64| (((i * i * 2_654_435_761 + i * 40_503) >> 16 & 1023) as f64 / 1023.0 - 0.5) * 13.8;
    let noise = |s: i64| height(s / 20) + (height(s / 20 + 1) - height(s / 20)) * (s % 20) as f64 / 20.0;
    let noisy = Recorded::run(2400, |_| 2.8).with(|p| p.altitude_m = 170.0 + noise(p.s));
    for bytes in [noisy.gpx(), noisy.tcx()] {
        let ngp = digest_of(&bytes, kind).ngp_mps.expect("a pace");
        assert!((ngp / 2.8 - 1.0).abs() < 0.02, "{ngp} m/s");
        let distance_m = noisy.total_m;
        faults.push(Fault {
            kind: "noise in the altitude of flat ground",
            bytes,
            timer_s: 2400.0,
            distance_m,
            says: "",
        });
    }
    check(faults);
}

#[test]
fn heart_rates_few_and_far_between() {
    let kind = "points seconds or minutes apart";
    let sparse = |every: i64| Recorded::easy().only(move |p| p.s % every == 0);
    let uneven = Recorded::easy().only(|p| [0, 12, 50, 84, 92].contains(&(p.s % 120)) || p.s == 1200);
    let minutes = Recorded::run(6000, |_| 2.0).only(|p| p.s % 120 == 0);
    let minutes = minutes.with(|p| p.bpm = p.bpm.map(|bpm| bpm + (p.s / 120 % 3) as f64));
    let on_change =
        Recorded::easy().with(|p| p.bpm = p.bpm.filter(|_| p.s % 37 == 0).map(|_| 138.0 + (p.s / 37 % 2) as f64));
    let few = Fault { kind, bytes: minutes.gpx(), timer_s: 6000.0, distance_m: 11_820.0, says: "" };
    let on_change_kind = "a heart rate written only when it changes";
    let faults = vec![
        easy(kind, sparse(20).tcx(), ""),
        easy(kind, sparse(40).tcx(), ""),
        easy(kind, uneven.tcx(), ""),
        few,
        easy(on_change_kind, on_change.tcx(), ""),
        easy(on_change_kind, on_change.fit(), ""),
    ];
    for every in [180, 240] {
        let apart = Recorded::run(6000, |_| 2.0).only(|p| p.s % every == 0);
        let digest = digest_of(&apart.with(|p| p.bpm = p.bpm.map(|bpm| bpm + (p.s / every % 3) as f64)).gpx(), kind);
        let known = digest.trace.seconds().filter(|s| s.heart_rate_bpm.is_some()).count();
        assert!(known as f64 >= 0.98 * digest.timer_s, "{every} s apart: {known} of {} s", digest.timer_s);
    }
    for Fault { bytes, kind, .. } in faults.iter().filter(|fault| fault.timer_s == 1200.0) {
        let digest = digest_of(bytes, kind);
        let known = digest.trace.seconds().filter(|s| s.moving && s.heart_rate_bpm.is_some()).count();
        assert!(known as f64 >= 0.98 * digest.moving_s, "{kind}: {known} of {} s", digest.moving_s);
    }
    check(faults);
}

#[test]
fn a_true_heart_rate_near_the_cadence_is_no_lock() {
    let locked = |bytes: &[u8]| digest_of(bytes, "lock").trace.seconds().filter(|s| s.cadence_lock).count();
    let steps = |s: i64| 85.0 + 2.0 * (s as f64 / 15.0).sin();
    let tempo = Recorded::run(1800, |s| if s > 600 { 3.6 } else { 2.8 }).with(|p| {
        let risen = 28.0 * (1.0 - (-(p.s - 600).max(0) as f64 / 40.0).exp());
        (p.bpm, p.cadence) = (Some(140.0 + risen + (p.s / 7 % 3) as f64), Some(85.0 + (p.s % 2) as f64));
    });
    let followed = Recorded::run(1800, |_| 2.8).with(|p| {
        let bpm = if p.s > 600 { 2.0 * steps(p.s) } else { 140.0 + (p.s / 7 % 3) as f64 };
        (p.bpm, p.cadence) = (Some(bpm), Some(steps(p.s)));
    });
    let jumped = Recorded::run(1800, |_| 2.8).with(|p| {
        let bpm = if p.s > 600 { 170.0 } else { 140.0 } + (p.s / 7 % 3) as f64;
        (p.bpm, p.cadence) = (Some(bpm), Some(85.0 + (p.s % 2) as f64));
    });
    assert_eq!(locked(&tempo.fit()), 0);
    assert!(locked(&followed.fit()) > 900 && locked(&jumped.fit()) > 900);
}

#[test]
fn gaits_that_steps_alone_do_not_tell() {
    let run_share = |bytes: Vec<u8>| {
        let digest = digest_of(&bytes, "gait");
        (digest.running_s / digest.moving_s).round()
    };
    let gone = |mps: f64, cadence: Option<f64>| Recorded::run(1200, move |_| mps).with(move |p| p.cadence = cadence);
    assert_eq!(run_share(gone(1.45, Some(112.0)).fit()), 0.0, "a walk, both feet counted");
    assert_eq!(run_share(gone(1.4, Some(100.0)).fit()), 0.0, "the same, slower");
    assert_eq!(run_share(gone(1.45, Some(56.0)).fit()), 0.0, "a walk, one foot counted");
    assert_eq!(run_share(gone(2.8, Some(170.0)).fit()), 1.0, "a run, both feet counted");
    assert_eq!(run_share(gone(1.7, Some(82.0)).fit()), 1.0, "a slow jog");
    assert_eq!(run_share(gone(1.7, None).gpx()), 1.0, "a slow jog without a sensor");
    assert_eq!(run_share(gone(2.4, Some(60.0)).fit()), 1.0, "long, slow steps");
    let uphill = |sport, run: Recorded| Recorded { sport, ..run.with(|p| p.altitude_m = 800.0 + 0.2 * p.way_m) };
    let hiked = || gone(1.0, Some(56.0));
    assert_eq!(run_share(uphill(Sport::Trail, hiked()).fit()), 1.0, "a mountain race");
    assert_eq!(run_share(uphill(Sport::Trail, hiked()).gpx()), 1.0);
    assert_eq!(run_share(uphill(Sport::Running, hiked()).tcx()), 1.0, "as steep as one");
    assert_eq!(run_share(uphill(Sport::Walking, hiked()).fit()), 0.0, "a hike");
    assert_eq!(run_share(Recorded { sport: Sport::Trail, ..hiked() }.fit()), 0.0, "flat");
}

#[test]
fn laps_that_know_more_than_the_points() {
    let half = Recorded { timer_s: 2400.0, total_m: 6720.0, ..Recorded::easy() };
    let says = "its totals say 6.72 km in 40:00, its samples 3.36 km in 20:00";
    // A session that was ended with the points, and laps that went on.
    let lap = |from| (from, 600.0, 1680.0);
    let laps = Recorded { laps: vec![lap(0), lap(600), lap(1200), lap(1800)], ..Recorded::easy() };
    let laps_say = "its laps say 6.72 km in 40:00, its samples 3.36 km in 20:00";
    check(vec![
        easy("laps that know more than the points", half.tcx(), says),
        easy("laps that know more than session and points", laps.fit(), laps_say),
    ]);
}

#[test]
fn rides_that_do_not_name_themselves_keep_their_distance() {
    let mps = |s: i64| if s % 300 < 200 { 8.0 } else { 18.0 };
    let ride = Recorded { sport: Sport::Unnamed, ..Recorded::run(1200, mps) };
    let ride = ride.with(|p| (p.cadence, p.counter_m) = (None, None));
    let (kind, distance_m) = ("a ride that does not name itself", ride.total_m);
    check(vec![Fault { kind, bytes: ride.gpx(), timer_s: 1200.0, distance_m, says: "" }]);
}

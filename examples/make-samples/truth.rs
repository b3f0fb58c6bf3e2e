//! What is true of a file, taken from the simulation before the watch added its errors.

use super::recording::{Recording, Spacing, Strap};
use super::season::{Course, Outing};
use jiff::Timestamp;
use serde_json::{Value, json};
use std::error::Error;

pub fn json(outing: &Outing, recording: &Recording) -> Result<String, Box<dyn Error>> {
    let moving: Vec<f64> = recording.moving().map(|tick| tick.heart_rate_bpm).collect();
    let mean_bpm = moving.iter().sum::<f64>() / moving.len() as f64;
    let worn = outing.strap != Strap::Dead;
    let last = recording.ticks[recording.ticks.len() - 1];
    let (ascent_m, _) = recording.climbed_m();
    let truth = json!({
        "sport": match outing.plan.word() {
            "walk" => "walking",
            "ride" => "cycling",
            _ => "running",
        },
        "start": Timestamp::from_second(recording.start_s)?.to_string(),
        "local_date": recording.local_date,
        "distance_m": tenths(last.distance_m),
        "elapsed_s": recording.elapsed_s(),
        "timer_s": recording.timer_s(0, recording.elapsed_s()),
        "moving_s": moving.len(),
        "mean_heart_rate_bpm": if worn { tenths(mean_bpm) } else { Value::Null },
        "ascent_m": tenths(ascent_m),
        "intended": outing.plan.word(),
        "has_heart_rate": worn,
        "records": recording.points.len(),
        "notes": notes(outing),
    });
    Ok(serde_json::to_string_pretty(&truth)? + "\n")
}

fn tenths(value: f64) -> Value {
    json!((value * 10.0).round() / 10.0)
}

/// What a reader of this file has to cope with.
fn notes(outing: &Outing) -> Vec<String> {
    let mut notes = Vec::new();
    let mut note = |applies: bool, text: &str| {
        if applies {
            notes.push(text.to_owned());
        }
    };
    note(outing.strap == Strap::Dead, "the strap was dead: no heart rate at all; the true one is not told");
    note(outing.spacing == Spacing::Smart, "recorded only every one to eight seconds");
    note(outing.packs_times, "most records carry their time in the record header");
    note(outing.course == Course::Treadmill, "on a treadmill: no positions, no altitude");
    note(outing.course == Course::Track, "on a flat 400 m track");
    note(outing.walks_in, "begins with four minutes of walking");
    note(outing.walks_out, "ends with five minutes of walking");
    note(outing.stretches, "stops twice to stretch, timer running");
    note(outing.start.contains(" 23:"), "runs past local midnight");
    note(outing.title.is_some_and(|title| title.contains("Recovery")), "the title says recovery");
    if outing.lights > 0 {
        let timer = if outing.stops_timer { "stopped" } else { "running" };
        notes.push(format!("halts: {}, timer {timer}", outing.lights));
    }
    if let Strap::Stuck { from_s, to_s } = outing.strap {
        notes
            .push(format!("the strap repeats one value from second {from_s} to {to_s}; the mean told is the true one"));
    }
    if let Strap::CountsSteps { from_s, to_s } = outing.strap {
        notes.push(format!("the strap counts steps from second {from_s} to {to_s}; the mean told is the true one"));
    }
    notes
}

//! The stored and sent form of a digest.
//!
//! It stands apart from [`Digest`], so that the program's own type can change while what is kept keeps its layout: fields are
//! stored by their place here. Types within a field are stored as they are: to change one changes the layout too. A new layout is a new version; what was written in another one is not
//! misread but read anew.

use super::{Digest, DistanceSource, Trace, UtcOffset, Window};
use crate::activity::{DeviceSettings, DeviceTotals, Format, ReadNote, Sport, SubSport, Told, WatchVerdicts};
use crate::clean::note::CleanNote;
use crate::shown::Text;
use serde::{Deserialize, Serialize};

/// A digest with the version of its layout before it.
#[derive(Serialize, Deserialize)]
pub(super) enum Wire {
    V1(Box<WireV1>),
}

/// Declares a layout: the fields of a digest in the order in which they are written.
macro_rules! layout {
    ($Layout:ident { $($field:ident: $type:ty,)+ }) => {
        #[derive(Serialize, Deserialize)]
        pub(super) struct $Layout {
            $($field: $type,)+
        }

        impl From<Digest> for $Layout {
            fn from(digest: Digest) -> Self {
                let Digest { $($field,)+ } = digest;
                $Layout { $($field,)+ }
            }
        }

        impl From<$Layout> for Digest {
            fn from(layout: $Layout) -> Self {
                let $Layout { $($field,)+ } = layout;
                Digest { $($field,)+ }
            }
        }
    };
}

impl From<Digest> for Wire {
    fn from(digest: Digest) -> Self {
        Wire::V1(Box::new(digest.into()))
    }
}

impl From<Wire> for Digest {
    fn from(wire: Wire) -> Self {
        match wire {
            Wire::V1(layout) => (*layout).into(),
        }
    }
}

layout!(WireV1 {
    format: Format,
    sport: Sport,
    sub_sport: SubSport,
    name: Option<Text>,
    device: Option<Text>,
    start_ms: i64,
    utc_offset: Option<UtcOffset>,
    elapsed_s: f64,
    timer_s: f64,
    moving_s: f64,
    running_s: f64,
    distance_m: f64,
    distance_source: DistanceSource,
    pace_reliable: bool,
    ascent_m: Option<f64>,
    descent_m: Option<f64>,
    ngp_mps: Option<f64>,
    best_gap_mps: [Option<f64>; 5],
    best_5min_mps: Option<f64>,
    best_effort_s: [Option<f64>; 5],
    best_heart_rate_bpm: [Option<f64>; 4],
    best_heart_rate_with_lock_bpm: [Option<f64>; 4],
    lowest_heart_rate_bpm: Option<f64>,
    decoupling: Option<f64>,
    normalised_power_w: Option<f64>,
    cooldown_walk_s: Option<f64>,
    windows: Vec<Window>,
    recorded: u32,
    totals: DeviceTotals,
    watch: WatchVerdicts,
    settings: DeviceSettings,
    trace: Trace,
    read_notes: Vec<ReadNote>,
    notes: Vec<CleanNote>,
    told: Told,
    altitude_m: Option<f64>,
    profile_m: Vec<Option<f32>>,
});

//! Lists of activities: any bytes.
#![no_main]

mod cost;

use freshlegs::read::Limits;
use freshlegs::read::strava::Listing;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    cost::bounded(data, || drop(Listing::parse(data, &Limits::default())));
});

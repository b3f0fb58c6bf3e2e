//! A session is a list of steps.

/// A stretch at one effort: the speed it would give on flat ground.
#[derive(Clone, Copy, Debug)]
pub struct Step {
    pub extent: Extent,
    pub speed_mps: f64,
}

#[derive(Clone, Copy, Debug)]
pub enum Extent {
    Seconds(f64),
    Metres(f64),
}

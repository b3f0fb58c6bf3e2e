//! What must hold of everything that comes out, wherever it comes from.

pub mod analysis;
pub mod recording;

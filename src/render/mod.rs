//! Renderers: a value goes in, text or bytes come out. Nothing here touches the disk, the clock or the terminal.
//!
//! [`chart`] draws the pictures as SVG (and turns any of them into a PNG).

pub mod chart;

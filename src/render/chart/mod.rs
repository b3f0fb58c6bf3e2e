//! Charts as self-contained SVG, drawn by plotters, and as PNG, painted by resvg.
//!
//! One file a chart. Each turns a small value of its own into a [`Figure`]: a wide and a narrow picture, one sentence that
//! says what they show of this runner, and the values as a table. They share the [`palette`], the ticks and labels of
//! `axis` and the drawing surface of `canvas`. No font of the system is ever asked for: text is measured, and in the PNG
//! painted, with the DejaVu Sans inside the program, so that the same values give the same bytes on every machine.

mod axis;
mod canvas;
mod compact;
mod figure;
mod legend;
mod over_time;
pub mod palette;

pub mod fitness;
pub mod weeks;
pub mod strip;
pub mod pace_heart_rate;
pub mod intensity;
pub mod heat_map;
pub mod efficiency;
pub mod best_efforts;
pub mod spikes;
pub mod monotony;
pub mod decoupling;
pub mod zones;
pub mod explained;
pub mod run;

mod png;

pub use self::png::png;
pub use figure::{Figure, FigureRow, NARROW_PX, Values, WIDE_PX};

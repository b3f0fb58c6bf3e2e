//! The colours, in one place. Gentle, and told apart by all kinds of colour vision: hues after Okabe & Ito (2008),
//! spread in lightness as well; the green belongs to recovery alone.

use crate::label::Label;
use plotters::style::RGBColor;

/// Reads `0xRRGGBB`.
const fn rgb(hex: u32) -> RGBColor {
    RGBColor((hex >> 16) as u8, (hex >> 8) as u8, hex as u8)
}

pub(super) const PAPER: RGBColor = rgb(0xFFFFFF);
pub(super) const INK: RGBColor = rgb(0x25313B);
/// Axis numbers and titles.
pub(super) const SOFT_INK: RGBColor = rgb(0x5A6772);
pub(super) const GRID: RGBColor = rgb(0xE3E7EB);
pub(super) const FITNESS: RGBColor = rgb(0x1B5E9B);
pub(super) const FATIGUE: RGBColor = rgb(0xC0609B);
pub(super) const FORM: RGBColor = rgb(0x3A4754);
pub(super) const LOAD: RGBColor = rgb(0xB3C0CC);
/// Loads that are only planned.
pub(super) const PLANNED_LOAD: RGBColor = rgb(0xD6DFE7);

/// Bands of form from the most tired to the longest rested.
pub(super) const ZONES: [RGBColor; 5] = [rgb(0xF8DFD2), rgb(0xE4F1E6), rgb(0xF3F4F5), rgb(0xE0EDF8), rgb(0xF5F0DA)];

/// The colour that stands for a kind of run everywhere.
pub(super) const fn of(label: Label) -> RGBColor {
    match label {
        Label::Walk => rgb(0xCBC3B4),
        Label::Shakeout => rgb(0xB9E0EC),
        Label::Recovery => rgb(0x0A9B72),
        Label::RecoveryTooHard => rgb(0xE8833A),
        Label::Easy => rgb(0x94C5E8),
        Label::Steady => rgb(0x5597CB),
        Label::Long => rgb(0x2A628F),
        Label::Tempo => rgb(0xF2CE62),
        Label::Intervals => rgb(0xCF82AF),
        Label::Race => rgb(0x7A4A8C),
        Label::Fragment => rgb(0xDDDDDD),
        Label::Unknown => rgb(0xA9AEB3),
    }
}

/// The colour of a kind of run as CSS and SVG write it: `#0A9B72`.
pub fn css(label: Label) -> String {
    let RGBColor(r, g, b) = of(label);
    format!("#{r:02X}{g:02X}{b:02X}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_label_has_its_own_colour() {
        let mut colours: Vec<String> = Label::ALL.into_iter().map(css).collect();
        colours.sort();
        colours.dedup();
        assert_eq!(colours.len(), Label::ALL.len());
        assert_eq!(css(Label::Recovery), "#0A9B72");
    }
}

//! The colours, in one place: each for white paper and for the dark.
//!
//! Hues after Okabe & Ito (2008), spread in lightness as well, so that all kinds of colour vision tell them apart. Gentle
//! running is blue, the darker the longer or steadier; hard running is yellow, pink and purple. Green is recovery and
//! nothing else; orange is a recovery run that became too hard, and what exceeds a limit.

use crate::label::{Called, Label};
use plotters::style::RGBColor;
use std::fmt::Write;

/// A colour by what it stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// What charts are drawn on.
    Paper,
    Ink,
    /// Axis numbers and notes.
    Soft,
    Grid,
    /// Hatching of what is not known or not settled yet.
    Hatch,
    Fitness,
    Fatigue,
    Form,
    Load,
    PlannedLoad,
    /// Bands of form from the most tired (0) to the longest rested (4).
    Zone(usize),
    /// A heart rate over time.
    Heart,
    /// The end of easy running (LT1).
    Lt1,
    /// The threshold (LTHR).
    Threshold,
    /// A recovery run, its ceiling, or the word for it.
    Recovery,
    /// Past a limit.
    Beyond,
    /// Load of a day, from none (0) to the heaviest (4).
    Heat(usize),
    Kind(Label),
    /// Signs on the lighter colours of kinds, by day and by night.
    OnKind,
}

impl Tone {
    /// On white, and in the dark: `0xRRGGBB`.
    const fn pair(self) -> (u32, u32) {
        match self {
            Tone::Paper => (0xFFFFFF, 0x1E252C),
            Tone::Ink => (0x25313B, 0xE4E9ED),
            Tone::Soft => (0x5A6772, 0xA3AFB9),
            Tone::Grid => (0xE3E7EB, 0x36424D),
            Tone::Hatch => (0xB9C3CB, 0x5A6771),
            Tone::Fitness => (0x1B5E9B, 0x6CB2F0),
            Tone::Fatigue => (0xC0609B, 0xE59AC8),
            Tone::Form => (0x3A4754, 0xD3DBE2),
            Tone::Load => (0xAEBBC7, 0x667481),
            Tone::PlannedLoad => (0xD6DFE7, 0x44515D),
            Tone::Zone(0) => (0xF7E2D6, 0x45312A),
            Tone::Zone(1) => (0xECEAF6, 0x322F45),
            Tone::Zone(2) => (0xF3F4F5, 0x283038),
            Tone::Zone(3) => (0xE0EDF8, 0x23384B),
            Tone::Zone(_) => (0xF5F0DA, 0x3C3822),
            Tone::Heart => (0xB0405C, 0xF08CA2),
            Tone::Lt1 => (0x3E7CB1, 0x82BBEA),
            Tone::Threshold => (0xA2457C, 0xE79ACB),
            Tone::Beyond | Tone::Kind(Label::RecoveryTooHard) => (0xD9691E, 0xF29A57),
            Tone::Recovery | Tone::Kind(Label::Recovery) => (0x0A8F69, 0x35C998),
            Tone::Heat(0) => (0xEDF1F5, 0x29333C),
            Tone::Heat(1) => (0xC6DBEE, 0x2C4A66),
            Tone::Heat(2) => (0x8AB5DB, 0x35699A),
            Tone::Heat(3) => (0x4583BA, 0x5D9FD8),
            Tone::Heat(_) => (0x1C4F82, 0xB3D9F8),
            Tone::Kind(Label::Walk) => (0xCBC3B4, 0x8D8677),
            Tone::Kind(Label::Shakeout) => (0xB9E0EC, 0xBFE6F2),
            Tone::Kind(Label::Easy) => (0x94C5E8, 0x9ACBEE),
            Tone::Kind(Label::Steady) => (0x5597CB, 0x5FA5DC),
            Tone::Kind(Label::Long) => (0x2A628F, 0x3C7FB8),
            Tone::Kind(Label::Tempo) => (0xF2CE62, 0xF0CC60),
            Tone::Kind(Label::Intervals) => (0xCF82AF, 0xD98FBB),
            Tone::Kind(Label::Race) => (0x7A4A8C, 0xA679BA),
            Tone::Kind(Label::Fragment) => (0xD5D8DB, 0x57616A),
            Tone::OnKind => (0x1C242C, 0x171D23),
            Tone::Kind(Label::Unknown) => (0xA9AEB3, 0x7D868E),
        }
    }

    /// The colour of a kind, or of the kind next to a rough word.
    pub fn of(called: Called) -> Tone {
        Tone::Kind(called.nearest())
    }

    /// What is readable on the colour of a kind of run, by day and by night.
    pub(super) fn on(kind: Label) -> Tone {
        match kind {
            Label::Recovery | Label::RecoveryTooHard | Label::Long | Label::Race => Tone::Paper,
            _ => Tone::OnKind,
        }
    }

    /// Every tone there is.
    fn all() -> impl Iterator<Item = Tone> {
        use Tone::*;
        let plain =
            [Paper, Ink, Soft, Grid, Hatch, Fitness, Fatigue, Form, Load, PlannedLoad, Heart, Lt1, Threshold, OnKind];
        let steps = (0..5).flat_map(|i| [Zone(i), Heat(i)]);
        plain.into_iter().chain(steps).chain(Label::ALL.map(Kind))
    }

    /// The name of its CSS variable, without the dashes.
    fn name(self) -> String {
        match self {
            Tone::Recovery => "kind-recovery".to_owned(),
            Tone::Beyond => "kind-recoverytoohard".to_owned(),
            Tone::Kind(label) => format!("kind-{label:?}").to_lowercase(),
            Tone::Zone(i) => format!("zone-{}", i.min(4)),
            Tone::Heat(i) => format!("heat-{}", i.min(4)),
            plain => format!("chart-{plain:?}").to_lowercase(),
        }
    }

    /// `var(--kind-easy)`.
    pub fn variable(self) -> String {
        format!("var(--{})", self.name())
    }

    pub(super) fn hex(self) -> String {
        format!("#{:06X}", self.pair().0)
    }
}

impl From<Tone> for RGBColor {
    fn from(tone: Tone) -> RGBColor {
        let hex = tone.pair().0;
        RGBColor((hex >> 16) as u8, (hex >> 8) as u8, hex as u8)
    }
}

/// The tones as declarations of CSS variables.
pub fn css_variables(dark: bool) -> String {
    let mut css = String::new();
    for tone in Tone::all() {
        let (light, night) = tone.pair();
        let _ = write!(css, "--{}:#{:06x};", tone.name(), if dark { night } else { light });
    }
    css
}

/// A chart whose colours are the page's variables, so that they change with the page from light to dark.
pub fn themed(svg: &str) -> String {
    let tones: Vec<(String, String)> = Tone::all().map(|tone| (tone.hex(), tone.variable())).collect();
    let mut pieces = svg.split("\"#");
    let mut themed = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let (hex, rest) = piece.split_at_checked(6).unwrap_or((piece, ""));
        let known = tones.iter().find(|(light, _)| light[1..] == *hex);
        themed.push('"');
        match known {
            Some((_, variable)) => themed.push_str(variable),
            None => themed.extend(["#", hex]),
        }
        themed.push_str(rest);
    }
    themed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_tone_has_its_own_colour_and_name() {
        for of in [Tone::hex, Tone::name, |t: Tone| format!("{:06x}", t.pair().1)] {
            let mut all: Vec<String> = Tone::all().map(of).collect();
            let count = all.len();
            all.sort();
            all.dedup();
            assert_eq!(all.len(), count);
        }
        assert_eq!(Tone::Recovery.hex(), Tone::Kind(Label::Recovery).hex());
    }

    /// Relative luminance (WCAG 2).
    fn luminance(hex: u32) -> f64 {
        let channel = |shift: u32| {
            let c = f64::from((hex >> shift) & 255) / 255.0;
            if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * channel(16) + 0.7152 * channel(8) + 0.0722 * channel(0)
    }

    fn contrast(a: u32, b: u32) -> f64 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn words_and_lines_stand_out_in_the_light_and_in_the_dark() {
        let ((light, dark), least) = (Tone::Paper.pair(), 4.5);
        for tone in [Tone::Ink, Tone::Soft, Tone::Fitness, Tone::Heart, Tone::Threshold, Tone::Form] {
            assert!(contrast(tone.pair().0, light) >= least, "{tone:?}");
            assert!(contrast(tone.pair().1, dark) >= least, "{tone:?}");
        }
        for tone in [Tone::Fatigue, Tone::Lt1, Tone::Recovery, Tone::Beyond] {
            assert!(contrast(tone.pair().0, light) >= 3.0, "{tone:?}");
            assert!(contrast(tone.pair().1, dark) >= 3.0, "{tone:?}");
        }
    }

    #[test]
    fn signs_stand_out_on_every_kind() {
        // A fragment is never hard, so it bears no sign.
        for label in Label::ALL.into_iter().filter(|label| *label != Label::Fragment) {
            let (on, kind) = (Tone::on(label).pair(), Tone::Kind(label).pair());
            assert!(contrast(on.0, kind.0) >= 3.0 && contrast(on.1, kind.1) >= 3.0, "{label}");
        }
    }

    #[test]
    fn a_themed_chart_has_variables_for_colours() {
        let svg = format!("<rect fill=\"{}\"/><rect fill=\"#ABCDEF\"/><i s=\"#\"/>", Tone::Recovery.hex());
        let expected = "<rect fill=\"var(--kind-recovery)\"/><rect fill=\"#ABCDEF\"/><i s=\"#\"/>";
        assert_eq!(themed(&svg), expected);
        assert!(css_variables(false).contains("--kind-recovery:#0a8f69;"));
        assert!(css_variables(true).contains("--kind-recovery:#35c998;"));
    }
}

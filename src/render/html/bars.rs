//! Evidence as bars: the value as a dot, its limit as a line in an interval as wide as it is uncertain.

use super::super::words;
use crate::label::{Evidence, Role};
use maud::{Markup, html};

/// Width and height of a bar, px.
const WIDTH: f64 = 160.0;
const HEIGHT: f64 = 14.0;
/// How far a bar reaches on both sides of the range in which a criterion is partly met, in such ranges.
const REACH: f64 = 1.5;

/// Bars of what the verdict rests on, the score's first.
pub(super) fn bars(scored: &[Evidence], gates: &[Evidence]) -> Markup {
    // A gate on what is measured for the score already says nothing new unless it is shut.
    let shut = gates.iter().filter(|gate| matches!(gate.role, Role::Gate { passed: false }));
    let shut = shut.filter(|gate| scored.iter().all(|e| e.measure != gate.measure));
    html! {
        table.bars { tbody { @for evidence in scored.iter().chain(shut) { (row(evidence)) } } }
    }
}

fn row(evidence: &Evidence) -> Markup {
    let is_beyond = evidence.margin < 0.0;
    html! {
        tr {
            td { (bar(evidence)) }
            td.beyond[is_beyond] { (words::capitalised(&evidence.to_string())) }
            td.number { @if let Role::Scored { points, .. } = evidence.role { (format!("{points:+.0}").replace('-', "−")) } }
        }
    }
}

/// From gentle at the left to hard at the right.
fn bar(evidence: &Evidence) -> Markup {
    let place = |value: f64| place(evidence.full, evidence.none, value);
    let (low, high) = evidence.interval();
    let (from, to) = (place(low).min(place(high)), place(low).max(place(high)));
    let number = |value: f64| format!("{value:.1}");
    html! {
        svg.bar viewBox={ "0 0 " (WIDTH) " " (HEIGHT) } width=(WIDTH) height=(HEIGHT) aria-hidden="true" {
            rect.rail y="5" width=(WIDTH) height="4" {}
            @if evidence.half_width > 0.0 { rect.interval x=(number(from)) y="1" width=(number(to - from)) height="12" {} }
            rect.limit x=(number(place(evidence.limit) - 1.0)) width="2" height=(HEIGHT) {}
            circle.value.beyond[evidence.margin < 0.0] cx=(number(place(evidence.value))) cy="7" r="4.5" {}
        }
    }
}

/// Where a value lies in a bar, px: what is gentler than `full` at the left, what is harder than `none` at the right.
fn place(full: f64, none: f64, value: f64) -> f64 {
    let range = none - full;
    let position = if range.abs() > f64::EPSILON { (value - full) / range } else { 0.0 };
    let share = (position + REACH) / (1.0 + 2.0 * REACH);
    (share * WIDTH).clamp(5.0, WIDTH - 5.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gentle_lies_at_the_left_whichever_way_the_measure_grows() {
        // Heart rate: lower is gentler. Minutes alike. Slowness: a smaller speed is gentler.
        assert!(place(144.0, 152.6, 120.0) < place(144.0, 152.6, 148.0));
        assert!(place(144.0, 152.6, 148.0) < place(144.0, 152.6, 170.0));
        assert!((place(144.0, 152.6, 148.3) - WIDTH / 2.0).abs() < 0.1);
        // Days that call for it: more is gentler.
        assert!(place(1.0, 0.0, 1.0) < place(1.0, 0.0, 0.0));
        assert_eq!(place(1.0, 1.0, f64::MAX), place(1.0, 1.0, 5.0));
    }
}

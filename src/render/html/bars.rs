//! Evidence as bars: the value as a dot, its limit as a line, with its uncertainty as a band.

use super::super::words;
use crate::label::{Evidence, Measure, RecoveryPrompt, Role};
use maud::{Markup, PreEscaped, html};

/// Width of a bar, px.
const WIDTH: f64 = 160.0;
/// How far a bar reaches on both sides of the range in which a criterion is partly met, in such ranges.
const REACH: f64 = 1.5;

/// Bars of what the verdict rests on, the score's first; `days_before` says why the legs may have wanted a gentle day.
pub(super) fn bars(scored: &[Evidence], gates: &[Evidence], days_before: &RecoveryPrompt) -> Markup {
    // A limit beside the score is worth a line only where the run broke it and nothing above says so.
    let told = |gate: &Evidence| scored.iter().any(|e| e.criterion == gate.criterion && e.margin < 0.0);
    let broken = gates.iter().filter(|gate| matches!(gate.role, Role::Gate { passed: false }) && !told(gate));
    html! {
        table.bars { tbody { @for evidence in scored.iter().chain(broken) { (row(evidence, days_before)) } } }
    }
}

fn row(evidence: &Evidence, days_before: &RecoveryPrompt) -> Markup {
    let said = match evidence.measure {
        Measure::DaysBefore => days_before.to_string(),
        _ => evidence.to_string(),
    };
    html! {
        tr {
            td { (PreEscaped(bar(evidence))) }
            td { (words::capitalised(&said)) }
            td.number { @if let Role::Scored { points, .. } = evidence.role { (format!("+{points:.0}")) } }
        }
    }
}

/// From gentle at the left to hard at the right. Written by hand: there are thousands of them on a page.
fn bar(evidence: &Evidence) -> String {
    let place = |value: f64| place(evidence.full, evidence.none, value).round();
    let (low, high) = evidence.interval();
    let (from, to) = (place(low).min(place(high)), place(low).max(place(high)));
    let shade = if to > from { format!("<path class=\"shade\" d=\"M{from} 7H{to}\"/>") } else { String::new() };
    let class = if evidence.margin < 0.0 { " class=\"beyond\"" } else { "" };
    format!(
        "<svg viewBox=\"0 0 {WIDTH} 14\" aria-hidden=\"true\">{shade}<path class=\"limit\" \
         d=\"M{} 0v14\"/><circle{class} cx=\"{}\" cy=\"7\" r=\"4.5\"/></svg>",
        place(evidence.limit),
        place(evidence.value)
    )
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

//! A chart on the page: its title, its one sentence, both pictures, and its values as a table.

use super::super::chart::palette::themed;
use super::super::chart::{Figure, Values};
use maud::{Markup, PreEscaped, html};

/// A chart of a section; without values it is its sentence alone.
pub(super) fn figure(figure: &Figure) -> Markup {
    under(figure, html! { h3 { (figure.title) } })
}

/// A chart that is a section of its own.
pub(super) fn section(figure: &Figure) -> Markup {
    under(figure, html! { h2 { (figure.title) } })
}

fn under(figure: &Figure, heading: Markup) -> Markup {
    html! {
        figure.chart id={ "chart-" (figure.id) } {
            figcaption { (heading) p { (figure.takeaway) } }
            (picture(figure, true))
        }
    }
}

/// A chart behind its title and sentence.
pub(super) fn folded(figure: &Figure) -> Markup {
    html! {
        details.fold id={ "chart-" (figure.id) } {
            summary { h3 { (figure.title) } p { (figure.takeaway) } }
            (super::waiting(&html! { figure.chart { (picture(figure, false)) } }))
        }
    }
}

/// Both pictures and the table of values, which `waits` where the chart itself does not.
fn picture(figure: &Figure, waits: bool) -> Markup {
    let values = values(&figure.title, &figure.values);
    html! {
        @if !figure.values.rows.is_empty() {
            div.wide { (PreEscaped(themed(&figure.wide))) }
            div.narrow { (PreEscaped(themed(&figure.narrow))) }
            details.values {
                summary { "Values as a table" }
                @if waits { (super::waiting(&values)) } @else { (values) }
            }
        }
    }
}

fn values(title: &str, values: &Values) -> Markup {
    html! {
        div.frame tabindex="0" role="region" aria-label={ "Values: " (title) } { table {
            thead { tr { @for column in &values.columns { th scope="col" { (column) } } } }
            tbody {
                @for row in values.rows.iter().rev() {
                    tr data-at={ (row.at.0) @if let Some(y) = row.at.1 { " " (y) } } {
                        @for cell in &row.cells { td { (cell) } }
                    }
                }
            }
        } }
    }
}

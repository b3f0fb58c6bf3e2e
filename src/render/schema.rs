//! What machine output looks like, as JSON Schema (draft 2020-12).
//!
//! Tables are described by their own columns. What is no table has its keys here; a test holds the real outputs against
//! them, so that neither can change alone.

use super::table::{ActivityRow, Column, DayRow, PlanRow, Row, RunRow, WeekRow};
use crate::label::Label;
use serde_json::{Map, Value, json};

/// The outputs that have one.
pub const NAMES: [&str; 10] =
    ["activities", "athlete", "days", "history", "message", "plan", "report", "runs", "thresholds", "weeks"];

/// The schema of one output; `None` for no name of [`NAMES`].
pub fn of(name: &str) -> Option<Value> {
    let (title, body) = match name {
        "runs" => ("`freshlegs runs --format json` and runs.json", table::<RunRow>()),
        "activities" => ("activities.json", table::<ActivityRow>()),
        "days" => ("days.json", table::<DayRow>()),
        "weeks" => ("weeks.json", table::<WeekRow>()),
        "athlete" => ("`freshlegs athlete --format json`", with_origin("athlete", athlete())),
        "thresholds" => ("athlete.json", with_origin("weeks", array(week_of_thresholds()))),
        "plan" => ("`freshlegs plan --format json` and plan.json", plan()),
        "history" => ("history.json", with_origin("reports", array(kept()))),
        "report" => ("report.json", with_origin("files", array(json!({ "type": "string" })))),
        "message" => ("Each line on stderr with --format json", message()),
        _ => return None,
    };
    let mut schema = json!({ "$schema": "https://json-schema.org/draft/2020-12/schema", "title": title });
    schema.as_object_mut()?.extend(body.as_object().cloned().unwrap_or_default());
    Some(schema)
}

/// An object with exactly these keys.
fn object(keys: impl IntoIterator<Item = (&'static str, Value)>) -> Value {
    let keys: Map<String, Value> = keys.into_iter().map(|(name, of)| (name.to_owned(), of)).collect();
    let required: Vec<String> = keys.keys().cloned().collect();
    json!({ "type": "object", "properties": keys, "required": required, "additionalProperties": false })
}

fn array(items: Value) -> Value {
    json!({ "type": "array", "items": items })
}

fn of_type(name: &str) -> Value {
    json!({ "type": name })
}

fn or_nothing(name: &str) -> Value {
    json!({ "type": [name, "null"] })
}

fn date() -> Value {
    json!({ "type": "string", "format": "date" })
}

fn label() -> Value {
    json!({ "type": "string", "enum": Label::ALL.map(Label::word) })
}

/// A value under its name, beside what it was made with.
fn with_origin(name: &'static str, value: Value) -> Value {
    object([("made_with", made_with()), (name, value)])
}

fn made_with() -> Value {
    object([
        ("version", of_type("string")),
        ("digest_version", of_type("integer")),
        ("as_of", date()),
        ("time_zone", or_nothing("string")),
        ("profile", of_type("object")),
    ])
}

fn table<R: Row>() -> Value {
    with_origin(R::NAME, array(row::<R>()))
}

fn row<R: Row>() -> Value {
    object(R::COLUMNS.iter().map(|column| (column.name, cell(column))))
}

fn cell(column: &Column) -> Value {
    let mut schema = match column.kind {
        "number" => of_type("number"),
        "number or nothing" => or_nothing("number"),
        "count" | "whole number" => of_type("integer"),
        "true or false" => of_type("boolean"),
        "day" => date(),
        "time" => json!({ "type": "string", "format": "date-time" }),
        "list of sentences" => array(of_type("string")),
        "text or nothing" | "word or nothing" => or_nothing("string"),
        "word" if column.name == "label" => label(),
        _ => of_type("string"),
    };
    schema["description"] = column.about.into();
    schema
}

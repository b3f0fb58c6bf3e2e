//! What machine output looks like, as JSON Schema (draft 2020-12).
//!
//! Tables are described by their own columns. What is no table has its keys here; a test holds the real outputs against
//! them, so that neither can change alone.

use super::table::{ActivityRow, Column, DayRow, PlanRow, Row, RunRow, WeekRow};
use crate::label::Label;
use serde_json::{Map, Value, json};

/// The outputs that have one.
pub const NAMES: [&str; 11] =
    ["activities", "athlete", "days", "explain", "history", "message", "plan", "report", "runs", "thresholds", "weeks"];

/// The schema of one output; `None` for no name of [`NAMES`].
pub fn of(name: &str) -> Option<Value> {
    let (title, body) = match name {
        "runs" => ("`freshlegs runs --format json` and runs.json", table::<RunRow>()),
        "activities" => ("activities.json", table::<ActivityRow>()),
        "days" => ("days.json", table::<DayRow>()),
        "weeks" => ("weeks.json", table::<WeekRow>()),
        "athlete" => ("`freshlegs athlete --format json`", with_origin("athlete", athlete())),
        "explain" => ("`freshlegs explain --format json`", with_origin("explained", array(explained()))),
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

/// A threshold on the day of the report.
fn threshold() -> Value {
    object([
        ("value", of_type("number")),
        ("low", of_type("number")),
        ("high", of_type("number")),
        ("basis", of_type("string")),
        ("basis_in_words", of_type("string")),
        ("from", json!({ "type": ["string", "null"], "format": "date" })),
        ("trust", trust()),
        ("advice", or_nothing("string")),
    ])
}

fn trust() -> Value {
    json!({ "type": "string", "enum": ["low", "medium", "high"] })
}

fn or_null(schema: Value) -> Value {
    json!({ "anyOf": [schema, { "type": "null" }] })
}

fn athlete() -> Value {
    object([
        ("date", date()),
        ("age_years", or_nothing("number")),
        ("heart_rate_max_bpm", threshold()),
        ("heart_rate_rest_bpm", threshold()),
        ("heart_rate_threshold_bpm", threshold()),
        ("threshold_speed_mps", or_null(threshold())),
        ("recovery_limit_bpm", of_type("number")),
        ("recovery_limit_half_width_bpm", of_type("number")),
        ("easy_limit_bpm", of_type("number")),
        ("notes", array(of_type("string"))),
        ("not_known_yet", array(of_type("string"))),
        // The numbers of docs/methods.md §6.3, each under its name there.
        ("recovery_rule", json!({ "type": "object", "additionalProperties": { "type": ["number", "null"] } })),
    ])
}

fn week_of_thresholds() -> Value {
    let estimate = || {
        object([
            ("value", of_type("number")),
            ("half_width", of_type("number")),
            ("unit", json!({ "type": "string", "enum": ["bpm", "m/s"] })),
            ("basis", of_type("string")),
            ("trust", trust()),
        ])
    };
    object([
        ("monday", date()),
        ("maximal_heart_rate", estimate()),
        ("resting_heart_rate", estimate()),
        ("threshold_heart_rate", estimate()),
        ("threshold_speed", or_null(estimate())),
        ("critical_power_w", or_nothing("number")),
    ])
}

fn plan() -> Value {
    let kinds = PlanRow::COLUMNS.iter().find(|column| column.name == "kind");
    let about = |column: &Column| json!({ "type": "string", "description": column.about });
    let objects = || array(of_type("object"));
    let day = object([
        ("date", date()),
        ("kind", kinds.map_or_else(|| of_type("string"), about)),
        ("duration_s", of_type("number")),
        ("second_run_s", of_type("number")),
        ("hard_s", of_type("number")),
        ("heart_rate_ceiling_bpm", or_nothing("number")),
        ("pace_ceiling_s_per_km", or_nothing("number")),
        ("steps", objects()),
        ("reasons", array(of_type("string"))),
        ("load", of_type("number")),
        ("other_load", of_type("number")),
        ("fitness", of_type("number")),
        ("fatigue", of_type("number")),
        ("form_morning", of_type("number")),
        ("for", or_nothing("string")),
        ("least_s", or_nothing("number")),
        ("walks", of_type("boolean")),
        ("sessions", objects()),
        ("routines", objects()),
    ]);
    let week = object([
        ("monday", date()),
        ("minutes", of_type("number")),
        ("usual_minutes", of_type("number")),
        ("most_minutes", or_nothing("number")),
        ("least_minutes", or_nothing("number")),
        ("reasons", array(of_type("string"))),
    ]);
    object([
        ("made_with", made_with()),
        ("days", array(day)),
        ("weeks", array(week)),
        ("notes", array(of_type("string"))),
        ("kinds", objects()),
        ("beside", json!({ "type": "array" })),
        ("exercises", objects()),
        ("planned_and_done", json!({ "type": ["object", "null"] })),
        ("earlier_plans", objects()),
    ])
}

/// One session in full.
fn explained() -> Value {
    let evidence = object([
        ("criterion", of_type("string")),
        ("value", of_type("number")),
        ("limit", of_type("number")),
        ("half_width", of_type("number")),
        ("margin", of_type("number")),
        ("points", or_nothing("number")),
        ("passed", or_nothing("boolean")),
        ("in_words", of_type("string")),
    ]);
    let remedy = object([
        ("lower_bpm", or_nothing("number")),
        ("slower_s_per_km", or_nothing("number")),
        ("at_most_min", or_nothing("number")),
        ("with_walk_breaks", of_type("boolean")),
        ("without_fast_s", or_nothing("number")),
        ("in_words", of_type("string")),
    ]);
    let before = object([("date", date()), ("label", label()), ("hours", of_type("number"))]);
    object([
        ("session_id", of_type("string")),
        ("run_ids", array(of_type("string"))),
        ("date", date()),
        ("label", label()),
        ("rough", or_nothing("string")),
        ("confidence", of_type("number")),
        ("borderline", of_type("boolean")),
        ("reasons", array(of_type("string"))),
        ("recovery_score", of_type("number")),
        ("evidence", array(evidence)),
        ("recovery_limit_bpm", of_type("number")),
        ("above_limit_s", of_type("number")),
        ("above_limit", or_nothing("string")),
        ("remedy", or_null(remedy)),
        ("before", array(before)),
        ("said_beforehand", of_type("string")),
        ("watch", array(of_type("string"))),
    ])
}

/// What one report said, kept for the next.
fn kept() -> Value {
    object([
        ("as_of", date()),
        ("version", of_type("string")),
        ("fitness", of_type("number")),
        ("recovery_ceiling_bpm", of_type("number")),
        ("runs", of_type("integer")),
        ("verdicts", json!({ "type": "object", "additionalProperties": label() })),
    ])
}

fn message() -> Value {
    json!({
        "type": "object",
        "properties": {
            "level": { "type": "string", "enum": ["error", "warning", "note", "hint"] },
            "message": { "type": "string" },
            "hint": { "type": "string", "description": "What to do about it." },
        },
        "required": ["level", "message"],
        "additionalProperties": false,
    })
}

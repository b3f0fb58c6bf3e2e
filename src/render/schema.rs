//! What machine output looks like, as JSON Schema (draft 2020-12).
//!
//! Tables are described by their own columns. What is no table has its keys here; a test holds the real outputs against
//! them, so that neither can change alone.

use super::table::{ActivityRow, Column, DayRow, DigestedRow, ExerciseRow, PlanRow, Row, RunRow, RunnerRow, WeekRow};
use crate::label::Label;
use crate::plan::Kind;
use serde_json::{Map, Value, json};

/// The outputs that have one.
pub const NAMES: [&str; 18] = [
    "activities",
    "athlete",
    "athletes",
    "checkin",
    "days",
    "digest",
    "exercises",
    "explain",
    "history",
    "message",
    "note",
    "plan",
    "replay",
    "report",
    "runs",
    "summary",
    "thresholds",
    "weeks",
];

/// The schema of one output; `None` for no name of [`NAMES`].
pub fn of(name: &str) -> Option<Value> {
    let (title, body) = match name {
        "runs" => ("`freshlegs runs --format json` and runs.json", table::<RunRow>()),
        "activities" => ("activities.json", table::<ActivityRow>()),
        "days" => ("days.json", table::<DayRow>()),
        "weeks" => ("weeks.json", table::<WeekRow>()),
        "athlete" => ("`freshlegs athlete --format json`", with_origin("athlete", athlete())),
        "athletes" => {
            ("`freshlegs analyse --athletes --format json`", object([("athletes", array(row::<RunnerRow>()))]))
        }
        "checkin" => ("`freshlegs checkin --format json`", checked_in()),
        "digest" => ("`freshlegs digest --format json`", digested()),
        "exercises" => ("`freshlegs exercises --format json`", object([("exercises", array(row::<ExerciseRow>()))])),
        "note" => ("`freshlegs note --format json`", noted()),
        "replay" => ("`freshlegs replay --format json`", with_origin("replay", replay())),
        "summary" => (
            "`freshlegs analyse --format json` and `freshlegs report --format json`",
            with_origin("summary", summary()),
        ),
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
        "count or nothing" => or_nothing("integer"),
        "true or false" => of_type("boolean"),
        "true, false or nothing" => or_nothing("boolean"),
        "day" => date(),
        "day or nothing" => json!({ "type": ["string", "null"], "format": "date" }),
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

fn kind() -> Value {
    json!({ "type": "string", "enum": Kind::ALL.map(Kind::word) })
}

/// A key whose value is a number, or none.
fn limit(name: &'static str) -> (&'static str, Value) {
    (name, or_nothing("number"))
}

fn step() -> Value {
    let action = json!({
        "type": "string",
        "enum": ["walk", "jog", "run", "warm_up", "threshold", "fast", "drills", "between", "cool_down"],
    });
    object([
        ("action", action),
        ("duration_s", of_type("number")),
        limit("heart_rate_ceiling_bpm"),
        limit("pace_ceiling_s_per_km"),
    ])
}

/// Steps in order; some are repeated in turns.
fn steps() -> Value {
    let repeat = object([("times", of_type("integer")), ("steps", array(step()))]);
    array(json!({ "anyOf": [step(), repeat] }))
}

/// From the least to the most.
fn span_of_numbers() -> Value {
    object([("least", of_type("integer")), ("most", of_type("integer"))])
}

fn routine() -> Value {
    let kinds = ["mobility_before", "drills", "mobility_after", "mobility", "stretching"];
    object([
        ("kind", json!({ "type": "string", "enum": kinds })),
        ("minutes", span_of_numbers()),
        ("exercises", array(json!({ "type": "string", "description": "An `id` under `exercises`." }))),
        ("half", of_type("boolean")),
    ])
}

fn exercise() -> Value {
    let dose = object([
        ("times", or_null(span_of_numbers())),
        ("hold_s", or_null(span_of_numbers())),
        ("positions", of_type("integer")),
        ("distance_m", or_null(span_of_numbers())),
        ("sides", json!({ "type": "string", "enum": ["none", "each", "alternating"] })),
    ]);
    object([
        ("id", of_type("string")),
        ("name", of_type("string")),
        ("purpose", of_type("string")),
        ("how", array(of_type("string"))),
        ("dose", dose),
    ])
}

/// A day of a plan by itself.
fn planned_day() -> Vec<(&'static str, Value)> {
    vec![
        ("date", date()),
        ("kind", kind()),
        ("duration_s", of_type("number")),
        ("second_run_s", of_type("number")),
        ("hard_s", of_type("number")),
        limit("heart_rate_ceiling_bpm"),
        limit("pace_ceiling_s_per_km"),
        ("steps", steps()),
        ("reasons", array(of_type("string"))),
        ("load", of_type("number")),
        ("other_load", of_type("number")),
        ("fitness", of_type("number")),
        ("fatigue", of_type("number")),
        ("form_morning", of_type("number")),
    ]
}

/// A day of the plan with what goes with it.
fn guided_day() -> Value {
    let session = object([("name", of_type("string")), ("steps", steps())]);
    object(planned_day().into_iter().chain([
        ("for", or_nothing("string")),
        limit("least_s"),
        ("walks", of_type("boolean")),
        ("sessions", array(session)),
        ("routines", array(routine())),
    ]))
}

fn difference() -> Value {
    let words = ["as_planned", "gentler", "longer", "harder", "ran_on_rest_day", "raced"];
    json!({ "type": "string", "enum": words })
}

/// A label, or none.
fn label_or_nothing() -> Value {
    or_null(label())
}

fn planned_and_done() -> Value {
    let done = object([
        ("date", date()),
        ("planned", kind()),
        ("planned_minutes", of_type("number")),
        ("done", kind()),
        ("done_minutes", of_type("number")),
        ("label", label_or_nothing()),
        ("difference", difference()),
        ("missed", or_nothing("string")),
    ]);
    let change = object([
        ("date", date()),
        ("before", kind()),
        ("before_minutes", of_type("number")),
        ("now", kind()),
        ("now_minutes", of_type("number")),
        ("why", of_type("string")),
    ]);
    object([("made", date()), ("days", array(done)), ("changes", array(change))])
}

fn plan() -> Value {
    let week = object([
        ("monday", date()),
        ("minutes", of_type("number")),
        ("usual_minutes", of_type("number")),
        limit("most_minutes"),
        limit("least_minutes"),
        ("reasons", array(of_type("string"))),
    ]);
    let kept_day = object([("date", date()), ("kind", kind()), ("minutes", of_type("number"))]);
    let what_if = object([
        ("today", kind()),
        ("days", array(object(planned_day()))),
        ("weeks", array(week.clone())),
        ("notes", array(of_type("string"))),
    ]);
    object([
        ("made_with", made_with()),
        ("days", array(guided_day())),
        ("weeks", array(week)),
        ("notes", array(of_type("string"))),
        ("kinds", array(object([("kind", kind()), ("text", of_type("string"))]))),
        ("beside", array(object([("name", of_type("string")), ("text", of_type("string"))]))),
        ("exercises", array(exercise())),
        ("what_if", or_null(what_if)),
        ("planned_and_done", or_null(planned_and_done())),
        ("earlier_plans", array(object([("made", date()), ("days", array(kept_day))]))),
    ])
}

/// The summary that the terminal puts into sentences.
fn summary() -> Value {
    let advice = object([
        ("date", date()),
        ("headline", of_type("string")),
        ("why", or_nothing("string")),
        ("how_sure", of_type("string")),
        ("what_would_change_it", of_type("string")),
    ]);
    let day_or_nothing = || json!({ "type": ["string", "null"], "format": "date" });
    let runs = object([
        ("count", of_type("integer")),
        ("distance_km", of_type("number")),
        ("first", day_or_nothing()),
        ("last", day_or_nothing()),
    ]);
    let limits = object([
        ("recovery_bpm", of_type("number")),
        ("recovery_half_width_bpm", of_type("number")),
        limit("recovery_s_per_km"),
        ("easy_bpm", of_type("number")),
    ]);
    let fitness = object([
        ("fitness", of_type("number")),
        ("fatigue", of_type("number")),
        ("form", of_type("number")),
        ("form_percent", of_type("number")),
        limit("ramp"),
        ("is_settled", of_type("boolean")),
        ("trend", or_nothing("string")),
    ]);
    let then = ["open", "rest", "recovery", "easy", "spoiled", "steady", "hard"];
    let four_weeks = object([
        ("days", of_type("integer")),
        ("days_without_run", of_type("integer")),
        ("hard_sessions", object(then.map(|word| (word, of_type("integer"))))),
        ("recovery_runs", of_type("integer")),
        ("recovery_runs_too_hard", of_type("integer")),
        ("intensity", json!({ "type": ["array", "null"], "items": { "type": "number" } })),
        ("in_words", array(of_type("string"))),
    ]);
    object([
        ("advice", or_null(advice)),
        ("runs", runs),
        ("limits", limits),
        ("not_known_yet", array(of_type("string"))),
        ("fitness", or_null(fitness)),
        ("last_four_weeks", four_weeks),
        ("last_runs", array(row::<RunRow>())),
        ("plan", array(row::<PlanRow>())),
        ("plan_notes", array(of_type("string"))),
    ])
}

/// A season walked through morning by morning.
fn replay() -> Value {
    let then = ["open", "rest", "recovery", "easy", "recovery_too_hard", "steady", "hard"];
    let day = object([
        ("date", date()),
        ("planned", kind()),
        ("planned_min", of_type("number")),
        ("because", of_type("string")),
        ("done", kind()),
        ("done_min", of_type("number")),
        ("label", label_or_nothing()),
        ("difference", difference()),
        ("is_first_days", of_type("boolean")),
        ("then", or_null(json!({ "type": "string", "enum": then }))),
        ("signs", array(of_type("string"))),
    ]);
    let followed = || object([("days", of_type("integer")), ("by_a_sign", of_type("integer"))]);
    let day_or_nothing = || json!({ "type": ["string", "null"], "format": "date" });
    let counts = [
        "days",
        "first_days",
        "run_days_planned",
        "run_days_done",
        "as_planned",
        "gentler",
        "longer",
        "harder",
        "ran_on_rest_day",
        "raced",
        "recovery_runs",
        "recovery_runs_harder",
        "jumps",
        "spoiled_recoveries",
        "hard_again",
        "no_day_off",
    ];
    let others = [
        ("first", day_or_nothing()),
        ("last", day_or_nothing()),
        ("minutes_a_week_planned", of_type("number")),
        ("minutes_a_week_done", of_type("number")),
        ("after_more", followed()),
        ("after_kept", followed()),
    ];
    let summary = object(counts.map(|name| (name, of_type("integer"))).into_iter().chain(others));
    object([("summary", summary), ("days", array(day))])
}

/// What was written into `notes.csv`.
fn noted() -> Value {
    let note = object([("run", of_type("string")), ("note", of_type("string")), ("value", of_type("string"))]);
    object([("file", of_type("string")), ("notes", array(note))])
}

/// What was written into `checkins.csv`.
fn checked_in() -> Value {
    let numbers =
        ["soreness", "sleep_h", "sleep_quality", "motivation", "stress", "mood", "resting_bpm", "effort"].map(limit);
    let states = ["ill", "fever", "pain", "well", "off", "restless", "hot"].map(|state| (state, of_type("boolean")));
    let checkin = object([("date", date())].into_iter().chain(numbers).chain(states));
    object([("file", of_type("string")), ("checkin", checkin)])
}

/// What a file of digests holds.
fn digested() -> Value {
    let athletes = array(row::<DigestedRow>());
    object([("file", of_type("string")), ("bytes", of_type("integer")), ("athletes", athletes)])
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

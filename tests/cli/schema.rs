//! Every machine output against its schema.

use super::{freshlegs, stderr};
use serde_json::Value;
use std::fs;

/// What is wrong with a value by a schema of the kind that freshlegs prints; knows no more words than those.
fn faults(schema: &Value, value: &Value, at: &str) -> Vec<String> {
    let known = [
        "$schema",
        "title",
        "description",
        "type",
        "format",
        "enum",
        "properties",
        "required",
        "additionalProperties",
        "items",
        "anyOf",
    ];
    let words = schema.as_object().expect("a schema");
    let unknown = words.keys().filter(|word| !known.contains(&word.as_str()));
    let mut faults: Vec<String> = unknown.map(|word| format!("{at}: {word} is not tried")).collect();
    if let Some(any) = words.get("anyOf").and_then(Value::as_array) {
        if !any.iter().any(|one| self::faults(one, value, at).is_empty()) {
            faults.push(format!("{at}: none of the alternatives"));
        }
        return faults;
    }
    let types: Vec<&str> = match &words["type"] {
        Value::Array(types) => types.iter().filter_map(Value::as_str).collect(),
        one => one.as_str().into_iter().collect(),
    };
    let is = |name: &&str| match *name {
        "null" => value.is_null(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        other => panic!("{at}: {other} is no type"),
    };
    if !types.iter().any(is) {
        faults.push(format!("{at}: {value} is none of {types:?}"));
    }
    if let Some(allowed) = words.get("enum").and_then(Value::as_array).filter(|allowed| !allowed.contains(value)) {
        faults.push(format!("{at}: {value} is not in {allowed:?}"));
    }
    if let (Some(items), Some(values)) = (words.get("items"), value.as_array()) {
        faults
            .extend(values.iter().enumerate().flat_map(|(i, value)| self::faults(items, value, &format!("{at}[{i}]"))));
    }
    if let Some(object) = value.as_object() {
        let empty = serde_json::Map::new();
        let keys = words.get("properties").and_then(Value::as_object).unwrap_or(&empty);
        let required = words.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
        faults.extend(required.filter(|key| !object.contains_key(*key)).map(|key| format!("{at}: {key} is missing")));
        for (key, value) in object {
            let place = format!("{at}.{key}");
            match (keys.get(key), words.get("additionalProperties")) {
                (Some(schema), _) => faults.extend(self::faults(schema, value, &place)),
                (None, Some(Value::Bool(false))) => faults.push(format!("{place} is not in the schema")),
                (None, Some(schema @ Value::Object(_))) => faults.extend(self::faults(schema, value, &place)),
                (None, _) => {}
            }
        }
    }
    faults
}

fn schema(name: &str) -> Value {
    let output = freshlegs(&["schema", name]);
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn parsed(bytes: &[u8]) -> Value {
    serde_json::from_slice(bytes).expect("JSON")
}

#[test]
fn real_outputs_are_as_their_schemas_say() {
    let folder = tempfile::tempdir().expect("a folder");
    let place = folder.path().to_string_lossy().into_owned() + "/report";
    let made = freshlegs(&["analyse", "samples", "-q", "-o", &place, "--today", "2026-06-22"]);
    assert!(made.status.success(), "{}", stderr(&made));
    let printed = |arguments: &[&str]| {
        freshlegs(&[arguments, &["samples", "-q", "--today", "2026-06-22", "--format", "json"]].concat()).stdout
    };
    let file = |name: &str| fs::read(format!("{place}/{name}.json")).unwrap_or_else(|_| panic!("{name}"));
    let outputs = [
        ("runs", printed(&["runs"])),
        ("athlete", printed(&["athlete"])),
        ("plan", printed(&["plan"])),
        (
            "explain",
            freshlegs(&["explain", "2026-04-15", "samples", "-q", "--today", "2026-06-22", "--format", "json"]).stdout,
        ),
        (
            "explain",
            freshlegs(&["explain", "last", "samples", "-q", "--today", "2026-06-22", "--format", "json"]).stdout,
        ),
        ("runs", file("runs")),
        ("activities", file("activities")),
        ("days", file("days")),
        ("weeks", file("weeks")),
        ("thresholds", file("athlete")),
        ("plan", file("plan")),
        ("history", file("history")),
        ("report", file("report")),
    ];
    for (name, bytes) in outputs {
        let faults = faults(&schema(name), &parsed(&bytes), name);
        assert!(faults.is_empty(), "{}", faults.into_iter().take(12).collect::<Vec<_>>().join("\n"));
    }
    let all = parsed(&freshlegs(&["schema"]).stdout);
    assert_eq!(all.as_object().expect("all").len(), 11);
    assert_eq!(all["runs"], schema("runs"));
    assert_eq!(freshlegs(&["schema", "nothing"]).status.code(), Some(2));
}

#[test]
fn what_is_wrong_is_said_in_json_too() {
    let folder = tempfile::tempdir().expect("a folder");
    let missing = folder.path().join("nowhere").to_string_lossy().into_owned();
    let schema = schema("message");
    for (arguments, code, expected) in [
        (vec!["runs", &missing, "--format", "json"], 1, "no activity could be read"),
        (vec!["runs", "--format=json"], 2, "required arguments were not provided"),
        (vec!["runs", "samples", "--format", "json", "--profile", &missing], 2, "cannot read the profile"),
    ] {
        let output = freshlegs(&arguments);
        assert_eq!(output.status.code(), Some(code), "{arguments:?}");
        assert!(output.stdout.is_empty());
        let said = stderr(&output);
        assert!(said.contains(expected), "{said}");
        for line in said.lines() {
            let value: Value = serde_json::from_str(line).unwrap_or_else(|_| panic!("{line} is no JSON"));
            assert_eq!(faults(&schema, &value, "message"), Vec::<String>::new());
        }
    }
}

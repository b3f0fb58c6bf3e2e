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

fn is_as_its_schema_says(name: &str, bytes: &[u8]) {
    let faults = faults(&schema(name), &parsed(bytes), name);
    assert!(faults.is_empty(), "{}", faults.into_iter().take(12).collect::<Vec<_>>().join("\n"));
}

/// Where a schema lets an object hold anything.
fn open_objects(schema: &Value, at: &str) -> Vec<String> {
    let mut found = Vec::new();
    match schema {
        Value::Object(words) => {
            if words.get("type").is_some_and(|kind| kind == "object") && !words.contains_key("additionalProperties") {
                found.push(at.to_owned());
            }
            if words.get("type").is_some_and(|kind| kind == "array") && !words.contains_key("items") {
                found.push(at.to_owned());
            }
            found.extend(words.iter().flat_map(|(word, value)| open_objects(value, &format!("{at}.{word}"))));
        }
        Value::Array(values) => found.extend(values.iter().flat_map(|value| open_objects(value, at))),
        _ => {}
    }
    found
}

#[test]
fn no_object_is_left_open_but_the_profile() {
    let all = parsed(&freshlegs(&["schema"]).stdout);
    let open = open_objects(&all, "");
    let others: Vec<&String> = open.iter().filter(|at| !at.ends_with(".made_with.properties.profile")).collect();
    assert!(others.is_empty(), "{others:?}");
}

/// A plan that goes on from one of three days before says what was run of it.
#[test]
fn a_plan_with_one_before_it_is_as_its_schema_says() {
    let folder = tempfile::tempdir().expect("a folder");
    let place = folder.path().join("report").to_string_lossy().into_owned();
    for today in ["2026-06-19", "2026-06-22"] {
        let made = freshlegs(&["analyse", "samples", "--no-store", "-q", "-o", &place, "--today", today]);
        assert!(made.status.success(), "{}", stderr(&made));
    }
    let plan = fs::read(format!("{place}/plan.json")).expect("a plan");
    is_as_its_schema_says("plan", &plan);
    let plan = parsed(&plan);
    assert!(!plan["planned_and_done"]["days"].as_array().expect("days").is_empty());
    assert!(!plan["earlier_plans"].as_array().expect("plans").is_empty());
}

#[test]
fn commands_that_write_say_in_json_what_they_wrote() {
    let folder = tempfile::tempdir().expect("a folder");
    let place = folder.path().to_string_lossy().into_owned();
    let printed = |name: &str, arguments: &[&str]| {
        let output = freshlegs(&[arguments, &["--format", "json"]].concat());
        assert!(output.status.success(), "{arguments:?}: {}", stderr(&output));
        is_as_its_schema_says(name, &output.stdout);
        parsed(&output.stdout)
    };
    let note = printed("note", &["note", "2026-04-21", &place, "--label", "easy", "--rpe", "3.5"]);
    assert_eq!(note["notes"][1]["value"], "3.5");
    let checkin = printed("checkin", &["checkin", &place, "--date", "2026-06-21", "--soreness", "4", "--ill"]);
    assert_eq!((&checkin["checkin"]["soreness"], &checkin["checkin"]["ill"]), (&4.0.into(), &true.into()));
    let table = folder.path().join("digests.parquet").to_string_lossy().into_owned();
    let run = "samples/2026-06-21-0830.fit.gz";
    let digest = printed("digest", &["digest", run, "--athlete", "anna", "-o", &table, "-q"]);
    assert_eq!(digest["athletes"][0]["activities"], 1);
    let team = folder.path().join("team");
    fs::create_dir_all(team.join("anna")).expect("a folder");
    fs::create_dir_all(team.join("ben")).expect("a folder");
    fs::copy(run, team.join("anna/run.fit.gz")).expect("a copy");
    let (team, reports) = (team.to_string_lossy().into_owned(), format!("{place}/reports"));
    let athletes = printed("athletes", &["analyse", "--athletes", &team, "-q", "-o", &reports]);
    assert_eq!(athletes["athletes"].as_array().map(Vec::len), Some(2));
    assert!(athletes["athletes"][0]["error"].is_string() && athletes["athletes"][1]["advice"].is_string());
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
        ("plan", printed(&["plan", "--what-if", "rest"])),
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
        ("summary", printed(&["analyse"])),
        ("summary", freshlegs(&["report", &place, "-q", "--format", "json"]).stdout),
        ("replay", printed(&["replay"])),
        ("exercises", freshlegs(&["exercises", "--format", "json"]).stdout),
    ];
    for (name, bytes) in outputs {
        is_as_its_schema_says(name, &bytes);
    }
    let all = parsed(&freshlegs(&["schema"]).stdout);
    assert_eq!(all.as_object().expect("all").len(), 18);
    assert_eq!(all["runs"], schema("runs"));
    assert_eq!(freshlegs(&["schema", "nothing"]).status.code(), Some(2));
}

#[test]
fn what_if_stands_beside_the_plan() {
    let plan = |more: &[&str]| {
        let common = ["plan", "samples", "-q", "--no-store", "--today", "2026-06-22", "--format", "json"];
        parsed(&freshlegs(&[&common, more].concat()).stdout)
    };
    let (plain, asked) = (plan(&[]), plan(&["--what-if", "rest"]));
    assert!(plain["what_if"].is_null());
    assert_eq!(asked["days"], plain["days"]);
    assert_eq!((&asked["what_if"]["today"], &asked["what_if"]["days"][0]["kind"]), (&"rest".into(), &"rest".into()));
    assert_eq!(asked["what_if"]["days"].as_array().map(Vec::len), Some(14));
    let csv = freshlegs(&["plan", "samples", "--no-store", "--what-if", "rest", "--format", "csv"]);
    assert_eq!((csv.status.code(), csv.stdout.is_empty()), (Some(2), true));
}

#[test]
fn thresholds_of_every_week_are_rows() {
    let csv = freshlegs(&["athlete", "samples", "-q", "--no-store", "--today", "2026-06-22", "--format", "csv"]).stdout;
    let text = String::from_utf8(csv).expect("text");
    let lines: Vec<&str> = text.lines().collect();
    assert!(lines[0].starts_with("monday,maximal_heart_rate_bpm,"));
    // 2 March to 22 June, both Mondays.
    assert_eq!((lines.len(), &lines[17][..11]), (18, "2026-06-22,"));
}

/// Rows wherever there are any; a summary has none.
#[test]
fn rows_are_csv_and_a_summary_says_that_it_has_none() {
    let folder = tempfile::tempdir().expect("a folder");
    let place = folder.path().to_string_lossy().into_owned();
    let table = format!("{place}/digests.parquet");
    let rows = |arguments: &[&str]| {
        let output = freshlegs(&[arguments, &["--format", "csv"]].concat());
        assert!(output.status.success(), "{arguments:?}: {}", stderr(&output));
        String::from_utf8(output.stdout).expect("text").lines().map(str::to_owned).collect::<Vec<_>>()
    };
    let criteria = rows(&["explain", "2026-04-15", "samples", "-q", "--no-store", "--today", "2026-06-22"]);
    assert!(criteria[0].starts_with("session_id,date,criterion,value,limit,half_width,margin,points,passed,in_words"));
    assert!(criteria.len() > 6 && criteria[1..].iter().all(|row| row.contains(",2026-04-15,")), "{criteria:?}");
    let note = rows(&["note", "2026-04-21", &place, "--label", "easy", "--rpe", "3.5"]);
    assert_eq!(note, ["run,note,value", "2026-04-21,label,easy", "2026-04-21,rpe,3.5"]);
    let checkin = rows(&["checkin", &place, "--date", "2026-06-21", "--soreness", "4"]);
    assert!(checkin.len() == 2 && checkin[0].starts_with("date,") && checkin[1].starts_with("2026-06-21,"));
    let digest =
        rows(&["digest", "samples/2026-06-21-0830.fit.gz", "--athlete", "anna, b", "-o", &table, "-q", "--no-store"]);
    assert_eq!(digest, ["name,files,activities", "\"anna, b\",1,1"]);
    let team = format!("{place}/team");
    fs::create_dir_all(format!("{team}/anna")).expect("a folder");
    fs::copy("samples/2026-06-21-0830.fit.gz", format!("{team}/anna/run.fit.gz")).expect("a copy");
    let reports = format!("{place}/reports");
    let runners = rows(&["analyse", "--athletes", &team, "-q", "--no-store", "-o", &reports]);
    assert!(runners.len() == 2 && runners[1].starts_with("anna,anna/index.html,,20"), "{runners:?}");
    for summary in
        [&["analyse", "samples", "-o", &format!("{place}/none")][..], &["report", &format!("{reports}/anna")]]
    {
        let refused = freshlegs(&[summary, &["--format", "csv"]].concat());
        assert_eq!((refused.status.code(), refused.stdout.is_empty()), (Some(2), true), "{summary:?}");
        assert!(stderr(&refused).contains("a summary has no rows"), "{}", stderr(&refused));
    }
    assert!(!folder.path().join("none").exists(), "nothing was written");
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

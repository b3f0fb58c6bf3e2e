//! The numbers that `docs/methods.md` promises, one case for each key of `vectors.json`.
//!
//! A case turns the `in` of its key into what the program makes of it, in the shape of the key's `out`; [`compare`] does the
//! rest. A module that implements further keys adds a file with its own `CASES` and takes them off [`NOT_HERE`].

use serde_json::Value;

mod cleaning;
mod curve;
mod effort;
mod finite;
mod hard;
mod heart;
mod plan;
mod second;
mod training;

/// A key of the file and what turns its input into its output.
pub type Case = (&'static str, fn(&Value) -> Value);

/// Greatest relative difference from an expected number.
const TOLERANCE: f64 = 1e-6;

/// Every case there is.
const ALL_CASES: &[&[Case]] =
    &[cleaning::CASES, heart::CASES, effort::CASES, hard::CASES, curve::CASES, training::CASES, plan::CASES];

/// Keys that no case here covers: scaling is checked beside the FIT reader, which alone knows raw values; the
/// overtraining watch does not exist yet.
const NOT_HERE: &[&str] = &["fit_scaling", "overtraining/green", "overtraining/amber", "overtraining/red"];

/// Runs the cases and panics with all that differ.
pub fn check(cases: &[Case]) {
    let vectors = vectors();
    let mut differences = Vec::new();
    for (key, case) in cases {
        let vector = &vectors[*key];
        compare(key, &case(&vector["in"]), &vector["out"], &mut differences);
    }
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

fn vectors() -> Value {
    serde_json::from_str(include_str!("vectors.json")).expect("vectors.json is JSON")
}

/// Notes every place in which two values differ: numbers by more than [`TOLERANCE`], all else at all.
fn compare(place: &str, actual: &Value, expected: &Value, differences: &mut Vec<String>) {
    match (actual, expected) {
        (Value::Array(a), Value::Array(e)) if a.len() == e.len() => {
            for (i, (a, e)) in a.iter().zip(e).enumerate() {
                compare(&format!("{place}[{i}]"), a, e, differences);
            }
        }
        (Value::Object(a), Value::Object(e)) if a.len() == e.len() => {
            for (name, e) in e {
                compare(&format!("{place}.{name}"), &a.get(name).cloned().unwrap_or_default(), e, differences);
            }
        }
        (Value::Number(_), Value::Number(_)) if near(number(actual), number(expected)) => {}
        _ if actual == expected => {}
        _ => differences.push(format!("{place}: expected {expected}, got {actual}")),
    }
}

fn near(actual: f64, expected: f64) -> bool {
    (actual - expected).abs() <= TOLERANCE * expected.abs()
}

/// The value as a number.
pub fn number(value: &Value) -> f64 {
    optional(value).unwrap_or_else(|| panic!("{value} is no number"))
}

/// The value as a number, `None` for null.
pub fn optional(value: &Value) -> Option<f64> {
    value.as_f64()
}

/// The value as a list of numbers.
pub fn numbers(value: &Value) -> Vec<f64> {
    list(value).iter().map(number).collect()
}

/// The value as a list of exactly `N` numbers.
pub fn row<const N: usize>(value: &Value) -> [f64; N] {
    numbers(value).try_into().unwrap_or_else(|found| panic!("{found:?} are not {N} numbers"))
}

/// The value as a list.
pub fn list(value: &Value) -> &[Value] {
    value.as_array().unwrap_or_else(|| panic!("{value} is no list"))
}

/// What `case` makes of each member of a list.
pub fn each<T: serde::Serialize>(input: &Value, case: impl Fn(&Value) -> T) -> Value {
    let made: Vec<T> = list(input).iter().map(case).collect();
    serde_json::to_value(made).expect("numbers and words are JSON")
}

/// For inputs that are described in words: the case was written for these.
pub fn described(input: &Value, words: &str) {
    assert_eq!(input.as_str(), Some(words), "the description has changed: build the series anew");
}

#[test]
fn every_key_is_claimed_once() {
    let vectors = vectors();
    let keys: Vec<&str> = vectors.as_object().expect("an object of keys").keys().map(String::as_str).collect();
    let covered = ALL_CASES.iter().flat_map(|cases| cases.iter().map(|(key, _)| *key));
    let claimed: Vec<&str> = covered.chain(NOT_HERE.iter().copied()).collect();
    for key in &keys {
        let claims = claimed.iter().filter(|claim| claim == &key).count();
        assert_eq!(claims, 1, "«{key}» is claimed {claims} times");
    }
    for claim in &claimed {
        assert!(keys.contains(claim), "«{claim}» is not in vectors.json");
    }
}

#[test]
fn comparing_finds_what_differs() {
    let mut differences = Vec::new();
    let actual = serde_json::json!({"a": [1.0, 2.0000001, null], "b": "x"});
    let expected = serde_json::json!({"a": [1, 2.1, 0.0], "b": "y"});
    compare("here", &actual, &expected, &mut differences);
    let places: Vec<&str> = differences.iter().filter_map(|line| line.split(": ").next()).collect();
    assert_eq!(places, ["here.a[1]", "here.a[2]", "here.b"]);
}

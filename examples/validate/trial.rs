//! The made-up runners before the program: what it says of each run, beside what is true.

use super::make_runners::{self, Outing, PEOPLE, Person, RunTruth};
use freshlegs::athlete::{Estimate, Thresholds};
use freshlegs::label::Label;
use freshlegs::outcome::{FileResult, outcome_of};
use freshlegs::profile::Profile;
use freshlegs::read::Limits;
use freshlegs::recording::Recording;
use freshlegs::season::Season;
use jiff::ToSpan;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use rayon::prelude::*;
use std::collections::HashMap;
use std::error::Error;

/// Runs after which a beginning history is looked at.
pub const BEGINNINGS: [usize; 5] = [1, 3, 5, 10, 20];

/// What came of one runner.
pub struct Trial {
    pub person: &'static Person,
    /// With nothing said beforehand.
    pub unsaid: Vec<Judged>,
    /// With titles that say what each run was for.
    pub said: Vec<Judged>,
    /// The same runs, nothing said, judged when only the first few were on file; by [`BEGINNINGS`].
    pub beginnings: Vec<Vec<Judged>>,
    pub estimates: Estimates,
    /// Threshold speed at the end, m/s.
    pub true_threshold_mps: f64,
}

/// A run as it was and as it was judged.
#[derive(Clone)]
pub struct Judged {
    pub truth: RunTruth,
    pub label: Label,
    pub confidence: f64,
    /// Its label or its hardest part asks for gentle days after it.
    pub is_hard: bool,
    pub load: f64,
    /// Only a rough word can be stood by.
    pub is_rough: bool,
}

/// The thresholds at the end, with nothing said.
pub struct Estimates {
    pub highest: Estimate,
    pub resting: Estimate,
    pub threshold: Estimate,
    pub speed: Option<Estimate>,
}

pub fn all(seed: u32) -> Result<Vec<Trial>, Box<dyn Error>> {
    let trials: Vec<Result<Trial, String>> =
        PEOPLE.par_iter().map(|person| trial(person, seed).map_err(|error| error.to_string())).collect();
    trials.into_iter().map(|trial| trial.map_err(Into::into)).collect()
}

fn trial(person: &'static Person, seed: u32) -> Result<Trial, Box<dyn Error>> {
    let outings = make_runners::outings(person, seed)?;
    let results = results(&outings);
    let recordings = Recording::all(results.clone(), &TimeZone::UTC);
    let today = day_after(&recordings).ok_or("a runner without runs")?;
    let unsaid = Season::new(recordings.clone(), &Profile::default(), today);
    let said = {
        let list = make_runners::list(&outings);
        let listed = file("activities.csv", list.as_bytes());
        let with_list = results.into_iter().chain([listed]).collect();
        Season::new(Recording::all(with_list, &TimeZone::UTC), &Profile::default(), today)
    };
    let truths: HashMap<&str, &RunTruth> = outings.iter().map(|o| (o.file.as_str(), &o.truth)).collect();
    let beginnings = BEGINNINGS.map(|count| {
        let first: Vec<Recording> = recordings.iter().take(count).cloned().collect();
        day_after(&first).map_or(Vec::new(), |day| judged(&Season::new(first, &Profile::default(), day), &truths))
    });
    Ok(Trial {
        person,
        unsaid: judged(&unsaid, &truths),
        said: judged(&said, &truths),
        beginnings: beginnings.to_vec(),
        estimates: Estimates::of(unsaid.thresholds()),
        true_threshold_mps: outings.last().map_or(0.0, |outing| outing.truth.threshold_mps),
    })
}

fn results(outings: &[Outing]) -> Vec<FileResult> {
    outings.iter().map(|outing| file(&outing.file, &outing.bytes)).collect()
}

fn file(name: &str, bytes: &[u8]) -> FileResult {
    let outcome = outcome_of(name, bytes, &Limits::default());
    FileResult { file: name.into(), source: name.into(), content: None, outcome }
}

fn day_after(recordings: &[Recording]) -> Option<Date> {
    Some(recordings.last()?.date().saturating_add(1.day()))
}

fn judged(season: &Season, truths: &HashMap<&str, &RunTruth>) -> Vec<Judged> {
    let runs = season.runs().filter_map(|(activity, session)| {
        let verdict = &session.verdict;
        Some(Judged {
            truth: (*truths.get(activity.recording.file.as_str())?).clone(),
            label: verdict.label,
            confidence: verdict.confidence,
            is_hard: verdict.label.is_hard() || verdict.hardest.is_hard(),
            load: activity.load.points,
            is_rough: verdict.rough.is_some(),
        })
    });
    runs.collect()
}

impl Estimates {
    fn of(thresholds: &Thresholds) -> Estimates {
        Estimates {
            highest: thresholds.heart_rate_max,
            resting: thresholds.heart_rate_rest,
            threshold: thresholds.heart_rate_threshold,
            speed: thresholds.speed_threshold,
        }
    }
}

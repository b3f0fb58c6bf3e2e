//! A season as of one day: everything there is to say about the recordings of one athlete.
//!
//! [`Season`] is the value of stage 2. Plan, balance, import log and renderers read it, and change nothing in it.

mod balance;
mod day;
mod left_out;
mod need;
mod second_opinion;
mod sensitivity;
mod unnamed;
mod week;

pub use balance::{HardThen, RecoveryBalance, Then};
pub use day::Day;
pub use left_out::LeftOut;
pub use need::Need;
pub use second_opinion::{SecondOpinion, YesNo};
pub use sensitivity::{Flip, Sensitivity};
pub use week::Week;

use crate::athlete::{Athlete, Thresholds};
use crate::content::ContentHash;
use crate::daily::Daily;
use crate::duplicates::{Duplicate, without_duplicates};
use crate::heart_rate::HeartRate;
use crate::label::{self, Label, Labelled, Part, Session, SessionSums, UnweighedFeatures};
use crate::load::{self, Calibration, Method, RunLoad};
use crate::memo::Memo;
use crate::profile::Profile;
use crate::recording::{ActivityId, Recording};
use crate::trace_sums::TraceSums;
use jiff::civil::Date;
use rayon::prelude::*;
use std::sync::{Arc, OnceLock};

/// A recording with what the second stage has found out about it.
#[derive(Clone, Debug)]
pub struct Assessed {
    /// Its place in the season.
    pub id: ActivityId,
    /// What was recorded.
    pub recording: Recording,
    /// The heart rate that may be believed.
    pub heart_rate: HeartRate,
    /// What it cost, points, and how that is known.
    pub load: RunLoad,
    /// Mean grade-adjusted speed over the moving seconds, m/s.
    pub gap_mps: Option<f64>,
}

impl Assessed {
    fn part(&self) -> Part<'_> {
        Part { recording: &self.recording, heart_rate: &self.heart_rate, gap_mps: self.gap_mps }
    }
}

/// Place of a session in a [`Season`], in order of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SessionId(usize);

/// The value of stage 2.
#[derive(Clone, Debug)]
pub struct Season {
    /// The day as of which everything is said; later recordings are left out.
    pub today: Date,
    /// Of the athlete.
    pub profile: Profile,
    /// The thresholds of every day.
    pub athlete: Athlete,
    /// The load of every day, and the fitness and fatigue they make.
    pub daily: Daily,
    /// Recordings that another one stands for.
    pub duplicates: Vec<Duplicate>,
    /// Recordings dated impossibly early, or after today.
    pub left_out: Vec<LeftOut>,
    activities: Vec<Assessed>,
    sessions: Vec<Labelled>,
    /// What the seconds of each session tell by themselves.
    session_sums: Vec<SessionSums>,
    /// The session of each activity that is a run.
    session_of: Vec<Option<SessionId>>,
    /// Made when it is first asked for: the seasons of a replay are never asked.
    sensitivity: OnceLock<Sensitivity>,
    /// What was worked out before, and for it.
    memo: Arc<Memo>,
}

impl Season {
    /// Judges the recordings of one athlete as of `today`, whatever their order.
    pub fn new(recordings: Vec<Recording>, profile: &Profile, today: Date) -> Season {
        Season::remembered(recordings, profile, today, Memo::none())
    }

    /// The same, from what was worked out of such recordings before.
    pub fn remembered(recordings: Vec<Recording>, profile: &Profile, today: Date, memo: Memo) -> Season {
        // First what has no place: watches that never knew the time may all have begun at the same false one.
        let (placed, unplaced): (Vec<Recording>, Vec<Recording>) =
            recordings.into_iter().partition(|r| LeftOut::of(r, today).is_none());
        let left_out = unplaced.iter().filter_map(|r| LeftOut::of(r, today)).collect();
        let (recordings, duplicates) = without_duplicates(placed);
        Season { duplicates, left_out, ..Season::of_distinct(recordings, profile, today, memo) }
    }

    /// The season as it looked on the morning of `date`, from what was recorded on the days before.
    pub fn as_of(&self, date: Date) -> Season {
        let earlier = self.activities.iter().map(|a| &a.recording).filter(|r| r.date() < date);
        let season = Season::of_distinct(earlier.cloned().collect(), &self.profile, date, Memo::none());
        let duplicates = self.duplicates.iter().filter(|d| d.date < date).cloned().collect();
        let left_out = self.left_out.iter().filter(|l| l.date < date).cloned().collect();
        Season { duplicates, left_out, ..season }
    }

    /// From recordings sorted by start, none of them twice.
    fn of_distinct(recordings: Vec<Recording>, profile: &Profile, today: Date, memo: Memo) -> Season {
        let sums: Vec<TraceSums> = recordings.par_iter().map(|r| sums(r, &memo)).collect();
        let athlete = Athlete::remembered(&recordings, &sums, profile, today, &memo);
        let with_sums = recordings.par_iter().zip(&sums);
        let heart_rates: Vec<HeartRate> =
            with_sums.map(|(r, sums)| HeartRate::of(&r.digest.trace, sums, athlete.at(r.date()))).collect();
        let with_sums = recordings.iter().zip(&heart_rates).zip(&sums);
        let parts: Vec<Part> = with_sums
            .map(|((recording, heart_rate), sums)| Part { recording, heart_rate, gap_mps: sums.moving_mps })
            .collect();
        let part = |id: ActivityId| parts[id.index()];
        let runs = (0..parts.len()).filter(|i| parts[*i].recording.is_run()).map(ActivityId::new);
        let sessions = label::sessions(runs.map(|id| (id, part(id))));
        let (session_sums, measured) = label::measure_all(&sessions, part, &athlete, &memo).into_iter().unzip();
        let judged = JudgedBy { parts: &parts, sessions: &sessions, athlete: &athlete, today }.judge(measured);
        let mut session_of = vec![None; recordings.len()];
        for (place, session) in judged.sessions.iter().enumerate() {
            session.session.parts.iter().for_each(|part| session_of[part.index()] = Some(SessionId(place)));
        }
        let parts = recordings.into_iter().zip(heart_rates).zip(judged.loads).zip(sums).enumerate();
        let activities = parts.map(|(place, (((recording, heart_rate), load), sums))| Assessed {
            id: ActivityId::new(place),
            recording,
            heart_rate,
            load,
            gap_mps: sums.moving_mps,
        });
        Season {
            today,
            profile: profile.clone(),
            activities: activities.collect(),
            sessions: judged.sessions,
            session_sums,
            session_of,
            daily: judged.daily,
            athlete,
            duplicates: Vec::new(),
            left_out: Vec::new(),
            sensitivity: OnceLock::new(),
            memo: Arc::new(memo),
        }
    }

    /// What was worked out for it, as far as it was asked for.
    pub fn memo(&self) -> &Memo {
        &self.memo
    }

    /// The thresholds of today.
    pub fn thresholds(&self) -> &Thresholds {
        self.athlete.at(self.today)
    }

    /// All activities in order of time, runs and others.
    pub fn activities(&self) -> &[Assessed] {
        &self.activities
    }

    /// The activity of this place.
    pub fn activity(&self, id: ActivityId) -> &Assessed {
        &self.activities[id.index()]
    }

    /// All sessions of running in order of time.
    pub fn sessions(&self) -> &[Labelled] {
        &self.sessions
    }

    /// The session of this place.
    pub fn session(&self, id: SessionId) -> &Labelled {
        &self.sessions[id.0]
    }

    /// The session that a run is a part of; `None` for other sports.
    pub fn session_of(&self, id: ActivityId) -> Option<SessionId> {
        self.session_of.get(id.index()).copied().flatten()
    }

    /// Every run with its session, in order of time. What was mostly walked is among them, labelled so.
    pub fn runs(&self) -> impl DoubleEndedIterator<Item = (&Assessed, &Labelled)> {
        self.sessions.iter().flat_map(move |session| session.parts().map(move |part| (self.activity(part), session)))
    }

    /// The activities that are no runs: they count as load, and not as running.
    pub fn others(&self) -> impl DoubleEndedIterator<Item = &Assessed> {
        self.activities.iter().filter(|activity| self.session_of(activity.id).is_none())
    }

    /// One value for every day from the first activity to today.
    pub fn days(&self) -> Vec<Day> {
        Day::all(&self.daily)
    }

    /// One value for every week of these days.
    pub fn weeks(&self) -> Vec<Week> {
        Week::all(self)
    }

    /// Seconds of a recording below the first threshold of its day, up to the threshold, and above; `None` where neither heart
    /// rate nor pace tells.
    pub fn zone_seconds(&self, activity: &Assessed) -> Option<[f64; 3]> {
        balance::zone_seconds(self, activity)
    }

    /// What followed a hard session.
    pub fn after_hard(&self, hard: &Labelled) -> Then {
        balance::then(self, hard)
    }

    /// Which verdicts would be others if the thresholds were off as far as they may be.
    pub fn sensitivity(&self) -> &Sensitivity {
        self.sensitivity.get_or_init(|| Sensitivity::of(self))
    }

    /// What the watch thought of the same runs; `None` where it said nothing.
    pub fn second_opinion(&self) -> Option<SecondOpinion> {
        SecondOpinion::of(self)
    }

    /// Whether hard days were followed by easy ones.
    pub fn balance(&self) -> RecoveryBalance {
        RecoveryBalance::of(self)
    }
}

/// The sums of a recording's seconds.
fn sums(recording: &Recording, memo: &Memo) -> TraceSums {
    let trace = &recording.digest.trace;
    memo.result(|| ContentHash::of_parts(&[b"sums", trace.fingerprint().as_bytes()]), || TraceSums::of(trace))
}

/// Loads and labels, which need each other: a run without any measure is given the load of the runner's own easy
/// runs, and which runs are easy is known only after labelling.
struct Judged {
    loads: Vec<RunLoad>,
    daily: Daily,
    sessions: Vec<Labelled>,
}

/// What is judged, and by whose thresholds; every recording with the heart rate that may be believed.
struct JudgedBy<'a> {
    parts: &'a [Part<'a>],
    sessions: &'a [Session],
    athlete: &'a Athlete,
    today: Date,
}

impl JudgedBy<'_> {
    fn judge(&self, measured: Vec<UnweighedFeatures>) -> Judged {
        let mut calibration = Calibration::new(self.parts.iter().map(|p| (p.recording, p.heart_rate)), self.athlete);
        let loads = self.loads(&calibration);
        let by_duration = |l: &RunLoad| l.method == Method::Duration;
        // Other sports have loads by the hour of their own.
        if !loads.iter().zip(self.parts).any(|(load, part)| part.recording.is_run() && by_duration(load)) {
            return self.labelled(loads, measured);
        }
        let first = self.labelled(loads, measured.clone());
        let easy = first.sessions.iter().filter(|s| s.verdict.label == Label::Easy);
        let measured_easy = easy.filter(|s| !s.parts().any(|part| by_duration(&first.loads[part.index()])));
        calibration.easy_load_per_h =
            load::median_load_per_h(measured_easy.map(|s| (s.features.load, 60.0 * s.features.duration_min)));
        self.labelled(self.loads(&calibration), measured)
    }

    fn loads(&self, calibration: &Calibration) -> Vec<RunLoad> {
        let load = |Part { recording, heart_rate, .. }: &Part| {
            load::load(recording, heart_rate, self.athlete.at(recording.date()), calibration)
        };
        self.parts.par_iter().map(load).collect()
    }

    fn labelled(&self, loads: Vec<RunLoad>, measured: Vec<UnweighedFeatures>) -> Judged {
        let dates = self.parts.iter().map(|part| part.recording.date());
        let daily = Daily::new(dates.zip(loads.iter().map(|l| l.points)), self.today);
        let part = |id: ActivityId| self.parts[id.index()];
        let load = |id: ActivityId| loads[id.index()];
        let sessions = label::label_all(self.sessions, measured, part, load, self.athlete, &daily);
        Judged { loads, daily, sessions }
    }
}

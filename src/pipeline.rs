//! The program on one screen: bytes to digests, digests to answers.

use crate::bounded_map::bounded_map;
use crate::content::ContentHash;
use crate::guide::{self, Guide};
use crate::kept::{self, KeptPlan, PlannedAndDone};
use crate::outcome::{FileResult, Outcome, content_of};
use crate::plan::{self, Ceilings, CheckIn, Plan, PlanInputs, from_season};
use crate::profile::Profile;
use crate::read::archive::{self, Beside, Entry};
use crate::read::{Limits, ReadError};
use crate::recording::Recording;
use crate::replay::Replay;
use crate::season::Season;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use std::io::{Read, Seek};

/// Stage 1: reads, cleans and digests every file and every entry of every archive, in parallel; the results stand in the
/// order of `files`.
///
/// `open` opens a file or says why it cannot; `known` says what came of a content before, if it was read before; `done`
/// is called after each file and entry, with what came of it.
pub fn digest_all<F: Read + Seek>(
    files: &[String],
    open: impl Fn(&str) -> Result<F, String> + Sync,
    limits: &Limits,
    known: impl Fn(&ContentHash) -> Option<Outcome> + Sync,
    done: impl Fn(&mut FileResult) + Sync,
) -> Vec<FileResult> {
    let source = |give: &mut dyn FnMut((usize, Entry))| {
        // Exports of Apple Health come first: their routes are read with their workouts.
        let mut beside = Beside::among(files, &open);
        for (i, file) in files.iter().enumerate() {
            if let Some(entries) = beside.export(file) {
                entries.into_iter().for_each(|entry| give((i, entry)));
                continue;
            }
            let mut each = |entry| beside.joined(entry).into_iter().for_each(|entry| give((i, entry)));
            match open(file) {
                Ok(opened) => archive::visit(file, opened, limits, &mut each),
                Err(reason) => each(Entry::failed(file, ReadError::Disk { reason: reason.into() })),
            }
        }
    };
    let digest_one = |(i, entry): (usize, Entry)| {
        let again = || open(&files[i]).map(|file| Box::new(file) as Box<dyn Read>);
        let content = content_of(&entry, &again);
        let Entry { name, content: held } = entry;
        let known = content.as_ref().and_then(&known);
        let outcome = known.unwrap_or_else(|| Outcome::of(&name, held, &again, limits));
        let content = content.filter(|_| outcome.is_final());
        let mut result = FileResult { file: name, source: files[i].as_str().into(), content, outcome };
        done(&mut result);
        result
    };
    bounded_map(source, |(_, entry)| entry.size(), digest_one)
}

/// Between the stages: the digests on the local calendar of whoever recorded them.
pub fn recordings(results: Vec<FileResult>, home: &TimeZone) -> Vec<Recording> {
    Recording::all(results, home)
}

/// A season with what follows from it.
#[derive(Clone, Debug)]
pub struct Analysis {
    /// What was run.
    pub season: Season,
    /// The upper limits of easy running today.
    pub ceilings: Ceilings,
    /// What the plan was made from.
    pub inputs: PlanInputs,
    /// What is to come.
    pub plan: Plan,
    /// Plans of earlier days, oldest first.
    pub earlier: Vec<KeptPlan>,
    /// What the plan would have said on each morning; only where it is asked for, since it takes a plan for every day.
    pub hindsight: Option<Replay>,
}

/// Stage 2: from the recordings of one athlete to load, labels, form and plan as of `today`.
pub fn analyse(recordings: Vec<Recording>, profile: &Profile, today: Date) -> Analysis {
    Analysis::of(Season::new(recordings, profile, today))
}

impl Analysis {
    /// Of a season without check-ins.
    pub fn of(season: Season) -> Analysis {
        let inputs = from_season::inputs(&season, &[]);
        let plan = plan::plan(&inputs, plan::DAYS);
        Analysis { plan, ceilings: inputs.ceilings, inputs, season, earlier: Vec::new(), hindsight: None }
    }

    /// The plan, made again with how the runner felt.
    pub fn with_check_ins(mut self, check_ins: &[CheckIn]) -> Analysis {
        self.inputs = from_season::inputs(&self.season, check_ins);
        self.plan = plan::plan(&self.inputs, plan::DAYS);
        self
    }

    /// The plan as it is after the plans of earlier days: a session that was missed yesterday is not moved to today.
    pub fn with_earlier(&mut self, earlier: Vec<KeptPlan>) {
        self.earlier = earlier;
        let done = self.inputs.past.last().copied();
        self.inputs.missed = done.and_then(|done| kept::missed_before(self.inputs.start, done, &self.earlier));
        if self.inputs.missed.is_some() {
            self.plan = plan::plan(&self.inputs, plan::DAYS);
        }
    }

    /// Finds out what the plan would have said on each morning.
    pub fn add_hindsight(&mut self) {
        self.hindsight = Some(Replay::of(&self.season, &self.inputs.check_ins));
    }

    /// What goes with the plan.
    pub fn guide(&self) -> Guide {
        Guide::of(&self.plan, &self.inputs, &guide::hard_on_calves(&self.season))
    }

    /// What was run of the plans of earlier days, and what this one makes different.
    pub fn planned_and_done(&self) -> Option<PlannedAndDone> {
        PlannedAndDone::of(&self.earlier, &self.season, &self.plan)
    }
}

//! What the watch thought of the same runs: compared with, and never used (methods §6.6).

use super::{Assessed, Season};
use crate::activity::PrimaryBenefit;
use crate::label::{Label, Labelled};
use crate::physiology::agreement::{cohens_kappa, rank_correlation};
use std::collections::BTreeMap;

/// Runs shorter than this are warm-ups and cool-downs to a watch too, min.
const SHORTEST_MIN: f64 = 10.0;

/// The watch's labels and loads beside the program's, over a season.
#[derive(Clone, Debug, PartialEq)]
pub struct SecondOpinion {
    /// How often each pair of labels was given; walks and what could not be judged left out.
    pub pairs: BTreeMap<(Label, &'static str), usize>,
    /// Agreement on which runs were recovery runs.
    pub recovery: YesNo,
    /// Agreement on which runs had something hard in them.
    pub hard: YesNo,
    /// Rank correlation of the loads, -1..=1, and how many runs it rests on.
    pub loads: Option<(f64, usize)>,
}

/// How often two judges said yes and no.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct YesNo {
    /// Runs that both call so.
    pub both: usize,
    /// Runs that freshlegs alone calls so.
    pub we_alone: usize,
    /// Runs that the watch alone calls so.
    pub watch_alone: usize,
    /// Runs that neither calls so.
    pub neither: usize,
}

impl YesNo {
    fn count(&mut self, ours: bool, watch: bool) {
        *match (ours, watch) {
            (true, true) => &mut self.both,
            (true, false) => &mut self.we_alone,
            (false, true) => &mut self.watch_alone,
            (false, false) => &mut self.neither,
        } += 1;
    }

    /// Cohen's κ, -1..=1; 0 is chance. `None` where there is nothing to disagree about.
    pub fn kappa(self) -> Option<f64> {
        cohens_kappa(self.both, self.we_alone, self.watch_alone, self.neither)
    }

    /// All runs compared.
    pub fn all(self) -> usize {
        self.both + self.we_alone + self.watch_alone + self.neither
    }
}

impl SecondOpinion {
    /// `None` where no watch said anything.
    pub(super) fn of(season: &Season) -> Option<SecondOpinion> {
        let mut opinion =
            SecondOpinion { pairs: BTreeMap::new(), recovery: YesNo::default(), hard: YesNo::default(), loads: None };
        let mut loads = Vec::new();
        for (activity, session) in season.runs().filter(|(activity, session)| counts(activity, session)) {
            let watch = &activity.recording.digest.watch;
            loads.extend(watch.exercise_load.filter(|load| *load > 0.0).map(|load| (activity.load.points, load)));
            let Some(benefit) = watch.primary_benefit.filter(|benefit| *benefit != PrimaryBenefit::None) else {
                continue;
            };
            let label = session.verdict.label;
            *opinion.pairs.entry((label, benefit.word())).or_default() += 1;
            opinion
                .recovery
                .count(matches!(label, Label::Recovery | Label::Shakeout), benefit == PrimaryBenefit::Recovery);
            opinion.hard.count(is_hard(session), is_hard_benefit(benefit));
        }
        opinion.loads = rank_correlation(&loads).map(|rho| (rho, loads.len()));
        (!opinion.pairs.is_empty() || opinion.loads.is_some()).then_some(opinion)
    }
}

/// Long enough, and the only part of its session: the watch judges each file by itself.
fn counts(activity: &Assessed, session: &Labelled) -> bool {
    activity.recording.digest.moving_s >= 60.0 * SHORTEST_MIN
        && session.parts().count() == 1
        && !matches!(session.verdict.label, Label::Walk | Label::Fragment | Label::Unknown)
}

fn is_hard(session: &Labelled) -> bool {
    matches!(session.verdict.label, Label::Tempo | Label::Intervals | Label::Race)
}

fn is_hard_benefit(benefit: PrimaryBenefit) -> bool {
    !matches!(benefit, PrimaryBenefit::None | PrimaryBenefit::Recovery | PrimaryBenefit::AerobicBase)
}

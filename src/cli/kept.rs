//! Plans of earlier days: from the report folder and the store, and today's for the next time. And what was worked out for the
//! same files before.

use super::Input;
use super::digests::store;
use super::program::program;
use crate::kept::{KeptPlan, joined};
use crate::memo::Memo;
use crate::pipeline::Analysis;
use crate::store::Store;
use jiff::civil::Date;
use std::path::Path;

/// Gives the analysis the plans made before, those of the report folder among them, and keeps the one of today. Where there
/// is no store, nothing is kept but what the report holds.
pub(super) fn recall(input: &Input, analysis: &mut Analysis, in_folder: Vec<KeptPlan>) {
    let (store, today) = (store(&input.reading), analysis.season.today);
    analysis.with_earlier(earlier(&store, input, in_folder, today));
    store.keep_plan(&owner(input), &KeptPlan::of(&analysis.plan, today));
    // What is wrong with the store was said when the files were read.
    store.finish();
}

/// The plans made before a day, those of the report folder among them.
pub(super) fn earlier(store: &Store, input: &Input, in_folder: Vec<KeptPlan>, today: Date) -> Vec<KeptPlan> {
    let mut earlier = joined(store.plans(&owner(input)), in_folder, today);
    // The one of today is not compared with, so a plan made twice says the same twice.
    earlier.retain(|plan| plan.made < today);
    earlier
}

/// All plans there are, those of a report's folder among them.
pub(super) fn all(store: &Store, input: &Input, in_folder: Vec<KeptPlan>) -> Vec<KeptPlan> {
    [store.plans(&owner(input)), in_folder].concat()
}

/// What this program worked out before for whoever reads these paths.
pub(super) fn memo(input: &Input) -> Memo {
    let store = store(&input.reading);
    let memo = program().map_or_else(Memo::none, |program| store.memo(&paths(input).join("\n"), &program));
    store.finish();
    memo
}

/// Keeps it for the next time.
pub(super) fn keep_memo(input: &Input, memo: &Memo) {
    let (Some(kept), Some(program)) = (memo.kept(), program()) else { return };
    let store = store(&input.reading);
    store.keep_memo(&paths(input).join("\n"), &program, &kept);
    store.finish();
}

/// Whose plans they are: of whoever reads these paths with this profile.
fn owner(input: &Input) -> String {
    let mut paths = paths(input);
    paths.extend(input.profile.as_deref().map(whole));
    paths.join("\n")
}

/// The paths from wherever they are named.
fn paths(input: &Input) -> Vec<String> {
    let mut paths: Vec<String> = input.paths.iter().map(|path| whole(path)).collect();
    paths.sort();
    paths
}

fn whole(path: &Path) -> String {
    path.canonicalize().unwrap_or_else(|_| path.to_owned()).to_string_lossy().into_owned()
}

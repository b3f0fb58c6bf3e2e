//! A folder of workouts for the watch, kept in step with the plan.

use super::files::reason;
use crate::render::workout::{WorkoutFile, date_in, is_ours};
use crate::shown::FileName;
use anyhow::{Result, anyhow, bail};
use jiff::civil::Date;
use std::fs;
use std::io;
use std::ops::RangeInclusive;
use std::path::Path;

/// No workout of ours is larger.
const LARGEST_BYTES: u64 = 1 << 20;

/// Writes the files, and removes earlier ones of ours for the days that are planned anew. Files of other origin are never
/// touched: where one has a name that is needed, nothing at all is written.
pub(super) fn write(folder: &Path, files: &[WorkoutFile], planned: Option<RangeInclusive<Date>>) -> Result<()> {
    let failed =
        |path: &Path, error: &io::Error| anyhow!("{} cannot be written: {}", FileName::of(path), reason(error));
    fs::create_dir_all(folder).map_err(|error| failed(folder, &error))?;
    let path_of = |file: &WorkoutFile| folder.join(&file.name);
    if let Some(path) = files.iter().map(path_of).find(|path| fs::symlink_metadata(path).is_ok() && !is_our_file(path))
    {
        bail!(
            "{} is no workout of this program and is left as it is\nhint: move it, or choose another folder with --workouts",
            FileName::of(&path)
        );
    }
    for entry in fs::read_dir(folder).map_err(|error| failed(folder, &error))?.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let is_planned = date_in(&name).zip(planned.as_ref()).is_some_and(|(date, planned)| planned.contains(&date));
        if is_planned && !files.iter().any(|file| file.name == name) && is_our_file(&entry.path()) {
            fs::remove_file(entry.path()).map_err(|error| failed(&entry.path(), &error))?;
        }
    }
    for file in files {
        let path = path_of(file);
        // Where nothing has to change, the file keeps its time.
        if fs::read(&path).is_ok_and(|bytes| bytes == file.bytes) {
            continue;
        }
        fs::write(&path, &file.bytes).map_err(|error| failed(&path, &error))?;
    }
    Ok(())
}

/// A plain file, no link to one: what a link leads to belongs elsewhere.
fn is_our_file(path: &Path) -> bool {
    let is_small_file = fs::symlink_metadata(path).is_ok_and(|meta| meta.is_file() && meta.len() <= LARGEST_BYTES);
    is_small_file && fs::read(path).is_ok_and(|bytes| is_ours(&bytes))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::{PlanInputs, plan};
    use crate::render::workout::workouts;
    use jiff::civil::date;

    fn files(days: usize) -> Vec<WorkoutFile> {
        let inputs = PlanInputs { start: date(2026, 6, 22), ..PlanInputs::default() };
        workouts(&plan(&inputs, days), &inputs, date(2026, 6, 22)).expect("encoded")
    }

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(folder)
            .expect("a folder")
            .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn a_new_plan_takes_the_place_of_the_old_one_and_nothing_else() {
        let folder = tempfile::tempdir().expect("a folder");
        let (old, planned) = (files(14), date(2026, 6, 22)..=date(2026, 7, 5));
        write(folder.path(), &old, Some(planned.clone())).expect("written");
        fs::write(folder.path().join("2026-06-23-mine.fit"), b"mine").expect("written");
        write(folder.path(), &old[..1], Some(planned)).expect("written");
        let mut left = vec![old[0].name.clone(), "2026-06-23-mine.fit".to_owned()];
        left.sort();
        assert_eq!(names(folder.path()), left);
    }

    #[test]
    fn files_of_others_are_never_overwritten() {
        let folder = tempfile::tempdir().expect("a folder");
        let files = files(7);
        let theirs = folder.path().join(&files.last().expect("a run").name);
        fs::write(&theirs, b"theirs").expect("written");
        let error = write(folder.path(), &files, None).expect_err("refused").to_string();
        assert!(error.contains("no workout of this program"), "{error}");
        assert_eq!(fs::read(&theirs).expect("there"), b"theirs");
        assert_eq!(names(folder.path()).len(), 1);
    }
}

//! The row of an exercise.

use super::row;
use crate::guide::routine::all;

row! {
    /// One exercise beside the running, as `freshlegs exercises --format csv` prints it.
    pub struct ExerciseRow in "exercises" {
        /// The routine that it belongs to: `mobility`, `stretching` or `drills`.
        routine: String,
        /// Its name in files; the plan names it so.
        exercise: String,
        /// Its name.
        name: String,
        /// What it is for.
        purpose: String,
        /// How much of it.
        dose: String,
        /// How to do it.
        how: String,
    }
}

impl ExerciseRow {
    /// Every exercise there is, routine by routine.
    pub fn all() -> Vec<ExerciseRow> {
        let rows = |routine: &crate::guide::Routine| -> Vec<ExerciseRow> {
            let row = |exercise: &&crate::guide::Exercise| ExerciseRow {
                routine: routine.kind.word().to_owned(),
                exercise: exercise.id.to_owned(),
                name: exercise.name.to_owned(),
                purpose: exercise.purpose.to_owned(),
                dose: exercise.dose.to_string(),
                how: exercise.instructions(),
            };
            routine.exercises.iter().map(row).collect()
        };
        all().iter().flat_map(rows).collect()
    }
}

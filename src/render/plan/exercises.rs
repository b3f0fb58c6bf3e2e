//! Every exercise with how it is done.

use super::super::words::capitalised;
use super::super::wrap::wrapped;
use super::bold;
use crate::guide::routine::{Routine, all};

/// All routines with their exercises, in lines of `width` columns.
pub fn exercises(width: usize) -> String {
    let mut text = String::new();
    for routine in all() {
        text += &format!("{}\n{}\n", bold(&heading(&routine)), wrapped(routine.kind.occasion(), width, 0));
        for exercise in &routine.exercises {
            let title = format!("{}, for {}: {}.", bold(&capitalised(exercise.name)), exercise.purpose, exercise.dose);
            text += &wrapped(&title, width, 4);
            text += &format!(
                "    {}\n",
                wrapped(&exercise.instructions(), width - 4, 0).trim_end().replace('\n', "\n    ")
            );
        }
        text.push('\n');
    }
    text + &wrapped("To a mild pull, never to pain; hold on to something; leave out what hurts.", width, 0)
}

fn heading(routine: &Routine) -> String {
    format!("{}, {} minutes", capitalised(routine.kind.word()), routine.minutes)
}

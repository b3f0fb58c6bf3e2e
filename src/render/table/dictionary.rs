//! The data dictionary: the part of `docs/data.md` that is made from the columns.

use super::{
    ActivityRow, AthleteWeekRow, CriterionRow, DayRow, DigestRow, DigestedRow, ExerciseRow, LogRow, PlanRow, Row,
    RunRow, RunnerRow, SecondRow, WeekRow,
};

/// Every table with its columns, as Markdown.
pub fn dictionary() -> String {
    let tables = [
        of::<RunRow>(),
        of::<ActivityRow>(),
        of::<DayRow>(),
        of::<WeekRow>(),
        of::<PlanRow>(),
        of::<ExerciseRow>(),
        of::<LogRow>(),
        of::<DigestRow>(),
        of::<DigestedRow>(),
        of::<AthleteWeekRow>(),
        of::<RunnerRow>(),
        of::<CriterionRow>(),
        of::<SecondRow>(),
    ];
    tables.join("\n")
}

fn of<R: Row>() -> String {
    let mut text = format!("## `{}`\n\n{}\n\n| column | holds | meaning |\n|---|---|---|\n", R::NAME, R::ABOUT);
    for column in R::COLUMNS {
        text.push_str(&format!("| `{}` | {} | {} |\n", column.name, column.kind, column.about));
    }
    text
}

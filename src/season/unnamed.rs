//! A season to show to others: everything that identifies the runner or a place is removed. A new text field is cleared here.

use super::Season;
use crate::shown::FileName;
use std::sync::Arc;

impl Season {
    /// The same season without titles, names of workouts and files, and without the profile's words. Nothing is judged anew.
    ///
    /// A season holds no positions: these end with stage 1.
    pub fn unnamed(mut self) -> Season {
        for activity in &mut self.activities {
            let recording = &mut activity.recording;
            recording.file = FileName::from(recording.run_id().to_string().as_str());
            recording.said.title = None;
            let digest = Arc::make_mut(&mut recording.digest);
            digest.name = None;
            digest.told.workout = None;
        }
        for (i, duplicate) in self.duplicates.iter_mut().enumerate() {
            duplicate.file = FileName::from(format!("duplicate {}", i + 1).as_str());
            duplicate.kept = FileName::from("another recording");
        }
        for (i, left_out) in self.left_out.iter_mut().enumerate() {
            left_out.file = FileName::from(format!("recording {}", i + 1).as_str());
        }
        self.profile.athlete.time_zone = None;
        self
    }
}

//! Apple Health: `export.xml` with the workouts and all that was measured, and the routes beside it.
//!
//! The document can hold gigabytes, and the records come before the workouts they belong to. It is read once, as it
//! streams by; of its records a few bytes each are kept until the workouts are known, and then those within one.

mod tags;
mod records;
mod workout;
mod activity;

pub use workout::Workout;

use super::{FileKind, ReadError, Reading, xml};
use crate::activity::Sex;
use jiff::civil::Date;
use quick_xml::events::BytesStart;
use records::{AppleRecord, MOST_RECORDS, Records};
use std::io::{BufRead, BufReader, Read};
use tags::RawTags;

/// Within so many bytes the root of an export stands.
const HEAD_BYTES: u64 = 64 << 10;
/// Nobody has so many.
const MOST_WORKOUTS: usize = 100_000;
/// Nor for so many hours. A few bytes can say that a workout took days, and every second costs.
const MOST_HOURS: i64 = 20_000;
/// Workouts further back in order of time than so many are not looked at for what one more record belongs to.
const OVERLAPPING: usize = 16;

/// True if these bytes begin an export. Its document type is damaged in some years.
pub fn is_export(head: &[u8]) -> bool {
    let blanks = |byte: &u8| byte.is_ascii_whitespace() || [0xef, 0xbb, 0xbf].contains(byte);
    let begins_with_tag = head.iter().find(|byte| !blanks(byte)) == Some(&b'<');
    let root = b"<HealthData";
    let is_root = |at: usize| head.get(at + root.len()).is_some_and(|next| b" >\r\n\t".contains(next));
    begins_with_tag && head.windows(root.len()).enumerate().any(|(at, tag)| tag == root && is_root(at))
}

/// What an export holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Export {
    /// In order of time.
    pub workouts: Vec<Workout>,
    /// Why there may have been more.
    pub broken: Option<String>,
}

impl Export {
    /// Reads what turns out to be an export by its beginning.
    pub fn sniffed(mut document: impl Read) -> Option<Export> {
        let mut head = Vec::new();
        document.by_ref().take(HEAD_BYTES).read_to_end(&mut head).ok()?;
        is_export(&head).then(|| Export::read(BufReader::new(head.chain(document))))
    }

    /// Reads an export as it streams by.
    pub fn read(document: impl BufRead) -> Export {
        let mut reader = ExportReader::default();
        let broken = reader.run(&mut RawTags::new(document)).err();
        Export { workouts: reader.finish(), broken }
    }
}

/// Reads an export on its own: its routes, should there be any, are not beside it.
pub fn read(bytes: &[u8]) -> Result<Reading, ReadError> {
    let Export { workouts, broken } = Export::read(bytes);
    let activities: Vec<_> = workouts.iter().filter_map(Workout::without_routes).collect();
    match (activities.is_empty(), broken) {
        (false, _) => Ok(Reading::Activities(activities)),
        (true, Some(reason)) => Err(ReadError::Xml { reason: reason.into() }),
        (true, None) => Ok(Reading::NotAnActivity(FileKind::HealthRecords)),
    }
}

#[derive(Default)]
struct ExportReader {
    records: Records,
    workouts: Vec<Workout>,
    /// The workout that is read.
    open: Option<Workout>,
    /// Of all workouts.
    seconds: i64,
    /// A part of the workout with totals of its own.
    is_in_part: bool,
    sex: Option<Sex>,
    born: Option<Date>,
}

impl ExportReader {
    fn run(&mut self, tags: &mut RawTags<impl BufRead>) -> Result<(), String> {
        while let Some(tag) = tags.next().map_err(|_| "the file is damaged".to_owned())? {
            match tag.name() {
                "Record" if !self.records.add(&tag.attributes()) => {
                    return Err(format!("it holds more than {MOST_RECORDS} records"));
                }
                "Me" => self.add_person(&tag.attributes()),
                "Workout" => {
                    self.close();
                    self.open = Workout::read(&tag.attributes());
                    if tag.is_empty_element() {
                        self.close();
                    }
                }
                "/Workout" => self.close(),
                "WorkoutActivity" => self.is_in_part = !tag.is_empty_element(),
                "/WorkoutActivity" => self.is_in_part = false,
                "/HealthData" => return Ok(()),
                name => {
                    if let Some(open) = self.open.as_mut().filter(|_| !self.is_in_part) {
                        open.add(name, &tag.attributes());
                    }
                }
            }
            if self.workouts.len() >= MOST_WORKOUTS || self.seconds > MOST_HOURS * 3600 {
                return Err(format!("it holds more than {MOST_WORKOUTS} workouts or {MOST_HOURS} hours of them"));
            }
        }
        Err("the file ends too early".into())
    }

    fn close(&mut self) {
        self.seconds += self.open.as_ref().map_or(0, |open| open.end_s - open.start_s);
        self.workouts.extend(self.open.take());
        self.is_in_part = false;
    }

    fn add_person(&mut self, tag: &BytesStart<'_>) {
        let value = |name: &str| xml::attribute(tag, name);
        self.sex = match value("HKCharacteristicTypeIdentifierBiologicalSex").as_deref() {
            Some("HKBiologicalSexFemale") => Some(Sex::Female),
            Some("HKBiologicalSexMale") => Some(Sex::Male),
            _ => None,
        };
        self.born = value("HKCharacteristicTypeIdentifierDateOfBirth").and_then(|date| date.parse().ok());
    }

    fn finish(mut self) -> Vec<Workout> {
        self.close();
        let mut workouts = self.workouts;
        workouts.sort_by(|a, b| (a.start_s, a.end_s, &a.kind).cmp(&(b.start_s, b.end_s, &b.kind)));
        self.records.drain(|record| give(record, &mut workouts));
        for workout in &mut workouts {
            workout.keep_best_sources();
            workout.sex = self.sex;
            workout.age_years = self.born.and_then(|born| workout.years_since(born));
        }
        workouts
    }
}

/// Gives a record to the workouts it lies in, which stand in order of time.
fn give(record: AppleRecord, workouts: &mut [Workout]) {
    let at_s = i64::from(record.start_s);
    let begun = workouts.partition_point(|workout| workout.start_s <= at_s);
    for workout in workouts[..begun].iter_mut().rev().take(OVERLAPPING).filter(|workout| at_s <= workout.end_s) {
        workout.records.push(record);
    }
}

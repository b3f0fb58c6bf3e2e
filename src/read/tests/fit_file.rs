//! FIT files made by hand: what a section, a session and a developer field become.

use super::{activities, only};
use crate::activity::{Activity, LapTotals, ReadNote, Sport, SubSport};
use crate::read::{FileKind, Reading, read};

/// FIT base types.
pub const ENUM: u8 = 0x00;
pub const UINT8: u8 = 0x02;
pub const STRING: u8 = 0x07;
pub const BYTE: u8 = 0x0d;
pub const UINT16: u8 = 0x84;
pub const SINT32: u8 = 0x85;
pub const UINT32: u8 = 0x86;
pub const UINT64: u8 = 0x8f;

/// Some moment in 2023, in FIT seconds.
pub const START: u32 = 1_063_295_905;

/// Writes a section field by field.
#[derive(Default)]
pub struct SectionWriter {
    pub data: Vec<u8>,
    big_endian: bool,
}

impl SectionWriter {
    /// A section whose first message says that it is an activity, or whatever file type is given.
    pub fn of_type(file_type: u8) -> Self {
        let mut section = SectionWriter::default();
        section.define(0, 0, &[(0, 1, ENUM), (1, 2, UINT16), (2, 2, UINT16)]);
        section.data(0, &[&[file_type], &u16::to_le_bytes(1), &u16::to_le_bytes(3290)]);
        section
    }

    pub fn activity() -> Self {
        SectionWriter::of_type(4)
    }

    /// From here on definitions are big-endian.
    pub fn turn_big_endian(&mut self) {
        self.big_endian = true;
    }

    /// Defines a local message: fields are (number, size, base type).
    pub fn define(&mut self, local: u8, global: u16, fields: &[(u8, u8, u8)]) {
        self.define_with_developer(local, global, fields, &[]);
    }

    pub fn define_with_developer(&mut self, local: u8, global: u16, fields: &[(u8, u8, u8)], dev: &[(u8, u8, u8)]) {
        let flag = if dev.is_empty() { 0 } else { 0x20 };
        self.data.extend([0x40 | flag | local, 0, u8::from(self.big_endian)]);
        self.data.extend(if self.big_endian { global.to_be_bytes() } else { global.to_le_bytes() });
        for list in if dev.is_empty() { vec![fields] } else { vec![fields, dev] } {
            self.data.push(list.len() as u8);
            list.iter().for_each(|(number, size, base)| self.data.extend([*number, *size, *base]));
        }
    }

    pub fn data(&mut self, local: u8, values: &[&[u8]]) {
        self.data.push(local);
        values.iter().for_each(|value| self.data.extend(*value));
    }

    /// Defines records of time, heart rate, cadence and distance as local message 1.
    pub fn define_records(&mut self) {
        self.define(1, 20, &[(253, 4, UINT32), (3, 1, UINT8), (4, 1, UINT8), (5, 4, UINT32)]);
    }

    pub fn record(&mut self, time: u32, heart_rate: u8, cadence: u8, distance_cm: u32) {
        self.data(1, &[&time.to_le_bytes(), &[heart_rate, cadence], &distance_cm.to_le_bytes()]);
    }

    /// Writes a session of this sport as local message 2.
    pub fn session(&mut self, start: u32, sport: u8, sub_sport: u8) {
        self.define(2, 18, &[(253, 4, UINT32), (2, 4, UINT32), (5, 1, ENUM), (6, 1, ENUM), (9, 4, UINT32)]);
        self.data(2, &[&start.to_le_bytes(), &start.to_le_bytes(), &[sport, sub_sport], &u32::to_le_bytes(500_000)]);
    }

    /// Writes a session of this sport as local message 2, with its timer, 1000 m and a mean heart rate.
    pub fn summary(&mut self, start: u32, sport: u8, timer_s: u32) {
        let fields = [(2, 4, UINT32), (5, 1, ENUM), (8, 4, UINT32), (9, 4, UINT32), (16, 1, UINT8)];
        self.define(2, 18, &fields);
        let (timer_ms, distance_cm) = (1000 * timer_s, 100_000u32);
        let values: [&[u8]; 5] =
            [&start.to_le_bytes(), &[sport], &timer_ms.to_le_bytes(), &distance_cm.to_le_bytes(), &[130]];
        self.data(2, &values);
    }

    /// Writes a lap as local message 4.
    pub fn lap(&mut self, start: u32, timer_s: u32, distance_m: u32) {
        self.define(4, 19, &[(2, 4, UINT32), (8, 4, UINT32), (9, 4, UINT32)]);
        self.data(4, &[&start.to_le_bytes(), &(1000 * timer_s).to_le_bytes(), &(100 * distance_m).to_le_bytes()]);
    }

    /// Describes a developer field of type uint16 as local message 3.
    pub fn describe(&mut self, field: u8, name: &str) {
        let mut text = name.as_bytes().to_vec();
        text.resize(16, 0);
        self.define(3, 206, &[(0, 1, UINT8), (1, 1, UINT8), (2, 1, UINT8), (3, 16, STRING)]);
        self.data(3, &[&[0, field, UINT16], &text]);
    }

    /// The section with its header and checksum.
    pub fn bytes(&self) -> Vec<u8> {
        let mut bytes = vec![14, 0x20, 0, 8];
        bytes.extend((self.data.len() as u32).to_le_bytes());
        bytes.extend(b".FIT\0\0");
        bytes.extend(&self.data);
        bytes.extend(crate::read::fit::crc(&bytes).to_le_bytes());
        bytes
    }
}

/// A plain run of ten seconds.
pub fn run() -> SectionWriter {
    let mut section = SectionWriter::activity();
    section.define_records();
    for second in 0..10 {
        section.record(START + second, 140 + second as u8, 85, 300 * second);
    }
    section.session(START, 1, 3);
    section
}

#[test]
fn a_plain_run() {
    let run = only(&run().bytes());
    assert_eq!((run.sport, run.sub_sport), (Sport::Running, SubSport::Trail));
    assert_eq!(run.device.as_deref(), Some("Garmin fenix6"));
    assert_eq!(run.start.map(|start| start.as_second()), Some(1_694_361_505));
    assert_eq!(run.samples.len(), 10);
    assert_eq!(run.samples[3].time_ms, 1_694_361_508_000);
    assert_eq!(run.samples[3].heart_rate_bpm, Some(143.0));
    assert_eq!(run.samples[3].cadence_spm, Some(170.0));
    assert_eq!(run.samples[3].distance_m, Some(9.0));
    assert_eq!(run.totals.distance_m, Some(5000.0));
    assert_eq!(run.notes, []);
}

#[test]
fn the_summary_may_come_first_or_not_at_all() {
    let mut first = SectionWriter::activity();
    first.session(START, 1, 0);
    first.define_records();
    first.record(START, 120, 80, 0);
    assert_eq!(only(&first.bytes()).totals.distance_m, Some(5000.0));

    let mut none = SectionWriter::activity();
    none.define(4, 12, &[(0, 1, ENUM), (1, 1, ENUM)]);
    none.data(4, &[&[1, 1]]);
    none.define_records();
    none.record(START, 120, 80, 0);
    let run = only(&none.bytes());
    assert_eq!((run.sport, run.sub_sport), (Sport::Running, SubSport::Treadmill), "from the sport message");
    assert_eq!(run.start.map(|start| start.as_second()), Some(1_694_361_505));
    assert_eq!(run.notes, [ReadNote::NoSummary]);
}

#[test]
fn other_kinds_of_files_are_skipped_by_their_first_message() {
    for (file_type, kind) in
        [(2, FileKind::Settings), (32, FileKind::Monitoring), (49, FileKind::Sleep), (6, FileKind::Course)]
    {
        let mut section = SectionWriter::of_type(file_type);
        section.data.extend([0x0f; 40]);
        assert_eq!(read(&section.bytes()), Ok(Reading::NotAnActivity(kind)));
    }
    assert_eq!(read(&SectionWriter::of_type(99).bytes()), Ok(Reading::NotAnActivity(FileKind::Other(99))));
}

#[test]
fn chained_sections_are_activities_of_their_own() {
    let bytes = [run().bytes(), SectionWriter::of_type(2).bytes(), run().bytes()].concat();
    let runs = activities(&bytes);
    assert_eq!(runs.len(), 2);
    assert!(runs.iter().all(|run| run.samples.len() == 10 && run.notes.is_empty()));
}

#[test]
fn each_sport_of_a_multisport_activity_gets_its_part() {
    let mut section = SectionWriter::activity();
    section.define_records();
    section.define(4, 21, &[(253, 4, UINT32), (0, 1, ENUM), (1, 1, ENUM)]);
    section.data(4, &[&START.to_le_bytes(), &[0, 0]]);
    for second in 0..30 {
        section.record(START + second, 140, 85, 300 * second);
    }
    section.data(4, &[&(START + 29).to_le_bytes(), &[0, 4]]);
    // Out of order, as watches that write the whole first do not.
    section.session(START + 20, 1, 0);
    section.session(START, 2, 0);
    section.session(START + 10, 3, 0);
    let parts = activities(&section.bytes());
    let summary = |part: &Activity| (part.sport, part.samples.len(), part.samples[0].cadence_spm, part.timer.len());
    assert_eq!(
        parts.iter().map(summary).collect::<Vec<_>>(),
        [(Sport::Cycling, 10, None, 2), (Sport::Running, 10, Some(170.0), 2)]
    );
    let ends = |part: &Activity| {
        let (first, last) = (part.samples[0], part.samples[9]);
        let timer: Vec<_> = part.timer.iter().map(|e| ((e.time_ms - first.time_ms) / 1000, e.running)).collect();
        (first.distance_m, last.distance_m, timer)
    };
    // The transition took the first ten seconds of what remains, and the metres up to its last record.
    assert_eq!(ends(&parts[0]), (Some(0.0), Some(27.0), vec![(0, true), (10, false)]));
    assert_eq!(ends(&parts[1]), (Some(3.0), Some(30.0), vec![(0, true), (9, false)]));
}

#[test]
fn the_sum_of_all_sports_is_none_of_them() {
    let mut section = SectionWriter::activity();
    section.define_records();
    for second in 0..20 {
        section.record(START + second, 140, 85, 300 * second);
    }
    for (start, sport) in [(START, 2), (START + 10, 1), (START, 18)] {
        section.session(start, sport, 0);
    }
    let parts: Vec<_> = activities(&section.bytes()).iter().map(|part| (part.sport, part.samples.len())).collect();
    assert_eq!(parts, [(Sport::Cycling, 10), (Sport::Running, 10)]);

    let mut alone = SectionWriter::activity();
    alone.define_records();
    alone.record(START, 140, 85, 0);
    alone.session(START, 18, 0);
    assert_eq!(only(&alone.bytes()).sport, Sport::Unknown);
}

#[test]
fn a_session_without_records_is_made_of_its_means() {
    let mut section = SectionWriter::activity();
    section.define(4, 21, &[(253, 4, UINT32), (0, 1, ENUM), (1, 1, ENUM)]);
    section.data(4, &[&(START + 100).to_le_bytes(), &[0, 4]]);
    section.summary(START, 5, 500);
    let swim = only(&section.bytes());
    assert_eq!((swim.sport, &swim.notes[..]), (Sport::Swimming, &[ReadNote::SummaryOnly][..]));
    assert_eq!(swim.timer, [], "its stops are not in the time on the timer");
    assert_eq!(swim.samples.len(), 26);
    let middle = swim.samples[12];
    assert_eq!((middle.distance_m, middle.heart_rate_bpm), (Some(480.0), Some(130.0)));
    assert_eq!(middle.time_ms, 1_694_361_505_000 + 240_000);
}

#[test]
fn of_several_sports_only_those_without_records_are_made() {
    let mut section = SectionWriter::activity();
    section.define_records();
    for second in 100..110 {
        section.record(START + second, 140, 85, 300 * second);
    }
    for (start, sport, timer_s) in [(0, 5, 60), (60, 3, 20), (80, 4, 20), (100, 1, 10), (100, 1, 10)] {
        section.summary(START + start, sport, timer_s);
    }
    let parts = activities(&section.bytes());
    let summary = |part: &Activity| (part.sport, part.samples.len(), part.notes.len());
    assert_eq!(
        parts.iter().map(summary).collect::<Vec<_>>(),
        [(Sport::Swimming, 4, 1), (Sport::Other, 2, 1), (Sport::Running, 10, 0)],
        "neither the transition nor the run that is there twice"
    );
}

#[test]
fn only_the_timer_starts_and_stops() {
    let mut section = run();
    section.define(4, 21, &[(253, 4, UINT32), (0, 1, ENUM), (1, 1, ENUM)]);
    for (event, event_type) in [(0, 0), (0, 1), (0, 4), (0, 8), (0, 9), (0, 3), (9, 4), (36, 0)] {
        section.data(4, &[&START.to_le_bytes(), &[event, event_type]]);
    }
    let running: Vec<bool> = only(&section.bytes()).timer.iter().map(|event| event.running).collect();
    assert_eq!(running, [true, false, false, false, false]);
}

/// A run whose records carry two developer fields beside a native one; field 3 has the number of heart rate.
fn developer_run(names: [&str; 2], native_power: u16) -> SectionWriter {
    let mut section = SectionWriter::activity();
    section.describe(3, names[0]);
    section.describe(1, names[1]);
    let native = [(253, 4, UINT32), (3, 1, UINT8), (7, 2, UINT16)];
    section.define_with_developer(1, 20, &native, &[(3, 2, 0), (1, 2, 0)]);
    let values: [&[u8]; 5] =
        [&START.to_le_bytes(), &[150], &native_power.to_le_bytes(), &u16::to_le_bytes(77), &u16::to_le_bytes(288)];
    section.data(1, &values);
    section.session(START, 1, 0);
    section
}

#[test]
fn developer_fields_never_replace_native_ones() {
    let cases = [
        (["Heart Rate", "Power"], u16::MAX, Some(288.0), Some("Power")),
        (["Heart Rate", "Power"], 0, Some(288.0), Some("Power")),
        (["Heart Rate", "Power"], 250, Some(250.0), None),
        (["Form Power", "Air Power"], u16::MAX, None, None),
        (["power", "Lap Power"], u16::MAX, Some(77.0), Some("power")),
    ];
    for (names, native, power_w, field) in cases {
        let run = only(&developer_run(names, native).bytes());
        assert_eq!(run.samples[0].heart_rate_bpm, Some(150.0), "{names:?}");
        assert_eq!(run.samples[0].power_w, power_w, "{names:?} {native}");
        let note = field.map(|field| ReadNote::DeveloperPower { field: field.into() });
        assert_eq!(run.notes, note.into_iter().collect::<Vec<_>>());
    }
}

#[test]
fn developer_fields_that_nobody_described_are_stepped_over() {
    let mut section = SectionWriter::activity();
    section.define_with_developer(1, 20, &[(253, 4, UINT32), (3, 1, UINT8)], &[(5, 3, 9)]);
    section.data(1, &[&START.to_le_bytes(), &[150], &[1, 2, 3]]);
    section.data(1, &[&(START + 1).to_le_bytes(), &[151], &[1, 2, 3]]);
    let run = only(&section.bytes());
    assert_eq!(run.samples.iter().map(|s| s.heart_rate_bpm).collect::<Vec<_>>(), [Some(150.0), Some(151.0)]);
}

#[test]
fn a_recording_split_over_two_records_a_second_is_put_together() {
    let mut section = SectionWriter::activity();
    section.define(1, 20, &[(253, 4, UINT32), (3, 1, UINT8)]);
    section.define(5, 20, &[(253, 4, UINT32), (5, 4, UINT32)]);
    section.define(6, 20, &[(253, 4, UINT32)]);
    section.data(1, &[&START.to_le_bytes(), &[150]]);
    section.data(5, &[&START.to_le_bytes(), &u32::to_le_bytes(1234)]);
    section.data(6, &[&(START + 1).to_le_bytes()]);
    let run = only(&section.bytes());
    assert_eq!(run.samples.len(), 2, "a record with its time alone still counts");
    assert_eq!((run.samples[0].heart_rate_bpm, run.samples[0].distance_m), (Some(150.0), Some(12.34)));
}

#[test]
fn what_the_watch_was_told_to_do_is_kept() {
    let mut section = run();
    section.define(8, 26, &[(8, 12, STRING)]);
    section.data(8, &[b"4 x 1 km\0\0\0\0"]);
    section.define(9, 27, &[(7, 1, ENUM)]);
    for intensity in [2_u8, 0, 4, 0, 4, 0, 4, 3, 255] {
        section.data(9, &[&[intensity]]);
    }
    section.define(10, 19, &[(2, 4, UINT32), (8, 4, UINT32), (23, 1, ENUM)]);
    for (lap, intensity) in [0_u8, 4, 255].into_iter().enumerate() {
        let start = START + 60 * lap as u32;
        section.data(10, &[&start.to_le_bytes(), &60_000_u32.to_le_bytes(), &[intensity]]);
    }
    let told = only(&section.bytes()).told;
    assert_eq!(told.workout.as_deref(), Some("4 x 1 km"));
    assert_eq!((told.steps.len(), told.laps.len(), told.repetitions()), (8, 2, 3));
    assert!(told.laps[0].intensity.is_work() && told.laps[1].intensity.is_rest() && !told.is_recovery());
    assert_eq!(told.laps[1].timer_s, 60.0);
}

#[test]
fn laps_add_up_beside_the_session() {
    let laps_of = |laps: &[(u32, u32)]| {
        let mut section = run();
        laps.iter().for_each(|(from, seconds)| section.lap(START + from, *seconds, 3 * seconds));
        section.session(START, 1, 0);
        only(&section.bytes()).laps
    };
    assert_eq!(laps_of(&[]), LapTotals::default());
    assert_eq!(laps_of(&[(0, 300), (301, 300), (700, 60)]), LapTotals { timer_s: 660.0, distance_m: 1980.0 });
    assert_eq!(laps_of(&[(0, 300), (0, 100), (100, 200)]), LapTotals::default(), "laps within a lap");
}

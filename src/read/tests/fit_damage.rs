//! Broken FIT files: what precedes the break is used, and nothing panics.

use super::fit_file::{ENUM, START, SectionWriter, UINT8, UINT64, run};
use super::{activities, is_broken, only};
use crate::activity::ReadNote;
use crate::read::{ReadError, Reading, read};

fn reason(bytes: &[u8]) -> Option<String> {
    only(bytes).notes.iter().find_map(|note| match note {
        ReadNote::Broken { reason } => Some(reason.to_string()),
        _ => None,
    })
}

#[test]
fn cut_anywhere_a_run_keeps_what_precedes() {
    let whole = run().bytes();
    let mut most = 0;
    for end in 1..whole.len() {
        match read(&whole[..end]) {
            Ok(Reading::Activities(runs)) => {
                let samples = runs[0].samples.len();
                assert!((most..=10).contains(&samples), "cut at {end}: {samples} samples after {most}");
                if end < whole.len() - 2 {
                    assert!(is_broken(&runs[0]), "cut at {end}");
                } else {
                    assert_eq!(runs[0].notes, [ReadNote::ChecksumMismatch], "cut at {end}: the checksum alone is lost");
                }
                most = samples;
            }
            Ok(Reading::NotAnActivity(kind)) => panic!("cut at {end}: {kind}"),
            Err(_) => assert_eq!(most, 0, "cut at {end}"),
        }
    }
    assert_eq!(most, 10);
}

#[test]
fn a_wrong_checksum_is_a_note_and_nothing_more() {
    let mut bytes = run().bytes();
    *bytes.last_mut().expect("a file") ^= 0xff;
    assert_eq!(only(&bytes).notes, [ReadNote::ChecksumMismatch]);
    assert_eq!(only(&bytes).samples.len(), 10);
}

#[test]
fn zeros_at_the_end_are_padding_and_other_bytes_are_not() {
    let bytes = run().bytes();
    assert_eq!(only(&[&bytes[..], &[0; 50]].concat()).notes, []);
    let trailed = only(&[&bytes[..], b"garbage, no header"].concat());
    assert_eq!(trailed.notes, [ReadNote::TrailingBytes { count: 18 }]);
    assert!(trailed.notes[0].is_salvage());
    assert_eq!(trailed.notes[0].to_string(), "18 bytes at its end are not FIT; everything before them was used");
}

#[test]
fn recordings_after_other_bytes_are_found() {
    let (one, junk) = (run().bytes(), b"something else .FIT, 14 bytes and more");
    let runs = activities(&[&one[..], junk, &one, junk].concat());
    assert_eq!(runs.iter().map(|run| run.samples.len()).collect::<Vec<_>>(), [10, 10]);
    let notes = &runs[1].notes;
    assert_eq!(notes[..], [ReadNote::AlienBytes { count: 38 }, ReadNote::TrailingBytes { count: 38 }]);
    assert!(notes[0].is_salvage());
    let said = "38 bytes between its recordings are not FIT; the recordings were used";
    assert_eq!(notes[0].to_string(), said);
}

#[test]
fn an_empty_section_is_stepped_over() {
    let empty = SectionWriter::default().bytes();
    let runs = activities(&[&empty[..], &run().bytes(), &empty, &run().bytes()].concat());
    assert_eq!(runs.iter().map(|run| (run.samples.len(), run.notes.len())).collect::<Vec<_>>(), [(10, 0); 2]);
}

#[test]
fn a_recording_larger_than_its_header_says_is_read_to_its_end() {
    let mut bytes = run().bytes();
    let size = u32::from_le_bytes([bytes[4], bytes[5], bytes[6], bytes[7]]);
    bytes[4..8].copy_from_slice(&(size / 2).to_le_bytes());
    let run = only(&bytes);
    assert_eq!((run.samples.len(), run.totals.distance_m), (10, Some(5000.0)));
    assert!(is_broken(&run));
}

#[test]
fn what_damage_took_is_not_made_up_from_the_summary() {
    let mut section = SectionWriter::activity();
    section.summary(START, 1, 600);
    assert_eq!(only(&section.bytes()).notes, [ReadNote::SummaryOnly]);
    section.data.push(0x0f);
    assert_eq!(read(&section.bytes()), Err(ReadError::NoSamples));
}

#[test]
fn an_undescribed_message_ends_its_section_but_not_the_file() {
    let mut section = run();
    section.data.push(0x0f);
    section.record(START + 60, 150, 85, 0);
    let bytes = section.bytes();
    assert_eq!(only(&bytes).samples.len(), 10);
    let at = run().data.len();
    assert_eq!(reason(&bytes), Some(format!("the data make no sense from byte {at} on")));

    let runs = activities(&[bytes, run().bytes()].concat());
    assert_eq!(runs.iter().map(is_broken).collect::<Vec<_>>(), [true, false]);
}

#[test]
fn a_recording_that_was_never_closed_is_read_to_its_end() {
    let mut bytes = run().bytes();
    bytes[4..8].fill(0);
    let run = only(&bytes);
    assert_eq!(run.samples.len(), 10);
    assert!(is_broken(&run));
}

#[test]
fn headers_are_checked_before_anything_is_read() {
    let good = run().bytes();
    let with = |at: usize, value: u8| {
        let mut bytes = good.clone();
        bytes[at] = value;
        read(&bytes)
    };
    for size in [0, 1, 11, 13, 15, 255] {
        assert!(matches!(with(0, size), Err(ReadError::Fit { .. })), "header size {size}");
    }
    assert_eq!(with(8, b'!'), Err(ReadError::UnknownFormat));
    assert!(matches!(read(&good[..12]), Err(ReadError::Fit { .. })));
    let empty = SectionWriter::default().bytes();
    assert_eq!(read(&empty), Err(ReadError::NoSamples));
}

#[test]
fn a_short_header_will_do() {
    let section = run();
    let mut bytes = vec![12, 0x10, 0, 1];
    bytes.extend((section.data.len() as u32).to_le_bytes());
    bytes.extend(b".FIT");
    bytes.extend(&section.data);
    bytes.extend(crate::read::fit::crc(&bytes).to_le_bytes());
    assert_eq!(only(&bytes).notes, []);
}

#[test]
fn times_wider_than_they_should_be_do_no_harm() {
    let mut section = SectionWriter::activity();
    section.define_records();
    section.record(START, 140, 85, 0);
    section.define(2, 18, &[(2, 8, UINT64), (5, 1, ENUM), (7, 8, UINT64)]);
    section.data(2, &[&(u64::MAX - 1).to_le_bytes(), &[1], &(u64::MAX - 1).to_le_bytes()]);
    section.session(START, 1, 0);
    let runs = activities(&section.bytes());
    assert_eq!(runs.iter().map(|run| run.samples.len()).collect::<Vec<_>>(), [1]);
}

#[test]
fn a_second_file_id_amid_the_records_is_passed_over() {
    let mut section = run();
    section.data.extend(SectionWriter::of_type(2).data);
    assert_eq!(only(&section.bytes()).samples.len(), 10);
}

#[test]
fn an_activity_without_records_has_no_samples() {
    let mut section = SectionWriter::activity();
    section.session(START, 1, 0);
    section.define(1, 20, &[(3, 1, UINT8)]);
    section.data(1, &[&[140]]);
    assert_eq!(read(&section.bytes()), Err(ReadError::NoSamples), "a record without a time is none");
}

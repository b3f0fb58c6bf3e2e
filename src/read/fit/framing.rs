//! The FIT container: sections, definitions and where each message begins and ends.
//!
//! Records are read by [`record`]; of all other messages fitparser makes values, and this file decides which bytes it gets.
//! fitparser is shown only the wanted fields, so an oddity in a field nobody reads (a size that does not fit its type, a developer
//! field nobody described) costs neither time nor the run, and a section may break off anywhere.

use super::base::Base;
use super::crc::crc;
use super::field::{self, field_description};
use super::profile::{self, message};
use super::record::{self, FitRecord, PowerField, PowerFields};
use super::values::{CompressedSpeedDistance, Fields};
use crate::read::{Meter, ReadError};
use fitparser::de::{DecodeOption, FitObject, FitStreamProcessor};
use std::fmt;
use std::ops::Range;

/// Bytes of the checksum after each section.
const CRC_SIZE: usize = 2;

/// The header that fitparser is given: 14 bytes, a size that is never reached, no checksum.
/// What the file's own header says has been checked before and may be wrong without harm.
const OPEN_ENDED_HEADER: [u8; 14] = *b"\x0e\x20\x00\x08\xff\xff\xff\xff.FIT\x00\x00";

/// A session weighs as much as so many samples.
const SESSION_RECORDS: usize = 4;

/// Field 253 is the time stamp in every message.
const TIMESTAMP_FIELD: u8 = 253;

/// One FIT file among the several that may be chained in one.
pub struct Section<'a> {
    pub data: &'a [u8],
    pub checksum: Checksum,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Checksum {
    Right,
    /// Or cut off, with all that it vouches for in place.
    Wrong,
    /// Nobody knows where the section ends: part of it may be missing.
    Missing,
}

/// Why a section or its messages could not be read on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Break {
    /// Fewer bytes than a header needs.
    ShortHeader,
    /// These bytes are no FIT header.
    NoHeader,
    /// The file ends early.
    Cut,
    /// A message of a kind that nothing before it described.
    Undescribed { at_byte: usize },
    /// fitparser would not have it.
    Refused { at_byte: usize },
    /// There is more of it than is read of any file.
    Limit(ReadError),
}

impl From<ReadError> for Break {
    fn from(limit: ReadError) -> Self {
        Break::Limit(limit)
    }
}

impl fmt::Display for Break {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Break::ShortHeader => f.write_str("it ends in the middle of the file header"),
            Break::NoHeader => f.write_str("what should be the file header is not one"),
            Break::Cut => f.write_str("the file ends before the recording does"),
            Break::Undescribed { at_byte } => write!(f, "the data make no sense from byte {at_byte} on"),
            Break::Refused { at_byte } => write!(f, "the data are damaged at byte {at_byte}"),
            Break::Limit(limit) => limit.fmt(f),
        }
    }
}

/// True if these bytes begin with a FIT header.
pub fn is_fit(bytes: &[u8]) -> bool {
    bytes.get(8..12) == Some(b".FIT")
}

/// True if a section begins here.
fn is_header(bytes: &[u8]) -> bool {
    is_fit(bytes) && matches!(bytes.first(), Some(12 | 14))
}

/// Where the next section begins after the first byte, if there is another one.
pub fn next_header(bytes: &[u8]) -> Option<usize> {
    const SHORTEST_HEADER: usize = 12;
    bytes.windows(SHORTEST_HEADER).skip(1).position(is_header).map(|at| at + 1)
}

/// Splits the first section off. Everything fitparser would slice is checked here first.
pub fn split_section(bytes: &[u8]) -> Result<(Section<'_>, &[u8]), Break> {
    let &[size, _, _, _, l0, l1, l2, l3, ..] = bytes else { return Err(Break::ShortHeader) };
    if !is_header(bytes) {
        return Err(Break::NoHeader);
    }
    let start = usize::from(size);
    let declared = u32::from_le_bytes([l0, l1, l2, l3]) as usize;
    let Some(rest) = bytes.get(start..) else { return Err(Break::ShortHeader) };
    let unclosed = Ok((Section { data: rest, checksum: Checksum::Missing }, &[][..]));
    let Some((data, after)) = rest.split_at_checked(declared) else { return unclosed };
    let Some((stored, after)) = after.split_first_chunk::<CRC_SIZE>() else {
        return Ok((Section { data, checksum: Checksum::Wrong }, &[]));
    };
    // A recording that was never closed has size 0 in its header, and an empty one before another too.
    if declared == 0 && !after.is_empty() && !is_header(after) {
        return unclosed;
    }
    let is_right = u16::from_le_bytes(*stored) == crc(&bytes[..start + declared]);
    // Where neither the checksum nor what follows fits, the size was wrong and the recording goes on.
    if !is_right && !is_header(after) && after.iter().any(|byte| *byte != 0) {
        return unclosed;
    }
    Ok((Section { data, checksum: if is_right { Checksum::Right } else { Checksum::Wrong } }, after))
}

/// What comes next in a section.
pub enum Next {
    Record(FitRecord),
    Message(Message),
}

/// A message other than a record, with the fields that are read.
pub struct Message {
    /// Global message number of the FIT profile.
    pub global: u16,
    /// Seconds since the FIT epoch, from the message's own field or from the compressed header.
    pub time: Option<u32>,
    pub fields: Fields,
}

/// The messages of one section, in file order.
pub struct Messages<'a> {
    data: &'a [u8],
    meter: &'a Meter<'a>,
    at: usize,
    layouts: [Option<DataLayout>; 16],
    /// The last time stamp, which compressed headers count from.
    clock: u32,
    /// Bytes of the last record with its header.
    record_size: usize,
    counter: CompressedSpeedDistance,
    fitparser: FitStreamProcessor,
    pub power_fields: PowerFields,
    /// What fitparser is given; kept to save the allocation.
    scratch: Vec<u8>,
}

/// What a definition message says of the data messages that follow.
struct DataLayout {
    global: u16,
    size: usize,
    timestamp_at: Option<usize>,
    is_big_endian: bool,
    wanted: Wanted,
}

/// What is read of the data messages.
enum Wanted {
    Nothing,
    Record(record::Layout),
    /// The bytes of the wanted fields, neighbours joined, for fitparser.
    Fields(Vec<Range<usize>>),
}

impl<'a> Messages<'a> {
    pub fn new(data: &'a [u8], meter: &'a Meter<'a>) -> Result<Self, Break> {
        let mut fitparser = FitStreamProcessor::new();
        fitparser.add_option(DecodeOption::SkipHeaderCrcValidation);
        fitparser.add_option(DecodeOption::SkipDataCrcValidation);
        fitparser.deserialize_next(&OPEN_ENDED_HEADER).map_err(|_| Break::NoHeader)?;
        Ok(Messages {
            data,
            meter,
            at: 0,
            layouts: [const { None }; 16],
            clock: 0,
            record_size: 1,
            counter: CompressedSpeedDistance::default(),
            fitparser,
            power_fields: PowerFields::new(),
            scratch: Vec::with_capacity(256),
        })
    }

    /// How many records like the last one the rest of the data has room for.
    pub fn records_to_come(&self) -> usize {
        (self.data.len() - self.at) / self.record_size
    }

    /// The next record or message that has wanted fields; `None` at the end.
    pub fn next(&mut self) -> Option<Result<Next, Break>> {
        loop {
            let &header = self.data.get(self.at)?;
            let step = if header & 0x80 != 0 {
                self.data_message((header >> 5) & 0x3, Some(header & 0x1f))
            } else if header & 0x40 != 0 {
                self.definition(header).map(|()| None)
            } else {
                self.data_message(header & 0xf, None)
            };
            match step {
                Ok(None) => {}
                Ok(Some(next)) => return Some(Ok(next)),
                Err(reason) => {
                    self.at = self.data.len();
                    return Some(Err(reason));
                }
            }
        }
    }

    fn data_message(&mut self, local: u8, time_offset: Option<u8>) -> Result<Option<Next>, Break> {
        let at_byte = self.at;
        let layout = self.layouts[usize::from(local)].as_ref().ok_or(Break::Undescribed { at_byte })?;
        let body = self.data.get(self.at + 1..self.at + 1 + layout.size).ok_or(Break::Cut)?;
        self.at += 1 + layout.size;
        let time = layout.timestamp(body).or_else(|| time_offset.map(|offset| roll_clock(self.clock, offset)));
        self.clock = time.unwrap_or(self.clock);
        let global = layout.global;
        let ranges = match &layout.wanted {
            Wanted::Nothing => return Ok(None),
            Wanted::Record(record) => {
                self.meter.record()?;
                self.record_size = 1 + layout.size;
                let record = time.map(|time| record.read(body, time, &mut self.counter));
                return Ok(record.map(Next::Record));
            }
            Wanted::Fields(ranges) => ranges,
        };
        self.meter.records(if global == message::SESSION { SESSION_RECORDS } else { 1 })?;
        self.scratch.clear();
        self.scratch.push(local);
        for range in ranges {
            self.scratch.extend_from_slice(&body[range.clone()]);
        }
        let Ok((_, FitObject::DataMessage(raw))) = self.fitparser.deserialize_next(&self.scratch) else {
            return Err(Break::Refused { at_byte });
        };
        if global == message::FIELD_DESCRIPTION {
            self.describe_developer_field(&raw.fields);
            return Ok(None);
        }
        Ok(Some(Next::Message(Message { global, time, fields: raw.fields })))
    }

    /// Reads a definition; fitparser is told what is wanted of it.
    fn definition(&mut self, header: u8) -> Result<(), Break> {
        let at_byte = self.at;
        let mut bytes = Bytes { rest: &self.data[self.at + 1..] };
        let [_, architecture, g0, g1, count] = bytes.take()?;
        let is_big_endian = architecture == 1;
        let global = if is_big_endian { u16::from_be_bytes([g0, g1]) } else { u16::from_le_bytes([g0, g1]) };
        let mut narrowed = Narrowed::new(global);
        let mut record = record::Layout::new(is_big_endian);
        for _ in 0..count {
            let field = bytes.take()?;
            record.native(field, narrowed.size);
            narrowed.field(field);
        }
        if header & 0x20 != 0 {
            let [count] = bytes.take()?;
            for _ in 0..count {
                let field @ [_, size, _] = bytes.take()?;
                record.developer(field, narrowed.size, &self.power_fields);
                narrowed.size += usize::from(size);
            }
        }
        self.at = self.data.len() - bytes.rest.len();
        let (size, timestamp_at) = (narrowed.size, narrowed.timestamp_at);
        // A record without any wanted field still tells that the recording went on.
        let wanted = if global == message::RECORD {
            if !record.is_empty() {
                self.meter.record()?;
            }
            Wanted::Record(record)
        } else if narrowed.wanted.is_empty() {
            Wanted::Nothing
        } else {
            self.meter.record()?;
            self.scratch.clear();
            narrowed.write_definition(header, architecture, [g0, g1], &mut self.scratch);
            self.fitparser.deserialize_next(&self.scratch).map_err(|_| Break::Refused { at_byte })?;
            Wanted::Fields(narrowed.wanted)
        };
        self.layouts[usize::from(header & 0xf)] =
            Some(DataLayout { global, size, timestamp_at, is_big_endian, wanted });
        Ok(())
    }

    /// Keeps the description of a developer field if power can be read from it. The first one of a field holds.
    fn describe_developer_field(&mut self, fields: &Fields) {
        use field_description::{
            DEVELOPER_DATA_INDEX, FIELD_DEFINITION_NUMBER, FIELD_NAME, FIT_BASE_TYPE, NATIVE_FIELD, NATIVE_MESSAGE,
            OFFSET, SCALE,
        };
        let key = DEVELOPER_DATA_INDEX.whole(fields).zip(FIELD_DEFINITION_NUMBER.whole(fields));
        let (Some((index, number)), Some(base)) = (key, FIT_BASE_TYPE.whole(fields)) else { return };
        let key = (index as u8, number as u8);
        let name = FIELD_NAME.text(fields).unwrap_or_default();
        let is_native_power = NATIVE_FIELD.whole(fields) == Some(u64::from(field::record::POWER.number));
        let is_of_records = NATIVE_MESSAGE.whole(fields).is_none_or(|m| m == u64::from(message::RECORD));
        let is_power = (is_native_power && is_of_records) || profile::is_power_name(&name);
        let Some(base) = Base::of(base as u8).filter(|_| is_power && !self.power_fields.contains_key(&key)) else {
            return;
        };
        let scale = SCALE.whole(fields).filter(|scale| *scale > 0).unwrap_or(1) as f64;
        let offset = OFFSET.of(fields).unwrap_or(0.0);
        let rank = self.power_fields.len();
        self.power_fields.insert(key, PowerField { rank, name, base, scale, offset });
    }
}

/// The five low bits of the time come from the header; they count on from the last time stamp.
fn roll_clock(clock: u32, offset: u8) -> u32 {
    clock.wrapping_add(u32::from(offset).wrapping_sub(clock) & 0x1f)
}

impl DataLayout {
    fn timestamp(&self, body: &[u8]) -> Option<u32> {
        let at = self.timestamp_at?;
        let bytes: [u8; 4] = body.get(at..at + 4)?.try_into().ok()?;
        let time = if self.is_big_endian { u32::from_be_bytes(bytes) } else { u32::from_le_bytes(bytes) };
        (time != u32::MAX).then_some(time)
    }
}

/// A definition reduced to the wanted fields.
struct Narrowed {
    fields_wanted: &'static [u8],
    fields: Vec<[u8; 3]>,
    wanted: Vec<Range<usize>>,
    timestamp_at: Option<usize>,
    size: usize,
}

impl Narrowed {
    fn new(global: u16) -> Self {
        let fields_wanted = field::wanted(global);
        Narrowed { fields_wanted, fields: Vec::new(), wanted: Vec::new(), timestamp_at: None, size: 0 }
    }

    fn field(&mut self, [number, size, base]: [u8; 3]) {
        if number == TIMESTAMP_FIELD && size == 4 {
            self.timestamp_at = Some(self.size);
        }
        let is_whole = Base::of(base).is_some_and(|base| base.fills(size));
        if is_whole && self.fields_wanted.contains(&number) {
            self.fields.push([number, size, base]);
            self.want(size);
        }
        self.size += usize::from(size);
    }

    /// Marks the next `size` bytes as wanted.
    fn want(&mut self, size: u8) {
        let range = self.size..self.size + usize::from(size);
        match self.wanted.last_mut() {
            Some(last) if last.end == range.start => last.end = range.end,
            _ => self.wanted.push(range),
        }
    }

    fn write_definition(&self, header: u8, architecture: u8, global: [u8; 2], out: &mut Vec<u8>) {
        out.extend_from_slice(&[0x40 | (header & 0xf), 0, architecture, global[0], global[1]]);
        // The count came from one byte.
        out.push(self.fields.len() as u8);
        out.extend(self.fields.iter().flatten());
    }
}

/// Takes fixed pieces off the front.
struct Bytes<'a> {
    rest: &'a [u8],
}

impl Bytes<'_> {
    fn take<const N: usize>(&mut self) -> Result<[u8; N], Break> {
        let (piece, rest) = self.rest.split_first_chunk::<N>().ok_or(Break::Cut)?;
        self.rest = rest;
        Ok(*piece)
    }
}

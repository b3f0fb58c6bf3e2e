//! How much one file may cost before it is taken for a trap. `docs/formats.md` lists every limit with its flag.

use super::ReadError;
use std::cell::Cell;
use std::fmt;
use std::time::Duration;

/// What one file on disk may hold. Each limit is far beyond what any service exports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of one file, or of one entry when unpacked. A week at one sample a second is under 200 MB in the wordiest format.
    pub entry_bytes: u64,
    /// Bytes unpacked from one file on disk, archives within archives included.
    pub total_bytes: u64,
    /// Unpacked bytes for each packed one, through all layers of packing. XML packs some 20 to 1, deflate reaches 1032.
    pub ratio: u64,
    /// Archives within archives, or layers of gzip; a Garmin export needs two. Never more than [`Limits::MAX_DEPTH`].
    pub depth: usize,
    /// Entries in one file on disk, those of archives within included. Twenty years of a watch worn day and night have
    /// some 100,000.
    pub entries: usize,
    /// Samples of one file, and with them its laps, events and whatever else is decoded or kept. Ten days at one sample a
    /// second are 864,000.
    pub records: usize,
    /// Hours with the timer on, over all activities of one file: eight years of runs in one document. A few bytes can say
    /// that a watch ran for days, and every second costs.
    pub hours: u32,
    /// Cells of a service's list of activities: 40,000 activities with a hundred columns.
    pub list_cells: usize,
    /// Seconds that reading one file or entry may take, by the caller's clock.
    pub seconds: u64,
    /// Measures the time that a file takes.
    pub clock: Stopwatch,
}

/// A clock of the caller's: time since some moment, always going on. There is none in the library, and without one the
/// time is not limited.
#[derive(Clone, Copy)]
pub struct Stopwatch(pub Option<fn() -> Duration>);

impl Stopwatch {
    fn now(self) -> Duration {
        self.0.map_or(Duration::ZERO, |now| now())
    }
}

/// Limits are the same whatever their clock.
impl PartialEq for Stopwatch {
    fn eq(&self, _: &Stopwatch) -> bool {
        true
    }
}

impl Eq for Stopwatch {}

impl fmt::Debug for Stopwatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Clock")
    }
}

impl Default for Limits {
    fn default() -> Self {
        Limits::USUAL
    }
}

/// Below this size any ratio is harmless.
const ALWAYS_ALLOWED_BYTES: u64 = 1 << 20;
/// Many small entries, each allowed as much.
const ALWAYS_ALLOWED_IN_ALL_BYTES: u64 = 64 << 20;

impl Limits {
    /// What holds where no flag says otherwise.
    pub const USUAL: Limits = Limits {
        entry_bytes: 256 << 20,
        total_bytes: 16 << 30,
        ratio: 200,
        depth: 3,
        entries: 200_000,
        records: 2_000_000,
        hours: 2_000,
        list_cells: 4_000_000,
        seconds: 60,
        clock: Stopwatch(None),
    };

    /// Archives are gone through by recursion: no flag raises the depth beyond this.
    pub const MAX_DEPTH: usize = 16;

    /// Elements within elements; the deepest real file has a dozen.
    pub const XML_DEPTH: usize = 64;

    /// How deep archives within archives are followed.
    pub fn depth(&self) -> usize {
        self.depth.min(Limits::MAX_DEPTH)
    }

    /// What `packed_bytes` may become by the ratio alone.
    pub fn by_ratio(&self, packed_bytes: u64) -> u64 {
        packed_bytes.saturating_mul(self.ratio).max(ALWAYS_ALLOWED_BYTES)
    }

    /// What `packed_bytes` may become: the lower of the ratio's and the entry's limit.
    pub fn unpacked_bytes(&self, packed_bytes: u64) -> u64 {
        self.by_ratio(packed_bytes).min(self.entry_bytes)
    }

    /// What all that lies in a file of so many bytes may unpack to, layer upon layer.
    pub fn total_of(&self, file_bytes: u64) -> u64 {
        self.by_ratio(file_bytes).max(ALWAYS_ALLOWED_IN_ALL_BYTES).min(self.total_bytes)
    }
}

/// Counts what reading one file costs, and says when it is too much.
pub struct Meter<'m> {
    limits: &'m Limits,
    records: Cell<usize>,
    seconds: Cell<f64>,
    begun: Duration,
}

/// Records between two looks at the clock.
const RECORDS_A_LOOK: usize = 1024;

impl<'m> Meter<'m> {
    /// A meter at zero.
    pub fn new(limits: &'m Limits) -> Self {
        Meter { limits, records: Cell::new(0), seconds: Cell::new(0.0), begun: limits.clock.now() }
    }

    /// What it measures against.
    pub fn limits(&self) -> &'m Limits {
        self.limits
    }

    /// One more record was decoded. Call it before the record is kept.
    ///
    /// # Errors
    /// Beyond the limit.
    pub fn record(&self) -> Result<(), ReadError> {
        self.records(1)
    }

    /// As [`Meter::record`], for what weighs as much as several samples.
    pub fn records(&self, count: usize) -> Result<(), ReadError> {
        let before = self.records.get();
        let records = before.saturating_add(count);
        self.records.set(records);
        let limit = self.limits.records;
        match () {
            () if records > limit => Err(ReadError::TooManyRecords { limit }),
            () if before / RECORDS_A_LOOK != records / RECORDS_A_LOOK => self.look(),
            () => Ok(()),
        }
    }

    /// Looks at the clock.
    fn look(&self) -> Result<(), ReadError> {
        let seconds = self.limits.seconds;
        let passed = self.limits.clock.now().saturating_sub(self.begun);
        if passed > Duration::from_secs(seconds) { Err(ReadError::TooSlow { seconds }) } else { Ok(()) }
    }

    /// One more activity turned out to last so long.
    ///
    /// # Errors
    /// Beyond the limit.
    pub fn seconds(&self, timer_s: f64) -> Result<(), ReadError> {
        let seconds = self.seconds.get() + timer_s;
        self.seconds.set(seconds);
        let limit = self.limits.hours;
        if seconds > f64::from(limit) * 3600.0 { Err(ReadError::TooManyHours { limit }) } else { self.look() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicU64, Ordering};

    #[test]
    fn a_meter_says_when_it_is_too_much() {
        let limits = Limits { records: 10, ..Limits::USUAL };
        let meter = Meter::new(&limits);
        assert_eq!(meter.record().and_then(|()| meter.records(9)), Ok(()));
        assert_eq!(meter.record(), Err(ReadError::TooManyRecords { limit: 10 }));
        assert_eq!(meter.seconds(7_100_000.0), Ok(()));
        assert_eq!(meter.seconds(100_001.0), Err(ReadError::TooManyHours { limit: 2_000 }));
    }

    #[test]
    fn reading_ends_when_its_time_is_over() {
        fn fast() -> Duration {
            static SECONDS: AtomicU64 = AtomicU64::new(0);
            Duration::from_secs(SECONDS.fetch_add(10, Ordering::SeqCst))
        }
        let limits = Limits { clock: Stopwatch(Some(fast)), seconds: 25, ..Limits::USUAL };
        let meter = Meter::new(&limits);
        let read = (0..10_000).map(|_| meter.record()).position(|result| result.is_err());
        assert_eq!(read, Some(3 * RECORDS_A_LOOK - 1));
        assert_eq!(meter.seconds(1.0), Err(ReadError::TooSlow { seconds: 25 }));
        assert_eq!(Meter::new(&Limits::USUAL).seconds(1.0), Ok(()));
    }

    #[test]
    fn small_files_may_unpack_to_something_and_large_ones_to_no_more_than_the_total() {
        let limits = Limits::USUAL;
        assert_eq!(limits.total_of(100), 64 << 20);
        assert_eq!(limits.total_of(1_000_000), 200_000_000);
        assert_eq!(limits.total_of(1 << 40), 16 << 30);
        assert_eq!(Limits { depth: 1000, ..limits }.depth(), 16);
    }
}

//! The computer's clock and time zone. With `--today` the clock is not looked at.

use super::Input;
use super::talk::say;
use crate::job::AsOf;
use crate::season::LeftOut;
use crate::shown::FileName;
use anyhow::{Result, bail};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use std::path::Path;
use std::sync::LazyLock;
use std::time::{Duration, Instant, SystemTime};

/// Today where the computer stands.
///
/// # Errors
/// For a clock that was never set, or set to a year that no calendar reaches.
pub(super) fn today() -> Result<Date> {
    let now = Timestamp::try_from(SystemTime::now()).ok().map(|now| now.to_zoned(TimeZone::system()).date());
    match now {
        Some(today) if today >= LeftOut::FIRST_CREDIBLE => Ok(today),
        Some(today) => bail!("this computer's clock is not set: it says {today}; set it, or give the day with --today"),
        None => bail!(
            "this computer's clock is not set: it says no year before 10000; set it, or give the day with --today"
        ),
    }
}

/// The day chosen, or what the clock says.
///
/// # Errors
/// As [`today`], which is asked where no day was chosen.
pub(super) fn as_of(chosen: Option<Date>) -> Result<AsOf> {
    chosen.map_or_else(|| today().map(AsOf::Now), |day| Ok(AsOf::Day(day)))
}

/// The system's time zone, or UTC where another one is known to count.
pub(super) fn home_unless(input: &Input, is_known: impl Fn() -> bool) -> TimeZone {
    if is_known() { TimeZone::UTC } else { home(input) }
}

/// The system's time zone; what is wrong with it is said.
fn home(input: &Input) -> TimeZone {
    if let Some(folder) = std::env::var_os("TZDIR").filter(|folder| !has_time_zones(Path::new(folder))) {
        let folder = FileName::of(Path::new(&folder));
        say(
            &input.reading,
            format_args!("TZDIR: {folder} holds no time zones; those of the system or of this program are used"),
        );
    }
    TimeZone::try_system().unwrap_or_else(|_| {
        say(
            &input.reading,
            "the system's time zone is not known (check TZ), UTC is used; name yours in profile.toml: time_zone",
        );
        TimeZone::UTC
    })
}

/// True for a folder that any program would find its time zones in.
fn has_time_zones(folder: &Path) -> bool {
    let head = |name: &str| std::fs::read(folder.join(name)).unwrap_or_default();
    ["UTC", "GMT", "Etc/UTC", "Europe/London"].iter().any(|name| head(name).starts_with(b"TZif"))
}

/// Time that passes whatever the clock is set to, for limits.
pub(super) fn passed() -> Duration {
    static BEGUN: LazyLock<Instant> = LazyLock::new(Instant::now);
    BEGUN.elapsed()
}

//! Path, size, times and inode number, by which an unchanged file is recognised.

use rayon::prelude::*;
use serde::Serialize;
use std::fs::Metadata;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

/// File systems round times of modification to as much as two seconds.
const COARSEST_CLOCK_NS: i64 = 2_000_000_000;

/// Path, size, times and number of a file or archive: as long as they stay the same, so does its content.
///
/// Take it before the file is opened, so that a change made meanwhile shows the next time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Key {
    /// Absolute and without links, so that it means the same from every folder.
    pub path: String,
    pub size: u64,
    /// Unix time in nanoseconds.
    pub modified_ns: i64,
    /// When the file was last changed in any way, its time of modification and its name included: Unix time in nanoseconds,
    /// set by the system alone. 0 where there is no such time.
    pub changed_ns: i64,
    /// The file's number on its disk; another one after it was replaced. 0 where files have none.
    pub inode: u64,
    /// False for a file modified so shortly before that it may change again without a change of its time.
    pub is_settled: bool,
}

impl Key {
    /// `None` for what is no regular file, has no time of modification or cannot be looked at.
    pub fn of(path: impl AsRef<Path>) -> Option<Key> {
        let path = path.as_ref().canonicalize().ok()?;
        let metadata = path.metadata().ok()?;
        Key::found(&path, &metadata)
    }

    /// The same of each of these. Where they lie in one folder, one behind the other, its links are followed once.
    pub fn of_all<'p>(paths: impl IndexedParallelIterator<Item = &'p Path>) -> Vec<Option<Key>> {
        paths.map_init(LastFolder::default, |folder, path| folder.key(path).or_else(|| Key::of(path))).collect()
    }

    fn found(path: &Path, metadata: &Metadata) -> Option<Key> {
        if !metadata.is_file() {
            return None;
        }
        let modified_ns = unix_ns(metadata.modified().ok()?)?;
        let now_ns = unix_ns(SystemTime::now())?;
        Some(Key {
            path: path.to_str()?.into(),
            size: metadata.len(),
            modified_ns,
            changed_ns: changed_ns(metadata),
            inode: inode(metadata),
            is_settled: modified_ns.saturating_add(COARSEST_CLOCK_NS) < now_ns,
        })
    }
}

/// A folder as it was named, and where it really is.
#[derive(Default)]
struct LastFolder {
    named: PathBuf,
    real: Option<PathBuf>,
}

impl LastFolder {
    /// The key of a file in it; `None` of a link, or where it is not as simple as that.
    fn key(&mut self, path: &Path) -> Option<Key> {
        let (parent, name) = (path.parent()?, path.file_name()?);
        if self.real.is_none() || self.named != parent {
            *self = LastFolder { named: parent.to_owned(), real: parent.canonicalize().ok() };
        }
        let path = self.real.as_ref()?.join(name);
        let metadata = path.symlink_metadata().ok()?;
        Key::found(&path, &metadata)
    }
}

#[cfg(unix)]
fn changed_ns(metadata: &std::fs::Metadata) -> i64 {
    use std::os::unix::fs::MetadataExt;
    metadata.ctime().saturating_mul(1_000_000_000).saturating_add(metadata.ctime_nsec())
}

#[cfg(unix)]
fn inode(metadata: &std::fs::Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::ino(metadata)
}

#[cfg(not(unix))]
fn changed_ns(_metadata: &std::fs::Metadata) -> i64 {
    0
}

#[cfg(not(unix))]
fn inode(_metadata: &std::fs::Metadata) -> u64 {
    0
}

fn unix_ns(time: SystemTime) -> Option<i64> {
    match time.duration_since(UNIX_EPOCH) {
        Ok(after) => i64::try_from(after.as_nanos()).ok(),
        Err(before) => i64::try_from(before.duration().as_nanos()).ok().map(|ns| -ns),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs::{self, File};
    use std::time::Duration;

    fn key_when_modified(seconds_ago: f64) -> Key {
        let folder = tempfile::tempdir().expect("folder");
        let path = folder.path().join("a.fit");
        fs::write(&path, "abc").expect("file");
        let time = SystemTime::now() - Duration::from_secs_f64(seconds_ago);
        File::options().append(true).open(&path).and_then(|f| f.set_modified(time)).expect("time");
        Key::of(&path).expect("key")
    }

    #[test]
    fn a_file_is_settled_two_seconds_after_its_last_change() {
        assert!(!key_when_modified(0.5).is_settled);
        assert!(key_when_modified(60.0).is_settled);
    }

    #[test]
    fn a_time_before_1970_is_a_time() {
        let ago = SystemTime::now().duration_since(UNIX_EPOCH).expect("now") + Duration::from_secs(86_400);
        let key = key_when_modified(ago.as_secs_f64());
        assert!(key.is_settled && key.modified_ns < 0, "{key:?}");
    }

    #[cfg(unix)]
    #[test]
    fn a_file_changed_in_place_has_another_key_whatever_its_time_says() {
        let folder = tempfile::tempdir().expect("folder");
        let path = folder.path().join("a.fit");
        let long_ago = SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000);
        let write = |path: &Path, text: &str| {
            fs::write(path, text).expect("file");
            File::options().append(true).open(path).and_then(|f| f.set_modified(long_ago)).expect("time");
        };
        write(&path, "abc");
        let before = Key::of(&path).expect("key");
        assert_eq!(Key::of(&path), Some(before.clone()));
        // Longer than the tick of any clock.
        std::thread::sleep(Duration::from_millis(30));
        write(&path, "xyz");
        let after = Key::of(&path).expect("key");
        assert_eq!((after.size, after.modified_ns, after.inode), (before.size, before.modified_ns, before.inode));
        assert_ne!(after.changed_ns, before.changed_ns);
        write(&folder.path().join("b.fit"), "abc");
        fs::rename(folder.path().join("b.fit"), &path).expect("replaced");
        assert_ne!(Key::of(&path).expect("key").inode, before.inode);
    }

    #[test]
    fn only_regular_files_have_a_key() {
        let folder = tempfile::tempdir().expect("folder");
        assert_eq!(Key::of(folder.path()), None);
        assert_eq!(Key::of(folder.path().join("missing.fit")), None);
    }

    #[cfg(unix)]
    #[test]
    fn many_files_have_the_keys_that_each_has() {
        let folder = tempfile::tempdir().expect("folder");
        let place = |name: &str| folder.path().join(name);
        fs::create_dir(place("one")).expect("folder");
        fs::write(place("one/a.fit"), "abc").expect("file");
        fs::write(place("b.fit"), "abcd").expect("file");
        std::os::unix::fs::symlink(place("one"), place("two")).expect("link");
        std::os::unix::fs::symlink(place("b.fit"), place("two/link.fit")).expect("link");
        let names =
            ["one/a.fit", "one/none.fit", "one/link.fit", "one/../b.fit", "two/a.fit", "two/link.fit", "one", ".."];
        let paths: Vec<PathBuf> = names.map(place).into_iter().chain(["Cargo.toml".into(), PathBuf::new()]).collect();
        let settled = |key: Option<Key>| key.map(|key| Key { is_settled: true, ..key });
        let each: Vec<Option<Key>> = paths.iter().map(Key::of).map(settled).collect();
        let all: Vec<Option<Key>> =
            Key::of_all(paths.par_iter().map(PathBuf::as_path)).into_iter().map(settled).collect();
        assert_eq!(all, each);
        assert_eq!(each.iter().flatten().count(), 6, "{each:?}");
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_the_file_it_leads_to() {
        let folder = tempfile::tempdir().expect("folder");
        let (file, link) = (folder.path().join("a.fit"), folder.path().join("b.fit"));
        fs::write(&file, "abc").expect("file");
        std::os::unix::fs::symlink(&file, &link).expect("link");
        assert_eq!(Key::of(link).map(|k| k.path), Key::of(file).map(|k| k.path));
    }
}

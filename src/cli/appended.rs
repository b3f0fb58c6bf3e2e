//! Plain files that only ever grow by whole lines, and that a runner may edit too.

use std::fs::OpenOptions;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use super::usage_error;
use crate::shown::FileName;

/// Where such a file lies: beside the profile where one is given, else in the folder; ends with a usage error where there
/// is no such folder.
pub(super) fn place(folder: &Path, profile: Option<&Path>, file_name: &str) -> PathBuf {
    let path = profile.map_or_else(|| folder.join(file_name), |profile| profile.with_file_name(file_name));
    if !path.parent().is_none_or(|folder| folder.as_os_str().is_empty() || folder.is_dir()) {
        usage_error(format_args!("{} is not a folder", FileName::of(folder)));
    }
    path
}

/// Appends lines in one piece, after `header` where the file is new, and returns the whole content.
///
/// Nothing that stands in the file is touched. Two programs that append at the same time do not mix their lines; a last line
/// that a hand left without an end is ended first.
pub(super) fn append(path: &Path, header: &str, lines: &[String]) -> io::Result<Vec<u8>> {
    let mut file = OpenOptions::new().read(true).append(true).create(true).open(path)?;
    match file.lock() {
        // Some network drives know no locks; a line is written in one piece all the same.
        Err(error) if error.kind() != io::ErrorKind::Unsupported => return Err(error),
        _ => {}
    }
    let mut content = Vec::new();
    file.seek(SeekFrom::Start(0))?;
    file.read_to_end(&mut content)?;
    let mut added = String::new();
    if content.is_empty() {
        added += header;
        added.push('\n');
    } else if !content.ends_with(b"\n") {
        added.push('\n');
    }
    for line in lines {
        added += line;
        added.push('\n');
    }
    file.write_all(added.as_bytes())?;
    file.sync_all()?;
    content.extend_from_slice(added.as_bytes());
    Ok(content)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn a_file_grows_and_keeps_what_a_hand_wrote() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("notes.csv");
        let one = |line: &str| append(&path, "run,note,value", &[line.to_owned()]).expect("written");
        one("2026-07-09,race,");
        assert_eq!(fs::read_to_string(&path).expect("there"), "run,note,value\n2026-07-09,race,\n");
        fs::write(&path, "# mine\r\n2026-07-10,race,").expect("edited");
        let all = one("2026-07-11,race,");
        assert_eq!(all, b"# mine\r\n2026-07-10,race,\n2026-07-11,race,\n");
        assert_eq!(fs::read(&path).expect("there"), all);
    }

    #[test]
    fn many_writers_lose_nothing() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("notes.csv");
        std::thread::scope(|scope| {
            for i in 0..20 {
                let path = &path;
                scope.spawn(move || append(path, "h", &[format!("{i}"), format!("{i}")]).expect("written"));
            }
        });
        let text = fs::read_to_string(&path).expect("there");
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!((lines.len(), lines[0]), (41, "h"));
        assert!(lines[1..].chunks(2).all(|pair| pair[0] == pair[1]), "{text}");
    }
}

//! What writing a report asks of the disk, one step at a time, so that tests can let any of them fail.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

/// The permissions of what is new: heart rates and places are for the user's eyes alone.
const FOLDER_MODE: u32 = 0o700;
const FILE_MODE: u32 = 0o600;

#[derive(Debug, Default)]
pub(super) struct Disk {
    #[cfg(test)]
    pub fails_at: Option<usize>,
    #[cfg(test)]
    pub steps: std::cell::Cell<usize>,
    /// True where folders cannot be exchanged, as on some file systems.
    #[cfg(test)]
    pub is_plain: bool,
}

impl Disk {
    /// Counts the steps that can fail.
    fn step(&self) -> io::Result<()> {
        #[cfg(test)]
        {
            let step = self.steps.get();
            self.steps.set(step + 1);
            if self.fails_at == Some(step) {
                return Err(io::ErrorKind::StorageFull.into());
            }
        }
        Ok(())
    }

    /// A folder with the permissions of another one, if that is there.
    pub fn create_folder(&self, path: &Path, like: &Path) -> io::Result<()> {
        self.step()?;
        let mut builder = fs::DirBuilder::new();
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, FOLDER_MODE);
        builder.create(path)?;
        mode(like).map_or(Ok(()), |mode| set_mode(path, mode))
    }

    /// A whole file, safe on the disk, with the permissions of another one, if that is there.
    pub fn write(&self, path: &Path, bytes: &[u8], like: &Path) -> io::Result<()> {
        self.step()?;
        let mut options = File::options();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, FILE_MODE);
        let mut file = options.open(path)?;
        self.step()?;
        file.write_all(bytes)?;
        if let Some(mode) = mode(like) {
            set_mode(path, mode)?;
        }
        self.step()?;
        file.sync_all()
    }

    /// The names in a folder, safe on the disk.
    pub fn sync_folder(&self, path: &Path) -> io::Result<()> {
        self.step()?;
        // A folder is no file everywhere; where it is none, the system sees to it.
        if cfg!(unix) { File::open(path)?.sync_all() } else { Ok(()) }
    }

    pub fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.step()?;
        fs::rename(from, to)
    }

    /// A second name for a file, a link or whatever it is.
    pub fn link(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.step()?;
        fs::hard_link(from, to)
    }

    /// Both folders in each other's place, at one stroke.
    pub fn exchange(&self, one: &Path, other: &Path) -> io::Result<()> {
        self.step()?;
        #[cfg(test)]
        if self.is_plain {
            return Err(io::ErrorKind::Unsupported.into());
        }
        exchange(one, other)
    }
}

#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn exchange(one: &Path, other: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE)?)
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn exchange(_one: &Path, _other: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

#[cfg(unix)]
fn mode(path: &Path) -> Option<u32> {
    use std::os::unix::fs::PermissionsExt;
    path.symlink_metadata().ok().filter(|metadata| !metadata.is_symlink()).map(|m| m.permissions().mode() & 0o7777)
}

#[cfg(unix)]
fn set_mode(path: &Path, mode: u32) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(mode))
}

#[cfg(not(unix))]
fn mode(_path: &Path) -> Option<u32> {
    None
}

#[cfg(not(unix))]
fn set_mode(_path: &Path, _mode: u32) -> io::Result<()> {
    Ok(())
}

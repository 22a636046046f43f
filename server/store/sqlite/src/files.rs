//! The files of a database: who may read them, whether they are still those that were opened, and the mark beside them that
//! keeps a new one from being made where one was served.

use crate::stamp::Stamp;
use domain::Unwritable;
use std::{
    ffi::OsString,
    fs::{self, File, OpenOptions},
    io::{self, Read},
    path::{Path, PathBuf},
    sync::OnceLock,
};
use store_model::{Opening, StoreError};

/// What every database of SQLite begins with: <https://www.sqlite.org/fileformat.html>.
const MAGIC: &[u8; 16] = b"SQLite format 3\0";
/// How a mark says that there were accounts.
const HAD_ACCOUNTS: &str = "accounts = true";

/// The files of one database.
pub(crate) struct Files {
    path: PathBuf,
    /// Which they were when they were opened: the file, its log and the index of that.
    opened: OnceLock<[Option<Identity>; 3]>,
    /// By what the file is known while it is served.
    stamp: OnceLock<Stamp>,
    /// Where it is only looked at: the files beside it that were not there before.
    brought: OnceLock<Vec<PathBuf>>,
}

/// What stays the same of a file while its name, its size and what it holds change.
type Identity = (u64, u64);

impl Files {
    pub(crate) fn of(path: PathBuf) -> Self {
        Self { path, opened: OnceLock::new(), stamp: OnceLock::new(), brought: OnceLock::new() }
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Makes the file where it may be made, for its owner only; keeps others from one that is there.
    pub(crate) fn prepare(&self, opening: Opening) -> Result<(), StoreError> {
        let path = &self.path;
        if path.exists() {
            if opening == Opening::Looking {
                let absent =
                    ["-wal", "-shm"].map(|suffix| self.beside(suffix)).into_iter().filter(|file| !file.exists());
                let _ = self.brought.set(absent.collect());
            } else {
                self.shut_others_out();
            }
            return look_at_beginning(path);
        }
        let shown = path.display();
        match opening {
            Opening::Existing | Opening::Looking => {
                return Err(StoreError::Missing(format!(
                    "there is no database at {shown}: `muster serve` or `muster migrate` makes one, or name another"
                )));
            }
            Opening::New if self.mark().exists() => {
                return Err(StoreError::Missing(format!(
                    "the database that was served from {shown} is not there any more, and an empty one in its place would \
                     be anybody's: put it back, restore a copy by `muster restore FILE`, or begin with nothing by \
                     `muster serve --start-anew`"
                )));
            }
            Opening::New | Opening::Anew => {}
        }
        private_file(path).map(drop).map_err(|error| self.refused("make", &error))
    }

    /// Takes from others what is theirs of the files. Where the system refuses, `check` says it.
    fn shut_others_out(&self) {
        for file in self.all() {
            let Some(mode) = too_open(&file) else { continue };
            match make_private(&file) {
                Ok(()) => tracing::warn!(
                    file = %file.display(),
                    "others could read or write this file ({mode:03o}); only its owner can now"
                ),
                Err(error) => {
                    tracing::warn!(file = %file.display(), %error, "others can read or write this file ({mode:03o})");
                }
            }
        }
    }

    /// What is wrong with who may read and write the files, in sentences.
    pub(crate) fn check(&self) -> Vec<String> {
        let open = |file: PathBuf| {
            let mode = too_open(&file)?;
            let shown = file.display();
            Some(format!("Others can read or write {shown} ({mode:03o}): `chmod 600 {shown}` makes it its owner's."))
        };
        // What looking has brought is gone after it.
        let stays = |file: &PathBuf| self.brought.get().is_none_or(|brought| !brought.contains(file));
        let mut findings: Vec<String> = self.all().into_iter().filter(stays).filter_map(open).collect();
        let folder = folder_of(&self.path);
        if is_writable_by_others(folder) {
            let shown = folder.display();
            findings.push(format!("Others can replace the files in {shown}: `chmod o-w {shown}` keeps them from it."));
        }
        findings.extend(disk(folder).and_then(|disk| disk.need(folder)));
        findings
    }

    /// Takes away what SQLite leaves beside a file that it cannot tidy up, where that was only looked at and nothing is in it.
    /// To be called once no connection of ours is open.
    pub(crate) fn clear_away(&self) {
        let brought = self.brought.get().map(Vec::as_slice).unwrap_or_default();
        let is_written = fs::metadata(self.beside("-wal")).is_ok_and(|log| log.len() > 0);
        if brought.contains(&self.beside("-wal")) && !is_written && self.is_served_by_nobody() {
            for file in brought {
                // It may be gone: SQLite does the same where it can.
                let _ = fs::remove_file(file);
            }
        }
    }

    fn is_served_by_nobody(&self) -> bool {
        let claim = self.beside("-serving");
        !claim.exists() || OpenOptions::new().write(true).open(&claim).is_ok_and(|file| file.try_lock().is_ok())
    }

    fn all(&self) -> Vec<PathBuf> {
        ["", "-wal", "-shm", "-serving", "-served"].into_iter().map(|suffix| self.beside(suffix)).collect()
    }

    fn beside(&self, suffix: &str) -> PathBuf {
        let mut name: OsString = self.path.as_os_str().to_owned();
        name.push(suffix);
        name.into()
    }

    /// Remembers which files they are. To be called while a connection holds them.
    pub(crate) fn recognise(&self) {
        let _ = self.opened.set(self.identities());
    }

    fn identities(&self) -> [Option<Identity>; 3] {
        ["", "-wal", "-shm"].map(|suffix| identity(&self.beside(suffix)))
    }

    /// Whether they are still the files that were opened. What is written to others is lost at the next start.
    pub(crate) fn are_those_opened(&self) -> Result<(), StoreError> {
        let Some(opened) = self.opened.get() else { return Ok(()) };
        let same = opened.iter().zip(self.identities()).all(|(then, now)| then.is_none() || *then == now);
        let shown = self.path.display();
        let cause = if !same {
            format!("{shown} or a file beside it is another one, or gone")
        } else if self.stamp.get().is_some_and(|stamp| !stamp.is_there()) {
            format!("another file was written over {shown}")
        } else {
            return Ok(());
        };
        Err(StoreError::Unwritable(Unwritable::DatabaseReplaced, cause))
    }

    /// Knows the file by a number from now on, which it is given next. Answers whether it is known by one already.
    pub(crate) fn stamp(&self, number: u32) -> Result<bool, StoreError> {
        if self.stamp.get().is_some() {
            return Ok(true);
        }
        let stamp = Stamp::of(&self.path, number).map_err(|error| self.refused("read the header of", &error))?;
        Ok(self.stamp.set(stamp).is_err())
    }

    /// Claims the database for one process.
    pub(crate) fn claim(&self) -> Result<File, StoreError> {
        let shown = self.path.display();
        self.lock().map_err(|error| match error {
            fs::TryLockError::WouldBlock => {
                StoreError::InUse(format!("another process serves {shown}: stop it first, or name another database"))
            }
            fs::TryLockError::Error(error) => self.refused("lock a file beside", &error),
        })
    }

    /// Locks a file beside the database, not the database: closing a handle to that would drop SQLite's own locks.
    fn lock(&self) -> Result<File, fs::TryLockError> {
        let path = self.beside("-serving");
        let opened = if path.exists() { OpenOptions::new().write(true).open(&path) } else { private_file(&path) };
        let file = opened.map_err(fs::TryLockError::Error)?;
        file.try_lock()?;
        Ok(file)
    }

    fn mark(&self) -> PathBuf {
        self.beside("-served")
    }

    /// Notes that the database is served, and whether it has accounts. Refuses one without, where the one that was served
    /// had some: it is not the same.
    pub(crate) fn note_serving(&self, has_accounts: bool) -> Result<(), StoreError> {
        let mark = self.mark();
        let had_some = fs::read_to_string(&mark).is_ok_and(|text| text.contains(HAD_ACCOUNTS));
        if had_some && !has_accounts {
            return Err(StoreError::Missing(format!(
                "{} has no account in it, but the database that was served from there had some: put it back, restore a \
                 copy by `muster restore FILE`, or begin with nothing by `muster serve --start-anew`",
                self.path.display()
            )));
        }
        if mark.exists() && had_some == has_accounts {
            return Ok(());
        }
        let text = format!(
            "# A database is served from the file beside this one. While this one is here, no empty database takes its place.\n\
             {}\n",
            if has_accounts { HAD_ACCOUNTS } else { "accounts = false" }
        );
        private_file(&mark)
            .and_then(|mut file| io::Write::write_all(&mut file, text.as_bytes()))
            .map_err(|error| self.refused("note that it is served:", &error))
    }

    /// Forgets that a database was served.
    pub(crate) fn forget_serving(&self) -> Result<(), StoreError> {
        match fs::remove_file(self.mark()) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                Err(self.refused("forget what was served:", &error))
            }
            Ok(()) | Err(_) => Ok(()),
        }
    }

    fn refused(&self, what: &str, error: &io::Error) -> StoreError {
        let cause = format!("cannot {what} {}: {error}", self.path.display());
        match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => {
                StoreError::Unwritable(Unwritable::DiskFull, cause)
            }
            io::ErrorKind::ReadOnlyFilesystem => StoreError::Unwritable(Unwritable::ReadOnly, cause),
            _ => StoreError::Unreachable(cause),
        }
    }

    /// Whether the disk takes so little, or nothing at all, that only a write can tell whether it takes one.
    pub(crate) fn are_in_need(&self) -> bool {
        let folder = folder_of(&self.path);
        disk(folder).is_some_and(|disk| disk.need(folder).is_some())
    }

    /// Says of an error that looked like a full disk, or like a file that cannot be opened, that the disk is read-only
    /// where it is.
    pub(crate) fn explain(&self, error: StoreError) -> StoreError {
        let on_read_only = || disk(folder_of(&self.path)).is_some_and(|disk| disk.is_read_only);
        match error {
            StoreError::Unwritable(Unwritable::DiskFull, cause) | StoreError::Unreachable(cause) if on_read_only() => {
                StoreError::Unwritable(Unwritable::ReadOnly, cause)
            }
            error => error,
        }
    }
}

/// The folder of a file.
pub(crate) fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// An empty file, read and written by its owner only, whatever the umask.
pub(crate) fn private_file(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(path)?;
    make_private(path)?;
    Ok(file)
}

/// Lets nobody but its owner read or write a file.
#[cfg(unix)]
pub(crate) fn make_private(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(0o600))
}

/// Elsewhere who may read a file is inherited from its folder.
#[cfg(not(unix))]
pub(crate) fn make_private(_: &Path) -> io::Result<()> {
    Ok(())
}

/// The mode of a file that is open to others.
#[cfg(unix)]
fn too_open(path: &Path) -> Option<u32> {
    use std::os::unix::fs::PermissionsExt;
    let mode = fs::metadata(path).ok()?.permissions().mode() & 0o777;
    (mode & 0o077 != 0).then_some(mode)
}

#[cfg(not(unix))]
fn too_open(_: &Path) -> Option<u32> {
    None
}

/// Whether others may put other files in the place of those in a folder. In one like `/tmp` they may not.
#[cfg(unix)]
fn is_writable_by_others(folder: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    const STICKY: u32 = 0o1000;
    fs::metadata(folder).is_ok_and(|found| {
        let mode = found.permissions().mode();
        mode & 0o002 != 0 && mode & STICKY == 0
    })
}

#[cfg(not(unix))]
fn is_writable_by_others(_: &Path) -> bool {
    false
}

#[cfg(unix)]
fn identity(path: &Path) -> Option<Identity> {
    use std::os::unix::fs::MetadataExt;
    let found = fs::metadata(path).ok()?;
    Some((found.dev(), found.ino()))
}

/// Elsewhere a file that is open can be neither deleted nor replaced.
#[cfg(not(unix))]
fn identity(_: &Path) -> Option<Identity> {
    None
}

/// Refuses a file that is no database, before SQLite takes it for an empty one or writes beside it.
fn look_at_beginning(path: &Path) -> Result<(), StoreError> {
    let read = || -> io::Result<Vec<u8>> {
        let mut beginning = Vec::with_capacity(MAGIC.len());
        File::open(path)?.take(16).read_to_end(&mut beginning)?;
        Ok(beginning)
    };
    match read() {
        Ok(beginning) if beginning.is_empty() || beginning == MAGIC => Ok(()),
        Ok(_) => Err(StoreError::Damaged(format!("{} does not begin as a SQLite database does", path.display()))),
        Err(error) => Err(StoreError::Unreachable(format!("cannot read {}: {error}", path.display()))),
    }
}

/// What a disk is like.
struct Disk {
    is_read_only: bool,
    /// In bytes, for whoever runs this.
    free: u64,
}

impl Disk {
    /// Why it takes nothing, or next to nothing, in a sentence.
    fn need(&self, folder: &Path) -> Option<String> {
        const LEAST: u64 = 1 << 20;
        let shown = folder.display();
        if self.is_read_only {
            Some(format!("The disk of {shown} is read-only: nothing can be written."))
        } else if self.free < LEAST {
            Some(format!(
                "The disk of {shown} is full ({} bytes are free): make room, or nothing is written.",
                self.free
            ))
        } else {
            None
        }
    }
}

#[cfg(target_os = "linux")]
fn disk(folder: &Path) -> Option<Disk> {
    use rustix::fs::StatVfsMountFlags;
    let found = rustix::fs::statvfs(folder).ok()?;
    Some(Disk {
        is_read_only: found.f_flag.contains(StatVfsMountFlags::RDONLY),
        free: found.f_bavail.saturating_mul(found.f_frsize),
    })
}

#[cfg(not(target_os = "linux"))]
const fn disk(_: &Path) -> Option<Disk> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_disk_that_takes_next_to_nothing_is_said() {
        let need = |is_read_only, free| Disk { is_read_only, free }.need(Path::new("/data"));
        assert_eq!(need(false, 1 << 20), None);
        assert!(need(false, 4096).is_some_and(|said| said.contains("/data is full")));
        assert!(need(true, 1 << 30).is_some_and(|said| said.contains("read-only")));
    }
}

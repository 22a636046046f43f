//! By what a file that is served is known from another one that is written over it.
//!
//! Whoever copies onto the file under a running server changes what it holds, and neither its name nor its inode. SQLite
//! does not look: it reads on from its log and from what it remembers. So each time it is served, the file is given a number
//! of its own, in its header where SQLite keeps the id of an application, and the header is looked at past SQLite.
//!
//! A foreign file has another number. So has an older copy of this one, unless it was made meanwhile: by `muster backup` or
//! whatever else has SQLite write it, and then it counts changes from the beginning, while the counter of the file, which
//! its checkpoints write, never goes back. Not noticed is the bare file that was copied and is put back while it is served,
//! where the counter stood still in between; without its log that was never a copy of the database.
//!
//! <https://www.sqlite.org/fileformat2.html#the_database_header>

use std::{
    fs::File,
    io,
    mem::ManuallyDrop,
    path::Path,
    sync::{Mutex, PoisonError},
};

/// As far as is looked at.
const HEADER: usize = 72;
/// Where the change counter is.
const COUNTER: usize = 24;
/// Where the id of the application is.
const APPLICATION: usize = 68;

/// The number of a file, and what was seen of it.
pub(crate) struct Stamp {
    /// Never closed: with any handle to a file the system takes back every lock of the process on it, those of SQLite, too.
    file: ManuallyDrop<File>,
    number: u32,
    /// The number that the file had before. It stays there until the new one is out of the log.
    before: u32,
    seen: Mutex<Seen>,
}

struct Seen {
    number: bool,
    counter: u32,
    other: bool,
}

/// What a header says.
#[derive(Clone, Copy)]
struct Header {
    number: u32,
    counter: u32,
}

impl Stamp {
    /// The number that this file is about to be given.
    pub(crate) fn of(path: &Path, number: u32) -> io::Result<Self> {
        let file = ManuallyDrop::new(File::open(path)?);
        let Header { number: before, counter } = read(&file)?;
        Ok(Self { file, number, before, seen: Mutex::new(Seen { number: false, counter, other: false }) })
    }

    /// Whether the file holds what was served. Once it does not, it never does again: what SQLite writes of its log would
    /// look right, and stand among what is foreign.
    pub(crate) fn is_there(&self) -> bool {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        // A second look, should the first have met a header that was being written.
        seen.other = seen.other || !(self.looks_right(&mut seen) || self.looks_right(&mut seen));
        !seen.other
    }

    fn looks_right(&self, seen: &mut Seen) -> bool {
        let header = match read(&self.file) {
            Ok(header) => header,
            Err(error) => return error.kind() != io::ErrorKind::UnexpectedEof,
        };
        let is_stamped = header.number == self.number;
        // The counter begins again at nothing after its end.
        let has_grown = header.counter.wrapping_sub(seen.counter) < 1 << 31;
        if !has_grown || !(is_stamped || header.number == self.before && !seen.number) {
            return false;
        }
        seen.number = is_stamped;
        seen.counter = header.counter;
        true
    }
}

#[cfg(unix)]
fn read(file: &File) -> io::Result<Header> {
    let mut header = [0; HEADER];
    std::os::unix::fs::FileExt::read_exact_at(file, &mut header, 0)?;
    let number = |at: usize| {
        let mut bytes = [0; 4];
        bytes.copy_from_slice(&header[at..at + 4]);
        u32::from_be_bytes(bytes)
    };
    Ok(Header { number: number(APPLICATION), counter: number(COUNTER) })
}

/// Elsewhere a file that is open is not written over.
#[cfg(not(unix))]
fn read(_: &File) -> io::Result<Header> {
    Err(io::ErrorKind::Unsupported.into())
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::{env, fs, process};

    fn header(number: u32, counter: u32) -> Vec<u8> {
        let mut header = vec![0; 100];
        header[COUNTER..COUNTER + 4].copy_from_slice(&counter.to_be_bytes());
        header[APPLICATION..APPLICATION + 4].copy_from_slice(&number.to_be_bytes());
        header
    }

    #[test]
    fn a_file_is_known_until_it_is_another() {
        let path = env::temp_dir().join(format!("muster_stamp_{}", process::id()));
        let put = |header: &[u8]| fs::write(&path, header).expect("is written");
        let fresh = || {
            put(&header(3, 7));
            Stamp::of(&path, 9).expect("is there")
        };
        let stamp = fresh();
        for (number, counter) in [(3, 7), (3, 8), (9, 9), (9, 9), (9, u32::MAX / 2), (9, u32::MAX - 9), (9, 0)] {
            put(&header(number, counter));
            assert!(stamp.is_there(), "{number} {counter}");
        }
        for (name, other) in [
            ("an older copy", header(9, 8)),
            ("a foreign file", header(4, 10)),
            ("one that was served before", header(3, 10)),
            ("a beginning", header(9, 10)[..50].to_vec()),
            ("nothing", Vec::new()),
        ] {
            let stamp = fresh();
            put(&header(9, 9));
            assert!(stamp.is_there());
            put(&other);
            assert!(!stamp.is_there(), "{name}");
            put(&header(9, 9));
            assert!(!stamp.is_there(), "{name}, and some of the log over it");
        }
        fs::remove_file(&path).expect("is there");
    }
}

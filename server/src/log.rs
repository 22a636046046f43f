//! The lines of the log on their way to standard error.
//!
//! Nobody who logs waits for whoever reads, and nobody fails by it: lines that cannot be written, since the disk is full, the
//! reader gone or asleep, are lost and counted, and the log says how many once it can be written again.

use crate::config::LogFormat;
use std::{
    io::{self, Write},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
        mpsc::{Receiver, SyncSender, sync_channel},
    },
    thread,
    time::Duration,
};
use tracing_subscriber::fmt::MakeWriter;

/// How many lines may wait for whoever reads: about a megabyte.
const WAITING: usize = 4096;
/// How long the end of the process waits for the last lines to be written.
const PATIENCE: Duration = Duration::from_secs(1);

/// Takes lines.
#[derive(Clone)]
pub(crate) struct LogLines {
    to: SyncSender<Message>,
    lost: Arc<AtomicU64>,
}

enum Message {
    Line(Vec<u8>),
    Flush(SyncSender<()>),
}

impl LogLines {
    /// Starts the thread that writes them.
    pub(crate) fn start(format: LogFormat, out: impl Write + Send + 'static) -> io::Result<Self> {
        let (to, messages) = sync_channel(WAITING);
        let lost = Arc::new(AtomicU64::new(0));
        let lines = Self { to, lost: Arc::clone(&lost) };
        thread::Builder::new().name("muster-log".to_owned()).spawn(move || write(&messages, &lost, format, out))?;
        Ok(lines)
    }
}

impl MakeWriter<'_> for LogLines {
    type Writer = Self;

    fn make_writer(&self) -> Self {
        self.clone()
    }
}

impl Write for LogLines {
    /// Each event comes as one text.
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        if self.to.try_send(Message::Line(line.to_vec())).is_err() {
            self.lost.fetch_add(1, Ordering::Relaxed);
        }
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Waits, when dropped, until the lines before are written, or cannot be.
#[must_use]
pub struct LogEnd(Option<LogLines>);

impl LogEnd {
    pub(crate) const fn of(lines: Option<LogLines>) -> Self {
        Self(lines)
    }
}

impl Drop for LogEnd {
    fn drop(&mut self) {
        let Some(lines) = &self.0 else { return };
        let (written, end) = sync_channel(1);
        if lines.to.try_send(Message::Flush(written)).is_ok() {
            // Whoever does not read in time does not get the last lines.
            let _ = end.recv_timeout(PATIENCE);
        }
    }
}

fn write(messages: &Receiver<Message>, lost: &AtomicU64, format: LogFormat, mut out: impl Write) {
    // A line that was cut is not to run into the next.
    let mut is_cut = false;
    for message in messages {
        let line = match message {
            Message::Line(line) => line,
            Message::Flush(written) => {
                let _ = written.send(());
                continue;
            }
        };
        let started = if is_cut { out.write_all(b"\n") } else { Ok(()) };
        if started.and_then(|()| out.write_all(&line)).and_then(|()| out.flush()).is_err() {
            is_cut = true;
            lost.fetch_add(1, Ordering::Relaxed);
            continue;
        }
        is_cut = false;
        let count = lost.swap(0, Ordering::Relaxed);
        if count > 0 && out.write_all(&loss(count, format)).is_err() {
            is_cut = true;
            lost.fetch_add(count, Ordering::Relaxed);
        }
    }
}

/// The line that tells how many were lost, in the form of the others.
fn loss(count: u64, format: LogFormat) -> Vec<u8> {
    let (to, line) = sync_channel(1);
    let lines = LogLines { to, lost: Arc::default() };
    let log = tracing_subscriber::fmt().with_ansi(false).with_writer(lines);
    let say = || tracing::warn!(lines = count, "lines of the log could not be written and are lost");
    match format {
        LogFormat::Text => tracing::subscriber::with_default(log.finish(), say),
        LogFormat::Json => tracing::subscriber::with_default(log.json().flatten_event(true).finish(), say),
    }
    match line.try_recv() {
        Ok(Message::Line(line)) => line,
        Ok(Message::Flush(_)) | Err(_) => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::{Mutex, mpsc::channel};

    /// Standard error on a disk that is full for a while.
    struct Disk {
        full_for: usize,
        written: Arc<Mutex<Vec<u8>>>,
    }

    impl Write for Disk {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            if self.full_for > 0 {
                self.full_for -= 1;
                return Err(io::ErrorKind::StorageFull.into());
            }
            self.written.lock().expect("is free").write(bytes)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    fn log(lines: &LogLines, text: &str) {
        lines.make_writer().write_all(text.as_bytes()).expect("logging never fails");
    }

    #[test]
    fn what_cannot_be_written_is_counted_and_said_once_it_can() {
        for (format, said) in [(LogFormat::Text, "lines=3"), (LogFormat::Json, "\"lines\":3")] {
            let written = Arc::<Mutex<Vec<u8>>>::default();
            let disk = Disk { full_for: 3, written: Arc::clone(&written) };
            let lines = LogLines::start(format, disk).expect("starts");
            for number in 1..=5 {
                log(&lines, &format!("line {number}\n"));
            }
            drop(LogEnd::of(Some(lines)));
            let text = String::from_utf8(written.lock().expect("is free").clone()).expect("is text");
            let found: Vec<&str> = text.trim_start().lines().collect();
            assert_eq!((found.len(), found[0], found[2]), (3, "line 4", "line 5"), "{text}");
            assert!(found[1].contains(said) && found[1].contains("WARN"), "{text}");
        }
    }

    #[test]
    fn a_reader_that_sleeps_holds_nobody_up() {
        struct Asleep(std::sync::mpsc::Receiver<()>);
        impl Write for Asleep {
            fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
                let _ = self.0.recv();
                Ok(bytes.len())
            }
            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }
        let (wake, sleeping) = channel();
        let lines = LogLines::start(LogFormat::Text, Asleep(sleeping)).expect("starts");
        for _ in 0..WAITING + 10 {
            log(&lines, "a line\n");
        }
        assert!(lines.lost.load(Ordering::Relaxed) >= 9, "the first of them is with the reader");
        drop(wake);
    }
}

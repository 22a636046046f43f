//! Starts other programs, always in the project and with a clean environment.

use crate::{
    failure::{Explain, Failure, Outcome},
    place::Place,
};
use std::{
    env,
    ffi::OsStr,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

/// A program with its arguments, not yet started.
pub struct Program {
    command: Command,
    shown: String,
}

impl Program {
    /// A program by name or path, to be run at the top level of the project.
    pub fn new(place: &Place, name: impl AsRef<OsStr>) -> Self {
        let shown = Path::new(name.as_ref()).file_name().unwrap_or(name.as_ref()).to_string_lossy().into_owned();
        let mut command = Command::new(name);
        command.current_dir(place.root());
        // What cargo says about this tool is wrong for whatever this tool starts, and would make build scripts stale.
        for (key, _) in env::vars_os() {
            let key_text = key.to_string_lossy();
            if ["CARGO_PKG_", "CARGO_MANIFEST", "CARGO_BIN_"].iter().any(|prefix| key_text.starts_with(prefix)) {
                command.env_remove(&key);
            }
        }
        Self { command, shown }
    }

    /// Cargo. Queries are checked against the committed data, so that a build needs no database.
    pub fn cargo(place: &Place) -> Self {
        Self::new(place, "cargo").env("SQLX_OFFLINE", "true")
    }

    /// Adds arguments.
    pub fn args<S: AsRef<OsStr>>(mut self, args: impl IntoIterator<Item = S>) -> Self {
        for arg in args {
            self.shown.push(' ');
            self.shown.push_str(&arg.as_ref().to_string_lossy());
            self.command.arg(arg);
        }
        self
    }

    /// Sets a variable.
    pub fn env(mut self, key: &str, value: impl AsRef<OsStr>) -> Self {
        self.command.env(key, value);
        self
    }

    /// Runs it somewhere else.
    pub fn dir(mut self, dir: &Path) -> Self {
        self.command.current_dir(dir);
        self
    }

    /// Runs it to the end. Fails unless it succeeds.
    pub fn run(mut self) -> Outcome {
        let status = self.command.status().explain(format!("start `{}`", self.shown))?;
        if status.success() { Ok(()) } else { Err(Failure::new(format!("`{}` failed ({status})", self.shown))) }
    }

    /// Runs it to the end and returns what it printed. Fails unless it succeeds.
    pub fn read(mut self) -> Outcome<String> {
        let output = self.command.stderr(Stdio::inherit()).output().explain(format!("start `{}`", self.shown))?;
        if !output.status.success() {
            return Err(Failure::new(format!("`{}` failed ({})", self.shown, output.status)));
        }
        Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
    }

    /// Whether it can be started and succeeds. Nothing of it is seen.
    pub fn succeeds(mut self) -> bool {
        let quiet = self.command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        quiet.status().is_ok_and(|status| status.success())
    }

    /// Runs it to the end, passing on each line it prints and showing it to `on_line`. Says whether it succeeded.
    pub fn follow(mut self, mut on_line: impl FnMut(&str)) -> Outcome<bool> {
        let mut child = self.command.stdout(Stdio::piped()).spawn().explain(format!("start `{}`", self.shown))?;
        for line in child.stdout.take().into_iter().flat_map(|stdout| BufReader::new(stdout).lines()) {
            let line = line.explain(format!("read from `{}`", self.shown))?;
            println!("{line}");
            on_line(&line);
        }
        Ok(child.wait().explain(format!("wait for `{}`", self.shown))?.success())
    }

    /// The same for what it says on standard error.
    pub fn follow_errors(mut self, mut on_line: impl FnMut(&str)) -> Outcome<bool> {
        let mut child = self.command.stderr(Stdio::piped()).spawn().explain(format!("start `{}`", self.shown))?;
        for line in child.stderr.take().into_iter().flat_map(|stderr| BufReader::new(stderr).lines()) {
            let line = line.explain(format!("read from `{}`", self.shown))?;
            eprintln!("{line}");
            on_line(&line);
        }
        Ok(child.wait().explain(format!("wait for `{}`", self.shown))?.success())
    }

    /// Starts it and waits until it has printed a line that holds `mark`. It is stopped when the answer is dropped.
    pub fn start(mut self, mark: &str) -> Outcome<Running> {
        let mut child = self.command.stdout(Stdio::piped()).spawn().explain(format!("start `{}`", self.shown))?;
        let mut lines = child.stdout.take().map(BufReader::new);
        let mut running = Running { child, said: String::new() };
        while !running.said.contains(mark) {
            let mut line = String::new();
            let read = lines.as_mut().map_or(Ok(0), |lines| lines.read_line(&mut line));
            if read.explain(format!("read from `{}`", self.shown))? == 0 {
                return Err(Failure::new(format!("`{}` ended before it was ready", self.shown)));
            }
            running.said.push_str(&line);
        }
        // Whatever it says later is read and shown, so that it never waits for a reader.
        if let Some(mut lines) = lines {
            std::thread::spawn(move || std::io::copy(&mut lines, &mut std::io::stderr()));
        }
        Ok(running)
    }

    /// Becomes that program, so that signals (Ctrl-C above all) reach it directly. Returns only if that fails.
    #[cfg(unix)]
    pub fn become_it(mut self) -> Outcome {
        use std::os::unix::process::CommandExt;
        Err(self.command.exec()).explain(format!("start `{}`", self.shown))
    }

    /// Runs it to the end: where a process cannot be replaced, the terminal sends Ctrl-C to both.
    #[cfg(not(unix))]
    pub fn become_it(self) -> Outcome {
        self.run()
    }
}

/// A program that runs beside this one.
pub struct Running {
    child: Child,
    said: String,
}

impl Running {
    /// What it has printed until it was ready.
    pub fn said(&self) -> &str {
        &self.said
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // One that has ended by itself cannot be stopped, which is as good.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The first of these programs that is on the path.
pub fn find(names: &[&str]) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    names.iter().find_map(|name| {
        let file = format!("{name}{}", env::consts::EXE_SUFFIX);
        env::split_paths(&path).map(|dir| dir.join(&file)).find(|candidate| candidate.is_file())
    })
}

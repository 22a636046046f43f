//! The processes that are measured: Muster, and the servers beside it.

use crate::http::{Connection, post};
use std::{
    fs,
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

/// Clock ticks in a second, as the kernel counts time: 100 on every Linux that is in use.
const TICKS: f64 = 100.0;

/// A server that runs until it is dropped.
pub struct Serving {
    child: Child,
    /// Where it listens.
    pub address: String,
    /// How long it took to be ready.
    pub start: Duration,
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Muster over a database, with these words more.
pub fn muster(program: &Path, database: &str, arguments: &[&str]) -> Command {
    let mut command = Command::new(program);
    command.args(arguments).args(["--database-url", database, "--data-dir"]).arg(std::env::temp_dir());
    command.env("MUSTER_LOG", "error");
    command
}

/// Runs a command of Muster to its end; answers what it printed.
pub fn run(mut command: Command) -> String {
    let output = command.stderr(Stdio::inherit()).output().expect("starts");
    assert!(output.status.success(), "{command:?}");
    String::from_utf8(output.stdout).expect("is text")
}

impl Serving {
    /// Serves a database, with the limits that Muster comes with.
    pub fn muster_with_limits(program: &Path, database: &str) -> Self {
        Self::start(muster(program, database, &["serve", "--listen", "127.0.0.1:0"]))
    }

    /// Serves a database, without limits on how often it is called.
    pub fn muster(program: &Path, database: &str) -> Self {
        Self::start(muster(program, database, &["serve", "--listen", "127.0.0.1:0", "--api-rate", "0"]))
    }

    /// This program in another role, which prints its address as Muster does.
    pub fn plain(arguments: &[&str]) -> Self {
        let mut command = Command::new(std::env::current_exe().expect("has a place"));
        command.args(arguments);
        Self::start(command)
    }

    fn start(mut command: Command) -> Self {
        let begun = Instant::now();
        let mut child = command.stdout(Stdio::piped()).spawn().expect("starts");
        let lines = BufReader::new(child.stdout.take().expect("is piped")).lines();
        let address =
            lines.map_while(Result::ok).find_map(|line| Some(line.split_once("http://")?.1.trim().to_owned()));
        let address = address.expect("says where it is");
        while std::net::TcpStream::connect(&address).is_err() {}
        Self { child, address, start: begun.elapsed() }
    }

    /// Signs in; answers the header with the cookie.
    pub fn sign_in(&self, username: &str) -> String {
        let form = format!("username={username}&password=muster-demo-pass");
        let request = post(&self.address, "/login", "", "application/x-www-form-urlencoded", &form);
        let cookie = Connection::to(&self.address).ask(&request).cookie.expect("is signed in");
        format!("cookie: {cookie}\r\n")
    }

    /// How much processor time it has used, in seconds.
    pub fn cpu(&self) -> f64 {
        let stat = fs::read_to_string(format!("/proc/{}/stat", self.child.id())).expect("runs");
        let fields: Vec<&str> = stat.rsplit(") ").next().unwrap_or_default().split(' ').collect();
        let ticks = |place: usize| fields[place].parse::<f64>().expect("is a number");
        (ticks(11) + ticks(12)) / TICKS
    }

    /// How much memory it holds, in megabytes.
    pub fn memory(&self) -> f64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).expect("runs");
        let line = status.lines().find(|line| line.starts_with("VmRSS")).expect("is there");
        line.split_whitespace().nth(1).and_then(|kb| kb.parse::<f64>().ok()).expect("is a number") / 1024.0
    }
}

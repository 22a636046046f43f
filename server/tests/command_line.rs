//! The binary as whoever runs it meets it: commands, exit statuses, starting and stopping.
//!
//! Long, because every command is run here, and what starts and stops a program for all other tests of the binary.

use std::{
    env, fs,
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    path::{Path, PathBuf},
    process::{Child, ChildStderr, ChildStdout, Command, Output, Stdio},
    sync::atomic::{AtomicU32, Ordering},
    time::{Duration, Instant},
};

/// A data directory that is gone after the test.
pub struct Instance(PathBuf);

impl Instance {
    pub fn new() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        Self(env::temp_dir().join(format!("muster-command-line-{}-{number}", std::process::id())))
    }

    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_muster"));
        for (name, _) in env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("MUSTER_")) {
            command.env_remove(name);
        }
        command.args(arguments).env("MUSTER_DATA_DIR", &self.0).stdin(Stdio::null());
        command
    }

    pub fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().expect("the binary runs")
    }

    pub fn run_with_input(&self, arguments: &[&str], input: &str) -> Output {
        let mut command = self.command(arguments);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the binary runs");
        child.stdin.take().expect("is piped").write_all(input.as_bytes()).expect("reads its input");
        child.wait_with_output().expect("ends")
    }

    pub fn serve(&self, arguments: &[&str]) -> Serving {
        let mut command = self.command(&["serve", "--listen", "127.0.0.1:0"]);
        command.args(arguments).stderr(Stdio::null());
        Serving::begin(command)
    }

    /// Serves with so many open files, and may give itself so many.
    pub fn serve_with_files(&self, soft: u32, hard: u32) -> Serving {
        let binary = env!("CARGO_BIN_EXE_muster");
        let script = format!("ulimit -Sn {soft} && ulimit -Hn {hard} && exec {binary} serve --listen 127.0.0.1:0");
        let mut command = Command::new("sh");
        command.args(["-c", &script]).env("MUSTER_DATA_DIR", &self.0).stdin(Stdio::null()).stderr(Stdio::null());
        Serving::begin(command)
    }

    pub fn database(&self) -> &Path {
        &self.0
    }
}

impl Drop for Instance {
    fn drop(&mut self) {
        // What cannot be removed now, the system removes with its temporary files.
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// A serving process.
pub struct Serving {
    address: String,
    child: Child,
    said: String,
    lines: BufReader<ChildStdout>,
}

impl Serving {
    /// Starts what a command says, and waits until it names its address.
    pub fn begin(mut command: Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).spawn().expect("runs");
        let mut lines = BufReader::new(child.stdout.take().expect("is piped"));
        let mut said = String::new();
        while !said.contains("http://") {
            assert!(lines.read_line(&mut said).expect("is text") > 0, "it ended: {said}");
        }
        let address = said.split("http://").nth(1).and_then(|rest| rest.split_whitespace().next());
        Self { address: address.expect("names its address").to_owned(), child, said, lines }
    }

    /// What it says next on its console.
    pub fn next_line(&mut self) -> String {
        let mut line = String::new();
        self.lines.read_line(&mut line).expect("is text");
        line
    }

    /// Its log, where it is piped.
    pub fn take_stderr(&mut self) -> Option<ChildStderr> {
        self.child.stderr.take()
    }

    /// Under which number it runs.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Host and port.
    pub fn address(&self) -> &str {
        &self.address
    }

    pub fn get(&self, path: &str, cookie: &str) -> TcpStream {
        let mut stream = TcpStream::connect(&self.address).expect("listens");
        stream.set_read_timeout(Some(Duration::from_secs(15))).expect("can wait");
        let head =
            format!("GET {path} HTTP/1.1\r\nhost: {}\r\ncookie: {cookie}\r\nconnection: close\r\n\r\n", self.address);
        stream.write_all(head.as_bytes()).expect("takes the request");
        stream
    }

    pub fn sign_in(&self, username: &str, password: &str) -> String {
        let form = format!("username={username}&password={password}");
        let mut stream = TcpStream::connect(&self.address).expect("listens");
        let head = format!(
            "POST /login HTTP/1.1\r\nhost: {}\r\nconnection: close\r\ncontent-length: {}\r\n\
             content-type: application/x-www-form-urlencoded\r\n\r\n{form}",
            self.address,
            form.len()
        );
        stream.write_all(head.as_bytes()).expect("takes the request");
        let answer = read(stream);
        let line = answer.lines().find_map(|line| line.strip_prefix("set-cookie: "));
        line.and_then(|line| line.split(';').next()).unwrap_or_else(|| panic!("no cookie: {answer}")).to_owned()
    }

    /// Asks it to stop as a supervisor does, and waits until it has.
    pub fn terminate(mut self) -> (Option<i32>, Duration) {
        let asked = Instant::now();
        let sent = Command::new("kill").arg(self.child.id().to_string()).status().expect("kill is there");
        assert!(sent.success());
        let status = self.child.wait().expect("ends");
        (status.code(), asked.elapsed())
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        // A process that has ended already cannot be killed, which is as good.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub fn read(mut stream: TcpStream) -> String {
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("answers in text");
    answer
}

pub fn said(output: &Output) -> (Option<i32>, String, String) {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code(), text(&output.stdout), text(&output.stderr))
}

#[test]
fn wrong_usage_is_2_and_help_is_0() {
    let instance = Instance::new();
    for wrong in [
        &["dance"][..],
        &["serve", "--listen", "nowhere"],
        &["user", "create", "two words"],
        &["user", "password"],
        &["user", "activate"],
        &["user", "superuser", "ana", "--evoke"],
        &["group", "export", "--xml"],
        &["backup"],
        &["restore"],
        &["check", "it"],
        &[],
    ] {
        assert_eq!(instance.run(wrong).status.code(), Some(2), "{wrong:?}");
    }
    let (status, help, _) = said(&instance.run(&["--help"]));
    assert_eq!(status, Some(0));
    for listed in [
        "serve",
        "migrate",
        "check",
        "backup",
        "restore",
        "user",
        "group",
        "token",
        "seed-demo",
        "move",
        "MUSTER_DATABASE_URL",
        "127.0.0.1:3000",
    ] {
        assert!(help.contains(listed), "{listed}: {help}");
    }
}

#[test]
fn the_password_of_a_database_is_shown_nowhere() {
    let instance = Instance::new();
    let mut command = instance.command(&["check"]);
    command.env("MUSTER_DATABASE_URL", "postgres://ana:geheim@127.0.0.1:1/muster");
    let (status, out, error) = said(&command.output().expect("runs"));
    assert_eq!(status, Some(1));
    assert!(!out.contains("geheim") && !error.contains("geheim"), "{out}{error}");
    assert!(out.contains("postgres://ana:***@127.0.0.1:1/muster"), "{out}");
    let mut command = instance.command(&["--help"]);
    command.env("MUSTER_DATABASE_URL", "postgres://ana:geheim@127.0.0.1:1/muster");
    assert!(!said(&command.output().expect("runs")).1.contains("geheim"));
}

#[test]
fn a_database_is_migrated_checked_and_given_accounts() {
    let instance = Instance::new();
    let (status, _, error) = said(&instance.run(&["user", "create", "ana"]));
    assert_eq!(status, Some(1), "there are no tables yet");
    assert!(error.contains("muster migrate"), "{error}");
    assert_eq!(instance.run(&["migrate"]).status.code(), Some(0));
    assert_eq!(instance.run(&["check"]).status.code(), Some(0));

    let (status, out, error) =
        said(&instance.run(&["user", "create", "ana", "--superuser", "--email", "ana@example.org"]));
    assert_eq!(status, Some(0), "{error}");
    assert!(out.lines().any(|line| line.strip_prefix("Password: ").is_some_and(|word| word.len() == 22)), "{out}");
    let (status, out, _) =
        said(&instance.run_with_input(&["user", "create", "bo", "--password-stdin"], "twelve or more\n"));
    assert_eq!(status, Some(0));
    assert!(!out.contains("twelve"), "{out}");
    assert_eq!(
        instance.run_with_input(&["user", "create", "cy", "--password-stdin"], "short\n").status.code(),
        Some(1)
    );
    let (status, _, error) = said(&instance.run(&["user", "create", "ANA"]));
    assert_eq!(status, Some(1), "the name is taken, whatever its case");
    assert!(error.contains("already"), "{error}");

    let (status, out, _) = said(&instance.run(&["user", "list", "--json"]));
    assert_eq!(status, Some(0));
    let users: Vec<serde_json::Value> = out.lines().map(|line| serde_json::from_str(line).expect("is JSON")).collect();
    assert_eq!(users.len(), 2);
    assert_eq!(users[0]["username"], "ana");
    assert_eq!(users[0]["is_superuser"], true);
}

#[test]
fn tokens_are_made_listed_and_revoked() {
    let instance = Instance::new();
    assert_eq!(instance.run(&["migrate"]).status.code(), Some(0));
    let made = instance.run_with_input(&["user", "create", "ana", "--password-stdin"], "twelve or more\n");
    assert_eq!(made.status.code(), Some(0));
    let made = |arguments: &[&str]| {
        let (status, out, error) = said(&instance.run(&[&["token", "create", "ana"], arguments].concat()));
        assert_eq!(status, Some(0), "{error}");
        let secret = out.strip_suffix('\n').expect("one line").to_owned();
        assert!(secret.starts_with("muster_") && secret.len() == 50, "the token alone: {out}");
        secret
    };
    let secrets = [made(&[]), made(&["--expires", "2099-01-31"]), made(&["--expires", "2020-01-01T00:00:00Z"])];
    let listed = || {
        let (status, out, _) = said(&instance.run(&["token", "list", "--json"]));
        assert_eq!(status, Some(0));
        assert!(secrets.iter().all(|secret| !out.contains(secret)), "secrets are shown once: {out}");
        let lines = out.lines().map(|line| serde_json::from_str(line).expect("is JSON"));
        lines.collect::<Vec<serde_json::Value>>()
    };
    assert_eq!(listed().len(), 3);
    assert!(listed()[0]["expires_at"].is_string(), "a year from now, where nothing else is asked for");
    assert_eq!(listed()[1]["expires_at"], "2099-02-01T00:00:00Z", "a day counts to its end");
    assert_eq!(instance.run(&["token", "revoke", "1"]).status.code(), Some(0));
    let made = &json(&instance.run(&["token", "create", "ana", "--label", "roster bot", "--json"]))[0];
    assert_eq!((&made["username"], &made["name"]), (&"ana".into(), &"roster bot".into()));
    let secret = made["token"].as_str().expect("the token");
    let gone = json(&instance.run(&["token", "revoke", secret, "--json"]));
    assert_eq!(gone, [serde_json::json!({ "id": 4, "revoked": true })]);
    assert_eq!(instance.run(&["token", "revoke", "1"]).status.code(), Some(1), "once");
    assert_eq!(instance.run(&["token", "revoke", &secrets[1]]).status.code(), Some(0));
    assert!(listed()[2]["revoked_at"].is_null());
    assert_eq!(instance.run(&["token", "revoke", "ana"]).status.code(), Some(0), "all that are left");
    assert!(listed().iter().all(|token| token["revoked_at"].is_string()));
    for (wrong, status) in [
        (&["token", "create", "nobody"][..], 1),
        (&["token", "revoke", "99"], 1),
        (&["token", "create", "ana", "--expires", "soon"], 2),
        (&["token"], 2),
    ] {
        assert_eq!(instance.run(wrong).status.code(), Some(status), "{wrong:?}");
    }
    assert_eq!(instance.run(&["check"]).status.code(), Some(0));
}

#[cfg(unix)]
#[test]
fn the_data_directory_is_for_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt;
    let instance = Instance::new();
    instance.run(&["migrate"]);
    let mode = fs::metadata(instance.database()).expect("is made").permissions().mode();
    assert_eq!(mode & 0o777, 0o700);
}

#[test]
fn a_second_server_on_the_same_file_refuses() {
    let instance = Instance::new();
    let serving = instance.serve(&[]);
    let (status, _, error) = said(&instance.run(&["serve", "--listen", "127.0.0.1:0"]));
    assert_eq!(status, Some(1));
    assert!(error.contains("muster.db"), "{error}");
    assert_eq!(instance.run(&["user", "create", "ana"]).status.code(), Some(0), "other commands run beside it");
    assert_eq!(instance.run(&["check"]).status.code(), Some(0));
    assert!(read(serving.get("/login", "")).starts_with("HTTP/1.1 200"), "and it sees what they did");
    serving.terminate();
    instance.serve(&[]);
}

#[test]
fn the_first_start_says_where_to_begin() {
    let instance = Instance::new();
    let mut serving = instance.serve(&[]);
    let address = serving.address.clone();
    serving.lines.read_line(&mut serving.said).expect("is text");
    assert!(serving.said.contains(&format!("http://{address}/setup?code=")), "{}", serving.said);
    assert!(read(serving.get("/readyz", "")).starts_with("HTTP/1.1 200"));
}

#[test]
fn stopping_ends_streams_and_is_done_at_once() {
    let instance = Instance::new();
    assert_eq!(instance.run(&["migrate"]).status.code(), Some(0));
    let made = instance.run_with_input(&["user", "create", "ana", "--password-stdin"], "twelve-or-more\n");
    assert_eq!(made.status.code(), Some(0));
    let serving = instance.serve(&[]);
    let cookie = serving.sign_in("ana", "twelve-or-more");
    let mut stream = BufReader::new(serving.get("/live", &cookie));
    let mut first = String::new();
    stream.read_line(&mut first).expect("answers");
    assert!(first.starts_with("HTTP/1.1 200"), "{first}");
    while !first.ends_with("event: beat\n") {
        assert!(stream.read_line(&mut first).expect("goes on") > 0, "{first}");
    }
    let (status, took) = serving.terminate();
    assert_eq!(status, Some(0));
    assert!(took < Duration::from_secs(5), "took {took:?}");
    let mut rest = String::new();
    stream.read_to_string(&mut rest).expect("the stream ends whole");
}

#[test]
fn the_demo_can_be_made_bigger() {
    let instance = Instance::new();
    let (status, out, error) = said(&instance.run(&["seed-demo", "--scale", "0.005"]));
    assert_eq!(status, Some(0), "{error}");
    assert!(out.contains("leila"), "it says whom to sign in as: {out}");
    let (status, out, error) = said(&instance.run(&["check"]));
    assert_eq!(status, Some(0), "{out}{error}");
    let (_, users, _) = said(&instance.run(&["user", "list", "--json"]));
    assert_eq!(users.lines().count(), 2_500, "the community, and as many as were asked for");
    assert_eq!(said(&Instance::new().run(&["seed-demo", "--scale", "0"])).0, Some(2), "nothing is no size");
}

#[test]
fn the_demo_is_there_to_be_tried() {
    let instance = Instance::new();
    let (status, out, error) = said(&instance.run(&["seed-demo"]));
    assert_eq!(status, Some(0), "{error}");
    for (_, username) in server::demo::SIGN_INS {
        assert!(out.contains(username), "{out}");
    }
    let (status, _, error) = said(&instance.run(&["seed-demo"]));
    assert_eq!(status, Some(1), "only an empty database is filled");
    assert!(error.contains("already has users"), "{error}");
    let (status, out, _) = said(&instance.run(&["check"]));
    assert_eq!(status, Some(0), "{out}");
    let serving = instance.serve(&["--demo"]);
    let (_, username) = server::demo::SIGN_INS[0];
    let cookie = serving.sign_in(username, server::demo::PASSWORD);
    assert!(read(serving.get("/groups", &cookie)).starts_with("HTTP/1.1 200"));
}

fn json(output: &Output) -> Vec<serde_json::Value> {
    let (status, out, error) = said(output);
    assert_eq!(status, Some(0), "{error}");
    out.lines().map(|line| serde_json::from_str(line).expect("is JSON")).collect()
}

#[test]
fn accounts_are_changed_by_name_beside_a_serving_process() {
    let instance = Instance::new();
    assert_eq!(instance.run(&["migrate"]).status.code(), Some(0));
    let made = json(&instance.run(&["user", "create", "ana", "--superuser", "--json"]));
    assert_eq!(made[0]["password"].as_str().map(str::len), Some(22));
    json(&instance.run(&["user", "create", "bo", "--email", "bo@example.org", "--json"]));

    let (status, _, error) = said(&instance.run(&["user", "deactivate", "ana"]));
    assert_eq!(status, Some(1), "somebody must be left who can repair everything");
    assert!(error.contains("last active superuser"), "{error}");
    let (status, _, error) = said(&instance.run(&["user", "activate", "nobody"]));
    assert_eq!(status, Some(1));
    assert!(error.contains("no account nobody"), "{error}");

    let (status, out, _) = said(&instance.run(&["user", "superuser", "BO"]));
    assert_eq!((status, out.as_str()), (Some(0), "BO is now a superuser.\n"));
    assert_eq!(json(&instance.run(&["user", "deactivate", "ana", "--json"]))[0]["changed"], true);
    assert_eq!(json(&instance.run(&["user", "deactivate", "ana", "--json"]))[0]["changed"], false);
    let (_, out, _) = said(&instance.run(&["user", "activate", "ana"]));
    assert_eq!(out, "ana is now active.\n", "who leads nothing is told nothing of it");
    let back = json(&instance.run(&["user", "activate", "ana", "--drop-leads", "--json"]));
    assert_eq!((&back[0]["changed"], &back[0]["leads"]), (&false.into(), &serde_json::json!([])));
    let (_, out, _) = said(&instance.run(&["user", "superuser", "bo@example.org", "--revoke"]));
    assert_eq!(out, "bo@example.org is now no superuser.\n");
    let users = json(&instance.run(&["user", "list", "--json"]));
    let flags = |user: &serde_json::Value| (user["is_active"].as_bool(), user["is_superuser"].as_bool());
    assert_eq!(flags(&users[0]), (Some(true), Some(true)));
    assert_eq!(flags(&users[1]), (Some(true), Some(false)));

    let serving = instance.serve(&[]);
    let short = instance.run_with_input(&["user", "password", "bo", "--password-stdin"], "short\n");
    assert_eq!(short.status.code(), Some(1));
    let set = instance.run_with_input(&["user", "password", "bo", "--password-stdin"], "twelve-or-more\n");
    assert_eq!(said(&set).1, "bo has another password.\n");
    let cookie = serving.sign_in("bo", "twelve-or-more");
    assert!(read(serving.get("/groups", &cookie)).starts_with("HTTP/1.1 200"));
    let made = json(&instance.run(&["user", "password", "bo", "--json"]));
    assert!(read(serving.get("/groups", &cookie)).starts_with("HTTP/1.1 303"), "whoever had the old one is out");
    let cookie = serving.sign_in("bo", made[0]["password"].as_str().expect("is made up"));
    assert!(read(serving.get("/groups", &cookie)).starts_with("HTTP/1.1 200"));
    assert_eq!(instance.run(&["check"]).status.code(), Some(0));
}

#[test]
fn groups_and_members_are_printed_for_people_spreadsheets_and_programs() {
    let instance = Instance::new();
    assert_eq!(instance.run(&["seed-demo"]).status.code(), Some(0));
    let (status, text, _) = said(&instance.run(&["group", "list"]));
    assert_eq!(status, Some(0));
    let groups = json(&instance.run(&["group", "list", "--json"]));
    assert_eq!(text.lines().count(), groups.len());
    assert!(groups.iter().any(|group| group["internal"] == true), "internal ones too");
    let members = json(&instance.run(&["group", "export", "--json"]));
    let counted: u64 = groups.iter().filter_map(|group| group["members"].as_u64()).sum();
    assert!(counted > 0);
    assert_eq!(u64::try_from(members.len()).expect("few"), counted);
    assert!(members[0]["since"].as_str().expect("is a moment").ends_with('Z'));
    let (_, csv, _) = said(&instance.run(&["group", "export"]));
    assert_eq!(csv.lines().next(), Some("group_id,group,user_id,username,character,since"));
    assert_eq!(csv.lines().count(), members.len() + 1);
}

#[test]
fn what_is_wrong_is_printed_and_is_1() {
    let instance = Instance::new();
    let (status, out, _) = said(&instance.run(&["check", "--json"]));
    assert_eq!(status, Some(1), "there are no tables yet");
    let checked: serde_json::Value = serde_json::from_str(&out).expect("is JSON");
    assert!(checked["faults"][0].as_str().is_some_and(|fault| fault.contains("muster migrate")), "{out}");
    assert_eq!(instance.run(&["seed-demo"]).status.code(), Some(0));
    assert_eq!(json(&instance.run(&["check", "--json"]))[0]["faults"], serde_json::json!([]));
}

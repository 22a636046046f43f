//! The files of an instance: who may read them, and what becomes of it where they are gone, damaged, or cannot grow.

use crate::command_line::{Instance, Serving, read, said};
use sqlx::{Connection, Executor};
use std::{
    fs,
    io::{Read, Seek, SeekFrom, Write},
    net::TcpStream,
    os::unix::fs::PermissionsExt,
    path::Path,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap_or_else(|error| panic!("{}: {error}", path.display())).permissions().mode() & 0o777
}

/// The same command in a shell that first sets a limit or a mask.
fn within(setting: &str, command: &Command) -> Command {
    let mut shell = Command::new("sh");
    shell.arg("-c").arg(format!("{setting}; exec \"$0\" \"$@\"")).arg(command.get_program()).args(command.get_args());
    for (name, value) in command.get_envs() {
        match value {
            Some(value) => shell.env(name, value),
            None => shell.env_remove(name),
        };
    }
    shell.stdin(Stdio::null());
    shell
}

/// An instance with a superuser; answers a token of theirs.
fn set_up(instance: &Instance) -> String {
    assert_eq!(instance.run(&["migrate"]).status.code(), Some(0));
    let made = instance
        .run_with_input(&["user", "create", "root", "--superuser", "--staff", "--password-stdin"], "twelve-or-more\n");
    assert_eq!(made.status.code(), Some(0));
    let (status, token, error) = said(&instance.run(&["token", "create", "root"]));
    assert_eq!(status, Some(0), "{error}");
    token.trim().to_owned()
}

/// A call that writes.
fn write(serving: &Serving, token: &str, flag: bool) -> String {
    let body = format!("{{\"auto_leave\":{flag}}}");
    let mut stream = TcpStream::connect(serving.address()).expect("listens");
    stream.set_read_timeout(Some(Duration::from_secs(15))).expect("can wait");
    let head = format!(
        "PATCH /api/v1/settings HTTP/1.1\r\nhost: muster\r\nconnection: close\r\nauthorization: Bearer {token}\r\n\
         content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(head.as_bytes()).expect("takes the request");
    read(stream)
}

#[test]
fn nobody_else_can_read_the_files_whatever_the_umask() {
    for mask in ["umask 000", "umask 077"] {
        let instance = Instance::new();
        let run = |arguments: &[&str]| within(mask, &instance.command(arguments)).output().expect("runs");
        assert_eq!(run(&["migrate"]).status.code(), Some(0));
        assert_eq!(mode(instance.database()), 0o700);
        let database = instance.database().join("muster.db");
        assert_eq!(mode(&database), 0o600, "{mask}");
        set_up(&instance);
        let serving = Serving::begin(within(mask, &instance.command(&["serve", "--listen", "127.0.0.1:0"])));
        for suffix in ["", "-wal", "-shm", "-serving", "-served"] {
            assert_eq!(mode(&instance.database().join(format!("muster.db{suffix}"))), 0o600, "{suffix} at {mask}");
        }
        let copy = instance.database().join("copy.db");
        let path = copy.to_str().expect("is text");
        assert_eq!(run(&["backup", path]).status.code(), Some(0));
        assert_eq!(mode(&copy), 0o600);
        drop(serving);
        fs::set_permissions(&copy, fs::Permissions::from_mode(0o644)).expect("is ours");
        let (status, _, error) = said(&run(&["restore", path, "--force"]));
        assert_eq!(status, Some(0), "{error}");
        assert_eq!(mode(&database), 0o600, "what is restored is as private, however open the copy");
    }
}

#[test]
fn files_that_were_open_to_others_are_so_no_more() {
    let instance = Instance::new();
    set_up(&instance);
    let database = instance.database().join("muster.db");
    fs::set_permissions(instance.database(), fs::Permissions::from_mode(0o755)).expect("is ours");
    fs::set_permissions(&database, fs::Permissions::from_mode(0o644)).expect("is ours");
    let (status, out, _) = said(&instance.run(&["check"]));
    assert_eq!(status, Some(1), "{out}");
    assert_eq!(out.matches("Others can read or write").count(), 1, "{out}");
    assert_eq!(mode(&database), 0o644, "who looks changes nothing");
    let serving = instance.serve(&[]);
    assert_eq!(mode(&database), 0o600);
    drop(serving);
    fs::set_permissions(instance.database(), fs::Permissions::from_mode(0o777)).expect("is ours");
    let (status, out, _) = said(&instance.run(&["check"]));
    assert_eq!(status, Some(1));
    assert!(out.contains("Others can replace the files"), "{out}");
}

/// Whatever happens to the file, nothing is answered that is lost, and nobody finds an empty instance later.
fn lost_under_a_serving_process(lose: impl Fn(&Path)) {
    let instance = Instance::new();
    let token = set_up(&instance);
    let database = instance.database().join("muster.db");
    let copy = instance.database().join("copy.db");
    assert_eq!(instance.run(&["backup", copy.to_str().expect("is text")]).status.code(), Some(0));
    let serving = instance.serve(&[]);
    assert!(write(&serving, &token, true).starts_with("HTTP/1.1 200"));

    lose(&database);
    let answer = write(&serving, &token, false);
    assert!(answer.starts_with("HTTP/1.1 503") && answer.contains("database_replaced"), "{answer}");
    let ready = read(serving.get("/readyz", ""));
    assert!(ready.starts_with("HTTP/1.1 503") && ready.contains("deleted or replaced"), "{ready}");
    assert!(read(serving.get("/healthz", "")).starts_with("HTTP/1.1 200"));
    serving.terminate();

    // Whatever stands there now.
    let (status, _, error) = said(&instance.run(&["serve", "--listen", "127.0.0.1:0"]));
    assert_eq!(status, Some(1));
    assert!(error.contains("muster restore") && error.contains("--start-anew"), "{error}");
    let (status, _, error) = said(&instance.run(&["restore", copy.to_str().expect("is text")]));
    assert_eq!(status, Some(0), "{error}");
    let serving = instance.serve(&[]);
    assert!(write(&serving, &token, true).starts_with("HTTP/1.1 200"), "all is back");
}

#[test]
fn a_deleted_database_takes_no_writes_and_is_not_made_anew() {
    lost_under_a_serving_process(|database| fs::remove_file(database).expect("is there"));
}

#[test]
fn a_replaced_database_takes_no_writes_and_an_empty_one_is_not_served() {
    lost_under_a_serving_process(|database| {
        let other = Instance::new();
        assert_eq!(other.run(&["migrate"]).status.code(), Some(0));
        fs::copy(other.database().join("muster.db"), database.with_extension("other")).expect("can be copied");
        fs::rename(database.with_extension("other"), database).expect("can be put there");
        for suffix in ["muster.db-wal", "muster.db-shm"] {
            fs::remove_file(database.with_file_name(suffix)).expect("is there");
        }
    });
}

#[test]
fn a_database_that_another_is_written_over_takes_no_writes() {
    let instance = Instance::new();
    let token = set_up(&instance);
    let database = instance.database().join("muster.db");
    let copy_to = |name: &str| {
        let copy = instance.database().join(name);
        assert_eq!(instance.run(&["backup", copy.to_str().expect("is text")]).status.code(), Some(0));
        copy
    };
    let before = copy_to("before.db");
    let foreign = Instance::new();
    set_up(&foreign);
    for (turn, which) in ["a copy of before", "a copy of meanwhile", "another instance"].into_iter().enumerate() {
        let serving = instance.serve(&[]);
        // Whatever goes on beside it is no alarm.
        for round in 0..3 {
            assert!(write(&serving, &token, round % 2 == 0).starts_with("HTTP/1.1 200"), "{which}");
            let name = format!("user{turn}-{round}");
            assert_eq!(instance.run(&["user", "create", &name]).status.code(), Some(0));
            tidy_up(&database);
            let (status, out, _) = said(&instance.run(&["check"]));
            assert_eq!(status, Some(0), "{out}");
        }
        let meanwhile = copy_to(&format!("meanwhile{turn}.db"));
        assert!(write(&serving, &token, true).starts_with("HTTP/1.1 200"), "{which}");
        assert!(read(serving.get("/readyz", "")).starts_with("HTTP/1.1 200"), "{which}");

        let other = match which {
            "a copy of before" => before.clone(),
            "a copy of meanwhile" => meanwhile.clone(),
            _ => foreign.database().join("muster.db"),
        };
        fs::copy(other, &database).expect("is written over");
        let ready = read(serving.get("/readyz", ""));
        assert!(ready.starts_with("HTTP/1.1 503") && ready.contains("deleted or replaced"), "{which}: {ready}");
        let answer = write(&serving, &token, false);
        assert!(!answer.starts_with("HTTP/1.1 200"), "{which}: {answer}");
        assert!(read(serving.get("/readyz", "")).starts_with("HTTP/1.1 503"), "{which}: and it stays so");
        drop(serving);
        let (status, _, error) = said(&instance.run(&["restore", meanwhile.to_str().expect("is text"), "--force"]));
        assert_eq!(status, Some(0), "{which}: {error}");
    }
    let serving = instance.serve(&[]);
    assert!(write(&serving, &token, true).starts_with("HTTP/1.1 200"), "all is back");
}

/// What somebody does with a shell of SQLite beside a server.
fn tidy_up(database: &Path) {
    let url = format!("sqlite://{}", database.display());
    let tidied = async {
        let mut conn = sqlx::SqliteConnection::connect(&url).await?;
        conn.execute("VACUUM; PRAGMA wal_checkpoint(TRUNCATE); PRAGMA optimize").await?;
        conn.close().await
    };
    tokio::runtime::Runtime::new().expect("runs").block_on(tidied).expect("is tidied up");
}

#[test]
fn what_is_gone_can_be_given_up() {
    let instance = Instance::new();
    set_up(&instance);
    instance.serve(&[]).terminate();
    let database = instance.database().join("muster.db");
    fs::remove_file(&database).expect("is there");
    for command in [&["migrate"][..], &["seed-demo"], &["user", "list"], &["check"], &["token", "list"]] {
        let (status, ..) = said(&instance.run(command));
        assert_eq!(status, Some(1), "{command:?}");
        assert!(!database.exists(), "{command:?}");
    }
    let mut serving = instance.serve(&["--start-anew"]);
    assert!(serving.next_line().contains("/setup?code="));
    serving.terminate();
    instance.serve(&[]);
}

#[test]
fn commands_that_only_look_make_nothing() {
    let instance = Instance::new();
    for command in [
        &["check"][..],
        &["check", "--json"],
        &["user", "list"],
        &["group", "export"],
        &["backup", "copy-of-nothing.db"],
    ] {
        let (status, out, error) = said(&instance.run(command));
        assert_eq!(status, Some(1), "{command:?}");
        assert!(format!("{out}{error}").contains("there is no database"), "{command:?}: {out}{error}");
        assert!(!instance.database().exists(), "{command:?}");
    }
}

#[test]
fn a_damaged_database_is_found_and_not_served_until_a_copy_is_put_in_its_place() {
    type Damage = fn(&mut fs::File, u64);
    let damages: [(&str, Damage); 3] = [
        ("no database", |file, _| file.write_all(b"This is a letter.").expect("can be written")),
        ("pages of noise", |file, length| {
            file.seek(SeekFrom::Start(length / 3 / 4096 * 4096)).expect("is long enough");
            file.write_all(&vec![0xA5; 65_536]).expect("can be written");
        }),
        ("half of it", |file, length| file.set_len(length / 2 / 4096 * 4096).expect("can be cut")),
    ];
    for (name, damage) in damages {
        let instance = Instance::new();
        set_up(&instance);
        let copy = instance.database().join("copy.db");
        let path = copy.to_str().expect("is text");
        assert_eq!(instance.run(&["backup", path]).status.code(), Some(0));
        let database = instance.database().join("muster.db");
        let mut file = fs::OpenOptions::new().write(true).open(&database).expect("is ours");
        let length = file.metadata().expect("is there").len();
        damage(&mut file, length);
        drop(file);
        let (status, out, error) = said(&instance.run(&["check"]));
        assert_eq!(status, Some(1), "{name}: {out}{error}");
        assert!(!out.contains("in order"), "{name}: {out}{error}");
        for suffix in ["-wal", "-shm"] {
            let beside = instance.database().join(format!("muster.db{suffix}"));
            assert!(!beside.exists(), "{name}: {}", beside.display());
        }
        let (status, _, error) = said(&instance.run(&["serve", "--listen", "127.0.0.1:0"]));
        assert_eq!(status, Some(1), "{name}");
        assert!(error.contains("damaged") && error.contains("restore"), "{name}: {error}");
        let (status, _, error) = said(&instance.run(&["restore", path, "--force"]));
        assert_eq!(status, Some(0), "{name}: {error}");
        let (status, out, _) = said(&instance.run(&["check"]));
        assert_eq!(status, Some(0), "{name}: {out}");
        instance.serve(&[]);
    }
}

#[test]
fn a_full_disk_is_called_that_and_reading_goes_on() {
    let instance = Instance::new();
    let token = set_up(&instance);
    // No file may be longer than one or two megabytes: the log of the database comes to that before it is worked off.
    let limited = within("ulimit -f 2048", &instance.command(&["serve", "--listen", "127.0.0.1:0"]));
    let serving = Serving::begin(limited);
    let mut answer = String::new();
    for number in 0..2000 {
        answer = write(&serving, &token, number % 2 == 0);
        if !answer.starts_with("HTTP/1.1 200") {
            break;
        }
    }
    assert!(answer.starts_with("HTTP/1.1 503") && answer.contains("disk_full"), "{answer}");
    assert!(answer.contains("The disk of the server is full"), "{answer}");
    let ready = read(serving.get("/readyz", ""));
    assert!(ready.starts_with("HTTP/1.1 503") && ready.contains("the disk is full"), "{ready}");
    assert!(read(serving.get("/login", "")).starts_with("HTTP/1.1 200"));
    serving.terminate();
    let (status, out, _) = said(&instance.run(&["check"]));
    assert_eq!(status, Some(0), "{out}");
}

#[test]
fn a_log_that_cannot_be_written_stops_nothing() {
    let instance = Instance::new();
    set_up(&instance);
    let full = fs::OpenOptions::new().write(true).open("/dev/full").expect("is there");
    let mut command = instance.command(&["serve", "--listen", "127.0.0.1:0", "--log", "debug"]);
    command.stderr(full);
    let serving = Serving::begin(command);
    for _ in 0..20 {
        assert!(read(serving.get("/login", "")).starts_with("HTTP/1.1 200"));
    }
    assert_eq!(serving.terminate().0, Some(0));

    let mut command = instance.command(&["serve", "--listen", "127.0.0.1:0", "--log", "debug"]);
    command.stderr(Stdio::piped());
    let mut serving = Serving::begin(command);
    drop(serving.take_stderr());
    for _ in 0..20 {
        assert!(read(serving.get("/login", "")).starts_with("HTTP/1.1 200"));
    }
    assert_eq!(serving.terminate().0, Some(0));
}

#[test]
fn a_console_that_nobody_reads_stops_nothing() {
    let instance = Instance::new();
    set_up(&instance);
    // Its port is found in its log.
    let full = fs::OpenOptions::new().write(true).open("/dev/full").expect("is there");
    let mut command = instance.command(&["serve", "--listen", "127.0.0.1:0"]);
    let mut child = command.stdout(full).stderr(Stdio::piped()).spawn().expect("runs");
    let mut log = std::io::BufReader::new(child.stderr.take().expect("is piped"));
    let mut said = String::new();
    let begun = Instant::now();
    while !said.contains("serving") {
        assert!(begun.elapsed() < Duration::from_secs(30), "{said}");
        assert!(std::io::BufRead::read_line(&mut log, &mut said).expect("is text") > 0, "it ended: {said}");
    }
    assert!(child.try_wait().expect("can be asked").is_none(), "it serves");
    child.kill().expect("can be ended");
    child.wait().expect("ends");
}

#[test]
fn whoever_reads_only_the_beginning_hears_no_complaint() {
    let instance = Instance::new();
    set_up(&instance);
    for arguments in [&["user", "list"][..], &["group", "export"], &["check"], &["--help"], &["user", "list", "--json"]]
    {
        let mut command = instance.command(arguments);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("runs");
        drop(child.stdout.take());
        let mut complaint = String::new();
        child.stderr.take().expect("is piped").read_to_string(&mut complaint).expect("is text");
        assert_eq!((child.wait().expect("ends").code(), complaint.as_str()), (Some(0), ""), "{arguments:?}");
    }
}

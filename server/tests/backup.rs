//! Copies of the database: made while it is written to, put back where nothing is lost by it.

use crate::command_line::{Instance, said};
use domain::{Command, Timestamp, UserDraft, Username};
use std::{
    collections::BTreeSet,
    fs,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicU32, Ordering},
    },
};
use store::{CallerId, Order, Store};

/// Makes accounts as fast as the database lets it, until told to stop; notes each that was answered.
async fn write(store: Store, next: Arc<AtomicU32>, stop: Arc<AtomicBool>, answered: Arc<Mutex<BTreeSet<String>>>) {
    while !stop.load(Ordering::Acquire) {
        let name = format!("pilot{}", next.fetch_add(1, Ordering::Relaxed));
        let username = Username::parse(&name).expect("is a name");
        let draft =
            UserDraft { username, email: None, staff: false, superuser: false, permissions: domain::Permissions::NONE };
        let command = Command::CreateUser(Box::new(draft));
        let order = Order::new(CallerId::System, command, Timestamp(1_700_000_000_000_000));
        let order = Order { password_hash: Some("no hash".to_owned()), ..order };
        store.execute(order).await.expect("is made");
        answered.lock().expect("is free").insert(name);
    }
}

fn names(instance: &Instance) -> BTreeSet<String> {
    let (status, out, error) = said(&instance.run(&["user", "list", "--json"]));
    assert_eq!(status, Some(0), "{error}");
    let name = |line: &str| {
        let user: serde_json::Value = serde_json::from_str(line).expect("is JSON");
        user["username"].as_str().expect("has a name").to_owned()
    };
    out.lines().map(name).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_copy_under_load_holds_whatever_was_answered_before_it_began() {
    let (instance, elsewhere) = (Instance::new(), Instance::new());
    assert_eq!(instance.run(&["migrate"]).status.code(), Some(0));
    let serving = instance.serve(&[]);
    let database = instance.database().join("muster.db");
    let store = Store::open(&format!("sqlite://{}", database.display())).await.expect("opens");
    let (next, stop) = (Arc::new(AtomicU32::new(0)), Arc::new(AtomicBool::new(false)));
    let answered = Arc::new(Mutex::new(BTreeSet::new()));
    let writer = || tokio::spawn(write(store.clone(), next.clone(), stop.clone(), answered.clone()));
    let writers: Vec<_> = (0..4).map(|_| writer()).collect();
    while answered.lock().expect("is free").len() < 200 {
        tokio::task::yield_now().await;
    }

    let before = answered.lock().expect("is free").clone();
    let file = instance.database().join("copy.db");
    let path = file.to_str().expect("is text");
    let (status, out, error) = said(&instance.run(&["backup", path, "--json"]));
    assert_eq!(status, Some(0), "{error}");
    let during = answered.lock().expect("is free").len() - before.len();
    assert!(during > 0, "nothing was written meanwhile");
    stop.store(true, Ordering::Release);
    for writer in writers {
        writer.await.expect("ends");
    }
    store.close().await;
    drop(serving);
    let made: serde_json::Value = serde_json::from_str(&out).expect("is JSON");
    assert_eq!(made["bytes"].as_u64(), Some(fs::metadata(&file).expect("is there").len()));

    let (status, _, error) = said(&elsewhere.run(&["restore", path]));
    assert_eq!(status, Some(0), "{error}");
    let (status, out, _) = said(&elsewhere.run(&["check"]));
    assert_eq!(status, Some(0), "{out}");
    let restored = names(&elsewhere);
    let lost: Vec<_> = before.difference(&restored).collect();
    assert!(lost.is_empty(), "answered before the copy began, and not in it: {lost:?}");
    assert_eq!(elsewhere.serve(&[]).terminate().0, Some(0), "it can be served");
}

#[test]
fn a_file_that_is_there_is_overwritten_only_by_force() {
    let instance = Instance::new();
    assert_eq!(instance.run(&["seed-demo"]).status.code(), Some(0));
    let file = instance.database().join("copy.db");
    let path = file.to_str().expect("is text");
    fs::write(&file, "precious").expect("can be written");
    let (status, _, error) = said(&instance.run(&["backup", path]));
    assert_eq!(status, Some(1));
    assert!(error.contains("--force"), "{error}");
    assert_eq!(fs::read(&file).expect("is there"), b"precious");
    assert_eq!(instance.run(&["backup", path, "--force"]).status.code(), Some(0));
    assert!(fs::read(&file).expect("is there").starts_with(b"SQLite format 3"));
    let left: Vec<_> = fs::read_dir(instance.database())
        .expect("is there")
        .map(|entry| entry.expect("is listed").file_name().to_string_lossy().into_owned())
        .filter(|name| name.contains("copy.db."))
        .collect();
    assert!(left.is_empty(), "{left:?}");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::metadata(&file).expect("is there").permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "the copy is for its owner alone");
    }
    let nowhere = instance.database().join("nowhere").join("copy.db");
    assert_eq!(instance.run(&["backup", nowhere.to_str().expect("is text")]).status.code(), Some(1));
}

#[test]
fn nothing_is_replaced_that_is_served_or_in_use_and_nothing_damaged_is_restored() {
    let (instance, elsewhere) = (Instance::new(), Instance::new());
    assert_eq!(instance.run(&["seed-demo"]).status.code(), Some(0));
    let file = instance.database().join("copy.db");
    let path = file.to_str().expect("is text");
    assert_eq!(instance.run(&["backup", path]).status.code(), Some(0));
    assert_eq!(elsewhere.run(&["migrate"]).status.code(), Some(0));
    assert_eq!(elsewhere.run(&["user", "create", "ana"]).status.code(), Some(0));

    let (status, _, error) = said(&elsewhere.run(&["restore", path]));
    assert_eq!(status, Some(1), "it has an account");
    assert!(error.contains("--force"), "{error}");
    let serving = elsewhere.serve(&[]);
    let (status, _, error) = said(&elsewhere.run(&["restore", path, "--force"]));
    assert_eq!(status, Some(1), "it is served");
    assert!(error.contains("another process serves"), "{error}");
    serving.terminate();

    let whole = fs::read(&file).expect("is there");
    let damaged = instance.database().join("damaged.db");
    for bytes in [&b""[..], b"no database at all", &whole[..whole.len() / 2]] {
        fs::write(&damaged, bytes).expect("can be written");
        let path = damaged.to_str().expect("is text");
        assert_eq!(elsewhere.run(&["restore", path, "--force"]).status.code(), Some(1), "{} bytes", bytes.len());
    }
    assert_eq!(elsewhere.run(&["restore", "/nowhere/at/all"]).status.code(), Some(1));
    assert!(names(&elsewhere).contains("ana"), "whatever was refused changed nothing");

    let (status, out, error) = said(&elsewhere.run(&["restore", path, "--force", "--json"]));
    assert_eq!(status, Some(0), "{error}");
    let restored: serde_json::Value = serde_json::from_str(&out).expect("is JSON");
    assert_eq!(restored["file"], path);
    assert_eq!(names(&elsewhere), names(&instance));
}

#[test]
fn postgresql_is_copied_by_its_own_tools_and_the_command_is_said() {
    let instance = Instance::new();
    for (command, tool) in [("backup", "pg_dump"), ("restore", "pg_restore")] {
        let mut command = instance.command(&[command, "copy"]);
        command.env("MUSTER_DATABASE_URL", "postgres://ana:geheim@127.0.0.1:1/muster");
        let (status, out, error) = said(&command.output().expect("runs"));
        assert_eq!((status, out.as_str()), (Some(1), ""));
        assert!(error.contains(tool) && error.contains("copy") && !error.contains("geheim"), "{error}");
    }
}

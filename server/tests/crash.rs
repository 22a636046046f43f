//! The process is killed in the middle of two hundred approvals, again and again. What it answered is there afterwards,
//! what it did not answer is whole or absent, and nothing is there twice.

use domain::{Flag, Flags, GroupId, Permissions, RequestId, RequestKind, RequestStatus, State, UserId};
use sqlx::{Connection, SqliteConnection};
use std::{
    collections::BTreeSet,
    env, fs,
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    path::{Path, PathBuf},
    process::{Child, ChildStdout, Command, Stdio},
    sync::mpsc,
    thread,
};
use store::{Seed, SeedGroup, SeedRequest, SeedUser, Store};

use crate::harness::START;

const ROUNDS: i64 = 10;
const APPROVALS: i64 = 200;
pub const PASSWORD: &str = "a password for this test";

/// A served database that may be killed. Dropped, it is gone with its files.
struct Instance {
    dir: PathBuf,
    child: Child,
    address: String,
    // Kept open: the process must not fail because nobody reads what it prints.
    _stdout: BufReader<ChildStdout>,
}

impl Instance {
    /// Starts to serve and waits for the line that says where.
    fn serve(dir: PathBuf) -> Self {
        let mut command = muster(&dir, &["serve", "--listen", "127.0.0.1:0"]);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("the binary starts");
        let mut stdout = BufReader::new(child.stdout.take().expect("is piped"));
        let mut line = String::new();
        while !line.contains("http://") {
            line.clear();
            assert!(stdout.read_line(&mut line).expect("prints text") > 0, "it ended before it said where it is");
        }
        let address = line.trim().rsplit("http://").next().unwrap_or_default().trim_end_matches('/').to_owned();
        Self { dir, child, address, _stdout: stdout }
    }

    /// The end without warning: SIGKILL.
    fn kill(&mut self) {
        self.child.kill().expect("can be killed");
        self.child.wait().expect("is gone");
    }

    fn restart(self) -> Self {
        Self::serve(self.dir.clone())
    }

    /// Approves all requests of a round at once and kills the process after so many answers. Returns what was answered
    /// with success.
    fn approve_and_kill(&mut self, round: i64, answers_before: i64) -> BTreeSet<i64> {
        let cookie = sign_in(&self.address);
        let (told, answers) = mpsc::channel();
        thread::scope(|scope| {
            for request in requests_of(round) {
                let (told, cookie, address) = (told.clone(), &cookie, self.address.clone());
                scope.spawn(move || {
                    let form = format!("request={request}&command_id=crash-{request}");
                    let answer = post(&address, "/api/requests/approve", cookie, &form);
                    let succeeded = answer.is_some_and(|answer| answer.starts_with("HTTP/1.1 200"));
                    // Nobody listens any more only if the test has failed already.
                    let _ = told.send(succeeded.then_some(request));
                });
            }
            drop(told);
            let mut done = BTreeSet::new();
            while done.len() < usize::try_from(answers_before).unwrap_or_default() {
                done.extend(answers.recv().expect("there are as many answers"));
            }
            self.child.kill().expect("can be killed");
            done.extend(answers.into_iter().flatten());
            self.kill();
            done
        })
    }
}

/// Sends a form and returns the whole answer; nothing where the process is gone.
pub fn post(address: &str, path: &str, cookie: &str, form: &str) -> Option<String> {
    let mut stream = TcpStream::connect(address).ok()?;
    let head = format!(
        "POST {path} HTTP/1.1\r\nhost: {address}\r\norigin: http://{address}\r\ncookie: {cookie}\r\n\
         accept: application/json\r\ncontent-type: application/x-www-form-urlencoded\r\n\
         content-length: {}\r\nconnection: close\r\n\r\n{form}",
        form.len()
    );
    stream.write_all(head.as_bytes()).ok()?;
    let mut answer = String::new();
    // A connection that breaks off after the head has answered nothing that counts.
    stream.read_to_string(&mut answer).ok()?;
    Some(answer)
}

/// Signs in at an address and returns the cookie.
pub fn sign_in(address: &str) -> String {
    let form = format!("username=boss&password={}", PASSWORD.replace(' ', "+"));
    let answer = post(address, "/login", "", &form).expect("answers");
    let cookie = answer.lines().find_map(|line| line.strip_prefix("set-cookie: "));
    let cookie = cookie.unwrap_or_else(|| panic!("no cookie in {answer}"));
    cookie.split(';').next().unwrap_or_default().to_owned()
}

impl Drop for Instance {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn muster(dir: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_muster"));
    command.args(arguments).arg("--data-dir").arg(dir).env("MUSTER_LOG", "error");
    command
}

fn requests_of(round: i64) -> impl Iterator<Item = i64> {
    (1..=APPROVALS).map(move |place| (round - 1) * APPROVALS + place)
}

/// One public group for each round, and the same people waiting for all of them.
fn seed() -> Seed {
    let users = (1..=APPROVALS).map(|id| SeedUser {
        id: UserId(id),
        username: format!("applicant{id}"),
        email: None,
        password_hash: None,
        active: true,
        staff: false,
        superuser: false,
        permissions: Permissions::NONE,
        state: State::GUEST,
        characters: Vec::new(),
        created_at: START,
    });
    let groups = (1..=ROUNDS).map(|id| SeedGroup {
        id: GroupId(id),
        name: format!("Round {id}"),
        description: String::new(),
        flags: Flags::default().with(Flag::Internal, false).with(Flag::Hidden, false).with(Flag::Public, true),
        states: Vec::new(),
        permissions: Permissions::NONE,
        leaders: Vec::new(),
        leader_groups: Vec::new(),
        join_token: format!("token {id}"),
        created_at: START,
    });
    let requests = (1..=ROUNDS).flat_map(|round| {
        requests_of(round).zip(1..).map(move |(id, user)| SeedRequest {
            id: RequestId(id),
            group: GroupId(round),
            user: UserId(user),
            kind: RequestKind::Join,
            status: RequestStatus::Open,
            reason: None,
            created_at: START,
            settled: None,
        })
    });
    Seed { users: users.collect(), groups: groups.collect(), requests: requests.collect(), ..Seed::default() }
}

/// Makes the database and the one who approves.
async fn prepare(dir: &Path) {
    fs::create_dir_all(dir).expect("a folder");
    let store = Store::open(&url(dir)).await.expect("opens");
    store.migrate().await.expect("migrates");
    store.seed(&seed(), &|_, _| {}).await.expect("is seeded");
    store.close().await;
    let arguments = ["user", "create", "boss", "--superuser", "--password-stdin"];
    let mut child = muster(dir, &arguments).stdin(Stdio::piped()).stdout(Stdio::null()).spawn().expect("starts");
    child.stdin.take().expect("is piped").write_all(PASSWORD.as_bytes()).expect("reads");
    assert!(child.wait().expect("ends").success());
}

fn url(dir: &Path) -> String {
    format!("sqlite://{}", dir.join("muster.db").display())
}

/// What the file itself says of one request: read beside the store, whose own reading is not what is to be trusted here.
#[derive(sqlx::FromRow)]
struct Row {
    id: i64,
    status: i64,
    memberships: i64,
    grants: i64,
    events: i64,
}

async fn rows(dir: &Path, round: i64) -> Vec<Row> {
    let mut conn = SqliteConnection::connect(&url(dir)).await.expect("opens");
    let rows = sqlx::query_as(
        "SELECT r.id, r.status,
            (SELECT count(*) FROM memberships m WHERE m.group_id = r.group_id AND m.user_id = r.user_id) AS memberships,
            (SELECT count(*) FROM grants g WHERE g.group_id = r.group_id AND g.user_id = r.user_id) AS grants,
            (SELECT count(*) FROM events e WHERE e.request_id = r.id AND e.member_delta = 1) AS events
         FROM requests r WHERE r.group_id = $1",
    );
    let rows = rows.bind(round).fetch_all(&mut conn).await.expect("answers");
    conn.close().await.expect("closes");
    rows
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_answered_survives_a_kill_and_nothing_is_half_done() {
    const OPEN: i64 = 0;
    const APPROVED: i64 = 1;
    let dir = env::temp_dir().join(format!("muster-crash-{}", std::process::id()));
    prepare(&dir).await;
    let mut instance = Instance::serve(dir.clone());
    for round in 1..=ROUNDS {
        // Early, late and in between.
        let answered = instance.approve_and_kill(round, 1 + (round - 1) * 17);
        instance = instance.restart();
        let rows = rows(&dir, round).await;
        assert_eq!(rows.len(), usize::try_from(APPROVALS).unwrap_or_default());
        for Row { id, status, memberships, grants, events } in rows {
            let whole = match status {
                APPROVED => (1, 1, 1),
                OPEN => (0, 0, 0),
                other => panic!("request {id} is in the state {other}"),
            };
            assert_eq!((memberships, grants, events), whole, "request {id} in round {round}");
            assert!(status == APPROVED || !answered.contains(&id), "request {id} was answered and is lost");
        }
        let store = Store::open(&url(&dir)).await.expect("opens beside the process");
        assert_eq!(store.check().await.expect("checks"), Vec::<String>::new(), "after round {round}");
        store.close().await;
    }
    drop(instance);
    fs::remove_dir_all(&dir).expect("the folder goes");
}

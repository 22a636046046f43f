//! Several processes on one PostgreSQL, asked in turn without stickiness, one of them killed again and again: no decision is
//! lost or made twice, and a live page that goes on with the next process misses no event.

use crate::{
    crash::{self, PASSWORD},
    harness::START,
};
use domain::{
    EventPayload, Flag, Flags, Frame, GroupId, Permissions, RequestId, RequestKind, RequestStatus, Seq, State, UserId,
};
use std::{
    collections::{BTreeMap, BTreeSet},
    env, fs,
    io::{BufRead, BufReader, Write},
    net::TcpStream,
    path::PathBuf,
    process::{Child, ChildStdout, Command, Stdio},
    sync::{
        Mutex, RwLock,
        atomic::{AtomicUsize, Ordering},
        mpsc,
    },
    thread,
    time::{Duration, Instant},
};
use store::{Seed, SeedGroup, SeedRequest, SeedUser, Store};
use store_testing::{Database, Engine};

const PROCESSES: usize = 3;
const CLIENTS: usize = 6;
/// A stream beats more often than this.
const SILENCE: Duration = Duration::from_mins(1);
/// What was not told by then never will be.
const PATIENCE: Duration = Duration::from_mins(3);

/// How long the processes are asked, and when one of them is killed.
#[derive(Clone, Copy)]
struct Blows {
    /// How many requests wait.
    requests: i64,
    /// After this long nobody decides any more.
    lasts: Duration,
    /// One is killed when this many more decisions were answered, and this long after the last was.
    decisions: usize,
    pause: Duration,
    /// What is added to the URL of the database.
    parameter: &'static str,
}

/// The processes, each behind its place; a killed one is replaced at another address.
struct Cluster {
    url: String,
    dir: PathBuf,
    running: RwLock<Vec<Running>>,
    turn: AtomicUsize,
}

struct Running {
    child: Mutex<Child>,
    address: String,
    // Kept open: the process must not fail because nobody reads what it prints.
    _stdout: BufReader<ChildStdout>,
}

impl Drop for Running {
    fn drop(&mut self) {
        if let Ok(child) = self.child.get_mut() {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

impl Cluster {
    fn start(url: String, dir: PathBuf) -> Self {
        let running = (0..PROCESSES).map(|_| Self::serve(&url, &dir)).collect();
        Self { url, dir, running: RwLock::new(running), turn: AtomicUsize::new(0) }
    }

    fn command(url: &str, dir: &PathBuf, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_muster"));
        command.args(arguments).arg("--data-dir").arg(dir);
        command.env("MUSTER_DATABASE_URL", url).env("MUSTER_LOG", "error");
        command
    }

    fn serve(url: &str, dir: &PathBuf) -> Running {
        let mut command = Self::command(url, dir, &["serve", "--listen", "127.0.0.1:0"]);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("the binary starts");
        let mut stdout = BufReader::new(child.stdout.take().expect("is piped"));
        let mut line = String::new();
        while !line.contains("http://") {
            line.clear();
            assert!(stdout.read_line(&mut line).expect("prints text") > 0, "it ended before it said where it is");
        }
        let address = line.trim().rsplit("http://").next().unwrap_or_default().to_owned();
        Running { child: Mutex::new(child), address, _stdout: stdout }
    }

    /// The process whose turn it is, as of a plain proxy.
    fn next(&self) -> String {
        let turn = self.turn.fetch_add(1, Ordering::Relaxed) % PROCESSES;
        self.running.read().expect("is whole")[turn].address.clone()
    }

    /// Ends one process without warning and starts another in its place.
    fn kill(&self, place: usize) {
        {
            let running = self.running.read().expect("is whole");
            let mut child = running[place].child.lock().expect("is whole");
            child.kill().expect("can be killed");
            child.wait().expect("is gone");
        }
        let fresh = Self::serve(&self.url, &self.dir);
        self.running.write().expect("is whole")[place] = fresh;
    }

    /// Approves a request under one name, at one process after the other until one answers. Whether it was this approval
    /// that decided.
    fn approve(&self, request: i64, name: &str, cookie: &str) -> bool {
        let form = format!("request={request}&command_id={name}");
        loop {
            let answer = crash::post(&self.next(), "/api/requests/approve", cookie, &form);
            match answer.as_deref().and_then(|answer| answer.get(9..12)) {
                Some("200") => return true,
                Some("409") => return false,
                // Cut off, or a process whose database connections were: asked again under the same name.
                Some("503") | None => {}
                Some(_) => panic!("{answer:?}"),
            }
        }
    }

    /// Two leaders at once, at different processes: how many of them decided.
    fn approve_twice(&self, request: i64, cookie: &str) -> usize {
        thread::scope(|scope| {
            let one = scope.spawn(|| self.approve(request, &format!("one-{request}"), cookie));
            let other = scope.spawn(|| self.approve(request, &format!("other-{request}"), cookie));
            [one, other].into_iter().filter_map(|one| one.join().expect("is answered").then_some(())).count()
        })
    }

    /// Follows the feed from the beginning, at the next process wherever one is lost, until as many approvals were told as
    /// were made.
    fn watch(&self, cookie: &str, since: i64, made: &AtomicUsize) -> BTreeMap<i64, Vec<i64>> {
        let mut told: BTreeMap<i64, Vec<i64>> = BTreeMap::new();
        let (mut at, begun) = (since, Instant::now());
        let is_over = |told: &BTreeMap<_, _>| told.len() >= made.load(Ordering::Acquire) || begun.elapsed() > PATIENCE;
        while !is_over(&told) {
            let address = self.next();
            let Some(stream) = open(&address, cookie, at) else { continue };
            for line in BufReader::new(stream).lines() {
                let Ok(line) = line else { break };
                if is_over(&told) {
                    break;
                }
                let Some(data) = line.strip_prefix("data: ") else { continue };
                let Ok(frame) = serde_json::from_str::<Frame>(data) else { continue };
                let Some(Seq(seq)) = frame.seq() else { continue };
                assert!(!matches!(frame, Frame::Reset { .. }), "the stream was told to start anew at {at}");
                assert!(seq > at, "{seq} came after {at}");
                at = seq;
                if let Frame::Event { logged, .. } = frame
                    && logged.event.what == EventPayload::Approved(RequestKind::Join)
                {
                    told.entry(logged.event.request.expect("names it").0).or_default().push(seq);
                }
            }
        }
        told
    }
}

/// Adds a parameter to the URL of a database.
fn with(url: &str, parameter: &str) -> String {
    match parameter {
        "" => url.to_owned(),
        parameter => format!("{url}{}{parameter}", if url.contains('?') { '&' } else { '?' }),
    }
}

fn next_of(left: &Mutex<Vec<i64>>) -> Option<i64> {
    left.lock().expect("is whole").pop()
}

/// Opens a stream that goes on after `since`.
fn open(address: &str, cookie: &str, since: i64) -> Option<TcpStream> {
    let mut stream = TcpStream::connect(address).ok()?;
    stream.set_read_timeout(Some(SILENCE)).ok()?;
    let head = format!(
        "GET /live?since=0 HTTP/1.1\r\nhost: {address}\r\ncookie: {cookie}\r\nlast-event-id: {since}\r\n\
         accept: text/event-stream\r\nconnection: close\r\n\r\n"
    );
    stream.write_all(head.as_bytes()).ok()?;
    Some(stream)
}

/// One public group, and as many people as there are requests waiting for it.
fn seed(requests: i64) -> Seed {
    let users = (1..=requests).map(|id| SeedUser {
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
    let group = SeedGroup {
        id: GroupId(1),
        name: "Everybody".to_owned(),
        description: String::new(),
        flags: Flags::default().with(Flag::Internal, false).with(Flag::Hidden, false).with(Flag::Public, true),
        states: Vec::new(),
        permissions: Permissions::NONE,
        leaders: Vec::new(),
        leader_groups: Vec::new(),
        join_token: "token".to_owned(),
        created_at: START,
    };
    let requests = (1..=requests).map(|id| SeedRequest {
        id: RequestId(id),
        group: GroupId(1),
        user: UserId(id),
        kind: RequestKind::Join,
        status: RequestStatus::Open,
        reason: None,
        created_at: START,
        settled: None,
    });
    Seed { users: users.collect(), groups: vec![group], requests: requests.collect(), ..Seed::default() }
}

#[tokio::test(flavor = "multi_thread")]
async fn killing_one_process_after_the_other_loses_and_doubles_nothing() {
    rage(Blows { requests: 600, lasts: PATIENCE, decisions: 120, pause: Duration::ZERO, parameter: "" }).await;
}

/// `cargo test --release -p server one_killed_every_five_seconds -- --ignored --nocapture`
#[tokio::test(flavor = "multi_thread")]
#[ignore = "takes more than a minute, and another without notifications"]
async fn one_killed_every_five_seconds_for_a_minute_loses_and_doubles_nothing() {
    for parameter in ["", "notify=off"] {
        let (lasts, pause) = (Duration::from_mins(1), Duration::from_secs(5));
        rage(Blows { requests: 60_000, lasts, decisions: 1, pause, parameter }).await;
    }
}

async fn rage(blows: Blows) {
    let database = Database::create(Engine::Postgres).await;
    let store = Store::open(&database.url).await.expect("opens");
    store.seed(&seed(blows.requests), &|_, _| {}).await.expect("is seeded");
    let dir = env::temp_dir().join(format!("muster-several-{}", std::process::id()));
    fs::create_dir_all(&dir).expect("a folder");
    let mut made =
        Cluster::command(&database.url, &dir, &["user", "create", "boss", "--superuser", "--password-stdin"])
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .spawn()
            .expect("starts");
    made.stdin.take().expect("is piped").write_all(PASSWORD.as_bytes()).expect("reads");
    assert!(made.wait().expect("ends").success());

    let cluster = Cluster::start(with(&database.url, blows.parameter), dir.clone());
    // Signed in at one process, known to all.
    let cookie = crash::sign_in(&cluster.next());
    let since = store.feed_bounds().await.expect("answers").1.0;
    let left = Mutex::new((1..=blows.requests).collect::<Vec<_>>());
    let (begun, made) = (Instant::now(), AtomicUsize::new(usize::MAX));
    let (told, all) = thread::scope(|scope| {
        let watch = || cluster.watch(&cookie, since, &made);
        let streams: Vec<_> = (0..PROCESSES).map(|_| scope.spawn(watch)).collect();
        let (decided, decisions) = mpsc::channel();
        for _ in 0..CLIENTS {
            let (decided, cluster, cookie, left) = (decided.clone(), &cluster, &cookie, &left);
            scope.spawn(move || {
                while begun.elapsed() < blows.lasts
                    && let Some(request) = next_of(left)
                {
                    assert_eq!(cluster.approve_twice(request, cookie), 1, "request {request} is decided once");
                    decided.send(request).expect("somebody counts");
                }
            });
        }
        drop(decided);
        let (mut kills, mut since_kill, mut last_kill) = (0, 0, begun);
        let mut all = BTreeSet::new();
        for request in decisions {
            all.insert(request);
            since_kill += 1;
            if since_kill >= blows.decisions && last_kill.elapsed() >= blows.pause {
                cluster.kill(kills % PROCESSES);
                kills += 1;
                (since_kill, last_kill) = (0, Instant::now());
            }
        }
        println!("{} decisions by two each in {:.1?}, {kills} processes killed", all.len(), begun.elapsed());
        assert!(kills >= PROCESSES, "each was killed once, not {kills} in all");
        made.store(all.len(), Ordering::Release);
        let told = streams.into_iter().map(|stream| stream.join().expect("the stream goes on")).collect::<Vec<_>>();
        (told, all)
    });

    let count = i64::try_from(all.len()).unwrap_or_default();
    for told in told {
        assert_eq!(told.keys().copied().collect::<BTreeSet<_>>(), all, "no stream misses an event");
        assert!(told.values().all(|places| places.len() == 1), "and none comes twice");
    }
    drop(cluster);
    assert_eq!(store.check().await.expect("checks"), Vec::<String>::new());
    let mut members = 0;
    store.export_members(&mut |_| members += 1).await.expect("answers");
    assert_eq!(members, count, "whoever was approved is in, once");
    store.close().await;
    database.remove().await;
    fs::remove_dir_all(&dir).expect("the folder goes");
}

//! The PostgreSQL server that tests use: one that is named, or one of their own.

use sqlx::{Connection, PgConnection};
use std::{
    env, fs,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::{Mutex, PoisonError},
    time::Duration,
};
use tokio::{sync::OnceCell, time::interval};

/// Names a server where databases may be made.
const URL_VARIABLE: &str = "MUSTER_TEST_POSTGRES_URL";
/// How often, and for how long, a starting server is asked whether it is there.
const ASKING: Duration = Duration::from_millis(50);
const PATIENCE: u32 = 600;

/// The shell that runs the server until whoever holds its standard input is gone, killed or not; then it stops the
/// server at once and removes its files.
const KEEPER: &str = r#"
    "$@" >"$CLUSTER/log" 2>&1 &
    read -r _
    kill -QUIT $!
    wait $!
    rm -rf "$CLUSTER"
"#;

/// The keeper, whose standard input is open as long as this process lives.
static KEPT: Mutex<Option<Child>> = Mutex::new(None);

/// The URL of the server, up to where the name of a database goes, and what comes after it.
pub(crate) struct Server {
    before: String,
    after: String,
}

impl Server {
    /// The URL of one database.
    pub(crate) fn url(&self, database: &str) -> String {
        format!("{}/{database}{}", self.before, self.after)
    }

    /// The named server, or one's own: started by the first who asks.
    pub(crate) async fn get() -> &'static Self {
        static SERVER: OnceCell<Server> = OnceCell::const_new();
        SERVER
            .get_or_init(|| async {
                match env::var(URL_VARIABLE) {
                    Ok(url) if !url.is_empty() => Self::named(&url),
                    _ => Self::start().await,
                }
            })
            .await
    }

    fn named(url: &str) -> Self {
        let (url, query) = url.split_once('?').map_or((url, String::new()), |(url, query)| (url, format!("?{query}")));
        let authority = url.find("://").map_or(0, |place| place + 3);
        let end = url[authority..].find('/').map_or(url.len(), |place| authority + place);
        Self { before: url[..end].to_owned(), after: query }
    }

    async fn start() -> Self {
        let directory = env::temp_dir().join(format!("muster-pg-{}", std::process::id()));
        fs::create_dir_all(&directory).expect("a directory for PostgreSQL");
        let user = Unprivileged::find();
        if let Some(user) = &user {
            user.own(&directory);
        }
        let files = directory.join("files");
        let made = command(user.as_ref(), "initdb", &directory)
            .args(["--username=muster", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync", "-D"])
            .arg(&files)
            .output()
            .expect("initdb");
        assert!(made.status.success(), "initdb: {}", String::from_utf8_lossy(&made.stderr));

        let server = command(user.as_ref(), "postgres", &directory);
        let keeper = Command::new("sh")
            .env("CLUSTER", &directory)
            .args(["-c", KEEPER, "sh"])
            .arg(server.get_program())
            .args(server.get_args())
            .arg("-D")
            .arg(&files)
            .arg("-k")
            .arg(&directory)
            // Its socket has a place of its own: no port to be taken by somebody else.
            .args(["-c", "listen_addresses=", "-c", "fsync=off", "-c", "full_page_writes=off"])
            .args(["-c", "max_connections=400", "-c", "shared_buffers=64MB"])
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("a shell");
        *KEPT.lock().unwrap_or_else(PoisonError::into_inner) = Some(keeper);

        let server =
            Self { before: "postgres://muster@localhost".to_owned(), after: format!("?host={}", directory.display()) };
        server.wait_until_ready(&directory).await;
        server
    }

    async fn wait_until_ready(&self, directory: &Path) {
        let mut ticks = interval(ASKING);
        for _ in 0..PATIENCE {
            ticks.tick().await;
            if let Ok(conn) = PgConnection::connect(&self.url("postgres")).await {
                let _ = conn.close().await;
                return;
            }
        }
        let log = fs::read_to_string(directory.join("log")).unwrap_or_default();
        panic!("PostgreSQL did not start: {log}");
    }
}

/// A user who may run PostgreSQL where the tests run as root, whom it refuses.
struct Unprivileged {
    user: String,
    group: String,
}

impl Unprivileged {
    fn find() -> Option<Self> {
        if id(&["-u"])? != "0" {
            return None;
        }
        ["postgres", "nobody"]
            .into_iter()
            .find_map(|name| Some(Self { user: id(&["-u", name])?, group: id(&["-g", name])? }))
    }

    fn own(&self, directory: &Path) {
        let owner = format!("{}:{}", self.user, self.group);
        let done = Command::new("chown").arg(owner).arg(directory).status();
        assert!(done.is_ok_and(|status| status.success()), "chown");
    }
}

fn id(arguments: &[&str]) -> Option<String> {
    let output = Command::new("id").args(arguments).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// A program of PostgreSQL, run by somebody whom it accepts.
fn command(user: Option<&Unprivileged>, program: &str, directory: &Path) -> Command {
    let program = find_program(program);
    let mut command = match user {
        None => Command::new(program),
        Some(user) => {
            let mut command = Command::new("setpriv");
            command.arg(format!("--reuid={}", user.user)).arg(format!("--regid={}", user.group));
            command.arg("--clear-groups").arg("--").arg(program);
            command
        }
    };
    // The directory of the test may be closed to that user.
    command.current_dir(directory);
    command
}

/// Debian keeps the server's programs beside the path, by version; the newest is taken.
fn find_program(name: &str) -> PathBuf {
    let on_path = env::var_os("PATH").into_iter().flat_map(|path| env::split_paths(&path).collect::<Vec<_>>());
    let mut by_version: Vec<PathBuf> = fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .map(|version| version.path().join("bin"))
        .collect();
    by_version.sort();
    by_version
        .into_iter()
        .rev()
        .chain(on_path)
        .map(|directory| directory.join(name))
        .find(|program| program.is_file())
        .unwrap_or_else(|| panic!("{name} of PostgreSQL is not installed, and {URL_VARIABLE} names no server"))
}

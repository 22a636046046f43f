//! Renews the committed query data: what `query!` needs to be checked without a database.
//!
//! Both databases are made fresh from the migrations and thrown away afterwards.

use crate::{
    failure::{Explain, Failure, Outcome},
    place::Place,
    program::{Program, find},
    provision,
};
use std::{
    collections::BTreeMap,
    fs::{self, File},
    path::{Path, PathBuf},
};

/// Data of each query by file name.
type Queries = BTreeMap<String, Vec<u8>>;

/// Writes `server/store/*/.sqlx`, or with `only_compare` fails where it would change.
pub fn prepare(place: &Place, only_compare: bool) -> Outcome {
    let scratch = place.join("target/prepare");
    if scratch.exists() {
        fs::remove_dir_all(&scratch).explain(format!("clear {}", scratch.display()))?;
    }
    fs::create_dir_all(&scratch).explain(format!("make {}", scratch.display()))?;

    let sqlite = scratch.join("muster.db");
    fill_sqlite(place, &sqlite)?;
    let url = format!("sqlite://{}", sqlite.display());
    let of_sqlite = collect(place, "sqlite", "SQLITE_DATABASE_URL", &url, &scratch)?;

    let cluster = Cluster::start(place)?;
    let of_postgres = cluster.fill(place).and_then(|url| collect(place, "postgres", "PG_DATABASE_URL", &url, &scratch));
    cluster.stop(place)?;

    keep(place, "sqlite", &of_sqlite, only_compare)?;
    keep(place, "postgres", &of_postgres?, only_compare)
}

/// The migrations of one database, oldest first.
fn migrations(place: &Place, database: &str) -> Outcome<Vec<PathBuf>> {
    let dir = place.join("migrations").join(database);
    let entries = fs::read_dir(&dir).explain(format!("list {}", dir.display()))?;
    let mut files: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "sql"));
    files.sort();
    Ok(files)
}

fn fill_sqlite(place: &Place, file: &Path) -> Outcome {
    if find(&["sqlite3"]).is_none() {
        provision::apt_install(place, "the sqlite3 command line, which runs the migrations", "sqlite3")?;
    }
    for migration in migrations(place, "sqlite")? {
        let read = format!(".read '{}'", migration.display());
        Program::new(place, "sqlite3").args(["-bail".as_ref(), file.as_os_str(), read.as_ref()]).run()?;
    }
    Ok(())
}

/// A PostgreSQL of our own that listens on a socket in its own folder.
struct Cluster {
    programs: PathBuf,
    dir: String,
    is_root: bool,
}

impl Cluster {
    fn start(place: &Place) -> Outcome<Self> {
        let programs = provision::postgresql(place)?;
        let is_root = Program::new(place, "id").args(["-u"]).read()? == "0";
        let mut cluster = Self { programs, dir: String::new(), is_root };
        cluster.dir = cluster.unprivileged(place, "mktemp".as_ref()).args(["-d"]).read()?;
        let data = format!("{}/data", cluster.dir);
        let initdb = cluster.unprivileged(place, &cluster.programs.join("initdb"));
        initdb.args(["--auth=trust", "--username=muster", "--no-sync", "--pgdata", &data]).read()?;
        let options = format!("-k {} -c listen_addresses='' -c fsync=off", cluster.dir);
        let log = format!("{}/log", cluster.dir);
        let pg_ctl = cluster.unprivileged(place, &cluster.programs.join("pg_ctl"));
        pg_ctl.args(["start", "--wait", "--silent", "-D", &data, "-o", &options, "-l", &log]).run()?;
        Ok(cluster)
    }

    /// PostgreSQL does not run as root; its package brings a user for it.
    fn unprivileged(&self, place: &Place, program: &Path) -> Program {
        let root_of_all = Path::new("/");
        if self.is_root {
            Program::new(place, "runuser").args(["-u", "postgres", "--"]).args([program]).dir(root_of_all)
        } else {
            Program::new(place, program).dir(root_of_all)
        }
    }

    /// Runs the migrations and returns the URL.
    fn fill(&self, place: &Place) -> Outcome<String> {
        let psql = || {
            let psql = Program::new(place, self.programs.join("psql"));
            psql.args(["--quiet", "--no-psqlrc", "--set=ON_ERROR_STOP=1", "--username=muster", "--dbname=postgres"])
                .args(["--host", &self.dir])
        };
        for migration in migrations(place, "postgres")? {
            psql().args(["--single-transaction".as_ref(), "--file".as_ref(), migration.as_os_str()]).read()?;
        }
        Ok(format!("postgres://muster@localhost/postgres?host={}", self.dir))
    }

    fn stop(self, place: &Place) -> Outcome {
        let data = format!("{}/data", self.dir);
        let pg_ctl = self.unprivileged(place, &self.programs.join("pg_ctl"));
        pg_ctl.args(["stop", "--silent", "--mode=immediate", "-D", &data]).run()?;
        fs::remove_dir_all(&self.dir).explain(format!("remove {}", self.dir))
    }
}

/// Compiles a crate of the store against a live database and gathers what the macros write.
fn collect(place: &Place, database: &str, variable: &str, url: &str, scratch: &Path) -> Outcome<Queries> {
    let out = scratch.join(database);
    fs::create_dir_all(&out).explain(format!("make {}", out.display()))?;
    // The macros write when they run, and they run when the crate is compiled: make it look changed.
    let source = place.join("server/store").join(database).join("src/lib.rs");
    let file = File::options().append(true).open(&source).explain(format!("open {}", source.display()))?;
    let newest = fs::metadata(scratch.join("muster.db")).and_then(|made| made.modified()).explain("read the time")?;
    file.set_modified(newest).explain(format!("touch {}", source.display()))?;
    Program::cargo(place)
        .args(["check", "--package", &format!("store-{database}")])
        .env("SQLX_OFFLINE", "false")
        .env("SQLX_OFFLINE_DIR", &out)
        .env(variable, url)
        .run()?;
    read_all(&out)
}

fn read_all(dir: &Path) -> Outcome<Queries> {
    let mut queries = Queries::new();
    for entry in fs::read_dir(dir).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with("query-") {
            queries.insert(name, fs::read(entry.path()).explain(format!("read {}", entry.path().display()))?);
        }
    }
    Ok(queries)
}

/// Puts the data where the crate looks for it.
fn keep(place: &Place, database: &str, fresh: &Queries, only_compare: bool) -> Outcome {
    let dir = place.join("server/store").join(database).join(".sqlx");
    let present = read_all(&dir)?;
    if fresh.is_empty() {
        return Err(Failure::new(format!("the macros of store-{database} wrote nothing: was it compiled?")));
    }
    if *fresh == present {
        println!("{database}: {} queries, up to date", fresh.len());
        return Ok(());
    }
    if only_compare {
        return Err(Failure::new(format!("the query data of {database} is out of date: run `cargo xtask prepare`")));
    }
    fs::create_dir_all(&dir).explain(format!("make {}", dir.display()))?;
    for gone in present.keys().filter(|name| !fresh.contains_key(*name)) {
        fs::remove_file(dir.join(gone)).explain(format!("remove {gone}"))?;
    }
    for (name, content) in fresh {
        fs::write(dir.join(name), content).explain(format!("write {name}"))?;
    }
    println!("{database}: {} queries written", fresh.len());
    Ok(())
}

//! One database of a test.

use crate::{Engine, cluster::Server};
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection};
use std::{
    env, fs,
    path::PathBuf,
    process,
    sync::atomic::{AtomicU32, Ordering},
};
use store::Store;
use tokio::sync::OnceCell;

/// A fresh database, migrated, of which nobody else knows.
pub struct Database {
    /// How the store opens it.
    pub url: String,
    engine: Engine,
    /// Its name on the server, or its directory.
    name: String,
}

/// A name that no other test has, in this process or another.
fn unique_name() -> String {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    format!("muster_test_{}_{}", process::id(), NEXT.fetch_add(1, Ordering::Relaxed))
}

fn directory(name: &str) -> PathBuf {
    env::temp_dir().join(name)
}

impl Database {
    /// Makes a migrated database, by copying one that was migrated once.
    ///
    /// # Panics
    /// Where the disk or PostgreSQL refuses: there is nothing to test then.
    pub async fn create(engine: Engine) -> Self {
        let name = unique_name();
        match engine {
            Engine::Sqlite => {
                let database = Self::empty_file(name);
                fs::write(database.file(), migrated_file().await).expect("the file is written");
                database
            }
            Engine::Postgres => {
                let template = migrated_template().await;
                administer(&format!("CREATE DATABASE {name} TEMPLATE {template}")).await;
                Self { url: Server::get().await.url(&name), engine, name }
            }
        }
    }

    /// Makes a database with the same content. Nobody may have this one open.
    ///
    /// # Panics
    /// Where the disk or PostgreSQL refuses.
    pub async fn copy(&self) -> Self {
        let name = unique_name();
        match self.engine {
            Engine::Sqlite => {
                let database = Self::empty_file(name);
                fs::copy(self.file(), database.file()).expect("the file is copied");
                database
            }
            Engine::Postgres => {
                administer(&format!("CREATE DATABASE {name} TEMPLATE {}", self.name)).await;
                Self { url: Server::get().await.url(&name), engine: self.engine, name }
            }
        }
    }

    /// Makes a database without a schema.
    pub async fn create_empty(engine: Engine) -> Self {
        let name = unique_name();
        match engine {
            Engine::Sqlite => Self::empty_file(name),
            Engine::Postgres => {
                administer(&format!("CREATE DATABASE {name}")).await;
                Self { url: Server::get().await.url(&name), engine, name }
            }
        }
    }

    fn empty_file(name: String) -> Self {
        let directory = directory(&name);
        fs::create_dir_all(&directory).expect("a directory for SQLite");
        let url = format!("sqlite://{}", directory.join("muster.db").display());
        Self { url, engine: Engine::Sqlite, name }
    }

    fn file(&self) -> PathBuf {
        directory(&self.name).join("muster.db")
    }

    /// Which database program it is.
    #[must_use]
    pub const fn engine(&self) -> Engine {
        self.engine
    }

    /// Removes it, whoever is still connected.
    pub async fn remove(self) {
        match self.engine {
            // What cannot be removed now, the system removes with its temporary files.
            Engine::Sqlite => drop(fs::remove_dir_all(directory(&self.name))),
            Engine::Postgres => administer(&format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name)).await,
        }
    }
}

/// The bytes of a migrated file.
async fn migrated_file() -> &'static [u8] {
    static FILE: OnceCell<Vec<u8>> = OnceCell::const_new();
    FILE.get_or_init(|| async {
        let template = Database::empty_file(unique_name());
        migrate(&template.url).await;
        let bytes = fs::read(template.file()).expect("a migrated file");
        template.remove().await;
        bytes
    })
    .await
}

/// The name of a migrated database on the server.
async fn migrated_template() -> &'static str {
    static TEMPLATE: OnceCell<String> = OnceCell::const_new();
    TEMPLATE
        .get_or_init(|| async {
            let template = Database::create_empty(Engine::Postgres).await;
            migrate(&template.url).await;
            template.name
        })
        .await
}

/// Closing writes what SQLite keeps beside the file into it, and lets PostgreSQL copy the database.
async fn migrate(url: &str) {
    let store = Store::open(url).await.expect("the database opens");
    store.migrate().await.expect("the migrations run");
    store.close().await;
}

/// Makes or drops a database, beside all of them.
async fn administer(statement: &str) {
    let url = Server::get().await.url("postgres");
    let mut conn = PgConnection::connect(&url).await.expect("a connection to PostgreSQL");
    conn.execute(AssertSqlSafe(statement)).await.expect("the server obeys");
    let _ = conn.close().await;
}

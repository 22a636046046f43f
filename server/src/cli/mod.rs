//! The command line: reads arguments and settings, runs one command, answers with an exit status.
//!
//! 0 is done, 1 is refused or failed with a sentence on standard error, 2 is wrong usage.

mod backup;
mod check;
mod demo;
mod group;
mod restore;
mod serve;
mod token;
mod transfer;
mod user;

use crate::{
    clock::Sources,
    config::{self, DatabaseUrl, Settings},
    telemetry,
};
use app::{error::AppError, text::Language};
use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};
use serde::Serialize;
use std::{
    env,
    ffi::OsString,
    io::{self, Write},
    path::PathBuf,
    process::ExitCode,
};
use store::{Opening, Store, StoreError};

/// Group management for communities: members ask, leaders decide, live.
#[derive(Parser)]
#[command(name = "muster", version, arg_required_else_help = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    settings: Settings,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the pages; brings the database up to date first
    Serve {
        /// Fill an empty database with a made-up community first, and print its sign-ins
        #[arg(long, env = "MUSTER_DEMO", value_parser = clap::builder::BoolishValueParser::new())]
        demo: bool,
        /// Begin with an empty database where the one that was served here is gone for good
        #[arg(long)]
        start_anew: bool,
    },
    /// Bring the database up to date
    Migrate,
    /// Check settings and database; says what is wrong
    Check {
        /// Print a JSON object
        #[arg(long)]
        json: bool,
    },
    /// Copy the database to a file while it is in use
    Backup(backup::Backup),
    /// Put a copy in the place of the database
    Restore(restore::Restore),
    /// Move everything from SQLite to an empty PostgreSQL database
    Move(transfer::Move),
    /// Accounts
    #[command(subcommand)]
    User(user::UserCommand),
    /// Tokens of the API
    #[command(subcommand)]
    Token(token::TokenCommand),
    /// Groups
    #[command(subcommand)]
    Group(group::GroupCommand),
    /// Fill an empty database with a made-up community
    SeedDemo {
        /// Add what a big instance holds: 100,000 users, 1,000,000 memberships and 5,000,000 events on SQLite, ten times
        /// that on PostgreSQL, or another FACTOR of it
        #[arg(long, value_name = "FACTOR", num_args = 0..=1, default_missing_value = "1")]
        scale: Option<demo::Factor>,
    },
}

/// Why a command was not carried out, in a sentence for whoever typed it.
#[derive(Debug)]
struct Refused(String);

impl From<StoreError> for Refused {
    fn from(error: StoreError) -> Self {
        Self(error.to_string())
    }
}

impl From<io::Error> for Refused {
    fn from(error: io::Error) -> Self {
        Self(error.to_string())
    }
}

impl From<AppError> for Refused {
    fn from(error: AppError) -> Self {
        Self(Language::English.trouble(&error))
    }
}

/// Runs what the arguments of the process ask for.
pub async fn main() -> ExitCode {
    let cli = match parse(env::args_os()) {
        Ok(cli) => cli,
        Err(error) => {
            // clap prints help and version to standard output with status 0, mistakes to standard error with 2.
            let code = u8::try_from(error.exit_code()).unwrap_or(2);
            return match error.print() {
                Err(error) if error.kind() != io::ErrorKind::BrokenPipe => ExitCode::from(2),
                Ok(()) | Err(_) => ExitCode::from(code),
            };
        }
    };
    let log = telemetry::start(&cli.settings.log, cli.settings.log_format);
    outlive_limits();
    let mut console = Console::new(io::stdout());
    let done = run(cli, &mut console).await;
    drop(log);
    match done {
        Ok(()) => ExitCode::SUCCESS,
        // Whoever read, such as `head`, has enough.
        Err(_) if console.is_closed => ExitCode::SUCCESS,
        Err(Refused(why)) => {
            // Nothing is left to be done where standard error is closed too.
            let _ = writeln!(io::stderr(), "muster: {why}");
            ExitCode::FAILURE
        }
    }
}

/// Makes a write beyond the limit on the size of files fail as one on a full disk does, where it would end the process.
#[cfg(unix)]
fn outlive_limits() {
    use tokio::signal::unix::{SignalKind, signal};
    /// `SIGXFSZ`, wherever Muster runs.
    const FILE_TOO_LARGE: i32 = 25;
    if let Err(error) = signal(SignalKind::from_raw(FILE_TOO_LARGE)) {
        tracing::debug!(%error, "a file beyond the limit ends the process");
    }
}

#[cfg(not(unix))]
const fn outlive_limits() {}

/// Standard output, which remembers that nobody reads it any more.
struct Console<W> {
    out: W,
    is_closed: bool,
}

impl<W: Write> Console<W> {
    const fn new(out: W) -> Self {
        Self { out, is_closed: false }
    }

    fn noted<T>(&mut self, done: io::Result<T>) -> io::Result<T> {
        self.is_closed |= done.as_ref().is_err_and(|error| error.kind() == io::ErrorKind::BrokenPipe);
        done
    }
}

impl<W: Write> Write for Console<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.out.write(bytes);
        self.noted(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        let flushed = self.out.flush();
        self.noted(flushed)
    }
}

async fn run(cli: Cli, out: &mut (dyn Write + Send)) -> Result<(), Refused> {
    let settings = &cli.settings;
    let sources = Sources::system();
    match cli.command {
        Command::Serve { demo, start_anew } => serve::serve(settings, sources, demo, start_anew, out).await,
        Command::Migrate => {
            let store = open(settings, Opening::New).await?;
            let pending = store.pending_migrations().await?;
            store.migrate().await?;
            store.close().await;
            Ok(writeln!(out, "{}", migrated(pending))?)
        }
        Command::Check { json } => check::check(json, settings, out).await,
        Command::Backup(command) => backup::backup(command, settings, &sources, out).await,
        Command::Restore(command) => restore::restore(command, settings, out).await,
        Command::Move(command) => transfer::run(command, settings, out).await,
        Command::User(command) => user::run(command, settings, sources, out).await,
        Command::Token(command) => token::run(command, settings, sources, out).await,
        Command::Group(command) => group::run(command, settings, out).await,
        Command::SeedDemo { scale } => demo::seed(settings, &sources, scale, out).await,
    }
}

fn migrated(count: usize) -> String {
    match count {
        0 => "The database is up to date.".to_owned(),
        1 => "1 migration applied; the database is up to date.".to_owned(),
        count => format!("{count} migrations applied; the database is up to date."),
    }
}

/// Opens the database that the settings name; makes the data directory where a database may be made in it.
async fn open(settings: &Settings, opening: Opening) -> Result<Store, Refused> {
    if settings.database_url.is_none() && opening != Opening::Existing {
        let said = |error| Refused(format!("cannot make {}: {error}", settings.data_dir.display()));
        settings.make_data_dir().map_err(said)?;
    }
    let url = settings.database();
    Store::open_as(url.reveal(), opening).await.map_err(|error| not_opened(&url, &error))
}

fn not_opened(url: &DatabaseUrl, error: &StoreError) -> Refused {
    Refused(match error {
        StoreError::Missing(why) => why.clone(),
        StoreError::Damaged(_) => {
            format!("cannot open {url}: {error}. Put a copy in its place by `muster restore FILE --force`")
        }
        _ => format!("cannot open {url}: {error}"),
    })
}

/// Opens the database for a command that needs its tables.
async fn open_current(settings: &Settings) -> Result<Store, Refused> {
    let store = open(settings, Opening::Existing).await?;
    if store.pending_migrations().await? > 0 {
        return Err(Refused("the database is not up to date: run `muster migrate` first".to_owned()));
    }
    Ok(store)
}

/// One line of JSON.
fn json_line(out: &mut dyn Write, value: &impl Serialize) -> Result<(), Refused> {
    let line = serde_json::to_string(value).map_err(io::Error::from)?;
    Ok(writeln!(out, "{line}")?)
}

/// Parses arguments with the settings file, where one is named, standing in for the defaults.
fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Cli, clap::Error> {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    let mut command = Cli::command();
    if let Some(path) = config_path(&arguments) {
        let wrong = |why| Cli::command().error(clap::error::ErrorKind::ValueValidation, why);
        for (key, value) in config::read_file(&path).map_err(wrong)? {
            let known = command.get_arguments().any(|argument| argument.get_id() == key.as_str() && key != "config");
            if !known {
                return Err(wrong(format!("{} has a setting `{key}` that Muster does not know", path.display())));
            }
            // clap asks flag, environment and default in this order, which is the order of the settings.
            command = command.mut_arg(key, |argument| argument.default_value(value));
        }
    }
    command.try_get_matches_from(arguments).and_then(|matches| Cli::from_arg_matches(&matches))
}

/// The settings file has to be known before the arguments can be parsed.
fn config_path(arguments: &[OsString]) -> Option<PathBuf> {
    let given = arguments.iter().enumerate().find_map(|(place, argument)| {
        if argument == "--config" {
            return arguments.get(place + 1).cloned();
        }
        argument.to_str()?.strip_prefix("--config=").map(OsString::from)
    });
    given.or_else(|| env::var_os("MUSTER_CONFIG").filter(|path| !path.is_empty())).map(PathBuf::from)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn parsed(arguments: &[&str]) -> Result<Settings, clap::Error> {
        parse(["muster"].iter().chain(arguments).map(OsString::from)).map(|cli| cli.settings)
    }

    fn file(name: &str, text: &str) -> String {
        let path = env::temp_dir().join(format!("muster-{}-{name}.toml", std::process::id()));
        fs::write(&path, text).expect("can be written");
        path.to_str().expect("is text").to_owned()
    }

    #[test]
    fn the_command_line_is_well_formed() {
        Cli::command().debug_assert();
    }

    #[test]
    fn help_lists_every_setting() {
        let help = Cli::command().render_long_help().to_string();
        for variable in ["CONFIG", "DATABASE_URL", "DATA_DIR", "LISTEN", "PUBLIC_URL", "TRUSTED_PROXIES", "LOG_FORMAT"]
        {
            assert!(help.contains(&format!("MUSTER_{variable}")), "{variable}\n{help}");
        }
    }

    #[test]
    fn a_file_stands_in_for_defaults_and_yields_to_flags() {
        let path = file("order", "listen = \"127.0.0.1:1\"\ntrusted_proxies = 2\n");
        let settings = parsed(&["serve", "--config", &path, "--listen", "127.0.0.1:2"]).expect("parses");
        assert_eq!(settings.listen.port(), 2);
        assert_eq!(settings.trusted_proxies, 2);
        let settings = parsed(&["--listen", "127.0.0.1:3", "serve", &format!("--config={path}")]).expect("parses");
        assert_eq!(settings.listen.port(), 3);
    }

    #[test]
    fn a_file_with_an_unknown_or_wrong_setting_is_refused() {
        for (name, text) in [("unknown", "lisen = \"a\""), ("wrong", "listen = \"a\""), ("broken", "listen = ")] {
            let refused = parsed(&["serve", "--config", &file(name, text)]).expect_err("is refused");
            assert_eq!(refused.exit_code(), 2, "{refused}");
        }
    }
}

//! The settings of the process: from the command line, the environment, a file, or their defaults, in that order.
//!
//! Settings of the instance (who may register, what is notified) are none of these: they live in the database.

use axum::http::{Uri, uri::Scheme};
use clap::{Args, ValueEnum};
use std::{
    fmt, fs, io,
    net::SocketAddr,
    path::{Path, PathBuf},
    str::FromStr,
};

/// Every setting of the process. A file given by `--config` holds the same keys, with `_` for `-`.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Settings (flag, then environment, then file)")]
pub struct Settings {
    /// TOML file with any of these settings
    #[arg(long, env = "MUSTER_CONFIG", global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,

    /// The database to open; by default a file in the data directory.
    #[arg(long, env = "MUSTER_DATABASE_URL", hide_env_values = true, global = true, value_name = "URL")]
    #[arg(help = "sqlite://PATH or postgres://… [default: the file muster.db in the data directory]")]
    pub database_url: Option<DatabaseUrl>,

    /// Where Muster keeps its files; made readable by its owner only
    #[arg(long, env = "MUSTER_DATA_DIR", global = true, value_name = "DIR", default_value = "./muster-data")]
    pub data_dir: PathBuf,

    /// Address and port that `serve` listens on
    #[arg(long, env = "MUSTER_LISTEN", global = true, value_name = "ADDRESS", default_value = "127.0.0.1:3000")]
    pub listen: SocketAddr,

    /// The origin people reach Muster at; by default whatever host a request names, over http.
    #[arg(long, env = "MUSTER_PUBLIC_URL", global = true, value_name = "URL")]
    #[arg(
        help = "Where people reach Muster, such as https://muster.example.org, which keeps cookies to https [default: any host, over http]"
    )]
    pub public_url: Option<PublicUrl>,

    /// How many proxies in front of Muster add to X-Forwarded-For; with 0 that header is not believed
    #[arg(long, env = "MUSTER_TRUSTED_PROXIES", global = true, value_name = "COUNT", default_value_t = 0)]
    pub trusted_proxies: usize,

    /// After how many days somebody has to sign in again, however often they come
    #[arg(long, env = "MUSTER_SESSION_DAYS", global = true, value_name = "DAYS", default_value_t = 90)]
    #[arg(value_parser = clap::value_parser!(u32).range(1..=3650))]
    pub session_days: u32,

    /// How many connections there may be at once, live pages included; fewer where the system allows fewer open files
    #[arg(long, env = "MUSTER_MAX_CONNECTIONS", global = true, value_name = "COUNT", default_value_t = 20_000)]
    pub max_connections: usize,

    /// How many of them may come from one address; by default as many as a school needs, where no proxy hides who comes.
    #[arg(long, env = "MUSTER_MAX_CONNECTIONS_PER_ADDRESS", global = true, value_name = "COUNT")]
    #[arg(
        help = "How many of them may come from one address; 0 for any number [default: 1000, and any number from this computer and from trusted proxies]"
    )]
    pub max_connections_per_address: Option<usize>,

    /// How many calls of the API each token may make in a second, ten times as many at once; 0 for any number
    #[arg(long, env = "MUSTER_API_RATE", global = true, value_name = "CALLS", default_value_t = 100)]
    pub api_rate: u32,

    /// Whose pages may call the API from a browser; by default none but what needs no leave of ours.
    #[arg(long, env = "MUSTER_API_ORIGINS", global = true, value_name = "ORIGINS", value_delimiter = ',')]
    #[arg(
        help = "Origins whose pages may call the API from a browser, with commas between them; * for any [default: none]"
    )]
    pub api_origins: Vec<ApiOrigin>,

    /// What is logged: error, warn, info, debug or trace, or a filter such as info,server=debug
    #[arg(long, env = "MUSTER_LOG", global = true, value_name = "LEVEL", default_value = "info", value_parser = log_filter)]
    pub log: String,

    /// How log lines look
    #[arg(long, env = "MUSTER_LOG_FORMAT", global = true, value_name = "FORMAT", value_enum, default_value_t)]
    pub log_format: LogFormat,
}

impl Settings {
    /// The database to open: the one given, else a file in the data directory.
    #[must_use]
    pub fn database(&self) -> DatabaseUrl {
        let in_data_dir = || DatabaseUrl(format!("sqlite://{}", self.data_dir.join("muster.db").display()));
        self.database_url.clone().unwrap_or_else(in_data_dir)
    }

    /// Makes the data directory, for its owner only whatever the umask. One that exists is left as it is.
    ///
    /// # Errors
    /// Where the directory cannot be made.
    pub fn make_data_dir(&self) -> io::Result<()> {
        if self.data_dir.is_dir() {
            return Ok(());
        }
        let mut builder = fs::DirBuilder::new();
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.recursive(true).create(&self.data_dir)?;
        #[cfg(unix)]
        fs::set_permissions(&self.data_dir, std::os::unix::fs::PermissionsExt::from_mode(0o700))?;
        Ok(())
    }
}

fn log_filter(text: &str) -> Result<String, String> {
    tracing_subscriber::EnvFilter::try_new(text).map(|_| text.to_owned()).map_err(|error| error.to_string())
}

/// How log lines look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// For people.
    #[default]
    Text,
    /// One JSON object a line.
    Json,
}

/// Where the database is. Prints without its password.
#[derive(Clone, PartialEq, Eq)]
pub struct DatabaseUrl(String);

impl DatabaseUrl {
    /// The URL with its password, to open the database with.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// Whether it names a file.
    #[must_use]
    pub fn is_sqlite(&self) -> bool {
        self.0.starts_with("sqlite:")
    }
}

impl FromStr for DatabaseUrl {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let known = ["sqlite:", "postgres://", "postgresql://"].into_iter().any(|scheme| text.starts_with(scheme));
        if known { Ok(Self(text.to_owned())) } else { Err("expected sqlite://PATH or postgres://…") }
    }
}

impl fmt::Display for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Parameters may hold secrets too (`password`, `sslkey`), so nothing after the `?` is shown.
        let url = self.0.split_once('?').map_or(self.0.as_str(), |(url, _)| url);
        let Some((scheme, rest)) = url.split_once("://") else { return f.write_str(url) };
        match rest.rsplit_once('@') {
            Some((credentials, place)) => {
                let user = credentials.split_once(':').map_or(credentials, |(user, _)| user);
                let secret = if credentials.contains(':') { ":***" } else { "" };
                write!(f, "{scheme}://{user}{secret}@{place}")
            }
            None => write!(f, "{scheme}://{rest}"),
        }
    }
}

impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DatabaseUrl({self})")
    }
}

/// The origin people reach Muster at: scheme, host and port, no path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicUrl {
    https: bool,
    authority: String,
}

impl PublicUrl {
    /// Whether browsers come by https.
    #[must_use]
    pub const fn is_https(&self) -> bool {
        self.https
    }

    /// The origin as browsers write it.
    #[must_use]
    pub fn origin(&self) -> String {
        self.to_string()
    }

    /// Whether a request names it as its host, with the port that goes without saying or without.
    #[must_use]
    pub fn is_host(&self, host: &str) -> bool {
        let host = host.to_ascii_lowercase();
        let default_port = if self.https { ":443" } else { ":80" };
        host.strip_suffix(default_port).unwrap_or(&host) == self.authority
    }
}

impl FromStr for PublicUrl {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const EXPECTED: &str = "expected an origin such as https://muster.example.org, without a path";
        let url: Uri = text.parse().map_err(|_| EXPECTED)?;
        let https = match url.scheme() {
            Some(scheme) if *scheme == Scheme::HTTPS => true,
            Some(scheme) if *scheme == Scheme::HTTP => false,
            _ => return Err(EXPECTED),
        };
        let authority = url.authority().filter(|authority| !authority.as_str().contains('@')).ok_or(EXPECTED)?;
        if !matches!(url.path(), "" | "/") || url.query().is_some() {
            return Err(EXPECTED);
        }
        let authority = authority.as_str().to_ascii_lowercase();
        let default_port = if https { ":443" } else { ":80" };
        let authority = authority.strip_suffix(default_port).map(str::to_owned).unwrap_or(authority);
        Ok(Self { https, authority })
    }
}

impl fmt::Display for PublicUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scheme = if self.https { "https" } else { "http" };
        write!(f, "{scheme}://{}", self.authority)
    }
}

/// Whose pages may call the API from a browser.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ApiOrigin {
    /// Anybody's.
    Any,
    /// Those of one origin.
    Of(PublicUrl),
}

impl FromStr for ApiOrigin {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.trim() {
            "*" => Ok(Self::Any),
            origin => origin.parse().map(Self::Of),
        }
    }
}

/// Reads a settings file: each key with its value as text, to become the default of the setting of that name.
///
/// # Errors
/// A sentence that names the file and what is wrong with it.
pub fn read_file(path: &Path) -> Result<Vec<(String, String)>, String> {
    let text = fs::read_to_string(path).map_err(|error| format!("cannot read {}: {error}", path.display()))?;
    // Of a parse error only the message: the line it quotes may hold a password.
    let table: toml::Table =
        toml::from_str(&text).map_err(|error| format!("{} is not TOML: {}", path.display(), error.message()))?;
    let as_text = |(key, value)| match value {
        toml::Value::String(text) => Ok((key, text)),
        toml::Value::Integer(number) => Ok((key, number.to_string())),
        toml::Value::Boolean(flag) => Ok((key, flag.to_string())),
        toml::Value::Float(_) | toml::Value::Datetime(_) | toml::Value::Array(_) | toml::Value::Table(_) => {
            Err(format!("{}: `{key}` must be a text or a whole number", path.display()))
        }
    };
    table.into_iter().map(as_text).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_database_url_prints_without_its_secrets() {
        for (url, shown) in [
            ("postgres://ana:se:cr@t@db:5432/muster?password=x", "postgres://ana:***@db:5432/muster"),
            ("postgres://ana@db/muster", "postgres://ana@db/muster"),
            ("sqlite://./muster.db", "sqlite://./muster.db"),
        ] {
            let url: DatabaseUrl = url.parse().expect("is known");
            assert_eq!(url.to_string(), shown);
            assert_eq!(format!("{url:?}"), format!("DatabaseUrl({shown})"));
        }
        assert!("mysql://db".parse::<DatabaseUrl>().is_err());
    }

    #[test]
    fn a_public_url_is_an_origin() {
        for (text, origin) in [
            ("https://Muster.example.org/", "https://muster.example.org"),
            ("https://muster.example.org:443", "https://muster.example.org"),
            ("http://[::1]:3000", "http://[::1]:3000"),
        ] {
            assert_eq!(text.parse::<PublicUrl>().expect("is an origin").origin(), origin);
        }
        let public: PublicUrl = "https://muster.example.org".parse().expect("is an origin");
        assert!(public.is_host("muster.example.org") && public.is_host("Muster.Example.org:443"));
        for host in ["muster.example.org:80", "muster.example.org.", "example.org", "10.0.0.1:3000", ""] {
            assert!(!public.is_host(host), "{host}");
        }
        for text in ["muster.example.org", "ftp://a", "https://a/muster", "https://u@a", "https://a?b", ""] {
            assert!(text.parse::<PublicUrl>().is_err(), "{text}");
        }
    }
}

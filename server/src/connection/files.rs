//! How many files the process may open: each connection is one.

/// Raises what the process may have to what it may give itself, and says how many files that are.
#[cfg(unix)]
pub(crate) fn raise() -> Option<u64> {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let Rlimit { current, maximum } = getrlimit(Resource::Nofile);
    let wanted = maximum.map_or(MOST, |maximum| maximum.min(MOST));
    let now = current?;
    if now >= wanted {
        return Some(now);
    }
    match setrlimit(Resource::Nofile, Rlimit { current: Some(wanted), maximum }) {
        Ok(()) => Some(wanted),
        Err(error) => {
            tracing::warn!(%error, files = now, "the process may open no more files than before");
            Some(now)
        }
    }
}

/// More are of no use.
#[cfg(unix)]
const MOST: u64 = 1 << 20;

/// Elsewhere there is no such limit.
#[cfg(not(unix))]
pub(crate) fn raise() -> Option<u64> {
    None
}

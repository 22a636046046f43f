//! `muster serve`: from settings to a listening process, and back to none.

use super::{Refused, demo, not_opened, open};
use crate::{
    Muster,
    clock::Sources,
    config::Settings,
    connection::{self, Limits},
};
use std::{io::Write, time::Duration};
use store::{Opening, Store, StoreError};
use tokio::net::TcpListener;

/// How long requests in flight may take once the process is told to stop.
const GRACE: Duration = Duration::from_secs(10);

/// How long a start may look for damage before it goes on.
const DAMAGE_LOOK: Duration = Duration::from_millis(250);

pub(super) async fn serve(
    settings: &Settings,
    sources: Sources,
    with_demo: bool,
    start_anew: bool,
    out: &mut dyn Write,
) -> Result<(), Refused> {
    let limits = Limits::new(settings, connection::raise_files());
    let store = open(settings, if start_anew { Opening::Anew } else { Opening::New }).await?;
    store.claim_for_serving()?;
    look_for_damage(&store, settings).await?;
    store.migrate().await?;
    if start_anew && !store.has_users().await? {
        store.forget_serving()?;
    }
    store.note_serving(store.has_users().await?)?;
    // What cannot be written now is read all the same.
    if let Err(error) = store.stamp(u32::from_be_bytes(sources.random.bytes())).await {
        tracing::warn!(%error, "a file that is written over the database might not be noticed");
    }
    if with_demo {
        let shown = if demo::fill(&store, &sources).await? {
            demo::print_sign_ins(out)
        } else {
            writeln!(out, "The database already has users, so --demo adds nothing.").map_err(Refused::from)
        };
        if let Err(Refused(why)) = shown {
            tracing::warn!(why, "the console cannot be written to");
        }
    }
    let first_run = !store.has_users().await?;
    // Before it says that it is there: from then on it may be asked to stop.
    let stop = stop_signal()?;
    let muster = crate::build(settings, store, sources).await?;
    let said = |error| Refused(format!("cannot listen on {}: {error}", settings.listen));
    let listener = TcpListener::bind(settings.listen).await.map_err(said)?;
    let address = listener.local_addr()?;
    let url = settings.public_url.as_ref().map_or_else(|| format!("http://{address}"), ToString::to_string);
    let invited = if first_run {
        format!("Nobody has an account yet: make the first one at {url}/setup?code={}\n", muster.setup_code())
    } else {
        String::new()
    };
    let said = format!("Muster is at {url}\n{invited}");
    // A console that nobody reads, or a full disk behind it, is no reason not to serve.
    if let Err(error) = out.write_all(said.as_bytes()).and_then(|()| out.flush()) {
        tracing::warn!(%error, "the console cannot be written to");
    }
    tracing::info!(listen = %address, database = %settings.database(), "serving");
    listen(listener, muster, limits, stop).await;
    Ok(())
}

/// Refuses a damaged database, as far as a short look shows it.
async fn look_for_damage(store: &Store, settings: &Settings) -> Result<(), Refused> {
    match store.look_for_damage(DAMAGE_LOOK).await {
        Ok(true) => {}
        Ok(false) => tracing::info!("the database is too large to be looked through at the start: `muster check` does"),
        Err(error @ StoreError::Damaged(_)) => return Err(not_opened(&settings.database(), &error)),
        Err(error) => return Err(error.into()),
    }
    Ok(())
}

/// Serves until `stop` resolves, then lets requests in flight and queued writes finish.
async fn listen(
    listener: TcpListener,
    muster: Muster,
    limits: Limits,
    stop: impl Future<Output = ()> + Send + 'static,
) {
    let switch = muster.stop_switch();
    let stopping = switch.clone();
    tokio::spawn(async move {
        stop.await;
        tracing::info!("stopping");
        stopping.stop();
    });
    let too_late = async {
        switch.stopped().await;
        // One tick comes at once, the second after the grace.
        let mut grace = tokio::time::interval(GRACE);
        grace.tick().await;
        grace.tick().await;
    };
    tokio::select! {
        () = connection::serve(listener, muster.router(), switch.clone(), limits) => {}
        () = too_late => tracing::warn!("some requests did not finish in time"),
    }
    muster.close().await;
    tracing::info!("stopped");
}

/// Resolves when the process is asked to stop, by Ctrl-C or by its supervisor. It listens for that from now on, not only
/// once it is awaited.
#[cfg(unix)]
fn stop_signal() -> std::io::Result<impl Future<Output = ()> + Send> {
    use tokio::signal::unix::{SignalKind, signal};
    let (mut interrupt, mut terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    Ok(async move {
        tokio::select! { _ = interrupt.recv() => {}, _ = terminate.recv() => {} }
    })
}

/// Resolves when the process is asked to stop by Ctrl-C.
#[cfg(not(unix))]
#[expect(clippy::unnecessary_wraps, reason = "elsewhere it can fail")]
fn stop_signal() -> std::io::Result<impl Future<Output = ()> + Send> {
    Ok(async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    })
}

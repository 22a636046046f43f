//! An open stream as an answer: a body as any other, unless the connection is handed over to it (`connection`).

use super::{page::Watcher, program::Follower};
use axum::{
    body::Body,
    http::{HeaderName, HeaderValue, header},
    response::Response,
};
use bytes::Bytes;
use futures::{StreamExt, stream};
use std::{
    convert::Infallible,
    iter,
    sync::{Arc, Mutex, PoisonError},
};

const BUFFERING: HeaderName = HeaderName::from_static("x-accel-buffering");

/// A stream, whoever follows by it.
pub(crate) enum Stream {
    /// An open page.
    Page(Box<Watcher>),
    /// A program.
    Program(Box<Follower>),
}

impl Stream {
    /// What is to be sent next; `None` at the end.
    pub(crate) async fn next(&mut self) -> Option<Bytes> {
        match self {
            Self::Page(watcher) => watcher.next().await,
            Self::Program(follower) => follower.next().await,
        }
    }

    /// Resolves once nothing more may be sent, for whoever is held up by a reader that takes nothing.
    pub(crate) async fn ends(&mut self) {
        match self {
            Self::Page(watcher) => watcher.ends().await,
            Self::Program(follower) => follower.ends().await,
        }
    }

    /// The answer that it is.
    pub(crate) fn answer(self) -> Response {
        let handover = Handover(Arc::new(Mutex::new(Some(self))));
        let left = handover.clone();
        // Not before somebody reads: until then it may be taken.
        let streams = stream::iter(iter::once_with(move || left.take()).flatten());
        let told = streams.flat_map(|stream| {
            stream::unfold(stream, |mut stream| async {
                let told = stream.next().await?;
                Some((Ok::<_, Infallible>(told), stream))
            })
        });
        let mut response = Response::new(Body::from_stream(told));
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/event-stream"));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        // Proxies must hand each event on as it comes.
        headers.insert(BUFFERING, HeaderValue::from_static("no"));
        response.extensions_mut().insert(handover);
        response
    }
}

/// Goes with the answer to whoever owns the connection, who may take the stream out of it.
#[derive(Clone)]
pub(crate) struct Handover(Arc<Mutex<Option<Stream>>>);

impl Handover {
    /// The stream, where nobody has it yet. The body of the answer is empty then.
    pub(crate) fn take(&self) -> Option<Stream> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

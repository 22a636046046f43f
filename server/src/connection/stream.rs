//! An answer that is a stream and has its connection to itself: what hyper, the layers and the request held is let go, and
//! what is told goes to the socket as it is, shared with all other streams.

use super::{crowd::Seat, limits::Bound};
use crate::live::Stream;
use axum::http::response;
use bytes::{Buf, Bytes};
use std::{
    fmt::Write,
    io,
    time::{Duration, SystemTime},
};
use tokio::{io::AsyncWriteExt, net::TcpStream, time};

/// The end of a body in chunks.
const LAST_CHUNK: &[u8] = b"0\r\n\r\n";

/// A stream that is to have the connection, and the first of its answer.
pub(super) struct Taken {
    pub(super) head: response::Parts,
    pub(super) stream: Stream,
}

/// Sends a stream to its end, or until its reader is gone or takes nothing any more.
pub(super) async fn tell(socket: TcpStream, Taken { head, stream }: Taken, seat: Seat) {
    let stall = seat.crowd().limits.stall;
    if let Err(error) = told(socket, head, stream, stall).await {
        if error.kind() == io::ErrorKind::TimedOut {
            seat.crowd().notes.met(Bound::SlowReader);
        }
        tracing::debug!(%error, "a stream broke off");
    }
}

async fn told(mut socket: TcpStream, head: response::Parts, mut stream: Stream, stall: Duration) -> io::Result<()> {
    within(stall, socket.write_all(written(&head).as_bytes())).await?;
    drop(head);
    loop {
        let told = tokio::select! {
            biased;
            told = stream.next() => told,
            gone = gone(&socket) => return gone,
        };
        let Some(told) = told else { break };
        tokio::select! {
            biased;
            sent = send(&mut socket, told, stall) => sent?,
            () = stream.ends() => return Ok(()),
        }
    }
    within(stall, socket.write_all(LAST_CHUNK)).await?;
    socket.shutdown().await
}

/// The same, but not for ever.
async fn within<T>(stall: Duration, work: impl Future<Output = io::Result<T>>) -> io::Result<T> {
    time::timeout(stall, work).await.unwrap_or_else(|_| Err(io::ErrorKind::TimedOut.into()))
}

/// The first of an answer as it is sent. The connection ends with the stream.
fn written(head: &response::Parts) -> String {
    let mut text = format!("HTTP/1.1 {}\r\n", head.status);
    for (name, value) in &head.headers {
        // Writing to a text never fails.
        let _ = write!(text, "{name}: {}\r\n", String::from_utf8_lossy(value.as_bytes()));
    }
    #[expect(clippy::disallowed_methods, reason = "the date of an answer is that of the machine, as hyper says it")]
    let now = httpdate::fmt_http_date(SystemTime::now());
    let _ = write!(text, "date: {now}\r\ntransfer-encoding: chunked\r\nconnection: close\r\n\r\n");
    text
}

/// Sends one chunk of the body.
async fn send(socket: &mut TcpStream, told: Bytes, stall: Duration) -> io::Result<()> {
    let size = format!("{:x}\r\n", told.len());
    let mut chunk = size.as_bytes().chain(told).chain(&b"\r\n"[..]);
    while chunk.has_remaining() {
        within(stall, socket.write_buf(&mut chunk)).await?;
    }
    Ok(())
}

/// Resolves once the reader has closed the connection. What it may say in the middle of a stream is passed over.
async fn gone(socket: &TcpStream) -> io::Result<()> {
    loop {
        socket.readable().await?;
        match socket.try_read(&mut [0; 256]) {
            Ok(0) => return Ok(()),
            Ok(_) => {}
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
            Err(error) => return Err(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::net::TcpListener;

    #[tokio::test]
    async fn a_reader_who_takes_nothing_is_not_told_for_ever() {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port is free");
        let reader = TcpStream::connect(listener.local_addr().expect("has one")).await.expect("listens");
        let (mut socket, _) = listener.accept().await.expect("is asked");
        let told = Bytes::from(vec![b'x'; 64 * 1024 * 1024]);
        let sent = send(&mut socket, told, Duration::from_millis(50)).await;
        assert_eq!(sent.map_err(|error| error.kind()), Err(io::ErrorKind::TimedOut));
        drop(reader);
    }
}

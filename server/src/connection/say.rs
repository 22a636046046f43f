//! What is said where hyper says nothing: to whoever finds no room, or takes too long to ask.

use app::text::{Language, RequestFlaw};
use axum::http::StatusCode;
use std::time::Duration;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time,
};

/// How long somebody who is turned away has to send what they want, and then to read the answer.
const MOMENT: Duration = Duration::from_secs(1);

/// How much of that is read.
const HEARD: usize = 64 * 1024;

/// After how many seconds whoever finds no room may try again.
const RETRY: u32 = 10;

/// Turns somebody away, in their language where they say it in time.
pub(super) async fn turn_away(mut socket: TcpStream, status: StatusCode, flaw: RequestFlaw<'_>) {
    let mut first = [0; 4096];
    let read = time::timeout(MOMENT, socket.read(&mut first)).await;
    let first = match read {
        Ok(Ok(length)) => first.get(..length).unwrap_or_default(),
        Ok(Err(_)) | Err(_) => &[],
    };
    if !first.starts_with(b"PRI ") {
        say(socket, status, Some(RETRY), language_of(first).request_flaw(flaw)).await;
    }
}

/// Says something, and closes once it was read.
pub(super) async fn say(mut socket: TcpStream, status: StatusCode, retry: Option<u32>, sentence: String) {
    let retry = retry.map(|seconds| format!("retry-after: {seconds}\r\n")).unwrap_or_default();
    let answer = format!(
        "HTTP/1.1 {status}\r\ncontent-type: text/plain; charset=utf-8\r\nx-content-type-options: nosniff\r\n\
         cache-control: no-store\r\n{retry}content-length: {}\r\nconnection: close\r\n\r\n{sentence}\n",
        sentence.len() + 1
    );
    if time::timeout(MOMENT, socket.write_all(answer.as_bytes())).await.is_ok_and(|written| written.is_ok()) {
        let_go(socket).await;
    }
}

/// Closes a connection once the other side has: what it still sends would otherwise take our last words from it.
pub(super) async fn let_go(mut socket: TcpStream) {
    let reading = async {
        let (mut heard, mut part) = (0, [0; 1024]);
        socket.shutdown().await?;
        while heard < HEARD {
            match socket.read(&mut part).await? {
                0 => break,
                length => heard += length,
            }
        }
        std::io::Result::Ok(())
    };
    // Whether they read it or not, that was all.
    let _ = time::timeout(MOMENT, reading).await;
}

/// The language a request asks for, as far as its first bytes say.
fn language_of(first: &[u8]) -> Language {
    let head = String::from_utf8_lossy(first);
    let line = head.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("accept-language").then(|| value.to_owned())
    });
    Language::preferred(&line.unwrap_or_default())
}

//! Connections byte by byte, with limits that no test waits long for.

use super::*;
use axum::{
    body::Bytes,
    routing::{get, post},
};
use futures::{StreamExt, stream};
use std::io;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    time::timeout,
};

/// Nothing a test waits for takes this long.
const PATIENCE: Duration = Duration::from_secs(20);

/// What is short here is still longer than a busy machine takes for one answer.
const SHORT: Duration = Duration::from_millis(300);

/// No limit is met but by who waits for it.
fn generous() -> Limits {
    Limits { first: PATIENCE, next: PATIENCE, body: PATIENCE, stall: PATIENCE, ..Limits::default() }
}

/// Somewhere that listens.
struct Server {
    address: SocketAddr,
    stop: StopSwitch,
    /// Whose body was dropped.
    dropped: mpsc::Receiver<()>,
}

/// Tells that it is gone.
struct Told(mpsc::Sender<()>);

impl Drop for Told {
    fn drop(&mut self) {
        // Nobody may be left who would hear it.
        let _ = self.0.try_send(());
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop.stop();
    }
}

async fn server(limits: Limits) -> Server {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port is free");
    let (address, stop) = (listener.local_addr().expect("has one"), StopSwitch::new());
    let (drops, dropped) = mpsc::channel(16);
    let endless = move || {
        let told = Told(drops.clone());
        async move {
            let parts = stream::repeat_with(move || {
                let _held = &told;
                Ok::<_, io::Error>(Bytes::from_static(&[b'x'; 16 * 1024]))
            });
            Body::from_stream(parts)
        }
    };
    let echo = |body: Body| async move {
        let parts: Vec<_> = body.into_data_stream().collect().await;
        if parts.iter().all(Result::is_ok) { "read" } else { "not read" }
    };
    let router = Router::new()
        .route("/", get(|| async { "there" }))
        .route("/never", get(pending::<&str>))
        .route("/endless", get(endless))
        .route("/echo", post(echo));
    tokio::spawn(serve(listener, router, stop.clone(), limits));
    Server { address, stop, dropped }
}

impl Server {
    async fn connect(&self) -> TcpStream {
        TcpStream::connect(self.address).await.expect("listens")
    }

    /// Somebody who has sent this.
    async fn sent(&self, bytes: impl AsRef<[u8]>) -> TcpStream {
        let mut reader = self.connect().await;
        reader.write_all(bytes.as_ref()).await.expect("takes it");
        reader
    }

    /// All that they are answered.
    async fn answer_to(&self, bytes: impl AsRef<[u8]>) -> String {
        rest(self.sent(bytes).await).await
    }
}

/// What comes until the other side closes the connection.
async fn rest(mut reader: TcpStream) -> String {
    let mut answer = Vec::new();
    let read = timeout(PATIENCE, reader.read_to_end(&mut answer)).await;
    read.expect("it is closed").expect("it is closed whole");
    String::from_utf8_lossy(&answer).into_owned()
}

/// The first bytes that come.
async fn first(reader: &mut TcpStream) -> String {
    let mut answer = vec![0; 4096];
    let length = timeout(PATIENCE, reader.read(&mut answer)).await.expect("there is an answer").expect("it is sent");
    String::from_utf8_lossy(&answer[..length]).into_owned()
}

#[tokio::test]
async fn who_never_finishes_a_request_is_not_waited_for() {
    let server = server(Limits { first: SHORT, ..generous() }).await;
    for silent in ["", "PRI * HT", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"] {
        assert!(!server.answer_to(silent).await.contains("HTTP/1"), "{silent:?}");
    }
    for unfinished in ["G", "GET / HTTP/1.1\r\nhost: a\r\nx-slow: "] {
        let answer = server.answer_to(unfinished).await;
        assert!(answer.starts_with("HTTP/1.1 408 Request Timeout\r\n"), "{unfinished:?} {answer}");
        assert!(answer.contains("\r\nconnection: close\r\n") && answer.ends_with("Try again.\n"), "{answer}");
    }
}

#[tokio::test]
async fn a_connection_is_not_kept_for_ever_after_its_last_request() {
    let server = server(Limits { next: SHORT, ..generous() }).await;
    let answer = server.answer_to("GET / HTTP/1.1\r\nhost: a\r\n\r\n").await;
    assert!(answer.starts_with("HTTP/1.1 200 OK\r\n") && answer.ends_with("there"), "{answer}");
    let answer = server.answer_to("GET / HTTP/1.1\r\nhost: a\r\n\r\nGET / HTTP/1.1\r\n").await;
    assert!(answer.contains("HTTP/1.1 408 "), "the second never ended: {answer}");
}

#[tokio::test]
async fn a_head_has_a_length() {
    let server = server(generous()).await;
    let long =
        |bytes| format!("GET / HTTP/1.1\r\nhost: a\r\nconnection: close\r\nx-long: {}\r\n\r\n", "x".repeat(bytes));
    assert!(server.answer_to(long(8_000)).await.starts_with("HTTP/1.1 200 OK\r\n"));
    for bytes in [17_000, 400_000] {
        let mut writer = server.connect().await;
        // Most of it nobody takes.
        let _ = writer.write_all(long(bytes).as_bytes()).await;
        let answer = first(&mut writer).await;
        assert!(answer.starts_with("HTTP/1.1 431 "), "{bytes}: {answer}");
    }
    let many = "a: b\r\n".repeat(200);
    let answer = server.answer_to(format!("GET / HTTP/1.1\r\nhost: a\r\n{many}\r\n")).await;
    assert!(answer.starts_with("HTTP/1.1 431 "), "{answer}");
}

#[tokio::test]
async fn a_body_has_to_come_in_time() {
    let server = server(Limits { body: SHORT, ..generous() }).await;
    let head = "POST /echo HTTP/1.1\r\nhost: a\r\naccept-language: de\r\n";
    for body in ["content-length: 9\r\n\r\nhalf", "transfer-encoding: chunked\r\n\r\n4\r\nhalf\r\n"] {
        let answer = server.answer_to(format!("{head}{body}")).await;
        assert!(answer.starts_with("HTTP/1.1 408 "), "{answer}");
        assert!(answer.contains("connection: close\r\n") && answer.contains("zu lange gebraucht"), "{answer}");
    }
    let mut writer = server.sent(format!("{head}content-length: 9\r\n\r\nhalf")).await;
    writer.write_all(b"other").await.expect("takes it");
    assert!(first(&mut writer).await.ends_with("read"));
}

#[tokio::test]
async fn a_reader_who_takes_nothing_is_given_up() {
    let mut server = server(Limits { stall: SHORT, ..generous() }).await;
    let reader = server.sent("GET /endless HTTP/1.1\r\nhost: a\r\n\r\n").await;
    timeout(PATIENCE, server.dropped.recv()).await.expect("what was to be sent is let go");
    drop(reader);
}

#[tokio::test]
async fn no_answer_takes_for_ever() {
    let mut server = server(Limits { answer: SHORT, ..generous() }).await;
    let mut reader = server.sent("GET /endless HTTP/1.1\r\nhost: a\r\n\r\n").await;
    let mut part = vec![0; 64 * 1024];
    while reader.read(&mut part).await.is_ok_and(|length| length > 0) {}
    timeout(PATIENCE, server.dropped.recv()).await.expect("what was to be sent is let go");
}

#[tokio::test]
async fn whoever_is_idle_makes_room() {
    let server = server(Limits { connections: 2, ..generous() }).await;
    let mut idle = Vec::new();
    for _ in 0..6 {
        let mut reader = server.sent("GET / HTTP/1.1\r\nhost: a\r\n\r\n").await;
        assert!(first(&mut reader).await.ends_with("there"));
        idle.push(reader);
    }
    let kept = idle.pop().expect("there are some");
    for closed in idle.drain(..4) {
        assert_eq!(rest(closed).await, "", "it was idle for longer");
    }
    let mut kept = kept;
    kept.write_all(b"GET / HTTP/1.1\r\nhost: a\r\n\r\n").await.expect("is still open");
    assert!(first(&mut kept).await.ends_with("there"));
}

#[tokio::test]
async fn where_all_are_busy_there_is_no_room() {
    let busy = "GET /never HTTP/1.1\r\nhost: a\r\n\r\n";
    let one = Limits { connections: 1, ..generous() };
    let of_address = Limits { of_address: Some(1), of_this_computer: true, ..generous() };
    let cases = [(one, "HTTP/1.1 503 ", "gleich noch einmal"), (of_address, "HTTP/1.1 429 ", "Deine Adresse")];
    for (limits, status, words) in cases {
        let server = server(limits).await;
        let mut reader = server.sent("GET / HTTP/1.1\r\nhost: a\r\n\r\n").await;
        assert!(first(&mut reader).await.ends_with("there"));
        reader.write_all(busy.as_bytes()).await.expect("takes it");
        let asked = std::time::Instant::now();
        let answer = loop {
            // Until the server has read what the first one asks, that is idle.
            let answer =
                server.answer_to("GET / HTTP/1.1\r\nhost: a\r\naccept-language: de\r\nconnection: close\r\n\r\n").await;
            if !answer.starts_with("HTTP/1.1 200 ") {
                break answer;
            }
            assert!(asked.elapsed() < PATIENCE, "{answer}");
            reader = server.sent(busy).await;
        };
        assert!(answer.starts_with(status) && answer.contains(words), "{answer}");
        assert!(answer.contains("retry-after: 10\r\n") && answer.contains("connection: close\r\n"), "{answer}");
        drop(reader);
    }
    let behind_proxies = server(Limits { of_address: Some(1), ..generous() }).await;
    let _busy = [behind_proxies.sent(busy).await, behind_proxies.sent(busy).await];
    let answer = behind_proxies.answer_to("GET / HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n").await;
    assert!(answer.starts_with("HTTP/1.1 200 "), "this computer counts only where it was set: {answer}");
}

#[tokio::test]
async fn a_request_is_for_one_host_and_has_one_length() {
    let server = server(generous()).await;
    for unclear in [
        "GET / HTTP/1.1\r\n\r\n",
        "GET / HTTP/1.1\r\nhost: a\r\nhost: b\r\n\r\n",
        "GET / HTTP/1.1\r\nhost: a\r\nhost: a\r\n\r\n",
        "GET / HTTP/1.0\r\nhost: a\r\nhost: b\r\n\r\n",
        "GET / HTTP/1.1\r\nhost:\r\n\r\n",
        "GET / HTTP/1.1\r\nhost: a/b\r\n\r\n",
        "GET / HTTP/1.1\r\nhost: u@a\r\n\r\n",
        "GET http://b/ HTTP/1.1\r\nhost: a\r\n\r\n",
        "POST /echo HTTP/1.1\r\nhost: a\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n",
        "POST /echo HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\ncontent-length: 5\r\n\r\n0\r\n\r\n",
        "POST /echo HTTP/1.1\r\nhost: a\r\ntransfer-encoding: gzip\r\n\r\n0\r\n\r\n",
        "POST /echo HTTP/1.1\r\nhost: a\r\ncontent-length: 5\r\ncontent-length: 6\r\n\r\nabcdef",
    ] {
        let answer = server.answer_to(unclear).await;
        assert!(answer.starts_with("HTTP/1.1 400 ") || answer.starts_with("HTTP/1.0 400 "), "{unclear:?}: {answer}");
    }
    for clear in [
        "GET / HTTP/1.0\r\n\r\n",
        "GET / HTTP/1.1\r\nhost: a:1\r\nconnection: close\r\n\r\n",
        "GET / HTTP/1.1\r\nhost: [::1]:3000\r\nconnection: close\r\n\r\n",
        "GET http://a/ HTTP/1.1\r\nhost: A\r\nconnection: close\r\n\r\n",
        "POST /echo HTTP/1.1\r\nhost: a\r\nconnection: close\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n",
    ] {
        let answer = server.answer_to(clear).await;
        assert!(answer.starts_with("HTTP/1.1 200 ") || answer.starts_with("HTTP/1.0 200 "), "{clear:?}: {answer}");
    }
}

/// HTTP/2 as bytes.
mod http2 {
    use super::*;

    const PREFACE: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
    const HEADERS: u8 = 1;
    const RESET: u8 = 3;
    const SETTINGS: u8 = 4;
    const GOAWAY: u8 = 7;
    const CONTINUATION: u8 = 9;
    const END_STREAM: u8 = 1;
    const END_HEADERS: u8 = 4;

    fn frame(kind: u8, flags: u8, stream: u8, payload: &[u8]) -> Vec<u8> {
        let length = u32::try_from(payload.len()).expect("is short").to_be_bytes();
        let mut frame = vec![length[1], length[2], length[3], kind, flags, 0, 0, 0, stream];
        frame.extend(payload);
        frame
    }

    /// What stands in the head of a `GET`, in the words of HPACK.
    fn head(path: &str) -> Vec<u8> {
        let length = |text: &str| u8::try_from(text.len()).expect("is short");
        let mut head = vec![0x82, 0x86, 0x04, length(path)];
        head.extend(path.bytes());
        head.extend([0x01, 1, b'a']);
        head
    }

    fn ask(stream: u8, path: &str) -> Vec<u8> {
        frame(HEADERS, END_STREAM | END_HEADERS, stream, &head(path))
    }

    fn hello() -> Vec<u8> {
        [PREFACE.to_vec(), frame(SETTINGS, 0, 0, &[]), frame(SETTINGS, 1, 0, &[])].concat()
    }

    /// The frames that come, as kind, stream and payload, until one that is looked for; `None` once it is closed.
    async fn until(reader: &mut TcpStream, wanted: impl Fn(u8, u8, &[u8]) -> bool) -> Option<Vec<u8>> {
        let reading = async {
            loop {
                let mut frame = [0; 9];
                reader.read_exact(&mut frame).await.ok()?;
                let mut payload = vec![0; u32::from_be_bytes([0, frame[0], frame[1], frame[2]]) as usize];
                reader.read_exact(&mut payload).await.ok()?;
                if wanted(frame[3], frame[8], &payload) {
                    return Some(payload);
                }
            }
        };
        timeout(PATIENCE, reading).await.expect("it comes or the connection is closed")
    }

    #[tokio::test]
    async fn a_connection_that_asks_for_nothing_more_is_closed() {
        // It is looked at for the first time when the first request has to be there.
        let server = server(Limits { first: PATIENCE / 10, next: SHORT, ..generous() }).await;
        let mut reader = server.sent([hello(), ask(1, "/")].concat()).await;
        let status = until(&mut reader, |kind, stream, _| (kind, stream) == (HEADERS, 1)).await;
        assert_eq!(status.expect("it is answered")[0], 0x88, "200");
        assert!(until(&mut reader, |kind, _, _| kind == GOAWAY).await.is_some(), "it is told so");
        assert_eq!(until(&mut reader, |_, _, _| false).await, None);
    }

    #[tokio::test]
    async fn one_that_does_not_answer_a_ping_is_closed() {
        let server = server(Limits { ping: SHORT, ..generous() }).await;
        let mut reader = server.sent([hello(), ask(1, "/never")].concat()).await;
        assert_eq!(until(&mut reader, |_, _, _| false).await, None);
    }

    #[tokio::test]
    async fn an_answer_that_nobody_takes_is_given_up_and_the_others_are_not() {
        let mut server = server(Limits { stall: SHORT, ..generous() }).await;
        let mut reader = server.sent([hello(), ask(1, "/endless")].concat()).await;
        assert!(until(&mut reader, |kind, stream, _| (kind, stream) == (RESET, 1)).await.is_some());
        timeout(PATIENCE, server.dropped.recv()).await.expect("what was to be sent is let go");
        reader.write_all(&ask(3, "/")).await.expect("is open");
        assert!(until(&mut reader, |kind, stream, _| (kind, stream) == (HEADERS, 3)).await.is_some());
    }

    #[tokio::test]
    async fn a_head_has_a_length() {
        let server = server(generous()).await;
        // `x` with a value of 20,000 bytes, which takes two frames.
        let mut long = head("/");
        long.extend([0x00, 1, b'x', 0x7f, 0xa1, 0x9b, 0x01]);
        long.extend(vec![b'y'; 20_000]);
        let (one, two) = long.split_at(16_000);
        let asked = [hello(), frame(HEADERS, END_STREAM, 1, one), frame(CONTINUATION, END_HEADERS, 1, two)].concat();
        let mut reader = server.sent(asked).await;
        let answer = until(&mut reader, |kind, stream, _| (kind, stream) == (HEADERS, 1)).await;
        let answer = answer.expect("it is answered");
        // Literal or in the code of Huffman, but no 200.
        assert_ne!(answer[0], 0x88, "{answer:?}");
    }

    #[tokio::test]
    async fn whoever_takes_back_what_they_ask_for_again_and_again_is_closed() {
        let server = server(generous()).await;
        let flood = (0..120).flat_map(|turn| {
            let stream = turn * 2 + 1;
            [ask(stream, "/never"), frame(RESET, 0, stream, &[0, 0, 0, 8])].concat()
        });
        let mut reader = server.sent(hello().into_iter().chain(flood).collect::<Vec<_>>()).await;
        assert!(until(&mut reader, |kind, _, _| kind == GOAWAY).await.is_some());
    }

    #[tokio::test]
    async fn its_host_is_one_as_any_other() {
        let server = server(generous()).await;
        let mut twice = head("/");
        twice.extend([0x00, 4]);
        twice.extend(b"host");
        twice.extend([1, b'b']);
        let asked = [hello(), frame(HEADERS, END_STREAM | END_HEADERS, 1, &twice), ask(3, "/")].concat();
        let mut reader = server.sent(asked).await;
        let refused = until(&mut reader, |kind, stream, _| (kind, stream) == (HEADERS, 1)).await;
        assert_eq!(refused.expect("it is answered")[0], 0x8c, "400");
        let answered = until(&mut reader, |kind, stream, _| (kind, stream) == (HEADERS, 3)).await;
        assert_eq!(answered.expect("it is answered")[0], 0x88, "200");
    }
}

#[test]
fn a_host_is_a_name_or_an_address_with_a_port_or_without() {
    let is_host = |text: &'static str| super::is_host(&HeaderValue::from_static(text));
    for host in ["a", "a.example", "a:80", "a:", "A_b-c.example:65535", "127.0.0.1:3000", "[::1]", "[::1]:3000"] {
        assert!(is_host(host), "{host}");
    }
    for none in
        ["", "a:x", "a:99999", "a,b", "a b", "a:80:80", "a@b", ":80", "[::1", "[x]", "a/", "a?b", "http://a", "a:+1"]
    {
        assert!(!is_host(none), "{none}");
    }
}

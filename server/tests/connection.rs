//! Connections as they look from outside, byte by byte: an open stream has one to itself and ends it, everything else keeps
//! it for the next request.

use crate::command_line::{Instance, Serving, said};
use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    time::{Duration, Instant},
};

/// Nothing a test waits for takes this long.
const PATIENCE: Duration = Duration::from_secs(30);

/// One connection.
struct Connection(BufReader<TcpStream>);

impl Connection {
    fn to(address: &str) -> Self {
        let stream = TcpStream::connect(address).expect("listens");
        stream.set_read_timeout(Some(PATIENCE)).expect("can wait");
        Self(BufReader::new(stream))
    }

    /// Sends the first of a request, and reads the first of its answer.
    fn ask(&mut self, line: &str, headers: &str) -> String {
        let request = format!("{line}\r\nhost: muster.test\r\n{headers}\r\n");
        self.0.get_mut().write_all(request.as_bytes()).expect("takes the request");
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            assert!(self.0.read_line(&mut head).expect("is text") > 0, "{head}");
        }
        head
    }

    /// Reads a body whose length was said.
    fn body(&mut self, head: &str) -> String {
        let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")).expect("says how long it is");
        let mut body = vec![0; length.parse().expect("is a number")];
        self.0.read_exact(&mut body).expect("is whole");
        String::from_utf8(body).expect("is text")
    }

    /// Reads until something was said.
    fn until(&mut self, said: &str) -> String {
        let mut text = String::new();
        while !text.contains(said) {
            assert!(self.0.read_line(&mut text).expect("is text") > 0, "{text}");
        }
        text
    }

    /// Whatever is left until the other side closes it.
    fn rest(mut self) -> String {
        let mut rest = String::new();
        self.0.read_to_string(&mut rest).expect("ends whole");
        rest
    }
}

/// An instance with an account, and the header of a token of hers.
fn with_token() -> (Instance, String) {
    let instance = Instance::new();
    assert_eq!(instance.run(&["migrate"]).status.code(), Some(0));
    let made =
        instance.run_with_input(&["user", "create", "ana", "--password-stdin", "--superuser"], "twelve or more\n");
    assert_eq!(made.status.code(), Some(0));
    let (status, token, _) = said(&instance.run(&["token", "create", "ana"]));
    assert_eq!(status, Some(0));
    (instance, format!("authorization: Bearer {}\r\n", token.trim()))
}

#[test]
fn a_stream_has_its_connection_to_itself_and_ends_within_a_second_of_its_revocation_elsewhere() {
    let (instance, token) = with_token();
    let serving = instance.serve(&[]);
    let mut connection = Connection::to(serving.address());
    let head = connection.ask("GET /healthz HTTP/1.1", "");
    assert_eq!(connection.body(&head), "ok\n", "it is a connection as any other until then");
    let head = connection.ask("GET /api/v1/events HTTP/1.1", &token);
    assert!(head.starts_with("HTTP/1.1 200 OK\r\n"), "{head}");
    for line in [
        "content-type: text/event-stream",
        "cache-control: no-store",
        "x-accel-buffering: no",
        "transfer-encoding: chunked",
        "connection: close",
        "x-content-type-options: nosniff",
    ] {
        assert_eq!(head.lines().filter(|it| *it == line).count(), 1, "{line}: {head}");
    }
    assert!(head.contains("\r\nx-request-id: ") && head.contains("\r\ndate: "), "{head}");
    assert_eq!(connection.until("beat"), "8\r\n: beat\n", "the first beat comes at once");

    // Another process tells of it by the feed alone.
    assert_eq!(instance.run(&["user", "create", "bo"]).status.code(), Some(0));
    let told = connection.until("\"type\":\"account\"");
    assert!(told.contains("\ndata: {\"id\":") && told.contains("\"username\":\"bo\""), "{told}");
    assert_eq!(instance.run(&["token", "revoke", "ana"]).status.code(), Some(0));
    let revoked = Instant::now();
    let rest = connection.rest();
    assert!(revoked.elapsed() < Duration::from_secs(1), "took {:?}", revoked.elapsed());
    assert!(rest.ends_with("0\r\n\r\n"), "the last chunk says that it is the end: {rest}");
    assert!(!rest.contains("data:"), "of what comes with the end nothing is told: {rest}");
    let mut again = Connection::to(serving.address());
    assert!(again.ask("GET /api/v1/events HTTP/1.1", &token).starts_with("HTTP/1.1 401"));
}

#[test]
fn whoever_asks_for_the_head_of_a_stream_keeps_the_connection() {
    let (instance, token) = with_token();
    let serving = instance.serve(&[]);
    let mut connection = Connection::to(serving.address());
    let head = connection.ask("HEAD /api/v1/events HTTP/1.1", &token);
    assert!(head.starts_with("HTTP/1.1 200 OK\r\n") && head.contains("text/event-stream"), "{head}");
    let head = connection.ask("GET /healthz HTTP/1.1", "");
    assert_eq!(connection.body(&head), "ok\n");
}

#[test]
fn an_old_reader_gets_a_stream_without_chunks() {
    let (instance, token) = with_token();
    let serving = instance.serve(&[]);
    let mut connection = Connection::to(serving.address());
    let head = connection.ask("GET /api/v1/events HTTP/1.0", &token);
    assert!(head.starts_with("HTTP/1.0 200 OK\r\n") && !head.contains("chunked"), "{head}");
    assert_eq!(connection.until("beat"), ": beat\n");
    let (status, took) = serving.terminate();
    assert_eq!(status, Some(0));
    assert!(took < Duration::from_secs(5), "took {took:?}");
    assert_eq!(connection.rest(), "\n");
}

#[test]
fn a_reader_who_goes_makes_room() {
    const MOST: usize = 64;
    let (instance, token) = with_token();
    let serving = instance.serve(&[]);
    let open = || {
        let mut connection = Connection::to(serving.address());
        let head = connection.ask("GET /api/v1/events HTTP/1.1", &token);
        (connection, head)
    };
    let mut streams: Vec<_> = (0..MOST).map(|_| open().0).collect();
    assert!(open().1.starts_with("HTTP/1.1 429"), "a token has so many streams and no more");
    streams.pop();
    let asked = Instant::now();
    while !open().1.starts_with("HTTP/1.1 200") {
        assert!(asked.elapsed() < PATIENCE, "the place of whoever is gone is free at once");
    }
}

/// How much memory a process has, in kilobytes.
fn resident(serving: &Serving) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{}/status", serving.id())).expect("it runs");
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).expect("says so");
    line.trim().trim_end_matches(" kB").parse().expect("is a number")
}

#[test]
fn whoever_is_idle_does_not_stop_it_however_few_files_there_are() {
    let instance = Instance::new();
    for (soft, hard) in [(64, 512), (300, 300)] {
        let serving = instance.serve_with_files(soft, hard);
        let mut idle = Vec::new();
        for turn in 0..hard + 100 {
            let mut stream = TcpStream::connect(serving.address()).expect("listens");
            if turn % 2 == 0 {
                // HTTP/2 with nothing to ask.
                stream.write_all(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0").expect("takes it");
            }
            idle.push(stream);
        }
        let mut connection = Connection::to(serving.address());
        let head = connection.ask("GET /readyz HTTP/1.1", "");
        assert!(head.starts_with("HTTP/1.1 200 "), "{soft} {hard}: {head}");
        drop(idle);
        assert_eq!(serving.terminate().0, Some(0));
    }
}

#[test]
fn heads_without_end_take_little_memory() {
    let instance = Instance::new();
    let serving = instance.serve(&[]);
    let before = resident(&serving);
    let flood: Vec<TcpStream> = (0..200)
        .map(|turn| {
            let mut stream = TcpStream::connect(serving.address()).expect("listens");
            // Too long, and as long as may be.
            let length = if turn % 2 == 0 { 390_000 } else { 15_000 };
            let head = format!("GET / HTTP/1.1\r\nhost: a\r\nx: {}", "x".repeat(length));
            // Most of it nobody takes.
            let _ = stream.write_all(head.as_bytes());
            stream
        })
        .collect();
    let mut connection = Connection::to(serving.address());
    assert!(connection.ask("GET /healthz HTTP/1.1", "").starts_with("HTTP/1.1 200 "));
    let after = resident(&serving);
    println!("{before} kB before, {after} kB after");
    assert!(after < before + 24_000, "{before} kB before, {after} kB after");
    drop(flood);
}

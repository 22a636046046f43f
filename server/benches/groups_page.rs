//! Requests per second of the groups page of the demo, beside an axum route that sends the same bytes from memory.
//!
//! Both are loaded in turns within one run, over the same number of connections, so that they share whatever else the
//! machine is doing. `cargo xtask bench` runs it.

use axum::{Router, body::Bytes, http::header, response::IntoResponse, routing::get, serve::ListenerExt};
use server::demo;
use std::{
    env, fs,
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    path::Path,
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

const CONNECTIONS: usize = 16;
const TURNS: usize = 3;
const TURN: Duration = Duration::from_secs(4);
const LEADER: usize = 1;

fn main() {
    let dir = env::temp_dir().join(format!("muster-bench-{}", std::process::id()));
    let (mut child, muster) = serve_demo(&dir);
    let head = format!("GET /groups HTTP/1.1\r\nhost: {muster}\r\ncookie: {}\r\n\r\n", sign_in(&muster));
    let page = Connection::to(&muster).ask(&head);
    let memory = serve_from_memory(&page);
    let plain = format!("GET /groups HTTP/1.1\r\nhost: {memory}\r\n\r\n");
    println!("{} bytes, {CONNECTIONS} connections, {TURNS} turns of {} s each", page.len(), TURN.as_secs());

    load(&muster, &head);
    let (mut of_muster, mut of_memory) = (0.0, 0.0);
    for _ in 0..TURNS {
        of_muster += load(&muster, &head);
        of_memory += load(&memory, &plain);
    }
    let turns = f64::from(u8::try_from(TURNS).unwrap_or(u8::MAX));
    println!("groups page      {:>10.0} requests/s", of_muster / turns);
    println!("same from memory {:>10.0} requests/s", of_memory / turns);
    println!("ratio            {:>10.1}", of_memory / of_muster);

    child.kill().expect("can be killed");
    child.wait().expect("is gone");
    fs::remove_dir_all(&dir).expect("the folder goes");
}

/// The release binary over a fresh demo. Returns it with its address.
fn serve_demo(dir: &Path) -> (Child, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_muster"));
    command.args(["serve", "--demo", "--listen", "127.0.0.1:0", "--data-dir"]).arg(dir).env("MUSTER_LOG", "warn");
    let mut child = command.stdout(Stdio::piped()).spawn().expect("starts");
    let lines = BufReader::new(child.stdout.take().expect("is piped")).lines();
    let address = lines.map_while(Result::ok).find_map(|line| Some(line.split_once("http://")?.1.trim().to_owned()));
    (child, address.expect("says where it is"))
}

fn sign_in(address: &str) -> String {
    let form = format!("username={}&password={}", demo::SIGN_INS[LEADER].1, demo::PASSWORD);
    let mut stream = TcpStream::connect(address).expect("connects");
    let head = format!(
        "POST /login HTTP/1.1\r\nhost: {address}\r\ncontent-type: application/x-www-form-urlencoded\r\n\
         content-length: {}\r\nconnection: close\r\n\r\n{form}",
        form.len()
    );
    stream.write_all(head.as_bytes()).expect("is sent");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("answers");
    let cookie = answer.lines().find_map(|line| line.strip_prefix("set-cookie: ")).expect("is signed in");
    cookie.split(';').next().unwrap_or_default().to_owned()
}

/// An axum server that does nothing but send these bytes. Returns its address.
fn serve_from_memory(page: &[u8]) -> String {
    let page = Bytes::copy_from_slice(page);
    let (told, address) = std::sync::mpsc::channel();
    thread::spawn(move || {
        let runtime = tokio::runtime::Runtime::new().expect("a runtime");
        runtime.block_on(async move {
            let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
            told.send(listener.local_addr().expect("has one").to_string()).expect("is awaited");
            let listener = listener.tap_io(|stream| stream.set_nodelay(true).expect("is open"));
            let answer = move || {
                let page = page.clone();
                async move { ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], page).into_response() }
            };
            axum::serve(listener, Router::new().route("/groups", get(answer))).await.expect("serves");
        });
    });
    address.recv().expect("starts")
}

/// Asks again and again over all connections for one turn. Returns requests per second.
fn load(address: &str, head: &str) -> f64 {
    let start = Instant::now();
    let count: u32 = thread::scope(|scope| {
        let ask = || {
            let mut connection = Connection::to(address);
            let mut count = 0;
            while start.elapsed() < TURN {
                assert!(!connection.ask(head).is_empty());
                count += 1;
            }
            count
        };
        let connections: Vec<_> = (0..CONNECTIONS).map(|_| scope.spawn(ask)).collect();
        connections.into_iter().map(|connection| connection.join().expect("asks to the end")).sum()
    });
    f64::from(count) / start.elapsed().as_secs_f64()
}

/// One connection that stays open.
struct Connection(BufReader<TcpStream>);

impl Connection {
    fn to(address: &str) -> Self {
        let stream = TcpStream::connect(address).expect("connects");
        stream.set_nodelay(true).expect("is open");
        Self(BufReader::new(stream))
    }

    /// Sends the request and reads the whole answer. Returns the body.
    fn ask(&mut self, head: &str) -> Vec<u8> {
        self.0.get_mut().write_all(head.as_bytes()).expect("is sent");
        let status = self.line();
        assert!(status.starts_with("HTTP/1.1 200"), "{status}");
        let mut length = None;
        loop {
            let line = self.line().to_ascii_lowercase();
            match line.split_once(": ") {
                Some(("content-length", value)) => length = value.parse().ok(),
                Some(_) => {}
                None => break,
            }
        }
        match length {
            Some(length) => self.bytes(length),
            None => self.chunks(),
        }
    }

    fn chunks(&mut self) -> Vec<u8> {
        let mut body = Vec::new();
        loop {
            let size = usize::from_str_radix(&self.line(), 16).expect("is the size of a chunk");
            let chunk = self.bytes(size);
            self.line();
            if chunk.is_empty() {
                return body;
            }
            body.extend(chunk);
        }
    }

    fn bytes(&mut self, count: usize) -> Vec<u8> {
        let mut bytes = vec![0; count];
        self.0.read_exact(&mut bytes).expect("is sent whole");
        bytes
    }

    fn line(&mut self) -> String {
        let mut line = String::new();
        self.0.read_line(&mut line).expect("is text");
        line.trim_end().to_owned()
    }
}

//! As much HTTP as it takes to ask a server on this machine, again and again over one connection.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
};

/// An answer: its status and its body.
pub struct Answer {
    /// The status, such as 200.
    pub status: u16,
    /// The cookie that is set, up to its first semicolon.
    pub cookie: Option<String>,
    /// The body.
    pub body: Vec<u8>,
}

/// The head and body of a request.
pub fn get(address: &str, path: &str, headers: &str) -> String {
    format!("GET {path} HTTP/1.1\r\nhost: {address}\r\n{headers}\r\n")
}

/// A request that sends something.
pub fn post(address: &str, path: &str, headers: &str, kind: &str, body: &str) -> String {
    format!(
        "POST {path} HTTP/1.1\r\nhost: {address}\r\norigin: http://{address}\r\n{headers}content-type: {kind}\r\n\
         content-length: {}\r\n\r\n{body}",
        body.len()
    )
}

/// One connection that stays open.
pub struct Connection(BufReader<TcpStream>);

impl Connection {
    /// Connects.
    pub fn to(address: &str) -> Self {
        let stream = TcpStream::connect(address).expect("connects");
        stream.set_nodelay(true).expect("is open");
        Self(BufReader::new(stream))
    }

    /// Sends a request and reads the whole answer.
    pub fn ask(&mut self, request: &str) -> Answer {
        self.0.get_mut().write_all(request.as_bytes()).expect("is sent");
        let line = self.line();
        let status = line.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("has a status");
        let (mut length, mut chunked, mut cookie) = (0, false, None);
        loop {
            let line = self.line();
            let Some((name, value)) = line.split_once(": ") else { break };
            match name.to_ascii_lowercase().as_str() {
                "content-length" => length = value.parse().expect("is a number"),
                "transfer-encoding" => chunked = true,
                "set-cookie" => cookie = value.split(';').next().map(str::to_owned),
                _ => {}
            }
        }
        let body = if chunked { self.chunks() } else { self.bytes(length) };
        Answer { status, cookie, body }
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

//! Looks over what is read for requests that say in two ways how long they are (RFC 9112 §6.1): what reads them before us
//! may see another request where we see a body. Once hyper has read them, only one of the two is left.

/// Longer than the longest name that is looked for.
const NAME: usize = 18;

/// The first line of HTTP/2, in small letters.
const PREFACE: &[u8] = b"pri * http/2.0";

/// Where in a connection of HTTP/1 one is, line by line.
#[derive(Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "what a head has said so far, one by one")]
pub(super) struct Heads {
    place: Place,
    /// The first of the line, in small letters.
    line: [u8; NAME],
    length: usize,
    is_name_whole: bool,
    has_length: bool,
    has_encoding: bool,
    /// Whether something of a head has been read.
    pub(super) is_begun: bool,
    /// Whether a request was ambiguous.
    pub(super) is_ambiguous: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Place {
    /// Before the first byte.
    #[default]
    Start,
    Head,
    /// Bodies are passed over.
    Body,
    /// HTTP/2 says it in one way only.
    Other,
}

impl Heads {
    /// Whether it is HTTP/2 that is spoken.
    pub(super) fn is_other(&self) -> bool {
        self.place == Place::Other
    }

    /// Whether it may yet turn out to be.
    pub(super) fn may_be_other(&self) -> bool {
        let name = self.line.get(..self.length);
        self.is_other() || self.place == Place::Start && name.is_some_and(|name| PREFACE.starts_with(name))
    }

    /// A body is over: a head comes next.
    pub(super) fn expect_head(&mut self) {
        if self.place == Place::Body {
            self.place = Place::Head;
        }
    }

    pub(super) fn read(&mut self, bytes: &[u8]) {
        for byte in bytes {
            match self.place {
                Place::Body | Place::Other => return,
                Place::Start | Place::Head => self.step(*byte),
            }
        }
    }

    fn step(&mut self, byte: u8) {
        match byte {
            b'\n' => self.end_line(),
            b'\r' => {}
            b':' => self.is_name_whole = true,
            _ => {
                self.is_begun = true;
                if !self.is_name_whole {
                    if let Some(place) = self.line.get_mut(self.length) {
                        *place = byte.to_ascii_lowercase();
                    }
                    self.length = self.length.saturating_add(1);
                }
            }
        }
    }

    fn end_line(&mut self) {
        let name = self.line.get(..self.length).unwrap_or_default();
        if self.place == Place::Start && name == PREFACE {
            self.place = Place::Other;
            return;
        }
        let is_end = name.is_empty() && !self.is_name_whole && self.is_begun;
        self.place = Place::Head;
        if self.is_name_whole {
            self.has_length |= name == b"content-length";
            self.has_encoding |= name == b"transfer-encoding";
        }
        (self.length, self.is_name_whole) = (0, false);
        if is_end {
            self.is_ambiguous |= self.has_length && self.has_encoding;
            if self.has_length || self.has_encoding {
                self.place = Place::Body;
            }
            (self.has_length, self.has_encoding, self.is_begun) = (false, false, false);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_ambiguous(sent: &str) -> bool {
        // However it is cut into packets.
        let [mut whole, mut cut] = [Heads::default(), Heads::default()];
        whole.read(sent.as_bytes());
        sent.bytes().for_each(|byte| cut.read(&[byte]));
        assert_eq!(whole.is_ambiguous, cut.is_ambiguous, "{sent:?}");
        whole.is_ambiguous
    }

    #[test]
    fn one_length_is_enough() {
        for sent in [
            "POST / HTTP/1.1\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n",
            "POST / HTTP/1.1\r\ntransfer-encoding: chunked\r\nhost: a\r\nCONTENT-LENGTH: 3\r\n\r\n",
            "GET / HTTP/1.1\r\nhost: a\r\n\r\nPOST / HTTP/1.1\ncontent-length:3\ntransfer-encoding:chunked\n\n",
        ] {
            assert!(is_ambiguous(sent), "{sent:?}");
        }
        for sent in [
            "POST / HTTP/1.1\r\ncontent-length: 3\r\n\r\n",
            "POST / HTTP/1.1\r\ncontent-length: 60\r\n\r\ntransfer-encoding: chunked\r\n\r\n",
            "GET / HTTP/1.1\r\nx: content-length: 3\r\ntransfer-encoding: chunked\r\n\r\n",
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\n",
        ] {
            assert!(!is_ambiguous(sent), "{sent:?}");
        }
    }
}

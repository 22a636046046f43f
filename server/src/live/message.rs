//! How a stream says something: server-sent events, <https://html.spec.whatwg.org/multipage/server-sent-events.html>.

use bytes::Bytes;
use domain::{Frame, Seq};
use std::fmt::Write;

/// How many messages are sent at once at most: a stream that was far behind holds the rest back.
const AT_ONCE: usize = 32;

/// Nothing; the connection lives.
pub(super) const BEAT: Bytes = Bytes::from_static(b": beat\n\n");

/// One message. What it says is one line, as JSON is.
pub(crate) fn message(name: Option<&str>, id: Option<Seq>, says: &str) -> Bytes {
    let mut text = String::with_capacity(says.len() + 64);
    // Writing to a text never fails.
    let _ = name.map_or(Ok(()), |name| writeln!(text, "event: {name}"));
    let _ = id.map_or(Ok(()), |id| writeln!(text, "id: {id}"));
    let _ = write!(text, "data: {says}\n\n");
    text.into()
}

/// What a page is told; `None` for what cannot be written, which is a fault of ours and logged.
pub(super) fn frame(frame: &Frame) -> Option<Bytes> {
    placed(frame, frame.seq())
}

/// The same, after which the page stands where it stood.
pub(super) fn unplaced(frame: &Frame) -> Option<Bytes> {
    placed(frame, None)
}

fn placed(frame: &Frame, place: Option<Seq>) -> Option<Bytes> {
    match serde_json::to_string(frame) {
        Ok(says) => Some(message(None, place, &says)),
        Err(error) => {
            tracing::error!(%error, "a frame cannot be written; the stream ends");
            None
        }
    }
}

/// What is to be sent next of all that is ready; `None` where nothing is. The texts are shared with other streams, so that
/// only several at once are copied.
pub(super) fn take(ready: &mut Vec<Bytes>) -> Option<Bytes> {
    match ready.as_slice() {
        [] => None,
        [_] => ready.pop(),
        several if several.len() <= AT_ONCE => Some(std::mem::take(ready).concat().into()),
        _ => Some(ready.drain(..AT_ONCE).collect::<Vec<_>>().concat().into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_says_what_it_is_called_where_it_stands_and_what_there_is() {
        assert_eq!(message(Some("reset"), Some(Seq(7)), "{}"), "event: reset\nid: 7\ndata: {}\n\n");
        assert_eq!(message(None, None, "-"), "data: -\n\n");
        assert_eq!(frame(&Frame::Reset { seq: Seq(7) }), Some("id: 7\ndata: {\"reset\":{\"seq\":7}}\n\n".into()));
    }

    #[test]
    fn many_messages_go_in_their_order_and_a_few_at_a_time() {
        let texts: Vec<String> = (0..100).map(|place| format!("{place};")).collect();
        let mut ready: Vec<Bytes> = texts.iter().cloned().map(Bytes::from).collect();
        let first = take(&mut ready).expect("there are some");
        assert_eq!(first, texts[..AT_ONCE].concat());
        let mut rest = Vec::new();
        while let Some(next) = take(&mut ready) {
            rest.extend(next);
        }
        assert_eq!(rest, texts[AT_ONCE..].concat().into_bytes());
    }
}

//! JSON as it travels between server and browser.
//!
//! It is what server functions use anyway, but for the reader: the browser reads every text with the same one, also the
//! frames of the feed and what a page brings along, and so holds the code of each type once instead of three times.

use leptos::server_fn::{Bytes, ContentType, Decodes, Encodes, Format, FormatType, codec::Post};
use serde::{Serialize, de::DeserializeOwned};

/// The encoding.
pub struct JsonText;

/// The body of an answer in that encoding.
pub type JsonBody = Post<JsonText>;

impl ContentType for JsonText {
    const CONTENT_TYPE: &'static str = "application/json";
}

impl FormatType for JsonText {
    const FORMAT_TYPE: Format = Format::Text;
}

impl<T: Serialize> Encodes<T> for JsonText {
    type Error = serde_json::Error;

    fn encode(value: &T) -> Result<Bytes, Self::Error> {
        serde_json::to_vec(value).map(Bytes::from)
    }
}

impl<T: DeserializeOwned> Decodes<T> for JsonText {
    type Error = serde_json::Error;

    fn decode(bytes: Bytes) -> Result<T, Self::Error> {
        // What is no UTF-8 is no JSON either; the reader says so.
        serde_json::from_str(&String::from_utf8_lossy(&bytes))
    }
}

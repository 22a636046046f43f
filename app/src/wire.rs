//! JSON as it travels between server and browser.
//!
//! It is what server functions and resources use anyway, but for the reader: the browser reads every text with the same
//! small one, also the frames of the feed and what a page brings along, and so holds the code of each type once.

mod reader;
mod unreadable;
mod value;

pub use reader::read;
pub use unreadable::Unreadable;

use leptos::{
    server::codee::{Decoder, Encoder},
    server_fn::{Bytes, ContentType, Decodes, Encodes, Format, FormatType, codec::Post},
};
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
    type Error = Unreadable;

    fn decode(bytes: Bytes) -> Result<T, Self::Error> {
        // What is no UTF-8 is no JSON either; the reader says so.
        read(&String::from_utf8_lossy(&bytes))
    }
}

impl<T: Serialize> Encoder<T> for JsonText {
    type Error = serde_json::Error;
    type Encoded = String;

    fn encode(value: &T) -> Result<String, Self::Error> {
        serde_json::to_string(value).map(swap_quotes)
    }
}

impl<T: DeserializeOwned> Decoder<T> for JsonText {
    type Error = Unreadable;
    type Encoded = str;

    fn decode(text: &str) -> Result<T, Self::Error> {
        read(&swap_quotes(text.to_owned()))
    }
}

/// Swaps single and double quotation marks; doing it twice changes nothing.
///
/// What a page brings along stands in a script as a text between double ones, where each of its own is escaped. JSON is full
/// of them, and has hardly any single ones.
fn swap_quotes(text: String) -> String {
    let mut bytes = text.into_bytes();
    for byte in &mut bytes {
        *byte = match *byte {
            b'"' => b'\'',
            b'\'' => b'"',
            other => other,
        };
    }
    // One character of ASCII for another: it is as good a text as before.
    String::from_utf8(bytes).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_page_brings_along_has_few_double_quotes() {
        let names = vec!["O'Neill".to_owned(), "\"Ace\" Zoë".to_owned()];
        let text = <JsonText as Encoder<Vec<String>>>::encode(&names).expect("is written");
        assert_eq!(text, r#"['O"Neill','\'Ace\' Zoë']"#);
        assert_eq!(<JsonText as Decoder<Vec<String>>>::decode(&text), Ok(names));
    }
}

//! Addresses: the one place where their queries are read and written. Pages, links, forms, files and the server all go
//! through here, so that a value is encoded once, decoded once, and means the same however one comes to a page.

use crate::{
    browser,
    error::{AppError, Ticket},
    parts::draw::{Followed, follow_while},
    wire::read,
};
use leptos::{prelude::*, server_fn::error::ServerFnUrlError};
use leptos_router::{
    hooks::{use_location, use_matched},
    location::Url,
};

/// What the query of an address says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query(Vec<(String, String)>);

impl Query {
    /// Reads one, without its question mark. Whatever stands there is one: what is no encoding stands for itself, and what
    /// is no UTF-8 is replaced.
    #[must_use]
    pub fn read(text: &str) -> Self {
        let pairs = text.split('&').filter(|pair| !pair.is_empty()).map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (decoded(name), decoded(value))
        });
        Self(pairs.collect())
    }

    /// A value; of several the last. Empty where it is not given.
    #[must_use]
    pub fn given(&self, name: &str) -> String {
        self.values(name).next_back().unwrap_or_default().to_owned()
    }

    /// All values of this name.
    pub(crate) fn all(&self, name: &str) -> Vec<String> {
        self.values(name).map(str::to_owned).collect()
    }

    /// The address of a path with this query; what is empty is left out.
    pub(crate) fn on(&self, path: &str) -> String {
        let pairs: Vec<_> = self.0.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        address(path, &pairs)
    }

    fn values<'a>(&'a self, name: &'a str) -> impl DoubleEndedIterator<Item = &'a str> {
        self.0.iter().filter(move |(other, _)| other == name).map(|(_, value)| value.as_str())
    }
}

/// The query of the page's address. It is read from what stands there: what the router hands out it has decoded twice.
pub(crate) fn use_query() -> Followed<Query> {
    let search = use_location().search;
    follow_while(use_stays(), move || search.with(|search| Query::read(search)))
}

/// Whether the page stays. One that is being left is there until the next one can be, while the address is the next one's
/// already: it says nothing to the page that is left, which asks for nothing any more.
pub(crate) fn use_stays() -> impl Fn() -> bool + Copy + Send + Sync + 'static {
    let address = use_location().pathname;
    // Only within a route there is one. What stands around the pages stays.
    let route = use_context::<ArcRwSignal<Url>>().map(|_| use_matched());
    move || {
        let leads_here =
            |route: &String| address.with(|address| address.trim_end_matches('/') == route.trim_end_matches('/'));
        route.is_none_or(|route| route.with(leads_here))
    }
}

/// One value of an address; empty where it is not given.
pub(crate) fn given(query: &Query, name: &str) -> String {
    query.given(name)
}

/// A path with a query of what is given; what is empty is left out.
#[must_use]
pub fn address(path: &str, query: &[(&str, &str)]) -> String {
    let given: Vec<_> = query.iter().copied().filter(|(_, value)| !value.is_empty()).collect();
    with_query(path, &given)
}

/// A path with a query of all these, empty ones too.
#[must_use]
pub fn with_query(path: &str, query: &[(&str, &str)]) -> String {
    let mut address = path.to_owned();
    for (name, value) in query {
        address.push(if address.contains('?') { '&' } else { '?' });
        encode_into(&mut address, name);
        address.push('=');
        encode_into(&mut address, value);
    }
    address
}

/// An address without the values of these names. The rest of it stays as it was written.
pub(crate) fn without(address: &str, names: &[&str]) -> String {
    let (address, _) = address.split_once('#').unwrap_or((address, ""));
    let Some((path, query)) = address.split_once('?') else { return address.to_owned() };
    let is_kept = |pair: &&str| {
        let name = decoded(pair.split('=').next().unwrap_or_default());
        !pair.is_empty() && !names.contains(&name.as_str())
    };
    let kept: Vec<&str> = query.split('&').filter(is_kept).collect();
    if kept.is_empty() { path.to_owned() } else { format!("{path}?{}", kept.join("&")) }
}

/// Where the framework tells in an address what became of a plain form: of which, and why it was refused.
const REFUSED: [&str; 2] = ["__path", "__err"];

/// Why the form that led to an address was refused, if it was.
#[must_use]
pub fn refusal(query: &Query) -> Option<AppError> {
    let [_, why] = REFUSED;
    let code = query.given(why);
    (!code.is_empty()).then(|| {
        // The browser decodes by itself: what the framework does it by would weigh 2 kB more.
        if cfg!(target_family = "wasm") {
            let text = browser::from_base64(&code).and_then(|text| read(&text).ok());
            text.unwrap_or(AppError::Internal(Ticket(String::new())))
        } else {
            ServerFnUrlError::<AppError>::decode_err(&code)
        }
    })
}

/// The address of the page where a form was refused, without that.
#[must_use]
pub fn without_refusal(address: &str) -> String {
    without(address, &REFUSED)
}

/// Percent-encodes everything that is not unreserved (RFC 3986 §2.3).
pub fn encode_into(address: &mut String, value: &str) {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            address.push(char::from(byte));
        } else {
            address.push('%');
            address.push(char::from(HEX[usize::from(byte >> 4)]));
            address.push(char::from(HEX[usize::from(byte & 15)]));
        }
    }
}

/// Decodes a name or a value as forms encode them (`application/x-www-form-urlencoded`).
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [byte, after @ ..] = rest {
        rest = after;
        bytes.push(match (byte, after) {
            (b'+', _) => b' ',
            (b'%', [high, low, after @ ..]) => match (digit(*high), digit(*low)) {
                (Some(high), Some(low)) => {
                    rest = after;
                    high << 4 | low
                }
                _ => b'%',
            },
            (byte, _) => *byte,
        });
    }
    String::from_utf8(bytes).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
}

fn digit(byte: u8) -> Option<u8> {
    match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        b'A'..=b'F' => Some(byte - b'A' + 10),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOSTILE: [&str; 14] = [
        "%41",
        "%2541",
        "100%",
        "%",
        "%%41%",
        "a&b=c",
        "a b",
        "a+b",
        "#?/\\:;'\"<>",
        "\u{0}\r\n\t",
        "ä€𝄞\u{202e}\u{200d}",
        "Ünïcode %C3%A4",
        "&search=other",
        "=",
    ];

    #[test]
    fn what_is_written_is_read_as_it_was() {
        for value in HOSTILE {
            let written = address("/groups", &[("search", value), ("filter", "")]);
            let (path, query) = written.split_once('?').expect("has a query");
            assert_eq!(path, "/groups");
            assert_eq!(Query::read(query), Query(vec![("search".to_owned(), value.to_owned())]), "{written}");
            assert!(written.bytes().all(|byte| byte.is_ascii_graphic()), "{written}");
        }
    }

    #[test]
    fn an_address_holds_what_is_given_and_nothing_else() {
        assert_eq!(address("/groups", &[("filter", ""), ("search", "")]), "/groups");
        let full = address("/groups", &[("filter", "open"), ("search", "a&b c"), ("states[]", "1")]);
        assert_eq!(full, "/groups?filter=open&search=a%26b%20c&states%5B%5D=1");
        assert_eq!(address(&full, &[("remove", "7")]), format!("{full}&remove=7"));
    }

    #[test]
    fn a_query_is_read_as_forms_write_it() {
        let query = Query::read("search=a+b%2Bc&search=%2541&states%5B%5D=1&states[]=2&empty=&&bare&bad=%zz%4&raw=%ff");
        assert_eq!(query.given("search"), "%41");
        assert_eq!(query.all("search"), ["a b+c", "%41"]);
        assert_eq!(query.all("states[]"), ["1", "2"]);
        for name in ["empty", "bare", "none"] {
            assert_eq!(query.given(name), "", "{name}");
        }
        assert_eq!((query.given("bad"), query.given("raw")), ("%zz%4".to_owned(), "\u{fffd}".to_owned()));
    }

    #[test]
    fn what_is_taken_away_leaves_the_rest_as_it_was() {
        assert_eq!(without("/groups?a=%2541&b=2&%61=3#here", &["a"]), "/groups?b=2");
        assert_eq!(without("/groups?a=1&&b=%2541+c", &["a"]), "/groups?b=%2541+c");
        assert_eq!(without("/groups?a=1", &["a"]), "/groups");
        assert_eq!(without("/groups?", &["a"]), "/groups");
        assert_eq!(without("/groups", &["a"]), "/groups");
    }
}

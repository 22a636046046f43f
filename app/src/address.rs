//! Addresses: the one place where their queries are read and written. Pages, links, forms, files and the server all go
//! through here, so that a value is encoded once, decoded once, and means the same however one comes to a page.

use crate::{
    error::{AppError, Ticket},
    wire::read,
};
use leptos::{prelude::window, server_fn::error::ServerFnUrlError};

/// No address that we lead to is longer: proxies are only sure to let 8 kB in, of which headers and cookies take a part.
pub const LONGEST_ADDRESS: usize = 2_000;

/// The field of an address that names what this tab keeps of it: what must not stand there itself.
pub(crate) const KEPT_FIELD: &str = "kept";

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

    /// The same without the values of this name.
    pub(crate) fn without(mut self, name: &str) -> Self {
        self.0.retain(|(other, _)| other != name);
        self
    }

    /// The address of a path with this query; what is empty is left out.
    pub(crate) fn on(&self, path: &str) -> String {
        address(path, &self.pairs().collect::<Vec<_>>())
    }

    /// The same, written for an address.
    pub(crate) fn written(&self) -> String {
        self.on("").trim_start_matches('?').to_owned()
    }

    /// Whether it holds what is nobody else's business.
    fn is_private(&self) -> bool {
        self.0.iter().any(|(name, value)| is_private(name, value))
    }

    /// With other fields before its own, which so count where both have one.
    pub(crate) fn after(mut self, earlier: Self) -> Self {
        self.0.splice(0..0, earlier.0);
        self
    }

    /// Every field with its value.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    fn values<'a>(&'a self, name: &'a str) -> impl DoubleEndedIterator<Item = &'a str> {
        self.0.iter().filter(move |(other, _)| other == name).map(|(_, value)| value.as_str())
    }
}

/// Whether a field tells what is nobody else's business: e-mail addresses, wherever they were typed, and the tokens of
/// invitations. Addresses are kept in histories and in the logs of proxies, and so are told none of it.
#[must_use]
pub fn is_private(name: &str, value: &str) -> bool {
    const AT: [char; 3] = ['@', '\u{fe6b}', '\u{ff20}'];
    value.contains(AT) || (!value.is_empty() && matches!(name, "email" | "invitation"))
}

/// Whether any field of a query or of a form, as it is sent, does.
#[must_use]
pub fn has_private(query: &str) -> bool {
    Query::read(query).is_private()
}

/// Whether an address may be led to: it is short enough for every proxy, and tells nothing private.
#[must_use]
pub fn may_be_told(address: &str) -> bool {
    let query = address.split_once('?').map_or("", |(_, query)| query);
    address.len() <= LONGEST_ADDRESS && !has_private(query)
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
            let text = from_base64(&code).and_then(|text| read(&text).ok());
            text.unwrap_or(AppError::Internal(Ticket(String::new())))
        } else {
            ServerFnUrlError::<AppError>::decode_err(&code)
        }
    })
}

/// The text behind a code that may stand in an address (RFC 4648 §5).
fn from_base64(code: &str) -> Option<String> {
    let plain = |sign| match sign {
        '-' => '+',
        '_' => '/',
        sign => sign,
    };
    let bytes = window().atob(&code.chars().map(plain).collect::<String>()).ok()?;
    // The browser answers a character for each byte.
    String::from_utf8(bytes.chars().map(u8::try_from).collect::<Result<_, _>>().ok()?).ok()
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

/// Whether a path leads to a way in. Those stand alone: nobody is there yet.
pub(crate) fn is_way_in(path: &str) -> bool {
    matches!(path, "/login" | "/setup" | "/register" | "/once") || path.starts_with("/reset/")
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
    fn what_is_private_is_told_by_field_and_by_look() {
        for (name, value) in [("username", "ana@example.org"), ("username", "ana\u{ff20}b"), ("email", "no address")] {
            assert!(is_private(name, value), "{name} {value}");
        }
        for (name, value) in [("username", "ana"), ("email", ""), ("invitation", ""), ("problem", "wrong")] {
            assert!(!is_private(name, value), "{name} {value}");
        }
        assert!(is_private("invitation", "abc"));
        for query in
            ["deed=edit&email=x&draft=look", "username=ana%40b", "a=b@c", "a=%ef%bc%a0", "%65mail=x", "names=a%0Ab%40c"]
        {
            assert!(has_private(query), "{query}");
            assert!(!may_be_told(&format!("/admin/users?{query}")), "{query}");
        }
        assert!(!has_private("deed=edit&username=ana&email=&draft=look"));
        assert!(may_be_told("/admin/users") && may_be_told("/admin/users?search=ana"));
        assert!(!may_be_told(&format!("/admin/users?search={}", "a".repeat(LONGEST_ADDRESS))));
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

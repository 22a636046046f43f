//! Tokens of the API: the secret that a program sends, and how it is written.

use crate::clock::Random;
use axum::http::{HeaderMap, header};
use data_encoding::BASE64URL_NOPAD;
use sha2::{Digest, Sha256};

/// What every secret begins with, so that one that slipped into a file is recognised for what it is.
const PREFIX: &str = "muster_";

/// The secret of a token: 256 random bits. The database has its hash alone. Never printed but by [`Secret::reveal`].
pub(crate) struct Secret([u8; 32]);

impl Secret {
    /// A secret nobody guesses.
    pub(crate) fn fresh(random: &dyn Random) -> Self {
        Self(random.bytes())
    }

    /// The secret as it is written; `None` for what is none.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let bits = text.strip_prefix(PREFIX)?;
        BASE64URL_NOPAD.decode(bits.as_bytes()).ok()?.try_into().ok().map(Self)
    }

    /// The secret a request carries (RFC 6750); `None` where there is none, or nonsense.
    pub(crate) fn of(headers: &HeaderMap) -> Option<Self> {
        let line = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
        let (scheme, text) = line.split_once(' ')?;
        scheme.eq_ignore_ascii_case("bearer").then(|| Self::parse(text.trim())).flatten()
    }

    /// What the database knows of it. It is random and long, so a plain hash is enough.
    pub(crate) fn hash(&self) -> [u8; 32] {
        Sha256::digest(self.0).into()
    }

    /// The secret as text, for the one moment in which its owner is shown it.
    pub(crate) fn reveal(&self) -> String {
        format!("{PREFIX}{}", BASE64URL_NOPAD.encode(&self.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::CountingRandom;
    use axum::http::HeaderValue;

    fn found(line: &str) -> Option<[u8; 32]> {
        let mut headers = HeaderMap::new();
        headers.insert(header::AUTHORIZATION, HeaderValue::from_str(line).expect("is a header"));
        Secret::of(&headers).map(|secret| secret.hash())
    }

    #[test]
    fn what_was_revealed_is_found_again() {
        let secret = Secret::fresh(&CountingRandom::default());
        let (text, hash) = (secret.reveal(), Some(secret.hash()));
        assert_eq!(text.len(), 50);
        for scheme in ["Bearer", "bearer", "BEARER"] {
            assert_eq!(found(&format!("{scheme} {text}")), hash);
        }
        assert_eq!(found(&format!("Bearer  {text} ")), hash);
        assert_eq!(Secret::parse(&text).map(|secret| secret.hash()), hash);
    }

    #[test]
    fn nonsense_is_no_secret() {
        let text = Secret::fresh(&CountingRandom::default()).reveal();
        for line in ["", "Bearer", "Bearer ", &text, &format!("Basic {text}"), &format!("Bearer {}", &text[7..])] {
            assert_eq!(found(line), None, "{line}");
        }
        assert!(Secret::parse(&format!("{text}A")).is_none());
    }
}

//! The session cookie: its name, its flags, and the secret token in it.

use crate::clock::Random;
use axum::http::{HeaderMap, HeaderValue, header};
use data_encoding::BASE64URL_NOPAD;
use sha2::{Digest, Sha256};

/// The secret of a session. Only the browser has it; the database has its hash. Never printed.
pub(crate) struct Token([u8; 32]);

impl Token {
    /// A token nobody guesses.
    pub(crate) fn fresh(random: &dyn Random) -> Self {
        Self(random.bytes())
    }

    fn parse(text: &str) -> Option<Self> {
        BASE64URL_NOPAD.decode(text.as_bytes()).ok()?.try_into().ok().map(Self)
    }

    /// What the database knows of it. The token is random and long, so a plain hash is enough.
    pub(crate) fn hash(&self) -> [u8; 32] {
        Sha256::digest(self.0).into()
    }
}

/// How this process writes the session cookie.
#[derive(Clone, Copy)]
pub(crate) struct Cookies {
    https: bool,
}

impl Cookies {
    pub(crate) const fn new(https: bool) -> Self {
        Self { https }
    }

    /// With https the browser itself refuses a cookie of this name that another host or plain http tries to set.
    const fn name(self) -> &'static str {
        if self.https { "__Host-muster_session" } else { "muster_session" }
    }

    /// The token a request carries.
    pub(crate) fn token(self, headers: &HeaderMap) -> Option<Token> {
        headers
            .get_all(header::COOKIE)
            .iter()
            .filter_map(|line| line.to_str().ok())
            .flat_map(|line| line.split(';'))
            .filter_map(|pair| pair.trim().split_once('='))
            .find(|(name, _)| *name == self.name())
            .and_then(|(_, value)| Token::parse(value))
    }

    /// Keeps the token for `seconds`.
    pub(crate) fn keep(self, token: &Token, seconds: i64) -> HeaderValue {
        self.line(&BASE64URL_NOPAD.encode(&token.0), seconds)
    }

    /// Makes the browser forget it.
    pub(crate) fn forget(self) -> HeaderValue {
        self.line("", 0)
    }

    fn line(self, value: &str, seconds: i64) -> HeaderValue {
        let secure = if self.https { "; Secure" } else { "" };
        let line = format!("{}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}", self.name());
        let mut line = HeaderValue::try_from(line).expect("a cookie of ours is ASCII");
        line.set_sensitive(true);
        line
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::CountingRandom;

    #[test]
    fn what_was_kept_is_found_again() {
        for https in [false, true] {
            let cookies = Cookies::new(https);
            let token = Token::fresh(&CountingRandom::default());
            let line = cookies.keep(&token, 60);
            let pair = line.to_str().expect("is ASCII").split(';').next().expect("has a pair").to_owned();
            let mut headers = HeaderMap::new();
            headers.insert(header::COOKIE, HeaderValue::try_from(format!("a=b; {pair}; c=d")).expect("is ASCII"));
            assert_eq!(cookies.token(&headers).map(|found| found.hash()), Some(token.hash()));
            assert!(Cookies::new(!https).token(&headers).is_none(), "the other name is another cookie");
        }
    }

    #[test]
    fn flags_follow_the_scheme() {
        let line = |https| Cookies::new(https).forget().to_str().expect("is ASCII").to_owned();
        assert_eq!(line(false), "muster_session=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax");
        assert_eq!(line(true), "__Host-muster_session=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax; Secure");
    }

    #[test]
    fn nonsense_is_no_token() {
        for value in ["", "short", "!!", &"A".repeat(44)] {
            assert!(Token::parse(value).is_none(), "{value}");
        }
    }
}

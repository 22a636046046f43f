//! The cookies: that of the session, and that by which accounts know a browser they were signed in to from. Their names, their
//! flags, and the secret tokens in them.

use crate::clock::Random;
use axum::http::{HeaderMap, HeaderValue, header};
use data_encoding::BASE64URL_NOPAD;
use sha2::{Digest, Sha256};

/// The secret of a session, or of a browser. Only the browser has it; the database has its hash. Never printed.
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

/// How long a browser keeps the cookie by which it is known: as long as browsers keep any.
const DEVICE_SECONDS: i64 = 400 * 24 * 60 * 60;

/// How this process writes cookies.
#[derive(Clone, Copy)]
pub(crate) struct Cookies {
    https: bool,
}

impl Cookies {
    pub(crate) const fn new(https: bool) -> Self {
        Self { https }
    }

    /// With https the browser itself refuses a cookie of this name that another host or plain http tries to set.
    const fn session(self) -> &'static str {
        if self.https { "__Host-muster_session" } else { "muster_session" }
    }

    const fn device(self) -> &'static str {
        if self.https { "__Host-muster_device" } else { "muster_device" }
    }

    /// The token of the session that a request carries.
    pub(crate) fn token(self, headers: &HeaderMap) -> Option<Token> {
        find(headers, self.session())
    }

    /// The token by which the browser of a request may be known.
    pub(crate) fn device_token(self, headers: &HeaderMap) -> Option<Token> {
        find(headers, self.device())
    }

    /// Keeps the token of a session for `seconds`.
    pub(crate) fn keep(self, token: &Token, seconds: i64) -> HeaderValue {
        self.line(self.session(), &BASE64URL_NOPAD.encode(&token.0), seconds)
    }

    /// Makes the browser forget its session. Who it was stays known.
    pub(crate) fn forget(self) -> HeaderValue {
        self.line(self.session(), "", 0)
    }

    /// Keeps the token by which the browser is known from now on.
    pub(crate) fn keep_device(self, token: &Token) -> HeaderValue {
        self.line(self.device(), &BASE64URL_NOPAD.encode(&token.0), DEVICE_SECONDS)
    }

    fn line(self, name: &str, value: &str, seconds: i64) -> HeaderValue {
        let secure = if self.https { "; Secure" } else { "" };
        let line = format!("{name}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}");
        let mut line = HeaderValue::try_from(line).expect("a cookie of ours is ASCII");
        line.set_sensitive(true);
        line
    }
}

fn find(headers: &HeaderMap, wanted: &str) -> Option<Token> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(name, _)| *name == wanted)
        .and_then(|(_, value)| Token::parse(value))
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

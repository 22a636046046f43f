//! Passwords: hashed by argon2id, never kept, never logged, and never compared in a time that tells anything.

use crate::clock::Random;
use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString},
};
use domain::Flaw;
use std::sync::Arc;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use unicode_normalization::UnicodeNormalization;

/// Shortest accepted password, in characters. Length is what counts, so nothing else is asked (NIST SP 800-63B).
pub(crate) const MIN: usize = 12;

/// Memory (KiB), passes and lanes, as OWASP's password storage cheat sheet recommends for argon2id.
const COST: (u32, u32, u32) = (19 * 1024, 2, 1);

/// The hash of no password, of the same cost as a real one: what is compared with where there is nothing to compare.
const NOBODYS: &str = "$argon2id$v=19$m=19456,t=2,p=1$bm8gc2FsdCBhdCBhbGw$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// Longest accepted password, in characters: more than anybody types, and a bound for what is hashed.
pub(crate) const MAX: usize = 1000;

/// How many may be hashed or wait for it, for each processor. Whoever comes then is told to come again: an answer that takes
/// longer than this many hashes is of no use to anybody.
const PLACES: usize = 32;

/// A password that somebody is to sign in with: long enough, and spelled in the one way (NFKC) in which whatever keyboard
/// they have will spell it again (R17). Every way to set one goes through here. Never printed.
pub(crate) struct NewPassword(String);

impl NewPassword {
    /// Judges it; length alone counts.
    pub(crate) fn parse(text: &str) -> Result<Self, Flaw> {
        let text: String = text.nfkc().collect();
        match text.chars().count() {
            0 => Err(Flaw::Missing),
            length if length < MIN => Err(Flaw::TooShort(MIN)),
            length if length > MAX => Err(Flaw::TooLong(MAX)),
            _ => Ok(Self(text)),
        }
    }

    /// Whether somebody who types it once more has typed this: however their device spells it.
    pub(crate) fn is_typed_as(&self, again: &str) -> bool {
        again.nfkc().eq(self.0.chars())
    }

    /// What somebody types who has the password of an account already, in the spelling that is hashed.
    fn typed(text: &str) -> Self {
        Self(text.nfkc().collect())
    }
}

/// A place among those whose passwords are hashed. Held until the answer is there.
pub(crate) struct Place {
    _kept: OwnedSemaphorePermit,
}

/// What comparing a password said.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Compared {
    /// It is another one.
    Other,
    /// It is the one.
    Same,
    /// It is the one, hashed in another spelling than is used now; here is its hash anew.
    SameOf(String),
}

/// Hashes and compares on threads made for blocking, as many at a time as there are processors: each takes 19 MiB, and
/// a flood of attempts must not take the memory or the processors from everything else.
#[derive(Clone)]
pub(crate) struct Passwords {
    random: Arc<dyn Random>,
    turns: Arc<Semaphore>,
    places: Arc<Semaphore>,
}

impl Passwords {
    pub(crate) fn new(random: Arc<dyn Random>) -> Self {
        let processors = std::thread::available_parallelism().map_or(1, usize::from);
        let places = Arc::new(Semaphore::new(PLACES * processors));
        Self { random, turns: Arc::new(Semaphore::new(processors)), places }
    }

    /// A place in the queue; `None` where it is full.
    pub(crate) fn place(&self) -> Option<Place> {
        let kept = Arc::clone(&self.places).try_acquire_owned().ok()?;
        Some(Place { _kept: kept })
    }

    /// The hash to keep (PHC string); `None` where hashing fails, which is logged.
    pub(crate) async fn hash(&self, _place: &Place, NewPassword(password): NewPassword) -> Option<String> {
        let salt = self.random.bytes::<16>();
        self.in_turn(move || hashed(&password, &salt)).await
    }

    /// Whether the password is the one behind the hash. Without a hash it is not, which takes as long to say.
    ///
    /// Hashes of earlier versions are of the bytes that were typed, whatever they were: so what is typed is tried in its
    /// other spellings, too, as many for everybody who types the same.
    pub(crate) async fn compare(&self, _place: &Place, typed: String, hash: Option<String>) -> Compared {
        let salt = self.random.bytes::<16>();
        let compared = self.in_turn(move || {
            let real = hash.as_deref().and_then(|hash| PasswordHash::new(hash).ok());
            let known = real.is_some();
            let hash = real.or_else(|| PasswordHash::new(NOBODYS).ok())?;
            let matches = |spelling: &String| argon2().verify_password(spelling.as_bytes(), &hash).is_ok() && known;
            let found = spellings(&typed).iter().position(matches);
            Some(match found {
                None => Compared::Other,
                Some(0) => Compared::Same,
                Some(_) => Compared::SameOf(hashed(&NewPassword::typed(&typed).0, &salt)?),
            })
        });
        compared.await.unwrap_or(Compared::Other)
    }

    async fn in_turn<T: Send + 'static>(&self, work: impl FnOnce() -> Option<T> + Send + 'static) -> Option<T> {
        let turn = Arc::clone(&self.turns).acquire_owned().await.ok()?;
        let done = tokio::task::spawn_blocking(move || {
            let done = work();
            drop(turn);
            done
        });
        let done = done.await.ok().flatten();
        if done.is_none() {
            tracing::error!("a password could not be hashed");
        }
        done
    }
}

/// The hash of one new password, for who makes no other: the command line.
pub(crate) async fn hash_alone(random: Arc<dyn Random>, new: NewPassword) -> Option<String> {
    let passwords = Passwords::new(random);
    let place = passwords.place()?;
    passwords.hash(&place, new).await
}

/// What was typed as it is hashed now, then as it may have been hashed before, each once. What is longer than any password
/// is compared as it is.
fn spellings(typed: &str) -> Vec<String> {
    let mut spellings = vec![NewPassword::typed(typed).0];
    if typed.chars().take(MAX + 1).count() <= MAX {
        for other in [typed.to_owned(), typed.nfc().collect(), typed.nfd().collect()] {
            if !spellings.contains(&other) {
                spellings.push(other);
            }
        }
    }
    spellings
}

fn hashed(password: &str, salt: &[u8]) -> Option<String> {
    let salt = SaltString::encode_b64(salt).ok()?;
    argon2().hash_password(password.as_bytes(), &salt).ok().map(|hash| hash.to_string())
}

fn argon2() -> Argon2<'static> {
    let (memory, passes, lanes) = COST;
    let params = Params::new(memory, passes, lanes, None).expect("the cost is within the bounds of argon2");
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::CountingRandom;

    /// As an earlier version kept it: the bytes as they were typed.
    fn kept_before(text: &str) -> Option<String> {
        hashed(text, &[7; 16])
    }

    fn passwords() -> Passwords {
        Passwords::new(Arc::new(CountingRandom::default()))
    }

    fn place(passwords: &Passwords) -> Place {
        passwords.place().expect("there is a place")
    }

    async fn hash(passwords: &Passwords, text: &str) -> String {
        let new = NewPassword::parse(text).expect("will do");
        passwords.hash(&place(passwords), new).await.expect("hashes")
    }

    async fn compare(passwords: &Passwords, typed: &str, hash: Option<String>) -> Compared {
        passwords.compare(&place(passwords), typed.to_owned(), hash).await
    }

    #[tokio::test]
    async fn a_password_matches_its_own_hash_alone() {
        let passwords = passwords();
        let kept = hash(&passwords, "correct horse").await;
        assert!(kept.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{kept}");
        assert_ne!(hash(&passwords, "correct horse").await, kept, "each has its own salt");
        assert_eq!(compare(&passwords, "correct horse", Some(kept.clone())).await, Compared::Same);
        assert_eq!(compare(&passwords, "correct house", Some(kept)).await, Compared::Other);
        assert_eq!(compare(&passwords, "correct horse", None).await, Compared::Other);
        assert_eq!(compare(&passwords, "correct horse", Some("no hash".into())).await, Compared::Other);
    }

    #[tokio::test]
    async fn a_password_is_one_however_it_is_spelled() {
        const COMPOSED: &str = "Bl\u{fc}tenstra\u{df}e \u{bd}";
        const DECOMPOSED: &str = "Blu\u{308}tenstra\u{df}e \u{bd}";
        let passwords = passwords();
        for set in [COMPOSED, DECOMPOSED] {
            let kept = hash(&passwords, set).await;
            for typed in [COMPOSED, DECOMPOSED] {
                assert_eq!(compare(&passwords, typed, Some(kept.clone())).await, Compared::Same, "{set} {typed}");
            }
            let before = kept_before(set);
            for typed in [COMPOSED, DECOMPOSED] {
                let Compared::SameOf(renewed) = compare(&passwords, typed, before.clone()).await else {
                    panic!("{set} {typed}")
                };
                assert_eq!(compare(&passwords, set, Some(renewed)).await, Compared::Same);
            }
        }
        let plain = kept_before("nothing to spell");
        assert_eq!(compare(&passwords, "nothing to spell", plain).await, Compared::Same, "what is the same stays");
    }

    #[test]
    fn length_is_counted_in_the_characters_that_are_hashed() {
        let judged = |text: &str| NewPassword::parse(text).map(|NewPassword(text)| text);
        assert_eq!(judged(""), Err(Flaw::Missing));
        assert_eq!(judged("12345678901"), Err(Flaw::TooShort(MIN)));
        assert_eq!(judged(&"u\u{308}".repeat(6)), Err(Flaw::TooShort(MIN)), "six characters, however many bytes");
        assert_eq!(judged(&"u\u{308}".repeat(12)), Ok("ü".repeat(12)));
        assert_eq!(judged("\u{fb03}\u{fb03}\u{fb03}\u{fb03}"), Ok("ffi".repeat(4)), "four ligatures are twelve");
        assert!(judged(&"x".repeat(MAX)).is_ok());
        assert_eq!(judged(&"x".repeat(MAX + 1)), Err(Flaw::TooLong(MAX)));
    }

    #[test]
    fn the_queue_has_an_end() {
        let passwords = passwords();
        let mut places = Vec::new();
        while let Some(place) = passwords.place() {
            places.push(place);
        }
        assert!(places.len() >= PLACES && places.len().is_multiple_of(PLACES));
        places.pop();
        assert!(passwords.place().is_some(), "whoever goes makes room");
    }

    #[test]
    fn nobodys_hash_costs_as_much_as_a_real_one() {
        let hash = PasswordHash::new(NOBODYS).expect("is well formed");
        let params = Params::try_from(&hash).expect("has parameters");
        assert_eq!((params.m_cost(), params.t_cost(), params.p_cost()), COST);
        assert_eq!(hash.hash.expect("has a hash").len(), Params::DEFAULT_OUTPUT_LEN);
    }
}

//! Passwords: hashed by argon2id, never kept, never logged, and never compared in a time that tells anything.

use crate::clock::Random;
use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString},
};
use domain::Flaw;
use std::sync::Arc;
use tokio::sync::Semaphore;

/// Shortest accepted password, in characters. Length is what counts, so nothing else is asked (NIST SP 800-63B).
pub(crate) const MIN: usize = 12;

/// Memory (KiB), passes and lanes, as OWASP's password storage cheat sheet recommends for argon2id.
const COST: (u32, u32, u32) = (19 * 1024, 2, 1);

/// The hash of no password, of the same cost as a real one: what is compared with where there is nothing to compare.
const NOBODYS: &str = "$argon2id$v=19$m=19456,t=2,p=1$bm8gc2FsdCBhdCBhbGw$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// Longest accepted password, in characters: more than anybody types, and a bound for what is hashed.
pub(crate) const MAX: usize = 1000;

/// What is the matter with a new password; length alone counts.
pub(crate) fn flaw(password: &str) -> Option<Flaw> {
    match password.chars().count() {
        0 => Some(Flaw::Missing),
        length if length < MIN => Some(Flaw::TooShort(MIN)),
        length if length > MAX => Some(Flaw::TooLong(MAX)),
        _ => None,
    }
}

/// Whether a new password is easily guessed. A known one is never looked at like this.
pub(crate) fn is_too_short(password: &str) -> bool {
    password.chars().count() < MIN
}

/// Hashes and compares on threads made for blocking, as many at a time as there are processors: each takes 19 MiB, and
/// a flood of attempts must not take the memory or the processors from everything else.
#[derive(Clone)]
pub(crate) struct Passwords {
    random: Arc<dyn Random>,
    turns: Arc<Semaphore>,
}

impl Passwords {
    pub(crate) fn new(random: Arc<dyn Random>) -> Self {
        let processors = std::thread::available_parallelism().map_or(1, usize::from);
        Self { random, turns: Arc::new(Semaphore::new(processors)) }
    }

    /// The hash to keep (PHC string); `None` where hashing fails, which is logged.
    pub(crate) async fn hash(&self, password: String) -> Option<String> {
        let salt = self.random.bytes::<16>();
        self.in_turn(move || {
            let salt = SaltString::encode_b64(&salt).ok()?;
            argon2().hash_password(password.as_bytes(), &salt).ok().map(|hash| hash.to_string())
        })
        .await
    }

    /// Whether the password is the one behind the hash. Without a hash it is not, which takes as long to say.
    pub(crate) async fn matches(&self, password: String, hash: Option<String>) -> bool {
        let compared = self.in_turn(move || {
            let real = hash.as_deref().and_then(|hash| PasswordHash::new(hash).ok());
            let known = real.is_some();
            let hash = real.or_else(|| PasswordHash::new(NOBODYS).ok())?;
            Some(argon2().verify_password(password.as_bytes(), &hash).is_ok() && known)
        });
        compared.await == Some(true)
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

fn argon2() -> Argon2<'static> {
    let (memory, passes, lanes) = COST;
    let params = Params::new(memory, passes, lanes, None).expect("the cost is within the bounds of argon2");
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::CountingRandom;

    fn passwords() -> Passwords {
        Passwords::new(Arc::new(CountingRandom::default()))
    }

    #[tokio::test]
    async fn a_password_matches_its_own_hash_alone() {
        let passwords = passwords();
        let hash = passwords.hash("correct horse".into()).await.expect("hashes");
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        assert_ne!(passwords.hash("correct horse".into()).await.expect("hashes"), hash, "each has its own salt");
        assert!(passwords.matches("correct horse".into(), Some(hash.clone())).await);
        assert!(!passwords.matches("correct house".into(), Some(hash)).await);
        assert!(!passwords.matches("correct horse".into(), None).await);
        assert!(!passwords.matches("correct horse".into(), Some("no hash".into())).await);
    }

    #[test]
    fn nobodys_hash_costs_as_much_as_a_real_one() {
        let hash = PasswordHash::new(NOBODYS).expect("is well formed");
        let params = Params::try_from(&hash).expect("has parameters");
        assert_eq!((params.m_cost(), params.t_cost(), params.p_cost()), COST);
        assert_eq!(hash.hash.expect("has a hash").len(), Params::DEFAULT_OUTPUT_LEN);
    }

    #[test]
    fn length_is_counted_in_characters() {
        assert!(is_too_short("12345678901"));
        assert!(!is_too_short("ääääääääääää"));
    }
}

//! How often a sign-in may be tried, per account and per address. Its memory is bounded, whoever tries.

use domain::{Timestamp, TokenId, UserId};
use std::{
    collections::HashMap,
    hash::Hash,
    net::{IpAddr, Ipv6Addr},
    sync::{Mutex, PoisonError},
};

/// A rate: so many at once, then one every so many microseconds.
#[derive(Clone, Copy)]
struct Rate {
    burst: i64,
    every: i64,
}

const SECOND: i64 = 1_000_000;

/// Guessing one account's password: five at once, then two a minute.
const PER_ACCOUNT: Rate = Rate { burst: 5, every: 30 * SECOND };

/// Trying many accounts from one address, which may be a whole school or company: thirty at once, then twelve a minute.
const PER_ADDRESS: Rate = Rate { burst: 30, every: 5 * SECOND };

/// Making accounts from one address: a whole class at once, then one every two minutes.
const NEWCOMERS: Rate = Rate { burst: 30, every: 120 * SECOND };

/// How many accounts, and how many addresses, are remembered at most: about a megabyte.
const REMEMBERED: usize = 10_000;

/// The attempts of late.
pub(crate) struct SignInLimits {
    accounts: Buckets<String>,
    addresses: Buckets<IpAddr>,
    newcomers: Buckets<IpAddr>,
}

impl Default for SignInLimits {
    fn default() -> Self {
        Self {
            accounts: Buckets::new(PER_ACCOUNT, REMEMBERED),
            addresses: Buckets::new(PER_ADDRESS, REMEMBERED),
            newcomers: Buckets::new(NEWCOMERS, REMEMBERED),
        }
    }
}

impl SignInLimits {
    /// Counts an attempt. Refused with the seconds until another may be made; a refused one does not count.
    ///
    /// The account is whatever was typed, so that an unknown name is limited like a known one.
    pub(crate) fn attempt(&self, login: &str, address: IpAddr, now: Timestamp) -> Result<(), u32> {
        self.addresses.take(neighbourhood(address), now)?;
        self.accounts.take(account(login), now)
    }

    /// Counts an attempt that names no account.
    pub(crate) fn attempt_from(&self, address: IpAddr, now: Timestamp) -> Result<(), u32> {
        self.addresses.take(neighbourhood(address), now)
    }

    /// Counts an attempt of somebody who is signed in to say their own password.
    pub(crate) fn attempt_by(&self, user: UserId, now: Timestamp) -> Result<(), u32> {
        self.accounts.take(own(user), now)
    }

    /// Whoever said it was not guessing.
    pub(crate) fn succeeded_by(&self, user: UserId) {
        self.accounts.forget(&own(user));
    }

    /// Counts an attempt to make an account.
    pub(crate) fn attempt_to_register(&self, address: IpAddr, now: Timestamp) -> Result<(), u32> {
        self.newcomers.take(neighbourhood(address), now)
    }

    /// Whoever knows the password was not guessing.
    pub(crate) fn succeeded(&self, login: &str) {
        self.accounts.forget(&account(login));
    }
}

/// How often each token of the API may call: so many times a second, and ten seconds' worth of them at once.
pub(crate) struct CallLimits(Option<Buckets<TokenId>>);

impl CallLimits {
    /// Limits of so many calls a second; 0 for none.
    pub(crate) fn new(a_second: u32) -> Self {
        let a_second = i64::from(a_second.min(1_000_000));
        let rate = |a_second| Rate { burst: 10 * a_second, every: SECOND / a_second };
        Self((a_second > 0).then(|| Buckets::new(rate(a_second), REMEMBERED)))
    }

    /// Counts a call. Refused with the seconds until another may be made.
    pub(crate) fn take(&self, token: TokenId, now: Timestamp) -> Result<(), u32> {
        self.0.as_ref().map_or(Ok(()), |buckets| buckets.take(token, now))
    }
}

/// The key of an account whose owner is signed in: no name is spelled like this.
fn own(user: UserId) -> String {
    format!("\0{user}")
}

/// One spelling for all that mean the same account, cut so that long nonsense takes no memory.
fn account(login: &str) -> String {
    login.trim().chars().take(254).flat_map(char::to_lowercase).collect()
}

/// Whoever has one IPv6 address has the 2^64 beside it; an IPv4 address in IPv6 clothes is an IPv4 address.
fn neighbourhood(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() & !u128::from(u64::MAX))),
        address @ IpAddr::V4(_) => address,
    }
}

/// Token buckets, each kept as the one moment at which it will be full again (GCRA).
struct Buckets<K> {
    rate: Rate,
    most: usize,
    full_at: Mutex<HashMap<K, Timestamp>>,
}

impl<K: Clone + Eq + Hash> Buckets<K> {
    fn new(rate: Rate, most: usize) -> Self {
        Self { rate, most, full_at: Mutex::new(HashMap::new()) }
    }

    fn take(&self, key: K, now: Timestamp) -> Result<(), u32> {
        let Rate { burst, every } = self.rate;
        let mut full_at = self.full_at.lock().unwrap_or_else(PoisonError::into_inner);
        let full = full_at.get(&key).copied().unwrap_or(now).max(now).0 + every;
        let (full, latest) = (Timestamp(full), Timestamp(now.0 + burst * every));
        if full > latest {
            // Rounded up: whoever waits as long as told must not be told again.
            let seconds = -latest.seconds_since(full);
            return Err(u32::try_from(seconds).unwrap_or(u32::MAX));
        }
        if full_at.len() >= self.most && !full_at.contains_key(&key) {
            make_room(&mut full_at, now);
        }
        full_at.insert(key, full);
        Ok(())
    }

    fn forget(&self, key: &K) {
        self.full_at.lock().unwrap_or_else(PoisonError::into_inner).remove(key);
    }
}

/// Drops every full bucket, which is as good as none; where there is none, the one that is nearest to it.
fn make_room<K: Clone + Eq + Hash>(full_at: &mut HashMap<K, Timestamp>, now: Timestamp) {
    let before = full_at.len();
    full_at.retain(|_, full| *full > now);
    if full_at.len() == before
        && let Some(key) = full_at.iter().min_by_key(|(_, full)| **full).map(|(key, _)| key.clone())
    {
        full_at.remove(&key);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp(1_700_000_000_000_000);

    fn address(text: &str) -> IpAddr {
        text.parse().expect("is an address")
    }

    #[test]
    fn an_account_is_limited_from_wherever_it_is_tried() {
        let limits = SignInLimits::default();
        for n in 0..5 {
            assert_eq!(limits.attempt("Ana ", address(&format!("10.0.0.{n}")), NOW), Ok(()));
        }
        assert_eq!(limits.attempt("ANA", address("10.0.0.9"), NOW), Err(30));
        assert_eq!(limits.attempt("bo", address("10.0.0.9"), NOW), Ok(()));
        assert_eq!(limits.attempt("ana", address("10.0.0.9"), NOW.plus_seconds(29)), Err(1));
        assert_eq!(limits.attempt("ana", address("10.0.0.9"), NOW.plus_seconds(30)), Ok(()));
        assert!(limits.attempt("ana", address("10.0.0.9"), NOW.plus_seconds(30)).is_err());
    }

    #[test]
    fn an_address_is_limited_whatever_it_tries() {
        let limits = SignInLimits::default();
        for n in 0..30 {
            assert_eq!(limits.attempt(&format!("user{n}"), address(&format!("2001:db8::{n:x}")), NOW), Ok(()));
        }
        assert_eq!(limits.attempt("another", address("2001:db8::ffff"), NOW), Err(5));
        assert_eq!(limits.attempt_from(address("2001:db8::1"), NOW), Err(5));
        assert_eq!(limits.attempt("another", address("2001:db8:0:1::1"), NOW), Ok(()));
    }

    #[test]
    fn signing_in_clears_the_account() {
        let limits = SignInLimits::default();
        let from = address("10.0.0.1");
        for _ in 0..4 {
            assert_eq!(limits.attempt("ana", from, NOW), Ok(()));
        }
        limits.succeeded("Ana");
        for _ in 0..5 {
            assert_eq!(limits.attempt("ana", from, NOW), Ok(()));
        }
    }

    #[test]
    fn a_token_may_call_so_often_and_no_more() {
        let limits = CallLimits::new(100);
        for _ in 0..1000 {
            assert_eq!(limits.take(TokenId(1), NOW), Ok(()));
        }
        assert_eq!(limits.take(TokenId(1), NOW), Err(1));
        assert_eq!(limits.take(TokenId(2), NOW), Ok(()), "another token has its own");
        assert_eq!(limits.take(TokenId(1), Timestamp(NOW.0 + 10_000)), Ok(()));
        assert!(limits.take(TokenId(1), Timestamp(NOW.0 + 10_000)).is_err());
        let none = CallLimits::new(0);
        assert!((0..5000).all(|_| none.take(TokenId(1), NOW).is_ok()));
    }

    #[test]
    fn memory_is_bounded_and_the_worst_are_remembered() {
        let buckets = Buckets::new(Rate { burst: 2, every: 10 * SECOND }, 3);
        for _ in 0..2 {
            assert_eq!(buckets.take(0, NOW), Ok(()));
        }
        for key in 1..100 {
            assert_eq!(buckets.take(key, NOW), Ok(()));
        }
        assert_eq!(buckets.full_at.lock().expect("no panic").len(), 3);
        assert!(buckets.take(0, NOW).is_err(), "the one who tried most is still known");
        assert_eq!(buckets.take(100, NOW.plus_seconds(60)), Ok(()));
        assert_eq!(buckets.full_at.lock().expect("no panic").len(), 1, "what is full again is dropped");
    }
}

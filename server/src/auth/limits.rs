//! How often a sign-in may be tried, per account and per address, and how often a token may call. All processes count
//! together, in the database; what that said last is remembered, so that whoever has tried too often costs it nothing more.

use domain::{Timestamp, TokenId, UserId};
use sha2::{Digest, Sha256};
use std::{
    collections::HashMap,
    net::{IpAddr, Ipv6Addr},
    sync::{Arc, Mutex, PoisonError},
};
use store::{Draw, Rate, Store, StoreError};

const SECOND: i64 = 1_000_000;

/// Guessing one account's password: five at once, then two a minute.
const PER_ACCOUNT: Rate = Rate { burst: 5, every: 30 * SECOND };

/// Trying many accounts from one address, which may be a whole school or company: thirty at once, then twelve a minute.
const PER_ADDRESS: Rate = Rate { burst: 30, every: 5 * SECOND };

/// Making accounts from one address: a whole class at once, then one every two minutes.
const NEWCOMERS: Rate = Rate { burst: 30, every: 120 * SECOND };

/// How many accounts, addresses or tokens are remembered at most: about a megabyte.
const REMEMBERED: usize = 10_000;

/// The attempts of late. Each answers the seconds until another may be made, `None` where it may be made now; one that is
/// refused does not count.
pub(crate) struct SignInLimits {
    accounts: Limit,
    addresses: Limit,
    newcomers: Limit,
    setups: Limit,
}

impl SignInLimits {
    /// The limits of all processes over a database.
    pub(crate) fn new(store: &Store) -> Self {
        let limit = |name, rate| Limit::new(name, rate, store.clone());
        Self {
            accounts: limit("account", PER_ACCOUNT),
            addresses: limit("address", PER_ADDRESS),
            newcomers: limit("newcomer", NEWCOMERS),
            setups: limit("setup", PER_ADDRESS),
        }
    }

    /// Counts an attempt. The account is whatever was typed, so that an unknown name is limited like a known one.
    pub(crate) async fn attempt(
        &self,
        login: &str,
        address: IpAddr,
        now: Timestamp,
    ) -> Result<Option<u32>, StoreError> {
        match self.attempt_from(address, now).await? {
            Some(wait) => Ok(Some(wait)),
            None => self.accounts.take(&account(login), now).await,
        }
    }

    /// Counts an attempt that names no account.
    pub(crate) async fn attempt_from(&self, address: IpAddr, now: Timestamp) -> Result<Option<u32>, StoreError> {
        self.addresses.take(&neighbourhood(address), now).await
    }

    /// Counts an attempt of somebody who is signed in to say their own password.
    pub(crate) async fn attempt_by(&self, user: UserId, now: Timestamp) -> Result<Option<u32>, StoreError> {
        self.accounts.take(&own(user), now).await
    }

    /// Whoever said it was not guessing.
    pub(crate) async fn succeeded_by(&self, user: UserId) -> Result<(), StoreError> {
        self.accounts.forget(&own(user)).await
    }

    /// Counts an attempt to make an account.
    pub(crate) async fn attempt_to_register(&self, address: IpAddr, now: Timestamp) -> Result<Option<u32>, StoreError> {
        self.newcomers.take(&neighbourhood(address), now).await
    }

    /// Counts a wrong code of the set-up.
    pub(crate) async fn attempt_to_set_up(&self, address: IpAddr, now: Timestamp) -> Result<Option<u32>, StoreError> {
        self.setups.take(&neighbourhood(address), now).await
    }

    /// Whoever knows the password was not guessing.
    pub(crate) async fn succeeded(&self, login: &str) -> Result<(), StoreError> {
        self.accounts.forget(&account(login)).await
    }
}

/// The key of an account whose owner is signed in: no name is spelled like this.
fn own(user: UserId) -> String {
    format!("\0{user}")
}

/// One spelling for all that mean the same account, cut so that long nonsense takes no time.
fn account(login: &str) -> String {
    login.trim().chars().take(254).flat_map(char::to_lowercase).collect()
}

/// Whoever has one IPv6 address has the 2^64 beside it; an IPv4 address in IPv6 clothes is an IPv4 address.
fn neighbourhood(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() & !u128::from(u64::MAX)).to_string(),
        IpAddr::V4(address) => address.to_string(),
    }
}

/// One limit, for whatever is spelled out to it. Only a hash of that is kept: people type passwords where names belong.
struct Limit {
    name: &'static str,
    rate: Rate,
    store: Store,
    /// When the bucket of each will be full again, as the database said last.
    known: Mutex<HashMap<[u8; 32], Timestamp>>,
}

impl Limit {
    fn new(name: &'static str, rate: Rate, store: Store) -> Self {
        Self { name, rate, store, known: Mutex::default() }
    }

    fn key(&self, spelling: &str) -> [u8; 32] {
        Sha256::new().chain_update(self.name).chain_update([0]).chain_update(spelling).finalize().into()
    }

    async fn take(&self, spelling: &str, now: Timestamp) -> Result<Option<u32>, StoreError> {
        let key = self.key(spelling);
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner).get(&key).copied();
        if let Some(full_at) = known
            && self.rate.left(full_at, now) < 1
        {
            return Ok(Some(self.rate.wait(full_at, 1, now)));
        }
        let drawn = self.store.draw_allowance(Draw { key, rate: self.rate, count: 1, now }).await?;
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= REMEMBERED {
            known.retain(|_, full_at| *full_at > now);
        }
        if known.len() >= REMEMBERED {
            known.clear();
        }
        known.insert(key, drawn.full_at);
        Ok((!drawn.granted).then(|| self.rate.wait(drawn.full_at, 1, now)))
    }

    async fn forget(&self, spelling: &str) -> Result<(), StoreError> {
        let key = self.key(spelling);
        self.known.lock().unwrap_or_else(PoisonError::into_inner).remove(&key);
        self.store.fill_allowance(key).await
    }
}

/// How often each token of the API may call: so many times a second, and ten seconds' worth of them at once.
///
/// A process takes a second's worth at a time out of the bucket that it shares with the others, so that few calls cost a
/// statement. What it has left over it keeps.
pub(crate) struct CallLimits(Option<Calls>);

struct Calls {
    rate: Rate,
    /// How many are taken at once, and how many there must be for it to be worth asking.
    portion: i64,
    least: i64,
    store: Store,
    portions: Mutex<HashMap<TokenId, Arc<tokio::sync::Mutex<Portion>>>>,
}

/// What a process has taken for a token.
struct Portion {
    left: i64,
    /// When the bucket will be full again, as the database said last.
    full_at: Timestamp,
}

impl CallLimits {
    /// Limits of so many calls a second; 0 for none.
    pub(crate) fn new(a_second: u32, store: &Store) -> Self {
        let portion = i64::from(a_second.min(1_000_000));
        Self((portion > 0).then(|| Calls {
            rate: Rate { burst: 10 * portion, every: SECOND / portion },
            portion,
            least: (portion / 10).max(1),
            store: store.clone(),
            portions: Mutex::default(),
        }))
    }

    /// Counts a call. Answers the seconds until another may be made, `None` where it may be made now.
    pub(crate) async fn take(&self, token: TokenId, now: Timestamp) -> Result<Option<u32>, StoreError> {
        match &self.0 {
            Some(calls) => calls.take(token, now).await,
            None => Ok(None),
        }
    }
}

impl Calls {
    async fn take(&self, token: TokenId, now: Timestamp) -> Result<Option<u32>, StoreError> {
        let portion = self.portion_of(token, now);
        // Whoever finds none takes some for all calls that wait here.
        let mut portion = portion.lock().await;
        if portion.left == 0 {
            let key = Sha256::new().chain_update("call\0").chain_update(token.0.to_le_bytes()).finalize().into();
            // Where another process took some meanwhile, the database says how many are left, and is asked for those.
            for _ in 0..2 {
                let count = self.rate.left(portion.full_at, now).min(self.portion);
                if count < self.least {
                    return Ok(Some(self.rate.wait(portion.full_at, self.least, now)));
                }
                let drawn = self.store.draw_allowance(Draw { key, rate: self.rate, count, now }).await?;
                portion.full_at = drawn.full_at;
                if drawn.granted {
                    portion.left = count;
                    break;
                }
            }
            if portion.left == 0 {
                return Ok(Some(self.rate.wait(portion.full_at, self.least, now).max(1)));
            }
        }
        portion.left -= 1;
        Ok(None)
    }

    fn portion_of(&self, token: TokenId, now: Timestamp) -> Arc<tokio::sync::Mutex<Portion>> {
        let mut portions = self.portions.lock().unwrap_or_else(PoisonError::into_inner);
        if portions.len() >= REMEMBERED && !portions.contains_key(&token) {
            portions.clear();
        }
        Arc::clone(portions.entry(token).or_insert_with(|| Arc::new(Portion { left: 0, full_at: now }.into())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_means_the_same_is_spelled_the_same() {
        let address = |text: &str| neighbourhood(text.parse().expect("is an address"));
        assert_eq!(address("2001:db8::1"), address("2001:db8::ffff"));
        assert_ne!(address("2001:db8::1"), address("2001:db8:0:1::1"));
        assert_eq!(address("::ffff:10.0.0.1"), address("10.0.0.1"));
        assert_eq!(account("Ana "), account("ANA"));
        assert_ne!(account("1"), own(UserId(1)));
        assert_eq!(account(&"x".repeat(10_000)).len(), 254);
    }
}

//! How often a sign-in may be tried, by account, address and browser, and how often a token may call. All processes count
//! together, in the database; what that said last is remembered, so that whoever has tried too often costs it nothing more.

use data_encoding::HEXLOWER;
use domain::{Timestamp, TokenId, UserId};
use sha2::{Digest, Sha256};
use std::{
    collections::HashMap,
    net::{IpAddr, Ipv6Addr},
    sync::{Arc, Mutex, PoisonError},
};
use store::{Draw, Named, Rate, Store, StoreError};

const SECOND: i64 = 1_000_000;

/// Guessing one account's password from one address: five at once, then two a minute.
const PER_GUESSER: Rate = Rate { burst: 5, every: 30 * SECOND };

/// Guessing one account's password from wherever: fifty at once, then two a minute. So loose that nobody uses it up but who
/// has many addresses, and those who come from a browser that the account knows are not counted here at all.
const PER_ACCOUNT: Rate = Rate { burst: 50, every: 30 * SECOND };

/// Guessing one account's password from a browser that somebody signed in from before: five at once, then two a minute,
/// whatever others do.
const PER_BROWSER: Rate = Rate { burst: 5, every: 30 * SECOND };

/// Guessing at many accounts from one address, which may be a whole school or company: thirty at once, then twelve a minute.
/// Those who know their passwords are not counted, however many they are.
const PER_ADDRESS: Rate = Rate { burst: 30, every: 5 * SECOND };

/// Making accounts from one address: a whole class at once, then one every two minutes.
const NEWCOMERS: Rate = Rate { burst: 30, every: 120 * SECOND };

/// How many accounts, addresses or tokens are remembered at most: about a megabyte.
const REMEMBERED: usize = 10_000;

/// When to come again where more wait for their password to be compared than are let in.
pub(crate) const QUEUE_SECONDS: u32 = 1;

/// The attempts of late. Each answers the seconds until another may be made, `None` where it may be made now. One that any
/// limit refuses counts nowhere.
pub(crate) struct SignInLimits {
    guessers: Limit,
    accounts: Limit,
    browsers: Limit,
    own: Limit,
    addresses: Limit,
    newcomers: Limit,
    setups: Limit,
}

/// An attempt to sign in.
pub(crate) struct Attempt {
    /// The account, or the name that led to none.
    account: String,
    /// The cookie of the browser, where the account knows it.
    browser: Option<[u8; 32]>,
    address: IpAddr,
}

impl Attempt {
    /// One to sign in to whom was named. All spellings of a name, and an account's name and its address, are one; an unknown
    /// name is limited like a known one. No more of them are counted than there are places for passwords to be compared, so
    /// that none fills the table.
    pub(crate) fn new(named: &Named, browser: Option<[u8; 32]>, address: IpAddr) -> Self {
        let account = match &named.account {
            Some(account) => format!("\0{}", account.user),
            None => named.key.clone(),
        };
        Self { account, browser: browser.filter(|_| named.knows_browser), address }
    }

    fn guesser(&self) -> String {
        format!("{}\0{}", self.account, neighbourhood(self.address))
    }
}

impl SignInLimits {
    /// The limits of all processes over a database.
    pub(crate) fn new(store: &Store) -> Self {
        let limit = |name, rate| Limit::new(name, rate, store.clone());
        Self {
            guessers: limit("guesser", PER_GUESSER),
            accounts: limit("account", PER_ACCOUNT),
            browsers: limit("browser", PER_BROWSER),
            own: limit("own", PER_BROWSER),
            addresses: limit("address", PER_ADDRESS),
            newcomers: limit("newcomer", NEWCOMERS),
            setups: limit("setup", PER_ADDRESS),
        }
    }

    /// Counts an attempt to sign in. From a browser that the account knows it counts for that browser alone: whoever
    /// guesses elsewhere, be it from the same address, does not keep the owner out.
    pub(crate) async fn attempt(&self, attempt: &Attempt, now: Timestamp) -> Result<Option<u32>, StoreError> {
        if let Some(browser) = &attempt.browser {
            return self.browsers.take(&of_browser(&attempt.account, browser), now).await;
        }
        // Always in this order: two who draw from the same buckets wait for one another, not both.
        let limits = [
            (&self.addresses, neighbourhood(attempt.address)),
            (&self.guessers, attempt.guesser()),
            (&self.accounts, attempt.account.clone()),
        ];
        take_all(&self.accounts.store, &limits, now).await
    }

    /// Whoever knows the password was not guessing. What others have guessed still counts.
    pub(crate) async fn succeeded(&self, attempt: &Attempt, now: Timestamp) -> Result<(), StoreError> {
        if let Some(browser) = &attempt.browser {
            return self.browsers.forget(&of_browser(&attempt.account, browser)).await;
        }
        self.addresses.give_back(&neighbourhood(attempt.address), now).await?;
        self.guessers.forget(&attempt.guesser()).await?;
        self.accounts.give_back(&attempt.account, now).await
    }

    /// Counts an attempt that names no account.
    pub(crate) async fn attempt_from(&self, address: IpAddr, now: Timestamp) -> Result<Option<u32>, StoreError> {
        self.addresses.take(&neighbourhood(address), now).await
    }

    /// Whoever had a link that is good was not guessing one.
    pub(crate) async fn succeeded_from(&self, address: IpAddr, now: Timestamp) -> Result<(), StoreError> {
        self.addresses.give_back(&neighbourhood(address), now).await
    }

    /// Counts an attempt of somebody who is signed in to say their own password.
    pub(crate) async fn attempt_by(&self, user: UserId, now: Timestamp) -> Result<Option<u32>, StoreError> {
        self.own.take(&user.to_string(), now).await
    }

    /// Whoever said it was not guessing.
    pub(crate) async fn succeeded_by(&self, user: UserId) -> Result<(), StoreError> {
        self.own.forget(&user.to_string()).await
    }

    /// Counts an attempt to make an account.
    pub(crate) async fn attempt_to_register(&self, address: IpAddr, now: Timestamp) -> Result<Option<u32>, StoreError> {
        self.newcomers.take(&neighbourhood(address), now).await
    }

    /// Counts a wrong code of the set-up.
    pub(crate) async fn attempt_to_set_up(&self, address: IpAddr, now: Timestamp) -> Result<Option<u32>, StoreError> {
        self.setups.take(&neighbourhood(address), now).await
    }
}

fn of_browser(account: &str, browser: &[u8; 32]) -> String {
    format!("{account}\0{}", HEXLOWER.encode(browser))
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
        take_all(&self.store, &[(self, spelling.to_owned())], now).await
    }

    /// The seconds to wait, as far as the database said already.
    fn known_wait(&self, key: &[u8; 32], now: Timestamp) -> Option<u32> {
        let full_at = self.known.lock().unwrap_or_else(PoisonError::into_inner).get(key).copied()?;
        self.wait(full_at, now)
    }

    /// The seconds until a bucket that will be full at that moment has one; `None` where it has.
    fn wait(&self, full_at: Timestamp, now: Timestamp) -> Option<u32> {
        (self.rate.left(full_at, now) < 1).then(|| self.rate.wait(full_at, 1, now))
    }

    fn remember(&self, key: [u8; 32], full_at: Timestamp, now: Timestamp) {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= REMEMBERED {
            known.retain(|_, full_at| *full_at > now);
        }
        if known.len() >= REMEMBERED {
            known.clear();
        }
        known.insert(key, full_at);
    }

    async fn give_back(&self, spelling: &str, now: Timestamp) -> Result<(), StoreError> {
        let key = self.key(spelling);
        self.known.lock().unwrap_or_else(PoisonError::into_inner).remove(&key);
        self.store.give_back_allowance(Draw { key, rate: self.rate, count: 1, now }).await
    }

    async fn forget(&self, spelling: &str) -> Result<(), StoreError> {
        let key = self.key(spelling);
        self.known.lock().unwrap_or_else(PoisonError::into_inner).remove(&key);
        self.store.reset_attempts(key).await
    }
}

/// Takes one of each of these, or none of any; answers the longest wait where one has none.
async fn take_all(store: &Store, limits: &[(&Limit, String)], now: Timestamp) -> Result<Option<u32>, StoreError> {
    let draws: Vec<Draw> = limits
        .iter()
        .map(|(limit, spelling)| Draw { key: limit.key(spelling), rate: limit.rate, count: 1, now })
        .collect();
    let each = || limits.iter().map(|(limit, _)| limit).zip(&draws);
    if let Some(wait) = each().filter_map(|(limit, draw)| limit.known_wait(&draw.key, now)).max() {
        return Ok(Some(wait));
    }
    let answers = store.draw_allowances(draws.clone()).await?;
    let mut refused = None;
    for ((limit, draw), drawn) in each().zip(answers) {
        limit.remember(draw.key, drawn.full_at, now);
        if !drawn.granted {
            refused = refused.max(Some(limit.rate.wait(drawn.full_at, 1, now)));
        }
    }
    Ok(refused)
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
    }

    #[test]
    fn a_browser_counts_where_the_account_knows_it() {
        let address = IpAddr::from([192, 0, 2, 1]);
        let attempt = |account: Option<i64>, knows_browser: bool| {
            let account = account.map(|id| store::Credentials {
                user: UserId(id),
                username: "ana".to_owned(),
                password_hash: None,
                active: true,
            });
            Attempt::new(&Named { key: "1".to_owned(), account, knows_browser }, Some([7; 32]), address)
        };
        assert_ne!(attempt(None, false).account, attempt(Some(1), false).account, "no name is spelled like an id");
        assert_eq!((attempt(Some(1), true).browser, attempt(Some(1), false).browser), (Some([7; 32]), None));
        assert_ne!(attempt(Some(1), false).guesser(), attempt(Some(2), false).guesser());
    }
}

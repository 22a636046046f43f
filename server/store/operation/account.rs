//! Accounts: who is looking, and what a sign-in needs. No password comes here, only its hash.

use domain::{FailedSignIns, Me, NamedLead, SharedKey, Theme, Timestamp, UserId, Viewer};
use store_model::{Credentials, Named, StoreError};

operations! {
    /// Who is looking; `None` where there is no such active account.
    snapshot "reading who is looking"
    fn viewer(user: UserId) -> Result<Option<Viewer>, StoreError>
        = viewer::find(user);

    /// Everything about a user's own account; `None` where there is no such active one.
    snapshot "reading one's own account"
    fn me(user: UserId) -> Result<Option<Me>, StoreError>
        = me::find(user);

    /// Whether there is any user; while there is none, `/setup` is open.
    read "looking for users"
    fn has_users() -> Result<bool, StoreError>
        = account::any_exists();

    /// What a sign-in under this username or e-mail address is checked against; both ignore case.
    read "looking for an account"
    fn credentials(login: &str) -> Result<Option<Credentials>, StoreError>
        = session::find_credentials(login);

    /// Whom a sign-in names, by username or e-mail address, in whatever spelling; and whether the account knows the browser
    /// whose cookie has this hash.
    read "looking for whom a sign-in names"
    fn named(login: &str, device: Option<&[u8; 32]>) -> Result<Named, StoreError>
        = session::find_named(login, device);

    /// Notes that somebody signed in: the account knows the browser by the new cookie from now on, and failures before are
    /// forgotten. `before` is the hash of the cookie that the browser came with.
    write "noting a sign-in"
    fn note_sign_in(user: UserId, before: Option<[u8; 32]>, device: [u8; 32], now: Timestamp) -> Result<(), StoreError>
        = sign_in::note(user, before.as_ref(), &device, now);

    /// Counts a sign-in to an account that failed; answers all of late where their owner is to be told of them now. Where
    /// there is no such account, nothing is counted, by the same statement.
    write "counting a sign-in that failed"
    fn count_failed_sign_in(user: UserId, address: &str, now: Timestamp) -> Result<Option<FailedSignIns>, StoreError>
        = sign_in::count_failure(user, &address, now);

    /// The hash of a user's password (PHC string), if they have one.
    read "looking for a password"
    fn password_hash(user: UserId) -> Result<Option<String>, StoreError>
        = session::find_password_hash(user);

    /// Puts another hash (PHC string) of the same password into the place of one, where that is still the hash.
    write "renewing the hash of a password"
    fn renew_password(user: UserId, known: &str, renewed: &str) -> Result<(), StoreError>
        = session::renew_password(user, &known, &renewed);

    /// Keeps the user's choice of light or dark.
    write "keeping a theme"
    fn set_theme(user: UserId, theme: Theme) -> Result<(), StoreError>
        = session::set_theme(user, theme);

    /// Keeps the user's choice of language, a tag such as `de`.
    write "keeping a language"
    fn set_language(user: UserId, language: &str) -> Result<(), StoreError>
        = session::set_language(user, &language);

    /// The groups a user is named to lead, by name: what they lead while their account is active, by being named.
    read "listing the groups somebody is named to lead"
    fn named_leads(user: UserId) -> Result<Vec<NamedLead>, StoreError>
        = leader::list_named_leads(user);

    /// Pairs of accounts of which one is called what is the other's e-mail address (R17).
    read "looking for accounts that share a name"
    fn shared_account_keys() -> Result<Vec<SharedKey>, StoreError>
        = account::list_shared_keys(i64::MAX);
}

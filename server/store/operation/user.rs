//! Users, for staff who look after them. Others are refused with `Denied(StaffPermissionRequired)`.

use domain::{Listing, Timestamp, UserChoices, UserId, UserPage, UserQuery, UserRow};
use store_model::{Answer, StoreError, UserLine};

operations! {
    /// A page of the list of users, by the name they are shown under. A cursor that is none of ours starts at the
    /// beginning.
    snapshot "listing users"
    fn users(viewer: UserId, query: &UserQuery) -> Answer<Listing<UserRow>>
        = user_list::list(viewer, query);

    /// Everything about one user; `Unseen` where there is none.
    snapshot "reading the page of a user"
    fn user_page(viewer: UserId, id: UserId, now: Timestamp) -> Answer<UserPage>
        = user_page::find(viewer, id, now);

    /// What staff can choose from where they look for users and make them.
    snapshot "reading what users are chosen by"
    fn user_choices(viewer: UserId, now: Timestamp) -> Answer<UserChoices>
        = admin::find_user_choices(viewer, now);

    /// Users after the given one, in the order in which they were made; at most 500 at a time.
    read "listing users"
    fn list_users(after: Option<UserId>) -> Result<Vec<UserLine>, StoreError>
        = account::list(after.unwrap_or(UserId::UNASSIGNED));
}

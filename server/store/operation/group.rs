//! Groups. Every read takes the viewer, and what they may not see is not in it.
//!
//! What groups are set to is for those who have an admin right to groups; others are refused with
//! `Denied(StaffPermissionRequired)`.

use domain::{
    GroupChoices, GroupId, GroupKey, GroupPage, GroupQuery, GroupRow, GroupSetup, Listing, ManagedGroup, MyGroup,
    Names, ResolvedNames, Timestamp, UserId,
};
use store_model::{Answer, GroupLine, StoreError};

operations! {
    /// A page of a list of groups, by name. A cursor that is none of ours starts at the beginning. All groups are refused
    /// with `Denied(StaffPermissionRequired)` to whoever has no admin right to groups.
    snapshot "reading a list of groups"
    fn groups(user: UserId, query: &GroupQuery, now: Timestamp) -> Answer<Listing<GroupRow>>
        = group_list::list(user, query, now);

    /// One row of the groups page; `None` where that does not show it to this user.
    snapshot "reading a row of the groups page"
    fn group_row(user: UserId, id: GroupId, now: Timestamp) -> Result<Option<GroupRow>, StoreError>
        = group_list::find_listed(user, id, now);

    /// The page of one group; `None` where it is absent or hidden from this user.
    snapshot "reading the page of a group"
    fn group_page(user: UserId, key: &GroupKey, now: Timestamp) -> Result<Option<GroupPage>, StoreError>
        = group_page::find(user, key, now);

    /// The groups a user is in that are not internal, by name. The scope of the query counts as `Mine`.
    snapshot "reading the groups of a user"
    fn my_groups(user: UserId, query: &GroupQuery, now: Timestamp) -> Answer<Listing<MyGroup>>
        = own_group::list_mine(user, query, now);

    /// The groups a user decides for, by name. The scope of the query counts as `Managed`, and its filter as `All`.
    snapshot "reading the groups of a decider"
    fn managed_groups(user: UserId, query: &GroupQuery, now: Timestamp) -> Answer<Listing<ManagedGroup>>
        = own_group::list_managed(user, query, now);

    /// One of the groups a user decides for; `None` where it is none of them.
    snapshot "reading a group of a decider"
    fn managed_group(user: UserId, id: GroupId, now: Timestamp) -> Result<Option<ManagedGroup>, StoreError>
        = own_group::find_managed(user, id, now);

    /// A group with everything it is set to; `Unseen` where there is none.
    snapshot "reading how a group is set up"
    fn group_setup(viewer: UserId, id: GroupId, now: Timestamp) -> Answer<GroupSetup>
        = group_setup::find(viewer, id, now);

    /// What a new group can be set to, for those who may make one.
    snapshot "reading what groups can be set to"
    fn group_choices(viewer: UserId, now: Timestamp) -> Answer<GroupChoices>
        = group_setup::find_choices(viewer, now);

    /// What names mean.
    snapshot "understanding names"
    fn resolve_names(viewer: UserId, names: &Names) -> Answer<ResolvedNames>
        = group_setup::resolve_names(viewer, names);

    /// Groups after the place of one, by name; at most 500 at a time. The first come after an empty place.
    read "listing groups"
    fn list_groups(after: &str) -> Result<Vec<GroupLine>, StoreError>
        = export::groups(after);
}

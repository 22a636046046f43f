//! Who is in a group, who was, and why (R14).

use domain::{BulkEdit, BulkPreview, GroupId, JoinLink, MemberQuery, MembersPage, Person, Timestamp, UserId};
use store_model::{Answer, Grant, MemberLine, StoreError};

operations! {
    /// The members of a group, for those who see it in full. Refused with `Unseen` or `Denied(NotAManager)`.
    snapshot "reading the members of a group"
    fn members(user: UserId, id: GroupId, query: &MemberQuery) -> Answer<MembersPage>
        = member_list::find(user, id, query);

    /// The join link of a group, refused as its members are.
    snapshot "reading a join link"
    fn join_link(user: UserId, id: GroupId) -> Answer<JoinLink>
        = member_list::find_join_link(user, id);

    /// What each line of a roll would come to; `Unseen` where the viewer may not see the group.
    snapshot "reading a roll"
    fn preview_bulk_edit(viewer: UserId, bulk_edit: &BulkEdit, now: Timestamp) -> Answer<BulkPreview>
        = bulk_edit::preview(viewer, bulk_edit, now);

    /// Who was in a group at a moment, by their present names. A membership that ended in that moment is over.
    read "reading who was in a group"
    fn members_at(group: GroupId, at: Timestamp) -> Result<Vec<Person>, StoreError>
        = grant::list_members_at(group, at);

    /// Every grant a user ever had for a group, oldest first.
    read "reading grants"
    fn grants(group: GroupId, user: UserId) -> Result<Vec<Grant>, StoreError>
        = grant::list(group, user);

    /// Tells of every membership of every group, by group and person, as they are at one moment.
    snapshot "exporting members"
    fn export_members(tell: &mut (dyn FnMut(MemberLine) + Send)) -> Result<(), StoreError>
        = export::members(tell);
}

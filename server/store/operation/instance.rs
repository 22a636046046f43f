//! What the whole instance is set to, and how it is doing. A viewer without the permission is refused with
//! `Denied(StaffPermissionRequired)`.

use domain::{
    Backup, Health, Listing, Namesake, ReservedNameQuery, ReservedNameRow, Settings, StateRow, Timestamp, UserId,
};
use store_model::{Answer, StoreError};

operations! {
    /// Every state, the highest first.
    snapshot "listing states"
    fn states(viewer: UserId) -> Answer<Listing<StateRow>>
        = admin::list_states(viewer);

    /// A page of the reserved names, by name.
    snapshot "listing reserved names"
    fn reserved_names(viewer: UserId, query: &ReservedNameQuery) -> Answer<Listing<ReservedNameRow>>
        = reserved_name::list(viewer, query);

    /// The settings.
    snapshot "reading the settings"
    fn settings(viewer: UserId) -> Answer<Settings>
        = admin::find_settings(viewer);

    /// How the instance is doing, as far as the viewer may know. Its version is for the caller to name.
    snapshot "looking after the instance"
    fn health(viewer: UserId, now: Timestamp) -> Answer<Health>
        = health::find(viewer, now);

    /// Notes that a copy of the database was made, for whoever looks after the instance.
    write "noting a backup"
    fn note_backup(backup: Backup) -> Result<(), StoreError>
        = health::insert_backup(&backup);

    /// Names that are the same as others (R16), from before they were compared as they are now: no damage, and for somebody
    /// to rename.
    snapshot "looking for names that are the same"
    fn namesakes() -> Result<Vec<Namesake>, StoreError>
        = name_form::list(&domain::NameOf::ALL, None);

    /// Whether the database answers.
    read "asking for a sign of life"
    fn ping() -> Result<(), StoreError>
        = health::ping();
}

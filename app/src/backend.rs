//! The one door to the server side. Pages and server functions know this trait, and no database, session or rule.

use crate::{
    address::{address, without},
    error::AppError,
    input::{Attempt, DONE, DONE_FIELD, InitialCredential, WantedToken},
    text::Language,
};
use async_trait::async_trait;
use domain::{
    AuditPage, AuditQuery, BulkEdit, BulkPreview, BulkResult, ByName, Command, CommandId, Fingerprint, Found,
    FreshLink, FreshUser, GroupChoices, GroupId, GroupKey, GroupPage, GroupQuery, GroupRow, GroupSetup, Health,
    InvitationDraft, InvitationQuery, InvitationRow, JoinLink, Listing, ManagedGroup, Me, MemberQuery, MembersPage,
    MyGroup, NotificationQuery, NotificationRow, Notifications, Preview, QueueChoices, QueuePage, QueueQuery, Receipt,
    RegistrationStatus, Request, RequestId, RequestQuery, ReservedNameQuery, ReservedNameRow, ResetStatus, SessionId,
    SessionRow, Settings, StateRow, Theme, TokenRow, UserChoices, UserDraft, UserId, UserPage, UserQuery, UserRow,
    Viewer,
};
use http::{
    Method,
    header::{ACCEPT, REFERER},
    request::Parts,
};
use leptos::prelude::{use_context, with_context};
use leptos_axum::ResponseOptions;
use std::sync::Arc;

/// The reads of the caller that are one operation of the store, each declared once: here, they become the methods of
/// [`Reads`]; in the server, what carries them out. `now` stands where what is read depends on the time. What is absent
/// answers `NotFound`, unless another error is named.
#[macro_export]
macro_rules! for_each_read {
    ($define:ident) => {
        $define! {
            /// Who is looking; `SignedOut` where nobody is signed in, or the account has gone since the session was looked up.
            fn viewer() -> Viewer, else SignedOut;
            /// Everything about the caller's own account.
            fn me() -> Me, else SignedOut;
            /// A page of a list of groups, by name. `Denied` where all are asked for without an admin right to groups.
            fn groups(query: &GroupQuery; now) -> Listing<GroupRow>;
            /// One row of the groups page.
            fn group_row(id: GroupId; now) -> GroupRow;
            /// The page of one group, by its id or through the door of its join link.
            fn group_page(key: &GroupKey; now) -> GroupPage;
            /// The groups the caller is in that are not internal, by name, each with what holds the membership. The scope
            /// of the query counts as `Mine`.
            fn my_groups(query: &GroupQuery; now) -> Listing<MyGroup>;
            /// One of the groups the caller decides for.
            fn managed_group(id: GroupId; now) -> ManagedGroup;
            /// The members of a group. `Denied` where the group is seen, but not who is in it.
            fn members(group: GroupId, query: &MemberQuery) -> MembersPage;
            /// The join link of a group. `Denied` where the group is seen, but not in full.
            fn join_link(group: GroupId) -> JoinLink;
            /// One request: one's own, or one of a group that is seen in full.
            fn request(id: RequestId) -> Request;
            /// The caller's own requests, newest first.
            fn my_requests(query: &RequestQuery) -> Listing<Request>;
            /// The requests the caller may decide, oldest first, with the counts of both kinds.
            fn queue(query: &QueueQuery) -> QueuePage;
            /// What the queue can be narrowed to.
            fn queue_choices() -> QueueChoices;
            /// The audit log, newest first: of one group, or of everything. `Denied` where the group is seen and its log is
            /// not.
            fn audit(query: &AuditQuery) -> AuditPage;
            /// Whom a name means in the audit log of a group, or of everything. `NotFound` where nobody in it is called so.
            fn audit_person(group: Option<GroupId>, name: &str) -> UserId;
            /// The caller's notifications, newest first.
            fn notifications(query: &NotificationQuery) -> Listing<NotificationRow>;
            /// Groups and people whose names hold this, as far as the caller may know of them.
            fn search(text: &str) -> Found;
            /// The caller's tokens for the API that are not revoked, newest first. They are revoked by
            /// `Command::RevokeToken`.
            fn tokens() -> Vec<TokenRow>;
            /// A group with everything it is set to. Needs an admin right to groups.
            fn group_setup(id: GroupId; now) -> GroupSetup;
            /// What a new group can be set to. Needs `manage_groups`.
            fn group_choices(; now) -> GroupChoices;
            /// A page of the list of users, by the name they are shown under. Needs `manage_users`.
            fn users(query: &UserQuery) -> Listing<UserRow>;
            /// Everything about one user. Needs `manage_users`.
            fn user_page(id: UserId; now) -> UserPage;
            /// What users can be chosen by, and made as. Needs `manage_users`.
            fn user_choices(; now) -> UserChoices;
            /// Every state, the highest first. Needs `manage_states`.
            fn states() -> Listing<StateRow>;
            /// A page of the reserved names, by name. Needs `manage_reserved_names`.
            fn reserved_names(query: &ReservedNameQuery) -> Listing<ReservedNameRow>;
            /// The settings. Needs `manage_settings`.
            fn settings() -> Settings;
            /// A page of the invitations, newest first. Needs `manage_users`.
            fn invitations(query: &InvitationQuery; now) -> Listing<InvitationRow>;
        }
    };
}

macro_rules! define_reads {
    ($(
        $(#[$doc:meta])*
        fn $name:ident($($argument:ident: $type:ty),* $(; $now:ident)?) -> $answer:ty $(, else $absent:ident)?;
    )*) => {
        /// What is read in the name of the caller of one HTTP request.
        ///
        /// Every read is filtered by what that caller may see; `NotFound` answers both what is absent and what is not seen.
        #[async_trait]
        pub trait Reads: Send + Sync {$(
            $(#[$doc])*
            async fn $name(&self, $($argument: $type),*) -> Result<$answer, AppError>;
        )*}
    };
}
for_each_read!(define_reads);

/// What a page or a server function asks of the server, in the name of the caller of one HTTP request: the reads above, and
/// what is more than one operation of the store.
#[async_trait]
pub trait Backend: Reads {
    /// Carries out a command. A repeat under the same `id` is answered with the first receipt.
    async fn execute(&self, command: Command, id: Option<CommandId>) -> Result<Receipt, AppError>;
    /// Carries out many commands, each on its own: one that is refused holds up no other. Answers in their order.
    async fn execute_each(&self, attempts: Vec<Attempt>) -> Result<Vec<Result<Receipt, AppError>>, AppError>;
    /// The groups the caller decides for, by name. The scope of the query counts as `Managed`.
    async fn managed_groups(&self, query: GroupQuery) -> Result<Listing<ManagedGroup>, AppError>;
    /// Marks some or all of the caller's notifications as read; answers how many are unread then.
    async fn mark_read(&self, which: Notifications) -> Result<u32, AppError>;
    /// Makes a token for the API and answers its secret, to be shown this once. The password proves that it is they.
    async fn create_token(&self, wanted: WantedToken) -> Result<String, AppError>;
    /// Keeps the caller's choice of light or dark.
    async fn set_theme(&self, theme: Theme) -> Result<(), AppError>;
    /// Keeps the caller's choice of language.
    async fn set_language(&self, language: Language) -> Result<(), AppError>;
    /// What a command would do to people, worked out and undone. Refused as the command would be.
    async fn preview(&self, command: Command) -> Result<Preview, AppError>;
    /// Carries out a command, but only with the consequences that a preview showed: else `PreviewOutdated`.
    async fn execute_as_previewed(
        &self,
        command: Command,
        id: Option<CommandId>,
        expected: Fingerprint,
    ) -> Result<Receipt, AppError>;
    /// The same for a command that names people and groups by words. `Invalid` with every name that means nobody or
    /// several.
    async fn preview_by_name(&self, command: ByName) -> Result<Preview, AppError>;
    /// Carries such a command out: with the consequences that a preview showed, if there was one.
    async fn execute_by_name(
        &self,
        command: ByName,
        id: Option<CommandId>,
        expected: Option<Fingerprint>,
    ) -> Result<Receipt, AppError>;
    /// Makes an account, which has no way in yet where no password is given. Needs `manage_users`.
    async fn create_user(
        &self,
        draft: UserDraft,
        password: Option<String>,
        id: Option<CommandId>,
    ) -> Result<Receipt, AppError>;
    /// Makes an account with a way in: a password, or a link by which its owner sets one. Needs `manage_users`.
    async fn make_user(
        &self,
        draft: UserDraft,
        way_in: InitialCredential,
        id: Option<CommandId>,
    ) -> Result<FreshUser, AppError>;
    /// Sets the password of somebody else, and ends their sessions.
    async fn set_password(&self, user: UserId, password: String, id: Option<CommandId>) -> Result<Receipt, AppError>;
    /// Makes a link by which a user sets another password: good for one use within a day, and the only one of theirs.
    async fn make_reset_link(&self, user: UserId) -> Result<FreshLink, AppError>;
    /// Makes an invitation; its token is told this once. Needs `manage_users`.
    async fn create_invitation(&self, draft: InvitationDraft) -> Result<FreshLink, AppError>;
    /// How `/register` stands open to whoever comes by this invitation, or by none. Asked by nobody.
    async fn registration_status(&self, invitation: Option<String>) -> Result<RegistrationStatus, AppError>;
    /// Whose password a link would set; `NotFound` where it is none, or no longer. Asked by nobody.
    async fn reset_status(&self, token: String) -> Result<ResetStatus, AppError>;
    /// How the instance is doing. Opens with the admin area; parts of it ask for more.
    async fn health(&self) -> Result<Health, AppError>;
    /// What each line of a roll would come to.
    async fn preview_bulk_edit(&self, bulk_edit: BulkEdit) -> Result<BulkPreview, AppError>;
    /// Adds or removes everybody on a roll, each by a command of its own.
    async fn apply_bulk_edit(&self, bulk_edit: BulkEdit) -> Result<Vec<BulkResult>, AppError>;
    /// The caller's sessions, the last used first.
    async fn sessions(&self) -> Result<Vec<SessionRow>, AppError>;
    /// Ends one of the caller's sessions; `NotFound` where it is none of theirs.
    async fn end_session(&self, id: SessionId) -> Result<(), AppError>;
    /// Ends every session of the caller but this one.
    async fn end_other_sessions(&self) -> Result<(), AppError>;
    /// Changes the caller's own password, and ends their other sessions. The old one proves that it is they.
    async fn change_password(&self, old: String, new: String) -> Result<(), AppError>;
}

/// The backend of the present request. The router provides it to pages and server functions alike.
///
/// # Errors
/// `SignedOut` outside a request, such as when the route list is made.
pub fn backend() -> Result<Arc<dyn Backend>, AppError> {
    use_context::<Arc<dyn Backend>>().ok_or(AppError::SignedOut)
}

/// Gives the answer's status to a fetch or a page. A plain form post is redirected back to its page instead: there a
/// status would overwrite the redirect, so for those nothing is set, and the refusal goes into the address.
pub fn answer<T>(result: Result<T, AppError>) -> Result<T, AppError> {
    if let Err(error) = &result {
        if with_context::<Parts, _>(is_plain_form).unwrap_or(false) {
            return result.map_err(AppError::for_address);
        }
        if let Some(options) = use_context::<ResponseOptions>()
            && let Ok(status) = http::StatusCode::from_u16(error.status())
        {
            options.set_status(status);
            if let AppError::Slow { retry_after } = error {
                options.insert_header(http::header::RETRY_AFTER, http::HeaderValue::from(*retry_after));
            }
        }
    }
    result
}

fn is_plain_form(parts: &Parts) -> bool {
    let accept = parts.headers.get(ACCEPT).and_then(|accept| accept.to_str().ok());
    parts.method == Method::POST && accept.is_some_and(|accept| accept.contains("text/html"))
}

/// Leads a plain form back to its page with one more field in the address, for what has no room in a refusal. Whoever
/// fetches has the answer itself.
pub fn lead_back(field: &str, value: impl FnOnce() -> String) {
    let page = with_context::<Parts, _>(|parts| {
        let referer = parts.headers.get(REFERER)?.to_str().ok()?.to_owned();
        is_plain_form(parts).then_some(referer)
    });
    let Some(page) = page.flatten() else { return };
    leptos_axum::redirect(&address(&without(&page, &[field]), &[(field, &value())]));
}

/// Leads a plain form on to another page of ours, which says that it is done. Whoever fetches goes there by themselves.
pub fn lead_to(page: &str) {
    lead_on(&address(page, &[(DONE_FIELD, DONE)]));
}

/// Leads a plain form on to another page of ours, where nothing is done yet.
pub fn lead_on(page: &str) {
    if with_context::<Parts, _>(is_plain_form).unwrap_or(false) {
        leptos_axum::redirect(page);
    }
}

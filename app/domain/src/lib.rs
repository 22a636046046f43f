//! The rules of Muster over plain data. Every other crate asks this one; it asks nobody.
//!
//! Invariants of the crate: no IO, no clock, no randomness, no async. Its only dependencies are `serde` and, under the feature
//! `unicode`, the tables of Unicode. What it cannot do, its manifest does not list.
//!
//! # Glossary
//! - **User**: a login account. **Character**: belongs to a user; one of them may be the **main**. **Person**: a user as others see them.
//! - **State**: exactly one per user, computed from the main. **Permission**: held directly, through a group or a state.
//! - **Group**: a named set of users with five **flags**. **Member**: a user with at least one live **grant** for it.
//! - **Leader**: named for a group, or member of one of its **leader groups**. **Decider**: a leader, or a holder of
//!   `group_management`, of a group that is not internal. **Standing**: how a user stands to a group.
//! - **Request**: asks to join or leave; open until **settled**. **Applicant**: who asks.
//! - **Command**: something asked for, in the imperative. **Event**: something that happened, in the past tense.
//!   **Decision**: the events that follow from a command. **Receipt**: the answer to whoever asked.
//! - **Refusal**: `Unseen`, a **denial** (rights) or a **conflict** (state of things). **Offer**: an action with its denial.
//! - **Preview**: what a command would do to people, worked out and undone; its **fingerprint** says which consequences.
//! - **Invitation**: a link by which somebody makes an account. **Bulk edit**: adding or removing the people of a pasted list of names.
//! - **Token**: lets a program act as the user it belongs to, by the API alone.
//! - **Notification**: tells a user of an event that concerns them. **Care**: what a group needs from those who decide for it.
//! - **Sight**: how much a viewer sees. **Listing**: a page of a list, read at a place (**seq**) in the feed.
//!   **Frame**: a message of the live feed. **Fold**: how a listing follows a frame.
//!
//! R1 to R18 are the rules of the product description, cited where they are kept.

mod admin;
mod admin_page;
pub mod authority;
mod by_name;
mod cascade;
mod cause;
mod change;
mod character;
mod closed;
mod command;
mod decide;
mod denial;
mod event;
mod facts;
mod flaw;
pub mod fold;
mod grant;
mod group;
mod group_admin;
mod id;
mod invitation;
#[cfg(feature = "unicode")]
mod letter;
mod live;
pub mod name;
pub mod notice;
mod offer;
mod permission;
mod person;
#[cfg(feature = "unicode")]
mod preview_builder;
mod reach;
mod request;
pub mod sight;
mod sign_in;
mod state;
mod text;
mod unwritable;
mod view;

pub use admin::{promotion_denied, user_offers};
pub use admin_page::AdminPage;
pub use authority::{may_enter, may_remove};
pub use by_name::{ByName, Names, ResolvedNames};
pub use cascade::{AccountStatus, Cascade, CascadeSubject, InstanceState, Settled, Trigger, Who, settle};
pub use cause::Cause;
pub use change::{GroupChange, Registration, Settings, SettingsChange, StateChange, UserChange};
pub use character::{Affiliation, Character, CharacterChange, CharacterDraft, Organisation};
pub use command::{Command, GroupDraft, GroupKey, Holder, RegistrationDraft, UserDraft};
pub use decide::{Decision, decide};
pub use denial::{Conflict, Denial, Refusal};
pub use event::{ActorRef, Event, EventAction, EventKind, EventPayload, EventScope, EventType, RecordedEvent};
pub use facts::{Facts, LeadingGroup, NameFacts, NamedLead, ResetLink, StateFacts, Subject};
pub use flaw::{Flaw, Problem, Stray};
pub use grant::{Grant, GrantKind};
pub use group::{AutoLeave, Flag, Flags, FoundBy, Group, GroupRef, Outline, PartialFlags};
pub use group_admin::{group_offers, new_group_offers};
pub use id::{
    CharacterId, CommandId, EventId, GroupId, InvitationId, NotificationId, RequestId, ReservedNameId, Seq, SessionId,
    StateId, Timestamp, TokenId, UserId,
};
pub use invitation::{Invitation, InvitationDraft};
pub use live::Frame;
pub use offer::{Action, MyStatus, Need, Offer, Requirement, offers};
pub use permission::{Permission, Permissions};
pub use person::{Account, AccountFields, Actor, MainCharacter, Person, Standing, is_led};
#[cfg(feature = "unicode")]
pub use preview_builder::{PreviewBuilder, SeesMembers};
pub use reach::Reach;
pub use request::{Request, RequestKind, RequestStatus, Settlement};
pub use sight::Sight;
pub use sign_in::FailedSignIns;
pub use state::{Scope, State, StateDraft, StateReason, StateRef, state_and_reason, state_of};
pub use text::{CharacterName, Description, Email, GroupName, Note, StateName, TokenName, Username, optional_note};
pub use unwritable::Unwritable;
pub use view::{
    AuditPage, AuditQuery, Backup, BulkAction, BulkEdit, BulkLine, BulkOutcome, BulkPreview, BulkResult, BulkVerdict,
    Care, Consequence, FeedHealth, Findings, Fingerprint, Found, FoundPerson, FreshLink, FreshUser, GroupAction,
    GroupChoices, GroupFilter, GroupHealth, GroupOffer, GroupOrder, GroupPage, GroupProperties, GroupQuery, GroupRow,
    GroupScope, GroupSetup, Health, HeldMembership, HeldPermission, InactiveLeader, InvitationQuery, InvitationRow,
    JoinLink, KindNames, Lead, LeaderlessGroup, LedGroup, Listing, ManagedGroup, Me, MemberOrder, MemberQuery,
    MemberRow, MembersPage, MyGroup, NameClash, NameOf, NamedLeader, Namesake, NotificationQuery, NotificationRow,
    Notifications, Obstacle, OldRequest, OpenJob, Outcome, PageSize, Preview, PreviewEffect, QueueChoices, QueueCounts,
    QueuePage, QueueQuery, QueueRow, Receipt, RegistrationStatus, RequestQuery, ReservedNameQuery, ReservedNameRow,
    ResetStatus, ScopeNames, SessionRow, SettledMark, SharedKey, Source, StateRow, Tally, Theme, TokenRow, Touched,
    UserAction, UserChoices, UserOffer, UserPage, UserQuery, UserRow, Viewer, WantedGroup,
};

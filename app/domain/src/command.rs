//! Everything anyone can ask for, in the imperative.

use crate::{
    AutoLeave, CharacterChange, CharacterDraft, CharacterId, Description, Email, FailedSignIns, Flags, GroupChange,
    GroupId, GroupName, InvitationDraft, InvitationId, Note, Permission, Permissions, RequestId, ReservedNameId,
    SettingsChange, StateChange, StateDraft, StateId, Timestamp, TokenId, TokenName, UserChange, UserId, Username,
};
use serde::{Deserialize, Serialize};

/// Which group is meant, and by which door the caller came to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GroupKey {
    /// By its id, as lists and pages name it.
    Id(GroupId),
    /// By the token of its join link, which opens hidden groups too (R2).
    Link(String),
}

/// A group that is to be made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupDraft {
    /// Its name.
    pub name: GroupName,
    /// What it is for.
    pub description: Description,
    /// The five flags.
    pub flags: Flags,
    /// Whether leaving is at once.
    pub auto_leave: AutoLeave,
    /// Whose users may be in it; empty means any.
    pub states: Vec<StateId>,
    /// What its members are given; only superusers may name any.
    pub permissions: Permissions,
    /// Who leads it.
    pub leaders: Vec<UserId>,
    /// The groups whose members lead it.
    pub leader_groups: Vec<GroupId>,
}

/// Who is given a permission.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Holder {
    /// A user, directly.
    User(UserId),
    /// All members of a group.
    Group(GroupId),
    /// All users in a state.
    State(StateId),
}

/// A user that is to be made. The password is no matter of the rules; its hash goes to the store beside the command.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserDraft {
    /// What they sign in with.
    pub username: Username,
    /// Where mail reaches them.
    pub email: Option<Email>,
    /// May enter the admin area.
    pub staff: bool,
    /// Holds every permission.
    pub superuser: bool,
    /// What they are given directly; only superusers may name any.
    #[serde(default)]
    pub permissions: Permissions,
}

/// An account that somebody makes for themselves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegistrationDraft {
    /// What they sign in with.
    pub username: Username,
    /// Where mail reaches them.
    pub email: Option<Email>,
}

/// A change somebody asks for. Answered by `decide`, and by nothing else (R13).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Command {
    /// Make a group.
    CreateGroup(Box<GroupDraft>),
    /// Make a user. The very first one is made by nobody, on `/setup`.
    CreateUser(Box<UserDraft>),
    /// Become a member: at once where the group is open, else by a request.
    Join {
        /// The group.
        group: GroupKey,
        /// Why, for whoever decides.
        reason: Option<Note>,
    },
    /// Stop being a member: at once where the rules allow it, else by a request (R8).
    Leave {
        /// The group.
        group: GroupId,
        /// Why, for whoever decides.
        reason: Option<Note>,
    },
    /// Take back one's own open request (R9).
    Withdraw {
        /// The request.
        request: RequestId,
    },
    /// Say yes to a request (R10).
    Approve {
        /// The request.
        request: RequestId,
        /// What the applicant is told.
        comment: Option<Note>,
    },
    /// Say no to a request.
    Reject {
        /// The request.
        request: RequestId,
        /// What the applicant is told.
        comment: Option<Note>,
    },
    /// End somebody's membership (R11).
    Remove {
        /// The group.
        group: GroupId,
        /// The member.
        member: UserId,
        /// Why; the member is told.
        reason: Option<Note>,
    },
    /// Make somebody a member directly.
    Add {
        /// The group.
        group: GroupId,
        /// Whom.
        member: UserId,
        /// Why.
        reason: Option<Note>,
    },
    /// Change a group's fields.
    EditGroup {
        /// The group.
        group: GroupId,
        /// What changes.
        change: Box<GroupChange>,
    },
    /// Delete a group; its log, requests and grants stay (R15).
    DeleteGroup {
        /// The group.
        group: GroupId,
    },
    /// Make the present join link worthless and a new one (R2).
    ReplaceJoinLink {
        /// The group.
        group: GroupId,
    },
    /// Name a leader.
    AddLeader {
        /// The group.
        group: GroupId,
        /// Who leads it from now on.
        leader: UserId,
    },
    /// Name a leader no more.
    RemoveLeader {
        /// The group.
        group: GroupId,
        /// Who leads it no more.
        leader: UserId,
    },
    /// Let the members of another group lead.
    AddLeaderGroup {
        /// The group.
        group: GroupId,
        /// Whose members lead it from now on.
        leading: GroupId,
    },
    /// Let them lead no more.
    RemoveLeaderGroup {
        /// The group.
        group: GroupId,
        /// Whose members lead it no more.
        leading: GroupId,
    },
    /// Give a permission.
    GivePermission {
        /// To whom.
        to: Holder,
        /// Which.
        permission: Permission,
    },
    /// Take a permission away.
    TakePermission {
        /// From whom.
        from: Holder,
        /// Which.
        permission: Permission,
    },
    /// Change an account.
    EditUser {
        /// The account.
        user: UserId,
        /// What changes.
        change: Box<UserChange>,
    },
    /// Delete an account; what it did and what was done to it stays in the log.
    DeleteUser {
        /// The account.
        user: UserId,
    },
    /// Give an account another password. The hash goes to the store beside the command.
    SetPassword {
        /// The account.
        user: UserId,
    },
    /// Make a token of the API. The hash of its secret goes to the store beside the command.
    CreateToken {
        /// In whose name it will act.
        user: UserId,
        /// What it is for.
        name: TokenName,
        /// When it ends, if it does by itself.
        expires_at: Option<Timestamp>,
    },
    /// Make a token worthless.
    RevokeToken {
        /// Whose it is.
        user: UserId,
        /// The token.
        token: TokenId,
    },
    /// End every session of an account.
    EndSessions {
        /// The account.
        user: UserId,
        /// Whether its tokens of the API are to be worthless, too.
        tokens: bool,
    },
    /// Tell the owner of an account of sign-ins that failed.
    TellOfFailedSignIns {
        /// The account.
        user: UserId,
        /// What is known of them.
        failed: Box<FailedSignIns>,
    },
    /// Make a link by which a user sets another password. The hash of its token goes to the store beside the command.
    MakeResetLink {
        /// The account.
        user: UserId,
    },
    /// Set another password by such a link. The hashes of its token and of the password go to the store beside the
    /// command.
    ResetPassword,
    /// Make an account of one's own. The hashes of the password and of the invitation's token, if there is one, go to the
    /// store beside the command.
    Register(Box<RegistrationDraft>),
    /// Invite people to make accounts. The hash of the link's token goes to the store beside the command.
    CreateInvitation(Box<InvitationDraft>),
    /// End an invitation before its time.
    RevokeInvitation {
        /// The invitation.
        invitation: InvitationId,
    },
    /// Give a user a character.
    AddCharacter {
        /// The user.
        user: UserId,
        /// The character.
        character: Box<CharacterDraft>,
    },
    /// Change a character.
    EditCharacter {
        /// The user.
        user: UserId,
        /// The character.
        character: CharacterId,
        /// What changes.
        change: Box<CharacterChange>,
    },
    /// Take a character away.
    RemoveCharacter {
        /// The user.
        user: UserId,
        /// The character.
        character: CharacterId,
    },
    /// Choose the main character among one's own.
    SetMain {
        /// The user.
        user: UserId,
        /// The character; `None` for none.
        character: Option<CharacterId>,
    },
    /// Make a state.
    CreateState(Box<StateDraft>),
    /// Change a state's definition.
    EditState {
        /// The state.
        state: StateId,
        /// What changes.
        change: Box<StateChange>,
    },
    /// Delete a state; its users fall to the next that is open to them.
    DeleteState {
        /// The state.
        state: StateId,
    },
    /// Reserve a name (R12).
    ReserveName {
        /// The name.
        name: GroupName,
        /// Why.
        reason: Note,
    },
    /// Free a reserved name.
    FreeName {
        /// The reservation.
        name: ReservedNameId,
        /// Why.
        reason: Option<Note>,
    },
    /// Change the settings.
    ChangeSettings(SettingsChange),
}

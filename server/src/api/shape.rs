//! The objects of the API (api.md, "Shapes"). Each is made from what pages show; nothing is read for it.
//!
//! In one file, however long: it is read beside that chapter, shape by shape.

use super::describe::{Rfc3339, shape};
use app::text::Language;
use domain::{
    Action, AutoLeave, Cause, CharacterId, Denial, EventAction, EventId, EventType, Flag, GrantKind, GroupId, MyStatus,
    NotificationId, Permissions, RequestId, RequestKind, RequestStatus, ReservedNameId, StateId, UserId,
};
use serde_json::{Value, json};

shape! {
    /// A main character, as far as others see it.
    MainCharacter {
        /// The character.
        id: CharacterId,
        /// Its name.
        name: String,
        /// The name of its corporation.
        corporation: Option<String>,
        /// The name of its alliance.
        alliance: Option<String>,
    }
}

shape! {
    /// A user as others see them.
    UserRef {
        /// The account.
        id: UserId,
        /// What they sign in with.
        username: String,
        /// Their main character, if they have one.
        main_character: Option<MainCharacter>,
    }
}

impl UserRef {
    pub(super) fn of(person: &domain::Person) -> Self {
        let main_character = person.main_character.as_ref().map(|main| MainCharacter {
            id: main.id,
            name: main.name.clone(),
            corporation: main.corporation.clone(),
            alliance: main.alliance.clone(),
        });
        Self { id: person.id, username: person.username.clone(), main_character }
    }
}

shape! {
    /// A user by the name they had then.
    NameRef {
        /// The account.
        id: UserId,
        /// Its username.
        username: String,
    }
}

impl NameRef {
    fn of(actor: &domain::ActorRef) -> Self {
        Self { id: actor.id, username: actor.username.clone() }
    }
}

shape! {
    /// A group by name.
    GroupRef {
        /// The group.
        id: GroupId,
        /// Its name.
        name: String,
    }
}

impl GroupRef {
    fn of(group: &domain::GroupRef) -> Self {
        Self { id: group.id, name: group.name.clone() }
    }
}

shape! {
    /// A state by name.
    StateRef {
        /// The state.
        id: StateId,
        /// Its name.
        name: String,
    }
}

impl StateRef {
    fn of(state: &domain::StateRef) -> Self {
        Self { id: state.id, name: state.name.clone() }
    }
}

shape! {
    /// What the caller could do with a group, and why not.
    MyAction {
        /// What.
        action: Action,
        /// Whether it would be carried out.
        allowed: bool,
        /// Why it would not.
        denial: Option<Denial>,
    }
}

shape! {
    /// A group as the caller sees it.
    Group {
        /// The group.
        id: GroupId,
        /// Its name.
        name: String,
        /// What it is for.
        description: String,
        /// Nobody sees, joins or leaves it as a user.
        internal: bool,
        /// Absent from the list for those who are not members.
        hidden: bool,
        /// Joining and leaving are at once.
        open: bool,
        /// `request_groups` is not needed.
        public: bool,
        /// Only superusers touch its members, leaders and flags.
        restricted: bool,
        /// Whether leaving a closed group is at once.
        auto_leave: AutoLeave,
        /// Who leads it.
        leaders: Vec<UserRef>,
        /// Groups whose members lead it.
        leader_groups: Vec<GroupRef>,
        /// The states whose users may be in it; empty for any.
        states: Vec<StateRef>,
        /// What its members are given; only for callers with an admin right to groups.
        permissions ? absent: Option<Permissions>,
        /// How many members it has; only for its members, managers and admins.
        member_count: Option<u32>,
        /// How the caller stands to it.
        my_status: MyStatus,
        /// What the caller could do.
        my_actions: Vec<MyAction>,
    }
}

impl Group {
    pub(super) fn of(row: &domain::GroupRow) -> Self {
        let action = |offer: &domain::Offer| MyAction {
            action: offer.action,
            allowed: offer.denial.is_none(),
            denial: offer.denial,
        };
        Self {
            id: row.id,
            name: row.name.clone(),
            description: row.description.clone(),
            internal: row.flags.has(Flag::Internal),
            hidden: row.flags.has(Flag::Hidden),
            open: row.flags.has(Flag::Open),
            public: row.flags.has(Flag::Public),
            restricted: row.flags.has(Flag::Restricted),
            auto_leave: row.auto_leave,
            leaders: row.leaders.iter().map(UserRef::of).collect(),
            leader_groups: row.leader_groups.iter().map(GroupRef::of).collect(),
            states: row.states.iter().map(StateRef::of).collect(),
            permissions: row.permissions,
            member_count: row.member_count,
            my_status: row.my_status,
            my_actions: row.offers.iter().map(action).collect(),
        }
    }
}

shape! {
    /// A request to join or to leave.
    Request {
        /// The request.
        id: RequestId,
        /// The group it is about.
        group: GroupRef,
        /// Who asks.
        user: UserRef,
        /// For what.
        kind: RequestKind,
        /// Where it stands.
        status: RequestStatus,
        /// Why, in their words.
        reason: Option<String>,
        /// When it was made.
        created_at: Rfc3339,
        /// When it was settled.
        settled_at: Option<Rfc3339>,
        /// Who settled it; nobody where a rule did.
        settled_by: Option<UserRef>,
        /// What the decider said.
        comment: Option<String>,
        /// Which rule closed it.
        cause: Option<Cause>,
    }
}

impl Request {
    pub(super) fn of(request: &domain::Request) -> Self {
        let end = request.settlement.as_ref();
        Self {
            id: request.id,
            group: GroupRef::of(&request.group),
            user: UserRef::of(&request.applicant),
            kind: request.kind,
            status: request.status,
            reason: request.reason.clone(),
            created_at: request.created_at.into(),
            settled_at: end.map(|end| end.at.into()),
            settled_by: end.and_then(|end| end.by.as_ref()).map(UserRef::of),
            comment: end.and_then(|end| end.comment.clone()),
            cause: end.and_then(|end| end.cause),
        }
    }

    pub(super) fn waiting(row: &domain::QueueRow) -> Self {
        Self {
            id: row.id,
            group: GroupRef::of(&row.group),
            user: UserRef::of(&row.applicant),
            kind: row.kind,
            status: RequestStatus::Open,
            reason: row.reason.clone(),
            created_at: row.created_at.into(),
            settled_at: None,
            settled_by: None,
            comment: None,
            cause: None,
        }
    }
}

shape! {
    /// Why somebody is a member.
    Grant {
        /// How it came to be.
        kind: GrantKind,
        /// Who gave it; nobody where the system did.
        actor: Option<UserRef>,
        /// Why, in their words.
        reason: Option<String>,
        /// Since when.
        from: Rfc3339,
        /// Until when, if not for good.
        until: Option<Rfc3339>,
    }
}

shape! {
    /// A member of a group.
    Member {
        /// Who.
        user: UserRef,
        /// Since when.
        since: Rfc3339,
        /// Whether they lead the group, by name or through a leader group.
        is_leader: bool,
        /// What holds the membership.
        grants: Vec<Grant>,
    }
}

impl Member {
    pub(super) fn of(row: &domain::MemberRow) -> Self {
        let grant = |grant: &domain::Grant| Grant {
            kind: grant.kind,
            actor: grant.by.as_ref().map(UserRef::of),
            reason: grant.reason.clone(),
            from: grant.from.into(),
            until: grant.until.map(Into::into),
        };
        Self {
            user: UserRef::of(&row.person),
            since: row.since.into(),
            is_leader: row.lead != domain::Lead::None,
            grants: row.grants.iter().map(grant).collect(),
        }
    }
}

shape! {
    /// A corporation, an alliance or a faction.
    Organisation {
        /// Its id in the outside world.
        id: i64,
        /// Its name.
        name: String,
    }
}

shape! {
    /// A character.
    Character {
        /// The character.
        id: CharacterId,
        /// Its id in the outside world.
        external_id: i64,
        /// Its name.
        name: String,
        /// Its corporation.
        corporation: Option<Organisation>,
        /// Its alliance.
        alliance: Option<Organisation>,
        /// Its faction.
        faction: Option<Organisation>,
    }
}

impl Character {
    pub(super) fn of(character: &domain::Character) -> Self {
        let organisation = |it: &Option<domain::Organisation>| {
            it.as_ref().map(|it| Organisation { id: it.id, name: it.name.as_str().to_owned() })
        };
        Self {
            id: character.id,
            external_id: character.profile.external_id,
            name: character.profile.name.as_str().to_owned(),
            corporation: organisation(&character.profile.corporation),
            alliance: organisation(&character.profile.alliance),
            faction: organisation(&character.profile.faction),
        }
    }
}

shape! {
    /// A user as staff see them.
    User {
        /// The account.
        id: UserId,
        /// What they sign in with.
        username: String,
        /// Their main character, if they have one.
        main_character: Option<MainCharacter>,
        /// Where mail reaches them.
        email: Option<String>,
        /// May sign in.
        is_active: bool,
        /// May enter the admin area, as far as the permissions reach.
        is_staff: bool,
        /// Holds every permission.
        is_superuser: bool,
        /// The state they are in.
        state: StateRef,
        /// Their characters.
        characters: Vec<Character>,
        /// What they hold directly.
        permissions: Permissions,
        /// When the account was made.
        created_at: Rfc3339,
    }
}

impl User {
    pub(super) fn of(row: &domain::UserRow) -> Self {
        let UserRef { id, username, main_character } = UserRef::of(&row.person);
        Self {
            id,
            username,
            main_character,
            email: row.email.clone(),
            is_active: row.active,
            is_staff: row.staff,
            is_superuser: row.superuser,
            state: StateRef::of(&row.state),
            characters: row.characters.iter().map(Character::of).collect(),
            permissions: row.permissions,
            created_at: row.created_at.into(),
        }
    }
}

shape! {
    /// The caller's own account.
    Me {
        /// The account.
        id: UserId,
        /// What they sign in with.
        username: String,
        /// Where mail reaches them.
        email: Option<String>,
        /// May sign in.
        is_active: bool,
        /// May enter the admin area, as far as the permissions reach.
        is_staff: bool,
        /// Holds every permission.
        is_superuser: bool,
        /// The state they are in.
        state: StateRef,
        /// Their main character, if they have one.
        main_character: Option<MainCharacter>,
        /// Their characters.
        characters: Vec<Character>,
        /// Effective permissions.
        permissions: Permissions,
        /// The groups they lead.
        leads: Vec<GroupId>,
    }
}

impl Me {
    pub(super) fn of(me: &domain::Me) -> Self {
        let UserRef { id, username, main_character } = UserRef::of(&me.person);
        Self {
            id,
            username,
            email: me.email.clone(),
            is_active: me.active,
            is_staff: me.staff,
            is_superuser: me.superuser,
            state: StateRef::of(&me.state),
            main_character,
            characters: me.characters.iter().map(Character::of).collect(),
            permissions: me.permissions,
            leads: me.leads.clone(),
        }
    }
}

shape! {
    /// A state with its definition.
    State {
        /// The state.
        id: StateId,
        /// Its name.
        name: String,
        /// Of several that are open to somebody, the highest wins.
        priority: i64,
        /// Open to everybody who has a main character.
        public: bool,
        /// What users in it are given.
        permissions: Permissions,
        /// Characters it is open to, by external id.
        member_characters: Vec<i64>,
        /// Corporations it is open to, by external id.
        member_corporations: Vec<i64>,
        /// Alliances it is open to, by external id.
        member_alliances: Vec<i64>,
        /// Factions it is open to, by external id.
        member_factions: Vec<i64>,
    }
}

impl State {
    pub(super) fn of(state: &domain::State) -> Self {
        Self {
            id: state.id,
            name: state.name.clone(),
            priority: state.priority,
            public: state.public,
            permissions: state.permissions,
            member_characters: state.scope.characters.clone(),
            member_corporations: state.scope.corporations.clone(),
            member_alliances: state.scope.alliances.clone(),
            member_factions: state.scope.factions.clone(),
        }
    }
}

shape! {
    /// A name that no group may have.
    Reserved {
        /// The reservation.
        id: ReservedNameId,
        /// The name.
        name: String,
        /// Why.
        reason: String,
        /// Who reserved it; nobody where the system did.
        created_by: Option<NameRef>,
        /// When.
        created_at: Rfc3339,
    }
}

impl Reserved {
    pub(super) fn of(row: &domain::ReservedNameRow) -> Self {
        Self {
            id: row.id,
            name: row.name.clone(),
            reason: row.reason.clone(),
            created_by: row.created_by.as_ref().map(NameRef::of),
            created_at: row.created_at.into(),
        }
    }
}

shape! {
    /// The settings of the instance.
    Settings {
        /// Whether deciders are told of new requests.
        requests_notification: bool,
        /// Whether leaving closed groups is at once.
        auto_leave: bool,
        /// How many notifications are kept for each user.
        notifications_max_per_user: u32,
        /// Who may make an account of their own.
        registration: domain::Registration,
        /// Whether groups are told to those, too, who can neither join nor ask for them.
        show_unavailable_groups: bool,
    }
}

impl Settings {
    pub(super) const fn of(settings: domain::Settings) -> Self {
        Self {
            requests_notification: settings.requests_notification,
            auto_leave: settings.auto_leave,
            notifications_max_per_user: settings.notifications_max_per_user,
            registration: settings.registration,
            show_unavailable_groups: settings.show_unavailable_groups,
        }
    }
}

shape! {
    /// A row of the audit log, with the names as they were.
    AuditRow {
        /// The row.
        id: EventId,
        /// When it happened.
        time: Rfc3339,
        /// In which group.
        group: Option<GroupRef>,
        /// Who asked for it, or to whom it was done.
        requestor: Option<NameRef>,
        /// The requestor's main character then.
        character: Option<String>,
        /// What it is about.
        kind = "type": EventType,
        /// What became of it.
        action: EventAction,
        /// Who did it; nobody where the system did.
        actor: Option<NameRef>,
        /// Which rule did it.
        cause: Option<Cause>,
        /// Why, in the words of whoever asked.
        reason: Option<String>,
        /// What the decider said.
        comment: Option<String>,
        /// The event by name, and what changed with it.
        detail: Value,
    }
}

impl AuditRow {
    pub(super) fn of(logged: &domain::RecordedEvent) -> Self {
        let (kind, action) = logged.event.what.filed_as();
        let subject = logged.event.subject.as_ref();
        Self {
            id: logged.id,
            time: logged.at.into(),
            group: logged.event.group.as_ref().map(GroupRef::of),
            requestor: subject.map(|person| NameRef { id: person.id, username: person.username.clone() }),
            character: subject.and_then(|person| person.main_character.as_ref()).map(|main| main.name.clone()),
            kind,
            action,
            actor: logged.actor.as_ref().map(NameRef::of),
            cause: logged.event.cause,
            reason: logged.event.reason.clone(),
            comment: logged.event.comment.clone(),
            detail: detail(&logged.event),
        }
    }
}

/// The event by name, with what it carries: the fields of what carries several, else a `value`; and the names of the
/// states that stand there by their ids.
fn detail(event: &domain::Event) -> Value {
    let mut detail = carried(&event.what);
    if let (Some(fields), false) = (detail.as_object_mut(), event.states.is_empty()) {
        fields.insert("states".to_owned(), json!(event.states));
    }
    detail
}

fn carried(what: &domain::EventPayload) -> Value {
    match serde_json::to_value(what) {
        Ok(Value::String(event)) => json!({ "event": event }),
        Ok(Value::Object(tagged)) => {
            let (event, carried) = tagged.into_iter().next().unwrap_or_default();
            match carried {
                Value::Object(mut fields) => {
                    fields.insert("event".to_owned(), json!(event));
                    Value::Object(fields)
                }
                carried => json!({ "event": event, "value": carried }),
            }
        }
        Ok(_) | Err(_) => json!({}),
    }
}

shape! {
    /// A notification.
    Notification {
        /// The notification.
        id: NotificationId,
        /// How good or bad the news is: `info`, `success`, `warning` or `danger`.
        level: &'static str,
        /// What it is about, in a few words.
        title: String,
        /// What happened, in a sentence.
        message: String,
        /// Why, in the words of whoever asked, or of whoever ended the membership.
        reason: Option<String>,
        /// What the decider said.
        comment: Option<String>,
        /// When it happened.
        created_at: Rfc3339,
        /// When it was read.
        read_at: Option<Rfc3339>,
    }
}

impl Notification {
    pub(super) fn of(row: &domain::NotificationRow) -> Self {
        let news = Language::English.news(row.subject, &row.logged);
        Self {
            id: row.id,
            level: news.level,
            title: news.title,
            message: news.message,
            reason: row.logged.event.reason.clone(),
            comment: row.logged.event.comment.clone(),
            created_at: row.logged.at.into(),
            read_at: row.read_at.map(Into::into),
        }
    }
}

shape! {
    /// The way into a hidden group.
    JoinLink {
        /// Where it leads.
        url: String,
        /// What makes it unguessable.
        token: String,
    }
}

shape! {
    /// What came of joining or leaving.
    Outcome {
        /// `joined`, `left` or `requested`.
        outcome: &'static str,
        /// The request that waits, where there is one.
        request ? absent: Option<Request>,
    }
}

shape! {
    /// How many open requests the caller may decide.
    Counts {
        /// To join.
        join: u32,
        /// To leave.
        leave: u32,
    }
}

shape! {
    /// What came of one of many requests.
    Decided {
        /// The request.
        id: RequestId,
        /// As if it had been decided alone.
        status: u16,
        /// The request, where it is settled.
        request ? absent: Option<Request>,
        /// Why it was not decided.
        code ? absent: Option<&'static str>,
        /// The same as a sentence.
        detail ? absent: Option<String>,
    }
}

shape! {
    /// What came of each of many requests, in the order they were named.
    Results {
        /// One for each.
        results: Vec<Decided>,
    }
}

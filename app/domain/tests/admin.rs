//! Who may administer whom: every office against every kind of account, and against states, names, settings and
//! permissions, compared with the reviewed `admin.txt`.
//!
//! A cell is what happens: `done`, `404` (unseen), or a denial's or a conflict's code.

mod cast;

use cast::{ME, NOW, OTHER, account, assert_reviewed, subject};
use domain::{
    Account, Actor, Character, CharacterDraft, CharacterId, CharacterName, Command, Email, Facts, GroupName, Holder,
    Invitation, InvitationDraft, InvitationId, Note, Organisation, Permission, Permissions, Reach, Refusal,
    ReservedNameId, Scope, SettingsChange, State, StateChange, StateDraft, StateFacts, StateId, StateName, Subject,
    UserChange, UserDraft, Username, decide,
};
use std::fmt::Write as _;

fn cell(actor: &Actor, command: &Command, facts: &Facts) -> String {
    match decide(actor, command, facts, NOW) {
        Ok(_) => "done".into(),
        Err(Refusal::Unseen) => "404".into(),
        Err(Refusal::Denied(denial)) => match denial.code() {
            "staff_permission_required" => "-staff".into(),
            "superuser_required" => "-superuser".into(),
            other => other.into(),
        },
        Err(Refusal::Conflict(conflict)) => format!("!{}", conflict.code()),
        Err(Refusal::Invalid(problem)) => format!("?{}", problem.field),
        Err(Refusal::Slow { .. }) => "later".into(),
    }
}

/// The offices, each holding its own permission and, as no member of anything, nothing else.
fn actors() -> Vec<(&'static str, Actor)> {
    use Permission::{ManageGroups, ManageReservedNames, ManageSettings, ManageStates, ManageUsers, ViewAudit};
    let guest = |granted: &[Permission]| Account { state: State::GUEST, ..account(ME, granted) };
    let staff = |granted: &[Permission]| Actor::User(Account { staff: true, ..guest(granted) });
    vec![
        ("nobody", Actor::Nobody),
        ("inactive", Actor::User(Account { active: false, staff: true, superuser: true, ..guest(&Permission::ALL) })),
        ("not-staff", Actor::User(guest(&Permission::ALL))),
        ("groups", staff(&[ManageGroups])),
        ("users", staff(&[ManageUsers])),
        ("states", staff(&[ManageStates])),
        ("names", staff(&[ManageReservedNames])),
        ("settings", staff(&[ManageSettings])),
        ("audit", staff(&[ViewAudit])),
        ("all-offices", staff(&Permission::ALL)),
        ("superuser", Actor::User(Account { superuser: true, ..guest(&[]) })),
    ]
}

fn table(text: &mut String, title: &str, rows: Vec<(&str, Command, Facts)>) {
    let actors = actors();
    write!(text, "## {title}\n{:<28}", "").expect("a string takes everything");
    for (name, _) in &actors {
        write!(text, "{name:<13}").expect("a string takes everything");
    }
    text.truncate(text.trim_end().len());
    text.push('\n');
    for (name, command, facts) in rows {
        let mut line = format!("{name:<28}");
        for (_, actor) in &actors {
            write!(line, "{:<13}", cell(actor, &command, &facts)).expect("a string takes everything");
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text.push('\n');
}

/// The kinds of account an office may meet. `restricted` is in a group that only superusers touch (R5).
fn subjects() -> Vec<(&'static str, Subject)> {
    use Permission::{GroupManagement, ManageSettings, ManageUsers, RequestGroups};
    let plain = |granted: &[Permission]| subject(account(OTHER, granted), false, None);
    let flagged = |staff, superuser, granted: &[Permission]| {
        subject(Account { staff, superuser, ..account(OTHER, granted) }, false, None)
    };
    let sleeping = |granted: &[Permission]| {
        subject(Account { active: false, state: State::GUEST, ..account(OTHER, granted) }, false, None)
    };
    let leads_restricted = Reach { restricted: true, permissions: Permissions::NONE };
    vec![
        ("a guest", plain(&[])),
        ("a member", plain(&[RequestGroups])),
        ("one in a restricted group", Subject { reach: leads_restricted, ..plain(&[RequestGroups]) }),
        ("a group manager", plain(&[GroupManagement])),
        ("staff of the same office", flagged(true, false, &[ManageUsers])),
        ("staff of another office", flagged(true, false, &[ManageSettings])),
        ("a superuser", flagged(true, true, &[])),
        ("an inactive guest", sleeping(&[])),
        ("an inactive manager", sleeping(&[GroupManagement])),
        ("oneself", Subject { account: Account { state: State::GUEST, ..account(ME, &[]) }, ..plain(&[]) }),
    ]
}

/// Guest; Member, which gives `request_groups` to corporation 1; Blue, which gives `group_management` to corporation 2.
fn states() -> StateFacts {
    let state = |id, name: &str, priority, permissions, corporations| State {
        id,
        name: name.to_owned(),
        priority,
        public: false,
        permissions,
        scope: Scope { corporations, ..Scope::default() },
    };
    let all = vec![
        State { public: true, ..state(State::GUEST, "Guest", 0, Permissions::NONE, vec![]) },
        state(State::BLUE, "Blue", 50, Permissions::NONE.with(Permission::GroupManagement), vec![2]),
        state(State::MEMBER, "Member", 100, Permissions::NONE.with(Permission::RequestGroups), vec![1]),
        state(StateId(4), "Banned", 200, Permissions::NONE, vec![3]),
    ];
    StateFacts { all, ..StateFacts::default() }
}

fn character(corporation: i64) -> CharacterDraft {
    let name = |text: &str| CharacterName::parse(text).expect("a name");
    CharacterDraft {
        external_id: 100,
        name: name("Ana Vex"),
        corporation: Some(Organisation { id: corporation, name: name("Acme") }),
        alliance: None,
        faction: None,
    }
}

fn of_people(text: &mut String) {
    let edit = |change| Command::EditUser { user: OTHER, change: Box::new(change) };
    let username = Username::parse("renamed").expect("a name");
    let email = Email::parse("new@example.org").expect("an address");
    let character = |corporation| Command::AddCharacter { user: OTHER, character: Box::new(character(corporation)) };
    let commands = [
        ("rename", edit(UserChange { username: Some(username), ..UserChange::default() })),
        ("another e-mail address", edit(UserChange { email: Some(Some(email)), ..UserChange::default() })),
        ("another password", Command::SetPassword { user: OTHER }),
        ("a link to set another password", Command::MakeResetLink { user: OTHER }),
        ("sign out everywhere", Command::EndSessions { user: OTHER, tokens: true }),
        ("deactivate", edit(UserChange { active: Some(false), ..UserChange::default() })),
        ("activate", edit(UserChange { active: Some(true), ..UserChange::default() })),
        ("make staff", edit(UserChange { staff: Some(true), ..UserChange::default() })),
        ("make superuser", edit(UserChange { superuser: Some(true), ..UserChange::default() })),
        ("delete", Command::DeleteUser { user: OTHER }),
        ("a character of Member", character(1)),
        ("a character of Blue", character(2)),
        ("no main", Command::SetMain { user: OTHER, character: None }),
    ];
    for (title, command) in commands {
        let rows = subjects().into_iter().map(|(name, subject)| {
            let main = (name != "a guest").then(|| Character { id: CharacterId(9), profile: self::character(1) });
            let facts = Facts { subject: Some(subject), states: states(), main, superusers: 2, ..Facts::default() };
            (name, command.clone(), facts)
        });
        table(text, title, rows.collect());
    }
}

fn of_states(text: &mut String) {
    let change = |corporations: &[i64]| StateChange { corporations: Some(corporations.to_vec()), ..Default::default() };
    let edit = |state, change| Command::EditState { state, change: Box::new(change) };
    let facts = |named: i64, own_corporation: i64| {
        let states = states();
        let named = states.all.iter().find(|state| state.id == StateId(named)).cloned();
        let main = Character { id: CharacterId(1), profile: character(own_corporation) };
        Facts { states: StateFacts { named, actor_main: Some(main.affiliation()), ..states }, ..Facts::default() }
    };
    let draft = StateDraft {
        name: StateName::parse("New").expect("a name"),
        priority: 300,
        public: false,
        permissions: Permissions::NONE,
        scope: Scope { corporations: vec![1], ..Scope::default() },
    };
    let held = |permissions| StateChange { permissions: Some(permissions), ..StateChange::default() };
    let requesters = Permissions::NONE.with(Permission::RequestGroups);
    let giving = StateDraft { permissions: requesters, ..draft.clone() };
    let rename = StateChange { name: Some(StateName::parse("Crew").expect("a name")), ..StateChange::default() };
    let rows = vec![
        ("make one above all", Command::CreateState(Box::new(draft)), facts(0, 9)),
        ("make one that gives", Command::CreateState(Box::new(giving)), facts(0, 9)),
        ("rename", edit(State::BLUE, rename), facts(2, 9)),
        ("Blue gives more", edit(State::BLUE, held(requesters)), facts(2, 9)),
        (
            "Blue gives the same",
            edit(State::BLUE, held(Permissions::NONE.with(Permission::GroupManagement))),
            facts(2, 9),
        ),
        ("Guest gives more", edit(State::GUEST, held(requesters)), facts(1, 9)),
        ("Member takes in others", edit(State::MEMBER, change(&[1, 5])), facts(3, 9)),
        ("Member takes in oneself", edit(State::MEMBER, change(&[1, 5])), facts(3, 5)),
        ("Blue takes in others", edit(State::BLUE, change(&[2, 5])), facts(2, 9)),
        ("Blue takes in oneself", edit(State::BLUE, change(&[2, 5])), facts(2, 5)),
        ("Banned lets go", edit(StateId(4), change(&[])), facts(4, 9)),
        ("Blue lets go", edit(State::BLUE, change(&[])), facts(2, 9)),
        ("delete Member", Command::DeleteState { state: State::MEMBER }, facts(3, 9)),
        ("delete Blue", Command::DeleteState { state: State::BLUE }, facts(2, 9)),
        ("delete Guest", Command::DeleteState { state: State::GUEST }, facts(1, 9)),
        ("delete what is not there", Command::DeleteState { state: StateId(77) }, facts(77, 9)),
    ];
    table(text, "states", rows);
}

fn of_the_instance(text: &mut String) {
    let held = Facts { holder_exists: true, ..Facts::default() };
    let give = |to| Command::GivePermission { to, permission: Permission::RequestGroups };
    let user = |staff, superuser| {
        Command::CreateUser(Box::new(UserDraft {
            username: Username::parse("new").expect("a name"),
            email: None,
            staff,
            superuser,
            permissions: Permissions::NONE,
        }))
    };
    let name = GroupName::parse("Admins").expect("a name");
    let reason = Note::parse("used elsewhere").expect("a reason");
    let reserved = Facts { reserved_name: Some("Admins".to_owned()), ..Facts::default() };
    let invitation = InvitationDraft { uses: 1, ends_at: cast::NOW.plus_seconds(60), note: None };
    let invited =
        Invitation { id: InvitationId(1), uses: 1, used: 0, ends_at: invitation.ends_at, revoked: false, note: None };
    let invited = Facts { invitation: Some(invited), ..Facts::default() };
    let settings = SettingsChange { auto_leave: Some(true), ..SettingsChange::default() };
    let rows = vec![
        ("make a user", user(false, false), Facts::default()),
        ("make a user who is staff", user(true, false), Facts::default()),
        ("make a superuser", user(false, true), Facts::default()),
        ("a permission to a user", give(Holder::User(OTHER)), held.clone()),
        ("a permission to a group", give(Holder::Group(domain::GroupId(7))), held.clone()),
        ("a permission to a state", give(Holder::State(State::BLUE)), held),
        ("invite somebody", Command::CreateInvitation(Box::new(invitation)), Facts::default()),
        ("revoke an invitation", Command::RevokeInvitation { invitation: InvitationId(1) }, invited),
        ("revoke what is none", Command::RevokeInvitation { invitation: InvitationId(2) }, Facts::default()),
        ("reserve a name", Command::ReserveName { name, reason }, Facts::default()),
        ("free a name", Command::FreeName { name: ReservedNameId(1), reason: None }, reserved),
        ("free what is not reserved", Command::FreeName { name: ReservedNameId(2), reason: None }, Facts::default()),
        ("change the settings", Command::ChangeSettings(settings), Facts::default()),
    ];
    table(text, "accounts, permissions, names, settings", rows);
}

#[test]
fn the_matrix_of_the_offices_is_as_reviewed() {
    let mut text = String::from(
        "# Which office may do what to whom. 404: unseen. -x: denied. !x: conflict. The test `office` prints and \
         compares it.\n\n",
    );
    of_people(&mut text);
    of_states(&mut text);
    of_the_instance(&mut text);
    assert_reviewed("admin.txt", &text);
}

//! What staff could do with an account, and why not: `decide` run ahead of time, as `offers` does for groups.

use crate::{
    Actor, Character, CharacterChange, CharacterDraft, CharacterId, CharacterName, Command, Denial, Email, Facts,
    Holder, NameFacts, Obstacle, Permission, Permissions, Refusal, Timestamp, UserAction, UserChange, UserDraft,
    UserOffer, Username, decide,
};

/// Every action of the user's page. `facts` are those of a command that activates the user: they hold the main character
/// and the states too.
///
/// What depends on more than the user, such as the state that a new character leads to, is refused when it is tried.
#[must_use]
pub fn user_offers(actor: &Actor, facts: &Facts, now: Timestamp) -> Vec<UserOffer> {
    let Some(subject) = &facts.subject else { return Vec::new() };
    let facts = Facts { name: NameFacts::default(), holder_exists: true, character: some_character(), ..facts.clone() };
    let (account, user) = (&subject.account, subject.account.person.id);
    let edit = |change| Command::EditUser { user, change: Box::new(change) };
    let none = UserChange::default;
    let unchanged = Box::new(CharacterChange::default());
    let tried = [
        (UserAction::Rename, edit(UserChange { username: Username::parse("somebody-else").ok(), ..none() })),
        (UserAction::SetEmail, edit(UserChange { email: Some(Email::parse("somebody@else.example").ok()), ..none() })),
        (UserAction::SetActive, edit(UserChange { active: Some(!account.active), ..none() })),
        (UserAction::SetStaff, edit(UserChange { staff: Some(!account.staff), ..none() })),
        (UserAction::SetSuperuser, edit(UserChange { superuser: Some(!account.superuser), ..none() })),
        (
            UserAction::SetPermissions,
            Command::GivePermission { to: Holder::User(user), permission: Permission::RequestGroups },
        ),
        (UserAction::SetPassword, Command::SetPassword { user }),
        (UserAction::EndSessions, Command::EndSessions { user, tokens: false }),
        (
            UserAction::SetCharacters,
            Command::EditCharacter { user, character: CharacterId::UNASSIGNED, change: unchanged },
        ),
        (UserAction::Delete, Command::DeleteUser { user }),
    ];
    let obstacle = |command: &Command| match decide(actor, command, &facts, now) {
        Ok(_) | Err(Refusal::Unseen | Refusal::Invalid(_) | Refusal::Slow { .. }) => None,
        Err(Refusal::Denied(denial)) => Some(Obstacle::Denied(denial)),
        Err(Refusal::Conflict(conflict)) => Some(Obstacle::Conflict(conflict)),
    };
    tried.map(|(action, command)| UserOffer { action, obstacle: obstacle(&command) }).into()
}

/// Why the actor may not make an account that is more than an ordinary one, if they may not: staff, a superuser, or one
/// that is given permissions. One answer for the three: the rules know no difference.
#[must_use]
pub fn promotion_denied(actor: &Actor, now: Timestamp) -> Option<Denial> {
    let username = Username::parse("somebody-else").ok()?;
    let draft = UserDraft { username, email: None, staff: true, superuser: true, permissions: Permissions::NONE };
    match decide(actor, &Command::CreateUser(Box::new(draft)), &Facts::default(), now) {
        Err(Refusal::Denied(denial)) => Some(denial),
        Ok(_) | Err(Refusal::Unseen | Refusal::Conflict(_) | Refusal::Invalid(_) | Refusal::Slow { .. }) => None,
    }
}

/// A character that leads nowhere, to ask whether characters could be changed at all.
fn some_character() -> Option<Character> {
    let name = CharacterName::parse("Nobody").ok()?;
    let profile = CharacterDraft { external_id: 0, name, corporation: None, alliance: None, faction: None };
    Some(Character { id: CharacterId::UNASSIGNED, profile })
}

//! What staff could do with an account, and why not: `decide` run ahead of time, as `offers` does for groups.

use crate::{
    Actor, Character, CharacterChange, CharacterDraft, CharacterId, CharacterName, Command, Email, Facts, Holder,
    NameFacts, Obstacle, Permission, Refusal, Timestamp, UserAction, UserChange, UserOffer, Username, decide,
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
        (UserAction::EndSessions, Command::EndSessions { user }),
        (
            UserAction::SetCharacters,
            Command::EditCharacter { user, character: CharacterId::UNASSIGNED, change: unchanged },
        ),
        (UserAction::Delete, Command::DeleteUser { user }),
    ];
    let obstacle = |command: &Command| match decide(actor, command, &facts, now) {
        Ok(_) | Err(Refusal::Unseen | Refusal::Invalid(_)) => None,
        Err(Refusal::Denied(denial)) => Some(Obstacle::Denied(denial)),
        Err(Refusal::Conflict(conflict)) => Some(Obstacle::Conflict(conflict)),
    };
    tried.map(|(action, command)| UserOffer { action, obstacle: obstacle(&command) }).into()
}

/// A character that leads nowhere, to ask whether characters could be changed at all.
fn some_character() -> Option<Character> {
    let name = CharacterName::parse("Nobody").ok()?;
    let profile = CharacterDraft { external_id: 0, name, corporation: None, alliance: None, faction: None };
    Some(Character { id: CharacterId::UNASSIGNED, profile })
}

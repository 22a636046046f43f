//! Changing a user: a draft that stands in the address until somebody has seen what it would do, and the form that saves
//! it then.

use super::{
    Draft, PERMISSIONS, Reading, Stage,
    user::{is_ticked, optional_email},
};
use crate::error::AppError;
use domain::{
    CharacterChange, CharacterDraft, CharacterId, CharacterName, Command, Flaw, Organisation, Permission, Permissions,
    Problem, UserChange, UserId, Username, listed,
};
use serde::{Deserialize, Serialize};

listed! {
    /// What is to be done with a user.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum AccountChange {
        /// Change names, flags and permissions.
        Edit = "edit",
        /// Let them sign in.
        Activate = "activate",
        /// Let them sign in no more.
        Deactivate = "deactivate",
        /// Delete the account.
        Delete = "delete",
        /// Choose the main character.
        Main = "main",
        /// Add a character.
        AddCharacter = "add_character",
        /// Change a character.
        EditCharacter = "edit_character",
        /// Take a character away.
        RemoveCharacter = "remove_character",
    }
}

/// The draft.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AccountChangeForm {
    /// The id of the user.
    pub user: String,
    /// What is to be done: the code of a [`AccountChange`].
    pub deed: String,
    /// Which fields of the account could be filled in, separated by commas; the others stay as they are.
    pub fields: String,
    /// What they sign in with.
    pub username: String,
    /// Where mail reaches them; empty for no address.
    pub email: String,
    /// `yes` where they are to be staff.
    pub staff: String,
    /// `yes` where they are to be a superuser.
    pub superuser: String,
    /// The names of what they are to hold directly.
    pub permissions: Vec<String>,
    /// `yes` where who comes back is to lead no more what they are named to lead.
    pub drop_leads: String,
    /// The id of a character; empty for none.
    pub character: String,
    /// The id of a new character in the outside world.
    pub external_id: String,
    /// The name of a character.
    pub character_name: String,
    /// The id of its corporation.
    pub corporation_id: String,
    /// The name of its corporation; empty where it has none.
    pub corporation: String,
    /// The id of its alliance.
    pub alliance_id: String,
    /// The name of its alliance; empty where it has none.
    pub alliance: String,
    /// The id of its faction.
    pub faction_id: String,
    /// The name of its faction; empty where it has none.
    pub faction: String,
    /// What has to be typed before something is deleted.
    pub expected: String,
    /// What was typed.
    pub confirmation: String,
    /// How far the draft is.
    #[serde(flatten)]
    pub stage: Stage,
}

impl AccountChangeForm {
    /// What is to be done; nothing where the address names none.
    #[must_use]
    pub fn deed(&self) -> Option<AccountChange> {
        AccountChange::from_code(&self.deed)
    }

    /// The page that shows what came of it.
    #[must_use]
    pub fn onward(&self) -> String {
        match self.deed() {
            Some(AccountChange::Delete) => "/admin/users".to_owned(),
            Some(_) | None => format!("/admin/users/{}", self.user),
        }
    }

    fn has(&self, field: &str) -> bool {
        self.fields.split(',').any(|name| name == field)
    }

    fn change(&self) -> Result<UserChange, AppError> {
        let mut reading = Reading::default();
        let username = self.has("username").then(|| reading.take("username", Username::parse(self.username.trim())));
        let email = self.has("email").then(|| reading.take("email", optional_email(&self.email)));
        let permissions = self.has("permissions").then(|| reading.take("permissions", self.permissions()));
        // What could be filled in and was not readable is a problem by now.
        let change = UserChange {
            username: username.flatten(),
            email: email.flatten(),
            active: None,
            staff: self.has("staff").then(|| is_ticked(&self.staff)),
            superuser: self.has("superuser").then(|| is_ticked(&self.superuser)),
            permissions: permissions.flatten(),
            keeps_leads: None,
        };
        let is_read = reading.0.is_empty();
        reading.finish(is_read.then_some(change))
    }

    fn permissions(&self) -> Result<Permissions, Flaw> {
        let named = |name: &String| Permission::from_code(name);
        self.permissions.iter().map(|name| named(name).ok_or(Flaw::Malformed)).collect()
    }

    fn named_character(&self) -> Result<CharacterId, AppError> {
        self.character.parse().map_err(|_| AppError::NotFound)
    }

    fn new_character(&self) -> Result<CharacterDraft, AppError> {
        let mut reading = Reading::default();
        let external_id: Option<i64> = reading.id("external_id", self.external_id.trim());
        let profile = self.profile(reading)?;
        Ok(CharacterDraft { external_id: external_id.unwrap_or_default(), ..profile })
    }

    /// What a character is called and belongs to.
    fn profile(&self, mut reading: Reading) -> Result<CharacterDraft, AppError> {
        let name = reading.take("character_name", CharacterName::parse(self.character_name.trim()));
        let corporation = organisation(&mut reading, "corporation", &self.corporation_id, &self.corporation);
        let alliance = organisation(&mut reading, "alliance", &self.alliance_id, &self.alliance);
        let faction = organisation(&mut reading, "faction", &self.faction_id, &self.faction);
        let is_read = reading.0.is_empty();
        let profile = name.map(|name| CharacterDraft { external_id: 0, name, corporation, alliance, faction });
        reading.finish(profile.filter(|_| is_read))
    }
}

impl Draft for AccountChangeForm {
    fn stage(&self) -> &Stage {
        &self.stage
    }

    fn command(&self) -> Result<Command, AppError> {
        let user: UserId = self.user.parse().map_err(|_| AppError::NotFound)?;
        let deed = self.deed().ok_or_else(|| AppError::Invalid(vec![Problem::new("deed", Flaw::Malformed)]))?;
        let edit = |change| Command::EditUser { user, change: Box::new(change) };
        match deed {
            AccountChange::Edit => self.change().map(edit),
            AccountChange::Activate => {
                let keeps_leads = is_ticked(&self.drop_leads).then_some(false);
                Ok(edit(UserChange { active: Some(true), keeps_leads, ..UserChange::default() }))
            }
            AccountChange::Deactivate => Ok(edit(UserChange { active: Some(false), ..UserChange::default() })),
            AccountChange::Delete if self.confirmation.trim() != self.expected => {
                Err(AppError::Invalid(vec![Problem::new("confirmation", Flaw::Mismatch)]))
            }
            AccountChange::Delete => Ok(Command::DeleteUser { user }),
            AccountChange::Main if self.character.is_empty() => Ok(Command::SetMain { user, character: None }),
            AccountChange::Main => Ok(Command::SetMain { user, character: Some(self.named_character()?) }),
            AccountChange::AddCharacter => {
                Ok(Command::AddCharacter { user, character: Box::new(self.new_character()?) })
            }
            AccountChange::EditCharacter => {
                let (character, profile) = (self.named_character()?, self.profile(Reading::default())?);
                let change = CharacterChange {
                    name: Some(profile.name),
                    corporation: Some(profile.corporation),
                    alliance: Some(profile.alliance),
                    faction: Some(profile.faction),
                };
                Ok(Command::EditCharacter { user, character, change: Box::new(change) })
            }
            AccountChange::RemoveCharacter => Ok(Command::RemoveCharacter { user, character: self.named_character()? }),
        }
    }

    fn about(&self) -> Option<(&'static str, String)> {
        Some(("user", self.user.clone()))
    }

    fn fields(&self) -> Vec<(&'static str, String)> {
        let alone = [
            ("deed", &self.deed),
            ("fields", &self.fields),
            ("username", &self.username),
            ("email", &self.email),
            ("staff", &self.staff),
            ("superuser", &self.superuser),
            ("drop_leads", &self.drop_leads),
            ("character", &self.character),
            ("external_id", &self.external_id),
            ("character_name", &self.character_name),
            ("corporation_id", &self.corporation_id),
            ("corporation", &self.corporation),
            ("alliance_id", &self.alliance_id),
            ("alliance", &self.alliance),
            ("faction_id", &self.faction_id),
            ("faction", &self.faction),
            ("expected", &self.expected),
            ("confirmation", &self.confirmation),
        ];
        let alone = alone.into_iter().filter(|(_, value)| !value.is_empty());
        let permissions = self.permissions.iter().map(|name| (PERMISSIONS, name));
        alone.chain(permissions).map(|(name, value)| (name, value.clone())).collect()
    }
}

/// An organisation of a character: both its id and its name, or neither.
fn organisation(reading: &mut Reading, field: &'static str, id: &str, name: &str) -> Option<Organisation> {
    let (id, name) = (id.trim(), name.trim());
    if id.is_empty() && name.is_empty() {
        return None;
    }
    let id_field = match field {
        "corporation" => "corporation_id",
        "alliance" => "alliance_id",
        _ => "faction_id",
    };
    let id = reading.id(id_field, id);
    let name = reading.take(field, CharacterName::parse(name));
    id.zip(name).map(|(id, name)| Organisation { id, name })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(deed: AccountChange) -> AccountChangeForm {
        AccountChangeForm { user: "7".to_owned(), deed: deed.code().to_owned(), ..AccountChangeForm::default() }
    }

    #[test]
    fn only_what_could_be_filled_in_changes() {
        let change = |form: AccountChangeForm| match form.command() {
            Ok(Command::EditUser { change, .. }) => *change,
            other => panic!("{other:?}"),
        };
        assert_eq!(change(form(AccountChange::Edit)), UserChange::default());
        let filled = AccountChangeForm {
            fields: "email,staff,permissions".to_owned(),
            username: "ignored".to_owned(),
            staff: "yes".to_owned(),
            permissions: vec!["view_audit".to_owned()],
            ..form(AccountChange::Edit)
        };
        let expected = UserChange {
            email: Some(None),
            staff: Some(true),
            permissions: Some(Permissions::NONE.with(Permission::ViewAudit)),
            ..UserChange::default()
        };
        assert_eq!(change(filled), expected);
    }

    #[test]
    fn all_problems_of_a_draft_come_at_once() {
        let edit = AccountChangeForm {
            fields: "username,email".to_owned(),
            username: "two words".to_owned(),
            email: "nowhere".to_owned(),
            ..form(AccountChange::Edit)
        };
        let fields = |form: AccountChangeForm| match form.command() {
            Err(AppError::Invalid(problems)) => problems.into_iter().map(|problem| problem.field).collect::<Vec<_>>(),
            other => panic!("{other:?}"),
        };
        assert_eq!(fields(edit), ["username", "email"]);
        let character = AccountChangeForm {
            corporation: "Acme".to_owned(),
            alliance_id: "x".to_owned(),
            ..form(AccountChange::AddCharacter)
        };
        assert_eq!(fields(character), ["external_id", "character_name", "corporation_id", "alliance_id", "alliance"]);
    }

    #[test]
    fn an_account_is_deleted_by_typing_its_name() {
        let delete = AccountChangeForm {
            expected: "ana".to_owned(),
            confirmation: "an".to_owned(),
            ..form(AccountChange::Delete)
        };
        let mismatch = AppError::Invalid(vec![Problem::new("confirmation", Flaw::Mismatch)]);
        assert_eq!(delete.command(), Err(mismatch));
        let typed = AccountChangeForm { confirmation: " ana ".to_owned(), ..delete };
        assert_eq!(typed.command(), Ok(Command::DeleteUser { user: UserId(7) }));
    }

    #[test]
    fn who_comes_back_keeps_what_they_lead_unless_it_is_taken_away() {
        for (drop_leads, keeps_leads) in [("", None), ("yes", Some(false))] {
            let back = AccountChangeForm { drop_leads: drop_leads.to_owned(), ..form(AccountChange::Activate) };
            let change = Box::new(UserChange { active: Some(true), keeps_leads, ..UserChange::default() });
            assert_eq!(back.command(), Ok(Command::EditUser { user: UserId(7), change }));
        }
    }

    #[test]
    fn no_character_is_a_main_too() {
        let user = UserId(7);
        assert_eq!(form(AccountChange::Main).command(), Ok(Command::SetMain { user, character: None }));
        let chosen = AccountChangeForm { character: "3".to_owned(), ..form(AccountChange::Main) };
        assert_eq!(chosen.command(), Ok(Command::SetMain { user, character: Some(CharacterId(3)) }));
    }

    #[test]
    fn the_fields_of_a_draft_say_it_all_again() {
        let draft = AccountChangeForm {
            permissions: vec!["view_audit".to_owned(), "manage_users".to_owned()],
            fields: "permissions".to_owned(),
            ..form(AccountChange::Edit)
        };
        let expected =
            [("deed", "edit"), ("fields", "permissions"), (PERMISSIONS, "view_audit"), (PERMISSIONS, "manage_users")];
        assert_eq!(draft.fields(), expected.map(|(name, value)| (name, value.to_owned())));
    }
}

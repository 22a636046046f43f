//! Users and their characters, for staff.

use super::{
    call::{Call, list},
    describe::{Described, Shapes},
    input::{Body, Field, Named, NamedIn, Page, Query, Search, body, query},
    problem::{Answer, Problem, created, done, flaw, not_a, ok},
    shape::{Character, User},
};
use crate::auth::password::{self, NewPassword};
use app::{
    backend::{Backend, Reads},
    error::AppError,
    text::FieldFlaw,
};
use domain::{
    CharacterChange, CharacterDraft, CharacterId, CharacterName, Command, Email, Flaw, Organisation, Outcome,
    Permissions, UserChange, UserDraft, UserId, UserQuery, Username,
};
use serde_json::{Value, json};

query! {
    /// Which users.
    Users {
        /// Part of a username, an e-mail address or the name of a character, ignoring case.
        q: Search,
    }
}

/// A password that somebody is to sign in with. Never printed.
pub(super) struct Password(String);

impl Described for Password {
    fn schema(_: &mut Shapes) -> Value {
        json!({ "type": "string", "format": "password", "minLength": password::MIN, "maxLength": password::MAX })
    }
}

impl Field for Password {
    fn read(value: &Value) -> Result<Self, FieldFlaw> {
        let text = value.as_str().ok_or(not_a("a text"))?;
        // An empty one is too short, and not missing: whoever wants none leaves the field out.
        match NewPassword::parse(text) {
            Ok(_) => Ok(Self(text.to_owned())),
            Err(Flaw::Missing) => Err(flaw(Flaw::TooShort(password::MIN))),
            Err(found) => Err(flaw(found)),
        }
    }
}

body! {
    /// A user that is to be made.
    NewUser {
        /// What they sign in with; unique, ignoring case.
        required username: Username,
        /// Where mail reaches them.
        optional email: Email,
        /// What they sign in with, counted in its form NFKC; without one they cannot until they are given one.
        optional password: Password,
        /// May enter the admin area; only superusers may give it.
        optional is_staff: bool = false,
        /// Holds every permission; only superusers may give it.
        optional is_superuser: bool = false,
        /// What they are given directly; only superusers may name any.
        optional permissions: Permissions = [(); 0],
    }
}

body! {
    /// What is to change about a user; what is not named stays.
    ChangedUser {
        /// What they sign in with.
        change username: Username,
        /// Where mail reaches them; null takes the address away.
        nullable email: Email,
        /// May sign in.
        change is_active: bool,
        /// May enter the admin area; only superusers may change it.
        change is_staff: bool,
        /// Holds every permission; only superusers may change it.
        change is_superuser: bool,
        /// What they hold directly, as a whole; only superusers may change it.
        change permissions: Permissions,
        /// False takes away every group they are named to lead. An account that is activated leads them again at once else.
        change keeps_leads: bool,
    }
}

body! {
    /// A character that is to be added.
    NewCharacter {
        /// Its id in the outside world, unique.
        required external_id: i64,
        /// Its name.
        required name: CharacterName,
        /// Its corporation.
        optional corporation: Organisation,
        /// Its alliance.
        optional alliance: Organisation,
        /// Its faction.
        optional faction: Organisation,
    }
}

body! {
    /// What is to change about a character; what is not named stays.
    ChangedCharacter {
        /// Its name.
        change name: CharacterName,
        /// Its corporation; null takes it away.
        nullable corporation: Organisation,
        /// Its alliance; null takes it away.
        nullable alliance: Organisation,
        /// Its faction; null takes it away.
        nullable faction: Organisation,
    }
}

body! {
    /// Which character is the main.
    Main {
        /// One of the user's; null for none.
        choice character_id: CharacterId,
    }
}

pub(super) async fn index(call: Call, Query(asked): Query<Users>, page: Page) -> Answer {
    let query = UserQuery {
        search: asked.q.map(|Search(text)| text).unwrap_or_default(),
        cursor: page.cursor.clone(),
        limit: page.limit,
        ..UserQuery::default()
    };
    list(&page, &call.backend().users(&query).await?, User::of)
}

async fn user(call: &Call, id: UserId) -> Result<User, Problem> {
    Ok(User::of(&call.backend().user_page(id).await?.row))
}

pub(super) async fn show(call: Call, Named(id): Named<UserId>) -> Answer {
    ok(user(&call, id).await?)
}

pub(super) async fn create(call: Call, Body(new): Body<NewUser>) -> Answer {
    let draft = UserDraft {
        username: new.username,
        email: new.email,
        staff: new.is_staff.unwrap_or(false),
        superuser: new.is_superuser.unwrap_or(false),
        permissions: new.permissions.unwrap_or_default(),
    };
    let password = new.password.map(|Password(password)| password);
    match call.backend().create_user(draft, password, call.command_id(0)).await?.outcome {
        Outcome::UserCreated(id) => created(user(&call, id).await?),
        other => Err(call.unexpected(&other)),
    }
}

pub(super) async fn edit(call: Call, Named(id): Named<UserId>, Body(new): Body<ChangedUser>) -> Answer {
    let change = UserChange {
        username: new.username,
        email: new.email,
        active: new.is_active,
        staff: new.is_staff,
        superuser: new.is_superuser,
        permissions: new.permissions,
        keeps_leads: new.keeps_leads,
    };
    call.execute(Command::EditUser { user: id, change: Box::new(change) }).await?;
    match user(&call, id).await {
        // Whoever took their own rights away has changed what they may look at no more.
        Err(Problem::Refused(AppError::SignedOut | AppError::Denied(_))) => done(),
        changed => ok(changed?),
    }
}

pub(super) async fn delete(call: Call, Named(id): Named<UserId>) -> Answer {
    call.execute(Command::DeleteUser { user: id }).await?;
    done()
}

async fn character(call: &Call, user: UserId, id: CharacterId) -> Result<Character, Problem> {
    let page = call.backend().user_page(user).await?;
    let found = page.row.characters.iter().find(|character| character.id == id);
    Ok(Character::of(found.ok_or(AppError::NotFound)?))
}

pub(super) async fn add_character(call: Call, Named(user): Named<UserId>, Body(new): Body<NewCharacter>) -> Answer {
    let draft = CharacterDraft {
        external_id: new.external_id,
        name: new.name,
        corporation: new.corporation,
        alliance: new.alliance,
        faction: new.faction,
    };
    match call.execute(Command::AddCharacter { user, character: Box::new(draft) }).await? {
        Outcome::CharacterAdded(id) => created(character(&call, user, id).await?),
        other => Err(call.unexpected(&other)),
    }
}

pub(super) async fn edit_character(
    call: Call,
    NamedIn(user, id): NamedIn<UserId, CharacterId>,
    Body(new): Body<ChangedCharacter>,
) -> Answer {
    let change =
        CharacterChange { name: new.name, corporation: new.corporation, alliance: new.alliance, faction: new.faction };
    call.execute(Command::EditCharacter { user, character: id, change: Box::new(change) }).await?;
    ok(character(&call, user, id).await?)
}

pub(super) async fn remove_character(call: Call, NamedIn(user, id): NamedIn<UserId, CharacterId>) -> Answer {
    call.execute(Command::RemoveCharacter { user, character: id }).await?;
    done()
}

pub(super) async fn set_main(call: Call, Named(user): Named<UserId>, Body(main): Body<Main>) -> Answer {
    call.execute(Command::SetMain { user, character: main.character_id }).await?;
    done()
}

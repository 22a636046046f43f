//! People as rows join them in.

use domain::{CharacterId, MainCharacter, Person, UserId};

/// The columns of a person: user and main character.
#[derive(sqlx::FromRow)]
pub(crate) struct PersonRow {
    /// `users.id`.
    pub(crate) user_id: i64,
    /// `users.username`.
    pub(crate) username: String,
    /// `characters.id`; the three below have a value only where it has.
    pub(crate) character_id: Option<i64>,
    /// `characters.name`.
    pub(crate) character_name: Option<String>,
    /// `characters.corporation_name`.
    pub(crate) corporation: Option<String>,
    /// `characters.alliance_name`.
    pub(crate) alliance: Option<String>,
}

impl From<PersonRow> for Person {
    fn from(row: PersonRow) -> Self {
        let main_character = row.character_id.zip(row.character_name).map(|(id, name)| MainCharacter {
            id: CharacterId(id),
            name,
            corporation: row.corporation,
            alliance: row.alliance,
        });
        Self { id: UserId(row.user_id), username: row.username, main_character }
    }
}

/// The columns of somebody who may be nobody, such as who gave a grant.
#[expect(clippy::struct_field_names, reason = "they are joined in beside the columns of another person")]
#[derive(sqlx::FromRow)]
pub(crate) struct ByRow {
    /// `users.id`; nothing below has a value without it.
    pub(crate) by_id: Option<i64>,
    /// `users.username`.
    pub(crate) by_username: Option<String>,
    /// `characters.id`.
    pub(crate) by_character_id: Option<i64>,
    /// `characters.name`.
    pub(crate) by_character_name: Option<String>,
    /// `characters.corporation_name`.
    pub(crate) by_corporation: Option<String>,
    /// `characters.alliance_name`.
    pub(crate) by_alliance: Option<String>,
}

impl From<ByRow> for Option<Person> {
    fn from(row: ByRow) -> Self {
        let (user_id, username) = row.by_id.zip(row.by_username)?;
        let person = PersonRow {
            user_id,
            username,
            character_id: row.by_character_id,
            character_name: row.by_character_name,
            corporation: row.by_corporation,
            alliance: row.by_alliance,
        };
        Some(person.into())
    }
}

/// Selects the columns of `ByRow` from `users d` and `characters dc`, for statements that are put together.
pub(crate) const BY: &str = "d.id AS by_id, d.username AS by_username, dc.id AS by_character_id, \
     dc.name AS by_character_name, dc.corporation_name AS by_corporation, dc.alliance_name AS by_alliance";

/// Selects the columns of `PersonRow` from `users u` and `characters c`, for statements that are put together.
pub(crate) const PERSON: &str = "u.id AS user_id, u.username, c.id AS character_id, c.name AS character_name, \
     c.corporation_name AS corporation, c.alliance_name AS alliance";

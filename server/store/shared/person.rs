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

/// Selects the columns of `PersonRow` from `users u` and `characters c`, for statements that are put together.
pub(crate) const PERSON: &str = "u.id AS user_id, u.username, c.id AS character_id, c.name AS character_name, \
     c.corporation_name AS corporation, c.alliance_name AS alliance";

//! Characters. Those of deleted users keep their rows, and free their ids in the outside world.

use super::{Fault, name, name_word};
use crate::Conn;
use domain::{Character, CharacterDraft, CharacterId, CharacterName, Organisation, Timestamp, UserId};

/// A row of `characters`.
#[derive(sqlx::FromRow)]
pub(crate) struct CharacterRow {
    id: i64,
    external_id: i64,
    name: String,
    corporation_id: Option<i64>,
    corporation_name: Option<String>,
    alliance_id: Option<i64>,
    alliance_name: Option<String>,
    faction_id: Option<i64>,
    faction_name: Option<String>,
}

/// Selects the columns of `CharacterRow` from `characters`, for statements that are put together.
pub(crate) const CHARACTER: &str = "id, external_id, name, corporation_id, corporation_name, alliance_id, \
     alliance_name, faction_id, faction_name";

impl From<CharacterRow> for Character {
    fn from(row: CharacterRow) -> Self {
        let organisation = |id: Option<i64>, text: Option<String>| {
            id.zip(text).map(|(id, text)| Organisation { id, name: CharacterName::stored(text) })
        };
        Self {
            id: CharacterId(row.id),
            profile: CharacterDraft {
                external_id: row.external_id,
                name: CharacterName::stored(row.name),
                corporation: organisation(row.corporation_id, row.corporation_name),
                alliance: organisation(row.alliance_id, row.alliance_name),
                faction: organisation(row.faction_id, row.faction_name),
            },
        }
    }
}

/// A user's main character, and the one of theirs with this id.
pub(crate) async fn find_main_and(
    conn: &mut Conn,
    user: UserId,
    id: Option<CharacterId>,
) -> Result<(Option<Character>, Option<Character>), Fault> {
    let id = id.unwrap_or(CharacterId::UNASSIGNED);
    let rows = sqlx::query_as!(
        CharacterRow,
        "SELECT id, external_id, name, corporation_id, corporation_name, alliance_id, alliance_name, faction_id,
                faction_name
            FROM characters WHERE user_id = $1 AND deleted_at IS NULL
                AND (id = $2 OR id = (SELECT main_character_id FROM users WHERE id = $1))",
        user.0,
        id.0
    )
    .fetch_all(&mut *conn)
    .await?;
    let main = sqlx::query_scalar!("SELECT main_character_id FROM users WHERE id = $1", user.0)
        .fetch_optional(conn)
        .await?
        .flatten();
    let characters: Vec<Character> = rows.into_iter().map(Character::from).collect();
    let of = |id: i64| characters.iter().find(|character| character.id.0 == id).cloned();
    Ok((main.and_then(of), of(id.0)))
}

/// A user's characters, by name.
pub(crate) async fn list_of(conn: &mut Conn, user: UserId) -> Result<Vec<Character>, Fault> {
    let rows = sqlx::query_as!(
        CharacterRow,
        "SELECT id, external_id, name, corporation_id, corporation_name, alliance_id, alliance_name, faction_id,
                faction_name
            FROM characters WHERE user_id = $1 AND deleted_at IS NULL",
        user.0
    )
    .fetch_all(conn)
    .await?;
    let mut characters: Vec<Character> = rows.into_iter().map(Character::from).collect();
    sort(&mut characters);
    Ok(characters)
}

/// Sorts the characters of a user by name.
pub(crate) fn sort(characters: &mut [Character]) {
    characters.sort_by_cached_key(|character| (name::order(character.profile.name.as_str()), character.id));
}

/// Whether a live character has this id in the outside world.
pub(crate) async fn is_taken(conn: &mut Conn, external_id: i64) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"SELECT EXISTS (SELECT 1 FROM characters WHERE external_id = $1 AND deleted_at IS NULL) AS "taken!: bool""#,
        external_id
    )
    .fetch_one(conn)
    .await
}

/// Gives a user a character.
pub(crate) async fn insert(conn: &mut Conn, user: UserId, profile: &CharacterDraft) -> Result<CharacterId, Fault> {
    let text = profile.name.as_str();
    let (corporation_id, corporation) = columns(profile.corporation.as_ref());
    let (alliance_id, alliance) = columns(profile.alliance.as_ref());
    let (faction_id, faction) = columns(profile.faction.as_ref());
    let id = sqlx::query_scalar!(
        r#"INSERT INTO characters (user_id, external_id, name, corporation_id, corporation_name, alliance_id,
                alliance_name, faction_id, faction_name)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING id AS "id!: i64""#,
        user.0,
        profile.external_id,
        text,
        corporation_id,
        corporation,
        alliance_id,
        alliance,
        faction_id,
        faction
    )
    .fetch_one(&mut *conn)
    .await?;
    name_word::renew(conn, user).await?;
    Ok(CharacterId(id))
}

/// Replaces what is known of a character; a main's name is what its user is sorted by.
pub(crate) async fn update(conn: &mut Conn, user: UserId, character: &Character) -> Result<(), Fault> {
    let profile = &character.profile;
    let text = profile.name.as_str();
    let (corporation_id, corporation) = columns(profile.corporation.as_ref());
    let (alliance_id, alliance) = columns(profile.alliance.as_ref());
    let (faction_id, faction) = columns(profile.faction.as_ref());
    sqlx::query!(
        "UPDATE characters SET name = $2, corporation_id = $3, corporation_name = $4, alliance_id = $5,
            alliance_name = $6, faction_id = $7, faction_name = $8 WHERE id = $1",
        character.id.0,
        text,
        corporation_id,
        corporation,
        alliance_id,
        alliance,
        faction_id,
        faction
    )
    .execute(&mut *conn)
    .await?;
    sort_again(conn, user).await?;
    name_word::renew(conn, user).await
}

fn columns(organisation: Option<&Organisation>) -> (Option<i64>, Option<&str>) {
    organisation.map(|organisation| (organisation.id, organisation.name.as_str())).unzip()
}

/// Takes a character away. Where it is the main, the user has none then.
pub(crate) async fn delete(conn: &mut Conn, user: UserId, id: CharacterId) -> Result<(), Fault> {
    sqlx::query!("DELETE FROM characters WHERE id = $1", id.0).execute(&mut *conn).await?;
    name_word::renew(conn, user).await
}

/// Frees the ids of a deleted user's characters.
pub(crate) async fn bury(conn: &mut Conn, user: UserId, now: Timestamp) -> sqlx::Result<()> {
    sqlx::query!("UPDATE characters SET deleted_at = $2 WHERE user_id = $1", user.0, now.0).execute(conn).await?;
    Ok(())
}

/// Makes a character the main, or none.
pub(crate) async fn set_main(conn: &mut Conn, user: UserId, id: Option<CharacterId>) -> sqlx::Result<()> {
    let id = id.map(|id| id.0);
    sqlx::query!("UPDATE users SET main_character_id = $2 WHERE id = $1", user.0, id).execute(&mut *conn).await?;
    sort_again(conn, user).await
}

/// Sorts a user, and their memberships, by the name they are shown under now.
pub(crate) async fn sort_again(conn: &mut Conn, user: UserId) -> sqlx::Result<()> {
    let row = sqlx::query!(
        r#"SELECT u.sort_key, COALESCE(c.name, u.username) AS "shown!: String"
            FROM users u LEFT JOIN characters c ON c.id = u.main_character_id WHERE u.id = $1"#,
        user.0
    )
    .fetch_one(&mut *conn)
    .await?;
    let key = name::order(&row.shown);
    if key == row.sort_key {
        return Ok(());
    }
    sqlx::query!("UPDATE users SET sort_key = $2 WHERE id = $1", user.0, key).execute(&mut *conn).await?;
    sqlx::query!("UPDATE memberships SET sort_key = $2 WHERE user_id = $1", user.0, key).execute(conn).await?;
    Ok(())
}

//! The viewer's own account.

use super::{
    Fault,
    account::{self, ViewerRow},
    character,
    code::decode,
    counts::{self, Scope},
};
use crate::Conn;
use domain::{Me, StateRef, Theme, Timestamp, UserId};

/// Everything about the account of a user that is their own business.
pub(crate) async fn find(conn: &mut Conn, user: UserId) -> Result<Option<Me>, Fault> {
    let Some(viewer_row) = account::look(conn, user).await? else { return Ok(None) };
    let scope = Scope::led_by(&viewer_row);
    let ViewerRow { account, seq, .. } = viewer_row;
    let row = sqlx::query!("SELECT email, language, theme, created_at FROM users WHERE id = $1", user.0)
        .fetch_one(&mut *conn)
        .await?;
    let state =
        sqlx::query_scalar!("SELECT name FROM states WHERE id = $1", account.state.0).fetch_one(&mut *conn).await?;
    Ok(Some(Me {
        email: row.email,
        active: account.active,
        staff: account.staff,
        superuser: account.superuser,
        state: StateRef { id: account.state, name: state },
        characters: character::list_of(conn, user).await?,
        permissions: account.effective(),
        leads: counts::list(conn, &scope).await?,
        language: row.language,
        theme: decode::<Theme>("users", "theme", user.0, row.theme)?,
        created_at: Timestamp(row.created_at),
        seq,
        person: account.person,
    }))
}

//! Permissions and those who hold them: users, groups and states.

use super::code::{self, Code};
use crate::Conn;
use domain::{Holder, Permission, Permissions};

/// What a holder gives, if the holder is there.
pub(crate) async fn find(conn: &mut Conn, holder: Holder) -> sqlx::Result<Option<Permissions>> {
    let bits = match holder {
        Holder::User(id) => {
            sqlx::query_scalar!(
                r#"SELECT COALESCE(CAST((SELECT sum(CAST(1 AS BIGINT) << CAST(permission AS INTEGER))
                        FROM user_permissions WHERE user_id = u.id) AS BIGINT), 0) AS "given!: i64"
                    FROM users u WHERE u.id = $1 AND u.deleted_at IS NULL"#,
                id.0
            )
            .fetch_optional(conn)
            .await?
        }
        Holder::Group(id) => {
            sqlx::query_scalar!(
                r#"SELECT COALESCE(CAST((SELECT sum(CAST(1 AS BIGINT) << CAST(permission AS INTEGER))
                        FROM group_permissions WHERE group_id = g.id) AS BIGINT), 0) AS "given!: i64"
                    FROM groups g WHERE g.id = $1 AND g.deleted_at IS NULL"#,
                id.0
            )
            .fetch_optional(conn)
            .await?
        }
        Holder::State(id) => {
            sqlx::query_scalar!(
                r#"SELECT COALESCE(CAST((SELECT sum(CAST(1 AS BIGINT) << CAST(permission AS INTEGER))
                        FROM state_permissions WHERE state_id = s.id) AS BIGINT), 0) AS "given!: i64"
                    FROM states s WHERE s.id = $1 AND s.deleted_at IS NULL"#,
                id.0
            )
            .fetch_optional(conn)
            .await?
        }
    };
    Ok(bits.map(code::permissions))
}

/// Gives a permission.
pub(crate) async fn insert(conn: &mut Conn, holder: Holder, permission: Permission) -> sqlx::Result<()> {
    let permission = permission.stored();
    match holder {
        Holder::User(id) => {
            sqlx::query!("INSERT INTO user_permissions (user_id, permission) VALUES ($1, $2)", id.0, permission)
                .execute(conn)
                .await?
        }
        Holder::Group(id) => {
            sqlx::query!("INSERT INTO group_permissions (group_id, permission) VALUES ($1, $2)", id.0, permission)
                .execute(conn)
                .await?
        }
        Holder::State(id) => {
            sqlx::query!("INSERT INTO state_permissions (state_id, permission) VALUES ($1, $2)", id.0, permission)
                .execute(conn)
                .await?
        }
    };
    Ok(())
}

/// Takes one away.
pub(crate) async fn delete(conn: &mut Conn, holder: Holder, permission: Permission) -> sqlx::Result<()> {
    let permission = permission.stored();
    match holder {
        Holder::User(id) => {
            sqlx::query!("DELETE FROM user_permissions WHERE user_id = $1 AND permission = $2", id.0, permission)
                .execute(conn)
                .await?
        }
        Holder::Group(id) => {
            sqlx::query!("DELETE FROM group_permissions WHERE group_id = $1 AND permission = $2", id.0, permission)
                .execute(conn)
                .await?
        }
        Holder::State(id) => {
            sqlx::query!("DELETE FROM state_permissions WHERE state_id = $1 AND permission = $2", id.0, permission)
                .execute(conn)
                .await?
        }
    };
    Ok(())
}

//! Who is looking: what the frame around every page shows, and what the feed filters by.

use super::{
    Fault,
    account::{self, ViewerRow},
    cascade::live::PendingRights,
    code::decode,
    counts::{self, Scope},
    notification,
};
use crate::{Conn, Db, dialect};
use domain::{AdminPage, GroupId, Permission, Theme, UserId, Viewer};
use sqlx::QueryBuilder;
use std::collections::HashSet;
use store_model::FeedViewer;

/// The frame of a page.
pub(crate) async fn find(conn: &mut Conn, user: UserId) -> Result<Option<Viewer>, Fault> {
    let Some(viewer_row) = account::look(conn, user).await? else { return Ok(None) };
    let mut query = QueryBuilder::<Db>::new("SELECT theme, (");
    notification::push_count_unread(&mut query, &viewer_row);
    query.push(") AS unread FROM users WHERE id = ").push_bind(user.0);
    let (theme, unread): (i64, i64) = query.build_query_as().fetch_one(&mut *conn).await?;
    let queue = counts::count(conn, &Scope::of(&viewer_row)).await?;
    let ViewerRow { account, seq, .. } = viewer_row;
    Ok(Some(Viewer {
        permissions: account.effective(),
        decides: queue.is_some(),
        admin_pages: AdminPage::all_open_to(&account),
        views_audit: account.administers(Permission::ViewAudit),
        superuser: account.superuser,
        queue: queue.unwrap_or_default(),
        unread: u32::try_from(unread).unwrap_or(u32::MAX),
        theme: decode::<Theme>("users", "theme", user.0, theme)?,
        seq,
        person: account.person,
    }))
}

/// A viewer of the feed: their rights, and every group they stand in or lead.
pub(crate) async fn find_for_feed(conn: &mut Conn, user: UserId) -> Result<Option<FeedViewer>, Fault> {
    let Some(viewer_row) = account::look(conn, user).await? else { return Ok(None) };
    let mut query = QueryBuilder::<Db>::new("SELECT 0 AS way, group_id FROM leaders WHERE user_id = ");
    query.push_bind(user.0);
    query.push(
        " UNION ALL SELECT 1 AS way, lg.group_id FROM leader_groups lg \
         JOIN memberships m ON m.group_id = lg.leader_group_id WHERE m.user_id = ",
    );
    query.push_bind(user.0);
    query.push(" UNION ALL SELECT 2 AS way, group_id FROM memberships WHERE user_id = ").push_bind(user.0);
    let rows: Vec<(i32, i64)> = query.build_query_as().fetch_all(&mut *conn).await?;
    let of = |way| rows.iter().filter(move |row| row.0 == way).map(|row| GroupId(row.1)).collect();
    let viewer = FeedViewer {
        account: viewer_row.account,
        leads: of(0),
        leads_through: of(1),
        member_of: of(2),
        way: viewer_row.way,
    };
    match viewer_row.held {
        None => Ok(Some(viewer)),
        Some(held) => Ok(Some(as_held(conn, viewer, held).await?)),
    }
}

/// The groups that somebody decides for, whose members they see therefore.
pub(crate) async fn list_decided(conn: &mut Conn, user: UserId) -> Result<HashSet<GroupId>, Fault> {
    let Some(viewer_row) = account::look(conn, user).await? else { return Ok(HashSet::new()) };
    let mut query = QueryBuilder::<Db>::new("SELECT g.id FROM groups g WHERE TRUE");
    Scope::of(&viewer_row).narrow(&mut query);
    let ids: Vec<i64> = query.build_query_scalar().fetch_all(conn).await?;
    Ok(ids.into_iter().map(GroupId).collect())
}

/// The viewer by the memberships that open jobs will leave them.
async fn as_held(conn: &mut Conn, mut viewer: FeedViewer, held: PendingRights) -> Result<FeedViewer, Fault> {
    let mut query = QueryBuilder::<Db>::new("SELECT group_id FROM leader_groups WHERE leader_group_id");
    dialect::push_is_any_of(&mut query, &held.memberships.iter().map(|group| group.0).collect::<Vec<_>>());
    let led: Vec<i64> = query.build_query_scalar().fetch_all(conn).await?;
    viewer.leads_through = led.into_iter().map(GroupId).collect();
    viewer.member_of = held.memberships.into_iter().collect();
    Ok(viewer)
}

//! Who is in a group, and who leads it.

use super::{
    call::{Call, list},
    groups::Ask,
    input::{Body, Named, NamedIn, Page, Query, Search, query},
    problem::{Answer, done},
    shape::Member,
};
use app::backend::Reads;
use domain::{Command, GroupId, MemberQuery, UserId};

query! {
    /// Which members.
    Members {
        /// Part of the name of a main character or of a username, ignoring case.
        q: Search,
    }
}

pub(super) async fn index(
    call: Call,
    Named(group): Named<GroupId>,
    Query(asked): Query<Members>,
    page: Page,
) -> Answer {
    let query = MemberQuery {
        search: asked.q.map(|Search(text)| text).unwrap_or_default(),
        cursor: page.cursor.clone(),
        limit: page.limit,
        ..MemberQuery::default()
    };
    list(&page, &call.backend().members(group, &query).await?.listing, Member::of)
}

pub(super) async fn add(call: Call, NamedIn(group, member): NamedIn<GroupId, UserId>, Body(ask): Body<Ask>) -> Answer {
    call.execute(Command::Add { group, member, reason: ask.reason }).await?;
    done()
}

pub(super) async fn remove(
    call: Call,
    NamedIn(group, member): NamedIn<GroupId, UserId>,
    Body(ask): Body<Ask>,
) -> Answer {
    call.execute(Command::Remove { group, member, reason: ask.reason }).await?;
    done()
}

pub(super) async fn add_leader(call: Call, NamedIn(group, leader): NamedIn<GroupId, UserId>) -> Answer {
    call.execute(Command::AddLeader { group, leader }).await?;
    done()
}

pub(super) async fn remove_leader(call: Call, NamedIn(group, leader): NamedIn<GroupId, UserId>) -> Answer {
    call.execute(Command::RemoveLeader { group, leader }).await?;
    done()
}

pub(super) async fn add_leader_group(call: Call, NamedIn(group, leading): NamedIn<GroupId, GroupId>) -> Answer {
    call.execute(Command::AddLeaderGroup { group, leading }).await?;
    done()
}

pub(super) async fn remove_leader_group(call: Call, NamedIn(group, leading): NamedIn<GroupId, GroupId>) -> Answer {
    call.execute(Command::RemoveLeaderGroup { group, leading }).await?;
    done()
}

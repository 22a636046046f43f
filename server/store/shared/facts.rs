//! What a decision is made from, loaded whole before it.
//!
//! On PostgreSQL everything a membership command believes stands behind two locks, always taken in this order: the
//! group's row, then the row of the user whom it is about. What they guard is read by later statements, which see what
//! the last holder of the locks committed.

use super::{Fault, account, group, request};
use crate::{Conn, dialect};
use domain::{Actor, Command, Facts, GroupId, Request, RequestId, Subject, UserId};
use store_model::{CallerId, Order};

/// The caller and the facts of a command.
pub(crate) async fn load(conn: &mut Conn, order: &Order) -> Result<(Actor, Facts), Fault> {
    match &order.command {
        Command::CreateGroup(draft) => {
            let (actor, _) = account::find_actor_and(conn, order.caller, None).await?;
            let name = group::name_facts(conn, draft.name.as_str()).await?;
            Ok((actor, Facts { name, ..Facts::default() }))
        }
        Command::CreateUser(draft) => {
            if order.caller == CallerId::Nobody {
                dialect::lock_first_run(conn).await?;
            }
            let (actor, _) = account::find_actor_and(conn, order.caller, None).await?;
            let name = account::name_facts(conn, draft).await?;
            let first_run = !account::any_exists(conn).await?;
            Ok((actor, Facts { name, first_run, ..Facts::default() }))
        }
        Command::Join { group, .. } => {
            let by_link = matches!(group, domain::GroupKey::Link(_));
            let id = group::find_id(conn, group).await?;
            let (actor, facts) = about_membership(conn, order.caller, id, own(order.caller), None).await?;
            Ok((actor, Facts { by_link, ..facts }))
        }
        Command::Leave { group, .. } => {
            about_membership(conn, order.caller, Some(*group), own(order.caller), None).await
        }
        Command::Remove { group, member, .. } => {
            about_membership(conn, order.caller, Some(*group), Some(*member), None).await
        }
        Command::Withdraw { request } | Command::Approve { request, .. } | Command::Reject { request, .. } => {
            let (group, applicant) = request::find_parties(conn, *request).await?.unzip();
            about_membership(conn, order.caller, group, applicant, Some(*request)).await
        }
    }
}

/// Whom joining and leaving are about.
const fn own(caller: CallerId) -> Option<UserId> {
    match caller {
        CallerId::User(id) => Some(id),
        CallerId::Nobody | CallerId::System => None,
    }
}

/// The facts about one user in one group. Ids that name nothing leave their facts out.
async fn about_membership(
    conn: &mut Conn,
    caller: CallerId,
    group: Option<GroupId>,
    subject: Option<UserId>,
    named: Option<RequestId>,
) -> Result<(Actor, Facts), Fault> {
    if let Some(id) = group {
        dialect::lock_group(conn, id).await?;
    }
    if let Some(id) = subject {
        dialect::lock_user(conn, id).await?;
    }
    let (actor, account) = account::find_actor_and(conn, caller, subject).await?;
    let Some(id) = group else { return Ok((actor, Facts::default())) };
    let Some((group, instance_auto_leave)) = group::find(conn, id).await? else {
        return Ok((actor, Facts::default()));
    };
    let request = match named {
        Some(id) => request::find(conn, id).await?,
        None => None,
    };
    let mut facts = Facts { group: Some(group), instance_auto_leave, request, ..Facts::default() };
    if let Some(me) = own(caller) {
        facts.standing = group::standing(conn, id, me).await?;
    }
    if let Some(account) = account {
        let user = account.person.id;
        let member = if own(caller) == Some(user) {
            facts.standing.member
        } else {
            group::standing(conn, id, user).await?.member
        };
        let open_request = open_request(conn, id, user, facts.request.as_ref()).await?;
        facts.subject = Some(Subject { account, member, open_request });
    }
    Ok((actor, facts))
}

/// The open request of a user, which most often is the one that the command names.
async fn open_request(
    conn: &mut Conn,
    group: GroupId,
    user: UserId,
    named: Option<&Request>,
) -> Result<Option<Request>, Fault> {
    let Some(id) = request::find_open(conn, group, user).await? else { return Ok(None) };
    match named {
        Some(named) if named.id == id => Ok(Some(named.clone())),
        Some(_) | None => request::find(conn, id).await,
    }
}

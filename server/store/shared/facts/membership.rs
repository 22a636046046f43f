//! The facts about one user in one group. The commands of every day: they load nothing they do not ask for.

use super::own;
use crate::{
    Conn, dialect,
    shared::{Fault, account, group, reach, request},
};
use domain::{
    Actor, Command, Facts, GroupId, GroupKey, Permissions, Reach, Request, RequestKind, RequestStatus, Subject, UserId,
};
use store_model::CallerId;

/// The facts of a command about a membership.
pub(super) async fn load(conn: &mut Conn, caller: CallerId, command: &Command) -> Result<(Actor, Facts), Fault> {
    match command {
        Command::Join { group, .. } => {
            let by_link = matches!(group, GroupKey::Link(_));
            // No group has this number: what is not there takes the same way as what is hidden.
            let id = group::find_id(conn, group).await?.unwrap_or(GroupId(0));
            let (actor, facts) = about(conn, caller, Some(id), own(caller)).await?;
            let reach = reach::of_group(conn, id).await?;
            Ok((actor, Facts { by_link, reach, ..asking(conn, id, own(caller), RequestKind::Join, facts).await? }))
        }
        Command::Leave { group, .. } => {
            let (actor, facts) = about(conn, caller, Some(*group), own(caller)).await?;
            Ok((actor, asking(conn, *group, own(caller), RequestKind::Leave, facts).await?))
        }
        Command::Add { group, member, .. } | Command::Remove { group, member, .. } => {
            let (actor, facts) = about(conn, caller, Some(*group), Some(*member)).await?;
            Ok((actor, Facts { reach: reach::of_group(conn, *group).await?, ..facts }))
        }
        Command::Withdraw { request } | Command::Approve { request, .. } | Command::Reject { request, .. } => {
            dialect::lock_request(conn, *request).await?;
            let request = request::find(conn, *request).await?;
            let (group, applicant) = request.as_ref().map(|request| (request.group.id, request.applicant.id)).unzip();
            facts(conn, caller, group, applicant, request).await
        }
        // Everything else is about more than a membership, and answered elsewhere.
        _ => Ok((account::find_actor_and(conn, caller, None).await?.0, Facts::default())),
    }
}

/// Adds what asking asks. It is looked up whether or not the group is there and open: how long an answer takes is an answer, too.
async fn asking(
    conn: &mut Conn,
    group: GroupId,
    own: Option<UserId>,
    kind: RequestKind,
    facts: Facts,
) -> Result<Facts, Fault> {
    let Some(own) = own else { return Ok(facts) };
    let withdrawn = request::list_withdrawn(conn, group, own, kind).await?;
    Ok(Facts { withdrawn, ..facts })
}

/// Locks what a command is about that names no request, and loads its facts.
async fn about(
    conn: &mut Conn,
    caller: CallerId,
    group: Option<GroupId>,
    subject: Option<UserId>,
) -> Result<(Actor, Facts), Fault> {
    if let Some(id) = group {
        dialect::lock_group(conn, id).await?;
    }
    if let Some(id) = subject {
        dialect::lock_user(conn, id).await?;
    }
    facts(conn, caller, group, subject, None).await
}

/// Loads the facts about what is locked, beside the request that the command names.
async fn facts(
    conn: &mut Conn,
    caller: CallerId,
    group: Option<GroupId>,
    subject: Option<UserId>,
    request: Option<Request>,
) -> Result<(Actor, Facts), Fault> {
    let ((actor, standing), subject) = account::find_actor_and_in(conn, caller, subject, group).await?;
    let Some(id) = group else { return Ok((actor, Facts::default())) };
    let Some((group, settings)) = group::find(conn, id).await? else {
        if let Some((account, _)) = subject {
            // As for a group that is there and hidden: how long an answer takes is an answer, too.
            open_request(conn, id, account.person.id, None).await?;
        }
        return Ok((actor, Facts::default()));
    };
    let mut facts = Facts { group: Some(group), settings, standing, request, ..Facts::default() };
    if let Some((account, standing)) = subject {
        let user = account.person.id;
        let open_request = open_request(conn, id, user, facts.request.as_ref()).await?;
        facts.subject = Some(Subject {
            account,
            own: Permissions::NONE,
            member: standing.member,
            leader: standing.leader,
            open_request,
            reach: Reach::default(),
            email: None,
        });
    }
    Ok((actor, facts))
}

/// The open request of a user, of which a group has one at most: most often it is the one that the command names.
async fn open_request(
    conn: &mut Conn,
    group: GroupId,
    user: UserId,
    named: Option<&Request>,
) -> Result<Option<Request>, Fault> {
    let names_it =
        |named: &&Request| named.status == RequestStatus::Open && named.group.id == group && named.applicant.id == user;
    if let Some(named) = named.filter(names_it) {
        return Ok(Some(named.clone()));
    }
    match request::find_open(conn, group, user).await? {
        Some(id) => request::find(conn, id).await,
        None => Ok(None),
    }
}

//! Groups: found, joined, left, made, changed and deleted.

use super::{
    call::{Call, list},
    input::{Body, Named, Page, Query, Search, Word, body, query},
    problem::{Answer, Problem, accepted, created, done, ok},
    shape::{Group, JoinLink, Outcome, Request},
};
use app::backend::Reads;
use domain::{
    AutoLeave, Command, Description, Flag, Flags, GroupChange, GroupDraft, GroupId, GroupKey, GroupName, GroupQuery,
    GroupScope, Note, PartialFlags, Permissions, StateId, UserId,
};

query! {
    /// Which groups.
    Groups {
        /// What the groups page shows (`available`: those one is in, decides for, or could join or ask for), those one is in (`mine`), those one decides for (`managed`), or all there are (`all`).
        view: Word<GroupScope> = GroupScope::default(),
        /// Part of a name, ignoring case.
        q: Search,
    }
}

body! {
    /// Why somebody asks.
    Ask {
        /// For whoever decides.
        optional reason: Note,
    }
}

body! {
    /// A group that is to be made.
    NewGroup {
        /// Unique, ignoring case.
        required name: GroupName,
        /// What it is for.
        optional description: Description = "",
        /// Nobody sees, joins or leaves it as a user; true unless given.
        optional internal: bool = Flags::default().has(Flag::Internal),
        /// Absent from the list for those who are not members; true unless given.
        optional hidden: bool = Flags::default().has(Flag::Hidden),
        /// Joining and leaving are at once.
        optional open: bool = Flags::default().has(Flag::Open),
        /// `request_groups` is not needed.
        optional public: bool = Flags::default().has(Flag::Public),
        /// Only superusers touch its members, leaders and flags; only they may give it.
        optional restricted: bool = Flags::default().has(Flag::Restricted),
        /// Whether leaving a closed group is at once.
        optional auto_leave: AutoLeave = AutoLeave::default(),
        /// The states whose users may be in it; empty for any.
        optional states: Vec<StateId> = [(); 0],
        /// What its members are given; only superusers may give it.
        optional permissions: Permissions = [(); 0],
        /// Who leads it.
        optional leaders: Vec<UserId> = [(); 0],
        /// Groups whose members lead it.
        optional leader_groups: Vec<GroupId> = [(); 0],
    }
}

body! {
    /// What is to change about a group; what is not named stays.
    ChangedGroup {
        /// Unique, ignoring case.
        change name: GroupName,
        /// What it is for.
        change description: Description,
        /// Nobody sees, joins or leaves it as a user.
        change internal: bool,
        /// Absent from the list for those who are not members.
        change hidden: bool,
        /// Joining and leaving are at once.
        change open: bool,
        /// `request_groups` is not needed.
        change public: bool,
        /// Only superusers touch its members, leaders and flags; only they may change it.
        change restricted: bool,
        /// Whether leaving a closed group is at once.
        change auto_leave: AutoLeave,
        /// The states whose users may be in it; empty for any.
        change states: Vec<StateId>,
        /// What its members are given; only superusers may change it.
        change permissions: Permissions,
    }
}

pub(super) async fn index(call: Call, Query(asked): Query<Groups>, page: Page) -> Answer {
    let query = GroupQuery {
        scope: asked.view.map_or_else(GroupScope::default, |Word(scope)| scope),
        search: asked.q.map(|Search(text)| text).unwrap_or_default(),
        cursor: page.cursor.clone(),
        limit: page.limit,
        ..GroupQuery::default()
    };
    list(&page, &call.backend().groups(&query).await?, Group::of)
}

async fn group(call: &Call, key: GroupKey) -> Result<Group, Problem> {
    Ok(Group::of(&call.backend().group_page(&key).await?.row))
}

pub(super) async fn show(call: Call, Named(id): Named<GroupId>) -> Answer {
    ok(group(&call, GroupKey::Id(id)).await?)
}

pub(super) async fn show_by_link(call: Call, Named(token): Named<String>) -> Answer {
    ok(group(&call, GroupKey::Link(token)).await?)
}

/// What came of joining or leaving.
async fn outcome(call: &Call, command: Command) -> Answer {
    let now = |outcome| ok(Outcome { outcome, request: None });
    match call.execute(command).await? {
        domain::Outcome::Joined => now("joined"),
        domain::Outcome::Left => now("left"),
        domain::Outcome::Requested(id) => {
            let request = Request::of(&call.backend().request(id).await?);
            accepted(Outcome { outcome: "requested", request: Some(request) })
        }
        other => Err(call.unexpected(&other)),
    }
}

pub(super) async fn join(call: Call, Named(id): Named<GroupId>, Body(ask): Body<Ask>) -> Answer {
    outcome(&call, Command::Join { group: GroupKey::Id(id), reason: ask.reason }).await
}

pub(super) async fn join_by_link(call: Call, Named(token): Named<String>, Body(ask): Body<Ask>) -> Answer {
    outcome(&call, Command::Join { group: GroupKey::Link(token), reason: ask.reason }).await
}

pub(super) async fn leave(call: Call, Named(id): Named<GroupId>, Body(ask): Body<Ask>) -> Answer {
    outcome(&call, Command::Leave { group: id, reason: ask.reason }).await
}

pub(super) async fn create(call: Call, Body(new): Body<NewGroup>) -> Answer {
    let flags = PartialFlags::from([new.internal, new.hidden, new.open, new.public, new.restricted]);
    let draft = GroupDraft {
        name: new.name,
        description: match new.description {
            Some(description) => description,
            None => Description::parse("").map_err(|flaw| Problem::field("description", flaw))?,
        },
        flags: flags.applied_to(Flags::default()),
        auto_leave: new.auto_leave.unwrap_or_default(),
        states: once(new.states.unwrap_or_default()),
        permissions: new.permissions.unwrap_or_default(),
        leaders: once(new.leaders.unwrap_or_default()),
        leader_groups: once(new.leader_groups.unwrap_or_default()),
    };
    match call.execute(Command::CreateGroup(Box::new(draft))).await? {
        domain::Outcome::GroupCreated(id) => created(group(&call, GroupKey::Id(id)).await?),
        other => Err(call.unexpected(&other)),
    }
}

/// A list in which each entry counts once.
fn once<T: Ord>(mut entries: Vec<T>) -> Vec<T> {
    entries.sort_unstable();
    entries.dedup();
    entries
}

pub(super) async fn edit(call: Call, Named(id): Named<GroupId>, Body(new): Body<ChangedGroup>) -> Answer {
    let change = GroupChange {
        name: new.name,
        description: new.description,
        flags: PartialFlags::from([new.internal, new.hidden, new.open, new.public, new.restricted]),
        auto_leave: new.auto_leave,
        states: new.states.map(once),
        permissions: new.permissions,
    };
    call.execute(Command::EditGroup { group: id, change: Box::new(change) }).await?;
    ok(group(&call, GroupKey::Id(id)).await?)
}

pub(super) async fn delete(call: Call, Named(id): Named<GroupId>) -> Answer {
    call.execute(Command::DeleteGroup { group: id }).await?;
    done()
}

async fn link(call: &Call, id: GroupId) -> Answer {
    let token = call.backend().join_link(id).await?.token;
    ok(JoinLink { url: format!("{}/join/{token}", call.origin()), token })
}

pub(super) async fn join_link(call: Call, Named(id): Named<GroupId>) -> Answer {
    link(&call, id).await
}

pub(super) async fn replace_join_link(call: Call, Named(id): Named<GroupId>) -> Answer {
    call.execute(Command::ReplaceJoinLink { group: id }).await?;
    link(&call, id).await
}

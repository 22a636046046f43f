//! The state of a world as lines of text: drawn from the oracle, and read from the database itself.

use domain::{Flag, GroupId, Permissions, RequestKind, RequestStatus, UserId, notice::Matter};
use domain_oracle::World;
use std::collections::BTreeSet;
use store_testing::{Database, Engine};

/// Each statement gives lines.
const STATEMENTS: [&str; 13] = [
    "SELECT 'member ' || group_id || ' ' || user_id FROM memberships",
    "SELECT 'request ' || id || ' ' || group_id || ' ' || user_id || ' ' || kind FROM requests WHERE status = 0",
    "SELECT 'leader ' || group_id || ' ' || user_id FROM leaders",
    "SELECT 'leader group ' || group_id || ' ' || leader_group_id FROM leader_groups",
    "SELECT 'user ' || id || ' ' || username || ' ' || state_id || ' ' || COALESCE(main_character_id, 0)
        || CASE WHEN is_active THEN ' active' ELSE '' END || CASE WHEN is_staff THEN ' staff' ELSE '' END
        || CASE WHEN is_superuser THEN ' superuser' ELSE '' END
        || CASE WHEN settled_requester THEN ' requester' ELSE '' END FROM users WHERE deleted_at IS NULL",
    "SELECT 'user permission ' || user_id || ' ' || permission FROM user_permissions p JOIN users u ON u.id = p.user_id
        WHERE u.deleted_at IS NULL",
    "SELECT 'character ' || id || ' ' || user_id || ' ' || external_id || ' ' || name || ' '
        || COALESCE(corporation_id, 0) FROM characters WHERE deleted_at IS NULL",
    "SELECT 'group ' || id || ' ' || name || CASE WHEN internal THEN ' internal' ELSE '' END
        || CASE WHEN hidden THEN ' hidden' ELSE '' END || CASE WHEN open THEN ' open' ELSE '' END
        || CASE WHEN public THEN ' public' ELSE '' END || CASE WHEN restricted THEN ' restricted' ELSE '' END
        || ' ' || member_count FROM groups WHERE deleted_at IS NULL",
    "SELECT 'group permission ' || group_id || ' ' || permission FROM group_permissions p
        JOIN groups g ON g.id = p.group_id WHERE g.deleted_at IS NULL",
    "SELECT 'group state ' || group_id || ' ' || state_id FROM group_states p JOIN groups g ON g.id = p.group_id
        WHERE g.deleted_at IS NULL",
    "SELECT 'state ' || id || ' ' || name || ' ' || priority || CASE WHEN is_public THEN ' public' ELSE '' END
        FROM states WHERE deleted_at IS NULL",
    "SELECT 'reserved ' || id || ' ' || name FROM reserved_names",
    "SELECT 'notice ' || n.user_id || ' ' || n.subject_id || ' ' || n.group_id || ' ' || n.matter || ' ' || f.seq
        || CASE WHEN n.read_at IS NULL THEN '' ELSE ' read' END FROM notifications n JOIN feed f ON f.id = n.event_id",
];

/// What the database holds.
pub async fn stored(database: &Database) -> Vec<String> {
    use sqlx::Connection;
    let mut lines = Vec::new();
    match database.engine() {
        Engine::Sqlite => {
            let mut conn = sqlx::SqliteConnection::connect(&database.url).await.expect("a connection");
            for statement in STATEMENTS {
                lines.extend(sqlx::query_scalar::<_, String>(statement).fetch_all(&mut conn).await.expect(statement));
            }
            conn.close().await.expect("it closes");
        }
        Engine::Postgres => {
            let mut conn = sqlx::PgConnection::connect(&database.url).await.expect("a connection");
            for statement in STATEMENTS {
                lines.extend(sqlx::query_scalar::<_, String>(statement).fetch_all(&mut conn).await.expect(statement));
            }
            conn.close().await.expect("it closes");
        }
    }
    lines.sort();
    lines
}

/// What the oracle holds.
pub fn expected(world: &World) -> Vec<String> {
    let mut lines = Vec::new();
    let codes = |set: Permissions| set.iter().map(|permission| permission as i64);
    let flag = |set: bool, word: &str| if set { format!(" {word}") } else { String::new() };
    let members: BTreeSet<(GroupId, UserId)> =
        world.grants.iter().filter(|grant| grant.ended_at.is_none()).map(|grant| (grant.group, grant.user)).collect();
    lines.extend(members.iter().map(|(group, user)| format!("member {group} {user}")));
    for request in world.requests.iter().filter(|request| request.status == RequestStatus::Open) {
        let kind = i64::from(request.kind == RequestKind::Leave);
        lines.push(format!("request {} {} {} {kind}", request.id, request.group.id, request.applicant.id));
    }
    lines.extend(world.leaders.iter().map(|(group, user)| format!("leader {group} {user}")));
    lines.extend(world.leader_groups.iter().map(|(group, leading)| format!("leader group {group} {leading}")));
    for (id, user) in world.users.iter().filter(|(_, user)| !user.deleted) {
        let main = user.person.main_character.as_ref().map_or(0, |main| main.id.0);
        let flags = [
            flag(user.active, "active"),
            flag(user.staff, "staff"),
            flag(user.superuser, "superuser"),
            flag(user.requester, "requester"),
        ];
        lines.push(format!("user {id} {} {} {main}{}", user.person.username, user.state, flags.concat()));
        lines.extend(codes(user.own).map(|code| format!("user permission {id} {code}")));
        for character in user.characters.values() {
            let profile = &character.profile;
            let corporation = profile.corporation.as_ref().map_or(0, |corporation| corporation.id);
            let (number, name) = (profile.external_id, profile.name.as_str());
            lines.push(format!("character {} {id} {number} {name} {corporation}", character.id));
        }
    }
    for (id, group) in &world.groups {
        let flags = Flag::ALL.map(|it| flag(group.flags.has(it), it.code()));
        let count = members.iter().filter(|member| member.0 == *id).count();
        lines.push(format!("group {id} {}{} {count}", group.name, flags.concat()));
        lines.extend(codes(group.permissions).map(|code| format!("group permission {id} {code}")));
        lines.extend(group.states.iter().map(|state| format!("group state {id} {state}")));
    }
    for (id, state) in &world.states {
        lines.push(format!("state {id} {} {}{}", state.name, state.priority, flag(state.public, "public")));
    }
    for ((reader, subject, group, matter), told) in &world.notices {
        let matter = match matter {
            Matter::Request(RequestKind::Join) => 0,
            Matter::Request(RequestKind::Leave) => 1,
            Matter::Membership => 2,
            Matter::SignIn => 3,
        };
        lines.push(format!("notice {reader} {subject} {group} {matter} {}{}", told.event, flag(told.read, "read")));
    }
    lines.extend(world.reserved.iter().map(|(id, name)| format!("reserved {id} {name}")));
    lines.sort();
    lines
}

//! The statements that may cost more than a page, and why.

/// A part of the statement, and the reason.
pub const EXCEPTIONS: &[(&str, &str)] = &[
    ("AS \"found!: i64\"", "`muster check` looks at everything there is, on purpose"),
    ("AS \"filled!: bool\"", "stops at the first row"),
    ("AS \"exists!: bool\"", "stops at the first row"),
    ("AS \"outside!: i64\"", "a seeded instance grows once"),
    ("7919 % 10007", "a seeded instance grows once"),
    ("UPDATE groups SET member_count = (SELECT count(*)", "seeding counts once"),
    ("UPDATE users SET main_character_id = (SELECT min(id)", "seeding, once"),
    ("UPDATE users SET settled_requester = TRUE WHERE is_active AND (is_superuser", "seeding, once"),
    ("ORDER BY g.sort_key, g.id, m.sort_key, m.user_id", "the export of every membership"),
    ("unnumbered", "has no row on SQLite, and an index of its own on PostgreSQL"),
    (
        "FROM users WHERE deleted_at IS NULL GROUP BY state_id",
        "how many are in each state: one index is counted for the page of states",
    ),
    (
        "FROM (SELECT id AS user_id FROM users WHERE deleted_at IS NULL) AS touched",
        "how many a change of everybody touches, once for each",
    ),
    ("COALESCE(max(seq), 0) AS \"last!: i64\" FROM feed", "`muster check` counts the feed"),
    ("g.sort_key LIKE", "part of a name: the names of all groups are looked at, ten thousand at most"),
    ("cr.created_at <", "groups that need care: all are looked at, ten thousand at most"),
    (
        "FROM groups g WHERE g.deleted_at IS NULL AND NOT g.internal AND NOT (EXISTS",
        "groups without a leader, for the page of health: ten thousand at most",
    ),
    ("FROM reserved_names r JOIN groups g", "reserved names that are in use: none, while all is well"),
    ("FROM users WHERE is_superuser AND is_active", "superusers are few, and have an index"),
    (
        "UNION SELECT user_id FROM user_permissions WHERE permission = $1",
        "whom to tell of a request: those who decide for all groups",
    ),
    (
        "WHERE NOT u.is_active AND u.deleted_at IS NULL AND g.deleted_at IS NULL",
        "inactive leaders: along the index of whoever is inactive",
    ),
    (
        "ORDER BY read_at IS NOT NULL, event_id DESC LIMIT 1000",
        "sorts the notifications of one user, where they are more than are kept",
    ),
    ("SELECT g.id, g.name, g.restricted FROM leaders l", "sorts the groups that one user is named to lead"),
    ("SELECT p.group_id AS known_group_id", "sorts those whom the palette has found, a page of them at most"),
    ("FROM sessions WHERE user_id = $1", "sorts the sessions of one user"),
    ("AS named ORDER BY way", "sorts two rows"),
    ("r.user_id = ? AND r.status = 0 ORDER BY r.id DESC", "sorts the open requests of one user"),
    ("r.status = 0 AND r.user_id = $1 ORDER BY r.id", "sorts the open requests of one user"),
    ("gr.user_id = ? ORDER BY gr.id", "sorts the live grants of one user"),
    ("m.user_id = $1 ORDER BY g.sort_key", "sorts the groups of one user"),
    (
        "AND from_at <= ? AND (ended_at IS NULL OR ended_at > ?)",
        "who was in a group at a moment: sorts its members of then",
    ),
    ("AS one_kind UNION ALL", "sorts one page of each kind"),
    ("AS page JOIN", "sorts the page that was found"),
    (
        "FROM (SELECT DISTINCT user_id FROM requests WHERE status = 0 AND kind = 1) AS touched",
        "a job's next step: sorts who waits to leave",
    ),
    (
        "UNION SELECT user_id FROM requests WHERE status = 0 AND group_id = ?) AS touched",
        "a job's next step: merges two indices",
    ),
    ("AS one_kind) AS r JOIN", "the queue of a leader is gathered from their groups: as many rows as wait there"),
    ("AND r.status = 0 AND r.user_id <> ?) AND", "groups where something waits: those that one decides for"),
    ("AND g.id IN (SELECT group_id FROM leaders WHERE user_id = ? UNION", "sorts what is led by one user"),
    ("ORDER BY s.priority DESC", "sorts the states of one group"),
    ("ORDER BY x.state_id, x.kind", "whom each state is open to: all definitions, once for each change of one"),
];

-- The whole schema of the first release. Its twin in ../postgres has the same number and the same tables.
--
-- Times are microseconds since 1970 in UTC. Codes of enums stand in server/store/shared/code.rs. BOOLEAN, TEXT and BIGINT are spelled
-- as on PostgreSQL, so that one text of a query serves both; SQLite keeps flags as 0 and 1. AUTOINCREMENT wherever a client can hold the
-- id: without it a stale "approve 5" could meet another request under the same number.
--
-- Columns that name who did something (`actor_id`, `settled_by`, `created_by`) have no foreign key: rows of users are never deleted,
-- and the index such a key would need serves no query.

CREATE TABLE states (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    priority BIGINT NOT NULL,
    is_public BOOLEAN NOT NULL CHECK (is_public IN (0, 1)),
    -- A deleted state keeps its row: a group that was open to it alone is open to nobody then, not to all.
    deleted_at BIGINT NULL
);
CREATE UNIQUE INDEX states_name ON states (name_key) WHERE deleted_at IS NULL;
CREATE UNIQUE INDEX states_priority ON states (priority) WHERE deleted_at IS NULL;

-- Whom a state is open to, by ids of the outside world. kind: 0 character, 1 corporation, 2 alliance, 3 faction.
CREATE TABLE state_scopes (
    state_id BIGINT NOT NULL REFERENCES states (id) ON DELETE CASCADE,
    kind BIGINT NOT NULL CHECK (kind BETWEEN 0 AND 3),
    external_id BIGINT NOT NULL,
    PRIMARY KEY (state_id, kind, external_id)
) WITHOUT ROWID;

CREATE TABLE users (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    username TEXT NOT NULL,
    username_key TEXT NOT NULL,
    email TEXT NULL,
    email_key TEXT NULL,
    password_hash TEXT NULL,
    is_active BOOLEAN NOT NULL CHECK (is_active IN (0, 1)),
    is_staff BOOLEAN NOT NULL CHECK (is_staff IN (0, 1)),
    is_superuser BOOLEAN NOT NULL CHECK (is_superuser IN (0, 1)),
    state_id BIGINT NOT NULL REFERENCES states (id),
    -- Whether they held request_groups when they were last settled (R7): who never held it cannot lose it.
    settled_requester BOOLEAN NOT NULL DEFAULT FALSE CHECK (settled_requester IN (0, 1)),
    main_character_id BIGINT NULL REFERENCES characters (id) ON DELETE SET NULL,
    -- The folded name of the main character, else of the user: the order of every list of people.
    sort_key TEXT NOT NULL,
    language TEXT NULL,
    theme BIGINT NOT NULL DEFAULT 0 CHECK (theme BETWEEN 0 AND 2),
    created_at BIGINT NOT NULL,
    deleted_at BIGINT NULL
);
-- A name is unique among the living only (R15 for groups, and the same for users).
CREATE UNIQUE INDEX users_username ON users (username_key) WHERE deleted_at IS NULL;
CREATE UNIQUE INDEX users_email ON users (email_key) WHERE deleted_at IS NULL;
CREATE INDEX users_sort ON users (sort_key, id);
CREATE INDEX users_state ON users (state_id, id);
CREATE INDEX users_superuser ON users (id) WHERE is_superuser;
CREATE INDEX users_main_character ON users (main_character_id);

CREATE TABLE characters (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    user_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    external_id BIGINT NOT NULL,
    name TEXT NOT NULL,
    corporation_id BIGINT NULL,
    corporation_name TEXT NULL,
    alliance_id BIGINT NULL,
    alliance_name TEXT NULL,
    faction_id BIGINT NULL,
    faction_name TEXT NULL,
    -- With its user: whoever is in the log keeps a face, and the character can be somebody else's.
    deleted_at BIGINT NULL
);
CREATE UNIQUE INDEX characters_external ON characters (external_id) WHERE deleted_at IS NULL;
CREATE INDEX characters_user ON characters (user_id);

CREATE TABLE groups (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    name TEXT NOT NULL,
    -- The folded name: identifies (R12), sorts and is searched.
    name_key TEXT NOT NULL,
    description TEXT NOT NULL,
    internal BOOLEAN NOT NULL CHECK (internal IN (0, 1)),
    hidden BOOLEAN NOT NULL CHECK (hidden IN (0, 1)),
    open BOOLEAN NOT NULL CHECK (open IN (0, 1)),
    public BOOLEAN NOT NULL CHECK (public IN (0, 1)),
    restricted BOOLEAN NOT NULL CHECK (restricted IN (0, 1)),
    auto_leave BIGINT NOT NULL CHECK (auto_leave BETWEEN 0 AND 2),
    join_token TEXT NOT NULL,
    member_count BIGINT NOT NULL DEFAULT 0,
    created_at BIGINT NOT NULL,
    deleted_at BIGINT NULL
);
CREATE UNIQUE INDEX groups_name ON groups (name_key) WHERE deleted_at IS NULL;
CREATE UNIQUE INDEX groups_join_token ON groups (join_token);

-- Permission codes are those of domain::Permission::ALL.
CREATE TABLE user_permissions (
    user_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    permission BIGINT NOT NULL CHECK (permission BETWEEN 0 AND 15),
    PRIMARY KEY (user_id, permission)
) WITHOUT ROWID;

CREATE TABLE group_permissions (
    group_id BIGINT NOT NULL REFERENCES groups (id) ON DELETE CASCADE,
    permission BIGINT NOT NULL CHECK (permission BETWEEN 0 AND 15),
    PRIMARY KEY (group_id, permission)
) WITHOUT ROWID;

CREATE TABLE state_permissions (
    state_id BIGINT NOT NULL REFERENCES states (id) ON DELETE CASCADE,
    permission BIGINT NOT NULL CHECK (permission BETWEEN 0 AND 15),
    PRIMARY KEY (state_id, permission)
) WITHOUT ROWID;

CREATE TABLE group_states (
    group_id BIGINT NOT NULL REFERENCES groups (id) ON DELETE CASCADE,
    state_id BIGINT NOT NULL REFERENCES states (id),
    PRIMARY KEY (group_id, state_id)
) WITHOUT ROWID;
CREATE INDEX group_states_state ON group_states (state_id);

CREATE TABLE leaders (
    user_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    group_id BIGINT NOT NULL REFERENCES groups (id) ON DELETE CASCADE,
    PRIMARY KEY (user_id, group_id)
) WITHOUT ROWID;
CREATE INDEX leaders_group ON leaders (group_id);

CREATE TABLE leader_groups (
    leader_group_id BIGINT NOT NULL REFERENCES groups (id) ON DELETE CASCADE,
    group_id BIGINT NOT NULL REFERENCES groups (id) ON DELETE CASCADE,
    PRIMARY KEY (leader_group_id, group_id),
    CHECK (leader_group_id <> group_id)
) WITHOUT ROWID;
CREATE INDEX leader_groups_group ON leader_groups (group_id);

-- Who is in a group now: exactly the users with a live grant (R14). Repeats the user's sort_key, so that a page of members is one walk
-- along an index.
CREATE TABLE memberships (
    group_id BIGINT NOT NULL REFERENCES groups (id) ON DELETE CASCADE,
    user_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    sort_key TEXT NOT NULL,
    since BIGINT NOT NULL,
    PRIMARY KEY (group_id, user_id)
) WITHOUT ROWID;
CREATE INDEX memberships_user ON memberships (user_id, group_id);
CREATE INDEX memberships_sort ON memberships (group_id, sort_key, user_id);

-- Why they are in it, and why others once were. Ended grants are kept.
CREATE TABLE grants (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    group_id BIGINT NOT NULL REFERENCES groups (id),
    user_id BIGINT NOT NULL REFERENCES users (id),
    kind BIGINT NOT NULL CHECK (kind BETWEEN 0 AND 5),
    actor_id BIGINT NULL,
    reason TEXT NULL,
    from_at BIGINT NOT NULL,
    until_at BIGINT NULL,
    ended_at BIGINT NULL,
    ended_cause BIGINT NULL
);
CREATE INDEX grants_user ON grants (user_id, group_id);
CREATE INDEX grants_group ON grants (group_id, user_id);

CREATE TABLE requests (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    group_id BIGINT NOT NULL REFERENCES groups (id),
    user_id BIGINT NOT NULL REFERENCES users (id),
    kind BIGINT NOT NULL CHECK (kind IN (0, 1)),
    status BIGINT NOT NULL CHECK (status BETWEEN 0 AND 4),
    reason TEXT NULL,
    created_at BIGINT NOT NULL,
    settled_at BIGINT NULL,
    settled_by BIGINT NULL,
    comment TEXT NULL,
    cause BIGINT NULL,
    CHECK ((status = 0) = (settled_at IS NULL))
);
-- R9: at most one open request per user and group.
CREATE UNIQUE INDEX requests_open ON requests (user_id, group_id) WHERE status = 0;
CREATE INDEX requests_queue ON requests (kind, id) WHERE status = 0;
CREATE INDEX requests_queue_group ON requests (group_id, kind, id) WHERE status = 0;
CREATE INDEX requests_group ON requests (group_id, id);
CREATE INDEX requests_user ON requests (user_id, id);

-- Audit log, live feed and source of outbound work in one. It outlives what it tells of: no foreign keys, names as they were.
CREATE TABLE events (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    at BIGINT NOT NULL,
    kind BIGINT NOT NULL,
    -- By how much the number of the group's members changes with it.
    member_delta BIGINT NOT NULL,
    group_id BIGINT NULL,
    group_name TEXT NULL,
    subject_id BIGINT NULL,
    subject TEXT NULL,
    actor_id BIGINT NULL,
    actor_name TEXT NULL,
    request_id BIGINT NULL,
    cause BIGINT NULL,
    reason TEXT NULL,
    comment TEXT NULL,
    detail TEXT NULL
);
CREATE INDEX events_group ON events (group_id, id);
CREATE INDEX events_group_kind ON events (group_id, kind, id);
CREATE INDEX events_subject ON events (subject_id, group_id, id);

CREATE TRIGGER events_are_kept_as_written BEFORE UPDATE ON events BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;
CREATE TRIGGER events_are_kept BEFORE DELETE ON events BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;

-- What readers ask: only one writer at a time gives out ids, so the id is the place in the feed.
CREATE VIEW feed AS
SELECT id AS seq, id, at, kind, group_id, group_name, subject_id, subject, actor_id, actor_name, request_id, cause, reason, comment, detail
FROM events;

-- Events that are committed and have no place in the feed yet: never any here, see ../postgres.
CREATE VIEW unnumbered AS SELECT id, kind, member_delta, group_id, subject_id FROM events WHERE id IS NULL;

-- Tells a user of an event that concerns them. The words come from the event, which is never deleted: no foreign key.
CREATE TABLE notifications (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    user_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    event_id BIGINT NOT NULL,
    -- Set where the request still waits, so that what becomes of it can take this one's place.
    request_id BIGINT NULL,
    at BIGINT NOT NULL,
    read_at BIGINT NULL
);
CREATE INDEX notifications_user ON notifications (user_id, id);
CREATE INDEX notifications_request ON notifications (request_id) WHERE request_id IS NOT NULL;
CREATE INDEX notifications_unread ON notifications (user_id) WHERE read_at IS NULL;

CREATE TABLE sessions (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    user_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    token_hash BLOB NOT NULL,
    user_agent TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    last_seen_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX sessions_token ON sessions (token_hash);
CREATE INDEX sessions_user ON sessions (user_id);
CREATE INDEX sessions_expiry ON sessions (expires_at);

-- One row: a setting is a column, so that it has a type, a default and a migration.
CREATE TABLE settings (
    one BIGINT NOT NULL PRIMARY KEY CHECK (one = 1),
    requests_notification BOOLEAN NOT NULL DEFAULT FALSE CHECK (requests_notification IN (0, 1)),
    auto_leave BOOLEAN NOT NULL DEFAULT FALSE CHECK (auto_leave IN (0, 1)),
    notifications_max_per_user BIGINT NOT NULL DEFAULT 50 CHECK (notifications_max_per_user >= 0),
    registration BIGINT NOT NULL DEFAULT 0 CHECK (registration BETWEEN 0 AND 2)
);

CREATE TABLE reserved_names (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    reason TEXT NOT NULL,
    created_by BIGINT NULL,
    created_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX reserved_names_name ON reserved_names (name_key);

-- What is left to do of a change that touches more people than one transaction should: each is settled in the order of their ids, and
-- `cursor` is the last one done. A row is there exactly as long as anything is left. Codes as in server/store/shared/code.rs.
CREATE TABLE jobs (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    who BIGINT NOT NULL,
    who_id BIGINT NULL,
    why BIGINT NOT NULL,
    why_id BIGINT NULL,
    cursor BIGINT NOT NULL DEFAULT 0,
    done BIGINT NOT NULL DEFAULT 0,
    total BIGINT NOT NULL,
    event_id BIGINT NOT NULL,
    started_at BIGINT NOT NULL
);

-- Answers to commands that were carried out, so that a repeat is answered once. actor_id: 0 nobody, -1 the system.
CREATE TABLE receipts (
    actor_id BIGINT NOT NULL,
    command_id TEXT NOT NULL,
    command TEXT NOT NULL,
    answer TEXT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (actor_id, command_id)
) WITHOUT ROWID;
CREATE INDEX receipts_at ON receipts (at);

INSERT INTO settings (one) VALUES (1);
INSERT INTO states (id, name, name_key, priority, is_public) VALUES
    (1, 'Guest', 'guest', 0, TRUE),
    (2, 'Blue', 'blue', 50, FALSE),
    (3, 'Member', 'member', 100, FALSE);
-- Member carries request_groups out of the box.
INSERT INTO state_permissions (state_id, permission) VALUES (3, 0);

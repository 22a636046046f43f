-- Orders in which lists are read. Its twin in ../postgres has the same number and the same tables.

-- Members in the order in which they came.
CREATE INDEX memberships_since ON memberships (group_id, since, user_id);

-- The whole audit log under each filter of its own, newest first. The first two are there already where 0003 made them.
CREATE INDEX IF NOT EXISTS events_about ON events (subject_id, id);
CREATE INDEX IF NOT EXISTS events_by ON events (actor_id, id);
CREATE INDEX events_by_kind ON events (actor_id, kind, id);
CREATE INDEX events_kind ON events (kind, id);
CREATE INDEX events_at ON events (at, id);

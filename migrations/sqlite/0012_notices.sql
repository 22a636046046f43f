-- One notice of each matter. Its twin in ../postgres has the same number and the same tables.

CREATE TABLE notices (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    user_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    -- Whose matter it is: the reader's own, or somebody's for whom they decide.
    subject_id BIGINT NOT NULL,
    -- 0 where it is a matter of no group.
    group_id BIGINT NOT NULL,
    -- 0 a request to join, 1 a request to leave, 2 the membership, 3 who tries to sign in.
    matter BIGINT NOT NULL CHECK (matter BETWEEN 0 AND 3),
    -- What happened last in it. The words come from there, and it is never deleted: no foreign key.
    event_id BIGINT NOT NULL,
    at BIGINT NOT NULL,
    read_at BIGINT NULL
);
INSERT INTO notices (id, user_id, subject_id, group_id, matter, event_id, at, read_at)
    SELECT id, user_id, subject_id, group_id, matter, event_id, at, read_at FROM (
        SELECT told.*, row_number() OVER (PARTITION BY user_id, subject_id, group_id, matter ORDER BY event_id DESC) AS later
        FROM (
            SELECT n.id, n.user_id, n.event_id, n.at, n.read_at, e.subject_id, e.group_id,
                CASE WHEN e.kind > 9 THEN 2 ELSE e.kind % 2 END AS matter
            FROM notifications n JOIN events e ON e.id = n.event_id
            WHERE e.subject_id IS NOT NULL AND e.group_id IS NOT NULL AND e.kind BETWEEN 0 AND 13
        ) AS told
    ) AS numbered WHERE later = 1;
-- Ids go on where they were.
DELETE FROM sqlite_sequence WHERE name = 'notices';
INSERT INTO sqlite_sequence (name, seq) SELECT 'notices', seq FROM sqlite_sequence WHERE name = 'notifications';
DROP TABLE notifications;
ALTER TABLE notices RENAME TO notifications;

-- What is told is told once, and where it is settled by now, as that, and read.
UPDATE notifications SET event_id = (
        SELECT max(e.id) FROM events asked JOIN events e ON e.subject_id = asked.subject_id AND e.group_id = asked.group_id
            AND e.request_id = asked.request_id AND e.kind BETWEEN 2 AND 9
        WHERE asked.id = notifications.event_id)
    WHERE matter < 2 AND user_id <> subject_id AND EXISTS (
        SELECT 1 FROM events asked JOIN events e ON e.subject_id = asked.subject_id AND e.group_id = asked.group_id
            AND e.request_id = asked.request_id AND e.kind BETWEEN 2 AND 9
        WHERE asked.id = notifications.event_id);
UPDATE notifications SET read_at = at
    WHERE read_at IS NULL AND user_id <> subject_id
        AND EXISTS (SELECT 1 FROM events e WHERE e.id = notifications.event_id AND e.kind BETWEEN 2 AND 9);

CREATE UNIQUE INDEX notifications_matter ON notifications (subject_id, group_id, matter, user_id);
CREATE INDEX notifications_user ON notifications (user_id, event_id);
CREATE INDEX notifications_unread ON notifications (user_id) WHERE read_at IS NULL;

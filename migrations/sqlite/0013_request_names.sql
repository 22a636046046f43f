-- A request keeps what its group was called when it was made: whoever asked may read that for good, whatever the group is
-- called once they do not see it any more. Its twin in ../postgres has the same number and the same tables.

ALTER TABLE requests ADD COLUMN group_name TEXT NOT NULL DEFAULT '';
UPDATE requests SET group_name = COALESCE(
    (SELECT e.group_name FROM events e WHERE e.subject_id = requests.user_id AND e.group_id = requests.group_id
        AND e.request_id = requests.id AND e.kind IN (0, 1)),
    (SELECT g.name FROM groups g WHERE g.id = requests.group_id),
    '');

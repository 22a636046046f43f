-- Names have two keys (R16): by one they are the same, by the other they are found and sorted. Its twin in ../sqlite has the same
-- number and the same tables.
--
-- Neither can be worked out in SQL. What was one key until now is the best there is of the other; `muster migrate` brings both into
-- their form afterwards, in one transaction.

-- The key by which a name is found and sorted.
ALTER TABLE groups ADD COLUMN sort_key TEXT COLLATE "C" NOT NULL DEFAULT '';
UPDATE groups SET sort_key = name_key;
CREATE INDEX groups_sort ON groups (sort_key, id) WHERE deleted_at IS NULL;
ALTER TABLE reserved_names ADD COLUMN sort_key TEXT COLLATE "C" NOT NULL DEFAULT '';
UPDATE reserved_names SET sort_key = name_key;
CREATE INDEX reserved_names_sort ON reserved_names (sort_key, id);
-- The same of a username; `sort_key` beside it is that of the name a user is shown under.
ALTER TABLE users ADD COLUMN search_key TEXT COLLATE "C" NOT NULL DEFAULT '';
UPDATE users SET search_key = username_key;

-- In which form keys are stored: as the program's number of it. One row.
CREATE TABLE name_form (
    one BIGINT NOT NULL PRIMARY KEY CHECK (one = 1),
    form BIGINT NOT NULL
);
INSERT INTO name_form (one, form) VALUES (1, 0);

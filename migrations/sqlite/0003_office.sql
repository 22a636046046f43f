-- What administration reads and keeps. Its twin in ../postgres has the same number and the same tables.

-- When somebody last used Muster, to within some minutes; their sessions end, this stays.
ALTER TABLE users ADD COLUMN last_seen_at BIGINT NULL;

-- The orders of the list of users under each filter that lets few through.
CREATE INDEX users_state_sort ON users (state_id, sort_key, id) WHERE deleted_at IS NULL;
CREATE INDEX users_staff_sort ON users (sort_key, id) WHERE is_staff;
CREATE INDEX users_superuser_sort ON users (sort_key, id) WHERE is_superuser;
CREATE INDEX users_inactive_sort ON users (sort_key, id) WHERE NOT is_active;

-- By what users are found: the folded username, e-mail address and names of characters, each from the beginning of every word to its
-- end. The beginning of a word is a range of this key.
CREATE TABLE name_words (
    word TEXT NOT NULL,
    user_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    -- Whether it is a whole name, and not only the end of one.
    is_whole BOOLEAN NOT NULL CHECK (is_whole IN (0, 1)),
    PRIMARY KEY (word, user_id)
) WITHOUT ROWID;
CREATE INDEX name_words_user ON name_words (user_id);
CREATE INDEX name_words_whole ON name_words (word, user_id) WHERE is_whole;

-- Links by which people make accounts. Only the hash of the token is here; uses - used is what is left.
CREATE TABLE invitations (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    token_hash BLOB NOT NULL,
    uses BIGINT NOT NULL CHECK (uses > 0),
    used BIGINT NOT NULL DEFAULT 0 CHECK (used BETWEEN 0 AND uses),
    ends_at BIGINT NOT NULL,
    revoked_at BIGINT NULL,
    note TEXT NULL,
    created_by BIGINT NULL,
    created_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX invitations_token ON invitations (token_hash);
CREATE INDEX invitations_live ON invitations (id) WHERE revoked_at IS NULL AND used < uses;

-- Links by which users set another password: one each, gone once it is used.
CREATE TABLE reset_links (
    user_id BIGINT NOT NULL PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
    token_hash BLOB NOT NULL,
    ends_at BIGINT NOT NULL,
    created_by BIGINT NULL
);
CREATE UNIQUE INDEX reset_links_token ON reset_links (token_hash);
CREATE INDEX reset_links_expiry ON reset_links (ends_at);

-- Copies of the database that Muster made.
CREATE TABLE backups (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    at BIGINT NOT NULL,
    bytes BIGINT NOT NULL
);

-- What has waited for long.
CREATE INDEX requests_age ON requests (created_at, id) WHERE status = 0;

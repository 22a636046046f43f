-- What a sign-in is judged by beside the password. Its twin in ../postgres has the same number and the same tables.

-- Usernames that could be somebody's e-mail address (R17): whether one is, is asked of these alone.
CREATE INDEX users_named_like_address ON users (username_key) WHERE username_key LIKE '%@%' AND deleted_at IS NULL;

-- Browsers from which somebody has signed in, by the hash of a cookie. Guesses made from elsewhere do not keep them out.
CREATE TABLE devices (
    token_hash BLOB NOT NULL,
    user_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    used_at BIGINT NOT NULL,
    PRIMARY KEY (token_hash, user_id)
) WITHOUT ROWID;
CREATE INDEX devices_user ON devices (user_id, used_at);
CREATE INDEX devices_used ON devices (used_at);

-- Sign-ins that failed since somebody last signed in: how many, since when, from where the last. Their owner is told.
CREATE TABLE failed_sign_ins (
    user_id BIGINT NOT NULL PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
    failures BIGINT NOT NULL,
    since BIGINT NOT NULL,
    last_at BIGINT NOT NULL,
    address TEXT NOT NULL,
    -- Whether any came from another address.
    elsewhere BOOLEAN NOT NULL
);
CREATE INDEX failed_sign_ins_last ON failed_sign_ins (last_at);

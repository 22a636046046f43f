-- Tokens of the API, and the answers that repeats of its calls get. Its twin in ../postgres has the same number and the same tables.

-- Whoever holds the secret of a token acts as its user. Revoked ones stay, as the log names them.
CREATE TABLE tokens (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    user_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    token_hash BLOB NOT NULL,
    name TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    last_used_at BIGINT NULL,
    expires_at BIGINT NULL,
    revoked_at BIGINT NULL
);
CREATE UNIQUE INDEX tokens_hash ON tokens (token_hash);
CREATE INDEX tokens_user ON tokens (user_id, id);

-- The first answer to a call under an Idempotency-Key. `call` is a hash of the call and its key, `body` one of what was sent; status and
-- answer are absent while the first call is under way.
CREATE TABLE answers (
    user_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    call TEXT NOT NULL,
    body TEXT NOT NULL,
    status BIGINT NULL,
    answer TEXT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (user_id, call)
) WITHOUT ROWID;
CREATE INDEX answers_at ON answers (at);

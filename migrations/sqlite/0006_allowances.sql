-- How often something may still be tried, counted by all processes together. Its twin in ../postgres has the same number and the
-- same tables.

-- A token bucket each, kept as the one moment at which it will be full again; `key` is a hash of what is limited. A full one is as
-- good as none.
CREATE TABLE allowances (
    key BLOB PRIMARY KEY NOT NULL,
    full_at BIGINT NOT NULL
) WITHOUT ROWID;
CREATE INDEX allowances_full ON allowances (full_at);

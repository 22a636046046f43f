-- How often something may still be tried, counted by all processes together. Its twin in ../sqlite has the same number and the
-- same tables.

-- A token bucket each, kept as the one moment at which it will be full again; `key` is a hash of what is limited. A full one is as
-- good as none.
CREATE TABLE allowances (
    key BYTEA PRIMARY KEY,
    full_at BIGINT NOT NULL
);
CREATE INDEX allowances_full ON allowances (full_at);

-- Whether groups are told to those, too, to whom they are of no use. Its twin in ../postgres has the same number.

ALTER TABLE settings ADD COLUMN show_unavailable_groups BOOLEAN NOT NULL DEFAULT FALSE
    CHECK (show_unavailable_groups IN (0, 1));

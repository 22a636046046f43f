-- What corporations, alliances and factions are called: by a character of theirs. Its twin in ../postgres has the same number
-- and the same tables.

CREATE INDEX characters_corporation ON characters (corporation_id) WHERE deleted_at IS NULL;
CREATE INDEX characters_alliance ON characters (alliance_id) WHERE deleted_at IS NULL;
CREATE INDEX characters_faction ON characters (faction_id) WHERE deleted_at IS NULL;

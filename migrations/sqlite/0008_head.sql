-- How far the feed goes, in one form for both databases. Its twin in ../postgres has the same number.

CREATE VIEW feed_head AS SELECT COALESCE(max(id), 0) AS seq FROM events;

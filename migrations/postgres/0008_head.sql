-- How far the feed goes, in one form for both databases. Its twin in ../sqlite has the same number.

CREATE VIEW feed_head AS SELECT seq FROM event_head WHERE one = 1;

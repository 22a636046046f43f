-- How many wait is counted from an index alone. Its twin in ../postgres has the same number and the same tables.

DROP INDEX requests_queue_group;
CREATE INDEX requests_queue_group ON requests (group_id, kind, id, user_id) WHERE status = 0;

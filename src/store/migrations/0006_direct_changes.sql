-- Changes that owners make directly, beside those that follow a request or a wish to leave: who decided them, and why.
-- SQLite cannot change the check of a column, so the table is made anew.
CREATE TABLE operation_anew (
    id TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('add', 'remove', 'add_owner', 'remove_owner')),
    group_id TEXT NOT NULL,
    group_name TEXT NOT NULL,
    person_id TEXT NOT NULL,
    person_name TEXT NOT NULL,
    request_id TEXT REFERENCES request (id),
    decided_by TEXT NOT NULL,
    decided_by_name TEXT NOT NULL,
    reason TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('in_flight', 'unknown', 'applied', 'refused', 'abandoned')),
    version BIGINT NOT NULL,
    attempt BIGINT NOT NULL,
    lease_until BIGINT NOT NULL,
    refusal TEXT,
    negative_at BIGINT,
    created_at BIGINT NOT NULL,
    finished_at BIGINT,
    carried_out_by TEXT,
    carried_out_by_name TEXT
);
INSERT INTO operation_anew (id, kind, group_id, group_name, person_id, person_name, request_id, decided_by,
                            decided_by_name, reason, state, version, attempt, lease_until, refusal, negative_at,
                            created_at, finished_at, carried_out_by, carried_out_by_name)
    SELECT o.id, o.kind, o.group_id, o.group_name, o.person_id, o.person_name, o.request_id,
           COALESCE(d.decider_id, o.person_id), COALESCE(d.decider_name, o.person_name), '', o.state, o.version,
           o.attempt, o.lease_until, o.refusal, o.negative_at, o.created_at, o.finished_at, o.carried_out_by,
           o.carried_out_by_name
    FROM operation o LEFT JOIN decision d ON d.request_id = o.request_id;
DROP TABLE operation;
ALTER TABLE operation_anew RENAME TO operation;

CREATE UNIQUE INDEX operation_by_request ON operation (request_id);
-- Nobody is owed the same thing twice but by a request, which has an index of its own.
CREATE UNIQUE INDEX operation_one_direct ON operation (group_id, person_id, kind)
    WHERE request_id IS NULL AND state IN ('in_flight', 'unknown');
CREATE INDEX operation_by_group ON operation (group_id, state);
CREATE INDEX operation_by_person ON operation (person_id, state);
CREATE INDEX operation_by_age ON operation (state, created_at);

-- Many people at once: a list that an owner had looked up, and what becomes of each of its rows. The list is frozen when
-- it is started; a row that has an operation was sent to the directory, or is about to be, and its operation tells more.
CREATE TABLE import_job (
    id TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('add', 'remove')),
    group_id TEXT NOT NULL,
    group_name TEXT NOT NULL,
    reason TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('reading', 'preview', 'running', 'paused', 'ended', 'cancelled')),
    halt TEXT,
    version BIGINT NOT NULL,
    made_by TEXT NOT NULL,
    made_by_name TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    holder TEXT NOT NULL,
    held_by TEXT NOT NULL,
    held_by_name TEXT NOT NULL,
    lease_until BIGINT NOT NULL,
    cancel_wished BOOLEAN NOT NULL,
    started_at BIGINT,
    ended_at BIGINT
);
CREATE INDEX import_job_by_group ON import_job (group_id, made_at);
-- One list for a group is carried out at a time.
CREATE UNIQUE INDEX import_job_one_running ON import_job (group_id) WHERE state IN ('running', 'paused');

CREATE TABLE import_row (
    job_id TEXT NOT NULL REFERENCES import_job (id),
    place BIGINT NOT NULL,
    line BIGINT NOT NULL,
    typed TEXT NOT NULL,
    address TEXT,
    person_id TEXT,
    person_name TEXT,
    verdict TEXT,
    operation_id TEXT,
    outcome TEXT,
    PRIMARY KEY (job_id, place)
);
CREATE INDEX import_row_open ON import_row (job_id, place) WHERE verdict = 'ready' AND outcome IS NULL;
CREATE INDEX import_row_by_operation ON import_row (operation_id);

-- Everything Roster keeps for itself: who takes part, who asked, what was decided, what is still owed to the directory,
-- and the record of it all. Text, bigint (unix milliseconds, counters) and boolean columns only, so that one text serves
-- SQLite and PostgreSQL.

-- Groups that take part, and on what terms.
CREATE TABLE designation (
    group_id TEXT NOT NULL PRIMARY KEY,
    terms TEXT NOT NULL,
    version BIGINT NOT NULL,
    designated_by TEXT NOT NULL,
    designated_by_name TEXT NOT NULL,
    designated_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    suspended_at BIGINT,
    suspended_why TEXT
);

-- Requests to join. `occupies` holds the one place a person has in a group's queue, until the request is over.
CREATE TABLE request (
    id TEXT NOT NULL PRIMARY KEY,
    group_id TEXT NOT NULL,
    group_name TEXT NOT NULL,
    requester_id TEXT NOT NULL,
    requester_name TEXT NOT NULL,
    asker TEXT NOT NULL,
    reason TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'approved', 'denied', 'ended')),
    end_reason TEXT,
    occupies BOOLEAN NOT NULL,
    version BIGINT NOT NULL,
    asked_at BIGINT NOT NULL,
    lapses_at BIGINT NOT NULL,
    ended_at BIGINT
);
CREATE UNIQUE INDEX request_one_place ON request (group_id, requester_id) WHERE occupies;
CREATE INDEX request_by_requester ON request (requester_id, asked_at);
CREATE INDEX request_by_group ON request (group_id, state, asked_at);
CREATE INDEX request_by_lapse ON request (state, lapses_at);

-- Answers: one a request, never by the person who asked.
CREATE TABLE decision (
    request_id TEXT NOT NULL PRIMARY KEY REFERENCES request (id),
    requester_id TEXT NOT NULL,
    decider_id TEXT NOT NULL,
    decider_name TEXT NOT NULL,
    verdict TEXT NOT NULL CHECK (verdict IN ('approved', 'denied')),
    message TEXT NOT NULL,
    evidence TEXT NOT NULL,
    decided_at BIGINT NOT NULL,
    CHECK (decider_id <> requester_id)
);

-- Writes owed to the directory.
CREATE TABLE operation (
    id TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('add', 'remove')),
    group_id TEXT NOT NULL,
    group_name TEXT NOT NULL,
    person_id TEXT NOT NULL,
    person_name TEXT NOT NULL,
    request_id TEXT REFERENCES request (id),
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
CREATE UNIQUE INDEX operation_by_request ON operation (request_id);
CREATE UNIQUE INDEX operation_one_leave ON operation (group_id, person_id) WHERE kind = 'remove' AND state IN ('in_flight', 'unknown');
CREATE INDEX operation_by_group ON operation (group_id, state);
CREATE INDEX operation_by_person ON operation (person_id, state);
CREATE INDEX operation_by_age ON operation (state, created_at);

-- The audit record: append-only (triggers stand guard), each row carrying the hash of the one before.
CREATE TABLE event (
    seq BIGINT NOT NULL PRIMARY KEY,
    previous TEXT NOT NULL,
    hash TEXT NOT NULL,
    id TEXT NOT NULL,
    at BIGINT NOT NULL,
    kind TEXT NOT NULL,
    actor_id TEXT,
    group_id TEXT,
    person_id TEXT,
    request_id TEXT,
    body TEXT NOT NULL
);
CREATE INDEX event_by_request ON event (request_id, seq);
CREATE INDEX event_by_group ON event (group_id, seq);

-- Numbers there is one of: the head of the chain of events, the change number of the catalogue, the directory copy's age.
CREATE TABLE head (
    name TEXT NOT NULL PRIMARY KEY,
    number BIGINT NOT NULL,
    text TEXT NOT NULL
);
INSERT INTO head (name, number, text) VALUES ('event', 0, ''), ('change', 0, ''), ('directory_copy', 0, '');

-- The directory copy: what Graph said of the tenant's groups, for display and search only.
CREATE TABLE directory_group (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    name_fold TEXT NOT NULL,
    description TEXT NOT NULL,
    facts TEXT NOT NULL,
    change BIGINT NOT NULL,
    gone BOOLEAN NOT NULL
);
CREATE INDEX directory_group_by_change ON directory_group (change);
CREATE INDEX directory_group_by_name ON directory_group (name_fold, id);

-- Owners of those groups, people only.
CREATE TABLE directory_owner (
    group_id TEXT NOT NULL,
    person_id TEXT NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (group_id, person_id)
);
CREATE INDEX directory_owner_by_person ON directory_owner (person_id);

-- Sessions. The key is a hash of the cookie, the record is sealed by what only the cookie holds.
CREATE TABLE session (
    key TEXT NOT NULL PRIMARY KEY,
    sealed TEXT NOT NULL,
    person_hash TEXT NOT NULL,
    sign_in_hash TEXT NOT NULL,
    touched_at BIGINT NOT NULL,
    idle_until BIGINT NOT NULL,
    absolute_until BIGINT NOT NULL
);
CREATE INDEX session_by_person ON session (person_hash);

-- Sign-ins on their way, one a `state`, so that two tabs do not spoil each other's.
CREATE TABLE login (
    key TEXT NOT NULL PRIMARY KEY,
    browser_hash TEXT NOT NULL,
    sealed TEXT NOT NULL,
    expires_at BIGINT NOT NULL
);

-- Forms that arrived when their sender's sign-in had ended, kept for the same person to confirm.
CREATE TABLE held_form (
    key TEXT NOT NULL PRIMARY KEY,
    browser_hash TEXT NOT NULL,
    person_hash TEXT NOT NULL,
    sealed TEXT NOT NULL,
    expires_at BIGINT NOT NULL
);

-- What owners do with whole groups: who decided it, and what became of it.
CREATE TABLE group_write (
    id TEXT NOT NULL PRIMARY KEY,
    deed TEXT NOT NULL CHECK (deed IN ('delete', 'restore', 'renew')),
    group_id TEXT NOT NULL,
    group_name TEXT NOT NULL,
    by_id TEXT NOT NULL,
    by_name TEXT NOT NULL,
    at BIGINT NOT NULL,
    course TEXT NOT NULL CHECK (course IN ('sent', 'unclear', 'done', 'refused')),
    ended_at BIGINT
);
CREATE INDEX group_write_by_group ON group_write (group_id, at);
CREATE INDEX group_write_open ON group_write (at) WHERE course IN ('sent', 'unclear');

-- Who owned a group until the directory no longer named them, for as long as a deleted group can be restored.
CREATE TABLE past_owner (
    group_id TEXT NOT NULL,
    person_id TEXT NOT NULL,
    name TEXT NOT NULL,
    ended_at BIGINT NOT NULL,
    PRIMARY KEY (group_id, person_id)
);
CREATE INDEX past_owner_by_person ON past_owner (person_id, ended_at);
CREATE INDEX past_owner_by_age ON past_owner (ended_at);

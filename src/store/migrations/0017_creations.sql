-- Groups that people create: what was asked for before it was sent, and what became of it.
CREATE TABLE group_creation (
    id TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('security', 'microsoft365')),
    name TEXT NOT NULL,
    purpose TEXT NOT NULL,
    nickname TEXT NOT NULL,
    owners TEXT NOT NULL,
    members TEXT NOT NULL,
    by_id TEXT NOT NULL,
    by_name TEXT NOT NULL,
    at BIGINT NOT NULL,
    course TEXT NOT NULL CHECK (course IN ('sent', 'unclear', 'done', 'refused')),
    group_id TEXT,
    problem TEXT,
    ended_at BIGINT
);
CREATE UNIQUE INDEX group_creation_by_nickname ON group_creation (nickname);
CREATE INDEX group_creation_by_group ON group_creation (group_id);

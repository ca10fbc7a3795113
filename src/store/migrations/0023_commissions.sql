-- Commissions: an administrator asks somebody to create a group, and is told once it is there.
CREATE TABLE commission (
    id TEXT NOT NULL PRIMARY KEY,
    to_id TEXT NOT NULL,
    to_name TEXT NOT NULL,
    resource TEXT NOT NULL,
    purpose TEXT NOT NULL,
    name TEXT NOT NULL,
    note TEXT NOT NULL,
    by_id TEXT NOT NULL,
    by_name TEXT NOT NULL,
    at BIGINT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'taken', 'ready', 'declined', 'withdrawn', 'done')),
    creation_id TEXT,
    group_id TEXT,
    group_name TEXT,
    answered_at BIGINT,
    why TEXT NOT NULL DEFAULT '',
    ended_by TEXT,
    ended_by_name TEXT,
    ended_at BIGINT
);
CREATE INDEX commission_by_person ON commission (to_id, state);
CREATE INDEX commission_by_state ON commission (state, id);
-- A creation is tied to one commission at most.
CREATE UNIQUE INDEX commission_by_creation ON commission (creation_id);

ALTER TABLE group_creation ADD COLUMN commission_id TEXT;

-- Held by whoever sets the rule for new groups, and by whoever lets a new group in by it.
INSERT INTO head (name, number, text) VALUES ('new_groups', 0, '');

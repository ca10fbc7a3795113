-- Reviews: the members of a group as they were when an owner began, and what the owners answered for each of them.
CREATE TABLE review (
    id TEXT NOT NULL PRIMARY KEY,
    group_id TEXT NOT NULL,
    started_by TEXT NOT NULL,
    started_by_name TEXT NOT NULL,
    started_at BIGINT NOT NULL,
    ended_by TEXT,
    ended_by_name TEXT,
    ended_at BIGINT
);
CREATE INDEX review_by_group ON review (group_id, started_at);
-- One review of a group is under way at a time.
CREATE UNIQUE INDEX review_one_open ON review (group_id) WHERE ended_at IS NULL;

CREATE TABLE review_row (
    review_id TEXT NOT NULL REFERENCES review (id),
    place BIGINT NOT NULL,
    person_id TEXT NOT NULL,
    person_name TEXT NOT NULL,
    username TEXT NOT NULL,
    answer TEXT NOT NULL DEFAULT '' CHECK (answer IN ('', 'keep', 'remove')),
    reason TEXT NOT NULL DEFAULT '',
    answered_by TEXT,
    answered_by_name TEXT,
    answered_at BIGINT,
    PRIMARY KEY (review_id, place)
);

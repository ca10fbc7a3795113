-- Following the directory by its changes: where they are, and the members of the groups that take part.

-- Links to the changes after a reading: 'groups' for all groups and their owners, the others for the members of the groups
-- they cover (a JSON array of ids).
CREATE TABLE directory_link (
    name TEXT NOT NULL PRIMARY KEY,
    link TEXT NOT NULL,
    covers TEXT NOT NULL,
    way TEXT NOT NULL,
    begun_at BIGINT NOT NULL,
    read_at BIGINT NOT NULL
);

-- Direct members of the groups that take part. What Roster did itself is expected from then on, until the directory shows
-- it: somebody added is present and expected, somebody removed is not present and expected.
CREATE TABLE directory_member (
    group_id TEXT NOT NULL,
    member_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    present BOOLEAN NOT NULL,
    expected_at BIGINT,
    PRIMARY KEY (group_id, member_id)
);
CREATE INDEX directory_member_expected ON directory_member (expected_at);

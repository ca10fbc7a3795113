-- The responsibilities of owners: the versions of the text, and who accepted which.
CREATE TABLE responsibilities (
    version BIGINT NOT NULL PRIMARY KEY,
    text TEXT NOT NULL,
    counts_from BIGINT,
    written_by TEXT NOT NULL,
    written_by_name TEXT NOT NULL,
    written_at BIGINT NOT NULL
);

CREATE TABLE responsibilities_accepted (
    person_id TEXT NOT NULL,
    version BIGINT NOT NULL REFERENCES responsibilities (version),
    at BIGINT NOT NULL,
    PRIMARY KEY (person_id, version)
);

-- Finds who became an owner of late, for their first page.
CREATE INDEX operation_owner_of_late ON operation (person_id, finished_at) WHERE kind = 'add_owner' AND state = 'applied';

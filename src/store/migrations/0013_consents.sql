-- Approvals of requests that more than one owner has to approve: those before the one that decides.
CREATE TABLE consent (
    request_id TEXT NOT NULL REFERENCES request (id),
    requester_id TEXT NOT NULL,
    owner_id TEXT NOT NULL,
    owner_name TEXT NOT NULL,
    message TEXT NOT NULL,
    evidence TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (request_id, owner_id),
    CHECK (owner_id <> requester_id)
);

-- Changes made outside Roster of which it is not known yet who made them: the event that told of each (as JSON), when the
-- group had been read before it, and when the directory's own record is asked the next time.
CREATE TABLE unexplained (
    event_id TEXT NOT NULL PRIMARY KEY,
    group_id TEXT NOT NULL,
    event TEXT NOT NULL,
    read_before BIGINT NOT NULL,
    ask_at BIGINT NOT NULL
);
CREATE INDEX unexplained_by_time ON unexplained (ask_at);
CREATE INDEX unexplained_by_group ON unexplained (group_id, event_id);

-- Until when a process holds the right to ask the record, and what became of the last time.
INSERT INTO head (name, number, text) VALUES ('audit_log', 0, '');

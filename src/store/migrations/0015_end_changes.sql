-- Why the end of a membership was changed, in the words of who changed it: the record of events keeps a mark of them.
CREATE TABLE membership_end_change (
    id TEXT NOT NULL PRIMARY KEY,
    why TEXT NOT NULL
);

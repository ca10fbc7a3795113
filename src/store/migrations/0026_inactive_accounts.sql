-- Accounts with which nobody has signed in for long, as the directory told the last time.
CREATE TABLE inactive_account (
    person_id TEXT NOT NULL PRIMARY KEY
);

-- Until when a process holds the right to read them, and what became of the last time.
INSERT INTO head (name, number, text) VALUES ('sign_ins', 0, '');
-- When they were read, and after how many days accounts counted as inactive then.
INSERT INTO head (name, number, text) VALUES ('inactive_accounts', 0, '');

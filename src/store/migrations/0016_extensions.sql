-- Requests to belong for longer, beside those to join.
ALTER TABLE request ADD COLUMN kind TEXT NOT NULL DEFAULT 'join';

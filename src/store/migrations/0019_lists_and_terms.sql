-- Whether the terms let guests in when a list was looked up: it goes on only while they do.
ALTER TABLE import_job ADD COLUMN guests BOOLEAN NOT NULL DEFAULT FALSE;

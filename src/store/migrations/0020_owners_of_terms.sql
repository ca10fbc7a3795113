-- Which owner last changed what the terms leave open, so that the others are told.
ALTER TABLE designation ADD COLUMN opened_at BIGINT;
ALTER TABLE designation ADD COLUMN opened_by TEXT;
ALTER TABLE designation ADD COLUMN opened_by_name TEXT;

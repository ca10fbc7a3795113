-- Who last set the terms of a group, so that owners are told whom to ask about what is locked.
ALTER TABLE designation ADD COLUMN terms_by TEXT;
ALTER TABLE designation ADD COLUMN terms_by_name TEXT;

-- When the terms of a group were last set, so that its owners are told of a change.
ALTER TABLE designation ADD COLUMN terms_at BIGINT;

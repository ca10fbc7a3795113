-- Since when the terms of a group say as they do how often its members are reviewed; before that nothing is due.
ALTER TABLE designation ADD COLUMN review_since BIGINT;

-- The catalogue's change number of each designation's last change, so that a process loads just what it has not seen.
ALTER TABLE designation ADD COLUMN change BIGINT NOT NULL DEFAULT 0;
UPDATE designation SET change = (SELECT number FROM head WHERE name = 'change');
CREATE INDEX designation_by_change ON designation (change);

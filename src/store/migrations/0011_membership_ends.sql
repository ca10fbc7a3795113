-- Memberships that end. A request says for how long somebody wishes to belong, and a write until when: an add how long the
-- membership lasts, a removal which end has come. The end itself is kept once the directory has the membership. A row stays
-- when there is an end no more, so that its version only grows.
ALTER TABLE request ADD COLUMN days BIGINT;
ALTER TABLE operation ADD COLUMN until BIGINT;

CREATE TABLE membership_end (
    group_id TEXT NOT NULL,
    group_name TEXT NOT NULL,
    person_id TEXT NOT NULL,
    person_name TEXT NOT NULL,
    ends_at BIGINT,
    set_by TEXT NOT NULL,
    set_by_name TEXT NOT NULL,
    why TEXT NOT NULL,
    set_at BIGINT NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (group_id, person_id)
);
CREATE INDEX membership_end_by_end ON membership_end (ends_at) WHERE ends_at IS NOT NULL;
CREATE INDEX membership_end_by_person ON membership_end (person_id) WHERE ends_at IS NOT NULL;

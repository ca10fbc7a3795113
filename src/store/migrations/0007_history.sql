-- The history of a group is narrowed by kind, time and people within its index; and it looks up, each among many: who made a
-- change outside Roster, on what terms the group took part before they changed, and whether a view of other people's
-- reasons is noted already.
DROP INDEX event_by_group;
CREATE INDEX event_by_group ON event (group_id, seq, kind, at, person_id, actor_id);
CREATE INDEX event_of_authors ON event (group_id, person_id, seq) WHERE kind = 'outside.author_known';
CREATE INDEX event_of_terms ON event (group_id, seq) WHERE kind IN ('designation.created', 'designation.changed');
CREATE INDEX event_of_views ON event (group_id, actor_id, at) WHERE kind = 'reasons.viewed';

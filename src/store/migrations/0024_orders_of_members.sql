-- The orders in which the members of a group are shown page by page: whose membership ends soonest, and who came last.
CREATE INDEX membership_end_of_group ON membership_end (group_id, ends_at, person_id) WHERE ends_at IS NOT NULL;
CREATE INDEX operation_came ON operation (group_id, finished_at, person_id) WHERE kind = 'add' AND state = 'applied';

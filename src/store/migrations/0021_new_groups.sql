-- Whose new groups take part at once, and on what terms: each version of the rule, the latest of which holds.
CREATE TABLE new_group_rule (
    version BIGINT NOT NULL PRIMARY KEY,
    whose TEXT NOT NULL CHECK (whose IN ('nobody', 'everybody', 'named')),
    named TEXT NOT NULL,
    terms TEXT NOT NULL,
    set_by TEXT NOT NULL,
    set_by_name TEXT NOT NULL,
    set_at BIGINT NOT NULL
);

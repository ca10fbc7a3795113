-- Accounts that cannot sign in, by id and nothing else: enough to see a group whose owners cannot answer. Which they are is
-- known while 'directory_link' has a link named 'accounts'; without one, nothing is claimed of anybody.
CREATE TABLE directory_account (
    id TEXT NOT NULL PRIMARY KEY,
    why TEXT NOT NULL CHECK (why IN ('disabled', 'deleted')),
    since BIGINT NOT NULL
);

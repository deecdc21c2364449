-- Who was shown a blind finding 暗访, in which way, the first time and the last. What everybody may see leaves
-- no row.
CREATE TABLE viewing (
    issue_id INTEGER NOT NULL,
    account_id INTEGER NOT NULL,
    way TEXT NOT NULL,
    first_at INTEGER NOT NULL,
    last_at INTEGER NOT NULL,
    PRIMARY KEY (issue_id, account_id, way)
) STRICT, WITHOUT ROWID;

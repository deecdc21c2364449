-- Who was shown a blind finding 暗访, in which way, the first time and the last. What everybody may see leaves
-- no row.
CREATE TABLE viewing (
    issue_id BIGINT NOT NULL,
    account_id BIGINT NOT NULL,
    way TEXT NOT NULL,
    first_at TIMESTAMPTZ NOT NULL,
    last_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (issue_id, account_id, way)
);

-- What a lead asked the office for and that is not decided on, whatever it is: not a later limit alone.
ALTER TABLE issue RENAME COLUMN extension_asked TO asked;

-- Since when the clock of an issue that is deferred or shelved stands still, and with it those of its parts; null
-- while it runs.
ALTER TABLE issue_span ADD COLUMN suspended_at TIMESTAMPTZ;
ALTER TABLE part_span ADD COLUMN suspended_at TIMESTAMPTZ;

-- Issues that are deferred or shelved now: `kind` is the stage. `next_at` is when a deferral is over, or until
-- when what is shelved has to be reviewed; `cost_yuan` is what solving it needs.
CREATE TABLE suspension (
    issue_id BIGINT PRIMARY KEY NOT NULL,
    kind TEXT NOT NULL,
    next_at TIMESTAMPTZ NOT NULL,
    cost_yuan BIGINT
);
CREATE INDEX suspension_next ON suspension (kind, next_at, issue_id);

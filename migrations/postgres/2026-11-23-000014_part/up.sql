-- How the part of a bureau that helps with an issue counted, from one feed number up to (not including)
-- another; nothing while it is not counted. `owed` is whether it had to be done and was not; `closed_order`
-- is the closing of the issue, or the year 9999.
CREATE TABLE part_span (
    bureau TEXT NOT NULL,
    issue_id BIGINT NOT NULL,
    from_seq BIGINT NOT NULL,
    to_seq BIGINT NOT NULL,
    owed BOOLEAN NOT NULL,
    area TEXT,
    first_due_at TIMESTAMPTZ,
    due_at TIMESTAMPTZ,
    handled_at TIMESTAMPTZ,
    closed_order TIMESTAMPTZ NOT NULL,
    rework INTEGER NOT NULL,
    extended BOOLEAN NOT NULL,
    PRIMARY KEY (bureau, issue_id, from_seq)
);
CREATE INDEX part_span_closed ON part_span (closed_order, due_at);
CREATE INDEX part_span_owed ON part_span (bureau, owed, to_seq);
CREATE INDEX part_span_issue ON part_span (issue_id);

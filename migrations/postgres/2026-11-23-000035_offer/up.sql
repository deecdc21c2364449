-- Whom an issue that has no bureau is offered to, while it is: a row for each candidate. `ends_at` is when its time is
-- over; `declined` says that the bureau does not claim it, though it may still.
CREATE TABLE issue_offer (
    bureau TEXT NOT NULL,
    issue_id BIGINT NOT NULL,
    ends_at TIMESTAMPTZ NOT NULL,
    declined BOOLEAN NOT NULL,
    PRIMARY KEY (bureau, issue_id)
);
CREATE INDEX issue_offer_issue ON issue_offer (issue_id);
CREATE INDEX issue_offer_ends ON issue_offer (ends_at, issue_id);

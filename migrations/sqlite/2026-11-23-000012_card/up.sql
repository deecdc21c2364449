-- Supervision cards 督办卡 and letters 协调函: what the events of each say now. `draft_key` names what it was
-- drafted for: the rule, the issue or bureau and the period, or the client's own id. It is unique, so that
-- nothing is drafted twice, by however many processes. `owed_at` is when a rule's condition came true.
-- `reply_order` is until when a delivered card is to be replied to, or the year 9999.
CREATE TABLE card (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    version INTEGER NOT NULL,
    draft_key TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    colour TEXT,
    bureau TEXT NOT NULL,
    stage TEXT NOT NULL,
    year INTEGER,
    number INTEGER,
    drafted_at INTEGER NOT NULL,
    owed_at INTEGER,
    delivered_at INTEGER,
    reply_order INTEGER NOT NULL,
    state TEXT NOT NULL,
    hash BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX card_numbered ON card (kind, year, number);
CREATE INDEX card_stage ON card (stage, id);
CREATE INDEX card_bureau ON card (bureau, delivered_at, id);
CREATE INDEX card_delivered ON card (delivered_at, bureau);

-- The issues on a card.
CREATE TABLE card_issue (
    issue_id INTEGER NOT NULL,
    card_id INTEGER NOT NULL,
    PRIMARY KEY (issue_id, card_id)
) STRICT, WITHOUT ROWID;

-- What happened to cards; append-only. `n` counts within a card; `hash` chains each event to the one before
-- it, as with issues.
CREATE TABLE card_event (
    card_id INTEGER NOT NULL,
    n INTEGER NOT NULL,
    kind TEXT NOT NULL,
    at INTEGER NOT NULL,
    actor INTEGER NOT NULL,
    bureau TEXT,
    command BLOB,
    payload TEXT NOT NULL,
    hash BLOB NOT NULL,
    PRIMARY KEY (card_id, n)
) STRICT, WITHOUT ROWID;

-- The last number given to a signed card, by kind and year.
CREATE TABLE card_number (
    kind TEXT NOT NULL,
    year INTEGER NOT NULL,
    last INTEGER NOT NULL,
    PRIMARY KEY (kind, year)
) STRICT, WITHOUT ROWID;

-- Every set of rules that drafted cards, as it was set; the highest version is in force.
CREATE TABLE card_rules (
    version INTEGER PRIMARY KEY NOT NULL,
    set_at INTEGER NOT NULL,
    set_by INTEGER NOT NULL,
    body TEXT NOT NULL
) STRICT;

-- What the sweep for overdue work looks at: issues that nobody accepted yet, and open ones that failed
-- verification.
CREATE INDEX issue_unacknowledged ON issue (id) WHERE stage = 'dispatched';
CREATE INDEX issue_span_reworked ON issue_span (closed_order, to_seq, issue_id) WHERE rework > 0;

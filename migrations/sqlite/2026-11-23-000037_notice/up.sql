-- Notices 通知. One row: the last notice's number, the last feed number that notices were made of, and up to when
-- limits were looked at. Whoever makes notices keeps the row until the end of the transaction, so that numbers are
-- given out in the order in which they are committed. What happened before these tables were there is no news.
CREATE TABLE notice_head (
    id INTEGER PRIMARY KEY NOT NULL CHECK (id = 1),
    seq INTEGER NOT NULL,
    told INTEGER NOT NULL,
    limits_at INTEGER
) STRICT;
INSERT INTO notice_head (id, seq, told) SELECT 1, 0, seq FROM feed_head;

-- Who is told what of which issue or card. `audience` is 'office', or 'bureau:' and a code.
CREATE TABLE notice (
    seq INTEGER PRIMARY KEY NOT NULL,
    audience TEXT NOT NULL,
    topic TEXT NOT NULL,
    at INTEGER NOT NULL,
    issue_id INTEGER,
    card_id INTEGER
) STRICT;
CREATE INDEX notice_audience ON notice (audience, seq);

-- Up to which notice an account has read.
CREATE TABLE notice_mark (
    account_id INTEGER PRIMARY KEY NOT NULL,
    seq INTEGER NOT NULL
) STRICT;

-- Where notices of an audience go beside the pages. `sealed` is where it leads and the secret that signs, readable
-- with the key in the data folder alone; `shown` is what may be shown of that. `cursor` is the last notice that a
-- message was made of, `tried_at` when something was last sent.
CREATE TABLE channel (
    code TEXT PRIMARY KEY NOT NULL,
    name TEXT NOT NULL,
    audience TEXT NOT NULL,
    kind TEXT NOT NULL,
    shown TEXT NOT NULL,
    sealed BLOB NOT NULL,
    topics TEXT NOT NULL,
    gather_minutes INTEGER NOT NULL,
    language TEXT NOT NULL,
    enabled INTEGER NOT NULL,
    cursor INTEGER NOT NULL,
    tried_at INTEGER
) STRICT;

-- What is to be sent, was sent or could not be: the notices of a channel's audience after `after_seq` up to `upto_seq`.
-- `body` is made once, so that another try sends the same bytes under the same id.
CREATE TABLE message (
    id BLOB PRIMARY KEY NOT NULL,
    channel TEXT NOT NULL,
    after_seq INTEGER NOT NULL,
    upto_seq INTEGER NOT NULL,
    notices INTEGER NOT NULL,
    body TEXT NOT NULL,
    state TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    made_at INTEGER NOT NULL,
    next_at INTEGER NOT NULL,
    sent_at INTEGER,
    failure TEXT
) STRICT;
CREATE INDEX message_due ON message (state, next_at);
CREATE INDEX message_channel ON message (channel, made_at, id);

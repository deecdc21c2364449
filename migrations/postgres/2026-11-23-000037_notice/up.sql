-- Notices 通知. One row: the last notice's number, the last feed number that notices were made of, and up to when
-- limits were looked at. Whoever makes notices keeps the row until the end of the transaction, so that numbers are
-- given out in the order in which they are committed. What happened before these tables were there is no news.
CREATE TABLE notice_head (
    id INTEGER PRIMARY KEY NOT NULL CHECK (id = 1),
    seq BIGINT NOT NULL,
    told BIGINT NOT NULL,
    limits_at TIMESTAMPTZ
);
INSERT INTO notice_head (id, seq, told) SELECT 1, 0, seq FROM feed_head;

-- Who is told what of which issue or card. `audience` is 'office', or 'bureau:' and a code.
CREATE TABLE notice (
    seq BIGINT PRIMARY KEY NOT NULL,
    audience TEXT NOT NULL,
    topic TEXT NOT NULL,
    at TIMESTAMPTZ NOT NULL,
    issue_id BIGINT,
    card_id BIGINT
);
CREATE INDEX notice_audience ON notice (audience, seq);

-- Up to which notice an account has read.
CREATE TABLE notice_mark (
    account_id BIGINT PRIMARY KEY NOT NULL,
    seq BIGINT NOT NULL
);

-- Where notices of an audience go beside the pages. `sealed` is where it leads and the secret that signs, readable
-- with the key in the data folder alone; `shown` is what may be shown of that. `cursor` is the last notice that a
-- message was made of, `tried_at` when something was last sent.
CREATE TABLE channel (
    code TEXT PRIMARY KEY NOT NULL,
    name TEXT NOT NULL,
    audience TEXT NOT NULL,
    kind TEXT NOT NULL,
    shown TEXT NOT NULL,
    sealed BYTEA NOT NULL,
    topics TEXT NOT NULL,
    gather_minutes INTEGER NOT NULL,
    language TEXT NOT NULL,
    enabled BOOLEAN NOT NULL,
    cursor BIGINT NOT NULL,
    tried_at TIMESTAMPTZ
);

-- What is to be sent, was sent or could not be: the notices of a channel's audience after `after_seq` up to `upto_seq`.
-- `body` is made once, so that another try sends the same bytes under the same id.
CREATE TABLE message (
    id UUID PRIMARY KEY NOT NULL,
    channel TEXT NOT NULL,
    after_seq BIGINT NOT NULL,
    upto_seq BIGINT NOT NULL,
    notices BIGINT NOT NULL,
    body TEXT NOT NULL,
    state TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    made_at TIMESTAMPTZ NOT NULL,
    next_at TIMESTAMPTZ NOT NULL,
    sent_at TIMESTAMPTZ,
    failure TEXT
);
CREATE INDEX message_due ON message (state, next_at);
CREATE INDEX message_channel ON message (channel, made_at, id);

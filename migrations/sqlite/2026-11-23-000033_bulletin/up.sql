-- Bulletins 通报, daily digests 简报 and weekly dispatches 每周调度, as they were issued. `body` is canonical JSON (RFC 8785)
-- of what each rests on, its position of the log among that, and of its figures; it is text, so that not one byte of it
-- changes, and `sha256` is over it. Rows are never changed. `client_id` is made by the client, each account's own.
CREATE TABLE bulletin (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    client_id BLOB NOT NULL,
    made_by INTEGER NOT NULL,
    kind TEXT NOT NULL,
    year INTEGER NOT NULL,
    number INTEGER NOT NULL,
    title TEXT NOT NULL,
    from_at INTEGER NOT NULL,
    to_at INTEGER NOT NULL,
    for_all INTEGER NOT NULL,
    position INTEGER NOT NULL,
    issued_at INTEGER NOT NULL,
    body TEXT NOT NULL,
    sha256 BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX bulletin_numbered ON bulletin (kind, year, number);
CREATE UNIQUE INDEX bulletin_sent ON bulletin (made_by, client_id);
-- The points around given issues: what a bulletin lists, and figures by point.
CREATE INDEX issue_point_issue ON issue_point (issue_id);

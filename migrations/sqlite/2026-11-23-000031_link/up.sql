-- Links 链接 to one issue for people without an account. `bureau` is whose drafts are sent by it, `for_whom` and
-- `task` are the words of whoever made it. A link follows from its row and the key in the data folder: the row
-- alone opens nothing.
CREATE TABLE guest_link (
    id BLOB PRIMARY KEY NOT NULL,
    issue_id INTEGER NOT NULL,
    made_by INTEGER NOT NULL,
    bureau TEXT NOT NULL,
    for_whom TEXT NOT NULL,
    task TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    revoked_at INTEGER,
    revoked_by INTEGER,
    uses INTEGER NOT NULL,
    used_at INTEGER
) STRICT;
CREATE INDEX guest_link_issue ON guest_link (issue_id);

-- Drafts 草稿 that came by links: what somebody says; their photos stand in `photo` with the part 'draft'.
-- `content` is the SHA-256 of what was sent. `adopted_at` is when the bureau took photos of it over.
CREATE TABLE guest_draft (
    id BLOB PRIMARY KEY NOT NULL,
    link_id BLOB NOT NULL,
    issue_id INTEGER NOT NULL,
    note TEXT NOT NULL,
    content BLOB NOT NULL,
    sent_at INTEGER NOT NULL,
    adopted_at INTEGER,
    discarded_at INTEGER,
    discarded_by INTEGER
) STRICT;
CREATE INDEX guest_draft_issue ON guest_draft (issue_id);
CREATE INDEX guest_draft_link ON guest_draft (link_id);

-- One row: which installation this is. A restored backup gets a new epoch, so that cursors handed
-- out before it are known to be stale. `importing_until` is set while reference data is taken in.
CREATE TABLE installation (
    id INTEGER PRIMARY KEY NOT NULL CHECK (id = 1),
    epoch TEXT NOT NULL,
    reference_version INTEGER NOT NULL,
    importing_until INTEGER,
    created_at INTEGER NOT NULL
) STRICT;

-- One row: the last feed number handed out. It is taken as a transaction's last statement, so that
-- numbers become visible in their order. Up to `floor` feed rows may have been removed.
CREATE TABLE feed_head (
    id INTEGER PRIMARY KEY NOT NULL CHECK (id = 1),
    seq INTEGER NOT NULL,
    floor INTEGER NOT NULL DEFAULT 0
) STRICT;
INSERT INTO feed_head (id, seq) VALUES (1, 0);

-- Areas, points, places, bureaus, categories, rules and calendar years as imported. They are read
-- whole into memory; `digest` tells an import what is the same as before.
CREATE TABLE reference_item (
    kind TEXT NOT NULL,
    code TEXT NOT NULL,
    body TEXT NOT NULL,
    digest TEXT NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (kind, code)
) STRICT;

-- Every set of routing rules that was ever in force, as it was written: reasons kept with issues name
-- its version.
CREATE TABLE rules_version (
    version TEXT PRIMARY KEY NOT NULL,
    text TEXT NOT NULL,
    imported_at INTEGER NOT NULL,
    reference_version INTEGER NOT NULL
) STRICT;

-- One row, once something was set: the day of the evaluation 测评日, by whom it was set last and when.
CREATE TABLE campaign (
    id INTEGER PRIMARY KEY NOT NULL CHECK (id = 1),
    evaluation_on TEXT,
    changed_at INTEGER NOT NULL,
    changed_by INTEGER NOT NULL
) STRICT;

-- What was imported, when and by whom (no account: the command line). `plan` keeps the fates worth
-- telling and what it was to change in open issues; the job that changes them counts in `looked_at`
-- and `changed`. An import that changed nothing has no version.
CREATE TABLE reference_import (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    at INTEGER NOT NULL,
    account_id INTEGER,
    kind TEXT NOT NULL,
    reference_version INTEGER,
    sources TEXT NOT NULL,
    plan TEXT NOT NULL,
    looked_at INTEGER NOT NULL,
    changed INTEGER NOT NULL
) STRICT;

CREATE TABLE account (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    login TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    bureau TEXT,
    duty_areas TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    active INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    version INTEGER NOT NULL,
    password_changed_at INTEGER,
    must_change_password INTEGER NOT NULL DEFAULT 0,
    ends_at INTEGER,
    totp_secret BLOB,
    totp_confirmed_at INTEGER,
    totp_last_step INTEGER,
    recovery_codes TEXT,
    is_machine INTEGER NOT NULL DEFAULT 0,
    scopes TEXT
) STRICT;

-- Failed attempts to sign in, by SHA-256 of what was given as the login: logins that exist and logins
-- that do not are locked alike.
CREATE TABLE sign_in_failure (
    login_hash BLOB PRIMARY KEY NOT NULL,
    failures INTEGER NOT NULL,
    last_at INTEGER NOT NULL,
    locked_until INTEGER
) STRICT, WITHOUT ROWID;

-- Secrets of machine accounts, as SHA-256: they are random and long. Two may be good at once, so that
-- one can be replaced without a pause.
CREATE TABLE machine_secret (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    account_id INTEGER NOT NULL,
    digest BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER,
    revoked_at INTEGER,
    last_used_at INTEGER
) STRICT;
CREATE INDEX machine_secret_account ON machine_secret (account_id);

-- Codes that bring an account to a new phone, as SHA-256; each is good once, for minutes.
CREATE TABLE handover (
    code_hash BLOB PRIMARY KEY NOT NULL,
    account_id INTEGER NOT NULL,
    session_id BLOB NOT NULL,
    keep_session INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    used_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX handover_account ON handover (account_id);

-- A signed-in device. Refresh tokens are kept as SHA-256 only; the previous one stays good for a
-- moment, because a phone may lose the answer that carried the new one. `unsent` is how many reports and
-- the like the device said it holds, at `unsent_at`.
CREATE TABLE session (
    id BLOB PRIMARY KEY NOT NULL,
    account_id INTEGER NOT NULL,
    device TEXT,
    refresh_hash BLOB NOT NULL,
    previous_hash BLOB,
    rotated_at INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    revoked_at INTEGER,
    last_seen_at INTEGER,
    secret_id INTEGER,
    unsent INTEGER,
    oldest_unsent_at INTEGER,
    unsent_at INTEGER
) STRICT;
CREATE INDEX session_account ON session (account_id);

-- What the events of each issue say now. `match_key` is set while a report may still join it, so
-- the index on it holds open issues only. `due_order` is when something is owed next, or the year 9999.
-- `reference_version` is that of the reference data it was last placed with.
CREATE TABLE issue (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    version INTEGER NOT NULL,
    stage TEXT NOT NULL,
    is_open INTEGER NOT NULL,
    unrouted INTEGER NOT NULL,
    blind INTEGER NOT NULL,
    self_handled INTEGER NOT NULL,
    checked INTEGER NOT NULL,
    extension_asked INTEGER NOT NULL,
    category TEXT,
    lead TEXT,
    area TEXT,
    lat REAL,
    lon REAL,
    due_order INTEGER NOT NULL,
    reported_at INTEGER NOT NULL,
    match_key INTEGER,
    source TEXT NOT NULL,
    note TEXT NOT NULL,
    photos_expected INTEGER NOT NULL,
    photos_stored INTEGER NOT NULL,
    state TEXT NOT NULL,
    detail TEXT NOT NULL,
    hash BLOB NOT NULL,
    reference_version INTEGER NOT NULL
) STRICT;
CREATE INDEX issue_match ON issue (match_key);
CREATE INDEX issue_due ON issue (is_open, due_order, id);
CREATE INDEX issue_order ON issue (due_order, id);
CREATE INDEX issue_lead ON issue (lead, is_open, due_order, id);
CREATE INDEX issue_area ON issue (area, is_open, due_order, id);
CREATE INDEX issue_lat ON issue (lat);
CREATE INDEX issue_reported ON issue (reported_at);
CREATE INDEX issue_self_handled ON issue (self_handled, checked, id);
CREATE INDEX issue_reference ON issue (is_open, reference_version, id);

-- Cooperating bureaus.
CREATE TABLE issue_bureau (
    bureau TEXT NOT NULL,
    issue_id INTEGER NOT NULL,
    PRIMARY KEY (bureau, issue_id)
) STRICT, WITHOUT ROWID;

-- The points in whose surroundings an issue lies, each from one feed number up to (not including)
-- another.
CREATE TABLE issue_point (
    point TEXT NOT NULL,
    issue_id INTEGER NOT NULL,
    band TEXT NOT NULL,
    distance_m REAL NOT NULL,
    from_seq INTEGER NOT NULL,
    to_seq INTEGER NOT NULL,
    PRIMARY KEY (point, issue_id, from_seq)
) STRICT, WITHOUT ROWID;

-- How an issue counted, from one feed number up to (not including) another: figures as of any
-- position are read from here. `closed_order` is the closing, or the year 9999.
CREATE TABLE issue_span (
    issue_id INTEGER NOT NULL,
    from_seq INTEGER NOT NULL,
    to_seq INTEGER NOT NULL,
    void INTEGER NOT NULL,
    blind INTEGER NOT NULL,
    lead TEXT,
    area TEXT,
    category TEXT,
    first_due_at INTEGER,
    due_at INTEGER,
    handled_at INTEGER,
    closed_order INTEGER NOT NULL,
    rework INTEGER NOT NULL,
    extended INTEGER NOT NULL,
    self_handled INTEGER NOT NULL,
    PRIMARY KEY (issue_id, from_seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX issue_span_closed ON issue_span (closed_order, due_at);

-- What was submitted once; immutable. The id was made on the phone.
CREATE TABLE report (
    id BLOB PRIMARY KEY NOT NULL,
    issue_id INTEGER NOT NULL,
    reporter INTEGER NOT NULL,
    received_at INTEGER NOT NULL,
    content_hash BLOB NOT NULL,
    body TEXT NOT NULL,
    receipt TEXT NOT NULL
) STRICT;
CREATE INDEX report_issue ON report (issue_id);
CREATE INDEX report_reporter ON report (reporter, issue_id);
CREATE INDEX report_received ON report (reporter, received_at, id);

-- One line of a manifest: a photo that was announced, and when its bytes were all here. `subject`
-- is the report or the command that announced it. `flags` is what its EXIF disagrees with, once it was
-- looked at.
CREATE TABLE photo (
    issue_id INTEGER NOT NULL,
    subject BLOB NOT NULL,
    photo_id BLOB NOT NULL,
    part TEXT NOT NULL,
    owner INTEGER NOT NULL,
    sha256 BLOB NOT NULL,
    bytes INTEGER NOT NULL,
    media_type TEXT NOT NULL,
    captured_at INTEGER NOT NULL,
    distance_m REAL,
    stored_at INTEGER,
    stated_lat REAL,
    stated_lon REAL,
    stated_accuracy_m REAL,
    flags TEXT,
    PRIMARY KEY (issue_id, subject, photo_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX photo_sha256 ON photo (sha256);
-- A report leads to its issue by itself; only a command's photos are looked for without it.
CREATE INDEX photo_of_command ON photo (subject) WHERE part <> 'before';

-- Bytes that are here, once per digest, and the work on them: `state` is waiting, ready, unreadable or
-- kept (a type that is stored only). Work is due at `next_at`; whoever takes it moves that on first, so
-- that it comes back if they are killed.
CREATE TABLE photo_file (
    sha256 BLOB PRIMARY KEY NOT NULL,
    bytes INTEGER NOT NULL,
    media_type TEXT NOT NULL,
    state TEXT NOT NULL,
    problem TEXT,
    width INTEGER,
    height INTEGER,
    fingerprint INTEGER,
    exif TEXT,
    attempts INTEGER NOT NULL,
    next_at INTEGER NOT NULL,
    stored_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX photo_file_work ON photo_file (state, next_at);

-- A photo on its way: one attempt at sending the bytes of a manifest line. `kept` bytes are durable in the
-- attempt's file; `state` is open, stored, refused (with its `problem`), ended or expired. `generation`
-- rises with whatever is written here, so that of two processes only one goes on. A line that was never
-- sent in parts has no row.
CREATE TABLE upload (
    owner INTEGER NOT NULL,
    subject BLOB NOT NULL,
    photo_id BLOB NOT NULL,
    attempt INTEGER NOT NULL,
    sha256 BLOB NOT NULL,
    bytes INTEGER NOT NULL,
    metadata TEXT,
    kept INTEGER NOT NULL,
    generation INTEGER NOT NULL,
    state TEXT NOT NULL,
    problem TEXT,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    PRIMARY KEY (owner, subject, photo_id, attempt)
) STRICT, WITHOUT ROWID;
CREATE INDEX upload_end ON upload (expires_at);

-- The append-only log. `n` counts within an issue; `hash` chains each event to the one before it.
CREATE TABLE event (
    seq INTEGER PRIMARY KEY NOT NULL,
    issue_id INTEGER NOT NULL,
    n INTEGER NOT NULL,
    kind TEXT NOT NULL,
    at INTEGER NOT NULL,
    actor INTEGER NOT NULL,
    bureau TEXT,
    command BLOB,
    payload TEXT NOT NULL,
    hash BLOB NOT NULL,
    UNIQUE (issue_id, n)
) STRICT;

-- Which reader's pull shows which change.
CREATE TABLE feed (
    audience TEXT NOT NULL,
    seq INTEGER NOT NULL,
    issue_id INTEGER NOT NULL,
    PRIMARY KEY (audience, seq)
) STRICT, WITHOUT ROWID;

-- Commands done, so that the same one sent again returns the first result.
CREATE TABLE command (
    account_id INTEGER NOT NULL,
    id BLOB NOT NULL,
    issue_id INTEGER NOT NULL,
    at INTEGER NOT NULL,
    content_hash BLOB NOT NULL,
    result TEXT NOT NULL,
    PRIMARY KEY (account_id, id)
) STRICT, WITHOUT ROWID;

-- Complaints and suggestions 投诉建议, and what the office answered. The id was made on the device.
CREATE TABLE suggestion (
    id BLOB PRIMARY KEY NOT NULL,
    account_id INTEGER NOT NULL,
    received_at INTEGER NOT NULL,
    text TEXT NOT NULL,
    answer_command BLOB,
    answered_by INTEGER,
    answered_at INTEGER,
    answer TEXT
) STRICT;
CREATE INDEX suggestion_received ON suggestion (received_at, id);
CREATE INDEX suggestion_account ON suggestion (account_id);

-- Counts 计数观测: of `seen`, `right_count` were right. An observation, never an issue. The id was made on the
-- device; `began_at` and `ended_at` are by our clock.
CREATE TABLE observed_count (
    id BLOB PRIMARY KEY NOT NULL,
    account_id INTEGER NOT NULL,
    received_at INTEGER NOT NULL,
    content_hash BLOB NOT NULL,
    category TEXT NOT NULL,
    condition TEXT,
    place TEXT,
    area TEXT,
    lat REAL,
    lon REAL,
    seen INTEGER NOT NULL,
    right_count INTEGER NOT NULL,
    began_at INTEGER NOT NULL,
    ended_at INTEGER NOT NULL,
    body TEXT NOT NULL
) STRICT;
CREATE INDEX observed_count_ended ON observed_count (ended_at, id);
CREATE INDEX observed_count_category ON observed_count (category, ended_at);

-- Looks that are owed 核查任务: every issue that is rectified, and what was self-handled and drawn. `way` is
-- on_site or desk; area and place are the issue's. `taken_by` has it until `taken_until`; `handed_by` is who of the
-- office gave it to them.
CREATE TABLE verification_task (
    issue_id BIGINT PRIMARY KEY NOT NULL,
    way TEXT NOT NULL,
    owed_at TIMESTAMPTZ NOT NULL,
    area TEXT,
    lat DOUBLE PRECISION,
    lon DOUBLE PRECISION,
    taken_by BIGINT,
    taken_until TIMESTAMPTZ,
    handed_by BIGINT
);
CREATE INDEX verification_task_way ON verification_task (way, owed_at, issue_id);
CREATE INDEX verification_task_area ON verification_task (area, owed_at);
CREATE INDEX verification_task_taken ON verification_task (taken_by);

-- Bureaus of which a check failed: the next `still` of their rectifications that are drawn have the higher share.
CREATE TABLE sample_raise (
    bureau TEXT PRIMARY KEY NOT NULL,
    issue_id BIGINT NOT NULL,
    still INTEGER NOT NULL,
    raised_at TIMESTAMPTZ NOT NULL
);

-- How long an issue waited for the office: `step` is filing, dispatch or verification. It waited from one feed number
-- up to (not including) another. `dropped` is what left without being dealt with, voided or merged; `role` and
-- `way` are of whoever ended it. `ended_order` is the year 9999 while it waits.
CREATE TABLE desk_wait (
    issue_id BIGINT NOT NULL,
    from_seq BIGINT NOT NULL,
    to_seq BIGINT NOT NULL,
    step TEXT NOT NULL,
    began_at TIMESTAMPTZ NOT NULL,
    ended_order TIMESTAMPTZ NOT NULL,
    dropped BOOLEAN NOT NULL,
    role TEXT,
    way TEXT,
    PRIMARY KEY (issue_id, from_seq)
);
CREATE INDEX desk_wait_ended ON desk_wait (ended_order, began_at);
CREATE INDEX desk_wait_still ON desk_wait (to_seq, began_at);

-- What waits now.
INSERT INTO verification_task (issue_id, way, owed_at, area, lat, lon)
SELECT i.id, 'on_site', MAX(e.at), i.area, i.lat, i.lon
FROM issue i JOIN event e ON e.issue_id = i.id AND e.kind = 'rectified'
WHERE i.stage = 'rectified'
GROUP BY i.id, i.area, i.lat, i.lon;

INSERT INTO desk_wait (issue_id, from_seq, to_seq, step, began_at, ended_order, dropped)
SELECT i.id, MAX(e.seq), 9223372036854775807,
    CASE i.stage WHEN 'reported' THEN 'filing' WHEN 'rectified' THEN 'verification' ELSE 'dispatch' END,
    MAX(e.at), '9999-01-01T00:00:00Z', false
FROM issue i JOIN event e ON e.issue_id = i.id AND (
    (i.stage = 'reported' AND e.kind IN ('reported', 'check_failed'))
    OR (i.stage = 'rectified' AND e.kind = 'rectified')
    OR (i.stage IN ('filed', 'returned') AND NOT i.blind AND e.kind IN ('filed', 'unrouted', 'returned', 'released'))
)
GROUP BY i.id, i.stage;

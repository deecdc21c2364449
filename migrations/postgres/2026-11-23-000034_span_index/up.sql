-- Figures as of any position without going through spans that cannot count.
--
-- `closed_at`: when it was closed, where that counts. `late_at`: the same, where that was after its limit.
-- `node`, of what is not closed and has a limit: 0 while the span holds; else, of the feed numbers at which it held,
-- the one that the highest power of two divides, by which those that held at a number are found (Kriegel, Pötke and
-- Seidl, VLDB 2000).
DROP INDEX issue_span_closed;
DROP INDEX issue_span_reworked;
ALTER TABLE issue_span ADD COLUMN closed_at TIMESTAMPTZ;
ALTER TABLE issue_span ADD COLUMN late_at TIMESTAMPTZ;
ALTER TABLE issue_span ADD COLUMN node BIGINT;
UPDATE issue_span SET closed_at = closed_order WHERE closed_order <> '9999-01-01T00:00:00Z' AND NOT void;
UPDATE issue_span SET late_at = closed_at WHERE closed_at > due_at;
WITH RECURSIVE power (k) AS (SELECT 0 UNION ALL SELECT k + 1 FROM power WHERE k < 62)
UPDATE issue_span SET node = CASE
    WHEN to_seq = 9223372036854775807 THEN 0
    ELSE (SELECT MIN(((to_seq - 1) >> k) << k) FROM power WHERE ((to_seq - 1) >> k) << k >= from_seq)
    END
WHERE closed_order = '9999-01-01T00:00:00Z' AND due_at IS NOT NULL AND NOT void;
ALTER TABLE issue_span DROP COLUMN closed_order;
-- Everything that a month's figures need of what was closed, without a look at the table.
CREATE INDEX issue_span_closed ON issue_span
    (closed_at, due_at)
    INCLUDE (first_due_at, handled_at, lead, area, issue_id, from_seq, to_seq, blind, self_handled, rework, extended)
    WHERE closed_at IS NOT NULL;
CREATE INDEX issue_span_late ON issue_span (late_at, due_at, from_seq, to_seq) WHERE late_at IS NOT NULL;
CREATE INDEX issue_span_open ON issue_span (node, from_seq, to_seq, rework, issue_id) WHERE node IS NOT NULL;

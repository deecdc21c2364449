DROP TABLE suspension;
ALTER TABLE part_span DROP COLUMN suspended_at;
ALTER TABLE issue_span DROP COLUMN suspended_at;
ALTER TABLE issue RENAME COLUMN asked TO extension_asked;

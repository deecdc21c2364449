DROP INDEX photo_file_compared;
ALTER TABLE photo_file DROP COLUMN compared_at;
DROP TABLE photo_alike;
DROP TABLE photo_mark;

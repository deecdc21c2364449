-- What a picture is found by: what is around its most striking spots, as bits, each under a key of the
-- surest of them. `photo` is the first eight bytes of its SHA-256, `spot` is 4096 × down + across. A
-- copy has some of the same keys.
CREATE TABLE photo_mark (
    key INTEGER NOT NULL,
    photo INTEGER NOT NULL,
    spot INTEGER NOT NULL,
    bits INTEGER NOT NULL,
    PRIMARY KEY (key, photo, spot)
) STRICT, WITHOUT ROWID;

-- Two photos that are one picture, or nearly, both ways round: `percent` of what both show is the same.
CREATE TABLE photo_alike (
    sha256 BLOB NOT NULL,
    other BLOB NOT NULL,
    percent REAL NOT NULL,
    PRIMARY KEY (sha256, other)
) STRICT, WITHOUT ROWID;

-- When it was compared with all the others; null before.
ALTER TABLE photo_file ADD COLUMN compared_at INTEGER;
CREATE INDEX photo_file_compared ON photo_file (state, compared_at);

-- What a picture is found by: what is around its most striking spots, as bits, each under a key of the
-- surest of them. `photo` is the first eight bytes of its SHA-256, `spot` is 4096 × down + across. A
-- copy has some of the same keys.
CREATE TABLE photo_mark (
    key BIGINT NOT NULL,
    photo BIGINT NOT NULL,
    spot INTEGER NOT NULL,
    bits BIGINT NOT NULL,
    PRIMARY KEY (key, photo, spot)
);

-- Two photos that are one picture, or nearly, both ways round: `percent` of what both show is the same.
CREATE TABLE photo_alike (
    sha256 BYTEA NOT NULL,
    other BYTEA NOT NULL,
    percent DOUBLE PRECISION NOT NULL,
    PRIMARY KEY (sha256, other)
);

-- When it was compared with all the others; null before.
ALTER TABLE photo_file ADD COLUMN compared_at TIMESTAMPTZ;
CREATE INDEX photo_file_compared ON photo_file (state, compared_at);

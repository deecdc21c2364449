-- Office hours and holidays as they were from a version of the reference data on: a limit that was reckoned
-- with it is explained with it. Data that was imported before this table has none.
CREATE TABLE calendar_version (
    version BIGINT PRIMARY KEY NOT NULL,
    body JSONB NOT NULL
);

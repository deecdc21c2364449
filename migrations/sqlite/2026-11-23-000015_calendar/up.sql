-- Office hours and holidays as they were from a version of the reference data on: a limit that was reckoned
-- with it is explained with it. Data that was imported before this table has none.
CREATE TABLE calendar_version (
    version INTEGER PRIMARY KEY NOT NULL,
    body TEXT NOT NULL
) STRICT;

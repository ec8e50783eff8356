-- What can be found, and what it is found by. `terms` repeats the entry's terms, so that the terms of a changed or
-- removed entry are known by their keys.
CREATE TABLE search_entry (
    number SERIAL KEY,
    kind TEXT NOT NULL,
    object BLOB NOT NULL,
    org BLOB NOT NULL,
    title TEXT NOT NULL,
    subtitle TEXT NOT NULL,
    href TEXT NOT NULL,
    terms TEXT NOT NULL,
    UNIQUE (kind, object)
);
CREATE INDEX search_entry_org ON search_entry (org, number);

-- A query is a prefix of a term: a range of this key.
CREATE TABLE search_term (
    term TEXT NOT NULL,
    entry INTEGER NOT NULL,
    PRIMARY KEY (term, entry)
) WITHOUT ROWID;

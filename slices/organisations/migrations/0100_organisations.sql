CREATE TABLE organisation (
  id BLOB NOT NULL PRIMARY KEY, code TEXT NOT NULL UNIQUE, type TEXT NOT NULL, category TEXT NOT NULL, name TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX organisation_type ON organisation (type, id);
CREATE TABLE organisation_name (org BLOB NOT NULL, valid_from INTEGER NOT NULL, valid_to INTEGER NOT NULL, name TEXT NOT NULL, PRIMARY KEY (org, valid_from)) WITHOUT ROWID

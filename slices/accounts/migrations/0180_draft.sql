CREATE TABLE draft (
  account BLOB NOT NULL REFERENCES account (id), place TEXT NOT NULL, sealed BLOB NOT NULL, at INTEGER NOT NULL,
  PRIMARY KEY (account, place)
) WITHOUT ROWID

-- One device for an account: its secret (sealed), and the last step whose code was taken, so that each works once.
CREATE TABLE second_factor (
  account BLOB NOT NULL PRIMARY KEY REFERENCES account (id), secret BLOB NOT NULL, since INTEGER NOT NULL, step INTEGER NOT NULL
) WITHOUT ROWID;
-- What stands in for the device; one that has been used is not there any more.
CREATE TABLE recovery_code (account BLOB NOT NULL REFERENCES account (id), hash BLOB NOT NULL, PRIMARY KEY (account, hash)) WITHOUT ROWID

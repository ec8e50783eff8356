-- Each change wrote a page of the disk for an index that nobody asks, and one of its author's own for its key. Keys begin with
-- the time, so those of one moment now stand together.
DROP INDEX event_org;
CREATE TABLE repeat_by_key (
  key TEXT NOT NULL, account BLOB NOT NULL, body BLOB NOT NULL, result TEXT NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (key, account)
) WITHOUT ROWID;
INSERT INTO repeat_by_key (key, account, body, result, at) SELECT key, account, body, result, at FROM repeat;
DROP TABLE repeat;
ALTER TABLE repeat_by_key RENAME TO repeat

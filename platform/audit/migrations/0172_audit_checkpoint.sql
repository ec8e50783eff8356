-- What is signed from time to time: docs/operations.md, Audit. `note` is the whole text; the numbers stand in it too.
CREATE TABLE audit_checkpoint (
  number INTEGER NOT NULL PRIMARY KEY, at INTEGER NOT NULL, events INTEGER NOT NULL, segments INTEGER NOT NULL, note TEXT NOT NULL
) WITHOUT ROWID;
-- The heads that are new, or stand further on, in a checkpoint. The others are those of the checkpoints before it.
CREATE TABLE audit_head (
  segment BLOB NOT NULL, seq INTEGER NOT NULL, hash BLOB NOT NULL, number INTEGER NOT NULL, PRIMARY KEY (segment, seq)
) WITHOUT ROWID;
CREATE INDEX audit_head_number ON audit_head (number, segment);
-- append only: event, audit_checkpoint, audit_head

-- 定稿 as one account proposes it and another decides; one at a time waits in a cycle, refused ones stay.
CREATE TABLE finalisation (
  cycle BLOB NOT NULL, no INTEGER NOT NULL, reason TEXT NOT NULL, state TEXT NOT NULL, proposed_by BLOB NOT NULL, proposed_name TEXT NOT NULL,
  proposed_at INTEGER NOT NULL, decided_by BLOB, decided_name TEXT, decided_at INTEGER, decision_reason TEXT, PRIMARY KEY (cycle, no)
) WITHOUT ROWID

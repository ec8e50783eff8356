-- One row per branch of a final ledger: a cycle's version, or a past year brought in (then `cycle` is the import's id).
CREATE TABLE result (
  cycle BLOB NOT NULL, version INTEGER NOT NULL, org BLOB NOT NULL, code TEXT NOT NULL, name TEXT NOT NULL, path TEXT NOT NULL, category TEXT NOT NULL,
  total INTEGER, grade TEXT NOT NULL, star INTEGER, rank INTEGER NOT NULL, previous_grade TEXT, change TEXT, columns TEXT NOT NULL,
  PRIMARY KEY (cycle, version, org)
) WITHOUT ROWID;
CREATE UNIQUE INDEX result_rank ON result (cycle, version, rank, path, grade, star, change);
CREATE INDEX result_org ON result (org, cycle, version);
CREATE TABLE result_input (cycle BLOB NOT NULL, version INTEGER NOT NULL, org BLOB NOT NULL, input TEXT NOT NULL, PRIMARY KEY (cycle, version, org)) WITHOUT ROWID;
CREATE TABLE result_version (
  cycle BLOB NOT NULL, version INTEGER NOT NULL, day INTEGER NOT NULL, at INTEGER NOT NULL, by_name TEXT NOT NULL, second_name TEXT NOT NULL,
  reason TEXT NOT NULL, allotments TEXT NOT NULL, PRIMARY KEY (cycle, version)
) WITHOUT ROWID;
CREATE TABLE past_ledger (id BLOB NOT NULL PRIMARY KEY, year INTEGER NOT NULL, file TEXT NOT NULL, by_name TEXT NOT NULL, at INTEGER NOT NULL, rows INTEGER NOT NULL, columns TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX past_ledger_year ON past_ledger (year, at);
CREATE TABLE target (org BLOB NOT NULL, year INTEGER NOT NULL, grade TEXT NOT NULL, measures TEXT NOT NULL, by_name TEXT NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (org, year)) WITHOUT ROWID;
-- Rows of a file that wait to be applied; what is applied in chunks begins again at `applied` after a kill.
CREATE TABLE intake (
  id BLOB NOT NULL PRIMARY KEY, cycle BLOB NOT NULL, kind TEXT NOT NULL, file TEXT NOT NULL, by_name TEXT NOT NULL, at INTEGER NOT NULL, rows INTEGER NOT NULL,
  state TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX intake_cycle ON intake (cycle, at);
CREATE INDEX intake_state ON intake (state, at);
CREATE TABLE intake_row (
  intake BLOB NOT NULL, sheet BLOB NOT NULL, key TEXT NOT NULL, layer TEXT NOT NULL, value TEXT NOT NULL, source TEXT NOT NULL,
  PRIMARY KEY (intake, sheet, key, layer)
) WITHOUT ROWID;

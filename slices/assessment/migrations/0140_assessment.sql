CREATE TABLE cycle (
  id BLOB NOT NULL PRIMARY KEY, year INTEGER NOT NULL, title TEXT NOT NULL, root BLOB NOT NULL, scheme BLOB NOT NULL,
  bindings TEXT NOT NULL, phase TEXT NOT NULL, ready INTEGER NOT NULL, opened INTEGER NOT NULL, self_until INTEGER NOT NULL,
  publicity_from INTEGER, publicity_until INTEGER, publicity_provisional INTEGER, result_version INTEGER NOT NULL, participants INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX cycle_year ON cycle (year, id);
CREATE INDEX cycle_root ON cycle (root, year);
CREATE TABLE cycle_phase (cycle BLOB NOT NULL, no INTEGER NOT NULL, phase TEXT NOT NULL, day INTEGER NOT NULL, at INTEGER NOT NULL, by_name TEXT NOT NULL, reason TEXT NOT NULL, PRIMARY KEY (cycle, no)) WITHOUT ROWID;
CREATE TABLE sheet (
  id BLOB NOT NULL PRIMARY KEY, cycle BLOB NOT NULL, org BLOB NOT NULL, code TEXT NOT NULL, name TEXT NOT NULL, category TEXT NOT NULL,
  path TEXT NOT NULL, unit BLOB, self_state TEXT NOT NULL, acceptance_state TEXT NOT NULL, recheck_state TEXT NOT NULL, late_until INTEGER,
  total INTEGER, grade TEXT, no_problems INTEGER
) WITHOUT ROWID;
CREATE UNIQUE INDEX sheet_cycle_org ON sheet (cycle, org);
CREATE UNIQUE INDEX sheet_cycle_code ON sheet (cycle, code);
CREATE INDEX sheet_cycle_path ON sheet (cycle, path);
CREATE INDEX sheet_cycle_self ON sheet (cycle, self_state, path);
CREATE INDEX sheet_cycle_acceptance ON sheet (cycle, acceptance_state, path);
CREATE INDEX sheet_org ON sheet (org, cycle);
CREATE TABLE submission (
  sheet BLOB NOT NULL, layer TEXT NOT NULL, no INTEGER NOT NULL, action TEXT NOT NULL, at INTEGER NOT NULL, day INTEGER NOT NULL,
  account BLOB, by_name TEXT NOT NULL, reason TEXT NOT NULL, PRIMARY KEY (sheet, layer, no)
) WITHOUT ROWID;
CREATE TABLE score (
  sheet BLOB NOT NULL, indicator TEXT NOT NULL, layer TEXT NOT NULL, points INTEGER NOT NULL, reason TEXT NOT NULL, rev INTEGER NOT NULL,
  account BLOB, by_name TEXT NOT NULL, source TEXT NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (sheet, indicator, layer)
) WITHOUT ROWID;
CREATE TABLE score_past (
  sheet BLOB NOT NULL, indicator TEXT NOT NULL, layer TEXT NOT NULL, rev INTEGER NOT NULL, points INTEGER, reason TEXT NOT NULL,
  by_name TEXT NOT NULL, source TEXT NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (sheet, indicator, layer, at)
) WITHOUT ROWID;
CREATE TABLE claim (
  sheet BLOB NOT NULL, item TEXT NOT NULL, count INTEGER NOT NULL, reason TEXT NOT NULL, account BLOB, by_name TEXT NOT NULL, at INTEGER NOT NULL,
  PRIMARY KEY (sheet, item)
) WITHOUT ROWID;
CREATE TABLE adjustment (
  id BLOB NOT NULL PRIMARY KEY, sheet BLOB NOT NULL, cycle BLOB NOT NULL, target TEXT NOT NULL, value TEXT NOT NULL, before TEXT NOT NULL, reason TEXT NOT NULL,
  evidence TEXT NOT NULL, objection BLOB, state TEXT NOT NULL, proposed_by BLOB NOT NULL, proposed_name TEXT NOT NULL, proposed_at INTEGER NOT NULL,
  decided_by BLOB, decided_name TEXT, decided_at INTEGER, decision_reason TEXT
) WITHOUT ROWID;
CREATE INDEX adjustment_sheet ON adjustment (sheet, proposed_at);
CREATE INDEX adjustment_cycle ON adjustment (cycle, state, id);
CREATE TABLE team (id BLOB NOT NULL PRIMARY KEY, cycle BLOB NOT NULL, layer TEXT NOT NULL, name TEXT NOT NULL, draw BLOB) WITHOUT ROWID;
CREATE INDEX team_cycle ON team (cycle, layer, id);
CREATE TABLE team_member (team BLOB NOT NULL, account BLOB NOT NULL, name TEXT NOT NULL, PRIMARY KEY (team, account)) WITHOUT ROWID;
CREATE INDEX team_member_account ON team_member (account, team);
CREATE TABLE assignment (sheet BLOB NOT NULL, layer TEXT NOT NULL, team BLOB NOT NULL, cycle BLOB NOT NULL, due INTEGER, PRIMARY KEY (sheet, layer)) WITHOUT ROWID;
CREATE INDEX assignment_team ON assignment (team, sheet);
CREATE TABLE draw (
  id BLOB NOT NULL PRIMARY KEY, cycle BLOB NOT NULL, kind TEXT NOT NULL, candidates TEXT NOT NULL, hash TEXT NOT NULL, settings TEXT NOT NULL,
  published_by BLOB NOT NULL, published_name TEXT NOT NULL, published_at INTEGER NOT NULL, number TEXT, number_by BLOB, number_name TEXT,
  number_at INTEGER, result TEXT, replaces BLOB, reason TEXT NOT NULL, team BLOB NOT NULL
) WITHOUT ROWID;
CREATE INDEX draw_cycle ON draw (cycle, published_at);
CREATE TABLE objection (
  id BLOB NOT NULL PRIMARY KEY, cycle BLOB NOT NULL, sheet BLOB, account BLOB NOT NULL, by_name TEXT NOT NULL, text TEXT NOT NULL, at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX objection_cycle ON objection (cycle, id);
CREATE TABLE objection_answer (
  objection BLOB NOT NULL, no INTEGER NOT NULL, text TEXT NOT NULL, upheld INTEGER NOT NULL, adjustment BLOB, by_name TEXT NOT NULL, at INTEGER NOT NULL,
  PRIMARY KEY (objection, no)
) WITHOUT ROWID;
CREATE TABLE explanation (
  sheet BLOB NOT NULL, subject TEXT NOT NULL, earlier TEXT NOT NULL, later TEXT NOT NULL, amount INTEGER NOT NULL, text TEXT NOT NULL,
  account BLOB, by_name TEXT NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (sheet, subject, earlier, later, amount)
) WITHOUT ROWID;

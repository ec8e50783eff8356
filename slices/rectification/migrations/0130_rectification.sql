CREATE TABLE problem (
  id BLOB NOT NULL PRIMARY KEY, number TEXT NOT NULL UNIQUE, org BLOB NOT NULL, org_name TEXT NOT NULL, board TEXT NOT NULL, path TEXT NOT NULL,
  year INTEGER NOT NULL, item TEXT NOT NULL, title TEXT NOT NULL, text TEXT NOT NULL, lost INTEGER NOT NULL, source TEXT NOT NULL, href TEXT NOT NULL,
  state TEXT NOT NULL, owner TEXT NOT NULL, measure TEXT NOT NULL, workdays INTEGER NOT NULL, opened INTEGER NOT NULL, due INTEGER NOT NULL,
  provisional INTEGER NOT NULL, closing TEXT NOT NULL, handled_by BLOB
) WITHOUT ROWID;
CREATE UNIQUE INDEX problem_item ON problem (board, org, item);
CREATE INDEX problem_org ON problem (org, state, due);
CREATE INDEX problem_path ON problem (path, due, id);
CREATE INDEX problem_year ON problem (org, year);
CREATE TABLE problem_step (problem BLOB NOT NULL, no INTEGER NOT NULL, from_state TEXT NOT NULL, to_state TEXT NOT NULL, at INTEGER NOT NULL, day INTEGER NOT NULL, account BLOB, by_name TEXT NOT NULL, reason TEXT NOT NULL, PRIMARY KEY (problem, no)) WITHOUT ROWID

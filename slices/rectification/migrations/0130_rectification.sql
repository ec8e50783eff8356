-- One problem. `org_code` and `org_name` are as they were when it was opened; `latest` is what the scheme's working days give.
CREATE TABLE problem (
  id BLOB NOT NULL PRIMARY KEY, number TEXT NOT NULL UNIQUE, org BLOB NOT NULL, org_name TEXT NOT NULL, year INTEGER NOT NULL, seq INTEGER NOT NULL,
  board TEXT NOT NULL, source TEXT NOT NULL, href TEXT NOT NULL, item TEXT NOT NULL, title TEXT NOT NULL, text TEXT NOT NULL, lost INTEGER NOT NULL,
  raised_by BLOB, raised_name TEXT NOT NULL, opened INTEGER NOT NULL, workdays INTEGER NOT NULL, latest INTEGER NOT NULL, provisional BOOLEAN NOT NULL,
  due INTEGER NOT NULL, owner BLOB, owner_name TEXT NOT NULL, measure TEXT NOT NULL, state TEXT NOT NULL, closing TEXT NOT NULL, closer BLOB, steps INTEGER NOT NULL,
  open INTEGER NOT NULL, shelf INTEGER NOT NULL
) WITHOUT ROWID;
-- A problem's number counts within its branch and year: no row is shared by two branches.
CREATE UNIQUE INDEX problem_seq ON problem (org, year, seq);
CREATE UNIQUE INDEX problem_once ON problem (board, org, item);
CREATE INDEX problem_open ON problem (open, due, id);
CREATE INDEX problem_shelf ON problem (shelf, due, id);
CREATE INDEX problem_org ON problem (org, open, due, id);
CREATE INDEX problem_owner ON problem (owner, open, due, id);
CREATE INDEX problem_raised ON problem (raised_by, id);
CREATE INDEX problem_provisional ON problem (provisional, id);
-- The lists it stands in: its own year's, and each later one it was carried into. `path` is the place on that board.
CREATE TABLE problem_listing (
  problem BLOB NOT NULL, year INTEGER NOT NULL, org BLOB NOT NULL, board TEXT NOT NULL, path TEXT NOT NULL, carried BOOLEAN NOT NULL, day INTEGER NOT NULL,
  PRIMARY KEY (problem, year)
) WITHOUT ROWID;
CREATE INDEX problem_listing_org ON problem_listing (org, year);
CREATE INDEX problem_listing_board ON problem_listing (board, org);
-- What happened to it, in order; `before` is what 撤销 puts back.
CREATE TABLE problem_step (
  problem BLOB NOT NULL, no INTEGER NOT NULL, action TEXT NOT NULL, state TEXT NOT NULL, at INTEGER NOT NULL, day INTEGER NOT NULL,
  account BLOB, by_name TEXT NOT NULL, reason TEXT NOT NULL, before TEXT NOT NULL, PRIMARY KEY (problem, no)
) WITHOUT ROWID

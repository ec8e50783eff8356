-- What 公示 shows of each branch: the whole ranking with its quotas as 定稿 would give it. `asked` counts the changes that call
-- for a computation, `done` those the one of `at` has seen. Lines of another `at` are seen by nobody.
CREATE TABLE publicised (
  cycle BLOB NOT NULL PRIMARY KEY, at INTEGER NOT NULL, day INTEGER NOT NULL, asked INTEGER NOT NULL, asked_at INTEGER NOT NULL,
  done INTEGER NOT NULL, allotments TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE publicised_line (
  cycle BLOB NOT NULL, org BLOB NOT NULL, at INTEGER NOT NULL, total INTEGER, grade TEXT NOT NULL, star INTEGER, rank INTEGER NOT NULL,
  PRIMARY KEY (cycle, org, at)
) WITHOUT ROWID;
-- A 公示 that runs already is computed by the serving process.
INSERT INTO publicised (cycle, at, day, asked, asked_at, done, allotments) SELECT id, 0, 0, 1, 0, 0, '[]' FROM cycle WHERE phase = 'publicity'

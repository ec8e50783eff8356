-- Cycles whose unclosed problems are still to be carried over (S36): written with what opens or ends the cycle, gone once all are.
CREATE TABLE carrying (cycle BLOB NOT NULL, way TEXT NOT NULL, by_name TEXT NOT NULL, day INTEGER NOT NULL, at INTEGER NOT NULL,
  PRIMARY KEY (cycle, way)) WITHOUT ROWID

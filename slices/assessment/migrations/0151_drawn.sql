-- Branches drawn for the re-check, also those whose team has ties to them (回避): they wait for another team and stay in the list.
CREATE TABLE drawn (cycle BLOB NOT NULL, sheet BLOB NOT NULL, PRIMARY KEY (cycle, sheet)) WITHOUT ROWID

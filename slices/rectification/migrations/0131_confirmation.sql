-- 无问题 (S33): a branch whose acceptance found nothing is asked to say so, and its secretary does. Of a branch and board the
-- newest counts while `ended` is empty; what a later problem overtook stays beside it.
CREATE TABLE confirmation (
  org BLOB NOT NULL, board TEXT NOT NULL, no INTEGER NOT NULL, org_name TEXT NOT NULL, year INTEGER NOT NULL, path TEXT NOT NULL, href TEXT NOT NULL,
  state TEXT NOT NULL, asked INTEGER NOT NULL, account BLOB, by_name TEXT NOT NULL, confirmed INTEGER, at INTEGER, ended INTEGER,
  PRIMARY KEY (org, board, no)
) WITHOUT ROWID;
CREATE INDEX confirmation_state ON confirmation (state, org, board, no);
CREATE INDEX confirmation_board ON confirmation (board, ended)

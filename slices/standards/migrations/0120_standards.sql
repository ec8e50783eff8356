CREATE TABLE edition (
  id BLOB NOT NULL PRIMARY KEY, code TEXT NOT NULL, version TEXT NOT NULL, title TEXT NOT NULL, kind TEXT NOT NULL, issuer TEXT,
  first_day INTEGER NOT NULL, first_day_known TEXT NOT NULL, last_day INTEGER, source TEXT, note TEXT, state TEXT NOT NULL,
  whole BOOLEAN NOT NULL, sample BOOLEAN NOT NULL, published INTEGER NOT NULL, UNIQUE (code, version)
) WITHOUT ROWID;
CREATE TABLE edition_chapter (
  edition BLOB NOT NULL REFERENCES edition (id), number INTEGER NOT NULL, title TEXT NOT NULL, note TEXT, PRIMARY KEY (edition, number)
) WITHOUT ROWID;
CREATE TABLE edition_article (
  edition BLOB NOT NULL REFERENCES edition (id), number INTEGER NOT NULL, chapter INTEGER, section TEXT, heading TEXT,
  wording TEXT, summary TEXT, confidence TEXT, source TEXT, state TEXT NOT NULL, PRIMARY KEY (edition, number)
) WITHOUT ROWID;
CREATE TABLE edition_link (
  edition BLOB NOT NULL REFERENCES edition (id), number INTEGER NOT NULL, place TEXT NOT NULL, PRIMARY KEY (edition, number, place)
) WITHOUT ROWID;
CREATE TABLE scheme_edition (
  id BLOB NOT NULL PRIMARY KEY, code TEXT NOT NULL, version TEXT NOT NULL, title TEXT NOT NULL, first_day INTEGER NOT NULL,
  last_day INTEGER, content TEXT NOT NULL, published INTEGER NOT NULL, UNIQUE (code, version)
) WITHOUT ROWID

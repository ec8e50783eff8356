CREATE TABLE todo (
  addressee TEXT NOT NULL, matter TEXT NOT NULL, id BLOB NOT NULL, key TEXT NOT NULL, args TEXT NOT NULL, href TEXT NOT NULL,
  due INTEGER NOT NULL, sent_by BLOB, created INTEGER NOT NULL, done INTEGER, PRIMARY KEY (addressee, matter)
) WITHOUT ROWID;
CREATE INDEX todo_open ON todo (addressee, done, due, id);
CREATE INDEX todo_matter ON todo (matter);
CREATE INDEX todo_sent ON todo (sent_by, created);
CREATE TABLE notice (
  addressee TEXT NOT NULL, id BLOB NOT NULL, key TEXT NOT NULL, args TEXT NOT NULL, href TEXT NOT NULL, created INTEGER NOT NULL,
  PRIMARY KEY (addressee, id)
) WITHOUT ROWID;
CREATE TABLE reminder (matter TEXT NOT NULL, addressee TEXT NOT NULL, day INTEGER NOT NULL, PRIMARY KEY (matter, addressee, day)) WITHOUT ROWID

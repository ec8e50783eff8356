CREATE TABLE event (
  segment BLOB NOT NULL, seq INTEGER NOT NULL, at INTEGER NOT NULL, actor TEXT NOT NULL, action TEXT NOT NULL,
  object TEXT NOT NULL, org BLOB, body TEXT NOT NULL, hash BLOB NOT NULL, PRIMARY KEY (segment, seq)
) WITHOUT ROWID;
CREATE INDEX event_at ON event (at);
CREATE INDEX event_object ON event (object, at);
CREATE INDEX event_actor ON event (actor, at);
CREATE INDEX event_org ON event (org, at);
CREATE TABLE repeat (account BLOB NOT NULL, key TEXT NOT NULL, body BLOB NOT NULL, result TEXT NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (account, key)) WITHOUT ROWID

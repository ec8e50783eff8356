CREATE TABLE member (
  id BLOB NOT NULL PRIMARY KEY, org BLOB NOT NULL, name TEXT NOT NULL, status TEXT NOT NULL, joined INTEGER,
  id_sealed BLOB, id_lookup BLOB UNIQUE, id_masked TEXT NOT NULL, phone_sealed BLOB, phone_masked TEXT NOT NULL, created INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX member_org ON member (org, name, id);
CREATE TABLE membership (member BLOB NOT NULL, valid_from INTEGER NOT NULL, valid_to INTEGER NOT NULL, org BLOB NOT NULL, PRIMARY KEY (member, valid_from)) WITHOUT ROWID;
CREATE INDEX membership_org ON membership (org, valid_from);
CREATE TABLE member_status (member BLOB NOT NULL, day INTEGER NOT NULL, at INTEGER NOT NULL, status TEXT NOT NULL, reason TEXT NOT NULL, PRIMARY KEY (member, day, at)) WITHOUT ROWID;
CREATE TABLE term (
  id BLOB NOT NULL PRIMARY KEY, member BLOB NOT NULL, org BLOB NOT NULL, post TEXT NOT NULL, term_from INTEGER NOT NULL, term_to INTEGER, ended INTEGER
) WITHOUT ROWID;
CREATE INDEX term_org ON term (org, ended);
CREATE INDEX term_member ON term (member)

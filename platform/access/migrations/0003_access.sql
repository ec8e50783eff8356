CREATE TABLE account (
  id BLOB NOT NULL PRIMARY KEY, login TEXT NOT NULL UNIQUE, name TEXT NOT NULL, member BLOB,
  epoch INTEGER NOT NULL, password TEXT, code BLOB, code_until INTEGER, disabled INTEGER, created INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX account_member ON account (member);
CREATE INDEX account_name ON account (name, login);
CREATE TABLE post (
  id BLOB NOT NULL PRIMARY KEY, account BLOB NOT NULL REFERENCES account (id), role TEXT NOT NULL, org BLOB,
  granted INTEGER NOT NULL, granted_by BLOB NOT NULL, ended INTEGER
) WITHOUT ROWID;
CREATE INDEX post_account ON post (account, ended);
CREATE INDEX post_org ON post (org, role, ended);
CREATE TABLE session (
  token BLOB NOT NULL PRIMARY KEY, id BLOB NOT NULL, account BLOB NOT NULL REFERENCES account (id), csrf TEXT NOT NULL,
  epoch INTEGER NOT NULL, device TEXT NOT NULL, begun INTEGER NOT NULL, used INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX session_account ON session (account);
CREATE TABLE api_token (
  token BLOB NOT NULL PRIMARY KEY, id BLOB NOT NULL, account BLOB NOT NULL REFERENCES account (id), name TEXT NOT NULL,
  epoch INTEGER NOT NULL, role TEXT NOT NULL, created INTEGER NOT NULL, expires INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX api_token_account ON api_token (account);
CREATE TABLE attempt (login TEXT NOT NULL, device BLOB NOT NULL, failed INTEGER NOT NULL, until INTEGER NOT NULL, PRIMARY KEY (login, device)) WITHOUT ROWID;
CREATE TABLE known_device (account BLOB NOT NULL, device BLOB NOT NULL, PRIMARY KEY (account, device)) WITHOUT ROWID

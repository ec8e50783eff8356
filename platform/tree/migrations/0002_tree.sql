CREATE TABLE node_number (number SERIAL KEY, org BLOB NOT NULL);
CREATE TABLE node (org BLOB NOT NULL PRIMARY KEY, number INTEGER NOT NULL, parent BLOB, path TEXT NOT NULL UNIQUE, depth INTEGER NOT NULL, closed INTEGER) WITHOUT ROWID;
CREATE INDEX node_parent ON node (parent);
CREATE TABLE placement (org BLOB NOT NULL, valid_from INTEGER NOT NULL, valid_to INTEGER NOT NULL, parent BLOB, path TEXT NOT NULL, PRIMARY KEY (org, valid_from)) WITHOUT ROWID;
CREATE INDEX placement_path ON placement (path, valid_from);
CREATE INDEX placement_parent ON placement (parent, valid_from)

CREATE TABLE installation (
  one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  area TEXT NOT NULL,
  year INTEGER NOT NULL,
  keys BLOB NOT NULL,
  business_date INTEGER
)

-- Which keys this database was made with, from its first opening on: members may be imported before set-up.
CREATE TABLE key_mark (
  one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
  mark BLOB NOT NULL
)

CREATE TABLE job (
    id BLOB NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    owner BLOB,               -- the account that asked; none for the command line
    path TEXT NOT NULL,       -- the place it is about: who reaches it may see the job
    payload TEXT NOT NULL,
    done INTEGER NOT NULL,
    total INTEGER NOT NULL,
    held_until INTEGER NOT NULL,
    attempt INTEGER NOT NULL,
    ended_at INTEGER,
    result TEXT,
    failure TEXT
) WITHOUT ROWID;
CREATE INDEX job_open ON job (kind, id) WHERE ended_at IS NULL;
CREATE INDEX job_owner ON job (owner, id);
CREATE INDEX job_path ON job (path, id);

-- One file as somebody handed it in. Its content lies in the store under `hash`; the same content twice is one blob.
CREATE TABLE file (
    id BLOB PRIMARY KEY,
    hash BLOB NOT NULL,
    name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    size INTEGER NOT NULL,
    org BLOB NOT NULL,
    account BLOB,
    effective INTEGER NOT NULL,
    received INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX file_org ON file (org, received, id);

-- What a file is evidence for; one file may stand under many subjects.
CREATE TABLE citation (
    subject TEXT NOT NULL,
    file BLOB NOT NULL REFERENCES file (id),
    org BLOB NOT NULL,
    PRIMARY KEY (subject, file)
) WITHOUT ROWID;
CREATE INDEX citation_file ON citation (file, subject);

-- Sheets computed before stars were kept; the program keeps theirs as it begins, and finds none ever after.
CREATE INDEX sheet_starless ON sheet (cycle, id) WHERE star IS NULL AND total IS NOT NULL

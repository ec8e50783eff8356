-- Which results a version is, in one short word: the one the second person of 定稿 had before them.
ALTER TABLE result_version ADD COLUMN digest TEXT NOT NULL DEFAULT ''

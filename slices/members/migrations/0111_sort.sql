-- Names stand in lists as they sound: the reading is stored (platform/search gives it). Members entered before this keep
-- the order of their signs until they are corrected.
ALTER TABLE member ADD COLUMN sort TEXT NOT NULL DEFAULT '';
UPDATE member SET sort = name;
CREATE INDEX member_sort ON member (org, sort, id)

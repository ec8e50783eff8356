-- A branch that was renamed is called by today's name on its problems and confirmations too, and that stands in its own table.
ALTER TABLE problem DROP COLUMN org_name;
ALTER TABLE confirmation DROP COLUMN org_name

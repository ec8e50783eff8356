-- How much of a matter that is filled in is there already: of so many. Nothing for what is not counted.
ALTER TABLE todo ADD COLUMN filled INTEGER;
ALTER TABLE todo ADD COLUMN whole INTEGER;

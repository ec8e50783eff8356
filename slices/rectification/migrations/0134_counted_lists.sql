-- Whose a problem is stands in the index that a list walks: to count a thousand of them no problem has to be looked up.
DROP INDEX problem_open;
DROP INDEX problem_shelf;
CREATE INDEX problem_open ON problem (open, due, id, org);
CREATE INDEX problem_shelf ON problem (shelf, due, id, org)

-- Who was drawn in a cycle is listed and counted without going through every team.
CREATE INDEX assignment_cycle ON assignment (cycle, layer, sheet)

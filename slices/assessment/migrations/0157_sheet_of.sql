-- A list of one star, grade or category walks the codes of those alone.
CREATE INDEX sheet_cycle_star ON sheet (cycle, star, code);
CREATE INDEX sheet_cycle_grade ON sheet (cycle, grade, code);
CREATE INDEX sheet_cycle_category ON sheet (cycle, category, code)

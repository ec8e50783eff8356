-- Lists come in the order of the branches' codes, those of one state and the ledger too.
DROP INDEX sheet_cycle_self;
CREATE INDEX sheet_cycle_self ON sheet (cycle, self_state, code);
DROP INDEX sheet_cycle_acceptance;
CREATE INDEX sheet_cycle_acceptance ON sheet (cycle, acceptance_state, code);
CREATE INDEX result_code ON result (cycle, version, code, path, grade, star, change)

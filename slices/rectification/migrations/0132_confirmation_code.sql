-- 无问题 lists come in the order of the branches' codes, like every list. A code never changes, so it stands beside the name;
-- what was asked before is given its code in `lib.rs`, by the words of the slice that keeps it.
ALTER TABLE confirmation ADD COLUMN org_code TEXT NOT NULL DEFAULT '';
DROP INDEX confirmation_state;
CREATE INDEX confirmation_state ON confirmation (state, org_code, board, no);

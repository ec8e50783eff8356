-- The star that a sheet's points and conditions lead to by themselves, 0 below every one; before quotas, which are shared out
-- among all branches. Empty until the sheet is next computed, and then counted in the figures.
ALTER TABLE sheet ADD COLUMN star INTEGER

-- Whoever asks for the places below one asks for a metric, or a stretch of metrics, of each: found without the board, of
-- which there are few.
DROP INDEX figure_children;
CREATE INDEX figure_children ON figure (parent, metric, board);

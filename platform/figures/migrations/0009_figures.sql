-- What was written since the last folding; in the writer's own transaction.
CREATE TABLE figure_delta (id SERIAL KEY, board TEXT NOT NULL, path TEXT NOT NULL, metric TEXT NOT NULL, delta INTEGER NOT NULL);
CREATE INDEX figure_delta_place ON figure_delta (board, path);

-- Each place's sum over itself and everything below it.
CREATE TABLE figure (
    board TEXT NOT NULL, path TEXT NOT NULL, metric TEXT NOT NULL, parent TEXT NOT NULL, value INTEGER NOT NULL,
    PRIMARY KEY (board, path, metric)
) WITHOUT ROWID;
CREATE INDEX figure_children ON figure (board, parent);

-- Whoever folds changes this row in the same transaction, so two processes never fold at once.
CREATE TABLE figure_lease (name TEXT NOT NULL PRIMARY KEY, beat INTEGER NOT NULL) WITHOUT ROWID;
INSERT INTO figure_lease (name, beat) VALUES ('fold', 0);

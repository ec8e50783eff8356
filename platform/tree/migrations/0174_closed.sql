CREATE INDEX node_closed ON node (closed) WHERE closed IS NOT NULL

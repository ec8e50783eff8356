-- What was sent is kept as a keyed hash from here on. Of forms sent before nothing is left by which a number or password could be
-- tried: one of them that comes again is refused (`key-reused`), not done twice.
UPDATE repeat SET body = CAST('' AS BLOB)

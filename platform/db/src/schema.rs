//! The schema as lines of text, in an order that does not depend on when a table was made.

/// What FTS5 keeps for itself changes with its version.
pub(crate) const SQLITE: &str = "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL \
    AND name <> 'sqlite_sequence' AND name NOT GLOB '*_words_*' ORDER BY tbl_name, type DESC, name";

pub(crate) const PG: &str = "SELECT line FROM (
    SELECT c.relname AS owner, 1 AS part, a.attnum AS place,
        c.relname || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
        || CASE WHEN a.attcollation <> 0 THEN ' COLLATE ' || (SELECT collname FROM pg_collation WHERE oid = a.attcollation) ELSE '' END
        || CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END
        || COALESCE(' ' || pg_get_expr(d.adbin, d.adrelid), '') AS line
    FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
    WHERE c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace AND a.attnum > 0 AND NOT a.attisdropped
    UNION ALL
    SELECT c.relname, 2, 0, c.relname || ' ' || o.conname || ' ' || pg_get_constraintdef(o.oid)
    FROM pg_constraint o JOIN pg_class c ON c.oid = o.conrelid WHERE c.relnamespace = current_schema()::regnamespace
    UNION ALL
    SELECT tablename, 3, 0, indexdef FROM pg_indexes WHERE schemaname = current_schema()
    UNION ALL
    SELECT c.relname, 4, 0, pg_get_triggerdef(t.oid) FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
    WHERE NOT t.tgisinternal AND c.relnamespace = current_schema()::regnamespace
) x ORDER BY owner, part, place, line";

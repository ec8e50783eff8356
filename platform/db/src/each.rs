//! A list of ids as one parameter, the same statement however many there are.
//!
//! ```sql
//! SELECT org, key, value FROM fact WHERE org IN EACH($1) AND year = $2 ORDER BY org, key
//! ```
use crate::{Param, dialect::Engine};

/// Ids side by side; a query with none of them finds nothing.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Each(Vec<u8>);

impl<'a> FromIterator<&'a [u8; 16]> for Each {
    fn from_iter<I: IntoIterator<Item = &'a [u8; 16]>>(ids: I) -> Self {
        Each(ids.into_iter().flatten().copied().collect())
    }
}

impl<'a> From<&'a Each> for Param<'a> {
    fn from(each: &'a Each) -> Self {
        Param::Blob(&each.0)
    }
}

/// What `IN EACH($n)` becomes. PostgreSQL looks an array up in the index; SQLite walks the list and does the same.
pub(crate) fn listed(n: &str, engine: Engine) -> String {
    match engine {
        Engine::Sqlite => format!(
            "IN (WITH RECURSIVE each_id (i) AS (SELECT 1 WHERE length(?{n}) > 0 \
             UNION ALL SELECT i + 16 FROM each_id WHERE i + 16 < length(?{n})) SELECT substr(?{n}, i, 16) FROM each_id)"
        ),
        Engine::Pg => format!(
            "= ANY (ARRAY(SELECT substring(${n}::bytea FROM i FOR 16) FROM generate_series(1, octet_length(${n}::bytea), 16) AS each_id (i)))"
        ),
    }
}

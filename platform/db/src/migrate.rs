//! Forward only: the files this program knows, in the order of their names, each once.
use crate::{Error, Result, dialect, dialect::Engine};
use std::collections::BTreeSet;

/// One migration file. The text is the same for both engines (the words that differ: the table in `db/src/dialect.rs`).
///
/// Names sort in the order the files were written, across crates: `0012_tree_places`.
#[derive(Clone, Copy, Debug)]
pub struct Migration {
    pub name: &'static str,
    pub sql: &'static str,
}

pub(crate) const TABLE: &str = "CREATE TABLE IF NOT EXISTS migration (name TEXT NOT NULL PRIMARY KEY) WITHOUT ROWID";

/// What is still to run, as `(name, SQL)`.
///
/// # Errors
/// `migration-unknown` if the database has been migrated by a newer program; two files of one name.
pub(crate) fn missing(list: &[Migration], done: &BTreeSet<String>, engine: Engine) -> Result<Vec<(&'static str, String)>> {
    let mut sorted: Vec<&Migration> = list.iter().collect();
    sorted.sort_by_key(|m| m.name);
    if let Some(twice) = sorted.iter().zip(sorted.iter().skip(1)).find(|(a, b)| a.name == b.name) {
        return Err(kernel::Error::internal(format!("two migrations are named {}", twice.0.name)).into());
    }
    if let Some(unknown) = done.iter().find(|d| sorted.binary_search_by_key(&d.as_str(), |m| m.name).is_err()) {
        return Err(kernel::Error::conflict("migration-unknown").with("name", unknown).into());
    }
    let open = sorted.into_iter().filter(|m| !done.contains(m.name));
    open.map(|m| Ok((m.name, dialect::translate(m.sql, engine)?))).collect()
}

/// Names the file that failed.
pub(crate) fn failed(name: &str, cause: &Error) -> Error {
    kernel::Error::internal(format!("migration {name}: {cause}")).into()
}

//! Reading published schemes. They never change, so each is parsed once a process.
use db::{Db, params};
use kernel::{BusinessDate, Error, Result, SchemeId};
use scheme::Scheme;
use scoring::Prepared;
use std::collections::HashMap;
use std::sync::{Arc, LazyLock, RwLock};

/// Immutable, and their ids are unique in the world: one cache serves every database of the process.
static READ: LazyLock<RwLock<HashMap<SchemeId, Arc<Prepared>>>> = LazyLock::new(Default::default);

db::row! {
    /// A published scheme in a list.
    #[derive(Clone, Debug)]
    pub struct SchemeLine {
        pub id: SchemeId, pub code: String, pub version: String, pub title: String, pub first_day: BusinessDate,
        pub last_day: Option<BusinessDate>,
    }
}

impl SchemeLine {
    /// Its dates describe, they limit no cycle; lists show them.
    pub fn in_force(&self, day: BusinessDate) -> bool {
        self.first_day <= day && self.last_day.is_none_or(|last| day <= last)
    }
}

/// A published scheme.
///
/// # Errors
/// Not found; the engine's own.
pub async fn scheme(db: &Db, id: SchemeId) -> Result<Arc<Prepared>> {
    if let Some(known) = READ.read().ok().and_then(|read| read.get(&id).cloned()) {
        return Ok(known);
    }
    let content: Vec<String> = db.lookup("SELECT content FROM scheme_edition WHERE id = $1", &params![&id]).await?;
    let scheme = Arc::new(Prepared::new(Scheme::from_canonical(content.first().ok_or_else(Error::not_found)?)?));
    if let Ok(mut read) = READ.write() {
        read.insert(id, scheme.clone());
    }
    Ok(scheme)
}

/// The scheme of a code and version.
///
/// # Errors
/// Not found; the engine's own.
pub async fn named(db: &Db, code: &str, version: &str) -> Result<SchemeId> {
    let found = db.lookup("SELECT id FROM scheme_edition WHERE code = $1 AND version = $2", &params![code, version]).await?;
    found.into_iter().next().ok_or_else(Error::not_found)
}

/// The newest version of a code: the one with the latest first day, then the one published last.
///
/// # Errors
/// Not found; the engine's own.
pub async fn newest(db: &Db, code: &str) -> Result<SchemeId> {
    const NEWEST: &str = "SELECT id FROM scheme_edition WHERE code = $1 ORDER BY first_day DESC, published DESC, version DESC LIMIT 1";
    db.lookup(NEWEST, &params![code]).await?.into_iter().next().ok_or_else(Error::not_found)
}

/// All published schemes, newest first within a code.
///
/// # Errors
/// The engine's own.
pub async fn schemes(db: &Db) -> Result<Vec<SchemeLine>> {
    const ALL: &str = "SELECT id, code, version, title, first_day, last_day FROM scheme_edition \
                       ORDER BY code, first_day DESC, published DESC, version DESC";
    Ok(db.read(async |tx| tx.all(ALL, &[]).await).await?)
}

use crate::{Db, Result};
#[derive(Clone, Copy)]
pub struct Migration {
    pub name: &'static str,
    pub sql: &'static str,
}
/// Forward only; the same file on both engines, three words apart.
pub async fn run(db: &Db, list: &[Migration]) -> Result<()> {
    db.batch(db.dialect("CREATE TABLE IF NOT EXISTS migration (name TEXT PRIMARY KEY) WITHOUT ROWID")).await?;
    for m in list {
        if db.lookup::<String>("SELECT name FROM migration WHERE name = $1", &[m.name.into()]).await?.is_empty() {
            db.batch(db.dialect(&format!("BEGIN; {}; INSERT INTO migration VALUES ('{}'); COMMIT", m.sql, m.name))).await?;
        }
    }
    Ok(())
}

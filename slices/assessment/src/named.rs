//! What the audit page calls what this slice keeps, and the schemes and regulations it goes by.
use administration::Thing;
use db::{Db, Result as Unit, Tx, params};
use kernel::{AdjustmentId, CycleId, DrawId, EditionId, ObjectionId, Result, SchemeId, SheetId, TeamId};
use web::Later;

pub struct Named;

impl administration::Named for Named {
    fn names(&self, db: Db, things: Vec<Thing>) -> Later<Result<Vec<(Thing, String)>>> {
        Box::pin(async move {
            let mut names = Vec::with_capacity(things.len());
            for thing in things.iter().filter(|thing| ["scheme", "edition"].contains(&thing.kind.as_str())) {
                names.extend(published(&db, thing).await.map(|name| (thing.clone(), name)));
            }
            let found = db.read(async move |tx| {
                let mut found = Vec::with_capacity(things.len());
                for thing in &things {
                    found.extend(name(tx, thing).await?.map(|name| (thing.clone(), name)));
                }
                Ok(found)
            });
            names.extend(found.await?);
            Ok(names)
        })
    }
}

/// What is gone or never was has no name.
async fn published(db: &Db, thing: &Thing) -> Option<String> {
    if thing.kind == "edition" {
        let edition = standards::editions::edition(db, EditionId::parse(&thing.id).ok()?).await.ok()?;
        return Some(edition.head.title.clone());
    }
    Some(standards::scheme(db, SchemeId::parse(&thing.id).ok()?).await.ok()?.title.clone())
}

async fn name(tx: &mut Tx<'_>, thing: &Thing) -> Unit<Option<String>> {
    let id = thing.id.as_str();
    match thing.kind.as_str() {
        "cycle" => tx.opt("SELECT title FROM cycle WHERE id = $1", &params![&CycleId::parse(id)?]).await,
        "team" => tx.opt("SELECT name FROM team WHERE id = $1", &params![&TeamId::parse(id)?]).await,
        "sheet" => tx.opt("SELECT name FROM sheet WHERE id = $1", &params![&SheetId::parse(id)?]).await,
        "adjustment" => {
            let sql = "SELECT s.name FROM adjustment a JOIN sheet s ON s.id = a.sheet WHERE a.id = $1";
            tx.opt(sql, &params![&AdjustmentId::parse(id)?]).await
        }
        "draw" => tx.opt("SELECT c.title FROM draw d JOIN cycle c ON c.id = d.cycle WHERE d.id = $1", &params![&DrawId::parse(id)?]).await,
        "objection" => {
            let sql = "SELECT c.title FROM objection o JOIN cycle c ON c.id = o.cycle WHERE o.id = $1";
            tx.opt(sql, &params![&ObjectionId::parse(id)?]).await
        }
        _ => Ok(None),
    }
}

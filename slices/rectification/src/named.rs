//! What the audit page calls a problem: its number, which stands on paper too.
use administration::Thing;
use db::{Db, params};
use kernel::{ProblemId, Result};
use web::Later;

pub struct Named;

impl administration::Named for Named {
    fn names(&self, db: Db, things: Vec<Thing>) -> Later<Result<Vec<(Thing, String)>>> {
        Box::pin(async move {
            let problems: Vec<Thing> = things.into_iter().filter(|thing| thing.kind == "problem").collect();
            let found = db.read(async move |tx| {
                let mut found = Vec::with_capacity(problems.len());
                for thing in &problems {
                    let id = ProblemId::parse(&thing.id)?;
                    let number: Option<String> = tx.opt("SELECT number FROM problem WHERE id = $1", &params![&id]).await?;
                    found.extend(number.map(|number| (thing.clone(), number)));
                }
                Ok(found)
            });
            Ok(found.await?)
        })
    }
}

//! A sheet with its cycle and scheme: what every page and operation about a sheet begins with.
use super::store::{self, Sheet};
use crate::cycle::{self, Cycle};
use access::{Grant, Permission};
use db::Db;
use kernel::{Error, Result, SheetId};
use scoring::Prepared;
use std::sync::Arc;

#[derive(Clone)]
pub struct Context {
    pub sheet: Sheet,
    pub cycle: Cycle,
    pub scheme: Arc<Prepared>,
}

/// A sheet within reach of the grant.
///
/// # Errors
/// Missing and out of reach are the same `not-found`; `cycle-is-withdrawn` if its cycle was.
pub async fn of_grant<P: Permission>(db: &Db, grant: &Grant<P>, id: SheetId) -> Result<Context> {
    let sheet = store::find(db, id).await?;
    grant.admits(&tree::path(db, sheet.org).await?.ok_or_else(Error::not_found)?)?;
    found(db, sheet).await
}

/// A sheet whatever the scope; the caller has checked a relation of its own, or is a job or command.
///
/// # Errors
/// `not-found` if there is no such sheet; `cycle-is-withdrawn` if its cycle was.
pub async fn any(db: &Db, id: SheetId) -> Result<Context> {
    found(db, store::find(db, id).await?).await
}

/// Three rows by their keys, and an edition that never changes: nothing that wants a snapshot. What is written from it asks
/// again in its unit of work.
async fn found(db: &Db, sheet: Sheet) -> Result<Context> {
    let cycle = match cycle::store::find(db, sheet.cycle).await {
        Err(db::Error::Missing) => {
            let id = sheet.cycle;
            db.read(async move |tx| cycle::store::of_admitted(tx, id).await).await?
        }
        found => found?,
    };
    with_scheme(db, sheet, cycle).await
}

pub(super) async fn with_scheme(db: &Db, sheet: Sheet, cycle: Cycle) -> Result<Context> {
    let scheme = standards::scheme(db, cycle.scheme()).await?;
    Ok(Context { sheet, cycle, scheme })
}

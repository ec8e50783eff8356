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
    if let Some((sheet, place, cycle)) = store::whole(db, id).await? {
        grant.admits(&place.ok_or_else(Error::not_found)?)?;
        return with_scheme(db, sheet, cycle).await;
    }
    let sheet = store::find(db, id).await?;
    grant.admits(&tree::path(db, sheet.org).await?.ok_or_else(Error::not_found)?)?;
    unseen(db, sheet).await
}

/// A sheet whatever the scope; the caller has checked a relation of its own, or is a job or command.
///
/// # Errors
/// `not-found` if there is no such sheet; `cycle-is-withdrawn` if its cycle was.
pub async fn any(db: &Db, id: SheetId) -> Result<Context> {
    match store::whole(db, id).await? {
        Some((sheet, _, cycle)) => with_scheme(db, sheet, cycle).await,
        None => unseen(db, store::find(db, id).await?).await,
    }
}

/// A sheet whose cycle was not to be seen a moment ago: it has been withdrawn, most likely, and that is the answer.
async fn unseen(db: &Db, sheet: Sheet) -> Result<Context> {
    let id = sheet.cycle;
    let cycle = db.read(async move |tx| cycle::store::of_admitted(tx, id).await).await?;
    with_scheme(db, sheet, cycle).await
}

pub(super) async fn with_scheme(db: &Db, sheet: Sheet, cycle: Cycle) -> Result<Context> {
    let scheme = standards::scheme(db, cycle.scheme()).await?;
    Ok(Context { sheet, cycle, scheme })
}

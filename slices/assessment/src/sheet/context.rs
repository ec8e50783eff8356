//! A sheet with its cycle and scheme: what every page and operation about a sheet begins with.
use super::store::{self, Sheet};
use crate::cycle::{self, Cycle};
use access::{Grant, Permission};
use db::Db;
use kernel::{Result, SheetId};
use scheme::Scheme;
use std::sync::Arc;

#[derive(Clone)]
pub struct Context {
    pub sheet: Sheet,
    pub cycle: Cycle,
    pub scheme: Arc<Scheme>,
}

/// A sheet within reach of the grant.
///
/// # Errors
/// Missing and out of reach are the same `not-found`.
pub async fn of_grant<P: Permission>(db: &Db, grant: &Grant<P>, id: SheetId) -> Result<Context> {
    let grant = grant.clone();
    let (sheet, cycle) = db
        .read(async move |tx| {
            let sheet = store::one(tx, &grant, id).await?;
            let cycle = cycle::store::any(tx, sheet.cycle).await?;
            Ok((sheet, cycle))
        })
        .await?;
    with_scheme(db, sheet, cycle).await
}

/// A sheet whatever the scope; the caller has checked a relation of its own, or is a job or command.
///
/// # Errors
/// `not-found` if there is no such sheet.
pub async fn any(db: &Db, id: SheetId) -> Result<Context> {
    let (sheet, cycle) = db
        .read(async move |tx| {
            let sheet = store::any(tx, id).await?;
            let cycle = cycle::store::any(tx, sheet.cycle).await?;
            Ok((sheet, cycle))
        })
        .await?;
    with_scheme(db, sheet, cycle).await
}

pub(super) async fn with_scheme(db: &Db, sheet: Sheet, cycle: Cycle) -> Result<Context> {
    let scheme = standards::scheme(db, cycle.scheme()).await?;
    Ok(Context { sheet, cycle, scheme })
}

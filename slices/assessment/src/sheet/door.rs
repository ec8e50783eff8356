//! Who reads a sheet: whoever may read sheets where its branch stands today, and the inspectors whose team it was given to.
//! This one place decides, for pages, programs, files and the answer "not yours" against "not there".
use super::context::{Context, with_scheme};
use super::store::{self, Sheet};
use crate::cycle;
use crate::{Inspect, SheetRead};
use access::{Caller, Grant, Permission};
use db::{Db, Result as Unit, Tx, params};
use kernel::{AccountId, Error, Result, SheetId};
use scoring::Layer;
use std::sync::Arc;

/// A sheet somebody may read.
pub struct Opened {
    pub context: Context,
    /// The layers in which the reader inspects it; empty for whoever only reads.
    pub given: Vec<Layer>,
}

/// # Errors
/// Missing and not theirs are the same `not-found`; `cycle-is-withdrawn` to whoever could read it before.
pub async fn open<P: Permission>(db: &Db, grant: &Grant<P>, id: SheetId) -> Result<Opened> {
    let caller = grant.caller().clone();
    let (sheet, cycle, given) = db
        .read(async move |tx| {
            let (sheet, given) = admitted(tx, &caller, id).await?;
            let cycle = cycle::store::of_admitted(tx, sheet.cycle).await?;
            Ok((sheet, cycle, given))
        })
        .await?;
    Ok(Opened { context: with_scheme(db, sheet, cycle).await?, given })
}

/// The sheet, and the layers in which the caller inspects it.
///
/// # Errors
/// `outside-scope` (shown as not found) for everybody else.
pub async fn admitted(tx: &mut Tx<'_>, caller: &Arc<Caller>, id: SheetId) -> Unit<(Sheet, Vec<Layer>)> {
    let given = match caller.account() {
        Some(account) if caller.holds::<Inspect>() => given(tx, account, id).await?,
        _ => Vec::new(),
    };
    if !given.is_empty() {
        return Ok((store::any(tx, id).await?, given));
    }
    let grant = caller.grant::<SheetRead>().ok_or(Error { key: "outside-scope", ..Error::not_found() })?;
    Ok((store::one(tx, &grant, id).await?, given))
}

/// The layers in which a team of theirs has been given this sheet.
async fn given(tx: &mut Tx<'_>, account: AccountId, sheet: SheetId) -> Unit<Vec<Layer>> {
    let layers: Vec<String> = tx
        .all(
            "SELECT a.layer FROM assignment a JOIN team_member m ON m.team = a.team AND m.account = $2 WHERE a.sheet = $1 ORDER BY a.layer",
            &params![&sheet, &account],
        )
        .await?;
    Ok(layers.iter().map(|l| Layer::parse(l)).collect::<Result<_>>()?)
}

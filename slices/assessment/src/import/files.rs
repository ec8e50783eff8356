//! Facts, layers and past ledgers as kinds of files on the pages.
use super::read::{Outcome, Take as CycleTake, import_facts, import_scores};
use crate::CycleLead;
use crate::cycle;
use crate::ledger::import_ledger;
use access::{Caller, Grant, Permission, Reach};
use db::{Db, Tx, params};
use facts::Suppliers;
use kernel::{BusinessDate, CycleId, Error, OrgId, Result};
use organisations::import::{Asked, Builds, Built, Importer, Report, reach};
use std::sync::Arc;
use web::Later;

/// Metric values of a cycle's branches.
pub struct FactFiles(pub Suppliers);
/// Scores of layers.
pub struct ScoreFiles(pub Suppliers);
/// A past year's ledger.
pub struct LedgerFiles;

impl Importer for FactFiles {
    fn name(&self) -> &'static str {
        "facts"
    }
    fn permission(&self) -> &'static str {
        CycleLead::CODE
    }
    fn reach(&self, caller: &Arc<Caller>) -> Option<Reach> {
        reach::<CycleLead>(caller)
    }
    fn sample(&self) -> &'static str {
        include_str!("../../../../content/templates/facts.csv")
    }
    fn choices(&self, db: Db, caller: Arc<Caller>, _: BusinessDate) -> Later<Result<Vec<(String, String)>>> {
        Box::pin(open_cycles(db, caller))
    }
    fn bring(&self, a: Asked) -> Later<Result<Report>> {
        let suppliers = self.0.clone();
        Box::pin(async move { Ok(report(import_facts(&a.db, &a.by, &suppliers, &take(&a)?).await?)) })
    }
}

impl Importer for ScoreFiles {
    fn name(&self) -> &'static str {
        "scores"
    }
    fn permission(&self) -> &'static str {
        CycleLead::CODE
    }
    fn reach(&self, caller: &Arc<Caller>) -> Option<Reach> {
        reach::<CycleLead>(caller)
    }
    fn sample(&self) -> &'static str {
        include_str!("../../../../content/templates/scores.csv")
    }
    fn choices(&self, db: Db, caller: Arc<Caller>, _: BusinessDate) -> Later<Result<Vec<(String, String)>>> {
        Box::pin(open_cycles(db, caller))
    }
    fn bring(&self, a: Asked) -> Later<Result<Report>> {
        let suppliers = self.0.clone();
        Box::pin(async move { Ok(report(import_scores(&a.db, &a.by, &suppliers, &take(&a)?).await?)) })
    }
}

/// Cycles that are not final and whose root the caller leads.
async fn open_cycles(db: Db, caller: Arc<Caller>) -> Result<Vec<(String, String)>> {
    let Some(grant) = caller.grant::<CycleLead>() else { return Ok(Vec::new()) };
    let cycles: Vec<_> = cycle::store::all(&db).await?.into_iter().filter(|c| !c.is_final()).collect();
    let mut led = Vec::new();
    for cycle in cycles {
        if admitted(&db, &grant, cycle.root).await? {
            led.push((cycle.id.to_string(), cycle.title));
        }
    }
    if led.is_empty() { Err(Error::conflict("import-no-cycle")) } else { Ok(led) }
}

async fn admitted(db: &Db, grant: &Grant<CycleLead>, root: OrgId) -> Result<bool> {
    let path = tree::path(db, root).await?;
    Ok(path.is_some_and(|p| grant.admits(&p).is_ok()))
}

fn take(a: &Asked) -> Result<CycleTake> {
    let t = a.take.clone();
    let cycle = CycleId::parse(&a.choice)?;
    Ok(CycleTake {
        id: t.id,
        cycle,
        path: t.path,
        file: t.file,
        reader: t.reader,
        today: t.today,
        layer: None,
        dry_run: t.dry_run,
        progress: t.progress,
    })
}

/// Every value is new: a later file replaces, the older value stays in history.
fn report(o: Outcome) -> Report {
    let created = u64::try_from(o.values).unwrap_or(0);
    let unnamed = o.bad - o.refused.len() as u64;
    Report { rows: o.rows, created, updated: 0, refused: o.refused, unnamed, changed: Vec::new(), heads: o.heads, format: o.format }
}

impl Importer for LedgerFiles {
    fn name(&self) -> &'static str {
        "ledger"
    }
    fn permission(&self) -> &'static str {
        CycleLead::CODE
    }
    fn reach(&self, caller: &Arc<Caller>) -> Option<Reach> {
        reach::<CycleLead>(caller)
    }
    fn sample(&self) -> &'static str {
        include_str!("../../../../content/templates/ledger.csv")
    }
    fn choices(&self, _: Db, _: Arc<Caller>, today: BusinessDate) -> Later<Result<Vec<(String, String)>>> {
        let last = today.year();
        Box::pin(async move { Ok((1..=YEARS).map(|back| (last - back).to_string()).map(|y| (y.clone(), y)).collect()) })
    }
    fn bring(&self, a: Asked) -> Later<Result<Report>> {
        Box::pin(async move {
            let year = a.choice.parse().map_err(|_| Error::invalid("import-choice").at("choice"))?;
            import_ledger(&a.db, &a.by, &a.take, year).await
        })
    }
}

/// How far back a ledger may lie.
const YEARS: i32 = 10;

/// An organisation that takes part in a cycle, or stands in a past ledger, is not taken back.
pub struct InCycles;

impl Builds for InCycles {
    fn on<'a, 'b: 'a>(&'a self, tx: &'a mut Tx<'b>, org: OrgId) -> Built<'a> {
        Box::pin(async move {
            let sheets: i64 = tx.one("SELECT COUNT(*) FROM sheet WHERE org = $1", &params![&org]).await?;
            let roots: i64 = tx.one("SELECT COUNT(*) FROM cycle WHERE root = $1", &params![&org]).await?;
            let results: i64 = tx.one("SELECT COUNT(*) FROM result WHERE org = $1", &params![&org]).await?;
            Ok((sheets + roots + results > 0).then_some("import-built-sheets"))
        })
    }
}

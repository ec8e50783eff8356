//! Reading a file once: good rows wait, bad ones are named; one bad row refuses the file.
use super::apply;
use super::row::{Checker, Value, What, branches};
use super::store::{self, Intake};
use crate::cycle;
use audit::{Author, Event};
use db::Db;
use facts::Suppliers;
use kernel::{BusinessDate, CycleId, Error, ImportId, Instant, Result};
use organisations::import::{Progress, Refusals, Refused};
use scoring::Layer;
use std::path::PathBuf;
use tabular::{Columns, Format, Heads, Limits, Reader, Rows};

/// Values staged in one unit of work.
const CHUNK: usize = 2000;

/// What is brought, and how.
#[derive(Clone, Debug)]
pub struct Take {
    /// Under this id it can be begun again: what it did is not done twice.
    pub id: ImportId,
    pub cycle: CycleId,
    pub path: PathBuf,
    /// The name people know the file by; the audit and the values carry it.
    pub file: String,
    pub reader: Reader,
    pub today: BusinessDate,
    /// The layer of a score file that has no such column.
    pub layer: Option<Layer>,
    /// Checks only; changes nothing.
    pub dry_run: bool,
    pub progress: Progress,
}

/// What became of it.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// Rows read, the head not counted.
    pub rows: u64,
    pub values: i64,
    /// Empty if the file was accepted.
    pub refused: Vec<Refused>,
    /// All of them, also beyond those kept.
    pub bad: u64,
    pub heads: Vec<String>,
    pub format: Format,
}

impl Outcome {
    pub fn accepted(&self) -> bool {
        self.bad == 0
    }
}

/// `branch_code,key,value,source`, or one row per branch and one column per key.
///
/// # Errors
/// What refuses the file as a whole: a key of the table reader, `import-final` after 定稿.
pub async fn import_facts<A: Author>(db: &Db, by: &A, suppliers: &Suppliers, take: &Take) -> Result<Outcome> {
    import(db, by, suppliers, take, What::Facts).await
}

/// `branch_code,indicator,layer,score,reason`, or one row per branch and one column per indicator.
///
/// # Errors
/// As [`import_facts`].
pub async fn import_scores<A: Author>(db: &Db, by: &A, suppliers: &Suppliers, take: &Take) -> Result<Outcome> {
    import(db, by, suppliers, take, What::Scores).await
}

async fn import<A: Author>(db: &Db, by: &A, suppliers: &Suppliers, take: &Take, what: What) -> Result<Outcome> {
    apply::resume(db, suppliers, take.today, Instant::now()).await?;
    let id = take.cycle;
    if again(db, take.id).await? {
        return Ok(Outcome { rows: 0, values: 0, refused: Vec::new(), bad: 0, heads: Vec::new(), format: Format::Csv });
    }
    let (cycle, codes) = db.read(async move |tx| Ok((cycle::store::any(tx, id).await?, branches(tx, id).await?))).await?;
    if cycle.is_final() {
        return Err(Error::conflict("import-final"));
    }
    let scheme = standards::scheme(db, cycle.scheme()).await?;
    let intake = Intake {
        id: take.id,
        cycle: id,
        kind: what.name().into(),
        file: take.file.clone(),
        by_name: by.name(),
        at: Instant::now(),
        rows: 0,
        state: "reading".into(),
    };
    let checker = Checker::new(what, &scheme, take.layer, codes);
    let outcome = read(db, checker, take, what, &intake).await;
    let accepted = outcome.as_ref().is_ok_and(Outcome::accepted);
    if take.dry_run {
        return outcome;
    }
    if !accepted {
        apply::discard(db, intake.id).await?;
        return outcome;
    }
    let outcome = outcome?;
    let (values, rows, root, at) = (outcome.values, outcome.rows, cycle.root, intake.clone());
    let action = if what == What::Facts { "facts.import" } else { "scores.import" };
    audit::change(db, by, async move |tx| {
        store::start(tx, at.id, values).await?;
        let event = Event::new(action, format!("cycle:{}", at.cycle)).at(root).with("file", &at.file);
        Ok(((), event.with("rows", rows).with("values", values)))
    })
    .await?;
    apply::carry(db, suppliers, &intake, take.today).await?;
    Ok(outcome)
}

/// Whether this import was made valid before: it has just been carried on. What came of one that was cut off while it was
/// read is thrown away.
async fn again(db: &Db, id: ImportId) -> Result<bool> {
    match db.read(async move |tx| store::state(tx, id).await).await?.as_deref() {
        None => Ok(false),
        Some("reading") => apply::discard(db, id).await.map(|()| false),
        Some(_) => Ok(true),
    }
}

async fn read(db: &Db, mut checker: Checker<'_>, take: &Take, what: What, intake: &Intake) -> Result<Outcome> {
    let mut rows = tabular::read(&take.path, &take.reader, Limits::default()).await?;
    let columns = columns(&mut rows, &checker, what).await?;
    let long = columns.has(what.long());
    let heads = columns.heads().to_vec();
    let mut outcome = Outcome { rows: 0, values: 0, refused: Vec::new(), bad: 0, heads, format: rows.format() };
    let (mut waiting, mut refusals): (Vec<Value>, _) = (Vec::new(), Refusals::default());
    if !take.dry_run {
        let new = intake.clone();
        audit::stage(db, async move |tx| store::insert(tx, &new).await).await?;
    }
    while let Some(row) = rows.next().await? {
        outcome.rows += 1;
        take.progress.add(1);
        let checked = match columns.row(&row) {
            Ok(record) => checker.row(&record, long),
            Err(bad) => Err(bad),
        };
        match checked {
            Ok(values) => {
                outcome.values += i64::try_from(values.len()).unwrap_or(i64::MAX);
                waiting.extend(values);
            }
            Err(bad) => {
                outcome.bad += 1;
                refusals.add(row.number, Refused { cells: row.cells, bad });
            }
        }
        // Once a row is bad nothing of the file will count: the rest is only checked.
        if take.dry_run || outcome.bad > 0 {
            waiting.clear();
        } else if waiting.len() >= CHUNK {
            stage(db, intake.id, std::mem::take(&mut waiting)).await?;
        }
    }
    (outcome.refused, _) = refusals.end();
    if outcome.rows == 0 {
        return Err(Error::invalid("import-no-row"));
    }
    if outcome.bad == 0 && !take.dry_run {
        stage(db, intake.id, waiting).await?;
    }
    Ok(outcome)
}

async fn columns(rows: &mut Rows, checker: &Checker<'_>, what: What) -> Result<Columns> {
    let accepts = |head: &str| checker.knows(head);
    let columns = rows.head(&Heads::new(what.heads()).wide(&accepts)).await?;
    // Long or wide, one of them, never a mixture.
    if columns.has(what.long()) == columns.is_wide() {
        return Err(Error::invalid("import-form").with("column", what.long()));
    }
    Ok(columns)
}

async fn stage(db: &Db, intake: ImportId, values: Vec<Value>) -> Result<()> {
    let now = Instant::now();
    audit::stage(db, async move |tx| {
        for value in &values {
            store::wait(tx, intake, value).await?;
        }
        store::beat(tx, intake, now).await
    })
    .await
}

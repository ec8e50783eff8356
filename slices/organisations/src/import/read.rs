//! Reading a file once: every bad row is named, and one refuses the file.
use super::report::{Refusals, Refused, Report};
use super::{Effect, Kind, Late, ROWS_MAX, TURNS, Take, carry, is_overtaken, store};
use audit::{Author, Event};
use db::Db;
use kernel::{Error, Instant, Result};
use std::collections::BTreeMap;
use tabular::{BadRow, Columns, Heads, Limits, Row, Rows};

/// Rows about which the database is asked at once.
const CHUNK: usize = 500;
/// Of their cells; a row may have as many bytes as five hundred usual ones.
const CHUNK_BYTES: usize = 1 << 20;

/// Checks a file and, unless it is a dry run, makes it valid as a whole. Of equal files that come at the same moment one does
/// what they say, and the others find it done.
///
/// # Errors
/// What refuses the file before its rows: a key of the table reader, `import-no-row`, `import-too-many`; `import-overtaken` if
/// others came first again and again.
pub async fn bring<K: Kind, A: Author>(db: &Db, by: &A, kind: impl Fn() -> K, take: &Take) -> Result<Report> {
    for _ in 1..TURNS {
        match turn(db, by, kind(), take).await {
            Err(e) if is_overtaken(&e) => {}
            done => return done,
        }
    }
    turn(db, by, kind(), take).await
}

async fn turn<K: Kind, A: Author>(db: &Db, by: &A, kind: K, take: &Take) -> Result<Report> {
    take.progress.begin();
    let begun = carry::again::<K>(db, take).await?;
    let seen = db.read(async |tx| store::counted(tx, K::NAME).await).await?;
    carry::resume::<K>(db, Instant::now()).await?;
    let mut table = tabular::read(&take.path, &take.reader, Limits::default()).await?;
    let columns = table.head(&Heads::new(K::HEADS)).await?;
    let report = Report { heads: columns.heads().to_vec(), format: table.format(), ..Report::empty() };
    if begun {
        return Ok(report);
    }
    let mut reading = Reading { kind, columns, report, good: Vec::new(), refused: Refusals::default() };
    while let Some(chunk) = chunk(&mut table).await? {
        take.progress.add(chunk.len());
        reading.chunk(db, chunk).await?;
    }
    if reading.report.rows == 0 {
        return Err(Error::invalid("import-no-row"));
    }
    let late = reading.kind.whole(&mut reading.good);
    reading.refuse_late(take, late).await?;
    let (mut report, rows) = reading.end();
    if report.accepted() && !take.dry_run && !rows.is_empty() {
        let event = Event::new(K::ACTION, format!("import:{}", K::NAME)).with("file", &take.file).with("rows", report.rows);
        let event = event.with("created", report.created).with("updated", report.updated);
        report.changed = carry::keep::<K, A>(db, by, (take, seen), rows, event).await?;
    }
    Ok(report)
}

async fn chunk(table: &mut Rows) -> Result<Option<Vec<Row>>> {
    let (mut rows, mut bytes) = (Vec::with_capacity(CHUNK), 0);
    while rows.len() < CHUNK && bytes < CHUNK_BYTES {
        let Some(row) = table.next().await? else { break };
        bytes += row.cells.iter().map(String::len).sum::<usize>();
        rows.push(row);
    }
    Ok((!rows.is_empty()).then_some(rows))
}

struct Reading<K: Kind> {
    kind: K,
    columns: Columns,
    report: Report,
    /// Rows that do something, with their numbers.
    good: Vec<(u64, K::Row)>,
    refused: Refusals,
}

impl<K: Kind> Reading<K> {
    async fn chunk(&mut self, db: &Db, rows: Vec<Row>) -> Result<()> {
        self.report.rows += rows.len() as u64;
        if self.report.rows > ROWS_MAX {
            return Err(Error::invalid("import-too-many").with("max", ROWS_MAX));
        }
        let mut whole = Vec::with_capacity(rows.len());
        for row in rows {
            match self.columns.row(&row) {
                Ok(_) => whole.push(row),
                Err(bad) => self.refuse(&row, bad),
            }
        }
        let asked: Vec<K::Asked> = whole.iter().filter_map(|row| Some(self.kind.ask(&self.columns.row(row).ok()?))).collect();
        let known = db
            .read(async move |tx| {
                let mut known = Vec::with_capacity(asked.len());
                for about in &asked {
                    known.push(K::look(tx, about).await?);
                }
                Ok(known)
            })
            .await?;
        for (row, known) in whole.iter().zip(known) {
            self.row(row, known);
        }
        Ok(())
    }
    fn row(&mut self, row: &Row, known: K::Known) {
        let Ok(record) = self.columns.row(row) else { return };
        match self.kind.check(&record, known) {
            Ok((checked, effect)) => {
                self.report.created += u64::from(effect == Effect::Creates);
                self.report.updated += u64::from(effect == Effect::Updates);
                if effect != Effect::Nothing {
                    self.good.push((row.number, checked));
                }
            }
            Err(bad) => self.refuse(row, bad),
        }
    }
    fn refuse(&mut self, row: &Row, bad: Vec<BadRow>) {
        self.refused.add(row.number, Refused { cells: row.cells.clone(), bad });
    }
    /// Reads the file again for the cells of rows that only the whole file shows to be wrong.
    async fn refuse_late(&mut self, take: &Take, late: Vec<Late>) -> Result<()> {
        if late.is_empty() {
            return Ok(());
        }
        let mut wrong: BTreeMap<u64, Vec<(&'static str, Error)>> = BTreeMap::new();
        late.into_iter().for_each(|(row, column, error)| wrong.entry(row).or_default().push((column, error)));
        let mut table = tabular::read(&take.path, &take.reader, Limits::default()).await?;
        table.head(&Heads::new(K::HEADS)).await?;
        while let Some(row) = table.next().await? {
            let (Some(cells), Ok(record)) = (wrong.remove(&row.number), self.columns.row(&row)) else { continue };
            let bad = cells.into_iter().map(|(column, error)| record.bad(column, error)).collect();
            self.refused.add(row.number, Refused { cells: row.cells.clone(), bad });
        }
        Ok(())
    }
    fn end(mut self) -> (Report, Vec<(u64, K::Row)>) {
        (self.report.refused, self.report.unnamed) = self.refused.end();
        if !self.report.accepted() {
            (self.report.created, self.report.updated) = (0, 0);
        }
        (self.report, self.good)
    }
}

//! A past year brought in as 外部结果: shown and compared with, never replayed, since its inputs are not ours.
use crate::result::store::{change_of, put};
use crate::result::{Columns, Line};
use audit::{Author, Event};
use db::{Db, Result as Unit, Tx, params};
use kernel::{CycleId, Error, Instant, Points, Result};
use std::collections::HashSet;
use std::path::Path;
use tabular::{BadRow, Head, Heads, Limits, Reader, Record, optional, required};

const HEADS: &[Head] = &[
    required("branch_code", "支部代码"),
    optional("branch_name", "支部名称"),
    optional("total", "总分"),
    required("grade", "等次"),
    optional("star", "星级"),
    optional("rank", "名次"),
    optional("previous_grade", "上年等次"),
    optional("change", "晋降"),
];
const CHUNK: usize = 500;

/// What became of the file.
#[derive(Clone, Debug)]
pub struct Brought {
    pub rows: usize,
    /// Empty if it was accepted.
    pub bad: Vec<BadRow>,
}

/// Brings in a past year's ledger: the columns of an export, of which only code and grade must be there. A later file for
/// the same year takes the place of the earlier one.
///
/// # Errors
/// What refuses the file as a whole; `ledger-year-final` for a year that has a final cycle of ours.
pub async fn import_ledger<A: Author>(
    db: &Db,
    by: &A,
    path: &Path,
    file: &str,
    year: i64,
    reader: &Reader,
    dry_run: bool,
) -> Result<Brought> {
    let ours: i64 =
        db.read(async move |tx| tx.one("SELECT COUNT(*) FROM cycle WHERE year = $1 AND phase = 'final'", &params![year]).await).await?;
    if ours > 0 {
        return Err(Error::conflict("ledger-year-final").with("year", year));
    }
    let (lines, codes, bad) = read(db, path, reader).await?;
    let rows = lines.len();
    if !bad.is_empty() || dry_run {
        return Ok(Brought { rows, bad });
    }
    let id = CycleId::new();
    for chunk in lines.chunks(CHUNK) {
        let chunk = chunk.to_vec();
        audit::stage(db, async move |tx| {
            for line in &chunk {
                put(tx, id, 1, line).await?;
            }
            Ok(())
        })
        .await?;
    }
    let (at, name, file) = (Instant::now(), by.name(), file.to_owned());
    audit::change(db, by, async move |tx| {
        tx.exec(
            "INSERT INTO past_ledger (id, year, file, by_name, at, rows, columns) VALUES ($1, $2, $3, $4, $5, $6, $7)",
            &params![&id, year, &file, &name, at, rows as i64, &codes.join(",")],
        )
        .await?;
        Ok(((), Event::new("ledger.import", format!("year:{year}")).with("file", &file).with("rows", rows)))
    })
    .await?;
    Ok(Brought { rows, bad })
}

type Found = (Vec<Line>, Vec<String>, Vec<BadRow>);

async fn read(db: &Db, path: &Path, reader: &Reader) -> Result<Found> {
    let mut rows = tabular::read(path, reader, Limits::default()).await?;
    let head = rows.next().await?.ok_or_else(|| Error::invalid("table-empty"))?;
    let code = |h: &str| !h.is_empty() && h.len() <= 16 && h.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'.' || b == b'_');
    let columns = Heads::new(HEADS).wide(&code).map(&head)?;
    let (mut lines, mut bad, mut codes) = (Vec::new(), Vec::new(), Vec::new());
    let (mut seen, mut ranks) = (HashSet::new(), HashSet::new());
    while let Some(row) = rows.next().await? {
        let record = match columns.row(&row) {
            Ok(record) => record,
            Err(b) => {
                bad.push(*b);
                continue;
            }
        };
        if codes.is_empty() {
            codes = record.wide().map(|(head, _)| head.to_owned()).collect();
        }
        match line(db, &record, lines.len() as i64 + 1).await {
            Ok(line) if !seen.insert(line.code.clone()) => {
                bad.push(record.bad("branch_code", Error::invalid("import-twice").with("key", &line.code)));
            }
            Ok(line) if !ranks.insert(line.rank) => {
                bad.push(record.bad("rank", Error::invalid("ledger-rank-twice").with("rank", line.rank)));
            }
            Ok(line) => lines.push(line),
            Err(b) => bad.push(*b),
        }
    }
    Ok((lines, codes, bad))
}

/// Without a rank of its own a row has its place in the file.
async fn line(db: &Db, r: &Record<'_>, place: i64) -> std::result::Result<Line, Box<BadRow>> {
    let code = r.get("branch_code").to_owned();
    let bad = |column: &str, e: Error| Box::new(r.bad(column, e));
    let unknown = || Error::invalid("org-code-unknown").with("code", r.get("branch_code"));
    let asked = code.clone();
    let found = db.read(async move |tx| branch(tx, &asked).await).await.map_err(|e| bad("branch_code", e.into()))?;
    let (org, path) = found.ok_or_else(|| bad("branch_code", unknown()))?;
    if r.get("grade").is_empty() {
        return Err(bad("grade", Error::invalid("ledger-grade-missing")));
    }
    let points = |text: &str| if text.is_empty() { Ok(None) } else { Points::parse(text).map(Some) };
    let number = |text: &str| text.parse::<i64>().ok().filter(|n| *n > 0);
    let star = match r.get("star") {
        "" => None,
        text => Some(
            text.parse::<u8>()
                .ok()
                .filter(|n| *n <= 5)
                .ok_or_else(|| bad("star", Error::invalid("ledger-star-range").with("value", text)))?,
        ),
    };
    let rank = match r.get("rank") {
        "" => place,
        text => number(text).ok_or_else(|| bad("rank", Error::invalid("ledger-rank-format").with("value", text)))?,
    };
    let mut columns = Vec::new();
    for (head, cell) in r.wide() {
        columns.push(points(cell).map_err(|e| bad(head, e))?);
    }
    Ok(Line {
        org: org.id,
        code,
        name: if r.get("branch_name").is_empty() { org.name } else { r.get("branch_name").to_owned() },
        category: org.category,
        path,
        total: points(r.get("total")).map_err(|e| bad("total", e))?,
        grade: r.get("grade").to_owned(),
        star,
        rank,
        previous_grade: Some(r.get("previous_grade").to_owned()).filter(|g| !g.is_empty()),
        change: change_of(r.get("change")),
        columns: Columns(columns),
    })
}

async fn branch(tx: &mut Tx<'_>, code: &str) -> Unit<Option<(organisations::Organisation, kernel::OrgPath)>> {
    let Some(org) = organisations::by_code(tx, code).await? else { return Ok(None) };
    let path = tree::node(tx, org.id).await?.path;
    Ok(Some((org, path)))
}

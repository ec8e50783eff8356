//! A past year brought in as 外部结果: shown and compared with, never replayed, since its inputs are not ours.
use crate::cycle::phase::Phase;
use crate::ledger::years::past;
use crate::result::store::{change_of, page, put};
use crate::result::{Columns, Line};
use access::Reach;
use audit::{Author, Event};
use db::{Db, Result as Unit, Tx, params};
use kernel::{CycleId, Error, Instant, Points, Result};
use organisations::OrgKind;
use organisations::import::{Refusals, Refused, Report, TURNS, Take, is_overtaken, overtaken};
use std::collections::HashSet;
use tabular::{BadRow, Head, Heads, Limits, Record, optional, required};

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
/// Above every scheme's full points with all bonus: more is a slip of the pen, or another column.
const TOTAL_MAX: Points = Points::hundredths(20_000);

/// Brings in a past year's ledger: the columns of an export, of which only code and grade must be there. A later file for
/// the same year takes the place of the earlier one.
///
/// # Errors
/// What refuses the file as a whole; `ledger-year-not-past` for a year that is not over; `ledger-year-running` while a cycle of
/// ours is under way for it, `ledger-year-final` once one is final; `ledger-year-wider` if the earlier file has branches out of
/// reach, whose results would go with it.
pub async fn import_ledger<A: Author>(db: &Db, by: &A, take: &Take, year: i64) -> Result<Report> {
    for _ in 1..TURNS {
        match turn(db, by, take, year).await {
            Err(e) if is_overtaken(&e) => unstage(db, CycleId::from_bytes(*take.id.bytes())).await?,
            done => return done,
        }
    }
    turn(db, by, take, year).await
}

async fn turn<A: Author>(db: &Db, by: &A, take: &Take, year: i64) -> Result<Report> {
    take.progress.begin();
    // An external result of a year that is still assessed here would stand in the place of the one to come.
    if year >= i64::from(take.today.year()) {
        return Err(Error::invalid("ledger-year-not-past").with("year", year));
    }
    let (id, reach) = (CycleId::from_bytes(*take.id.bytes()), take.reach.clone());
    let (ours, begun) = db.read(async move |tx| Ok((phases(tx, year).await?, is_there(tx, id).await?))).await?;
    if begun {
        return Ok(Report::empty());
    }
    if let Some(phase) = ours.first() {
        let key = if phase == Phase::Final.name() { "ledger-year-final" } else { "ledger-year-running" };
        return Err(Error::conflict(key).with("year", year));
    }
    if db.read(async move |tx| wider(tx, year, &reach).await).await? {
        return Err(Error::conflict("ledger-year-wider").with("year", year));
    }
    let before = db.read(async move |tx| standing(tx, year).await).await?;
    let (lines, codes, mut report) = read(db, take).await?;
    let codes = codes.join(",");
    if report.rows == 0 {
        // It would take the place of an earlier file and leave nothing.
        return Err(Error::invalid("ledger-empty"));
    }
    if !report.accepted() {
        return Ok(report);
    }
    match &before {
        // The same again changes nothing.
        Some(before) if before.columns == codes && same(db, before.id, &lines).await? => return Ok(report),
        Some(_) => report.updated = report.rows,
        None => report.created = report.rows,
    }
    if take.dry_run {
        return Ok(report);
    }
    take.progress.begin();
    // What a killed attempt has left under this id is not visible to anybody.
    unstage(db, id).await?;
    for chunk in lines.chunks(CHUNK) {
        let chunk = chunk.to_vec();
        take.progress.add(chunk.len());
        audit::stage(db, async move |tx| {
            for line in &chunk {
                put(tx, id, 1, line).await?;
            }
            Ok(())
        })
        .await?;
    }
    let (at, name, file, rows) = (Instant::now(), by.name(), take.file.clone(), lines.len() as i64);
    let seen = before.map(|before| before.id);
    audit::change(db, by, async move |tx| {
        if standing(tx, year).await?.map(|now| now.id) != seen {
            return Err(overtaken().into());
        }
        tx.exec(
            "INSERT INTO past_ledger (id, year, file, by_name, at, rows, columns) VALUES ($1, $2, $3, $4, $5, $6, $7)",
            &params![&id, year, &file, &name, at, rows, &codes],
        )
        .await?;
        Ok(((), Event::new("ledger.import", format!("year:{year}")).with("file", &file).with("rows", rows)))
    })
    .await?;
    Ok(report)
}

async fn unstage(db: &Db, id: CycleId) -> Result<()> {
    audit::stage(db, async move |tx| tx.exec("DELETE FROM result WHERE cycle = $1", &params![&id]).await.map(drop)).await
}

db::row! {
    /// The file that counts for a year.
    struct Standing { id: CycleId, columns: String }
}

async fn standing(tx: &mut Tx<'_>, year: i64) -> Unit<Option<Standing>> {
    tx.opt("SELECT id, columns FROM past_ledger WHERE year = $1 ORDER BY at DESC LIMIT 1", &params![year]).await
}

/// Whether an earlier file says of every branch what this one does.
async fn same(db: &Db, id: CycleId, lines: &[Line]) -> Result<bool> {
    let mut new: Vec<&Line> = lines.iter().collect();
    new.sort_by_key(|l| l.rank);
    let (mut new, mut after) = (new.into_iter(), 0);
    loop {
        let old = db.read(async move |tx| page(tx, id, 1, after, CHUNK as i64).await).await?;
        let Some(last) = old.last() else { return Ok(new.next().is_none()) };
        after = last.rank;
        if !old.iter().all(|line| new.next() == Some(line)) {
            return Ok(false);
        }
    }
}

/// Where our cycles of a year stand, those under way first.
async fn phases(tx: &mut Tx<'_>, year: i64) -> Unit<Vec<String>> {
    tx.all("SELECT phase FROM cycle WHERE year = $1 AND ready = 1 ORDER BY CASE WHEN phase = 'final' THEN 1 ELSE 0 END", &params![year])
        .await
}

/// Whether the file that counts for a year has branches out of reach.
async fn wider(tx: &mut Tx<'_>, year: i64, reach: &Reach) -> Unit<bool> {
    let Some(now) = past(tx).await?.into_iter().find(|p| p.year == year).filter(|_| !reach.is_everything()) else { return Ok(false) };
    let all: i64 = tx.one("SELECT COUNT(*) FROM result r WHERE r.cycle = $1", &params![&now.id]).await?;
    let sql = concat!("SELECT COUNT(*) FROM result r WHERE r.cycle = $1 AND r.org ", tree::below!("$2", "$3"));
    let mut within = 0;
    for scope in reach.scopes() {
        within += tx.one::<i64>(sql, &params![&now.id, &scope.from, &scope.to]).await?;
    }
    Ok(within < all)
}

async fn is_there(tx: &mut Tx<'_>, id: CycleId) -> Unit<bool> {
    let n: i64 = tx.one("SELECT COUNT(*) FROM past_ledger WHERE id = $1", &params![&id]).await?;
    Ok(n > 0)
}

type Found = (Vec<Line>, Vec<String>, Report);

async fn read(db: &Db, take: &Take) -> Result<Found> {
    let mut rows = tabular::read(&take.path, &take.reader, Limits::default()).await?;
    let columns = rows.head(&Heads::new(HEADS).wide(&scheme::is_code)).await?;
    let mut report = Report { heads: columns.heads().to_vec(), format: rows.format(), ..Report::empty() };
    let (mut lines, mut codes) = (Vec::new(), Vec::new());
    let (mut seen, mut ranks, mut refusals) = (HashSet::new(), HashSet::new(), Refusals::default());
    while let Some(row) = rows.next().await? {
        report.rows += 1;
        take.progress.add(1);
        let checked = match columns.row(&row) {
            Ok(record) => {
                if codes.is_empty() {
                    codes = record.wide().map(|(head, _)| head.to_owned()).collect();
                }
                // Seen whatever else the row says: the second is one too many also where the first is refused.
                let code = record.get("branch_code");
                let twice = !code.is_empty() && !seen.insert(code.to_owned());
                match line(db, take, &record, lines.len() as i64 + 1).await {
                    Ok(_) if twice => Err(vec![record.bad("branch_code", Error::invalid("import-twice").with("key", code))]),
                    Ok(line) if !ranks.insert(line.rank) => {
                        Err(vec![record.bad("rank", Error::invalid("ledger-rank-twice").with("rank", line.rank))])
                    }
                    other => other.map_err(|bad| vec![*bad]),
                }
            }
            Err(bad) => Err(bad),
        };
        match checked {
            Ok(line) => lines.push(line),
            Err(bad) => refusals.add(row.number, Refused { cells: row.cells, bad }),
        }
    }
    (report.refused, report.unnamed) = refusals.end();
    Ok((lines, codes, report))
}

/// Without a rank of its own a row has its place in the file.
async fn line(db: &Db, take: &Take, r: &Record<'_>, place: i64) -> std::result::Result<Line, Box<BadRow>> {
    let code = r.get("branch_code").to_owned();
    let bad = |column: &str, e: Error| Box::new(r.bad(column, e));
    let unknown = || Error::invalid("org-code-unknown").with("code", r.get("branch_code"));
    let asked = code.clone();
    let found = db.read(async move |tx| branch(tx, &asked).await).await.map_err(|e| bad("branch_code", e.into()))?;
    let (org, path) = found.filter(|(_, path)| take.reaches(path)).ok_or_else(|| bad("branch_code", unknown()))?;
    if !is_branch(&org) {
        return Err(bad("branch_code", Error::invalid("ledger-not-branch").with("code", &code).with("name", &org.name)));
    }
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
    let change = match r.get("change") {
        "" => None,
        text => Some(change_of(text).ok_or_else(|| bad("change", Error::invalid("ledger-change-word").with("value", text)))?),
    };
    let total = points(r.get("total")).map_err(|e| bad("total", e))?;
    if let Some(above) = total.filter(|t| *t > TOTAL_MAX) {
        return Err(bad("total", Error::invalid("ledger-total-range").with("value", above).with("max", TOTAL_MAX)));
    }
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
        total,
        grade: r.get("grade").to_owned(),
        star,
        rank,
        previous_grade: Some(r.get("previous_grade").to_owned()).filter(|g| !g.is_empty()),
        change,
        columns: Columns(columns),
    })
}

async fn branch(tx: &mut Tx<'_>, code: &str) -> Unit<Option<(organisations::Organisation, kernel::OrgPath)>> {
    let Some(org) = organisations::by_code(tx, code).await? else { return Ok(None) };
    let path = tree::node(tx, org.id).await?.path;
    Ok(Some((org, path)))
}

/// Results are of branches; temporary ones may have had one elsewhere.
fn is_branch(org: &organisations::Organisation) -> bool {
    use OrgKind::{Branch, JointBranch, TemporaryBranch, TemporaryJointBranch};
    OrgKind::parse(&org.kind).is_ok_and(|kind| matches!(kind, Branch | JointBranch | TemporaryBranch | TemporaryJointBranch))
}

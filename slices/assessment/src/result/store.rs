//! The SQL of results. A version's rows are seen only once its cycle names the version.
use super::compute::{Grading, Line, Who};
use super::{Columns, frozen, version};
use crate::cycle::Cycle;
use crate::sheet::store::Sheet;
use db::{Db, Each, Result as Unit, Tx, params};
use kernel::{CycleId, OrgId, OrgPath, Points, Result};
use scoring::{BranchInput, Change, Prepared};
use std::collections::HashMap;
use std::sync::Arc;

db::row! {
    struct Kept {
        org: OrgId, code: String, name: String, category: String, path: OrgPath, total: Option<Points>, grade: String, star: Option<i64>,
        rank: i64, previous_grade: Option<String>, change: Option<String>, columns: String,
    }
    struct FrozenRow { org: OrgId, code: String, name: String, category: String, path: OrgPath, input: String }
}

impl Kept {
    fn line(self) -> Result<Line> {
        Ok(Line {
            org: self.org,
            code: self.code,
            name: self.name,
            category: self.category,
            path: self.path,
            total: self.total,
            grade: self.grade,
            star: self.star.and_then(|s| u8::try_from(s).ok()),
            rank: self.rank,
            previous_grade: self.previous_grade,
            change: self.change.as_deref().and_then(change_of),
            columns: Columns::parse(&self.columns)?,
        })
    }
}

/// `None` for a word that is none of ours.
pub fn change_of(name: &str) -> Option<Change> {
    [Change::Up, Change::Down, Change::Same].into_iter().find(|c| c.name() == name)
}

/// What is final, read from where it is kept.
///
/// # Errors
/// The engine's own.
pub async fn grading(db: &Db, cycle: Cycle, scheme: Arc<Prepared>) -> Result<Grading> {
    let (id, number) = (cycle.id, cycle.result_version);
    let mut lines = Vec::new();
    let mut after = 0;
    loop {
        let chunk = db.read(async move |tx| page(tx, id, number, after, super::compute::CHUNK).await).await?;
        let Some(last) = chunk.last() else { break };
        after = last.rank;
        lines.extend(chunk);
    }
    let allotments = db.read(async move |tx| version::one(tx, id, number).await).await?.allotments()?;
    Ok(Grading { version: number, cycle, scheme, lines, allotments })
}

/// The lines of a statement that selects the columns of a line.
///
/// # Errors
/// The engine's own.
pub async fn lines_of(tx: &mut Tx<'_>, sql: &'static str, params: &[db::Param<'_>]) -> Unit<Vec<Line>> {
    let kept: Vec<Kept> = tx.all(sql, params).await?;
    Ok(kept.into_iter().map(Kept::line).collect::<Result<_>>()?)
}

/// Lines in rank order after a rank, whoever may see them: for what is computed again or written whole.
///
/// # Errors
/// The engine's own.
pub async fn page(tx: &mut Tx<'_>, cycle: CycleId, version: i64, after: i64, limit: i64) -> Unit<Vec<Line>> {
    let sql = "SELECT org, code, name, category, path, total, grade, star, rank, previous_grade, change, columns FROM result
         WHERE cycle = $1 AND version = $2 AND rank > $3 ORDER BY rank LIMIT $4";
    lines_of(tx, sql, &params![&cycle, version, after, limit]).await
}

/// # Errors
/// The engine's own.
pub async fn of_org(tx: &mut Tx<'_>, cycle: CycleId, version: i64, org: OrgId) -> Unit<Option<Line>> {
    let kept: Option<Kept> = tx
        .opt(
            "SELECT org, code, name, category, path, total, grade, star, rank, previous_grade, change, columns FROM result
             WHERE cycle = $1 AND version = $2 AND org = $3",
            &params![&cycle, version, &org],
        )
        .await?;
    Ok(kept.map(Kept::line).transpose()?)
}

/// Keeps a line; what an interrupted attempt left of it is replaced.
///
/// # Errors
/// The engine's own.
pub async fn put(tx: &mut Tx<'_>, cycle: CycleId, version: i64, l: &Line) -> Unit<()> {
    let (star, change, columns) = (l.star.map(i64::from), l.change.map(Change::name), l.columns.text());
    tx.later(
        "INSERT INTO result (cycle, version, org, code, name, path, category, total, grade, star, rank, previous_grade, change, columns)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
        &params![
            &cycle,
            version,
            &l.org,
            &l.code,
            &l.name,
            &l.path,
            &l.category,
            l.total,
            &l.grade,
            star,
            l.rank,
            l.previous_grade.as_ref(),
            change,
            &columns
        ],
    )
    .await
}

/// # Errors
/// The engine's own.
pub async fn clear(tx: &mut Tx<'_>, cycle: CycleId, version: i64, org: OrgId) -> Unit<()> {
    tx.later("DELETE FROM result WHERE cycle = $1 AND version = $2 AND org = $3", &params![&cycle, version, &org]).await
}

/// Freezes a branch's inputs.
///
/// # Errors
/// The engine's own.
pub async fn freeze(tx: &mut Tx<'_>, cycle: CycleId, version: i64, org: OrgId, input: &str) -> Unit<()> {
    tx.later(
        "INSERT INTO result_input (cycle, version, org, input) VALUES ($1, $2, $3, $4)
         ON CONFLICT (cycle, version, org) DO UPDATE SET input = excluded.input",
        &params![&cycle, version, &org, input],
    )
    .await
}

/// The frozen inputs of the next branches in the order of their codes.
///
/// # Errors
/// `internal` if what is stored is not what was written.
pub async fn frozen_after(tx: &mut Tx<'_>, cycle: CycleId, version: i64, after: &str, limit: i64) -> Unit<Vec<(Who, BranchInput)>> {
    let rows: Vec<FrozenRow> = tx
        .all(
            "SELECT s.org, s.code, s.name, s.category, s.path, i.input FROM sheet s
             JOIN result_input i ON i.cycle = s.cycle AND i.org = s.org AND i.version = $2
             WHERE s.cycle = $1 AND s.code > $3 ORDER BY s.code LIMIT $4",
            &params![&cycle, version, after, limit],
        )
        .await?;
    let one = |r: FrozenRow| {
        let input = frozen::read(&r.code, &r.input)?;
        Ok((Who { org: r.org, code: r.code, name: r.name, category: r.category, path: r.path }, input))
    };
    Ok(rows.into_iter().map(one).collect::<Result<_>>()?)
}

/// One branch's frozen inputs, as stored.
///
/// # Errors
/// [`db::Error::Missing`] if nothing is frozen.
pub async fn frozen_of(tx: &mut Tx<'_>, cycle: CycleId, version: i64, org: OrgId) -> Unit<String> {
    tx.one("SELECT input FROM result_input WHERE cycle = $1 AND version = $2 AND org = $3", &params![&cycle, version, &org]).await
}

/// The same, as the calculation takes it.
///
/// # Errors
/// As [`frozen_of`].
pub async fn frozen_input(tx: &mut Tx<'_>, cycle: CycleId, version: i64, org: OrgId, code: &str) -> Unit<BranchInput> {
    Ok(frozen::read(code, &frozen_of(tx, cycle, version, org).await?)?)
}

/// As [`frozen_input`], of many branches in the order of their sheets.
///
/// # Errors
/// [`db::Error::Missing`] if nothing is frozen of one of them.
pub async fn frozen_inputs(tx: &mut Tx<'_>, cycle: CycleId, version: i64, sheets: &[Sheet]) -> Unit<Vec<BranchInput>> {
    db::row! { struct Kept { org: OrgId, input: String } }
    let each: Each = sheets.iter().map(|s| &s.org).collect();
    let sql = "SELECT org, input FROM result_input WHERE cycle = $1 AND version = $2 AND org IN EACH($3)";
    let rows: Vec<Kept> = tx.all(sql, &params![&cycle, version, &each]).await?;
    let by_org: HashMap<OrgId, String> = rows.into_iter().map(|r| (r.org, r.input)).collect();
    let of = |s: &Sheet| Ok(frozen::read(&s.code, by_org.get(&s.org).ok_or(db::Error::Missing)?)?);
    sheets.iter().map(of).collect()
}

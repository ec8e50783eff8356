//! `cycle grade`: computes from whatever is there, in every phase before 定稿; afterwards shows what is final.
use super::compute::{CHUNK, Collected, Grading, Line, WAVE, Who};
use super::store;
use crate::cycle::{self, Cycle};
use crate::sheet::store::Sheet;
use crate::sheet::{self, input};
use access::Reach;
use db::{Db, Tx};
use facts::Suppliers;
use futures_util::future::try_join_all;
use kernel::{BusinessDate, CycleId, Error, Points, Result};
use scheme::Scheme;
use serde::{Serialize, Serializer};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Grades a cycle; writes nothing. `day` is the day as of which registers are asked.
///
/// # Errors
/// `not-found` for a cycle that is not there; the engine's own.
pub async fn grade(db: &Db, suppliers: &Suppliers, cycle: CycleId, day: BusinessDate) -> Result<Grading> {
    let cycle = db.read(async move |tx| cycle::store::any(tx, cycle).await).await?;
    let scheme = standards::scheme(db, cycle.scheme()).await?;
    if cycle.is_final() {
        return store::grading(db, cycle, scheme).await;
    }
    let (lines, allotments) = {
        let mut collected = Collected::new(&scheme);
        let ahead = |after| {
            let (db, suppliers, cycle) = (db.clone(), suppliers.clone(), cycle.clone());
            tokio::spawn(async move { inputs_after(&db, &suppliers, &cycle, after, day).await })
        };
        let mut reading = ahead(None);
        loop {
            let chunk = reading.await.map_err(Error::internal)??;
            let Some(last) = chunk.last() else { break };
            // The next wave is read while this one is scored.
            reading = ahead(Some(last.0.code.clone()));
            chunk.into_iter().for_each(|(sheet, input)| collected.add(who(sheet), &input));
        }
        collected.placed()
    };
    Ok(Grading { cycle, scheme, version: 0, lines, allotments })
}

/// The next sheets in the order of their codes with what is known of each; several readers look it up side by side.
pub(super) async fn inputs_after(
    db: &Db,
    suppliers: &Suppliers,
    cycle: &Cycle,
    after: Option<String>,
    day: BusinessDate,
) -> Result<Vec<(Sheet, scoring::BranchInput)>> {
    let id = cycle.id;
    let page = async move |tx: &mut Tx<'_>| sheet::listing::page(tx, id, &Reach::everything(), after.as_deref(), WAVE).await;
    let sheets = Arc::new(db.read(page).await?);
    let known = |from: usize| {
        let (cycle, suppliers, sheets) = (cycle.clone(), suppliers.clone(), sheets.clone());
        let part = from..sheets.len().min(from + CHUNK as usize);
        db.read(async move |tx| input::of_many(tx, &suppliers, &cycle, sheets.get(part.clone()).unwrap_or_default(), day).await)
    };
    let inputs = try_join_all((0..sheets.len()).step_by(CHUNK as usize).map(known)).await?;
    Ok(Arc::unwrap_or_clone(sheets).into_iter().zip(inputs.into_iter().flatten()).collect())
}

pub(super) fn who(sheet: Sheet) -> Who {
    Who { org: sheet.org, code: sheet.code, name: sheet.name, category: sheet.category, path: sheet.path }
}

/// A grading as `--json` prints it; scores by code, in the scheme's order, `null` where not applicable.
#[derive(Serialize)]
pub struct GradeJson<'a> {
    cycle: String,
    year: i64,
    phase: &'static str,
    #[serde(rename = "final")]
    is_final: bool,
    version: i64,
    scheme: &'a str,
    scheme_version: &'a str,
    branches: usize,
    grades: BTreeMap<&'a str, usize>,
    stars: BTreeMap<String, usize>,
    allotments: &'a [scoring::Allotment],
    rows: Vec<RowJson<'a>>,
}

#[derive(Serialize)]
struct RowJson<'a> {
    branch_code: &'a str,
    branch_name: &'a str,
    total: Option<Number>,
    grade: &'a str,
    star: Option<u8>,
    rank: i64,
    previous_grade: Option<&'a str>,
    change: Option<&'static str>,
    dimensions: BTreeMap<&'a str, Option<Number>>,
    indicators: BTreeMap<&'a str, Option<Number>>,
}

/// Points as a JSON number.
pub(crate) struct Number(pub Points);

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, to: S) -> std::result::Result<S::Ok, S::Error> {
        scheme::points_number(&self.0, to)
    }
}

/// What `leitu cycle grade ID --json` and `leitu export ledger ID --format json` print.
pub fn grade_json(grading: &Grading) -> GradeJson<'_> {
    let count = |of: &dyn Fn(&Line) -> bool| grading.lines.iter().filter(|l| of(l)).count();
    let scheme = &grading.scheme;
    GradeJson {
        cycle: grading.cycle.id.to_string(),
        year: grading.cycle.year,
        phase: grading.cycle.phase.name(),
        is_final: grading.cycle.is_final(),
        version: grading.version,
        scheme: &scheme.code,
        scheme_version: &scheme.version,
        branches: grading.lines.len(),
        grades: scheme.grades.iter().map(|g| (g.name.as_str(), count(&|l| l.grade == g.name))).collect(),
        stars: scheme.stars.iter().map(|s| (s.level.to_string(), count(&|l| l.star == Some(s.level)))).collect(),
        allotments: &grading.allotments,
        rows: grading.lines.iter().map(|l| row_json(scheme, l)).collect(),
    }
}

fn row_json<'a>(scheme: &'a Scheme, line: &'a Line) -> RowJson<'a> {
    let cell = |i: usize| line.columns.0.get(i).copied().flatten().map(Number);
    let ahead = scheme.dimensions.len();
    RowJson {
        branch_code: &line.code,
        branch_name: &line.name,
        total: line.total.map(Number),
        grade: &line.grade,
        star: line.star,
        rank: line.rank,
        previous_grade: line.previous_grade.as_deref(),
        change: line.change.map(scoring::Change::name),
        dimensions: scheme.dimensions.iter().enumerate().map(|(i, d)| (d.code.as_str(), cell(i))).collect(),
        indicators: scheme.indicators.iter().enumerate().map(|(i, n)| (n.code.as_str(), cell(ahead + i))).collect(),
    }
}

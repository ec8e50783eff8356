//! Writing a ledger: exactly these columns, exactly the rows asked for, in rank order.
use crate::result::{Grading, Line, grade::grade, grade_json};
use db::Db;
use facts::Suppliers;
use kernel::{BusinessDate, CycleId, Error, OrgPath, Result};
use scheme::Scheme;
use scoring::Change;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;
use tabular::{Cell, Column, Format, Note, Sheet};

/// As what it is written.
#[derive(Clone, Debug)]
pub enum Kind {
    Csv,
    /// With the sheet that says who took it, when and what was asked for.
    Xlsx(Note),
    Json,
}

/// Which rows. Everything by default.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    pub grade: Option<String>,
    pub star: Option<u8>,
    pub change: Option<Change>,
    /// Places in the cycle's copy of the tree, `[from, to)`.
    pub range: Option<(String, String)>,
}

impl Filter {
    pub fn admits(&self, l: &Line) -> bool {
        let within = |p: &OrgPath| self.range.as_ref().is_none_or(|(from, to)| p.as_str() >= from.as_str() && p.as_str() < to.as_str());
        self.grade.as_ref().is_none_or(|g| *g == l.grade)
            && self.star.is_none_or(|s| l.star.unwrap_or(0) == s)
            && self.change.is_none_or(|c| l.change == Some(c))
            && within(&l.path)
    }
}

/// Writes a cycle's ledger to a file; before 定稿 as it would stand now. Answers the rows written. The caller notes it in
/// the audit.
///
/// # Errors
/// `not-found` for a cycle that is not there; `internal` if the file cannot be written.
pub async fn export_ledger(
    db: &Db,
    suppliers: &Suppliers,
    cycle: CycleId,
    day: BusinessDate,
    kind: Kind,
    filter: &Filter,
    out: &Path,
) -> Result<usize> {
    let mut grading = grade(db, suppliers, cycle, day).await?;
    grading.lines.retain(|l| filter.admits(l));
    let out = out.to_owned();
    // Writing blocks: a hundred thousand rows take seconds.
    tokio::task::spawn_blocking(move || write(&grading, kind, &out)).await.map_err(Error::internal)?
}

fn write(grading: &Grading, kind: Kind, out: &Path) -> Result<usize> {
    let (format, note) = match kind {
        Kind::Csv => (Format::Csv, Note::default()),
        Kind::Xlsx(note) => (Format::Xlsx, note),
        Kind::Json => {
            let mut file = BufWriter::new(File::create(out).map_err(Error::internal)?);
            serde_json::to_writer(&mut file, &grade_json(grading)).map_err(Error::internal)?;
            file.flush().map_err(Error::internal)?;
            return Ok(grading.lines.len());
        }
    };
    write_lines(&codes(&grading.scheme), &grading.lines, format, out, &note)?;
    Ok(grading.lines.len())
}

/// Codes of the columns after the fixed ones.
pub fn codes(scheme: &Scheme) -> Vec<String> {
    scheme.dimensions.iter().map(|d| d.code.clone()).chain(scheme.indicators.iter().map(|i| i.code.clone())).collect()
}

/// The fixed columns, by the names other programs read.
pub const FIXED: [&str; 8] = ["branch_code", "branch_name", "total", "grade", "star", "rank", "previous_grade", "change"];

/// # Errors
/// `internal` if the file cannot be written.
pub fn write_lines(codes: &[String], lines: &[Line], format: Format, out: &Path, note: &Note) -> Result<()> {
    let mut sheet = Sheet::create(out, format, "ledger", columns(codes))?;
    for line in lines {
        sheet.row(&cells(line, codes.len()))?;
    }
    sheet.finish(note)
}

pub fn columns(codes: &[String]) -> Vec<Column> {
    let fixed = FIXED.iter().map(|head| Column::new(*head, 14.0));
    fixed.chain(codes.iter().map(|code| Column::new(code, 8.0))).collect()
}

pub fn cells(l: &Line, codes: usize) -> Vec<Cell> {
    let points = |p: Option<kernel::Points>| p.map_or_else(Cell::empty, Cell::Points);
    let mut row = vec![
        Cell::text(&l.code),
        Cell::text(&l.name),
        points(l.total),
        Cell::text(&l.grade),
        l.star.map_or_else(Cell::empty, |s| Cell::Integer(s.into())),
        Cell::Integer(l.rank),
        Cell::text(l.previous_grade.as_deref().unwrap_or_default()),
        Cell::text(l.change.map_or("", Change::name)),
    ];
    row.extend((0..codes).map(|i| points(l.columns.0.get(i).copied().flatten())));
    row
}

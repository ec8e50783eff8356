//! A copy of a database as it stands at one moment, while others write: one SQLite file, whatever the engine, so that a
//! backup is read by the same program, and moves to the other engine, wherever it was made.
//!
//! On SQLite it is the file, page by page ([`page`]). From PostgreSQL our own migrations make an empty file and the rows are
//! drawn into it inside one snapshot ([`draw`]); into PostgreSQL they are poured inside one transaction ([`pour`]). Whether two
//! databases hold the same is told by their [contents](Content), which no engine changes.
pub(crate) mod draw;
pub(crate) mod page;
pub(crate) mod pour;

use crate::{Error, Migration, Param, Result};
use ring::digest::{SHA256, digest};
use rusqlite::{Connection, types::ValueRef};
use std::{
    fs::File,
    path::{Path, PathBuf},
};

/// What one table holds.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Content {
    pub table: String,
    pub rows: u64,
    /// The sum of its rows' SHA-256, so that rows need no order; the same on both engines.
    pub digest: [u8; 32],
}

/// A table and its columns, both as every engine has them: what an engine keeps for itself is not among them.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) struct Table {
    pub name: String,
    pub columns: Vec<String>,
}

impl Table {
    /// `"a", "b"`; each engine takes names between these signs.
    pub fn list(&self) -> String {
        self.columns.iter().map(|c| format!("\"{c}\"")).collect::<Vec<_>>().join(", ")
    }
    pub fn select(&self) -> String {
        format!("SELECT {} FROM \"{}\"", self.list(), self.name)
    }
}

/// Adds up the rows of one table.
#[derive(Default)]
pub(crate) struct Tally {
    rows: u64,
    sum: [u64; 4],
    row: Vec<u8>,
}

impl Tally {
    pub fn row(&mut self, values: &[Param<'_>]) {
        self.row.clear();
        for value in values {
            let (kind, bytes): (u8, &[u8]) = match value {
                Param::Null => (0, &[]),
                Param::Int(i) => (1, &i.to_be_bytes()),
                // SQLite keeps a number for it.
                Param::Bool(b) => (1, &i64::from(*b).to_be_bytes()),
                Param::Text(t) => (2, t.as_bytes()),
                Param::Blob(b) => (3, b),
            };
            self.row.push(kind);
            self.row.extend_from_slice(&(bytes.len() as u64).to_be_bytes());
            self.row.extend_from_slice(bytes);
        }
        let hash = digest(&SHA256, &self.row);
        let (parts, _) = hash.as_ref().as_chunks::<8>();
        for (sum, part) in self.sum.iter_mut().zip(parts) {
            *sum = sum.wrapping_add(u64::from_be_bytes(*part));
        }
        self.rows += 1;
    }
    pub fn of(self, table: &Table) -> Content {
        let mut digest = [0; 32];
        digest.as_chunks_mut::<8>().0.iter_mut().zip(self.sum).for_each(|(bytes, sum)| *bytes = sum.to_be_bytes());
        Content { table: table.name.clone(), rows: self.rows, digest }
    }
}

/// The tables of a SQLite file, by name. Of a text index only what the caller put into it.
pub(crate) fn tables(file: &Connection) -> Result<Vec<Table>> {
    let names = "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT GLOB 'sqlite_*' ORDER BY name";
    let columns = "SELECT name FROM pragma_table_info(?1) WHERE NOT (name = 'number' AND EXISTS
        (SELECT 1 FROM pragma_table_list WHERE schema = 'main' AND type = 'virtual' AND name = ?1 || '_words')) ORDER BY name";
    let (mut names, mut columns) = (file.prepare(names)?, file.prepare(columns)?);
    let mut tables = Vec::new();
    for name in names.query_map([], |row| row.get::<_, String>(0))? {
        let name = name?;
        let columns = columns.query_map([&name], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
        tables.push(Table { name, columns });
    }
    Ok(tables)
}

/// Every row of a table of a SQLite file.
pub(crate) fn rows(file: &Connection, table: &Table, mut each: impl FnMut(&[Param<'_>]) -> Result<()>) -> Result<()> {
    let mut statement = file.prepare(&table.select())?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let values = (0..table.columns.len()).map(|i| cell(row.get_ref(i)?)).collect::<Result<Vec<_>>>()?;
        each(&values)?;
    }
    Ok(())
}

pub(crate) fn cell(value: ValueRef<'_>) -> Result<Param<'_>> {
    Ok(match value {
        ValueRef::Null => Param::Null,
        ValueRef::Integer(i) => Param::Int(i),
        ValueRef::Text(t) => Param::Text(std::str::from_utf8(t).map_err(|_| damaged("a text that is not UTF-8"))?),
        ValueRef::Blob(b) => Param::Blob(b),
        ValueRef::Real(_) => return Err(damaged("a number that is not whole")),
    })
}

/// What a SQLite file holds, of one moment.
pub(crate) fn contents(file: &Connection) -> Result<Vec<Content>> {
    let one = file.unchecked_transaction()?;
    let of = |table: &Table| {
        let mut tally = Tally::default();
        rows(&one, table, |values| {
            tally.row(values);
            Ok(())
        })?;
        Ok(tally.of(table))
    };
    tables(&one)?.iter().map(of).collect()
}

/// The copy has a name of its own until `fill` has made it whole and it is on the disk.
pub(crate) fn into(target: &Path, fill: impl FnOnce(&Path) -> Result<()>) -> Result<()> {
    if target.exists() {
        return Err(kernel::Error::conflict("backup-exists").with("path", target.display()).into());
    }
    let broken = |e: std::io::Error| kernel::Error::invalid("backup-file").with("path", target.display()).with("problem", e);
    let dir = target.parent().filter(|dir| !dir.as_os_str().is_empty()).unwrap_or(Path::new("."));
    std::fs::create_dir_all(dir).map_err(broken)?;
    let mut part = target.as_os_str().to_owned();
    part.push(".part");
    let part = PathBuf::from(part);
    if part.exists() {
        std::fs::remove_file(&part).map_err(broken)?;
    }
    fill(&part)?;
    settle(&part)?;
    std::fs::rename(&part, target).map_err(broken)?;
    File::open(dir).and_then(|d| d.sync_all()).map_err(|e| broken(e).into())
}

/// Looks whether a file is whole, and leaves one file without a log beside it, on the disk.
///
/// # Errors
/// `internal` if it is damaged; `backup-file`; the engine's own if somebody works in it.
pub fn settle(file: &Path) -> Result<()> {
    let conn = Connection::open(file)?;
    // Whoever has just left it may not have closed it yet.
    crate::sqlite::patiently(|| Ok(conn.pragma_update(None, "journal_mode", "DELETE")?))?;
    // A copy nobody has read is a hope.
    let health: String = conn.query_row("PRAGMA quick_check", [], |r| r.get(0))?;
    if health != "ok" {
        return Err(damaged(&health));
    }
    drop(conn);
    let broken = |e: std::io::Error| kernel::Error::invalid("backup-file").with("path", file.display()).with("problem", e);
    Ok(File::open(file).and_then(|f| f.sync_all()).map_err(broken)?)
}

/// Where two tables of one name differ.
fn compare(one: &[Content], other: &[Content]) -> Result<()> {
    match one.iter().zip(other).find(|(a, b)| a != b) {
        None if one.len() == other.len() => Ok(()),
        None => Err(damaged("tables are missing")),
        Some((a, b)) => Err(damaged(&format!("{} holds {} rows, {} holds {}", a.table, a.rows, b.table, b.rows))),
    }
}

fn damaged(what: &str) -> Error {
    kernel::Error::internal(format!("the copy is damaged: {what}")).into()
}

/// An empty file with all tables, and nothing in them that a migration has put there.
fn empty(file: &Path, list: &[Migration]) -> Result<Connection> {
    crate::sqlite::migrate(file, list)?;
    let conn = Connection::open(file)?;
    crate::sqlite::patiently(|| Ok(conn.pragma_update(None, "journal_mode", "DELETE")?))?;
    // If we are killed it is made anew, so it need not be durable before it is whole.
    conn.execute_batch("PRAGMA foreign_keys=OFF; PRAGMA synchronous=OFF; BEGIN")?;
    for table in tables(&conn)? {
        conn.execute(&format!("DELETE FROM \"{}\"", table.name), [])?;
    }
    Ok(conn)
}

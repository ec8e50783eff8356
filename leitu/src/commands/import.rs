//! `import`: the files of offices. Nothing of a file counts unless all of it is in order.
use super::{code, read};
use crate::actor::actor;
use crate::ground::Ground;
use crate::house::{recomputes, suppliers};
use crate::options::{ImportCommand, Place, Table};
use crate::words;
use administration::CalendarSource;
use assessment::import::{Take, import_facts, import_scores};
use assessment::ledger::import_ledger;
use calendar::Calendar;
use db::Db;
use kernel::{CycleId, Error, ImportId, Result};
use members::import_members;
use organisations::import::{self as tables, Report, import_organisations};
use serde_json::{Value, json};
use std::path::Path;
use std::process::ExitCode;
use tabular::{BadRow, Reader};

/// Wrong usage: which cycle is meant cannot be told.
const WHICH: u8 = 2;

pub async fn run(place: &Place, command: ImportCommand) -> Result<ExitCode> {
    let ground = &Ground::open(place).await?;
    match command {
        ImportCommand::Organisations { file } => {
            let done = import_organisations(&ground.db, &actor(), &whole(ground, &file)?).await?;
            Ok(registered(&file, &done))
        }
        ImportCommand::Members { file } => {
            let done = import_members(&ground.db, &actor(), &ground.keys, &whole(ground, &file)?).await?;
            Ok(registered(&file, &done))
        }
        ImportCommand::Facts { file, cycle } => values(ground, &file, cycle, true).await,
        ImportCommand::Scores { file, cycle } => values(ground, &file, cycle, false).await,
        ImportCommand::Ledger { file, year } => ledger(ground, &file, year).await,
        ImportCommand::Calendar { file } => holidays(ground, &file).await,
    }
}

/// The operating-system user reaches the whole tree.
fn whole(ground: &Ground, table: &Table) -> Result<tables::Take> {
    let (name, reader) = (name_of(&table.file), Reader::this_program()?);
    Ok(tables::Take::new(table.file.clone(), &name, reader, ground.clock.today()).dry(table.dry_run))
}

/// What became of a file of organisations or members. Rows that somebody else's change kept out are named too: the file
/// was brought in without them.
fn registered(table: &Table, done: &Report) -> ExitCode {
    for (row, error) in &done.changed {
        eprintln!("{}", words::say("row-changed", &[("row", &row.to_string()), ("text", &words::sentence(error))]));
    }
    let changed: Vec<Value> = done.changed.iter().map(|(row, e)| json!({ "row": row, "text": words::sentence(e) })).collect();
    let left_out = !changed.is_empty();
    let outcome = json!({ "rows": done.rows, "created": done.created, "updated": done.updated, "changed": changed });
    let code_of_file = report(table, outcome, &done.bad().collect::<Vec<_>>());
    if left_out { code(false) } else { code_of_file }
}

async fn values(ground: &Ground, table: &Table, cycle: Option<CycleId>, facts: bool) -> Result<ExitCode> {
    let cycle = match which(&ground.db, cycle).await? {
        Ok(cycle) => cycle,
        Err(open) => return Ok(unclear(table, &open)),
    };
    let take = Take {
        id: ImportId::new(),
        cycle,
        path: table.file.clone(),
        file: name_of(&table.file),
        reader: Reader::this_program()?,
        today: ground.clock.today(),
        layer: None,
        dry_run: table.dry_run,
        progress: tables::Progress::default(),
    };
    let outcome = match facts {
        true => import_facts(&ground.db, &actor(), &suppliers(), &take).await?,
        false => import_scores(&ground.db, &actor(), &suppliers(), &take).await?,
    };
    let bad: Vec<&BadRow> = outcome.refused.iter().flat_map(|r| &r.bad).collect();
    Ok(report(table, json!({ "cycle": cycle.to_string(), "rows": outcome.rows, "values": outcome.values }), &bad))
}

/// The one asked for, or the only open one; otherwise all that are open.
async fn which(db: &Db, asked: Option<CycleId>) -> Result<std::result::Result<CycleId, Vec<String>>> {
    if let Some(asked) = asked {
        return super::cycle(db, asked).await.map(|_| Ok(asked));
    }
    let cycles = assessment::cycle::store::all(db).await?;
    let open: Vec<CycleId> = cycles.iter().filter(|c| !c.is_final()).map(|c| c.id).collect();
    Ok(match open.as_slice() {
        [only] => Ok(*only),
        _ => Err(open.iter().map(ToString::to_string).collect()),
    })
}

fn unclear(table: &Table, open: &[String]) -> ExitCode {
    let text = words::say("which-cycle", &[("n", &open.len().to_string())]);
    eprintln!("{text}");
    open.iter().for_each(|id| eprintln!("{id}"));
    if table.json {
        println!("{}", json!({ "ok": false, "text": text, "rows": 0, "bad": [], "cycles": open }));
    }
    ExitCode::from(WHICH)
}

fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

/// Every bad row on standard error; the outcome on standard output.
fn report(table: &Table, outcome: Value, bad: &[&BadRow]) -> ExitCode {
    for b in bad {
        let (row, text) = (b.row.to_string(), words::sentence(&b.error));
        let args = [("row", row.as_str()), ("column", b.column.as_str()), ("value", b.value.as_str()), ("text", text.as_str())];
        eprintln!("{}", words::say("bad-row", &args));
    }
    let named = bad.iter().map(|b| json!({ "row": b.row, "column": b.column, "value": b.value, "text": words::sentence(&b.error) }));
    finish(table, outcome, named.collect())
}

fn finish(table: &Table, mut outcome: Value, bad: Vec<Value>) -> ExitCode {
    let good = bad.is_empty();
    if table.json {
        if let Some(fields) = outcome.as_object_mut() {
            fields.extend([("ok", json!(good)), ("dry_run", json!(table.dry_run)), ("bad", Value::Array(bad))].map(|(k, v)| (k.into(), v)));
        }
        println!("{outcome}");
    } else if good {
        let count = |name: &str| outcome.get(name).and_then(Value::as_u64).unwrap_or(0);
        let (file, rows) = (name_of(&table.file), count("rows").to_string());
        let idle = count("created") == 0 && count("updated") == 0;
        let key = if idle { "file-unchanged" } else { "file-imported" };
        println!("{}", words::say(if table.dry_run { "file-in-order" } else { key }, &[("file", &file), ("rows", &rows)]));
    } else {
        eprintln!("{}", words::say("file-refused", &[("n", &bad.len().to_string())]));
    }
    code(good)
}

async fn ledger(ground: &Ground, table: &Table, year: i64) -> Result<ExitCode> {
    let done = import_ledger(&ground.db, &actor(), &whole(ground, table)?, year).await?;
    let outcome = json!({ "year": year, "rows": done.rows, "created": done.created, "updated": done.updated });
    Ok(report(table, outcome, &done.bad().collect::<Vec<_>>()))
}

async fn holidays(ground: &Ground, table: &Table) -> Result<ExitCode> {
    let (bytes, by, name) = (read(&table.file)?, actor(), name_of(&table.file));
    let taken = match table.dry_run {
        true => checked(&bytes),
        false => {
            let source = CalendarSource { file: &name, by: by.who(), owner: None };
            administration::import_calendar(&ground.db, &by, source, &bytes).await.map(|i| (i.days, i.years))
        }
    };
    if let (false, Ok((_, years))) = (table.dry_run, &taken) {
        // Here and now, as no server need be running; the job that the import leaves then finds nothing to do.
        administration::recount(&ground.db, &recomputes(), years).await?;
    }
    Ok(match taken {
        Ok((days, years)) => finish(table, json!({ "rows": days, "years": years }), vec![]),
        Err(bad) => {
            let texts: Vec<String> = bad.iter().map(words::sentence).collect();
            texts.iter().for_each(|text| eprintln!("{text}"));
            finish(table, json!({ "rows": 0 }), bad.iter().zip(texts).map(|(e, text)| words::place(e, &text)).collect())
        }
    })
}

fn checked(bytes: &[u8]) -> std::result::Result<(i64, Vec<i32>), Vec<Error>> {
    let text = std::str::from_utf8(bytes).map_err(|_| vec![Error::invalid("calendar-encoding")])?;
    let calendar = Calendar::parse(text)?;
    Ok((calendar.days().count() as i64, calendar.published_years().collect()))
}

//! Texts that a spreadsheet would run: written into the register by chance, exported by the built program, read again by its
//! own reader. Each comes back as it was, and none begins as a formula does.
use crate::Size;
use crate::dice::Dice;
use crate::kill9::serve;
use crate::program::Make;
use crate::province::Province;
use crate::report::Row;
use crate::sender::fetch;
use db::{Db, params};
use std::collections::HashMap;
use std::io::{Cursor, Read};
use std::path::Path;
use tabular::{Limits, Reader};

/// Columns of the export that hold such texts: the name and the category.
const TEXTS: usize = 2;
/// What a text may begin with: all that makes a formula of a cell somewhere, and what is near it.
const BEGINNINGS: [&str; 27] = [
    "=", "+", "-", "@", "\t", "\r", "\n", "\r\n", "＝", "＋", "－", "＠", "'", "''", "'=", "'＝", "\"", "\"=", " =", "# ", "'# ", "#",
    "\u{FEFF}", "_x000D_", ";", "党", "",
];
/// What it may go on with.
const PIECES: [&str; 26] = [
    "cmd|' /C calc'!A0",
    "HYPERLINK(\"http://x\",\"党\")",
    "WEBSERVICE(A1)",
    "DDE(\"cmd\";\"/C calc\";\"x\")",
    "1+1",
    "SUM(1,2)",
    "支部",
    "\n",
    "\r\n",
    "\r",
    "\t",
    ",",
    "\"",
    "\"\"",
    "'",
    ";",
    " ",
    "　",
    "<b>&amp;",
    "]]>",
    "_x0041_",
    "😀",
    "e\u{301}",
    "\u{202E}",
    "0",
    "\\",
];

pub async fn rows(size: Size) -> Vec<Row> {
    let (csv, xlsx, rows) = ("exported texts, csv", "exported texts, xlsx", size.of(200, 5_000));
    vec![
        exported(csv, "csv", rows, None).await,
        exported(xlsx, "xlsx", rows, None).await,
        exported(&format!("{csv}, control: texts are written as they are"), "csv", rows.min(200), Some("unguarded")).await,
    ]
}

async fn exported(name: &str, format: &str, rows: usize, defect: Option<&'static str>) -> Row {
    let home = tempfile::tempdir().expect("a folder");
    let province = Province::make(home.path(), None, rows, 0).await;
    let mut dice = Dice::new(37);
    let written: Vec<(String, [String; TEXTS])> =
        province.branches.iter().map(|(_, code)| (code.clone(), [text(&mut dice), text(&mut dice)])).collect();
    put(&province.db, written.clone()).await;
    let make = Make { defect, url: None, home: home.path().into(), log: home.path().join("log") };
    let program = serve(&make);
    let file = fetch(&program.address, &province.committee.session, &format!("/orgs/export?format={format}")).await.expect("a file");
    let path = home.path().join("file");
    std::fs::write(&path, &file).expect("a file");
    let read = read(&path).await;
    let cells = rows * TEXTS;
    let loud = defect.is_none();
    let unchanged = match &read {
        Ok(read) => written.iter().map(|(code, texts)| same(read.get(code), texts, loud)).sum(),
        Err(why) => {
            eprintln!("  {why}");
            0
        }
    };
    let inert = if format == "csv" { inert_csv(&file, &written) } else { inert_xlsx(&file, cells) };
    let holds = unchanged == cells && inert == cells;
    let text = format!("cells={cells} unchanged={unchanged} inert={inert} panics={}", make.panics());
    Row::of(name, text, if defect.is_some() { inert < cells } else { holds && make.panics() == 0 })
}

fn text(dice: &mut Dice) -> String {
    let mut text = BEGINNINGS[dice.below(BEGINNINGS.len() as u64) as usize].to_owned();
    (0..dice.below(4)).for_each(|_| text.push_str(PIECES[dice.below(PIECES.len() as u64) as usize]));
    text
}

#[allow(clippy::disallowed_methods, reason = "the proof brings in what no form would take")]
async fn put(db: &Db, texts: Vec<(String, [String; TEXTS])>) {
    let done = db.write(async move |tx| {
        for (code, [name, category]) in &texts {
            tx.exec("UPDATE organisation SET name = $1, category = $2 WHERE code = $3", &params![name, category, code]).await?;
        }
        Ok(())
    });
    done.await.expect("texts");
}

/// What the program's own reader finds, by the code in the last column.
async fn read(path: &Path) -> kernel::Result<HashMap<String, Vec<String>>> {
    let reader = Reader::Child { exe: std::env::var_os("LEITU_BIN").expect("a program").into() };
    let (mut rows, mut found) = (tabular::read(path, &reader, Limits::default()).await?, HashMap::new());
    while let Some(row) = rows.next().await? {
        found.insert(row.cells.last().cloned().unwrap_or_default(), row.cells);
    }
    Ok(found)
}

fn same(read: Option<&Vec<String>>, [name, category]: &[String; TEXTS], loud: bool) -> usize {
    let Some(read) = read else { return 0 };
    let told = |at: usize, text: &String| {
        let same = read.get(at) == Some(text);
        if !same && loud {
            eprintln!("  {text:?} came back as {:?}", read.get(at));
        }
        usize::from(same)
    };
    told(0, name) + told(2, category)
}

/// As any other program reads it: nothing taken off, nothing put on.
fn inert_csv(file: &[u8], written: &[(String, [String; TEXTS])]) -> usize {
    let starts = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];
    let mut table = csv::ReaderBuilder::new().has_headers(true).flexible(true).from_reader(file);
    let rows: HashMap<String, Vec<String>> = table
        .records()
        .flatten()
        .map(|row| (row.iter().next_back().unwrap_or_default().to_owned(), row.iter().map(str::to_owned).collect()))
        .collect();
    let cells = written.iter().filter_map(|(code, _)| rows.get(code)).flat_map(|row| [row.first(), row.get(2)]).flatten();
    cells.filter(|cell| !cell.starts_with(starts)).count()
}

/// All cells, if no sheet has a formula.
fn inert_xlsx(file: &[u8], cells: usize) -> usize {
    let mut zip = zip::ZipArchive::new(Cursor::new(file)).expect("a workbook");
    let formulas = (0..zip.len()).map(|at| {
        let (mut part, mut text) = (zip.by_index(at).expect("a part"), String::new());
        let is_sheet = part.name().starts_with("xl/worksheets/") && part.read_to_string(&mut text).is_ok();
        if is_sheet { text.matches("<f>").count() + text.matches("<f ").count() } else { 0 }
    });
    cells.saturating_sub(formulas.sum())
}

//! What is fuzzed: a function for each parser. It takes any bytes, must not panic, and holds what was read against what must be
//! so of it. The targets below `fuzz_targets` are these functions and nothing else, and so is the test that runs the corpus.
use chain::{Checkpoint, Head, Heads, Row, Signer, Writer, link, verify_file};
use kernel::{Instant, OrgPath};
use scheme::{Articles, Lookup, Scheme, Severity};
use std::io::{Cursor, Write};
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use tabular::{Limits, csv_line, read_bytes};

/// A scheme as TOML. What can be read is the same after it has been stored, and what can be published after it has been a workbook.
pub fn scheme(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let Ok(read) = scheme::parse_toml(text) else { return };
    let stored = Scheme::from_canonical(&read.canonical()).expect("what was read can be stored");
    assert_eq!(stored.canonical(), read.canonical(), "stored, it is another");
    let from_sheets = scheme::from_sheets(&scheme::to_sheets(&read));
    if scheme::check(&read, &Everything).iter().any(|found| found.severity == Severity::Error) {
        return;
    }
    let again = from_sheets.unwrap_or_else(|found| panic!("its workbook cannot be read: {found:?}"));
    assert_eq!(again.canonical(), read.canonical(), "as a workbook, it is another");
}

/// Every article is there.
struct Everything;

impl Articles for Everything {
    fn lookup(&self, _: &str, _: Option<&str>) -> Lookup {
        Lookup::Found
    }
}

/// Of a csv, rows come with growing numbers and none in half; what was read is the same after it has been written; and what a
/// reader written elsewhere finds in what we write is what was to be written.
pub fn csv(data: &[u8]) {
    if let Ok(rows) = table(data) {
        let again = written(rows.iter().map(|row| &row.cells)).expect("what was written can be read");
        assert_eq!(again, rows.into_iter().map(|row| row.cells).collect::<Vec<_>>(), "written, it is another");
    }
    // The same bytes as cells: a row ends where a line does, a cell at a tabulator; `\1` to `\4` stand for what a csv is made of.
    let text = String::from_utf8_lossy(data).replace(['\0', '\u{FEFF}'], "");
    let meant = |cell: &str| cell.replace('\u{1}', "\n").replace('\u{2}', "\r").replace('\u{3}', "\"").replace('\u{4}', ",");
    let rows: Vec<Vec<String>> = text.split('\n').map(|line| line.split('\t').map(meant).collect()).collect();
    let Ok(read) = written(rows.iter()) else { return };
    let said: Vec<&Vec<String>> = rows.iter().filter(|row| row.iter().any(|cell| !cell.trim().is_empty())).collect();
    assert_eq!(read.iter().collect::<Vec<_>>(), said, "what was written is read as another table");
}

/// What is read of rows that were written below a head.
fn written<'a>(rows: impl Iterator<Item = &'a Vec<String>>) -> kernel::Result<Vec<Vec<String>>> {
    let head = format!("\u{FEFF}{}", csv_line(["head"]));
    let text = rows.fold(head, |text, row| text + &csv_line(row.iter().map(String::as_str)));
    Ok(table(text.as_bytes())?.into_iter().skip(1).map(|row| row.cells).collect())
}

/// Of an xlsx, rows come with growing numbers, none is narrower than the first, and none wider than may be. Bytes that are no zip
/// are the inner part of one: the sheet, then its shared strings and its styles, each after a line of its own.
pub fn xlsx(data: &[u8]) {
    let Ok(rows) = table(&book(data)) else { return };
    let width = rows.first().map_or(0, |row| row.cells.len());
    assert!(rows.iter().all(|row| row.cells.len() >= width), "a row ends before its table");
}

/// Whether a table is in it that can be read: as a workbook, its inner part, or a csv.
pub fn reads(data: &[u8]) -> bool {
    table(&if data.starts_with(b"<") { book(data) } else { data.to_vec() }).is_ok()
}

fn book(data: &[u8]) -> Vec<u8> {
    if data.starts_with(b"PK\x03\x04") { data.to_vec() } else { workbook(data) }
}

const BETWEEN: &str = "\n--\n";

fn workbook(data: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(data);
    let mut parts = text.splitn(3, BETWEEN);
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let rels = |list: &str| {
        format!("<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{list}</Relationships>")
    };
    let rel = |id: &str, kind: &str, to: &str| format!("<Relationship Id=\"{id}\" Type=\"{office}/{kind}\" Target=\"{to}\"/>");
    let book = format!(
        "<workbook xmlns=\"{main}\" xmlns:r=\"{office}\"><sheets><sheet name=\"a\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
    );
    let inner = rel("r1", "worksheet", "worksheets/sheet1.xml")
        + &rel("r2", "sharedStrings", "sharedStrings.xml")
        + &rel("r3", "styles", "styles.xml");
    let (sheet, strings, styles) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let plain = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, text) in [
        ("[Content_Types].xml", "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>"),
        ("_rels/.rels", &rels(&rel("r1", "officeDocument", "xl/workbook.xml"))),
        ("xl/workbook.xml", &book),
        ("xl/_rels/workbook.xml.rels", &rels(&inner)),
        ("xl/sharedStrings.xml", strings),
        ("xl/styles.xml", styles),
        ("xl/worksheets/sheet1.xml", sheet),
    ] {
        zip.start_file(name, plain).expect("a part");
        zip.write_all(text.as_bytes()).expect("a part");
    }
    zip.finish().expect("a zip").into_inner()
}

/// All rows, or why there are none.
fn table(bytes: &[u8]) -> kernel::Result<Vec<tabular::Row>> {
    let limits = Limits { cells: 20_000, inflated: 4 << 20, ..Limits::default() };
    let mut rows = now(read_bytes(bytes.to_vec(), limits))?;
    let mut all: Vec<tabular::Row> = Vec::new();
    while let Some(row) = now(rows.next())? {
        assert!(all.last().is_none_or(|last| last.number < row.number), "rows come in their order");
        assert!(row.cells.len() as u64 <= limits.columns && !row.cells.is_empty(), "a row as wide as none may be");
        all.push(row);
    }
    Ok(all)
}

/// What lies in memory keeps nobody waiting.
fn now<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("it waits for something"),
    }
}

/// The audit log as a file. Of any bytes, a file that is whole is not whole any more without its last byte, and says no more events
/// than it has bytes for. Bytes that are no such file are the events of one: it is whole, and with one of their bytes changed it is
/// not.
pub fn audit(data: &[u8]) {
    if let Ok(Ok(whole)) = verify_file(data, Vec::new()) {
        assert!(whole.events * 100 <= data.len() as u64 && whole.signed <= whole.events, "it counts what is not there");
        assert!(verify_file(&data[..data.len() - 1], Vec::new()).is_err(), "a file without its end is whole");
    }
    if data.starts_with(b"leitu-audit") || data.len() < 2 {
        return;
    }
    let (choice, bodies) = (usize::from(data[0]) << 8 | usize::from(data[1]), &data[2..]);
    let (file, places) = log(bodies);
    let whole = verify_file(&file[..], Vec::new()).expect("a file of this form").expect("a whole one");
    let events = bodies.split(|b| *b == b'\n').count() as u64;
    assert_eq!((whole.events, whole.signed, whole.segments), (events, events, events.min(2)), "it does not say what is there");
    if let Some(place) = places.get(choice % places.len().max(1)) {
        let mut changed = file;
        changed[*place] ^= 1 << (choice % 8);
        assert!(!matches!(verify_file(&changed[..], Vec::new()), Ok(Ok(_))), "an event was changed and nobody sees it");
    }
}

/// A signed log of these lines, in one segment or two; and where the bytes of its events stand.
fn log(bodies: &[u8]) -> (Vec<u8>, Vec<usize>) {
    let signer = Signer::of(&[7; 32]).expect("a key");
    let lines: Vec<&[u8]> = bodies.split(|b| *b == b'\n').collect();
    let (first, second) = lines.split_at(lines.len().div_ceil(2));
    let (mut events, mut heads) = (Vec::new(), Heads::default());
    for (segment, lines) in [([1; 16], first), ([2; 16], second)] {
        let mut before: Vec<u8> = segment.to_vec();
        for (seq, body) in (1i64..).zip(lines) {
            before = link(&segment, seq, &before, body).to_vec();
            events.push((segment, seq, before.clone(), *body));
            heads.set(Head { segment: segment.to_vec(), seq, hash: before.clone() });
        }
    }
    let (mut file, mut places) = (Vec::new(), Vec::new());
    let mut out = Writer::begin(&mut file, &signer.public()).expect("memory");
    heads.all().for_each(|head| out.head(&head).expect("memory"));
    out.checkpoint(&Checkpoint::sign(&signer, 1, Instant(1_790_000_000_000), &heads).note()).expect("memory");
    for (segment, seq, hash, body) in &events {
        out.event(&Row { segment, seq: *seq, hash, body }).expect("memory");
    }
    out.end().expect("memory");
    // Behind its own first line, each.
    let mut at = 0;
    for (segment, seq, hash, body) in &events {
        let hex = |bytes: &[u8]| bytes.iter().map(|b| format!("{b:02x}")).collect::<String>();
        let line = format!("event {} {seq} {} {}\n", hex(segment), hex(hash), body.len());
        at += file[at..].windows(line.len()).position(|w| w == line.as_bytes()).expect("the event") + line.len();
        places.extend(at..at + body.len());
        at += body.len();
    }
    (file, places)
}

/// Where an organisation stands. What can be read is written as it was; its line begins at a root and ends with itself, each a
/// part of the next; its subtree is the range that says so.
pub fn path(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let Ok(path) = OrgPath::parse(text) else { return };
    assert_eq!(path.as_str(), text);
    let line: Vec<OrgPath> = path.line().map(|part| OrgPath::parse(part).expect("a part of a path is one")).collect();
    assert_eq!((line.len(), line.last()), (path.depth(), Some(&path)));
    assert!(path.depth() <= OrgPath::MAX_DEPTH && line.iter().all(|above| above.covers(&path)));
    let mut above: Vec<OrgPath> = std::iter::successors(Some(path.clone()), OrgPath::parent).collect();
    above.reverse();
    assert_eq!(above, line);
    if let Ok(below) = OrgPath::below(Some(&path), 1) {
        assert!(path.covers(&below) && !below.covers(&path) && below.parent().as_ref() == Some(&path));
    }
    // Beside it, and yet beginning as it does.
    let beside = format!("{}0/", &text[..text.len() - 1]);
    for other in [beside.as_str(), "/1/", "/10/", &format!("{text}9/")] {
        let Ok(other) = OrgPath::parse(other) else { continue };
        let within = other.as_str() >= path.as_str() && other.as_str() < path.end().as_str();
        assert_eq!(path.covers(&other), within, "{other} in the range of {path}");
    }
}

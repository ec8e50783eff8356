//! A table of 100,000 rows and twelve columns, written as a workbook.
use crate::report::{Report, ms};
use kernel::{BusinessDate, Points};
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};
use tabular::{Cell, Column, Format, Note, Sheet};

const ROWS: i64 = 100_000;
const COLUMNS: usize = 12;

pub fn rows(report: &mut Report) {
    let home = tempfile::tempdir().unwrap();
    // This process has done other things: what it holds at most counts from here.
    let _ = fs::write("/proc/self/clear_refs", "5");
    let before = held("VmRSS:");
    let took = written(&home.path().join("table.xlsx"), Format::Xlsx);
    let more = held("VmHWM:").saturating_sub(before);
    let csv = written(&home.path().join("table.csv"), Format::Csv);
    let what = format!("export of {ROWS} × {COLUMNS} to xlsx");
    report.row(&what, format!("{}, +{more} MiB", ms(took)), "≤ 1.5 s, ≤ 60 MB more", format!("as csv {}", ms(csv)));
}

fn written(path: &Path, format: Format) -> Duration {
    let began = Instant::now();
    let day = BusinessDate::of(2026, 3, 1).unwrap();
    let columns = (0..COLUMNS).map(|n| Column::new(format!("第{n}列"), 14.0)).collect();
    let mut sheet = Sheet::create(path, format, "table", columns).unwrap();
    for n in 0..ROWS {
        let mut row =
            vec![Cell::text(format!("21-{}-{}", n / 100, n % 100)), Cell::text(format!("第{n}党支部")), Cell::Date(day.plus_days(n % 300))];
        row.push(Cell::Integer(n));
        row.extend((row.len()..COLUMNS).map(|c| Cell::Points(Points::hundredths(n * 7 % 500 + c as i64))));
        sheet.row(&row).unwrap();
    }
    sheet.finish(&Note::default()).unwrap();
    began.elapsed()
}

/// A line of what the system says of this process, MiB; 0 where it does not.
fn held(name: &str) -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|l| l.starts_with(name)).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|kib| kib.parse::<u64>().ok()).unwrap_or(0) / 1024
}

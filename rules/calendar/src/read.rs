//! Reads a calendar file. Every bad row is named, not only the first.
use crate::{Day, DayKind};
use kernel::{BusinessDate, Error};
use std::collections::BTreeMap;

/// The columns: as programs write them, and as the template has them.
const HEAD: &str = "date,kind,name";
const WRITTEN: &str = "日期,类别,名称";
/// An example of the template begins with it.
const REMARK: char = '#';

/// The days of a file; rows are numbered as a spreadsheet shows them, the header being row 1.
pub(crate) fn days(csv: &str) -> Result<Vec<Day>, Vec<Error>> {
    let mut lines = csv.trim_start_matches('\u{feff}').lines().enumerate().map(|(i, line)| (i + 1, line.trim_end()));
    let head = lines.next().map_or("", |(_, line)| line);
    if ![HEAD, WRITTEN].contains(&cells(head).join(",").as_str()) {
        return Err(vec![Error::invalid("calendar-header").with("row", 1).with("value", head).with("expected", WRITTEN)]);
    }
    let (mut days, mut errors, mut seen) = (Vec::new(), Vec::new(), BTreeMap::new());
    for (row, line) in lines.filter(|(_, line)| !line.is_empty() && !line.starts_with(REMARK)) {
        match day(row, line) {
            Ok(day) => match seen.insert(day.date, row) {
                Some(first) => errors.push(bad("calendar-duplicate", row, "date", &day.date.to_string()).with("first", first)),
                None => days.push(day),
            },
            Err(mut found) => errors.append(&mut found),
        }
    }
    if days.is_empty() && errors.is_empty() {
        errors.push(Error::invalid("calendar-empty"));
    }
    if errors.is_empty() { Ok(days) } else { Err(errors) }
}

fn day(row: usize, line: &str) -> Result<Day, Vec<Error>> {
    let cells = cells(line);
    let [date, kind, name] = cells.as_slice() else {
        return Err(vec![bad("calendar-columns", row, HEAD, line)]);
    };
    let parsed = BusinessDate::written(date).map_err(|_| bad("calendar-date", row, "date", date));
    let known = match *kind {
        "holiday" | "放假" => Ok(DayKind::Holiday),
        "workday" | "上班" => Ok(DayKind::Workday),
        _ => Err(bad("calendar-kind", row, "kind", kind)),
    };
    match (parsed, known) {
        (Ok(date), Ok(kind)) => Ok(Day { date, kind, name: (*name).to_owned() }),
        (date, kind) => Err([date.err(), kind.err()].into_iter().flatten().collect()),
    }
}

/// The names in such a file hold no commas, so a quoted cell is only unwrapped.
fn cells(line: &str) -> Vec<&str> {
    line.split(',').map(|cell| cell.trim().trim_matches('"')).collect()
}

fn bad(key: &'static str, row: usize, column: &str, value: &str) -> Error {
    Error::invalid(key).with("row", row).with("column", column).with("value", value)
}

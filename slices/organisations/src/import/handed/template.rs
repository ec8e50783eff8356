//! A template with examples, from the sample that ships: csv or xlsx with drop-down lists.
use kernel::{Error, Result};
use tabular::{Cell, Column, Format, Note, Sheet};

/// Examples begin with this and are not read when the template comes back filled.
const REMARK: &str = "# ";

/// The file's bytes.
///
/// # Errors
/// Internal: it cannot be written aside.
pub fn made(sample: &str, format: Format, folder: &std::path::Path) -> Result<Vec<u8>> {
    let place = folder.join(format!("{}.template", kernel::Uuid::now_v7().as_simple()));
    let written = write(sample, format, &place).and_then(|()| std::fs::read(&place).map_err(Error::internal));
    std::fs::remove_file(&place).ok();
    written
}

fn write(sample: &str, format: Format, place: &std::path::Path) -> Result<()> {
    let mut lines = sample.lines().map(|line| line.split(','));
    let (heads, lists) = (lines.next().into_iter().flatten(), lines.next().into_iter().flatten());
    let column = |(head, list): (&str, &str)| match list {
        "" => Column::new(head, 18.0).text(),
        list => Column::new(head, 18.0).text().list(list.split('|')),
    };
    let columns = heads.zip(lists.chain(std::iter::repeat(""))).map(column).collect();
    let mut sheet = Sheet::create(place, format, "template", columns)?;
    for example in lines {
        let cells: Vec<Cell> =
            example.enumerate().map(|(i, cell)| Cell::Remark(if i == 0 { format!("{REMARK}{cell}") } else { cell.to_owned() })).collect();
        sheet.row(&cells)?;
    }
    sheet.finish(&Note::default())
}

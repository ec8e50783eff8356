//! How much of a table is taken in.

/// The bounds of one reading. The defaults are those of the installation; tests make them smaller.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Limits {
    /// Size of the file, bytes.
    pub bytes: u64,
    /// Last row of an xlsx that may hold a value.
    pub xlsx_rows: u64,
    /// Last row of a csv.
    pub csv_rows: u64,
    /// Columns of either.
    pub columns: u64,
    /// Cells of an xlsx, empty but formatted ones included: they cost as much to read.
    pub cells: u64,
    /// What the parts of an xlsx may inflate to, bytes, counted while inflating.
    pub inflated: u64,
    /// Bytes of one row, so that a quotation mark nobody closed does not swallow the file.
    pub row_bytes: u64,
    /// Address space of the child, bytes.
    pub memory: u64,
    /// Processor time of the child, seconds.
    pub seconds: u64,
}

const MIB: u64 = 1 << 20;

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes: 150 * MIB,
            xlsx_rows: 200_000,
            csv_rows: 10_000_000,
            columns: 256,
            cells: 12_000_000,
            inflated: 512 * MIB,
            row_bytes: MIB,
            memory: 512 * MIB,
            seconds: 20,
        }
    }
}

impl Limits {
    /// As one word of a command line.
    pub(crate) fn word(&self) -> String {
        let numbers =
            [self.bytes, self.xlsx_rows, self.csv_rows, self.columns, self.cells, self.inflated, self.row_bytes, self.memory, self.seconds];
        numbers.map(|n| n.to_string()).join(",")
    }
    pub(crate) fn parse(word: &str) -> Option<Self> {
        let numbers: Vec<u64> = word.split(',').map(str::parse).collect::<Result<_, _>>().ok()?;
        let [bytes, xlsx_rows, csv_rows, columns, cells, inflated, row_bytes, memory, seconds] = numbers[..] else { return None };
        Some(Self { bytes, xlsx_rows, csv_rows, columns, cells, inflated, row_bytes, memory, seconds })
    }
}

#[cfg(test)]
mod tests {
    use super::Limits;

    #[test]
    fn limits_survive_a_command_line() {
        let limits = Limits { columns: 7, seconds: 3, ..Limits::default() };
        assert_eq!(Limits::parse(&limits.word()), Some(limits));
        assert_eq!(Limits::parse("1,2"), None);
    }
}

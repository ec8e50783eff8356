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
    /// What the child may hold, bytes.
    pub memory: u64,
    /// Processor time of the child, seconds.
    pub seconds: u64,
}

const MIB: u64 = 1 << 20;
/// What any file may inflate to, whatever its size, and how often its size on top: the emptiest tables of offices inflate to
/// forty times theirs, deflate can go to a thousand.
const INFLATED: (u64, u64) = (32 * MIB, 100);
/// What reading any file may take, and how often its size on top.
const MEMORY: (u64, u64) = (32 * MIB, 32);

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
    /// Those of a file so long: a small one can neither inflate to what a large one may, nor take as much memory.
    pub(crate) fn of_file(self, bytes: u64) -> Self {
        let most = |limit: u64, (any, times): (u64, u64)| limit.min(bytes.saturating_mul(times).saturating_add(any));
        Self { inflated: most(self.inflated, INFLATED), memory: most(self.memory, MEMORY), ..self }
    }
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
    fn a_small_file_has_small_limits_and_a_large_one_those_that_are_set() {
        let (set, mib) = (Limits::default(), 1 << 20);
        let small = set.of_file(1_427);
        assert!(small.inflated < 33 * mib && small.memory < 33 * mib, "{small:?}");
        assert_eq!((set.of_file(20 * mib).inflated, set.of_file(20 * mib).memory), (set.inflated, set.memory));
        assert_eq!(Limits { memory: 7, ..set }.of_file(mib).memory, 7);
    }

    #[test]
    fn limits_survive_a_command_line() {
        let limits = Limits { columns: 7, seconds: 3, ..Limits::default() };
        assert_eq!(Limits::parse(&limits.word()), Some(limits));
        assert_eq!(Limits::parse("1,2"), None);
    }
}

//! The chain as a file (docs/formats.md): checkpoints first, then the events. What is of any length comes after its length,
//! so the bytes that the hashes and signatures cover stand in the file as they are.
use crate::hex::{hex, unhex_into};
use crate::{Broken, Head, Kept, PublicKey, Row, Verifier, Whole};
use kernel::{Error, Result};
use std::io::{self, BufRead, Read, Write};

const FORM: &str = "leitu-audit-v1";
/// No first line of a record is longer, no body as long as the second: a hostile file must not fill the memory.
const LINE: u64 = 1 << 10;
const BODY: u64 = 64 << 20;

/// Writes records in the order in which [`Verifier`] wants them.
pub struct Writer<W: Write> {
    out: W,
    events: u64,
}

impl<W: Write> Writer<W> {
    /// # Errors
    /// The system's.
    pub fn begin(mut out: W, key: &PublicKey) -> io::Result<Self> {
        writeln!(out, "{FORM} {key}")?;
        Ok(Self { out, events: 0 })
    }
    /// # Errors
    /// The system's.
    pub fn head(&mut self, head: &Head) -> io::Result<()> {
        self.out.write_all(head.line().as_bytes())
    }
    /// # Errors
    /// The system's.
    pub fn checkpoint(&mut self, note: &str) -> io::Result<()> {
        write!(self.out, "checkpoint {}\n{note}\n", note.len())
    }
    /// # Errors
    /// The system's.
    pub fn event(&mut self, row: &Row<'_>) -> io::Result<()> {
        self.events += 1;
        writeln!(self.out, "event {} {} {} {}", hex(row.segment), row.seq, hex(row.hash), row.body.len())?;
        self.out.write_all(row.body)?;
        self.out.write_all(b"\n")
    }
    /// Says that nothing is missing; answers how many events there are.
    ///
    /// # Errors
    /// The system's.
    pub fn end(mut self) -> io::Result<u64> {
        writeln!(self.out, "end {}", self.events)?;
        self.out.flush()?;
        Ok(self.events)
    }
}

/// Checks a file by its own key, and against what was kept elsewhere. A file that is not whole is not an error but the
/// inner `Err`.
///
/// # Errors
/// `audit-file` with the record that is not of this form.
pub fn verify_file(file: impl BufRead, copies: Vec<Kept>) -> Result<std::result::Result<Whole, Broken>> {
    let mut records = Records { file, line: Vec::new(), body: Vec::new(), segment: Vec::new(), hash: Vec::new(), at: 0 };
    let key = records.line(|line| PublicKey::parse(text(line.strip_prefix(FORM.as_bytes())?.strip_prefix(b" ")?)?))?;
    let mut verifier = match Verifier::new(Some(key), copies) {
        Ok(verifier) => verifier,
        Err(broken) => return Ok(Err(broken)),
    };
    let mut events = 0;
    let said = loop {
        let taken = match records.next()? {
            Record::Head(head) => {
                verifier.head(head);
                Ok(())
            }
            Record::Checkpoint(note) => verifier.checkpoint(note),
            Record::Event(row) => {
                events += 1;
                verifier.event(&row)
            }
            Record::End(said) => break said,
        };
        if let Err(broken) = taken {
            return Ok(Err(broken));
        }
    };
    if said != events {
        return Err(records.wrong());
    }
    records.nothing_more()?;
    Ok(verifier.end())
}

enum Record<'a> {
    Head(Head),
    Checkpoint(&'a str),
    Event(Row<'a>),
    End(u64),
}

/// Reads one record after another into the same memory.
struct Records<F> {
    file: F,
    line: Vec<u8>,
    body: Vec<u8>,
    segment: Vec<u8>,
    hash: Vec<u8>,
    at: u64,
}

impl<F: BufRead> Records<F> {
    fn next(&mut self) -> Result<Record<'_>> {
        self.read_line()?;
        let line = std::mem::take(&mut self.line);
        let record = self.record(&line);
        let (found, wrong) = (record?, Error::invalid("audit-file").with("record", self.at));
        self.line = line;
        match found {
            Found::Head(head) => Ok(Record::Head(head)),
            Found::End(events) => Ok(Record::End(events)),
            Found::Checkpoint => std::str::from_utf8(&self.body).map(Record::Checkpoint).map_err(|_| wrong),
            Found::Event(seq) => Ok(Record::Event(Row { segment: &self.segment, seq, hash: &self.hash, body: &self.body })),
        }
    }
    fn record(&mut self, line: &[u8]) -> Result<Found> {
        let mut words = line.split(|b| *b == b' ');
        let kind = words.next().unwrap_or_default();
        let found = match kind {
            b"event" => {
                let decoded = unhex_into(words.next().unwrap_or_default(), &mut self.segment);
                let seq = words.next().and_then(number);
                let decoded = decoded && unhex_into(words.next().unwrap_or_default(), &mut self.hash);
                let length = words.next().and_then(number);
                self.read_body(length.filter(|_| decoded))?;
                seq.map(Found::Event)
            }
            b"checkpoint" => {
                let length = words.next().and_then(number);
                self.read_body(length)?;
                Some(Found::Checkpoint)
            }
            b"head" => return text(line).and_then(Head::parse).map(Found::Head).ok_or_else(|| self.wrong()),
            b"end" => words.next().and_then(number).and_then(|n| u64::try_from(n).ok()).map(Found::End),
            _ => None,
        };
        found.filter(|_| words.next().is_none()).ok_or_else(|| self.wrong())
    }
    fn line<T>(&mut self, read: impl FnOnce(&[u8]) -> Option<T>) -> Result<T> {
        self.read_line()?;
        read(&self.line).ok_or_else(|| self.wrong())
    }
    fn read_line(&mut self) -> Result<()> {
        self.at += 1;
        self.line.clear();
        let read = self.file.by_ref().take(LINE).read_until(b'\n', &mut self.line);
        if read.is_ok() && self.line.pop() == Some(b'\n') { Ok(()) } else { Err(self.wrong()) }
    }
    /// So many bytes and the end of a line.
    fn read_body(&mut self, length: Option<i64>) -> Result<()> {
        let Some(length) = length.and_then(|n| u64::try_from(n).ok()).filter(|n| *n <= BODY) else { return Err(self.wrong()) };
        self.body.clear();
        let read = self.file.by_ref().take(length + 1).read_to_end(&mut self.body);
        let whole = read.is_ok_and(|n| n as u64 == length + 1) && self.body.pop() == Some(b'\n');
        if whole { Ok(()) } else { Err(self.wrong()) }
    }
    fn nothing_more(&mut self) -> Result<()> {
        self.at += 1;
        let rest = self.file.fill_buf().map(<[u8]>::is_empty);
        if rest.unwrap_or(false) { Ok(()) } else { Err(self.wrong()) }
    }
    fn wrong(&self) -> Error {
        Error::invalid("audit-file").with("record", self.at)
    }
}

/// The first line of a record, what follows it having been read.
enum Found {
    Head(Head),
    Checkpoint,
    Event(i64),
    End(u64),
}

fn text(bytes: &[u8]) -> Option<&str> {
    std::str::from_utf8(bytes).ok()
}

/// Digits, and nothing a reader in another language could take otherwise.
fn number(digits: &[u8]) -> Option<i64> {
    let plain = digits.iter().all(u8::is_ascii_digit) && (digits.len() == 1 || digits.first() != Some(&b'0'));
    text(digits).filter(|_| plain)?.parse().ok()
}

//! What child and parent say to each other: frames of a letter, a length and that many bytes, numbers little-endian.
use crate::Format;
use kernel::{Error, Result};
use std::io::{self, Write};

/// No frame is longer: a row is at most [`Limits::row_bytes`](crate::Limits) plus the lengths of its cells.
pub(crate) const LONGEST: usize = 8 << 20;

#[derive(Debug, PartialEq)]
pub(crate) enum Frame {
    /// First: what the file is, and whether the child could cut itself off.
    Hello {
        format: Format,
        isolated: bool,
    },
    Row(Read),
    /// The file is refused; nothing follows.
    Fault(Error),
    /// Last: everything was read.
    End,
}

/// A row as the child has read it.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Read {
    pub number: u64,
    /// Numbers as they are stored, whatever their format shows.
    pub cells: Vec<String>,
    /// Places of cells that are formatted as days, and those days.
    pub days: Vec<(u32, String)>,
    /// Places of cells that cannot count, and why.
    pub faults: Vec<(u32, Error)>,
}

/// Faults of one row that are named; a row of formulas is not told of in 256 sentences.
pub(crate) const FAULTS: usize = 20;

/// The words a fault may use; both sides are one binary, so places in these lists agree.
const KEYS: &[&str] = &[
    "table-empty",
    "table-old-xls",
    "table-kind",
    "table-broken",
    "table-encoding",
    "table-nul",
    "table-quote",
    "table-delimiter",
    "table-row-long",
    "table-too-many-rows",
    "table-too-many-columns",
    "table-too-many-cells",
    "table-inflates",
    "table-formula",
    "table-merged",
    "table-error-cell",
    "table-number",
    "table-no-sheet",
    "table-sheet-missing",
    "table-child",
];
const ARGS: &[&str] = &["row", "column", "value", "max", "sheet", "sheets", "encoding", "range"];

impl Frame {
    pub(crate) fn write(&self, out: &mut impl Write) -> io::Result<()> {
        let mut body = Vec::new();
        let letter = match self {
            Frame::Hello { format, isolated } => {
                body.extend([u8::from(*format == Format::Xlsx), u8::from(*isolated)]);
                b'H'
            }
            Frame::Row(row) => {
                body.extend(row.number.to_le_bytes());
                count(&mut body, row.cells.len());
                row.cells.iter().for_each(|c| text(&mut body, c));
                count(&mut body, row.days.len());
                for (at, day) in &row.days {
                    body.extend(at.to_le_bytes());
                    text(&mut body, day);
                }
                for (at, e) in &row.faults {
                    body.extend(at.to_le_bytes());
                    fault(&mut body, e);
                }
                b'R'
            }
            Frame::Fault(e) => {
                fault(&mut body, e);
                b'F'
            }
            Frame::End => b'E',
        };
        out.write_all(&[letter])?;
        out.write_all(&u32::try_from(body.len()).unwrap_or(u32::MAX).to_le_bytes())?;
        out.write_all(&body)
    }

    /// # Errors
    /// `table-child`: what came is no frame of ours. Nothing of it is believed.
    pub(crate) fn parse(letter: u8, body: &[u8]) -> Result<Self> {
        parse(letter, body).ok_or_else(|| Error::invalid("table-child"))
    }
}

fn parse(letter: u8, mut body: &[u8]) -> Option<Frame> {
    Some(match letter {
        b'H' => Frame::Hello { format: if *body.first()? == 1 { Format::Xlsx } else { Format::Csv }, isolated: *body.get(1)? == 1 },
        b'R' => {
            let mut row = Read { number: u64::from_le_bytes(cut(&mut body, 8)?.try_into().ok()?), ..Read::default() };
            for _ in 0..cut_count(&mut body)? {
                row.cells.push(cut_text(&mut body)?);
            }
            for _ in 0..cut_count(&mut body)? {
                row.days.push((cut_count(&mut body)?, cut_text(&mut body)?));
            }
            while !body.is_empty() {
                row.faults.push((cut_count(&mut body)?, cut_fault(&mut body)?));
            }
            Frame::Row(row)
        }
        b'F' => {
            let error = cut_fault(&mut body)?;
            body.is_empty().then_some(Frame::Fault(error))?
        }
        b'E' if body.is_empty() => Frame::End,
        _ => return None,
    })
}

fn place(words: &[&str], word: &str) -> u8 {
    words.iter().position(|w| *w == word).and_then(|i| u8::try_from(i).ok()).unwrap_or(u8::MAX)
}
fn text(body: &mut Vec<u8>, t: &str) {
    body.extend(u32::try_from(t.len()).unwrap_or(u32::MAX).to_le_bytes());
    body.extend(t.as_bytes());
}
fn count(body: &mut Vec<u8>, n: usize) {
    body.extend(u32::try_from(n).unwrap_or(u32::MAX).to_le_bytes());
}
fn fault(body: &mut Vec<u8>, e: &Error) {
    body.extend([place(KEYS, e.key), u8::try_from(e.args.len()).unwrap_or(u8::MAX)]);
    for (name, value) in &e.args {
        body.push(place(ARGS, name));
        text(body, value);
    }
}
fn cut<'a>(body: &mut &'a [u8], n: usize) -> Option<&'a [u8]> {
    let (head, rest) = body.split_at_checked(n)?;
    *body = rest;
    Some(head)
}
fn cut_byte(body: &mut &[u8]) -> Option<u8> {
    cut(body, 1)?.first().copied()
}
fn cut_count(body: &mut &[u8]) -> Option<u32> {
    Some(u32::from_le_bytes(cut(body, 4)?.try_into().ok()?))
}
fn cut_text(body: &mut &[u8]) -> Option<String> {
    let n = cut_count(body)?;
    String::from_utf8(cut(body, n as usize)?.to_vec()).ok()
}
fn cut_fault(body: &mut &[u8]) -> Option<Error> {
    let mut error = Error::invalid(KEYS.get(usize::from(cut_byte(body)?))?);
    for _ in 0..cut_byte(body)? {
        let name = ARGS.get(usize::from(cut_byte(body)?))?;
        error = error.with(name, cut_text(body)?);
    }
    Some(error)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn through(frame: &Frame) -> Frame {
        let mut bytes = Vec::new();
        frame.write(&mut bytes).unwrap();
        assert_eq!(bytes.len(), 5 + u32::from_le_bytes(bytes[1..5].try_into().unwrap()) as usize);
        Frame::parse(bytes[0], &bytes[5..]).unwrap()
    }

    #[test]
    fn frames_arrive_as_they_were_sent() {
        for key in KEYS {
            let fault = ARGS.iter().fold(Error::invalid(key), |e, name| e.with(name, "值"));
            assert_eq!(through(&Frame::Fault(fault.clone())), Frame::Fault(fault));
        }
        for frame in [
            Frame::Hello { format: Format::Xlsx, isolated: true },
            Frame::Row(Read { number: 7, cells: vec!["党".into(), String::new()], ..Read::default() }),
            Frame::Row(Read {
                number: 1 << 40,
                cells: vec!["43549".into()],
                days: vec![(0, "2019-03-25".into())],
                faults: vec![(0, Error::invalid("table-merged").with("row", 2)), (3, Error::invalid("table-nul"))],
            }),
            Frame::End,
        ] {
            assert_eq!(through(&frame), frame);
        }
    }

    #[test]
    fn what_is_no_frame_is_not_believed() {
        for (letter, body) in
            [(b'R', &b"\x01"[..]), (b'R', b"\x01\0\0\0\0\0\0\0\xFF\xFF\xFF\xFFab"), (b'F', b"\xFF"), (b'E', b"x"), (b'?', b"")]
        {
            assert_eq!(Frame::parse(letter, body).unwrap_err().key, "table-child");
        }
    }
}

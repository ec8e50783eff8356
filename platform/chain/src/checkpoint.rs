//! A checkpoint: the heads of all segments, signed. It is a text short enough to be printed or copied by hand:
//!
//! ```text
//! leitu-checkpoint-v1
//! key 64 digits
//! number 12
//! at 2026-11-26T06:44:32.123Z
//! events 12003
//! segments 4
//! root 64 digits
//!
//! signature 128 digits
//! ```
//!
//! The lines up to the empty one are what is signed, each with its end. Blanks and ends of lines within
//! digits make no difference to a reader. A copy may go on, after another empty line, with
//! the heads themselves, of which `root` is the hash.
use crate::hex::{hex, unhex};
use crate::key::{PublicKey, Signature, Signer};
use crate::link::Hash;
use crate::{Head, Heads};
use jiff::Timestamp;
use kernel::{Error, Instant, Result};
use std::str::FromStr;

const FORM: &str = "leitu-checkpoint-v1";

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    pub key: PublicKey,
    /// From 1, without a gap.
    pub number: i64,
    pub at: Instant,
    /// Events up to here, over all segments.
    pub events: i64,
    pub segments: i64,
    root: Hash,
    signature: Signature,
}

impl Checkpoint {
    pub fn sign(signer: &Signer, number: i64, at: Instant, heads: &Heads) -> Checkpoint {
        let (key, events, segments, root) = (signer.public(), heads.events(), heads.segments(), heads.root());
        let unsigned = Checkpoint { key, number, at, events, segments, root, signature: [0; 64] };
        let signature = signer.sign(&unsigned.signed());
        Checkpoint { signature, ..unsigned }
    }
    /// The whole text.
    pub fn note(&self) -> String {
        format!("{}\nsignature {}\n", self.signed(), hex(&self.signature))
    }
    /// The text with the heads, as it is kept elsewhere.
    pub fn copy(&self, heads: &Heads) -> String {
        heads.all().fold(self.note() + "\n", |text, head| text + &head.line())
    }
    /// Whether its own key signed it.
    pub fn is_signed(&self) -> bool {
        self.key.admits(&self.signed(), &self.signature)
    }
    /// Whether it speaks of these heads.
    pub fn is_over(&self, heads: &Heads) -> bool {
        (self.root, self.events, self.segments) == (heads.root(), heads.events(), heads.segments())
    }
    fn signed(&self) -> String {
        let Checkpoint { key, number, events, segments, .. } = self;
        let at = Timestamp::from_millisecond(self.at.0).unwrap_or_default();
        let root = hex(&self.root);
        format!("{FORM}\nkey {key}\nnumber {number}\nat {at}\nevents {events}\nsegments {segments}\nroot {root}\n")
    }
}

/// What was kept elsewhere: a checkpoint, and its heads if they were kept with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    pub checkpoint: Checkpoint,
    pub heads: Option<Heads>,
}

impl Kept {
    /// Reads a text that a file or a person gives back: empty lines, the ends of lines and blanks around them make no
    /// difference.
    ///
    /// # Errors
    /// `audit-checkpoint-file` with the line that is not of this form.
    pub fn parse(text: &str) -> Result<Kept> {
        let whole = whole_lines(text);
        let mut lines = Lines { rest: whole.iter().map(|(at, line)| (*at, line.as_str())).peekable(), at: 0 };
        lines.next(|line| (line == FORM).then_some(()))?;
        let key = lines.field("key", |text| PublicKey::parse(&together(text)))?;
        let number = lines.field("number", plain)?;
        let at = lines.field("at", |text| Timestamp::from_str(text).ok())?;
        let (events, segments) = (lines.field("events", plain)?, lines.field("segments", plain)?);
        let root = lines.field("root", |text| digits(text)?.try_into().ok())?;
        let signature = lines.field("signature", |text| digits(text)?.try_into().ok())?;
        let at = Instant(at.as_millisecond());
        let checkpoint = Checkpoint { key, number, at, events, segments, root, signature };
        let mut heads = Heads::default();
        while lines.more() {
            heads.set(lines.next(Head::parse)?);
        }
        Ok(Kept { checkpoint, heads: (heads.segments() > 0).then_some(heads) })
    }
}

/// Lines with their numbers. Digits that did not fit on a line of paper go on at the beginning of the next one.
fn whole_lines(text: &str) -> Vec<(usize, String)> {
    let mut whole: Vec<(usize, String)> = Vec::new();
    let lines = text.trim_start_matches('\u{feff}').lines().map(str::trim).enumerate();
    for (i, line) in lines.filter(|(_, line)| !line.is_empty()) {
        let goes_on = line.bytes().all(|b| b == b' ' || b.is_ascii_hexdigit());
        match whole.last_mut() {
            Some((_, last)) if goes_on => last.extend([" ", line]),
            _ => whole.push((i + 1, line.into())),
        }
    }
    whole
}

/// People copy long digits in groups.
fn together(text: &str) -> String {
    text.split_whitespace().collect()
}

fn digits(text: &str) -> Option<Vec<u8>> {
    unhex(&together(text))
}

/// Numbers count from 0 and have one form.
fn plain(text: &str) -> Option<i64> {
    text.parse().ok().filter(|n: &i64| *n >= 0 && n.to_string() == text)
}

struct Lines<'a, I: Iterator<Item = (usize, &'a str)>> {
    rest: std::iter::Peekable<I>,
    at: usize,
}

impl<'a, I: Iterator<Item = (usize, &'a str)>> Lines<'a, I> {
    fn more(&mut self) -> bool {
        self.rest.peek().is_some()
    }
    fn next<T>(&mut self, read: impl FnOnce(&'a str) -> Option<T>) -> Result<T> {
        let (at, line) = self.rest.next().unwrap_or((self.at + 1, ""));
        self.at = at;
        read(line).ok_or_else(|| Error::invalid("audit-checkpoint-file").with("line", at))
    }
    fn field<T>(&mut self, name: &str, read: impl FnOnce(&'a str) -> Option<T>) -> Result<T> {
        self.next(|line| read(line.strip_prefix(name)?.strip_prefix(' ')?.trim_start()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heads() -> Heads {
        [(2, 5), (1, 7)].map(|(n, seq)| Head { segment: vec![n; 16], seq, hash: vec![n; 32] }).into_iter().collect()
    }

    fn signed() -> Checkpoint {
        Checkpoint::sign(&Signer::of(&[3; 32]).unwrap(), 12, Instant(1_764_139_472_123), &heads())
    }

    #[test]
    fn a_copy_comes_back_as_it_was_with_and_without_its_heads() {
        let checkpoint = signed();
        assert!(checkpoint.is_signed() && checkpoint.is_over(&heads()) && checkpoint.events == 12);
        assert_eq!(Kept::parse(&checkpoint.note()).unwrap(), Kept { checkpoint: checkpoint.clone(), heads: None });
        let whole = checkpoint.copy(&heads());
        assert_eq!(Kept::parse(&whole).unwrap(), Kept { checkpoint: checkpoint.clone(), heads: Some(heads()) });
        // As an editor or a printer's copyist leaves it.
        let spaced = format!("\u{feff}{}", whole.replace('\n', " \r\n\r\n"));
        assert_eq!(Kept::parse(&spaced).unwrap(), Kept::parse(&whole).unwrap());
        let of = |name: &str| checkpoint.note().lines().find_map(|l| l.strip_prefix(name).map(str::to_owned)).unwrap();
        let grouped = ["key ", "root ", "signature "].iter().fold(checkpoint.note(), |text, name| {
            let value = of(name);
            text.replace(&value, &format!("{} {}\n{}", &value[..8], &value[8..16], &value[16..]))
        });
        assert_eq!(Kept::parse(&grouped).unwrap().checkpoint, checkpoint);
    }

    #[test]
    fn no_line_can_be_changed_under_the_signature() {
        let note = signed().note();
        for (from, to) in [
            ("number 12", "number 13"),
            ("events 12", "events 11"),
            ("segments 2", "segments 1"),
            ("at 2025-11-26T06:44:32.123Z", "at 2025-11-26T06:44:33.123Z"),
        ] {
            assert!(note.contains(from), "{note}");
            assert!(!Kept::parse(&note.replace(from, to)).unwrap().checkpoint.is_signed(), "{to}");
        }
        let other = Checkpoint::sign(&Signer::of(&[4; 32]).unwrap(), 12, Instant(0), &heads());
        let of = |c: &Checkpoint, name: &str| c.note().lines().find(|l| l.starts_with(name)).unwrap().to_owned();
        for field in ["key ", "signature "] {
            assert!(!Kept::parse(&note.replace(&of(&signed(), field), &of(&other, field))).unwrap().checkpoint.is_signed(), "{field}");
        }
    }

    #[test]
    fn what_is_no_checkpoint_is_refused_with_its_line() {
        let note = signed().note();
        for (bad, line) in [
            ("", "1"),
            ("leitu-checkpoint-v2\n", "1"),
            (&note.replace("number 12", "number 012"), "3"),
            (&note.replace("number 12", "number -12"), "3"),
            (&note.replace("segments 2\n", ""), "6"),
            (&note.replace("signature ", "signature 0"), "9"),
            (&(note.clone() + "head 00 x 00\n"), "10"),
        ] {
            let refused = Kept::parse(bad).unwrap_err();
            assert_eq!((refused.key, refused.args[0].1.as_str()), ("audit-checkpoint-file", line), "{bad}");
        }
    }
}

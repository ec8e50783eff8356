//! Zips as enemies write them: every figure of their headers can be made to lie, and a part may be a gigabyte that was never
//! anywhere.
use flate2::{Compress, Compression, Crc, FlushCompress, Status};

/// One part, deflated, and what the headers say of it.
#[derive(Clone)]
pub struct Part {
    pub name: String,
    pub packed: Vec<u8>,
    pub crc: u32,
    /// Bytes it is said to inflate to.
    pub said: u32,
    /// Bit 0 says that it is encrypted.
    pub flags: u16,
    /// More fields of its directory entry.
    pub extra: Vec<u8>,
}

impl Part {
    pub fn of(name: &str, content: &str) -> Part {
        Part::repeated(name, content, "", 0, "")
    }
    /// `head`, then `unit` so many times, then `tail`: a unit is deflated once, whatever it comes to.
    pub fn repeated(name: &str, head: &str, unit: &str, times: usize, tail: &str) -> Part {
        let (mut packed, unit_packed) = (deflated(head, FlushCompress::Full), deflated(unit, FlushCompress::Full));
        (0..times).for_each(|_| packed.extend_from_slice(&unit_packed));
        packed.extend(deflated(tail, FlushCompress::Finish));
        let mut crc = Crc::new();
        crc.update(head.as_bytes());
        (0..times).for_each(|_| crc.update(unit.as_bytes()));
        crc.update(tail.as_bytes());
        let said = (head.len() + unit.len() * times + tail.len()) as u32;
        Part { name: name.into(), packed, crc: crc.sum(), said, flags: 0, extra: Vec::new() }
    }
    #[must_use]
    pub fn saying(self, said: u32) -> Part {
        Part { said, ..self }
    }
    fn local(&self) -> Vec<u8> {
        [b"PK\x03\x04".as_slice(), &self.common(0), self.name.as_bytes(), &self.packed].concat()
    }
    /// What both headers say.
    fn common(&self, extra: usize) -> Vec<u8> {
        let mut out = Vec::new();
        for n in [20, self.flags, 8, 0, 0] {
            out.extend(u16::to_le_bytes(n));
        }
        for n in [self.crc, self.packed.len() as u32, self.said] {
            out.extend(n.to_le_bytes());
        }
        out.extend((self.name.len() as u16).to_le_bytes());
        out.extend((extra as u16).to_le_bytes());
        out
    }
    fn entry(&self, at: usize) -> Vec<u8> {
        let rest = [0; 10];
        let at = (at as u32).to_le_bytes();
        [b"PK\x01\x02\x14\0".as_slice(), &self.common(self.extra.len()), &rest, &at, self.name.as_bytes(), &self.extra].concat()
    }
}

/// Raw deflate of a text that begins a fresh window, so that it can stand behind any other.
fn deflated(text: &str, end: FlushCompress) -> Vec<u8> {
    let mut packer = Compress::new(Compression::best(), false);
    let mut out = Vec::with_capacity(text.len() / 8 + 4096);
    loop {
        out.reserve(4096);
        let read = packer.total_in() as usize;
        let room = out.capacity() - out.len();
        let status = packer.compress_vec(&text.as_bytes()[read..], &mut out, end).expect("a text that can be deflated");
        let is_over = if end == FlushCompress::Finish { status == Status::StreamEnd } else { out.capacity() - out.len() > 0 && room > 0 };
        if is_over && packer.total_in() as usize == text.len() {
            return out;
        }
    }
}

/// The parts one behind the other, each with its entry.
pub fn zip(parts: &[Part]) -> Vec<u8> {
    let (mut out, mut entries) = (Vec::new(), Vec::new());
    for part in parts {
        entries.push(part.entry(out.len()));
        out.extend(part.local());
    }
    ended(out, &entries)
}

/// The same with one more part, which so many entries name as theirs.
pub fn overlapping(parts: &[Part], shared: &Part, times: usize) -> Vec<u8> {
    let (mut out, mut entries) = (Vec::new(), Vec::new());
    for part in parts {
        entries.push(part.entry(out.len()));
        out.extend(part.local());
    }
    let at = out.len();
    out.extend(shared.local());
    entries.extend((0..times).map(|n| Part { name: format!("xl/media/{n}.png"), ..shared.clone() }.entry(at)));
    ended(out, &entries)
}

fn ended(mut out: Vec<u8>, entries: &[Vec<u8>]) -> Vec<u8> {
    let (at, directory) = (out.len() as u32, entries.concat());
    let number = (entries.len().min(0xFFFF) as u16).to_le_bytes();
    out.extend(&directory);
    out.extend(b"PK\x05\x06\0\0\0\0");
    out.extend([number, number].concat());
    out.extend((directory.len() as u32).to_le_bytes());
    out.extend(at.to_le_bytes());
    out.extend([0, 0]);
    out
}

/// A directory of the larger kind that says of itself whatever it likes.
pub fn lying_directory(parts: &[Part], entries: u64, size: u64) -> Vec<u8> {
    let mut out = zip(parts);
    let end = out.split_off(out.len() - 22);
    let at = out.len() as u64;
    out.extend(b"PK\x06\x06");
    out.extend(44u64.to_le_bytes());
    // Two versions, two disks.
    out.extend([45, 0, 45, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    for n in [entries, entries, size, 0] {
        out.extend(n.to_le_bytes());
    }
    out.extend(b"PK\x06\x07\0\0\0\0");
    out.extend(at.to_le_bytes());
    out.extend(1u32.to_le_bytes());
    out.extend(&end[..8]);
    out.extend([0xFF; 12]);
    out.extend([0, 0]);
    out
}

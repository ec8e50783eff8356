//! Files that mean harm, made in code: what each is, where it is handed in, and what must come of it.
mod tables;
mod texts;
mod uploads;
pub mod workbooks;
mod zips;

/// Where a file is handed in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum To {
    /// 导入, as one of its kinds.
    Import(&'static str),
    /// As evidence beside an indicator of one's own sheet.
    Evidence,
    /// As a scheme, or as the text of a regulation, to be published.
    Publish(&'static str),
    /// In a field of a form that should hold a word.
    Field(&'static str),
    /// To `leitu audit verify`.
    Verifier,
}

/// What must come of it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum End {
    /// Refused, in words among which these are.
    Refused(&'static str),
    /// The connection is closed on it: nobody sends so much in earnest.
    CutOff,
    /// Kept, and given back as this type, so that nobody's browser runs it.
    Inert(&'static str),
    /// Read as the table it is, whatever else is in it.
    Harmless,
}

/// A beginning, a piece that comes again and again, and an end: a gigabyte takes no room here.
#[derive(Clone, Default)]
pub struct Content {
    pub head: Vec<u8>,
    pub unit: Vec<u8>,
    pub times: usize,
    pub tail: Vec<u8>,
}

impl Content {
    pub fn size(&self) -> usize {
        self.head.len() + self.unit.len() * self.times + self.tail.len()
    }
    /// In the order in which they are sent.
    pub fn pieces(&self) -> impl Iterator<Item = &[u8]> {
        let middle = std::iter::repeat_n(self.unit.as_slice(), self.times);
        std::iter::once(self.head.as_slice()).chain(middle).chain([self.tail.as_slice()])
    }
}

impl<T: Into<Vec<u8>>> From<T> for Content {
    fn from(head: T) -> Self {
        Content { head: head.into(), ..Content::default() }
    }
}

pub struct Hostile {
    /// What it is, in a few words.
    pub what: &'static str,
    pub to: To,
    /// The name it comes under, as bytes of a header.
    pub name: Vec<u8>,
    /// What the sender says that it is.
    pub media: &'static str,
    pub content: Content,
    pub end: End,
}

impl Hostile {
    pub fn new(what: &'static str, to: To, name: &str, content: impl Into<Content>, end: End) -> Hostile {
        Hostile { what, to, name: name.into(), media: "application/octet-stream", content: content.into(), end }
    }
}

/// What files may try to reach, and must not.
pub struct Bait {
    /// A path on this machine at which nothing may appear, and its content must not be read.
    pub path: String,
    /// Where nobody may connect to.
    pub address: String,
}

pub fn all(bait: &Bait) -> Vec<Hostile> {
    [tables::all(), workbooks::all(bait), uploads::all(bait), texts::all()].into_iter().flatten().collect()
}

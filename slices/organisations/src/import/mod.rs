//! Bringing in a table (xlsx, csv): organisations here, members in the slice above, through one passage.
//!
//! [`bring`] reads the file once and checks every row against the database and the rest of the file. Only a file that is
//! good as a whole is staged, in chunks that nobody sees; one event makes it valid, and the rows are carried over in
//! chunks. A process killed before the event leaves nothing that counts ([`discard_abandoned`] sweeps it up); one killed
//! after it is continued by [`resume`]: by the serving process within a minute, by the next import of that kind, and before
//! anybody counts branches (a cycle is opened).
mod carry;
mod depths;
mod founding;
pub mod handed;
mod importer;
mod organisations;
mod own;
mod read;
mod report;
mod store;
mod undo;

pub use carry::{discard_abandoned, is_carrying, resume};
pub use importer::{Asked, Back, Behalf, Importer, Importers, reach};
pub use organisations::{Organisations, import_organisations};
pub use own::{Builders, Builds, Built, OrganisationFiles};
pub use read::bring;
pub use report::{Refusals, Refused, Report};
pub use store::forget;
pub use undo::{Own, Undo, take_back};

use access::Reach;
use db::Tx;
use kernel::{BusinessDate, Error, ImportId, Instant, OrgPath};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use tabular::{BadRow, Head, Reader, Record};

/// Rows of one file. A larger one is cut in two: what is checked against the whole file is held in memory.
pub const ROWS_MAX: u64 = 200_000;

/// How often a file that others have overtaken is checked anew before whoever sent it is told to come again.
pub const TURNS: usize = 16;

/// Another file was brought in while this one was checked, so what was found of it may not be so any more.
pub fn overtaken() -> Error {
    Error::conflict(OVERTAKEN)
}

/// Whether a file is to be checked anew.
pub fn is_overtaken(e: &Error) -> bool {
    e.key == OVERTAKEN
}

const OVERTAKEN: &str = "import-overtaken";

/// How far an import is, for whoever watches: rows read, then rows carried over.
#[derive(Clone, Default, Debug)]
pub struct Progress(Arc<AtomicU64>);

impl Progress {
    pub fn begin(&self) {
        self.0.store(0, Ordering::Relaxed);
    }
    pub fn add(&self, rows: usize) {
        self.0.fetch_add(rows as u64, Ordering::Relaxed);
    }
    pub fn rows(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

/// The file, and how it is taken.
#[derive(Clone, Debug)]
pub struct Take {
    /// Under this id it can be begun again: what it did is not done twice.
    pub id: ImportId,
    pub path: PathBuf,
    /// The name people know the file by; the audit carries it.
    pub file: String,
    pub reader: Reader,
    pub today: BusinessDate,
    /// What may be touched.
    pub reach: Reach,
    /// Checks only; changes nothing.
    pub dry_run: bool,
    pub progress: Progress,
}

impl Take {
    /// Everything may be touched, and is.
    pub fn new(path: PathBuf, file: &str, reader: Reader, today: BusinessDate) -> Self {
        let (id, file) = (ImportId::new(), file.to_owned());
        Self { id, path, file, reader, today, reach: Reach::everything(), dry_run: false, progress: Progress::default() }
    }
    /// Checks only.
    #[must_use]
    pub fn dry(mut self, dry_run: bool) -> Self {
        self.dry_run = dry_run;
        self
    }
    /// Only there.
    #[must_use]
    pub fn within(mut self, reach: Reach) -> Self {
        self.reach = reach;
        self
    }
    /// Whether a place lies within what may be touched.
    pub fn reaches(&self, path: &OrgPath) -> bool {
        self.reach.covers(path)
    }
}

/// Row, column and remedy of something that only the whole file shows.
pub type Late = (u64, &'static str, Error);

/// What a row does.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Effect {
    Creates,
    Updates,
    /// Everything is as the row says already.
    Nothing,
}

/// What one kind of table is. The passage reads, stages and carries; the kind knows what rows mean.
pub trait Kind: Send + 'static {
    /// `organisations`, in the audit and as the name of what waits.
    const NAME: &'static str;
    /// The event's action, `organisations.import`.
    const ACTION: &'static str;
    /// The event's action when it is taken back.
    const UNDONE: &'static str;
    const HEADS: &'static [Head];
    /// What is asked of the database about a row.
    type Asked: Clone + Send + Sync + 'static;
    /// What the database answered.
    type Known: Send + 'static;
    /// A checked row as it waits; no personal number in the clear.
    type Row: Serialize + DeserializeOwned + Clone + Send + Sync + 'static;
    /// What a row did, so that it can be taken back.
    type Trace: Serialize + DeserializeOwned + Clone + Send + Sync + 'static;

    fn ask(&self, record: &Record<'_>) -> Self::Asked;
    /// A few look-ups by key.
    ///
    /// # Errors
    /// The engine's own.
    fn look(tx: &mut Tx<'_>, asked: &Self::Asked) -> impl Future<Output = db::Result<Self::Known>>;
    /// Everything that is wrong with a row, or what it does.
    ///
    /// # Errors
    /// Each bad cell with its remedy.
    fn check(&mut self, record: &Record<'_>, known: Self::Known) -> Result<(Self::Row, Effect), Vec<BadRow>>;
    /// What only the whole file shows: row, column, remedy. `rows` come back in the order in which they are carried over.
    fn whole(&mut self, _rows: &mut Vec<(u64, Self::Row)>) -> Vec<Late> {
        Vec::new()
    }
    /// Carries a row over. It may have been carried over before a crash, so doing it twice is doing it once.
    ///
    /// # Errors
    /// Refusals, if the world has changed since the file was checked.
    fn apply(tx: &mut Tx<'_>, row: &Self::Row, at: Instant, by: &str) -> impl Future<Output = db::Result<Option<Self::Trace>>>;
}

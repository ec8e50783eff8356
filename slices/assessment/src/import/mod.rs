//! Facts and layers from files (xlsx, csv; one value a row, or one branch a row).
//!
//! [`read`] goes through the file once and checks every cell; good rows wait in a table nobody reads. Only if the whole
//! file is good does one event make the import valid, and [`apply`] carries the waiting rows over in chunks. A process
//! killed before the event leaves nothing; one killed after it is continued by [`resume`].
mod apply;
mod files;
mod read;
mod row;
mod store;

pub use apply::{discard_abandoned, is_carrying, resume};
pub use files::{FactFiles, InCycles, LedgerFiles, ScoreFiles};
pub use read::{Outcome, Take, import_facts, import_scores};

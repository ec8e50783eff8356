//! The words everyone speaks. Nothing here does I/O, save [`Instant::now`].
mod as_text;
mod clock;
mod date;
mod error;
mod id;
mod path;
mod points;
mod quantity;
pub mod reason;

#[doc(hidden)]
pub use as_text::serde_core;
pub use clock::Clock;
pub use date::{BusinessDate, Instant};
pub use error::{Error, Kind, Result};
pub use id::*;
pub use path::OrgPath;
pub use points::Points;
pub use quantity::Quantity;

//! Tables in and out: xlsx and csv.
//!
//! **In.** [`read`] gives a file's rows one by one in bounded memory. A file that somebody sends is hostile until
//! shown otherwise (1.4 KB of xlsx can make a parser allocate until it aborts), so the parsers run in a child process:
//! the same binary with a hidden sub-command that ends in [`child_main`], limits its own memory and processor time and
//! gives up the network, the file system and starting programs before it looks at the first byte. Rows come back
//! length-prefixed and are complete only when the child says so: one that dies has given nothing.
//! [`Heads`] finds the columns by their English or Chinese names.
//!
//! **Out.** [`Sheet`] writes csv and xlsx in constant memory, [`BadRows`] the file with only the rows that were refused.
//! Both block: call them from a blocking thread.
mod bad;
mod cage;
mod child;
mod csv_in;
mod csv_out;
mod format;
mod heads;
mod inflate;
mod limits;
mod neutral;
mod reader;
mod sheet;
mod sink;
mod wire;
mod xlsx_in;
mod xlsx_out;

pub use bad::{BadRow, BadRows};
pub use child::{SUB_COMMAND, child_main};
pub use csv_out::csv_line;
pub use format::Format;
pub use heads::{Columns, Head, Heads, REMEDY_HEADS, Record, day, optional, personal, required};
pub use limits::Limits;
pub use reader::{Reader, Row, Rows, read, read_bytes, read_sheet};
pub use sheet::{Cell, Column, Note, Sheet};

/// This crate's sentences, by language.
pub const WORDS: &[(&str, &str)] =
    &[("zh", include_str!("../../../content/locales/zh/tabular.ftl")), ("en", include_str!("../../../content/locales/en/tabular.ftl"))];

//! The shared components, each a method of [`T`](crate::T), so that a slice's template writes
//! `{{ t.light(row.light) }}` and needs neither an import nor `|safe`. `/kit` shows them all.
//! Templates pass values by reference, so parameters are references; a literal number is `&5`.
mod chart;
mod dated;
mod field;
mod help;
mod list;
mod message;
mod navigation;
mod status;

pub(crate) use crate::error_view::{error_page, trouble};
pub use chart::GradeBar;
pub use field::{Input, Shown};
pub use list::{Moment, SumRow};
pub use message::{Errors, Meant, Mood};
pub use navigation::{Crumb, Pager, Steps};
pub use status::Light;

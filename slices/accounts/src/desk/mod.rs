//! The desk: 待办 and 通知. What stands there is handed over by other slices through `inbox`.
pub mod pages;
mod sealed;

pub use sealed::sealed;

//! The desk: 待办 and 通知. What stands there is handed over by other slices through `inbox`, what else concerns somebody is
//! said by them as a [`Concern`].
mod concern;
pub mod pages;
mod sealed;

pub use concern::{Concern, Concerning, Concerns};
pub use sealed::sealed;

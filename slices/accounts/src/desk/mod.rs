//! The desk: 待办 and 通知. What stands there is handed over by other slices through `inbox`, what else concerns somebody is
//! said by them as a [`Concern`].
mod beginning;
mod concern;
pub mod pages;
mod sealed;
mod whose;

pub use concern::{Concern, Concerning, Concerns, organisations_of};
pub use sealed::sealed;

//! Pages of cycles.
pub mod counts;
pub mod export;
pub mod list;
pub mod listing;
pub mod onward;
pub mod opening;
pub mod reminders;
pub mod report;
pub mod sheets;
pub mod show;
pub mod withdrawal;

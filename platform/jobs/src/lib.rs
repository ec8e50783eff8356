//! Work that outlives a request: asked for in a unit of work, done by whichever process claims it, seen by its progress.
//!
//! A job is a row. Who claims it holds it for half a minute and says again and again that it still lives; a process that
//! was killed says nothing, so another takes the job over. A worker must therefore stand being begun again:
//! it writes staging rows that become valid by one row at the end.
mod claim;
mod run;
mod show;

pub use claim::Claim;
pub use run::{Pace, Running, Worker, run, run_at};
pub use show::{Failure, Job, enqueue, of, own, owned_by, within};

/// This crate's tables.
pub const MIGRATIONS: &[db::Migration] = &[db::Migration { name: "0008_jobs", sql: include_str!("../migrations/0008_jobs.sql") }];

/// This crate's sentences, by language.
pub const WORDS: &[(&str, &str)] =
    &[("zh", include_str!("../../../content/locales/zh/jobs.ftl")), ("en", include_str!("../../../content/locales/en/jobs.ftl"))];

//! Work that outlives a request.
use db::{Db, Result};
use kernel::JobId;
use std::future::Future;
use std::pin::Pin;

pub type Running = Pin<Box<dyn Future<Output = Result<()>> + Send>>;

/// A slice's kind of job; wired by `leitu`.
pub trait Worker: Send + Sync {
    fn kind(&self) -> &'static str;
    fn run(&self, db: Db, job: JobId, payload: String) -> Running;
}

//! Dates that were provisional are counted again once their year is published.
use super::calendar;
use calendar::Calendar;
use db::Db;
use jobs::{Claim, Running, Worker};
use kernel::{Error, Result};
use std::sync::Arc;
use web::Later;

pub(super) const KIND: &str = "calendar-recount";

/// Somebody who keeps dates counted in working days.
pub trait Recompute: Send + Sync {
    /// Counts again the provisional dates that touch these years, tells their owners of those that changed, and
    /// answers how many did. In short units of work; it may be begun again, and then finds less to do.
    fn recompute(&self, db: Db, calendar: Arc<Calendar>, years: Vec<i32>) -> Later<Result<i64>>;
}

/// Asks every keeper, for the job and for the command line; answers how many dates changed.
///
/// # Errors
/// The first keeper's that fails; what the others did stays.
pub async fn recount(db: &Db, keepers: &[Arc<dyn Recompute>], years: &[i32]) -> Result<i64> {
    let calendar = Arc::new(calendar(db).await?);
    let mut changed = 0;
    for keeper in keepers {
        changed += keeper.recompute(db.clone(), calendar.clone(), years.to_vec()).await?;
    }
    Ok(changed)
}

/// The job that an import leaves.
pub(crate) struct Recount(pub Vec<Arc<dyn Recompute>>);

impl Worker for Recount {
    fn kind(&self) -> &'static str {
        KIND
    }
    fn run(&self, db: Db, job: Claim) -> Running {
        let keepers = self.0.clone();
        Box::pin(async move {
            let years: Vec<i32> = serde_json::from_str(&job.payload).map_err(Error::internal)?;
            Ok(recount(&db, &keepers, &years).await?.to_string())
        })
    }
}

//! Asking for the calendar.
use super::store;
use db::Db;
use kernel::Result;
use std::sync::{Arc, RwLock};
use web::Later;

/// The calendar as it is now, read from the database.
///
/// # Errors
/// The engine's own.
pub async fn calendar(db: &Db) -> Result<calendar::Calendar> {
    Ok(db.read(async |tx| store::all(tx).await).await?)
}

/// The same for those who ask on every page: read anew only when a newer edition has been brought in, by whichever
/// process. One of them is wired for the whole house.
#[derive(Clone, Default)]
pub struct Kept(Arc<RwLock<Option<Edition>>>);

/// An edition never changes, so it may be kept.
type Edition = (i64, Arc<calendar::Calendar>);

impl Kept {
    /// # Errors
    /// The engine's own.
    pub async fn now(&self, db: &Db) -> Result<Arc<calendar::Calendar>> {
        let newest = store::newest(db).await?;
        let held = self.0.read().ok().and_then(|held| held.clone()).filter(|(number, _)| *number == newest);
        if let Some((_, calendar)) = held {
            return Ok(calendar);
        }
        let calendar = Arc::new(calendar(db).await?);
        if let Ok(mut held) = self.0.write() {
            *held = Some((newest, calendar.clone()));
        }
        Ok(calendar)
    }
}

impl accounts::Calendars for Kept {
    fn now(&self, db: Db) -> Later<Result<Arc<calendar::Calendar>>> {
        let kept = self.clone();
        Box::pin(async move { Kept::now(&kept, &db).await })
    }
}

//! When an edition or a scheme was published and by whom, as the log has it.
use db::Db;
use kernel::Result;
use web::{Later, Ui};

/// `None` where the log begins later than the edition.
///
/// # Errors
/// The engine's own.
pub async fn published(ui: &Ui, object: String, action: &'static str) -> Result<Option<String>> {
    let found = first(ui.db.clone(), object, action.to_owned()).await?;
    Ok(found.map(|event| {
        let (when, who) = (ui.clock().date_time(event.at), ui.t.actor(&event.actor));
        ui.t.text("published-by").with("when", when).with("who", who).to_string()
    }))
}

/// Boxed, so that what the page has borrowed meanwhile is no part of this future's type.
fn first(db: Db, object: String, action: String) -> Later<Result<Option<audit::Line>>> {
    Box::pin(async move {
        let found = db.read(async move |tx| audit::deeds(tx, &object, &action, 1).await).await?;
        Ok(found.into_iter().next())
    })
}

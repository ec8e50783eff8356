//! What the administrators did with an account. How often its owner signs in is not shown: results, not traces.
use kernel::{AccountId, Result};
use web::{Moment, Ui};

/// What is told, with its words.
const TOLD: [(&str, &str); 4] = [
    ("account.created", "account-did-create"),
    ("account.code-renewed", "account-did-renew"),
    ("account.disabled", "account-did-disable"),
    ("account.enabled", "account-did-enable"),
];
/// Of each; what is older is in the log.
const MOST: i64 = 50;

/// Oldest first.
///
/// # Errors
/// The engine's own.
pub async fn past(ui: &Ui, id: AccountId) -> Result<Vec<Moment>> {
    let read = ui.db.read(async move |tx| {
        let mut deeds = Vec::new();
        for (action, key) in TOLD {
            let done = audit::deeds(tx, &format!("account:{id}"), action, MOST).await?;
            deeds.extend(done.into_iter().map(|event| (event, key)));
        }
        Ok(deeds)
    });
    let mut deeds = read.await?;
    deeds.sort_by_key(|(event, _)| (event.at, event.seq));
    let moment = |(event, key): (audit::Line, &'static str)| Moment {
        when: ui.clock().date_time(event.at),
        text: ui.t.text(key).with("name", ui.t.actor(&event.actor)).to_string(),
        done: true,
    };
    Ok(deeds.into_iter().map(moment).collect())
}

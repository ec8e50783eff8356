//! What the administrators did with an account. How often its owner signs in is not shown: results, not traces.
use access::Account;
use audit::Line;
use db::Tx;
use kernel::{AccountId, Result};
use serde_json::Value;
use web::{Moment, Ui};

/// What is told beside how it was made, with its words.
const TOLD: [(&str, &str); 4] = [
    ("account.code-renewed", "account-did-renew"),
    ("account.disabled", "account-did-disable"),
    ("account.enabled", "account-did-enable"),
    ("second-factor.taken", "account-did-take-second-factor"),
];
/// Of each; what is older is in the log.
const MOST: i64 = 50;

/// An account bears the instant at which its making began, its event that at which its unit of work began: the codes were made
/// between the two.
const MINUTES: i64 = 1;

/// Oldest first.
///
/// # Errors
/// The engine's own.
pub async fn past(ui: &Ui, account: &Account) -> Result<Vec<Moment>> {
    let (id, login) = (account.id, account.login.clone());
    let read = ui.db.read(async move |tx| {
        let mut deeds: Vec<_> = made(tx, id, &login).await?.into_iter().collect();
        for (action, key) in TOLD {
            let done = audit::deeds(tx, &format!("account:{id}"), action, MOST).await?;
            deeds.extend(done.into_iter().map(|event| (event, key)));
        }
        Ok(deeds)
    });
    let mut deeds = read.await?;
    deeds.sort_by_key(|(event, _)| (event.at, event.seq));
    let moment = |(event, key): (Line, &'static str)| Moment {
        when: ui.clock().date_time(event.at),
        text: ui.t.text(key).with("name", ui.t.actor(&event.actor)).to_string(),
        done: true,
    };
    Ok(deeds.into_iter().map(moment).collect())
}

/// The event an account was made by, with its words. One that made many bears the first one's name, and tells the others by their
/// sign-in names; the set-up's makes the three administrators, before whom there was nobody.
async fn made(tx: &mut Tx<'_>, id: AccountId, login: &str) -> db::Result<Option<(Line, &'static str)>> {
    let since = access::created(tx, id).await?;
    let near = audit::between(tx, "account.created", since, since.plus_minutes(MINUTES), MOST).await?;
    if let Some(event) = near.into_iter().find(|event| event.object == format!("account:{id}") || names(event, login)) {
        return Ok(Some((event, "account-did-create")));
    }
    let founded = audit::between(tx, "installation.found", since, since.plus_minutes(MINUTES), 1).await?.pop();
    // Whoever sets up in the browser has no account: the code on the console is what lets them.
    Ok(founded.map(|event| if event.actor == "visitor" { (event, "account-did-set-up") } else { (event, "account-did-found") }))
}

fn names(event: &Line, login: &str) -> bool {
    let body: Value = serde_json::from_str(&event.body).unwrap_or_default();
    body.pointer("/after/logins").and_then(Value::as_str).is_some_and(|logins| logins.split(' ').any(|one| one == login))
}

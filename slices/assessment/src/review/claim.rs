//! What a branch claims as bonus; nothing counts before the committee confirms it with a second person.
use super::change::Change;
use super::rules;
use audit::Event;
use db::{Result as Unit, Tx, params};
use kernel::{AccountId, CycleId, Error, Instant, OrgId, Result, SheetId};
use scheme::{KeyKind, Scheme};

/// The subject under which a claim cites its files.
pub fn subject(sheet: SheetId, item: &str) -> String {
    format!("claim/{sheet}/{item}")
}

db::row! {
    #[derive(Clone, Debug)]
    pub struct Claim { pub item: String, pub count: i64, pub reason: String, pub by_name: String, pub at: Instant }
}

/// As typed and parsed; a count of 0 withdraws the claim.
#[derive(Clone, Debug)]
pub struct NewClaim {
    pub item: String,
    pub count: i64,
    pub reason: String,
}

impl NewClaim {
    /// # Errors
    /// `adjust-target` for an item the scheme does not know; `fact-count` at `count`; `claim-reason`; `text-long`.
    pub fn parse(scheme: &Scheme, item: &str, count: &str, reason: &str) -> Result<Self> {
        let known = scheme.bonus.items.iter().find(|i| i.code == item).ok_or_else(|| Error::invalid("adjust-target"))?;
        let bad = || Error::invalid("fact-count").with("value", count).at("count");
        let read = KeyKind::Count.read(count).map_err(|_| bad())?.to_string();
        let count: i64 = read.parse().ok().filter(|n| *n < 1000).ok_or_else(bad)?;
        let reason = rules::text("reason", reason)?;
        if count > 0 && reason.is_empty() {
            return Err(Error::invalid("claim-reason").with("item", &known.title).at("reason"));
        }
        Ok(Self { item: known.code.clone(), count, reason })
    }
}

/// # Errors
/// The engine's own.
pub async fn of_sheet(tx: &mut Tx<'_>, sheet: SheetId) -> Unit<Vec<Claim>> {
    tx.all("SELECT item, count, reason, by_name, at FROM claim WHERE sheet = $1 ORDER BY item", &params![&sheet]).await
}

/// Whether this change answers a claim of the branch.
///
/// # Errors
/// The engine's own.
pub async fn claimed(tx: &mut Tx<'_>, sheet: SheetId, change: &Change) -> Unit<bool> {
    let Change::Bonus { item, .. } = change else { return Ok(false) };
    let n: i64 = tx.one("SELECT COUNT(*) FROM claim WHERE sheet = $1 AND item = $2", &params![&sheet, item]).await?;
    Ok(n > 0)
}

/// Claims of a cycle that nobody has confirmed or turned down.
///
/// # Errors
/// The engine's own.
pub async fn unanswered(tx: &mut Tx<'_>, cycle: CycleId) -> Unit<i64> {
    tx.one(
        "SELECT COUNT(*) FROM claim c JOIN sheet s ON s.id = c.sheet WHERE s.cycle = $1 AND NOT EXISTS
           (SELECT 1 FROM adjustment a WHERE a.sheet = c.sheet AND a.target = 'bonus:' || c.item AND a.state <> 'rejected')",
        &params![&cycle],
    )
    .await
}

/// Who claims, for which sheet.
pub struct By<'a> {
    pub sheet: SheetId,
    pub org: OrgId,
    pub account: Option<AccountId>,
    pub name: &'a str,
    pub at: Instant,
}

/// Writes or withdraws a claim; the caller has asked whether self-assessment is open.
///
/// # Errors
/// The engine's own.
pub async fn save(tx: &mut Tx<'_>, new: &NewClaim, by: &By<'_>) -> Unit<Event> {
    let before: Option<i64> = tx.opt("SELECT count FROM claim WHERE sheet = $1 AND item = $2", &params![&by.sheet, &new.item]).await?;
    let action = if new.count == 0 { "claim.withdraw" } else { "claim.save" };
    if new.count == 0 {
        tx.later("DELETE FROM claim WHERE sheet = $1 AND item = $2", &params![&by.sheet, &new.item]).await?;
    } else {
        tx.later(
            "INSERT INTO claim (sheet, item, count, reason, account, by_name, at) VALUES ($1, $2, $3, $4, $5, $6, $7)
             ON CONFLICT (sheet, item) DO UPDATE SET count = excluded.count, reason = excluded.reason, account = excluded.account,
               by_name = excluded.by_name, at = excluded.at",
            &params![&by.sheet, &new.item, new.count, &new.reason, by.account.as_ref(), by.name, by.at],
        )
        .await?;
    }
    let event = Event::new(action, format!("sheet:{}", by.sheet)).at(by.org).with("item", &new.item);
    let event = event.field("count", before.map(|n| n.to_string()), Some(new.count.to_string()));
    Ok(if new.reason.is_empty() { event } else { event.because(&new.reason) })
}

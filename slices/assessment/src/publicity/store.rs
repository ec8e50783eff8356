//! The SQL of objections and their answers. An answer is a row of its own: a second one leaves the first as it was.
use super::rules::OPEN_MAX;
use db::{Result, Tx, params};
use kernel::{AccountId, AdjustmentId, CycleId, Error, Instant, ObjectionId, SheetId};

db::row! {
    #[derive(Clone, Debug)]
    pub struct Objection {
        pub id: ObjectionId, pub cycle: CycleId,
        /// The branch it is about; `None` for the whole.
        pub sheet: Option<SheetId>,
        pub account: AccountId, pub by_name: String, pub text: String, pub at: Instant,
    }

    #[derive(Clone, Debug)]
    pub struct Answer {
        pub text: String, upheld: i64, pub adjustment: Option<AdjustmentId>, pub by_name: String, pub at: Instant,
        /// State of the adjustment that upholding it proposed.
        pub adjusted: Option<String>,
    }
}

impl Answer {
    pub fn upheld(&self) -> bool {
        self.upheld == 1
    }
    /// Whether it still answers: one whose adjustment the second person rejected does not.
    pub fn stands(&self) -> bool {
        !self.upheld() || self.adjusted.as_deref() != Some(crate::review::store::REJECTED)
    }
}

/// # Errors
/// `not-found` if there is no such objection; the caller checks who may see it.
pub async fn one(tx: &mut Tx<'_>, id: ObjectionId) -> Result<Objection> {
    tx.one("SELECT id, cycle, sheet, account, by_name, text, at FROM objection WHERE id = $1", &params![&id]).await
}

/// A page of a cycle's objections, oldest first; of one account if given.
///
/// # Errors
/// The engine's own.
pub async fn page(
    tx: &mut Tx<'_>,
    cycle: CycleId,
    of: Option<AccountId>,
    after: Option<ObjectionId>,
    limit: i64,
) -> Result<Vec<Objection>> {
    let after = after.unwrap_or_else(|| ObjectionId::from_bytes([0; 16]));
    match of {
        Some(account) => {
            tx.all(
                "SELECT id, cycle, sheet, account, by_name, text, at FROM objection
                 WHERE cycle = $1 AND id > $2 AND account = $3 ORDER BY id LIMIT $4",
                &params![&cycle, &after, &account, limit],
            )
            .await
        }
        None => {
            tx.all(
                "SELECT id, cycle, sheet, account, by_name, text, at FROM objection WHERE cycle = $1 AND id > $2 ORDER BY id LIMIT $3",
                &params![&cycle, &after, limit],
            )
            .await
        }
    }
}

/// The answers to an objection, oldest first; the last one counts.
///
/// # Errors
/// The engine's own.
pub async fn answers(tx: &mut Tx<'_>, id: ObjectionId) -> Result<Vec<Answer>> {
    tx.all(
        "SELECT a.text, a.upheld, a.adjustment, a.by_name, a.at, d.state FROM objection_answer a LEFT JOIN adjustment d ON d.id = a.adjustment
         WHERE a.objection = $1 ORDER BY a.no",
        &params![&id],
    )
    .await
}

/// # Errors
/// `objection-many` if this account has too many open ones.
pub async fn insert(tx: &mut Tx<'_>, o: &Objection) -> Result<()> {
    let open: i64 = tx
        .one(
            "SELECT COUNT(*) FROM objection o WHERE o.cycle = $1 AND o.account = $2
               AND NOT EXISTS (SELECT 1 FROM objection_answer a WHERE a.objection = o.id)",
            &params![&o.cycle, &o.account],
        )
        .await?;
    if open >= OPEN_MAX {
        return Err(Error::conflict("objection-many").with("max", OPEN_MAX).at("text").into());
    }
    tx.later(
        "INSERT INTO objection (id, cycle, sheet, account, by_name, text, at) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        &params![&o.id, &o.cycle, o.sheet.as_ref(), &o.account, &o.by_name, &o.text, o.at],
    )
    .await
}

/// What the committee writes back.
pub struct NewAnswer<'a> {
    pub objection: ObjectionId,
    pub text: &'a str,
    pub upheld: bool,
    pub adjustment: Option<AdjustmentId>,
    pub by: &'a str,
    pub at: Instant,
}

/// # Errors
/// `objection-answered` if an answer stands already.
pub async fn answer(tx: &mut Tx<'_>, new: &NewAnswer<'_>) -> Result<()> {
    let before = answers(tx, new.objection).await?;
    if before.iter().any(Answer::stands) {
        return Err(Error::conflict("objection-answered").into());
    }
    let no = before.len() as i64 + 1;
    tx.exec(
        "INSERT INTO objection_answer (objection, no, text, upheld, adjustment, by_name, at) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        &params![&new.objection, no, new.text, i64::from(new.upheld), new.adjustment.as_ref(), new.by, new.at],
    )
    .await?;
    Ok(())
}

/// Objections of a cycle without an answer that stands: publicity cannot end before there are none.
///
/// # Errors
/// The engine's own.
pub async fn unanswered(tx: &mut Tx<'_>, cycle: CycleId) -> Result<i64> {
    tx.one(
        "SELECT COUNT(*) FROM objection o WHERE o.cycle = $1 AND NOT EXISTS
           (SELECT 1 FROM objection_answer a LEFT JOIN adjustment d ON d.id = a.adjustment
            WHERE a.objection = o.id AND (a.upheld = 0 OR d.state <> 'rejected'))",
        &params![&cycle],
    )
    .await
}

//! The SQL of adjustments.
use db::{Result, Tx, params};
use kernel::{AccountId, AdjustmentId, CycleId, Error, Instant, ObjectionId, SheetId};

/// How far a proposal is.
pub const PROPOSED: &str = "proposed";
pub const APPROVED: &str = "approved";
pub const REJECTED: &str = "rejected";

db::row! {
    #[derive(Clone, Debug)]
    pub struct Adjustment {
        pub id: AdjustmentId, pub sheet: SheetId, pub cycle: CycleId,
        /// As `Change` writes it.
        pub target: String, pub value: String,
        /// What stood there when it was proposed.
        pub before: String,
        pub reason: String, pub evidence: String, pub objection: Option<ObjectionId>,
        /// `proposed`, `approved` or `rejected`.
        pub state: String,
        pub proposed_by: AccountId, pub proposed_name: String, pub proposed_at: Instant,
        pub decided_name: Option<String>, pub decided_at: Option<Instant>, pub decision_reason: Option<String>,
    }
}

/// # Errors
/// `not-found` if there is no such adjustment; the caller checks the scope of its sheet.
pub async fn one(tx: &mut Tx<'_>, id: AdjustmentId) -> Result<Adjustment> {
    tx.one(
        "SELECT id, sheet, cycle, target, value, before, reason, evidence, objection, state, proposed_by, proposed_name, proposed_at,
           decided_name, decided_at, decision_reason FROM adjustment WHERE id = $1",
        &params![&id],
    )
    .await
}

/// A sheet's adjustments, oldest first.
///
/// # Errors
/// The engine's own.
pub async fn of_sheet(tx: &mut Tx<'_>, sheet: SheetId) -> Result<Vec<Adjustment>> {
    tx.all(
        "SELECT id, sheet, cycle, target, value, before, reason, evidence, objection, state, proposed_by, proposed_name, proposed_at,
           decided_name, decided_at, decision_reason FROM adjustment WHERE sheet = $1 ORDER BY proposed_at, id",
        &params![&sheet],
    )
    .await
}

/// How many proposals wait for the second person, by sheet.
///
/// # Errors
/// The engine's own.
pub async fn waiting(tx: &mut Tx<'_>, cycle: CycleId) -> Result<Vec<(SheetId, i64)>> {
    db::row! { struct Line { sheet: SheetId, n: i64 } }
    let lines: Vec<Line> =
        tx.all("SELECT sheet, COUNT(*) FROM adjustment WHERE cycle = $1 AND state = 'proposed' GROUP BY sheet", &params![&cycle]).await?;
    Ok(lines.into_iter().map(|l| (l.sheet, l.n)).collect())
}

/// # Errors
/// `adjust-pending` if the same target already waits for the second person.
pub async fn insert(tx: &mut Tx<'_>, a: &Adjustment) -> Result<()> {
    let pending: i64 = tx
        .one("SELECT COUNT(*) FROM adjustment WHERE sheet = $1 AND target = $2 AND state = 'proposed'", &params![&a.sheet, &a.target])
        .await?;
    if pending > 0 {
        return Err(Error::conflict("adjust-pending").at("target").into());
    }
    tx.later(
        "INSERT INTO adjustment (id, sheet, cycle, target, value, before, reason, evidence, objection, state, proposed_by, proposed_name, proposed_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
        &params![
            &a.id,
            &a.sheet,
            &a.cycle,
            &a.target,
            &a.value,
            &a.before,
            &a.reason,
            &a.evidence,
            a.objection.as_ref(),
            &a.state,
            &a.proposed_by,
            &a.proposed_name,
            a.proposed_at
        ],
    )
    .await
}

/// Who decided, when and why.
pub struct Decision<'a> {
    pub state: &'static str,
    pub by: AccountId,
    pub name: &'a str,
    pub at: Instant,
    pub reason: &'a str,
}

/// # Errors
/// `adjust-decided` if somebody decided meanwhile.
pub async fn decide(tx: &mut Tx<'_>, id: AdjustmentId, d: &Decision<'_>) -> Result<()> {
    let n = tx
        .exec(
            "UPDATE adjustment SET state = $2, decided_by = $3, decided_name = $4, decided_at = $5, decision_reason = $6
             WHERE id = $1 AND state = 'proposed'",
            &params![&id, d.state, &d.by, d.name, d.at, d.reason],
        )
        .await?;
    if n == 1 { Ok(()) } else { Err(Error::conflict("adjust-decided").into()) }
}

/// Whether mutual inspection was used anywhere in a cycle. Each sheet has few scores, all beside each other.
///
/// # Errors
/// The engine's own.
pub async fn mutual(tx: &mut Tx<'_>, cycle: CycleId) -> Result<bool> {
    let sql = "SELECT COUNT(*) FROM (SELECT 1 FROM sheet s WHERE s.cycle = $1
                 AND EXISTS (SELECT 1 FROM score p WHERE p.sheet = s.id AND p.layer = 'mutual') LIMIT 1) AS one";
    Ok(tx.one::<i64>(sql, &params![&cycle]).await? > 0)
}

//! The SQL of proposals to make a cycle final.
use db::{Result, Tx, params};
use kernel::{AccountId, CycleId, Error, Instant};

/// How far a proposal is.
pub const PROPOSED: &str = "proposed";
pub const APPROVED: &str = "approved";
pub const REFUSED: &str = "refused";

db::row! {
    #[derive(Clone, Debug)]
    pub struct Proposal {
        /// Counts within the cycle.
        pub no: i64,
        pub reason: String,
        /// `proposed`, `approved` or `refused`.
        pub state: String,
        pub proposed_by: AccountId, pub proposed_name: String, pub proposed_at: Instant,
        pub decided_name: Option<String>, pub decided_at: Option<Instant>, pub decision_reason: Option<String>,
    }
}

impl Proposal {
    pub fn waits(&self) -> bool {
        self.state == PROPOSED
    }
}

/// A cycle's proposals, newest first; a refused one stays beside the next.
///
/// # Errors
/// The engine's own.
pub async fn of_cycle(tx: &mut Tx<'_>, cycle: CycleId) -> Result<Vec<Proposal>> {
    tx.all(
        "SELECT no, reason, state, proposed_by, proposed_name, proposed_at, decided_name, decided_at, decision_reason
         FROM finalisation WHERE cycle = $1 ORDER BY no DESC",
        &params![&cycle],
    )
    .await
}

/// The one that waits for the second person.
///
/// # Errors
/// The engine's own.
pub async fn waiting(tx: &mut Tx<'_>, cycle: CycleId) -> Result<Option<Proposal>> {
    Ok(of_cycle(tx, cycle).await?.into_iter().find(Proposal::waits))
}

/// Who proposes, when and why.
pub struct New<'a> {
    pub reason: &'a str,
    pub by: AccountId,
    pub name: &'a str,
    pub at: Instant,
}

/// Answers its number.
///
/// # Errors
/// `final-waits` if one is waiting already.
pub(super) async fn insert(tx: &mut Tx<'_>, cycle: CycleId, new: &New<'_>) -> Result<i64> {
    let before = of_cycle(tx, cycle).await?;
    if before.iter().any(Proposal::waits) {
        return Err(Error::conflict("final-waits").into());
    }
    let no = before.first().map_or(1, |p| p.no + 1);
    tx.exec(
        "INSERT INTO finalisation (cycle, no, reason, state, proposed_by, proposed_name, proposed_at) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        &params![&cycle, no, new.reason, PROPOSED, &new.by, new.name, new.at],
    )
    .await?;
    Ok(no)
}

/// Who decided, when and why.
pub(super) struct Decision<'a> {
    pub state: &'static str,
    pub by: AccountId,
    pub name: &'a str,
    pub at: Instant,
    pub reason: &'a str,
}

/// # Errors
/// `final-decided` if somebody decided meanwhile.
pub(super) async fn decide(tx: &mut Tx<'_>, cycle: CycleId, no: i64, d: &Decision<'_>) -> Result<()> {
    let n = tx
        .exec(
            "UPDATE finalisation SET state = $3, decided_by = $4, decided_name = $5, decided_at = $6, decision_reason = $7
             WHERE cycle = $1 AND no = $2 AND state = 'proposed'",
            &params![&cycle, no, d.state, &d.by, d.name, d.at, d.reason],
        )
        .await?;
    if n == 1 { Ok(()) } else { Err(Error::conflict("final-decided").into()) }
}

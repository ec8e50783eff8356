//! Who answers for a cycle: a cycle may be opened below the organisation where its committee and reviewer hold their posts.
use super::Cycle;
use db::{Result, Tx};
use inbox::Addressee;

/// Those who hold `role` nearest to the cycle's root, there or above; if nobody does, whoever is given it at the root.
///
/// # Errors
/// The engine's own.
pub async fn nearest(tx: &mut Tx<'_>, role: &'static str, cycle: &Cycle) -> Result<Addressee> {
    for org in tree::line(tx, cycle.root).await?.iter().rev() {
        if !access::holders(tx, role, *org).await?.is_empty() {
            return Ok(Addressee::Post { role, org: *org });
        }
    }
    Ok(Addressee::Post { role, org: cycle.root })
}

//! Checking the log in the database: the chain, the columns beside it, the checkpoints, and what was kept elsewhere.
use crate::walk::{checkpoints, events};
use chain::{Broken, Kept, PublicKey, Verifier, Whole};
use db::{Db, planted::Defect};
use kernel::Result;

/// Recomputes every segment and every checkpoint, by whatever key the first one names.
///
/// # Errors
/// `internal` if the rows cannot be read. A broken chain is not an error but the inner `Err`.
pub async fn verify(db: &Db) -> Result<std::result::Result<Whole, Broken>> {
    verify_against(db, None, Vec::new()).await
}

/// The same by the installation's own key and against what was kept elsewhere.
///
/// # Errors
/// As [`verify`].
pub async fn verify_against(db: &Db, key: Option<PublicKey>, copies: Vec<Kept>) -> Result<std::result::Result<Whole, Broken>> {
    let copies = if Defect::ForgetCheckpoints.is_on() { Vec::new() } else { copies };
    let mut verifier = match Verifier::new(key, copies) {
        Ok(verifier) => verifier,
        Err(broken) => return Ok(Err(broken)),
    };
    let mut broken = None;
    checkpoints(db, |stored, heads| {
        heads.into_iter().for_each(|head| verifier.head(head));
        broken = verifier.checkpoint(&stored.note).and_then(|()| stored.says_what_was_signed()).err();
        Ok(broken.is_none())
    })
    .await?;
    if broken.is_none() {
        events(db, |event| {
            broken = verifier.event(&event.row()).and_then(|()| event.says_what_was_chained()).err();
            Ok(broken.is_none())
        })
        .await?;
    }
    Ok(broken.map_or_else(|| verifier.end(), Err))
}

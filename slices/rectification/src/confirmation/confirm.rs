//! 确认无问题, by the branch's secretary.
use super::ask::{count_in, matter_of};
use super::{Confirmation, State, store};
use crate::ProblemConfirm;
use crate::problem::{By, count};
use access::Grant;
use audit::{Author, Event};
use db::{Db, Result as Unit, Tx};
use kernel::{BusinessDate, Error, OrgId, Result};

/// Confirmations of one unit of work.
const CHUNK: usize = 200;

/// The branch's secretary says that there is nothing on its list of this board.
///
/// # Errors
/// `confirmation-problems` with how many if there is something after all; `confirmation-done` if it is not asked, or not
/// any more; out of reach is not found.
pub async fn confirm(db: &Db, grant: &Grant<ProblemConfirm>, org: OrgId, board: &str, today: BusinessDate) -> Result<()> {
    let (g, board, who) = (grant.clone(), board.to_owned(), By::of(grant, today));
    audit::change(db, grant, async move |tx| {
        g.admits(&tree::node(tx, org).await?.path)?;
        let said = said(tx, &board, org, &who).await?;
        let event = Event::new("problem.confirm-none", format!("org:{org}")).at(org).with("year", said.year);
        Ok(((), event))
    })
    .await
}

/// Many at once, for the demo and for years that were kept elsewhere.
///
/// # Errors
/// As [`confirm`].
pub async fn confirm_many<A: Author>(db: &Db, by: &A, board: &str, all: &[(OrgId, By)]) -> Result<usize> {
    for chunk in all.chunks(CHUNK) {
        let (board, chunk) = (board.to_owned(), chunk.to_vec());
        audit::change(db, by, async move |tx| {
            for (org, who) in &chunk {
                said(tx, &board, *org, who).await?;
            }
            Ok(((), Event::new("problem.confirm-none", "confirmations").with("count", chunk.len())))
        })
        .await?;
    }
    Ok(all.len())
}

async fn said(tx: &mut Tx<'_>, board: &str, org: OrgId, who: &By) -> Unit<Confirmation> {
    let found = count::own(tx, board, org).await?;
    if found > 0 {
        return Err(Error::conflict("confirmation-problems").with("n", found).into());
    }
    let done = || Error::conflict("confirmation-done");
    let asked = store::standing(tx, board, org).await?.filter(|c| c.state == State::Waiting).ok_or_else(done)?;
    if !store::say(tx, &asked, who).await? {
        return Err(done().into());
    }
    count_in(tx, &asked, -1).await?;
    inbox::settle(tx, &matter_of(board, org), who.at).await?;
    let said = Confirmation { state: State::Confirmed, by_name: who.name.clone(), confirmed: Some(who.day), at: Some(who.at), ..asked };
    count_in(tx, &said, 1).await?;
    Ok(said)
}

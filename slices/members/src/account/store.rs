//! Who of a subtree has no account: in order of id (keyset).
use super::Candidate;
use db::{Result, Tx, params};
use kernel::{MemberId, OrgPath};

/// A page of them, and where the next begins.
type Found = (Vec<Candidate>, Option<MemberId>);

/// Secretaries below `top`, or all members; those with an account are left out.
///
/// # Errors
/// The engine's own.
pub async fn without_account(tx: &mut Tx<'_>, top: &OrgPath, secretaries: bool, after: MemberId, limit: i64) -> Result<Found> {
    let members = concat!(
        "SELECT id, name, org FROM member WHERE status <> 'left' AND org ",
        tree::below!("$1", "$2"),
        " AND id > $3 ORDER BY id LIMIT $4"
    );
    let leaders = concat!(
        "SELECT m.id, m.name, m.org FROM member m WHERE m.status <> 'left' AND m.org ",
        tree::below!("$1", "$2"),
        " AND m.id > $3 AND EXISTS (SELECT 1 FROM term t WHERE t.member = m.id AND t.org = m.org AND t.post = '书记' AND t.ended IS NULL)
          ORDER BY m.id LIMIT $4"
    );
    let rows: Vec<Candidate> = tx.all(if secretaries { leaders } else { members }, &params![top, &top.end(), &after, limit]).await?;
    let next = rows.last().filter(|_| rows.len() as i64 == limit).map(|c| c.member);
    let mut free = Vec::with_capacity(rows.len());
    for row in rows {
        if access::by_member(tx, row.member).await?.is_none() {
            free.push(row);
        }
    }
    Ok((free, next))
}

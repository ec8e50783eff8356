//! Who is in a branch, as the slices above need it: names and posts, no numbers. The caller admits the branch.
use crate::term::{Office, store as terms};
use db::{Each, Result, Tx, params};
use kernel::{BusinessDate, MemberId, OrgId};
use std::collections::HashMap;

/// Somebody in a branch's register, with the posts held there now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Enrolled {
    pub member: MemberId,
    pub name: String,
    pub posts: Vec<String>,
}

db::row! {
    struct Listed { id: MemberId, name: String }
    struct Led { org: OrgId, name: String }
}

/// Those of a branch's register who have not left: whoever holds a post first, as the posts are ranked, the others as their
/// names sound.
///
/// # Errors
/// The engine's own.
pub async fn enrolled(tx: &mut Tx<'_>, org: OrgId) -> Result<Vec<Enrolled>> {
    let sql = "SELECT id, name FROM member WHERE org = $1 AND status <> 'left' ORDER BY sort, id";
    let (listed, held): (Vec<Listed>, _) = (tx.all(sql, &params![&org]).await?, terms::held(tx, &[org]).await?);
    let posts = |id: MemberId| held.iter().filter(|h| h.member == id).map(|h| h.post.clone()).collect();
    let mut all: Vec<Enrolled> = listed.into_iter().map(|m| Enrolled { member: m.id, name: m.name, posts: posts(m.id) }).collect();
    all.sort_by_key(|e| held.iter().position(|h| h.member == e.member).unwrap_or(usize::MAX));
    Ok(all)
}

/// Who was 书记 of these branches on a day, as far as the register says; of two the one elected last.
///
/// # Errors
/// The engine's own.
pub async fn secretaries(tx: &mut Tx<'_>, orgs: &[OrgId], day: BusinessDate) -> Result<HashMap<OrgId, String>> {
    let each: Each = orgs.iter().collect();
    let sql = "SELECT t.org, m.name FROM term t JOIN member m ON m.id = t.member
         WHERE t.org IN EACH($1) AND t.post = $2 AND t.term_from <= $3 AND (t.ended IS NULL OR t.ended > $3) ORDER BY t.term_from, t.id";
    let led: Vec<Led> = tx.all(sql, &params![&each, Office::Secretary.name(), day]).await?;
    Ok(led.into_iter().map(|l| (l.org, l.name)).collect())
}

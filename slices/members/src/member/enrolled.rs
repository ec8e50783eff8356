//! Who is in a branch, as the slices above need it: names and posts, no numbers. The caller admits the branch.
use crate::term::{Office, store as terms};
use db::{Each, Result, Tx, params};
use kernel::{BusinessDate, MemberId, OrgId};

/// Somebody in a branch's register, with the posts held there now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Enrolled {
    pub member: MemberId,
    pub name: String,
    pub posts: Vec<String>,
}

db::row! {
    struct Listed { id: MemberId, name: String }
    /// A term of a branch's 书记.
    #[derive(Clone, Debug)]
    pub struct Led { pub org: OrgId, pub name: String, from: BusinessDate, ended: Option<BusinessDate> }
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

impl Led {
    pub fn on(&self, day: BusinessDate) -> bool {
        self.from <= day && self.ended.is_none_or(|ended| ended > day)
    }
}

/// The 书记 that these branches have and have had, as far as the register says, in the order of their elections.
///
/// # Errors
/// The engine's own.
pub async fn secretaries(tx: &mut Tx<'_>, orgs: &[OrgId]) -> Result<Vec<Led>> {
    let each: Each = orgs.iter().collect();
    let sql = "SELECT t.org, m.name, t.term_from, t.ended FROM term t JOIN member m ON m.id = t.member
         WHERE t.org IN EACH($1) AND t.post = $2 ORDER BY t.term_from, t.id";
    tx.all(sql, &params![&each, Office::Secretary.name()]).await
}

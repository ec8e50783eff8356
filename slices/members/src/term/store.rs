//! The SQL of terms.
use super::{NewTerm, Office};
use db::{Each, Result, Tx, params};
use kernel::{BusinessDate, Error, MemberId, OrgId, TermId};

/// Months of a term where the roster does not say (《条例》第二十一条: 一般为 3 年).
const MONTHS: i32 = 36;

db::row! {
    #[derive(Clone, Debug)]
    pub struct Term {
        pub id: TermId, pub member: MemberId, pub org: OrgId, pub post: String, pub term_from: BusinessDate, pub term_to: Option<BusinessDate>,
        pub ended: Option<BusinessDate>,
    }
    /// A term with its holder's name.
    #[derive(Clone, Debug)]
    pub struct Held { pub org: OrgId, pub id: TermId, pub member: MemberId, pub name: String, pub post: String, pub term_from: BusinessDate, pub term_to: Option<BusinessDate> }
    /// A term as it was or is served.
    #[derive(Clone, Debug)]
    pub struct Served { pub org: OrgId, pub member: MemberId, pub post: String, pub term_from: BusinessDate, pub term_to: Option<BusinessDate>, pub ended: Option<BusinessDate> }
}

/// What taking office did.
pub struct Taken {
    /// The terms it ended.
    pub ended: Vec<TermId>,
    /// False: exactly this term is held already, and nothing was done.
    pub began: bool,
}

/// Begins a term and ends what it takes the place of: the holder's earlier term in the same post, which is the next term
/// of office then, and in a post that one person holds the predecessor's.
///
/// # Errors
/// As [`insert`]; `term-before` if the holder has been in this post from a later day on.
pub async fn take_office(tx: &mut Tx<'_>, new: &NewTerm) -> Result<Taken> {
    let mut taken = Taken { ended: Vec::new(), began: true };
    for held in held(tx, &[new.org]).await?.into_iter().filter(|h| h.post == new.office.name()) {
        let own = held.member == new.member;
        if own && held.is(new) {
            return Ok(Taken { ended: Vec::new(), began: false });
        }
        if own && held.term_from > new.from {
            return Err(Error::invalid("term-before").with("from", held.term_from).at("term_from").into());
        }
        if own || (new.office.is_one_person_s() && held.term_from < new.from) {
            taken.ended.push(held.id);
        }
    }
    insert(tx, new).await?;
    for id in &taken.ended {
        end(tx, *id, new.from).await?;
    }
    Ok(taken)
}

impl Term {
    /// As [`Held::is_over`].
    pub fn is_over(&self, today: BusinessDate) -> bool {
        self.ended.is_none() && self.term_to.is_some_and(|to| to < today)
    }
}

impl Held {
    /// Its time is over and nobody has been elected since (《条例》第二十一条: 任期届满应当按期换届).
    pub fn is_over(&self, today: BusinessDate) -> bool {
        self.term_to.is_some_and(|to| to < today)
    }
    /// The same post from the same day; an end that is left out is as it was.
    pub fn is(&self, term: &NewTerm) -> bool {
        self.post == term.office.name() && self.term_from == term.from && (term.to.is_none() || self.term_to == term.to)
    }
}

impl Served {
    pub fn in_committee(&self) -> bool {
        Office::parse(&self.post).is_ok_and(Office::in_committee)
    }
}

/// # Errors
/// `term-dates`; `term-not-member` if the holder is not in that branch's register.
async fn insert(tx: &mut Tx<'_>, new: &NewTerm) -> Result<()> {
    let to = new.to.unwrap_or_else(|| new.from.plus_months(MONTHS));
    if to < new.from {
        return Err(Error::invalid("term-dates").at("term_to").into());
    }
    let org: Option<OrgId> = tx.opt("SELECT org FROM member WHERE id = $1", &params![&new.member]).await?;
    if org != Some(new.org) {
        return Err(Error::invalid("term-not-member").at("member").into());
    }
    tx.later(
        "INSERT INTO term (id, member, org, post, term_from, term_to, ended) VALUES ($1, $2, $3, $4, $5, $6, NULL)",
        &params![&new.id, &new.member, &new.org, new.office.name(), new.from, to],
    )
    .await
}

/// # Errors
/// [`db::Error::Missing`] if there is no such term.
pub async fn any(tx: &mut Tx<'_>, id: TermId) -> Result<Term> {
    tx.one("SELECT id, member, org, post, term_from, term_to, ended FROM term WHERE id = $1", &params![&id]).await
}

/// # Errors
/// [`db::Error::Missing`] if it has ended already.
pub async fn end(tx: &mut Tx<'_>, id: TermId, day: BusinessDate) -> Result<()> {
    let n = tx.exec("UPDATE term SET ended = $2 WHERE id = $1 AND ended IS NULL", &params![&id, day]).await?;
    if n == 1 { Ok(()) } else { Err(db::Error::Missing) }
}

/// Ends whatever a member holds in a branch; answers how many posts that were.
///
/// # Errors
/// The engine's own.
pub async fn end_all(tx: &mut Tx<'_>, member: MemberId, org: OrgId, day: BusinessDate) -> Result<u64> {
    tx.exec("UPDATE term SET ended = $3 WHERE member = $1 AND org = $2 AND ended IS NULL", &params![&member, &org, day]).await
}

/// Ends whatever a member still holds, wherever it is.
///
/// # Errors
/// The engine's own.
pub async fn end_everywhere(tx: &mut Tx<'_>, member: MemberId, day: BusinessDate) -> Result<()> {
    tx.exec("UPDATE term SET ended = $2 WHERE member = $1 AND ended IS NULL", &params![&member, day]).await?;
    Ok(())
}

/// A term given by mistake: as if it had never been.
///
/// # Errors
/// The engine's own.
pub async fn erase(tx: &mut Tx<'_>, id: TermId) -> Result<()> {
    tx.exec("DELETE FROM term WHERE id = $1", &params![&id]).await?;
    Ok(())
}

/// A term ended by mistake goes on; that of somebody who has been erased since does not.
///
/// # Errors
/// The engine's own.
pub async fn go_on(tx: &mut Tx<'_>, id: TermId) -> Result<()> {
    let sql = "UPDATE term SET ended = NULL WHERE id = $1 AND member IN (SELECT id FROM member)";
    tx.exec(sql, &params![&id]).await?;
    Ok(())
}

/// Who holds what in these branches now, branch by branch, 书记 first, and of one post the longest in office.
///
/// # Errors
/// The engine's own.
pub async fn held(tx: &mut Tx<'_>, orgs: &[OrgId]) -> Result<Vec<Held>> {
    let each: Each = orgs.iter().collect();
    let sql = "SELECT t.org, t.id, t.member, m.name, t.post, t.term_from, t.term_to FROM term t JOIN member m ON m.id = t.member
         WHERE t.org IN EACH($1) AND t.ended IS NULL ORDER BY t.org, t.term_from, t.id";
    let mut all: Vec<Held> = tx.all(sql, &params![&each]).await?;
    all.sort_by_key(|h| (h.org, Office::ALL.iter().position(|o| o.name() == h.post)));
    Ok(all)
}

/// Who took office in a term's post on the day it ended.
///
/// # Errors
/// The engine's own.
pub async fn successors(tx: &mut Tx<'_>, term: &Term) -> Result<Vec<MemberId>> {
    let sql = "SELECT member FROM term WHERE org = $1 AND post = $2 AND term_from = $3 AND id <> $4";
    tx.all(sql, &params![&term.org, &term.post, term.ended, &term.id]).await
}

/// All terms there have been in these branches.
///
/// # Errors
/// The engine's own.
pub async fn served(tx: &mut Tx<'_>, orgs: &[OrgId]) -> Result<Vec<Served>> {
    let each: Each = orgs.iter().collect();
    tx.all("SELECT org, member, post, term_from, term_to, ended FROM term WHERE org IN EACH($1)", &params![&each]).await
}

/// All terms of a member, newest first.
///
/// # Errors
/// The engine's own.
pub async fn of_member(tx: &mut Tx<'_>, member: MemberId) -> Result<Vec<Term>> {
    tx.all("SELECT id, member, org, post, term_from, term_to, ended FROM term WHERE member = $1 ORDER BY term_from DESC", &params![&member])
        .await
}

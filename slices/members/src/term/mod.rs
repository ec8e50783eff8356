//! Posts in a branch's committee and their terms. 《条例》第二十条 names the posts, 第二十一条 the term.
pub mod store;

use crate::MemberWrite;
use access::Grant;
use audit::{Author, Event};
use db::Db;
use kernel::{BusinessDate, Error, MemberId, OrgId, Result, TermId};
use serde::{Deserialize, Serialize};

/// A committee post.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Office {
    Secretary,
    DeputySecretary,
    Organisation,
    Publicity,
    Discipline,
    Member,
    GroupLeader,
}

impl Office {
    pub const ALL: [Office; 7] = [
        Office::Secretary,
        Office::DeputySecretary,
        Office::Organisation,
        Office::Publicity,
        Office::Discipline,
        Office::Member,
        Office::GroupLeader,
    ];

    /// The official word, which is also how a roster writes it.
    pub fn name(self) -> &'static str {
        match self {
            Office::Secretary => "书记",
            Office::DeputySecretary => "副书记",
            Office::Organisation => "组织委员",
            Office::Publicity => "宣传委员",
            Office::Discipline => "纪检委员",
            Office::Member => "委员",
            Office::GroupLeader => "党小组长",
        }
    }
    /// # Errors
    /// `term-office` at field `post`.
    pub fn parse(text: &str) -> Result<Self> {
        let text = text.trim();
        let known = || Self::ALL.map(Self::name).join("、");
        let refused = || Error::invalid("term-office").with("value", text).with("posts", known()).at("post");
        Self::ALL.into_iter().find(|o| o.name() == text).ok_or_else(refused)
    }
    /// A group leader stands outside the committee.
    pub fn in_committee(self) -> bool {
        self != Office::GroupLeader
    }
    /// A committee has one of each of these; deputies, further members and group leaders may be several.
    pub fn is_one_person_s(self) -> bool {
        matches!(self, Office::Secretary | Office::Organisation | Office::Publicity | Office::Discipline)
    }
}

/// A post to be given.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct NewTerm {
    pub id: TermId,
    pub member: MemberId,
    pub org: OrgId,
    pub office: Office,
    pub from: BusinessDate,
    /// `None`: three years, as 《条例》第二十一条 has it for branches other than those of villages and communities.
    pub to: Option<BusinessDate>,
}

/// Gives a post for a term, to a member of the branch; the term it takes the place of ends.
///
/// # Errors
/// `term-not-member`; `term-dates` if it ends before it begins; `term-there` if exactly this is held, `term-before` if the
/// post is held from a later day on; out of reach is not found.
pub async fn give(db: &Db, grant: &Grant<MemberWrite>, new: NewTerm) -> Result<TermId> {
    let g = grant.clone();
    audit::change(db, grant, async move |tx| {
        g.admits(&tree::node(tx, new.org).await?.path)?;
        let taken = store::take_office(tx, &new).await?;
        if !taken.began {
            return Err(Error::invalid("term-there").at("post").into());
        }
        let event = Event::new("term.give", format!("member:{}", new.member)).at(new.org).with("post", new.office.name());
        Ok((new.id, event.with("from", new.from).with("terms-ended", taken.ended.len())))
    })
    .await
}

/// Gives many posts at once (imports, the demo): one unit of work, one event.
///
/// # Errors
/// As [`give`]; then none is given.
pub async fn give_many<A: Author>(db: &Db, by: &A, all: Vec<NewTerm>) -> Result<usize> {
    audit::change(db, by, async move |tx| {
        for new in &all {
            store::take_office(tx, new).await?;
        }
        Ok((all.len(), Event::new("term.give-many", "terms").with("count", all.len())))
    })
    .await
}

/// Ends a post on a day.
///
/// # Errors
/// Not found if it is not one that is held.
pub async fn end(db: &Db, grant: &Grant<MemberWrite>, id: TermId, day: BusinessDate) -> Result<()> {
    let g = grant.clone();
    audit::change(db, grant, async move |tx| {
        let term = store::any(tx, id).await?;
        g.admits(&tree::node(tx, term.org).await?.path)?;
        store::end(tx, id, day).await?;
        Ok(((), Event::new("term.end", format!("member:{}", term.member)).at(term.org).with("post", &term.post).with("day", day)))
    })
    .await
}

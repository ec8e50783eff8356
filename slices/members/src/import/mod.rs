//! `branch_code,name,id_number,status,join_date,post,term_from,term_to,phone`: members with at most one post a row.
//!
//! Numbers are sealed while the row is checked: what waits in the database is as masked and sealed as the register itself.
mod trace;

pub use trace::{InRegister, MemberFiles};

use crate::member::identity::IdNumber;
use crate::member::store::{self, Member};
use crate::member::{ID_LOOKUP, NewMember, Typed};
use crate::term::store::{self as terms, Held};
use crate::term::{NewTerm, Office};
use audit::Author;
use db::{Db, Tx};
use installation::Keys;
use kernel::{BusinessDate, Error, Instant, MemberId, OrgId, Result, TermId};
use organisations::import::{Effect, Kind, Report, Take, bring, resume};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use tabular::{BadRow, Head, Record, day, optional, personal, required};
use trace::{Shape, Trace};

const HEADS: &[Head] = &[
    required("branch_code", "支部代码"),
    required("name", "姓名"),
    personal("id_number", "公民身份号码"),
    required("status", "党员类别"),
    day("join_date", "入党日期"),
    optional("post", "职务"),
    day("term_from", "任职日期"),
    day("term_to", "任期届满日期"),
    personal("phone", "电话"),
];

/// Brings in a roster: new members are entered, known ones (by ID number) brought to what it says.
///
/// # Errors
/// As [`bring`]; bad rows are in the report, not an error.
pub async fn import_members<A: Author>(db: &Db, by: &A, keys: &Keys, take: &Take) -> Result<Report> {
    let kind =
        || Members { take: take.clone(), keys: keys.clone(), seen: HashMap::new(), names: HashMap::new(), completed: HashMap::new() };
    bring(db, by, kind, take).await
}

/// Continues what a killed process had made valid and nobody has worked on since.
///
/// # Errors
/// The engine's own.
pub async fn resume_import(db: &Db, since: Instant) -> Result<()> {
    resume::<Members>(db, since).await
}

struct Members {
    take: Take,
    keys: Keys,
    /// Row by ID number's hash.
    seen: HashMap<[u8; 32], u64>,
    /// By branch and name: the first row, and whether all of that name so far have an ID number.
    names: HashMap<(OrgId, String), (u64, bool)>,
    /// By member without an ID number: the row that gives one.
    completed: HashMap<MemberId, u64>,
}

/// A branch code, the number's keyed hash and the name.
#[derive(Clone)]
struct About {
    branch: String,
    lookup: Option<[u8; 32]>,
    name: String,
}

struct Known {
    branch: Option<tree::Node>,
    member: Option<(Member, tree::Node)>,
    /// A row without a number whose name several in the branch have.
    namesakes: bool,
    phone: Option<Vec<u8>>,
    held: Vec<Held>,
}

/// A row that waits.
#[derive(Clone, Serialize, Deserialize)]
struct Row {
    member: NewMember,
    term: Option<NewTerm>,
    file: String,
}

impl Kind for Members {
    const NAME: &'static str = "members";
    const ACTION: &'static str = "members.import";
    const UNDONE: &'static str = "members.import-undo";
    const HEADS: &'static [Head] = HEADS;
    type Asked = About;
    type Known = Known;
    type Row = Row;
    type Trace = Trace;

    fn ask(&self, record: &Record<'_>) -> About {
        let lookup = IdNumber::parse(record.get("id_number")).ok().map(|n| self.keys.lookup(ID_LOOKUP, n.secret()));
        About { branch: record.get("branch_code").to_owned(), lookup, name: record.get("name").to_owned() }
    }
    async fn look(tx: &mut Tx<'_>, about: &About) -> db::Result<Known> {
        let branch = match organisations::by_code(tx, &about.branch).await? {
            Some(org) => Some(tree::node(tx, org.id).await?),
            None => None,
        };
        let mut found = match (&about.lookup, &branch) {
            (Some(lookup), branch) => match (store::by_lookup(tx, lookup).await?, branch) {
                (None, Some(branch)) => unnumbered(store::namesakes(tx, branch.org, about.name.trim()).await?),
                (found, _) => found.into_iter().collect(),
            },
            (None, Some(branch)) => store::by_name(tx, branch.org, about.name.trim()).await?,
            (None, None) => Vec::new(),
        };
        let namesakes = found.len() > 1;
        let Some(member) = found.pop().filter(|_| !namesakes) else {
            return Ok(Known { branch, member: None, namesakes, phone: None, held: Vec::new() });
        };
        let (place, phone) = (tree::node(tx, member.org).await?, store::phone(tx, member.id).await?);
        let held = terms::held(tx, &[member.org]).await?.into_iter().filter(|h| h.member == member.id).collect();
        Ok(Known { branch, member: Some((member, place)), namesakes, phone, held })
    }
    fn check(&mut self, record: &Record<'_>, known: Known) -> std::result::Result<(Row, Effect), Vec<BadRow>> {
        let refused = |e: Error, or: &'static str| vec![record.bad(e.field.unwrap_or(or), e)];
        let code = record.get("branch_code");
        let branch = match &known.branch {
            Some(node) if self.take.reaches(&node.path) && node.closed.is_none() => node,
            _ => return Err(refused(Error::invalid("import-branch-unknown").with("code", code), "branch_code")),
        };
        if known.member.as_ref().is_some_and(|(_, place)| !self.take.reaches(&place.path)) {
            return Err(refused(Error::invalid("import-member-elsewhere"), "id_number"));
        }
        if known.namesakes {
            return Err(refused(Error::invalid("import-namesakes").with("name", record.get("name")), "id_number"));
        }
        let typed = Typed {
            name: record.get("name"),
            status: record.get("status"),
            id_number: record.get("id_number"),
            joined: record.get("join_date"),
            phone: record.get("phone"),
        };
        let id = known.member.as_ref().map_or_else(MemberId::new, |(m, _)| m.id);
        let mut bad: Vec<BadRow> = NewMember::faults(&typed, self.take.today).into_iter().flat_map(|e| refused(e, "name")).collect();
        let term =
            self.term(record, &id, branch, &known.held).map_err(|e| bad.push(record.bad(e.field.unwrap_or("post"), e))).ok().flatten();
        if !bad.is_empty() {
            // As the row is read, from the left.
            bad.sort_by_key(|cell| cell.index);
            return Err(bad);
        }
        let parsed = NewMember::parse_as(id, &self.keys, branch.org, &typed, self.take.today);
        let mut member = parsed.map_err(|e| refused(e, "name"))?;
        if let Some(lookup) = member.sealed.id_lookup
            && let Some(row) = self.seen.insert(lookup, record.number())
        {
            return Err(refused(Error::invalid("import-id-twice").with("row", row), "id_number"));
        }
        let named = member.sealed.id_lookup.is_some();
        let completes = named && known.member.as_ref().is_some_and(|(old, _)| old.id_masked.is_empty());
        if completes && let Some(row) = self.completed.insert(id, record.number()) {
            return Err(refused(Error::invalid("import-completed").with("name", &*member.name).with("row", row), "id_number"));
        }
        let (row, all) = self.names.entry((branch.org, member.name.clone())).or_insert((record.number(), true));
        if *row != record.number() && !(named && *all) {
            // Without a number nothing tells whether they are two people.
            return Err(refused(Error::invalid("import-name-twice").with("row", *row), "name"));
        }
        *all &= named;
        let effect = match &known.member {
            None => Effect::Creates,
            Some((old, _)) => {
                member.joined = member.joined.or(old.joined);
                let given = term.as_ref().is_none_or(|t| known.held.iter().any(|h| h.is(t)));
                let phone = self.same_phone(&known, id, typed.phone);
                let same = given && phone && old.name == member.name && old.joined == member.joined && old.org == member.org;
                let same = same && !completes;
                if same && old.status == member.status.name() { Effect::Nothing } else { Effect::Updates }
            }
        };
        Ok((Row { member, term, file: self.take.file.clone() }, effect))
    }
    async fn apply(tx: &mut Tx<'_>, row: &Row, at: Instant, _: &str) -> db::Result<Option<Trace>> {
        let new = &row.member;
        let was = match store::is_there(tx, new.id).await? {
            true => Some(Shape { stand: store::any(tx, new.id).await?.into(), phone: store::phone(tx, new.id).await? }),
            false => None,
        };
        let mut ended = Vec::new();
        match &was {
            Some(Shape { stand: old, .. }) => {
                store::correct(tx, new).await?;
                if old.org != new.org {
                    // Whoever moves holds nothing any more where they were.
                    for held in terms::held(tx, &[old.org]).await?.into_iter().filter(|h| h.member == new.id) {
                        terms::end(tx, held.id, new.day).await?;
                        ended.push(held.id);
                    }
                    let member = store::any(tx, new.id).await?;
                    store::relocate(tx, &member, new.org, new.day).await?;
                }
                if old.status != new.status.name() {
                    store::set_status(tx, new.id, new.status, &row.file, new.day, at).await?;
                }
            }
            None => store::insert(tx, new, at).await?,
        }
        let mut trace = Trace { is: store::any(tx, new.id).await?.into(), was, term: None, ended };
        let Some(term) = &row.term else { return Ok(Some(trace)) };
        let taken = terms::take_office(tx, term).await?;
        trace.ended.extend(taken.ended);
        trace.term = taken.began.then_some(term.id);
        Ok(Some(trace))
    }
}

/// Whom a row with a number that nobody has yet may mean: the only one of that name whose number is not known. Whoever has
/// another number is another person.
fn unnumbered(namesakes: Vec<Member>) -> Vec<Member> {
    let without: Vec<Member> = namesakes.into_iter().filter(|m| m.id_masked.is_empty()).collect();
    if without.len() == 1 { without } else { Vec::new() }
}

impl Members {
    fn term(&self, record: &Record<'_>, member: &MemberId, branch: &tree::Node, held: &[Held]) -> Result<Option<NewTerm>> {
        if record.get("post").is_empty() {
            let lone = ["term_from", "term_to"].into_iter().find(|column| !record.get(column).is_empty());
            return lone.map_or(Ok(None), |column| Err(Error::invalid("import-term-no-post").at(column)));
        }
        let office = Office::parse(record.get("post"))?;
        let day = |column: &'static str| match record.get(column) {
            "" => Ok(None),
            text => BusinessDate::written(text).map(Some).map_err(|e| e.at(column)),
        };
        let from = day("term_from")?.ok_or_else(|| Error::invalid("import-term-from").at("term_from"))?;
        if from > self.take.today {
            return Err(Error::invalid("import-date-future").with("value", from).at("term_from"));
        }
        let to = day("term_to")?;
        if to.is_some_and(|to| to < from) {
            return Err(Error::invalid("term-dates").at("term_to"));
        }
        if let Some(later) = held.iter().find(|h| h.org == branch.org && h.post == office.name() && h.term_from > from) {
            return Err(Error::invalid("term-before").with("from", later.term_from).at("term_from"));
        }
        Ok(Some(NewTerm { id: TermId::new(), member: *member, org: branch.org, office, from, to }))
    }
    /// Whether the register has this phone, or the row gives none.
    fn same_phone(&self, known: &Known, id: MemberId, phone: &str) -> bool {
        let open = |sealed: &Vec<u8>| self.keys.unseal(&format!("member|phone|{id}"), sealed).ok();
        phone.trim().is_empty() || known.phone.as_ref().and_then(open).is_some_and(|old| old == phone.trim())
    }
}

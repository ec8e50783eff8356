//! `code,name,type,parent_code,category[,valid_from,valid_to]`, in any order of rows.
use super::{Effect, Kind, Late, Report, Take, bring, founding};
use crate::organisation::store::{self, Organisation};
use crate::organisation::{NewOrganisation, change, kind::OrgKind};
use audit::Author;
use db::{Db, Tx};
use kernel::{BusinessDate, Error, Instant, OrgId, OrgPath, Result};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use tabular::{BadRow, Head, Record, day, optional, required};

const HEADS: &[Head] = &[
    required("code", "组织代码"),
    required("name", "组织名称"),
    required("type", "类型"),
    required("parent_code", "上级组织代码"),
    optional("category", "类别"),
    day("valid_from", "成立日期"),
    day("valid_to", "撤销日期"),
];

/// Brings in a file of organisations: new ones are created, known ones (by code) renamed, moved or closed as it says.
///
/// # Errors
/// As [`bring`]; bad rows are in the report, not an error.
pub async fn import_organisations<A: Author>(db: &Db, by: &A, take: &Take) -> Result<Report> {
    bring(db, by, || Organisations::new(take), take).await
}

/// The kind, with what the file has said so far.
pub struct Organisations {
    take: Take,
    pub(super) rows: HashMap<String, Said>,
    /// Rows that are refused for something else, by code: what stands below them is not wrong by that.
    pub(super) broken: HashMap<String, u64>,
    /// Codes by today's path, of the organisations in the file that exist.
    pub(super) paths: HashMap<String, String>,
}

/// What the file says of one code.
pub(super) struct Said {
    pub number: u64,
    pub parent: Option<String>,
    /// Where the parent stands today, if it exists.
    pub parent_path: Option<OrgPath>,
    /// Since when the parent stands, if it exists.
    pub parent_since: Option<BusinessDate>,
    /// Of one that the file creates: the day it was founded on, if the file says.
    pub founded: Option<Option<BusinessDate>>,
    /// Levels that stand below it today and move along with it; 0 if it stays where it is.
    pub height: usize,
    pub closes: Option<BusinessDate>,
    pub closed_already: bool,
    /// Codes of what stands open below it today; asked only if it closes.
    pub below: Vec<String>,
}

impl Organisations {
    pub fn new(take: &Take) -> Self {
        Self { take: take.clone(), rows: HashMap::new(), broken: HashMap::new(), paths: HashMap::new() }
    }
    /// Closed organisations take nothing new; a row that only repeats the closing is no change.
    fn known(&self, code: &str, known: Option<&Place>, closed_already: bool) -> Result<()> {
        match known {
            Some(place) if !self.take.reaches(&place.node.path) => Err(Error::invalid("import-out-of-reach").with("code", code)),
            Some(place) if place.node.closed.is_some() && !closed_already => Err(Error::invalid("import-org-closed").with("code", code)),
            _ => Ok(()),
        }
    }
}

/// An organisation with its place today.
#[derive(Clone, Debug)]
pub struct Place {
    org: Organisation,
    node: tree::Node,
}

impl Place {
    /// Whether everything is as a row says.
    fn is(&self, name: &str, kind: OrgKind, category: Option<&str>, parent: Option<&Place>) -> bool {
        let same = self.org.name == name && self.org.kind == kind.code() && category.is_none_or(|c| c == self.org.category);
        same && self.node.parent == parent.map(|p| p.org.id)
    }
}

pub struct Known {
    own: Option<Place>,
    parent: Option<Place>,
    /// Since when the parent stands.
    parent_since: Option<BusinessDate>,
    /// The day its own place last changed, and the codes of what stands open below it; asked only if it closes.
    latest: Option<BusinessDate>,
    below: Vec<String>,
    height: usize,
}

/// What is asked about a row.
#[derive(Clone, Debug)]
pub struct Asked {
    code: String,
    parent: String,
    closes: bool,
}

/// What is to be done for one row.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Step {
    /// Created, or brought to this.
    Be { code: String, name: String, kind: String, category: Option<String>, parent: Option<String>, day: i64 },
    /// Closed from a day on.
    Close { code: String, day: i64 },
}

/// What a row did.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Trace {
    /// None: the row created it.
    pub(super) was: Option<Shape>,
    pub(super) is: Shape,
    /// The row closed it.
    pub(super) closed: bool,
}

/// What of an organisation a row may change.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(super) struct Shape {
    pub org: OrgId,
    pub code: String,
    pub name: String,
    pub kind: String,
    pub category: String,
    pub parent: Option<OrgId>,
}

impl Shape {
    fn of(place: &Place) -> Self {
        let Organisation { id, code, kind, category, name } = place.org.clone();
        Self { org: id, code, name, kind, category, parent: place.node.parent }
    }
}

impl Kind for Organisations {
    const NAME: &'static str = "organisations";
    const ACTION: &'static str = "organisations.import";
    const UNDONE: &'static str = "organisations.import-undo";
    const HEADS: &'static [Head] = HEADS;
    type Asked = Asked;
    type Known = Known;
    type Row = Step;
    type Trace = Trace;

    fn ask(&self, record: &Record<'_>) -> Self::Asked {
        let closes = !record.get("valid_to").is_empty();
        Asked { code: record.get("code").to_owned(), parent: record.get("parent_code").to_owned(), closes }
    }
    async fn look(tx: &mut Tx<'_>, asked: &Asked) -> db::Result<Known> {
        let (own, parent) = (place(tx, &asked.code).await?, place(tx, &asked.parent).await?);
        let mut known = Known { own, parent, parent_since: None, latest: None, below: Vec::new(), height: 0 };
        if let Some(parent) = &known.parent {
            known.parent_since = Some(tree::span(tx, parent.org.id).await?.0);
        }
        let to = known.parent.as_ref().map(|p| p.org.id);
        // A parent that the file makes has no id yet: its child moves too.
        if let Some(own) = known.own.as_ref().filter(|own| own.node.parent != to || (to.is_none() && !asked.parent.is_empty())) {
            known.height = tree::height(tx, &own.node.path).await?;
        }
        if let Some(own) = known.own.as_ref().filter(|own| asked.closes && own.node.closed.is_none()) {
            known.latest = Some(tree::span(tx, own.org.id).await?.1);
            let below = tree::open_below(tx, own.org.id).await?;
            known.below = store::named(tx, &below).await?.into_iter().map(|o| o.code).collect();
        }
        Ok(known)
    }
    fn check(&mut self, record: &Record<'_>, known: Known) -> std::result::Result<(Step, Effect), Vec<BadRow>> {
        let mut bad = Vec::new();
        let mut refuse = |column: &'static str, error: Error| bad.push(record.bad(column, error));
        // The tree says what is, not what is planned: a day that has not come yet is refused.
        let mut day = |column: &'static str| match record.get(column) {
            "" => None,
            text => not_after(text, self.take.today).map_err(|e| refuse(column, e)).ok(),
        };
        let (from, closes) = (day("valid_from"), day("valid_to"));
        let kind = OrgKind::parse(record.get("type")).map_err(|e| refuse("type", e)).unwrap_or(OrgKind::Branch);
        let (code, parent) = (record.get("code"), Some(record.get("parent_code")).filter(|p| !p.is_empty()));
        let from_day = from.unwrap_or(self.take.today);
        let name = match NewOrganisation::parse(code, record.get("name"), kind, record.get("category"), None, from_day) {
            Ok(new) => new.name,
            Err(e) => {
                refuse(e.field.unwrap_or("code"), e);
                String::new()
            }
        };
        if closes.is_some_and(|day| day < from_day && from.is_some()) {
            refuse("valid_to", Error::invalid("import-dates"));
        }
        if closes.is_some_and(|day| known.latest.is_some_and(|latest| day < latest)) {
            refuse("valid_to", Error::invalid("org-move-before"));
        }
        let category = (!record.get("category").is_empty()).then(|| record.get("category").to_owned());
        let same = known.own.as_ref().is_some_and(|own| own.is(&name, kind, category.as_deref(), known.parent.as_ref()));
        let closed_already = same && closes.is_some() && known.own.as_ref().is_some_and(|own| own.node.closed == closes);
        if let Err(e) = self.known(code, known.own.as_ref(), closed_already) {
            refuse("code", e);
        }
        match (parent, &known.parent) {
            (Some(parent), place) => self.known(parent, place.as_ref(), closed_already).unwrap_or_else(|e| refuse("parent_code", e)),
            (None, _) if !self.take.reach.is_everything() => refuse("parent_code", Error::invalid("org-root-denied")),
            _ => {}
        }
        if let Some(first) = self.rows.get(code).map(|said| said.number).or(self.broken.get(code).copied()) {
            refuse("code", Error::invalid("import-code-twice").with("code", code).with("row", first));
        }
        if !bad.is_empty() {
            // What is longer than any code is nobody's parent, and is not kept.
            if code.len() <= NewOrganisation::CODE_MAX {
                self.broken.entry(code.to_owned()).or_insert(record.number());
            }
            return Err(bad);
        }
        let effect = match &known.own {
            None => Effect::Creates,
            Some(_) if same && (closes.is_none() || closed_already) => Effect::Nothing,
            Some(_) => Effect::Updates,
        };
        let (number, parent_path) = (record.number(), known.parent.map(|p| p.node.path));
        let founded = known.own.is_none().then_some(from);
        let (parent_since, height, below) = (known.parent_since, known.height, known.below);
        let said =
            Said { number, parent: parent.map(str::to_owned), parent_path, parent_since, founded, height, closes, closed_already, below };
        if let Some(own) = &known.own {
            self.paths.insert(own.node.path.as_str().to_owned(), code.to_owned());
        }
        self.rows.insert(code.to_owned(), said);
        // A known organisation changes from today; its founding stays.
        let day = if known.own.is_some() { self.take.today } else { from_day };
        let (kind, parent) = (kind.code().to_owned(), parent.map(str::to_owned));
        Ok((Step::Be { code: code.to_owned(), name, kind, category, parent, day: day.number() }, effect))
    }
    fn whole(&mut self, rows: &mut Vec<(u64, Step)>) -> Vec<Late> {
        let (depths, mut bad) = self.depths();
        let founded = founding::days(&self.rows, &depths, self.take.today);
        bad.extend(founding::before_parents(&self.rows, &founded));
        bad.extend(founding::left_below(&self.rows));
        for (_, step) in rows.iter_mut() {
            if let Step::Be { code, day, .. } = step
                && let Some(first) = founded.get(code)
            {
                *day = first.number();
            }
        }
        let depth = |code: &str| depths.get(code).copied().unwrap_or(0);
        let mut closing: Vec<(u64, &String, BusinessDate)> = self
            .rows
            .iter()
            .filter(|(_, said)| !said.closed_already)
            .filter_map(|(code, said)| Some((said.number, code, said.closes?)))
            .collect();
        closing.sort_by_key(|(number, code, _)| (std::cmp::Reverse(depth(code)), *number));
        rows.sort_by_key(|(number, step)| (if let Step::Be { code, .. } = step { depth(code) } else { 0 }, *number));
        rows.extend(closing.into_iter().map(|(number, code, day)| (number, Step::Close { code: code.clone(), day: day.number() })));
        bad
    }
    async fn apply(tx: &mut Tx<'_>, step: &Step, _: Instant, _: &str) -> db::Result<Option<Trace>> {
        match step {
            Step::Be { code, name, kind, category, parent, day } => {
                let parent = match parent {
                    Some(code) => Some(store::by_code(tx, code).await?.ok_or_else(|| Error::invalid("org-parent-unknown"))?),
                    None => None,
                };
                let (kind, day) = (OrgKind::parse(kind)?, BusinessDate::from_number(*day));
                let new = NewOrganisation::parse(code, name, kind, category.as_deref().unwrap_or(""), parent.map(|p| p.id), day)?;
                let was = place(tx, code).await?;
                change::bring(tx, new, category.is_some()).await?;
                Ok(place(tx, code).await?.map(|is| Trace { was: was.as_ref().map(Shape::of), is: Shape::of(&is), closed: false }))
            }
            Step::Close { code, day } => {
                let Some(was) = place(tx, code).await?.filter(|p| p.node.closed.is_none()) else { return Ok(None) };
                change::end(tx, code, BusinessDate::from_number(*day)).await?;
                let shape = Shape::of(&was);
                Ok(Some(Trace { was: Some(shape.clone()), is: shape, closed: true }))
            }
        }
    }
}

fn not_after(text: &str, today: BusinessDate) -> Result<BusinessDate> {
    let day = BusinessDate::written(text)?;
    if day > today { Err(Error::invalid("import-date-future").with("value", text)) } else { Ok(day) }
}

async fn place(tx: &mut Tx<'_>, code: &str) -> db::Result<Option<Place>> {
    if code.is_empty() {
        return Ok(None);
    }
    let Some(org) = store::by_code(tx, code).await? else { return Ok(None) };
    let node = tree::node(tx, org.id).await?;
    Ok(Some(Place { org, node }))
}

//! 催办: whoever owes something in the phase that runs is reminded, at most once a day for each matter. What it would do is
//! asked first, by the same functions (guide §10.11).
use super::Cycle;
use super::phase::Phase;
use crate::sheet::hand_over::matter_of;
use access::{Grant, Permission, Reach, first};
use audit::Event;
use db::{Db, Result as Unit, Tx, params};
use inbox::{Addressee, Notice};
use kernel::{AccountId, BusinessDate, Instant, NoticeId, OrgId, OrgPath, Result, SheetId};
use scoring::Layer;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};

/// Sheets looked at in one unit of work.
const CHUNK: i64 = 500;

/// Branches a preview looks at, and lines of each kind that it shows.
const LOOKED_AT: usize = 2_000;
const LISTED: usize = 100;

/// Names that are told of those who could not be reached.
const NAMED: usize = 3;

/// What a reminder of a branch would do now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outlook {
    Goes,
    /// The branch has no secretary with an account.
    Nobody,
    /// Somebody has reminded of it today.
    Today,
}

impl Outlook {
    /// Key of the words that say so.
    pub const fn text(self) -> &'static str {
        match self {
            Outlook::Goes => "cycle-remind-goes",
            Outlook::Nobody => "cycle-remind-unreached",
            Outlook::Today => "cycle-remind-today",
        }
    }
}

/// A branch of which somebody owes something: its secretary, or the inspectors it was given to.
#[derive(Clone, Debug)]
pub struct Owing {
    pub sheet: SheetId,
    org: OrgId,
    pub code: String,
    pub name: String,
    pub outlook: Outlook,
    /// Whom it goes to, or went to today.
    pub to: Vec<String>,
    /// Those of them who have not been reminded today.
    addressees: Vec<Addressee>,
    layer: Layer,
    due: BusinessDate,
}

/// What one press would do.
#[derive(Debug, Default)]
pub struct Preview {
    pub goes: usize,
    pub nobody: usize,
    pub today: usize,
    /// The first of each kind that the reader may see: what has left the reach is reminded unseen.
    pub lines: Vec<Owing>,
    /// Not all of them are among the lines.
    pub cut: bool,
    /// There are more branches than were looked at.
    pub more: bool,
}

/// What one press did, in branches.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sent {
    pub reminded: i64,
    pub today: i64,
    pub nobody: i64,
    /// The first of those without anybody.
    pub names: Vec<String>,
}

impl Sent {
    fn count(&mut self, outlook: Outlook, name: &str) {
        match outlook {
            Outlook::Goes => self.reminded += 1,
            Outlook::Today => self.today += 1,
            Outlook::Nobody => self.nobody += 1,
        }
        if outlook == Outlook::Nobody && self.names.len() < NAMED {
            self.names.push(name.to_owned());
        }
    }
    fn add(&mut self, other: Sent) {
        (self.reminded, self.today, self.nobody) = (self.reminded + other.reminded, self.today + other.today, self.nobody + other.nobody);
        self.names.extend(other.names);
        self.names.truncate(NAMED);
    }
}

/// Who would be reminded, within `reach` in the cycle's copy of the tree, and who not and why. Nothing is sent.
///
/// # Errors
/// The engine's own.
pub async fn preview<P: Permission>(tx: &mut Tx<'_>, grant: &Grant<P>, cycle: &Cycle, today: BusinessDate) -> Unit<Preview> {
    let reach = &grant.reach();
    let limit = LOOKED_AT as i64;
    let (mut all, mut more) = inspectors(tx, cycle, reach, today, limit).await?;
    let mut next = Some(String::new());
    while let Some(after) = next.take_if(|_| all.len() < LOOKED_AT) {
        let (chunk, last) = secretaries(tx, cycle, reach, &after, today).await?;
        all.extend(chunk);
        next = last;
    }
    more |= next.is_some();
    all.sort_by(|a, b| a.code.cmp(&b.code));
    let n = |outlook: Outlook| all.iter().filter(|o| o.outlook == outlook).count();
    let (goes, nobody, today) = (n(Outlook::Goes), n(Outlook::Nobody), n(Outlook::Today));
    let mut lines = Vec::new();
    for outlook in [Outlook::Goes, Outlook::Nobody, Outlook::Today] {
        for owing in all.iter().filter(|o| o.outlook == outlook).take(LISTED) {
            if grant.admits(&tree::node(tx, owing.org).await?.path).is_ok() {
                lines.push(owing.clone());
            }
        }
    }
    Ok(Preview { goes, nobody, today, lines, cut: goes.max(nobody).max(today) > LISTED, more })
}

/// Reminds, within `reach` in the cycle's copy of the tree, secretaries who have not handed in and still may, and inspectors with sheets to do.
/// A large cycle is gone through in chunks, each with an event of its own, since a notice is seen at once. Counts are of
/// branches, however many inspectors each has.
///
/// # Errors
/// The engine's own.
pub async fn remind<P: Permission>(db: &Db, grant: &Grant<P>, cycle: Cycle, reach: Reach, today: BusinessDate) -> Result<Sent> {
    let (at, mut sent, mut next) = (Instant::now(), Sent::default(), Some(String::new()));
    while let Some(after) = next {
        let (c, reach) = (cycle.clone(), reach.clone());
        let (chunk, last) = audit::change(db, grant, async move |tx| {
            let (owing, last) = secretaries(tx, &c, &reach, &after, today).await?;
            let mut sent = tell_secretaries(tx, &owing, today, at).await?;
            let mut codes = reminded(&owing);
            if last.is_none() {
                let (owing, _) = inspectors(tx, &c, &reach, today, i64::MAX).await?;
                sent.add(tell_inspectors(tx, &owing, today, at).await?);
                codes.extend(reminded(&owing));
            }
            let event = Event::new("cycle.remind", format!("cycle:{}", c.id)).at(c.root).with("reminded", sent.reminded);
            let event = if codes.is_empty() { event } else { event.with("codes", codes.join(" ")) };
            let event = if sent.nobody > 0 { event.with("unreached", sent.nobody) } else { event };
            Ok(((sent, last), event))
        })
        .await?;
        sent.add(chunk);
        next = last;
    }
    Ok(sent)
}

/// The branches of which somebody is reminded.
fn reminded(owing: &[Owing]) -> Vec<String> {
    owing.iter().filter(|o| o.outlook == Outlook::Goes).map(|o| o.code.clone()).collect()
}

/// Whether there is anybody to remind, reminded today or not: if not, it is not offered.
///
/// # Errors
/// The engine's own.
pub async fn owes(tx: &mut Tx<'_>, cycle: &Cycle, reach: &Reach, today: BusinessDate) -> Unit<bool> {
    Ok(!open(tx, cycle, reach, "", today, 1).await?.is_empty() || !owed(tx, cycle, reach, 1).await?.is_empty())
}

db::row! {
    struct Late { id: SheetId, org: OrgId, code: String, name: String, path: OrgPath, late_until: Option<BusinessDate> }
    struct Owed { sheet: SheetId, org: OrgId, code: String, name: String, account: AccountId, inspector: String }
}

/// Sheets behind the place `after` that have not been handed in and may be, as [`crate::sheet::rules::may_fill`] has it:
/// whoever can do nothing any more is reminded of nothing.
async fn open(tx: &mut Tx<'_>, cycle: &Cycle, reach: &Reach, after: &str, today: BusinessDate, limit: i64) -> Unit<Vec<Late>> {
    if !matches!(cycle.phase, Phase::SelfAssessment | Phase::Acceptance) {
        return Ok(Vec::new());
    }
    let in_time = i64::from(cycle.phase == Phase::SelfAssessment && today <= cycle.self_until);
    let sql = "SELECT id, org, code, name, path, late_until FROM sheet
         WHERE cycle = $1 AND self_state <> 'submitted' AND path >= $2 AND path < $3 AND path > $4
           AND ($5 = 1 OR self_state = 'returned' OR late_until >= $6) ORDER BY path LIMIT $7";
    let mut late: Vec<Late> = Vec::new();
    for scope in reach.scopes() {
        late.extend(tx.all::<Late>(sql, &params![&cycle.id, &scope.from, &scope.to, after, in_time, today, limit]).await?);
    }
    Ok(first(late, limit, |a, b| a.path.cmp(&b.path)))
}

/// Sheets that inspectors have been given and not handed in, once for each of them.
async fn owed(tx: &mut Tx<'_>, cycle: &Cycle, reach: &Reach, limit: i64) -> Unit<Vec<Owed>> {
    if !matches!(cycle.phase, Phase::Acceptance | Phase::Recheck) {
        return Ok(Vec::new());
    }
    let sql = "SELECT a.sheet, s.org, s.code, s.name, m.account, m.name FROM assignment a JOIN sheet s ON s.id = a.sheet JOIN team_member m ON m.team = a.team
         WHERE s.cycle = $1 AND a.layer = $2 AND (a.layer = 'recheck' OR s.self_state = 'submitted') AND s.path >= $3 AND s.path < $4
           AND (CASE WHEN a.layer = 'recheck' THEN s.recheck_state ELSE s.acceptance_state END) <> 'submitted'
         ORDER BY s.path, m.account LIMIT $5";
    let mut owed: Vec<Owed> = Vec::new();
    for scope in reach.scopes() {
        owed.extend(tx.all::<Owed>(sql, &params![&cycle.id, cycle.phase.layer().name(), &scope.from, &scope.to, limit]).await?);
    }
    Ok(owed)
}

/// A branch's sheet, with its code and name.
type Branch = (SheetId, OrgId, String, String);
/// An addressee, and the names of those who would read it.
type To = (Addressee, Vec<String>);
/// A sheet and those it was given to.
type Given = (Branch, Vec<To>);

/// One chunk behind the place `after`; answers where the next one begins, if there is one.
async fn secretaries(
    tx: &mut Tx<'_>,
    cycle: &Cycle,
    reach: &Reach,
    after: &str,
    today: BusinessDate,
) -> Unit<(Vec<Owing>, Option<String>)> {
    let late = open(tx, cycle, reach, after, today, CHUNK).await?;
    let orgs: Vec<OrgId> = late.iter().map(|s| s.org).collect();
    let mut holders: HashMap<OrgId, Vec<String>> = HashMap::new();
    for now in access::holders_ever(tx, "secretary", &orgs).await?.into_iter().filter(|held| held.until.is_none()) {
        holders.entry(now.org).or_default().push(now.name);
    }
    let full = late.len() as i64 == CHUNK;
    let last = late.last().filter(|_| full).map(|s| s.path.as_str().to_owned());
    let mut all = Vec::with_capacity(late.len());
    for s in late {
        let to = vec![(Addressee::Post { role: "secretary", org: s.org }, holders.remove(&s.org).unwrap_or_default())];
        let due = s.late_until.unwrap_or(cycle.self_until);
        all.push(owing(tx, (s.id, s.org, s.code, s.name), Layer::SelfAssessment, due, to, today).await?);
    }
    Ok((all, last))
}

/// The sheets of at most `limit` lines of inspectors, and whether there are more.
async fn inspectors(tx: &mut Tx<'_>, cycle: &Cycle, reach: &Reach, today: BusinessDate, limit: i64) -> Unit<(Vec<Owing>, bool)> {
    let layer = cycle.phase.layer();
    let owed = owed(tx, cycle, reach, limit).await?;
    let more = owed.len() as i64 >= limit;
    let mut by: BTreeMap<SheetId, Given> = BTreeMap::new();
    for o in owed {
        let (_, to) = by.entry(o.sheet).or_insert_with(|| ((o.sheet, o.org, o.code, o.name), Vec::new()));
        to.push((Addressee::Account(o.account), vec![o.inspector]));
    }
    let mut all = Vec::with_capacity(by.len());
    for (of, to) in by.into_values() {
        all.push(owing(tx, of, layer, today, to, today).await?);
    }
    Ok((all, more))
}

async fn owing(
    tx: &mut Tx<'_>,
    (sheet, org, code, name): Branch,
    layer: Layer,
    due: BusinessDate,
    to: Vec<To>,
    today: BusinessDate,
) -> Unit<Owing> {
    let (matter, mut left, mut fresh, mut told) = (matter_of(sheet, layer), Vec::new(), Vec::new(), Vec::new());
    for (addressee, names) in to.into_iter().filter(|(_, names)| !names.is_empty()) {
        if inbox::reminded(tx, &matter, &addressee, today).await? {
            told.extend(names);
        } else {
            fresh.extend(names);
            left.push(addressee);
        }
    }
    let outlook = match (left.is_empty(), told.is_empty()) {
        (false, _) => Outlook::Goes,
        (true, false) => Outlook::Today,
        (true, true) => Outlook::Nobody,
    };
    let to = if outlook == Outlook::Goes { fresh } else { told };
    Ok(Owing { sheet, org, code, name, outlook, to, addressees: left, layer, due })
}

async fn tell_secretaries(tx: &mut Tx<'_>, owing: &[Owing], today: BusinessDate, at: Instant) -> Unit<Sent> {
    let mut sent = Sent::default();
    for o in owing {
        sent.count(o.outlook, &o.name);
        let href = format!("/sheets/{}/self", o.sheet);
        for to in &o.addressees {
            // Somebody else may have reminded meanwhile: the row decides.
            if !inbox::remind(tx, &matter_of(o.sheet, o.layer), to, today).await? {
                continue;
            }
            // What was returned is open though its date is over.
            let key = if o.due < today { "notice-remind-returned" } else { "notice-remind" };
            let args = vec![("date", o.due.to_string())];
            inbox::tell(tx, &Notice { id: NoticeId::new(), to: to.clone(), key, args, href: &href }, at).await?;
        }
    }
    Ok(sent)
}

/// One notice each, however many sheets they owe.
async fn tell_inspectors(tx: &mut Tx<'_>, owing: &[Owing], today: BusinessDate, at: Instant) -> Unit<Sent> {
    let (mut sent, mut by) = (Sent::default(), BTreeMap::<String, (Addressee, i64)>::new());
    for o in owing {
        sent.count(o.outlook, &o.name);
        for to in &o.addressees {
            // Somebody else may have reminded meanwhile: the row decides.
            if !inbox::remind(tx, &matter_of(o.sheet, o.layer), to, today).await? {
                continue;
            }
            by.entry(to.to_string()).or_insert_with(|| (to.clone(), 0)).1 += 1;
        }
    }
    for (to, n) in by.into_values() {
        let args = vec![("n", n.to_string())];
        inbox::tell(tx, &Notice { id: NoticeId::new(), to, key: "notice-remind-inspect", args, href: "/inspections" }, at).await?;
    }
    Ok(sent)
}

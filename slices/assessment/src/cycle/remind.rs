//! 催办: whoever owes something in the phase that runs is reminded, at most once a day for each matter.
use super::Cycle;
use super::phase::Phase;
use crate::sheet::hand_over::matter_of;
use access::{Grant, Permission, Reach, first};
use audit::Event;
use db::{Db, Result as Unit, Tx, params};
use inbox::{Addressee, Notice};
use kernel::{AccountId, BusinessDate, Instant, NoticeId, OrgId, OrgPath, Result, SheetId};
use scoring::Layer;
use std::collections::{BTreeMap, BTreeSet};

/// Sheets looked at in one unit of work.
const CHUNK: i64 = 500;

/// Reminds, within `reach` in the cycle's copy of the tree, secretaries who have not handed in and still may, and inspectors with sheets to do.
/// A large cycle is gone through in chunks, each with an event of its own, since a notice is seen at once. Answers of how many
/// branches somebody was reminded now, however many inspectors each has.
///
/// # Errors
/// The engine's own.
pub async fn remind<P: Permission>(db: &Db, grant: &Grant<P>, cycle: Cycle, reach: Reach, today: BusinessDate) -> Result<i64> {
    let (at, mut n, mut next) = (Instant::now(), 0, Some(String::new()));
    while let Some(after) = next {
        let (c, reach) = (cycle.clone(), reach.clone());
        let (reminded, last) = audit::change(db, grant, async move |tx| {
            let (mut n, last) = secretaries(tx, &c, &reach, &after, today, at).await?;
            if last.is_none() {
                n += inspectors(tx, &c, &reach, today, at).await?;
            }
            Ok(((n, last), Event::new("cycle.remind", format!("cycle:{}", c.id)).at(c.root).with("reminded", n)))
        })
        .await?;
        n += reminded;
        next = last;
    }
    Ok(n)
}

/// Whether there is anybody to remind, reminded today or not: if not, it is not offered.
///
/// # Errors
/// The engine's own.
pub async fn owes(tx: &mut Tx<'_>, cycle: &Cycle, reach: &Reach, today: BusinessDate) -> Unit<bool> {
    Ok(!open(tx, cycle, reach, "", today, 1).await?.is_empty() || !owed(tx, cycle, reach, 1).await?.is_empty())
}

db::row! {
    struct Late { id: SheetId, org: OrgId, path: OrgPath, late_until: Option<BusinessDate> }
    struct Owed { sheet: SheetId, account: AccountId }
}

/// Sheets behind the place `after` that have not been handed in and may be, as [`crate::sheet::rules::may_fill`] has it:
/// whoever can do nothing any more is reminded of nothing.
async fn open(tx: &mut Tx<'_>, cycle: &Cycle, reach: &Reach, after: &str, today: BusinessDate, limit: i64) -> Unit<Vec<Late>> {
    if !matches!(cycle.phase, Phase::SelfAssessment | Phase::Acceptance) {
        return Ok(Vec::new());
    }
    let in_time = i64::from(cycle.phase == Phase::SelfAssessment && today <= cycle.self_until);
    let sql = "SELECT id, org, path, late_until FROM sheet
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
    let sql = "SELECT a.sheet, m.account FROM assignment a JOIN sheet s ON s.id = a.sheet JOIN team_member m ON m.team = a.team
         WHERE s.cycle = $1 AND a.layer = $2 AND (a.layer = 'recheck' OR s.self_state = 'submitted') AND s.path >= $3 AND s.path < $4
           AND (CASE WHEN a.layer = 'recheck' THEN s.recheck_state ELSE s.acceptance_state END) <> 'submitted' LIMIT $5";
    let mut owed: Vec<Owed> = Vec::new();
    for scope in reach.scopes() {
        owed.extend(tx.all::<Owed>(sql, &params![&cycle.id, cycle.phase.layer().name(), &scope.from, &scope.to, limit]).await?);
    }
    Ok(owed)
}

/// One chunk behind the place `after`; answers where the next one begins, if there is one.
async fn secretaries(
    tx: &mut Tx<'_>,
    cycle: &Cycle,
    reach: &Reach,
    after: &str,
    today: BusinessDate,
    at: Instant,
) -> Unit<(i64, Option<String>)> {
    let late = open(tx, cycle, reach, after, today, CHUNK).await?;
    let mut n = 0;
    for sheet in &late {
        n += i64::from(secretary(tx, cycle, sheet, today, at).await?);
    }
    let full = late.len() as i64 == CHUNK;
    Ok((n, late.last().filter(|_| full).map(|s| s.path.as_str().to_owned())))
}

async fn secretary(tx: &mut Tx<'_>, cycle: &Cycle, sheet: &Late, today: BusinessDate, at: Instant) -> Unit<bool> {
    let to = Addressee::Post { role: "secretary", org: sheet.org };
    if !inbox::remind(tx, &matter_of(sheet.id, Layer::SelfAssessment), &to, today).await? {
        return Ok(false);
    }
    let (href, date) = (format!("/sheets/{}/self", sheet.id), sheet.late_until.unwrap_or(cycle.self_until));
    // What was returned is open though its date is over.
    let key = if date < today { "notice-remind-returned" } else { "notice-remind" };
    let notice = Notice { id: NoticeId::new(), to, key, args: vec![("date", date.to_string())], href: &href };
    inbox::tell(tx, &notice, at).await?;
    Ok(true)
}

/// One notice each, however many sheets they owe. Answers how many sheets.
async fn inspectors(tx: &mut Tx<'_>, cycle: &Cycle, reach: &Reach, today: BusinessDate, at: Instant) -> Unit<i64> {
    let (layer, owed) = (cycle.phase.layer(), owed(tx, cycle, reach, i64::MAX).await?);
    let mut by: BTreeMap<AccountId, i64> = BTreeMap::new();
    let mut sheets: BTreeSet<SheetId> = BTreeSet::new();
    for o in &owed {
        if inbox::remind(tx, &matter_of(o.sheet, layer), &Addressee::Account(o.account), today).await? {
            *by.entry(o.account).or_default() += 1;
            sheets.insert(o.sheet);
        }
    }
    for (account, n) in &by {
        let (to, args) = (Addressee::Account(*account), vec![("n", n.to_string())]);
        inbox::tell(tx, &Notice { id: NoticeId::new(), to, key: "notice-remind-inspect", args, href: "/inspections" }, at).await?;
    }
    Ok(sheets.len() as i64)
}

//! Pages of the ledger.
use super::file::asked;
use super::own::{Own, own};
use super::store::{self, Behind, Filter};
use super::target::{self, Target, Typed};
use super::years;
use crate::LedgerRead;
use crate::cycle::{self, Cycle, phase::Phase};
use crate::result::Line;
use crate::result::version::{self, Version};
use access::Grant;
use askama::Template;
use kernel::{Error, OrgId, Result};
use serde::{Deserialize, Serialize};
use web::{Asked, Errors, FormFields, Page, Pager, T, Ui};

const PAGE: i64 = 50;

#[derive(Deserialize, Serialize, Default, Clone)]
#[serde(default)]
pub struct Query {
    pub cycle: String,
    pub grade: String,
    pub star: String,
    pub change: String,
    /// `rank` puts the rows in the order of their ranks; the order is that of the codes otherwise.
    sort: String,
    after: String,
    /// A result that a correction has replaced; 0 shows the one that counts.
    version: i64,
    pub format: String,
    /// Which of the reader's own branches sets its target.
    branch: String,
}

impl Query {
    pub fn by_rank(&self) -> bool {
        self.sort == "rank"
    }
    fn behind(&self) -> Behind {
        Behind::new(self.by_rank(), &self.after)
    }
    /// As the links of the page keep it.
    fn address(&self) -> String {
        serde_urlencoded::to_string(self).unwrap_or_default()
    }
}

#[derive(Template)]
#[template(path = "ledger/page.html")]
struct Ledger {
    t: T,
    form: FormFields,
    cycles: Vec<Cycle>,
    cycle: Option<Cycle>,
    q: Query,
    grades: Vec<String>,
    rows: Vec<Line>,
    changes: Vec<(String, i64)>,
    /// 晋位占比: those who moved up among those with a year before, percent; empty if there are none.
    share: String,
    /// Years brought in from outside.
    past: Vec<i64>,
    pager: Pager,
    query: String,
    /// The same without the change, which the tiles ask for.
    others: String,
    /// The same in the other order.
    otherwise: String,
    /// What it is limited to, in words.
    limits: Vec<String>,
    /// A branch of the reader's own.
    own: Option<Own>,
    /// What the branches of this page want to reach in the next year.
    targets: Vec<Target>,
    errors: Errors,
    /// The results of the cycle, oldest first: each correction made one.
    versions: Vec<Version>,
}

pub async fn page(grant: Grant<LedgerRead>, ui: Ui, Asked(q): Asked<Query>) -> web::Result<Page> {
    shown(&grant, &ui, q, None, Errors::none()).await
}

/// The page with a target that was refused.
///
/// # Errors
/// The engine's own.
pub async fn again(grant: &Grant<LedgerRead>, ui: &Ui, branch: &str, typed: Typed, error: Error) -> web::Result<Page> {
    shown(grant, ui, Query { branch: branch.to_owned(), ..Query::default() }, Some(typed), error.into()).await
}

async fn shown(grant: &Grant<LedgerRead>, ui: &Ui, mut q: Query, typed: Option<Typed>, errors: Errors) -> web::Result<Page> {
    let cycles = finals(ui, grant).await?;
    let cycle = cycles.iter().find(|c| c.id.to_string() == q.cycle).or(cycles.first()).cloned();
    // The links of the page, the files among them, name the cycle that is shown.
    q.cycle = cycle.as_ref().map(|c| c.id.to_string()).unwrap_or_default();
    let past = ui.db.read(async |tx| years::past(tx).await).await?.iter().map(|p| p.year).collect();
    let (rows, targets, changes, versions, grades) = match &cycle {
        Some(c) => {
            let (f, behind) = (filter(grant, c, &q), q.behind());
            let scheme = standards::scheme(&ui.db, c.scheme()).await?;
            q.version = f.version;
            let (id, next_year) = (c.id, c.year + 1);
            let read = async move |tx: &mut db::Tx<'_>| {
                let rows = store::page(tx, &f, &behind, PAGE).await?;
                let targets = target::of_page(tx, &rows, next_year).await?;
                Ok((rows, targets, store::changes(tx, &f).await?, version::of_cycle(tx, id).await?))
            };
            let (rows, targets, changes, versions) = ui.db.read(read).await?;
            (rows, targets, changes, versions, scheme.grades.iter().map(|g| g.name.clone()).collect())
        }
        None => (Vec::new(), Vec::new(), Vec::new(), Vec::new(), first_grades(ui).await?),
    };
    let own = own(grant, ui, &q.branch, typed).await?;
    let branch = own.as_ref().filter(|_| !q.branch.is_empty()).map(|o| o.org.to_string()).unwrap_or_default();
    let query = Query { branch: String::new(), format: String::new(), after: String::new(), ..q.clone() };
    let others = Query { change: String::new(), ..query.clone() }.address();
    let last = rows.last().filter(|_| rows.len() as i64 == PAGE).map(|r| q.behind().then(r).to_string());
    let next = last.map(|after| format!("/ledger?{}", Query { branch, after, ..query.clone() }.address()));
    let otherwise = Query { sort: if q.by_rank() { String::new() } else { "rank".into() }, ..query.clone() }.address();
    let body = Ledger {
        t: ui.t,
        form: ui.form(),
        limits: cycle.as_ref().map(|c| asked(ui.t, c, &query)).unwrap_or_default(),
        cycles,
        cycle,
        q,
        grades,
        rows,
        share: share(&changes),
        changes,
        past,
        pager: Pager { before: None, after: next, note: String::new() },
        query: query.address(),
        others,
        otherwise,
        own,
        targets,
        errors,
        versions,
    };
    ui.page("assessment/ledger/page.html", "menu-ledger", body).await
}

/// Every grade one can aim at: those of the schemes of all cycles.
///
/// # Errors
/// The engine's own.
pub async fn grades(ui: &Ui) -> Result<Vec<String>> {
    let (mut seen, mut all) = (Vec::new(), Vec::new());
    for cycle in cycle::store::all(&ui.db).await? {
        if seen.contains(&cycle.scheme()) {
            continue;
        }
        for grade in &standards::scheme(&ui.db, cycle.scheme()).await?.grades {
            if !all.contains(&grade.name) {
                all.push(grade.name.clone());
            }
        }
        seen.push(cycle.scheme());
    }
    Ok(all)
}

/// The grades one can aim at before any year is finished: those of the newest cycle's scheme.
async fn first_grades(ui: &Ui) -> Result<Vec<String>> {
    let Some(cycle) = cycle::store::all(&ui.db).await?.into_iter().next() else { return Ok(Vec::new()) };
    Ok(standards::scheme(&ui.db, cycle.scheme()).await?.grades.iter().map(|g| g.name.clone()).collect())
}

impl Ledger {
    /// Where its files are.
    fn file(&self) -> String {
        format!("/ledger/file?{}", self.query)
    }
    /// The only one of its year: the year says which it is, and a phone has room for it.
    fn alone(&self, cycle: &Cycle) -> bool {
        self.cycles.iter().filter(|c| c.year == cycle.year).count() == 1
    }
    fn target(&self, org: &OrgId) -> Option<&Target> {
        self.targets.iter().find(|t| t.org == *org)
    }
}

fn share(changes: &[(String, i64)]) -> String {
    let all: i64 = changes.iter().map(|(_, n)| n).sum();
    let up: i64 = changes.iter().filter(|(change, _)| change == "up").map(|(_, n)| n).sum();
    if all == 0 {
        return String::new();
    }
    // Half up, like every figure with a last place.
    let tenths = (up * 2000 + all) / (all * 2);
    format!("{}.{}%", tenths / 10, tenths % 10)
}

/// Finished cycles that concern the grant's reach.
///
/// # Errors
/// The engine's own.
pub async fn finals(ui: &Ui, grant: &Grant<LedgerRead>) -> Result<Vec<Cycle>> {
    let all = cycle::store::all(&ui.db).await?;
    let g = grant.clone();
    let seen = ui.db.read(async move |tx| {
        let mut seen = Vec::new();
        for c in all.iter().filter(|c| c.phase == Phase::Final) {
            seen.extend(cycle::store::one(tx, &g, c.id).await.ok());
        }
        Ok(seen)
    });
    Ok(seen.await?)
}

pub fn filter(grant: &Grant<LedgerRead>, c: &Cycle, q: &Query) -> Filter {
    Filter {
        cycle: c.id,
        version: if (1..=c.result_version).contains(&q.version) { q.version } else { c.result_version },
        reach: grant.reach(),
        grade: q.grade.clone(),
        star: q.star.parse().unwrap_or(0),
        change: q.change.clone(),
    }
}

/// Key of a change's name.
pub fn change_key(change: &str) -> &'static str {
    match change {
        "up" => "change-up",
        "down" => "change-down",
        _ => "change-same",
    }
}

/// The number of stars, of none for what is no level.
fn stars(t: T, star: &Option<u8>) -> web::Html {
    let n = star.unwrap_or(0);
    if n > 0 { t.stars(&n) } else { web::Html::default() }
}

#[cfg(test)]
mod tests {
    use super::share;

    #[test]
    fn the_share_of_those_who_moved_up_is_rounded_half_up() {
        let of = |up: i64, all: i64| share(&[("up".into(), up), ("down".into(), 0), ("same".into(), all - up)]);
        for (up, all, said) in [
            (0, 3, "0.0%"),
            (41, 110, "37.3%"),
            (19, 72, "26.4%"),
            (5, 13, "38.5%"),
            (1, 2000, "0.1%"),
            (1, 2001, "0.0%"),
            (7, 7, "100.0%"),
        ] {
            assert_eq!(of(up, all), said, "{up} of {all}");
        }
        assert_eq!(share(&[]), "");
    }
}

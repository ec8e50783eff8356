//! 定稿: what is proposed, as the second person reads it, and their decision.
use super::store::{self, Proposal};
use super::{Ruling, propose as put_forward, refuse};
use crate::cycle::pages::show::{Answer, Said, answer};
use crate::cycle::phase::Phase;
use crate::cycle::{self, Cycle};
use crate::result::finalise::{digest, finalise, hinders};
use crate::result::grade::grade;
use crate::result::version::{self, Version};
use crate::review::hand;
use crate::{Approve, CycleLead, ReviewRead};
use access::{Grant, Permission};
use askama::Template;
use facts::Suppliers;
use kernel::{CycleId, Error, Result};
use scheme::Scheme;
use serde::Deserialize;
use web::{At, Crumb, Errors, Flash, Form, FormFields, Page, See, StatusCode, T, Ui};

#[derive(Template)]
#[template(path = "finalisation/page.html")]
struct View {
    t: T,
    form: FormFields,
    crumbs: Vec<Crumb>,
    errors: Errors,
    cycle: Cycle,
    results: Results,
    /// What was made final, by each correction since; oldest first.
    corrections: Vec<Version>,
    /// Those nobody has filled yet; they are graded by what is known.
    ungraded: i64,
    /// Newest first.
    proposals: Vec<Line>,
    /// What it waits for before it can be proposed, and when that will be; `None` once it is proposed or final.
    when: Option<(Vec<String>, String)>,
    reason: String,
}

/// What the decision is about: before it, what would become final as of now; after it, what was approved then, whatever
/// has been corrected since.
struct Results {
    /// How many branches have each grade.
    grades: Vec<(String, i64)>,
    /// How many have each star, the highest first; empty before publicity.
    stars: Vec<(u8, i64)>,
    /// Which results these are; empty before publicity.
    digest: String,
}

struct Line {
    proposal: Proposal,
    /// Whoever reads this may decide it.
    decides: bool,
    proposed: String,
    /// Empty while it waits.
    decided: String,
}

impl Line {
    fn of(ui: &Ui, proposal: Proposal, decides: bool) -> Self {
        let said = |by: &str, at| ui.t.text("by-at").with("by", by).with("at", ui.clock().business_time(at)).to_string();
        let decided = proposal.decided_name.as_deref().zip(proposal.decided_at).map(|(by, at)| said(by, at));
        Self { proposed: said(&proposal.proposed_name, proposal.proposed_at), decided: decided.unwrap_or_default(), decides, proposal }
    }
    fn state(&self) -> (&'static str, &'static str) {
        match self.proposal.state.as_str() {
            store::APPROVED => ("ok", "adjust-approved"),
            store::REFUSED => ("bad", "adjust-rejected"),
            _ => ("warn", "adjust-proposed"),
        }
    }
}

pub async fn page(grant: Grant<ReviewRead>, ui: Ui, At((id,)): At<(CycleId,)>) -> web::Result<Page> {
    show(&ui, &grant, id, String::new(), Errors::none()).await
}

async fn show(ui: &Ui, grant: &Grant<ReviewRead>, id: CycleId, reason: String, errors: Errors) -> web::Result<Page> {
    let g = grant.clone();
    let read = ui.db.read(async move |tx| Ok((cycle::store::one(tx, &g, id).await?, store::of_cycle(tx, id).await?)));
    let (cycle, proposals) = read.await?;
    let (me, approves) = (grant.visitor_or_account(), decides_over(ui, grant, &cycle).await?);
    let decides = |p: &Proposal| approves && p.waits() && me != Some(p.proposed_by);
    let versions = ui.db.read(async move |tx| version::of_cycle(tx, id).await).await?;
    let results = match versions.first() {
        Some(first) => approved(ui, &cycle, first).await?,
        None if cycle.phase == Phase::Publicity => computed(ui, &cycle).await?,
        None => Results { grades: grades(ui, &cycle).await?, stars: Vec::new(), digest: String::new() },
    };
    let body = View {
        t: ui.t,
        form: ui.form(),
        crumbs: vec![
            Crumb::link(ui.t.text("menu-assessment"), "/assess"),
            Crumb::link(&cycle.title, format!("/assess/{id}")),
            Crumb::here(ui.t.text("cycle-final")),
        ],
        errors,
        ungraded: cycle.participants - results.grades.iter().map(|(_, n)| n).sum::<i64>(),
        results,
        when: when(ui, &cycle, &proposals).await?,
        corrections: versions.into_iter().skip(1).collect(),
        proposals: proposals.into_iter().map(|p| (decides(&p), p)).map(|(decides, p)| Line::of(ui, p, decides)).collect(),
        reason,
        cycle,
    };
    ui.page("assessment/finalisation/page.html", "cycle-final", body).await
}

async fn when(ui: &Ui, cycle: &Cycle, proposals: &[Proposal]) -> Result<Option<(Vec<String>, String)>> {
    if cycle.is_final() || proposals.iter().any(Proposal::waits) {
        return Ok(None);
    }
    let (c, today) = (cycle.clone(), ui.today());
    let all = ui.db.read(async move |tx| hinders(tx, &c, today).await).await?;
    let running = cycle.publicity.filter(|p| cycle.phase == Phase::Publicity && today <= p.until);
    let then = match running {
        _ if all.is_empty() => ui.t.text("final-when-now"),
        Some(p) => ui.t.text("final-when-from").with("day", p.until.plus_days(1)),
        None if cycle.phase == Phase::Publicity => ui.t.text("final-when-then"),
        None => ui.t.text("final-when-phase").with("phase", ui.t.text(cycle.phase.text()).to_string()),
    };
    Ok(Some((all.iter().map(|e| ui.t.of(e).to_string()).collect(), then.to_string())))
}

/// Whoever approves at or above the cycle's root.
async fn decides_over(ui: &Ui, grant: &Grant<ReviewRead>, cycle: &Cycle) -> Result<bool> {
    let Some(approve) = grant.also::<Approve>() else { return Ok(false) };
    Ok(tree::path(&ui.db, cycle.root).await?.is_some_and(|root| approve.admits(&root).is_ok()))
}

/// What 定稿 would make of all that is there now, by the same calculation, and which results these are. The second person
/// approves these; kept figures know nothing of what a register says today.
async fn computed(ui: &Ui, cycle: &Cycle) -> Result<Results> {
    let suppliers = ui.app.shared::<Suppliers>()?;
    let grading = grade(&ui.db, &suppliers, cycle.id, ui.today()).await?;
    let of = |name: &str| grading.lines.iter().filter(|l| l.grade == name).count() as i64;
    let grades = grading.scheme.grades.iter().map(|g| (g.name.clone(), of(&g.name))).collect();
    let starred = |level: u8| grading.lines.iter().filter(|l| l.star == Some(level)).count() as i64;
    Ok(Results { grades, stars: stars(&grading.scheme, starred), digest: digest(&grading.lines) })
}

/// What 定稿 made final.
async fn approved(ui: &Ui, cycle: &Cycle, first: &Version) -> Result<Results> {
    let scheme = standards::scheme(&ui.db, cycle.scheme()).await?;
    let (id, number) = (cycle.id, first.version);
    let read = async move |tx: &mut db::Tx<'_>| Ok((version::graded(tx, id, number).await?, version::starred(tx, id, number).await?));
    let (n, starred) = ui.db.read(read).await?;
    let grades = scheme.grades.iter().map(|g| (g.name.clone(), n.get(&g.name).copied().unwrap_or(0))).collect();
    let stars = stars(&scheme, |level| starred.get(&i64::from(level)).copied().unwrap_or(0));
    Ok(Results { grades, stars, digest: first.digest.clone() })
}

/// The levels of a scheme with their branches, the highest first.
fn stars(scheme: &Scheme, n: impl Fn(u8) -> i64) -> Vec<(u8, i64)> {
    let mut levels: Vec<u8> = scheme.stars.iter().map(|s| s.level).collect();
    levels.sort_unstable_by(|a, b| b.cmp(a));
    levels.into_iter().map(|level| (level, n(level))).collect()
}

async fn grades(ui: &Ui, cycle: &Cycle) -> Result<Vec<(String, i64)>> {
    let scheme = standards::scheme(&ui.db, cycle.scheme()).await?;
    let Some(top) = tree::path(&ui.db, cycle.root).await? else { return Ok(Vec::new()) };
    let metrics: Vec<String> = scheme.grades.iter().map(|g| format!("grade:{}", g.name)).collect();
    let asked: Vec<&str> = metrics.iter().map(String::as_str).collect();
    let n = figures::of(&ui.db, &cycle.id.to_string(), &top, &asked).await?;
    Ok(scheme.grades.iter().map(|g| g.name.clone()).zip(n).collect())
}

/// The grant stands at or above the cycle's root.
async fn admitted<P: Permission>(ui: &Ui, grant: &Grant<P>, id: CycleId) -> Result<()> {
    let g = grant.clone();
    let read = ui.db.read(async move |tx| {
        let cycle = cycle::store::any(tx, id).await?;
        Ok(g.admits(&tree::node(tx, cycle.root).await?.path)?)
    });
    Ok(read.await?)
}

/// 提请定稿.
pub async fn propose(grant: Grant<CycleLead>, ui: Ui, At((id,)): At<(CycleId,)>, Form(f): Form<Said>) -> Answer {
    admitted(&ui, &grant, id).await?;
    let done = put_forward(&ui.db, &grant, id, &hand(&ui, &grant)?, &f.reason).await;
    let done = done.map(|_| See::to(format!("/assess/{id}")).flash(&Flash::done("final-handed-on")));
    answer(&ui, &grant, id, f, done).await
}

#[derive(Deserialize)]
pub struct Decided {
    /// The proposal that was read.
    #[serde(default)]
    no: i64,
    #[serde(default)]
    reason: String,
    /// The results that were shown.
    #[serde(default)]
    seen: String,
    /// `approve` or `reject`.
    #[serde(default, rename = "do")]
    action: String,
}

/// 同意定稿 or 不同意.
pub async fn decide(grant: Grant<Approve>, ui: Ui, At((id,)): At<(CycleId,)>, Form(f): Form<Decided>) -> Answer {
    admitted(&ui, &grant, id).await?;
    match carry_out(&ui, &grant, id, &f).await {
        Ok(see) => Ok(Ok(see)),
        Err(e) if e.field.is_some() => {
            let reader = grant.also::<ReviewRead>().ok_or_else(Error::not_found)?;
            let page = show(&ui, &reader, id, f.reason, e.into()).await?;
            Ok(Err(page.status(StatusCode::UNPROCESSABLE_ENTITY)))
        }
        Err(e) => Err(e.into()),
    }
}

async fn carry_out(ui: &Ui, grant: &Grant<Approve>, id: CycleId, f: &Decided) -> Result<See> {
    let ruling = Ruling::parse(id, f.no, hand(ui, grant)?, &f.reason)?.having_seen(&f.seen);
    if f.action != "approve" {
        refuse(&ui.db, grant, ruling).await?;
        return Ok(See::to(super::href(id)).flash(&Flash::done("adjust-is-decided")));
    }
    let (suppliers, calendar) = (ui.app.shared::<Suppliers>()?, accounts::calendar_now(ui).await?);
    finalise(&ui.db, grant, &suppliers, (&calendar, ui.t), ruling).await?;
    Ok(See::to(format!("/ledger?cycle={id}")).flash(&Flash::done("cycle-finalised")))
}

//! Pages of inspection: an inspector's tasks; the teams of a cycle.
use super::store::{self, Assignment, Behind, Task, Team, TeamMember};
use crate::cycle::{self, Cycle};
use crate::draw::season::{ended, may_send, sent};
use crate::sheet::store as sheets;
use crate::{CycleLead, CycleRead, Inspect};
use access::Grant;
use askama::Template;
use audit::Event;
use kernel::{BusinessDate, CycleId, Error, Instant, Kind, Result, TeamId};
use scoring::Layer;
use serde::Deserialize;
use std::collections::HashMap;
use web::{Asked, At, Crumb, Errors, Flash, Form, FormFields, Page, Pager, See, StatusCode, T, Ui};

const PAGE: i64 = 50;

#[derive(Template)]
#[template(path = "inspection/tasks.html")]
struct Tasks {
    t: T,
    rows: Vec<Task>,
    pager: Pager,
}

#[derive(Deserialize, Default)]
pub struct Query {
    #[serde(default)]
    after: String,
}

pub async fn tasks(grant: Grant<Inspect>, ui: Ui, Asked(q): Asked<Query>) -> web::Result<Page> {
    let (account, behind) = (grant.account()?, Behind::parse(&q.after));
    let rows = ui.db.read(async move |tx| store::tasks(tx, account, &behind, PAGE).await).await?;
    let last = rows.last().filter(|_| rows.len() as i64 == PAGE);
    let next =
        last.and_then(|last| serde_urlencoded::to_string([("after", last.place())]).ok()).map(|after| format!("/inspections?{after}"));
    let pager = Pager { before: None, after: next, note: String::new() };
    ui.page("assessment/inspection/tasks.html", "menu-inspections", Tasks { t: ui.t, rows, pager }).await
}

#[derive(Template)]
#[template(path = "inspection/teams.html")]
struct Teams {
    t: T,
    form: FormFields,
    crumbs: Vec<Crumb>,
    cycle: Cycle,
    teams: Vec<(Team, Vec<TeamMember>)>,
    /// How many branches each has been given.
    branches: HashMap<TeamId, i64>,
    may_lead: bool,
    /// Those teams can still be sent in; with none, the day that ended.
    layers: Vec<Layer>,
    ended: Option<BusinessDate>,
    /// The form of a new team, and that of the branches of one, as they were refused.
    new: NewTeam,
    given: Given,
    errors: Errors,
}

impl Teams {
    fn given(&self, team: &TeamId) -> i64 {
        self.branches.get(team).copied().unwrap_or(0)
    }
    /// Its phase is not over: it can be given branches.
    fn sends(&self, team: &Team) -> bool {
        self.may_lead && self.layers.iter().any(|layer| layer.name() == team.layer)
    }
    /// The branches that could not be given to this team.
    fn again(&self, team: &TeamId) -> bool {
        !self.errors.is_empty() && TeamId::parse(&self.given.team).is_ok_and(|typed| typed == *team)
    }
}

pub async fn teams(grant: Grant<CycleRead>, ui: Ui, At((id,)): At<(CycleId,)>) -> web::Result<Page> {
    shown(&grant, &ui, id, NewTeam::default(), Given::default(), Errors::none()).await
}

async fn shown(grant: &Grant<CycleRead>, ui: &Ui, id: CycleId, new: NewTeam, given: Given, errors: Errors) -> web::Result<Page> {
    let g = grant.clone();
    let (cycle, (teams, members), branches, phases) = ui
        .db
        .read(async move |tx| {
            let cycle = cycle::store::one(tx, &g, id).await?;
            let phases = cycle::store::phases(tx, id).await?;
            Ok((cycle, store::teams(tx, id).await?, store::given(tx, id).await?, phases))
        })
        .await?;
    let of = |team: TeamId| members.iter().filter(|m| m.team == team).cloned().collect();
    let teams = teams.into_iter().map(|t| (t.clone(), of(t.id))).collect();
    let crumbs = vec![
        Crumb::link(ui.t.text("menu-assessment"), "/assess"),
        Crumb::link(&cycle.title, format!("/assess/{id}")),
        Crumb::here(ui.t.text("teams-title")),
    ];
    let may_lead = grant.also::<CycleLead>().is_some();
    let (layers, ended) = (sent(cycle.phase), ended(&phases, Layer::Recheck).map(|line| line.day));
    let body = Teams { t: ui.t, form: ui.form(), crumbs, cycle, teams, branches, may_lead, layers, ended, new, given, errors };
    ui.page("assessment/inspection/teams.html", "teams-title", body).await
}

/// A page again, or on to the next one.
type Answer = web::Result<std::result::Result<See, Page>>;

#[derive(Deserialize, Default, Clone)]
#[serde(default)]
pub struct NewTeam {
    layer: String,
    name: String,
    /// Sign-in names, separated by spaces or commas.
    inspectors: String,
}

pub async fn create(grant: Grant<CycleLead>, ui: Ui, At((id,)): At<(CycleId,)>, Form(f): Form<NewTeam>) -> Answer {
    match (created(&grant, &ui, id, &f).await, grant.also::<CycleRead>()) {
        (Ok(()), _) => Ok(Ok(See::to(format!("/assess/{id}/teams")).flash(&Flash::done("team-created")))),
        (Err(e), Some(reader)) if e.kind == Kind::Invalid => {
            Ok(Err(shown(&reader, &ui, id, f, Given::default(), e.into()).await?.status(StatusCode::UNPROCESSABLE_ENTITY)))
        }
        (Err(e), _) => Err(e.into()),
    }
}

async fn created(grant: &Grant<CycleLead>, ui: &Ui, id: CycleId, f: &NewTeam) -> Result<()> {
    let layer = Layer::parse(&f.layer).ok().filter(|l| matches!(l, Layer::Acceptance | Layer::Recheck));
    let layer = layer.ok_or_else(|| Error::invalid("team-layer").at("layer"))?;
    let mut members = Vec::new();
    for login in f.inspectors.split([' ', ',', '，', '、', '\n']).map(str::trim).filter(|l| !l.is_empty()) {
        let account = access::by_login(&ui.db, login)
            .await?
            .ok_or_else(|| Error::invalid("inspector-unknown").with("login", login).at("inspectors"))?;
        members.push((account.id, account.name));
    }
    if members.is_empty() || f.name.trim().is_empty() {
        return Err(Error::invalid("team-empty").at(if members.is_empty() { "inspectors" } else { "name" }));
    }
    let (g, team, name) = (grant.clone(), TeamId::new(), f.name.trim().to_owned());
    audit::change(&ui.db, grant, async move |tx| {
        let cycle = cycle::store::one(tx, &g, id).await?;
        may_send(cycle.phase, layer)?;
        store::insert_team(tx, team, id, layer, &name, &members).await?;
        Ok(((), Event::new("team.create", format!("cycle:{id}")).at(cycle.root).with("team", team).with("layer", layer.name())))
    })
    .await
}

#[derive(Deserialize, Default, Clone)]
#[serde(default)]
pub struct Given {
    team: String,
    /// Branch codes, separated by spaces or commas.
    branches: String,
}

pub async fn assign(grant: Grant<CycleLead>, ui: Ui, At((id,)): At<(CycleId,)>, Form(f): Form<Given>) -> Answer {
    match (assigned(&grant, &ui, id, &f).await, grant.also::<CycleRead>()) {
        (Ok(n), _) => Ok(Ok(See::to(format!("/assess/{id}/teams")).flash(&Flash::done("team-assigned").with("n", n)))),
        (Err(e), Some(reader)) if e.kind == Kind::Invalid => {
            Ok(Err(shown(&reader, &ui, id, NewTeam::default(), f, e.into()).await?.status(StatusCode::UNPROCESSABLE_ENTITY)))
        }
        (Err(e), _) => Err(e.into()),
    }
}

async fn assigned(grant: &Grant<CycleLead>, ui: &Ui, id: CycleId, f: &Given) -> Result<i64> {
    let team = TeamId::parse(&f.team)?;
    let codes: Vec<String> =
        f.branches.split([' ', ',', '，', '、', '\n']).map(str::trim).filter(|c| !c.is_empty()).map(str::to_owned).collect();
    if codes.is_empty() {
        return Err(Error::invalid("branches-none").at("branches"));
    }
    let (g, at, due) = (grant.clone(), Instant::now(), Some(ui.today().plus_days(14)));
    audit::change(&ui.db, grant, async move |tx| {
        let cycle = cycle::store::one(tx, &g, id).await?;
        let layer = store::layer(tx, team, id).await?;
        may_send(cycle.phase, layer)?;
        let mut n = 0;
        for code in &codes {
            let sheet =
                sheets::of_code(tx, id, code).await?.ok_or_else(|| Error::invalid("branch-unknown").with("code", code).at("branches"))?;
            g.admits(&tree::node(tx, sheet.org).await?.path)?;
            store::assign(tx, &Assignment { sheet: sheet.id, layer, team, cycle: id, due }, at).await?;
            n += 1;
        }
        Ok((n, Event::new("team.assign", format!("cycle:{id}")).at(cycle.root).with("team", team).with("sheets", n)))
    })
    .await
}

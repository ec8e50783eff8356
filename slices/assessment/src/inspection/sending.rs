//! The teams of a cycle: a page of them at a time, new ones, and giving branches to one.
use super::members::{self, Person};
use super::store::{self, Assignment, Team, TeamMember};
use crate::cycle::{self, Cycle};
use crate::draw::season::{ended, may_send, sent};
use crate::sheet::meant::several;
use crate::sheet::store::Sheet;
use crate::{CycleLead, CycleRead};
use access::Grant;
use askama::Template;
use audit::Event;
use db::{Each, Result as Unit, Tx};
use kernel::{BusinessDate, CycleId, Error, Instant, Kind, Result, TeamId};
use scoring::Layer;
use serde::Deserialize;
use std::collections::HashMap;
use web::{Asked, At, Crumb, Errors, Flash, Form, FormFields, Page, Pager, See, StatusCode, T, Ui};

const PAGE: i64 = 50;

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
    pager: Pager,
    /// The team with which the page begins; empty for the first page.
    from: String,
    /// The one whose form is open.
    open: Option<TeamId>,
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
    /// The branches of one team are named at a time: a form for each would weigh more than the teams.
    fn opens(&self, team: &TeamId) -> bool {
        self.open.as_ref() == Some(team)
    }
    /// The page with a team's form open.
    fn opened(&self, team: &TeamId) -> String {
        let from = if self.from.is_empty() { String::new() } else { format!("from={}&", self.from) };
        format!("/assess/{}/teams?{from}team={team}#given", self.cycle.id)
    }
}

/// The team with which the page begins, and the one that is to be given branches.
#[derive(Deserialize, Default)]
pub struct Query {
    from: Option<String>,
    team: Option<String>,
}

pub async fn teams(grant: Grant<CycleRead>, ui: Ui, At((id,)): At<(CycleId,)>, Asked(q): Asked<Query>) -> web::Result<Page> {
    let given = Given { team: q.team.unwrap_or_default(), from: q.from.unwrap_or_default(), ..Given::default() };
    shown(&grant, &ui, id, NewTeam::default(), given, Errors::none()).await
}

/// What a page of teams shows.
struct Part {
    teams: Vec<Team>,
    members: Vec<TeamMember>,
    branches: HashMap<TeamId, i64>,
    /// With which team this page, the one before and the one after begin.
    from: Option<TeamId>,
    before: Option<TeamId>,
    after: Option<TeamId>,
}

impl Part {
    async fn read(tx: &mut Tx<'_>, cycle: CycleId, from: Option<TeamId>) -> Unit<Self> {
        let from = match from {
            Some(id) => store::team(tx, cycle, id).await?,
            None => None,
        };
        let before = match &from {
            Some(team) => store::before(tx, cycle, team, PAGE).await?.pop(),
            None => None,
        };
        let mut teams = store::page(tx, cycle, from.as_ref(), PAGE + 1).await?;
        let after = (teams.len() as i64 > PAGE).then(|| teams.pop().map(|team| team.id)).flatten();
        let each: Each = teams.iter().map(|team| &team.id).collect();
        let (members, branches) = (store::members_of(tx, &each).await?, store::given(tx, &each).await?);
        // Where nothing stands before it the page is the first one, however it was asked for.
        let from = from.map(|team| team.id).filter(|_| before.is_some());
        Ok(Self { teams, members, branches, from, before, after })
    }
}

async fn shown(grant: &Grant<CycleRead>, ui: &Ui, id: CycleId, new: NewTeam, given: Given, errors: Errors) -> web::Result<Page> {
    let (g, from, open) = (grant.clone(), TeamId::parse(&given.from).ok(), TeamId::parse(&given.team).ok());
    let (cycle, part, phases) = ui
        .db
        .read(async move |tx| {
            let cycle = cycle::store::one(tx, &g, id).await?;
            let phases = cycle::store::phases(tx, id).await?;
            Ok((cycle, Part::read(tx, id, from).await?, phases))
        })
        .await?;
    let of = |team: TeamId| part.members.iter().filter(|m| m.team == team).cloned().collect();
    let teams = part.teams.into_iter().map(|t| (t.clone(), of(t.id))).collect();
    let to = |team: TeamId| format!("/assess/{id}/teams?from={team}");
    let pager = Pager { before: part.before.map(to), after: part.after.map(to), note: String::new() };
    let crumbs = vec![
        Crumb::link(ui.t.text("menu-assessment"), "/assess"),
        Crumb::link(&cycle.title, format!("/assess/{id}")),
        Crumb::here(ui.t.text("teams-title")),
    ];
    let may_lead = grant.also::<CycleLead>().is_some();
    let (layers, ended) = (sent(cycle.phase), ended(&phases, Layer::Recheck).map(|line| line.day));
    let body = Teams {
        t: ui.t,
        form: ui.form(),
        crumbs,
        cycle,
        teams,
        branches: part.branches,
        pager,
        from: part.from.map(|team| team.to_string()).unwrap_or_default(),
        open,
        may_lead,
        layers,
        ended,
        new,
        given,
        errors,
    };
    ui.page("assessment/inspection/teams.html", "teams-title", body).await
}

/// A page again, or on to the next one.
type Answer = web::Result<std::result::Result<See, Page>>;

#[derive(Deserialize, Default, Clone)]
#[serde(default)]
pub struct NewTeam {
    layer: String,
    name: String,
    /// As people are known, see [`members`].
    inspectors: String,
    #[serde(rename = "inspectors-is")]
    inspectors_is: String,
}

pub async fn create(grant: Grant<CycleLead>, ui: Ui, At((id,)): At<(CycleId,)>, Form(mut f): Form<NewTeam>) -> Answer {
    let mut errors = Errors::none();
    let done = match wanted(&ui, &grant, id, &mut f, &mut errors).await? {
        Some((layer, people)) => created(&grant, &ui, id, layer, f.name.trim(), people).await,
        None => Ok(None),
    };
    let done = done.map(|from| (from, Flash::done("team-created")));
    answer(&grant, &ui, id, done, errors, (f, Given::default())).await
}

/// Characters of a team's name.
const NAME_MAX: usize = 40;

/// The layer and the members of a new team, with all that is wrong with the form.
async fn wanted(ui: &Ui, g: &Grant<CycleLead>, id: CycleId, f: &mut NewTeam, errors: &mut Errors) -> Result<Option<(Layer, Vec<Person>)>> {
    let layer = Layer::parse(&f.layer).ok().filter(|l| matches!(l, Layer::Acceptance | Layer::Recheck));
    let layer = errors.take(layer.ok_or_else(|| Error::invalid("team-layer").at("layer")))?;
    if !(1..=NAME_MAX).contains(&f.name.trim().chars().count()) {
        errors.push(Error::invalid("team-unnamed").with("max", NAME_MAX).at("name"));
    }
    let grant = g.clone();
    let all = ui.db.read(async move |tx| {
        let cycle = cycle::store::one(tx, &grant, id).await?;
        members::inspectors(tx, &cycle).await
    });
    let all = members::and_others(&ui.db, all.await?, &f.inspectors).await?;
    let named = members::named(&all, &f.inspectors, &f.inspectors_is);
    f.inspectors = named.text;
    if named.people.is_empty() && named.open.is_none() {
        errors.push(Error::invalid("team-empty").at("inspectors"));
    }
    if let Some((said, open)) = named.open {
        errors.one_of(Error::invalid("inspector-unknown").with("said", said).at("inspectors"), open, Person::offered);
    }
    Ok(layer.filter(|_| errors.is_empty()).map(|layer| (layer, named.people)))
}

/// Answers with which team the page begins that shows the new one; none where it is the first page.
async fn created(grant: &Grant<CycleLead>, ui: &Ui, id: CycleId, layer: Layer, name: &str, people: Vec<Person>) -> Result<Option<TeamId>> {
    let members: Vec<_> = people.into_iter().map(|p| (p.account, p.name)).collect();
    let (g, team, name) = (grant.clone(), TeamId::new(), name.to_owned());
    audit::change(&ui.db, grant, async move |tx| {
        let cycle = cycle::store::one(tx, &g, id).await?;
        may_send(cycle.phase, layer)?;
        if store::is_named(tx, id, layer, &name).await? {
            return Err(Error::invalid("team-named-so").with("name", &name).at("name").into());
        }
        store::insert_team(tx, team, id, layer, &name, &members).await?;
        let made = Team { id: team, layer: layer.name().to_owned(), name: name.clone() };
        let before = store::before(tx, id, &made, PAGE).await?;
        let from = (before.len() as i64 == PAGE).then_some(team);
        Ok((from, Event::new("team.create", format!("cycle:{id}")).at(cycle.root).with("team", team).with("layer", layer.name())))
    })
    .await
}

#[derive(Deserialize, Default, Clone)]
#[serde(default)]
pub struct Given {
    team: String,
    /// The team with which the page begins that the form stands on.
    from: String,
    /// As branches are known, see [`several`].
    branches: String,
    #[serde(rename = "branches-is")]
    branches_is: String,
}

pub async fn assign(grant: Grant<CycleLead>, ui: Ui, At((id,)): At<(CycleId,)>, Form(mut f): Form<Given>) -> Answer {
    let mut errors = Errors::none();
    let done = match meant(&ui, &grant, id, &mut f, &mut errors).await? {
        Some(sheets) => assigned(&grant, &ui, id, TeamId::parse(&f.team)?, sheets).await,
        None => Ok(0),
    };
    let from = TeamId::parse(&f.from).ok();
    let done = done.map(|n| (from, Flash::done("team-assigned").with("n", n)));
    answer(&grant, &ui, id, done, errors, (NewTeam::default(), f)).await
}

/// The branches that are given to a team.
async fn meant(ui: &Ui, g: &Grant<CycleLead>, id: CycleId, f: &mut Given, errors: &mut Errors) -> Result<Option<Vec<Sheet>>> {
    let (grant, text, chosen) = (g.clone(), f.branches.clone(), f.branches_is.clone());
    let read = ui.db.read(async move |tx| {
        let cycle = cycle::store::one(tx, &grant, id).await?;
        several(tx, &cycle, &grant.reach(), &text, &chosen).await
    });
    let all = read.await?;
    f.branches = all.text;
    if all.found.is_empty() && all.open.is_none() {
        errors.push(Error::invalid("branches-none").at("branches"));
    }
    if let Some((said, open)) = all.open {
        errors.one_of(Error::invalid("branch-not-found").with("said", said).at("branches"), open, Sheet::offered);
    }
    Ok(Some(all.found).filter(|_| errors.is_empty()))
}

async fn assigned(grant: &Grant<CycleLead>, ui: &Ui, id: CycleId, team: TeamId, sheets: Vec<Sheet>) -> Result<i64> {
    let (g, at, due) = (grant.clone(), Instant::now(), Some(ui.today().plus_days(14)));
    audit::change(&ui.db, grant, async move |tx| {
        let cycle = cycle::store::one(tx, &g, id).await?;
        let layer = store::layer(tx, team, id).await?;
        may_send(cycle.phase, layer)?;
        let mut n = 0;
        for sheet in &sheets {
            g.admits(&tree::node(tx, sheet.org).await?.path)?;
            store::assign(tx, &Assignment { sheet: sheet.id, layer, team, cycle: id, due }, at).await?;
            n += 1;
        }
        Ok((n, Event::new("team.assign", format!("cycle:{id}")).at(cycle.root).with("team", team).with("sheets", n)))
    })
    .await
}

/// On to the teams, or the page again with the form that was refused.
async fn answer(
    grant: &Grant<CycleLead>,
    ui: &Ui,
    id: CycleId,
    done: Result<(Option<TeamId>, Flash)>,
    mut errors: Errors,
    (new, given): (NewTeam, Given),
) -> Answer {
    match done {
        Ok((from, flash)) if errors.is_empty() => {
            let from = from.map(|team| format!("?from={team}")).unwrap_or_default();
            return Ok(Ok(See::to(format!("/assess/{id}/teams{from}")).flash(&flash)));
        }
        Ok(_) => {}
        Err(e) if e.kind == Kind::Invalid || e.field.is_some() => errors.push(e),
        Err(e) => return Err(e.into()),
    }
    let reader = grant.also::<CycleRead>().ok_or_else(Error::not_found)?;
    Ok(Err(shown(&reader, ui, id, new, given, errors).await?.status(StatusCode::UNPROCESSABLE_ENTITY)))
}

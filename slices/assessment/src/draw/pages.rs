//! The page of a cycle's draws, and publishing what is to be drawn from.
use super::store::{self, Draw};
use super::teams::Asked;
use super::{recheck, season, teams};
use crate::cycle::{self, Cycle};
use crate::inspection::meant::{FEW, meant};
use crate::inspection::store::{Team, teams as teams_of};
use crate::sheet::pages::layer_text;
use crate::{CycleLead, CycleRead};
use access::Grant;
use askama::Template;
use kernel::{BusinessDate, CycleId, DrawId, Error, Quantity, TeamId};
use scoring::Layer;
use serde::Deserialize;
use web::{At, Crumb, Errors, Flash, Form, FormFields, Page, See, StatusCode, T, Ui};

#[derive(Template)]
#[template(path = "draw/list.html")]
struct List {
    t: T,
    form: FormFields,
    crumbs: Vec<Crumb>,
    errors: Errors,
    cycle: Cycle,
    draws: Vec<Draw>,
    teams: Vec<Team>,
    /// `20%`
    ratio: String,
    may_lead: bool,
    /// Those teams can still be drawn for; with none, the day that ended.
    layers: Vec<Layer>,
    ended: Option<BusinessDate>,
    /// Nothing has been accepted yet that could be drawn.
    early: bool,
    typed: Typed,
    rechecked: Rechecked,
}

/// The page's two forms as they were refused.
#[derive(Default)]
struct Again {
    typed: Typed,
    rechecked: Rechecked,
}

impl List {
    /// Published anew before it was drawn: nothing is drawn from it any more.
    fn replaced(&self, draw: &DrawId) -> bool {
        self.draws.iter().any(|d| d.replaces == Some(*draw))
    }
    /// Its phase is over.
    fn lapsed(&self, draw: &Draw) -> bool {
        season::may_complete(self.cycle.phase, draw).is_err()
    }
    fn layer_of(&self, draw: &Draw) -> &'static str {
        layer_text(draw.layer())
    }
    /// So few teams that one chooses from them.
    fn few(&self) -> bool {
        self.teams.len() <= FEW
    }
    fn chosen(&self, team: &Team) -> bool {
        TeamId::parse(&self.rechecked.team).is_ok_and(|id| id == team.id)
    }
    /// It has been drawn before: again needs a reason.
    fn again(&self, of_teams: bool) -> bool {
        self.draws.iter().any(|d| d.of_teams() == of_teams)
    }
}

pub async fn list(grant: Grant<CycleRead>, ui: Ui, At((id,)): At<(CycleId,)>) -> web::Result<Page> {
    show_list(&ui, &grant, id, Again::default(), Errors::none()).await
}

async fn show_list(ui: &Ui, grant: &Grant<CycleRead>, id: CycleId, again: Again, errors: Errors) -> web::Result<Page> {
    let g = grant.clone();
    let (cycle, draws, all, phases) = ui
        .db
        .read(async move |tx| {
            let cycle = cycle::store::one(tx, &g, id).await?;
            let phases = cycle::store::phases(tx, id).await?;
            Ok((cycle, store::of_cycle(tx, id).await?, teams_of(tx, id).await?, phases))
        })
        .await?;
    let body = List {
        t: ui.t,
        form: ui.form(),
        crumbs: vec![
            Crumb::link(ui.t.text("menu-assessment"), "/assess"),
            Crumb::link(&cycle.title, format!("/assess/{id}")),
            Crumb::here(ui.t.text("draws-title")),
        ],
        errors,
        ratio: percent(standards::scheme(&ui.db, cycle.scheme()).await?.parameters.spot_recheck_ratio),
        teams: all.into_iter().filter(|t| t.layer == "recheck").collect(),
        may_lead: grant.also::<CycleLead>().is_some(),
        layers: season::sent(cycle.phase),
        ended: season::ended(&phases, Layer::Recheck).map(|line| line.day),
        early: season::may_draw(cycle.phase).is_err(),
        cycle,
        draws,
        typed: again.typed,
        rechecked: again.rechecked,
    };
    ui.page("assessment/draw/list.html", "draws-title", body).await
}

/// A share in percent, exactly: 0.2 is `20%`, 0.125 is `12.5%`.
pub(super) fn percent(share: Quantity) -> String {
    let (digits, decimals) = share.parts();
    let Some(left) = decimals.checked_sub(2) else { return format!("{}%", digits * 10_i128.pow(2 - decimals)) };
    let unit = 10_i128.pow(left);
    let rest = format!("{:0width$}", digits % unit, width = left as usize);
    let rest = rest.trim_end_matches('0');
    if left == 0 || rest.is_empty() { format!("{}%", digits / unit) } else { format!("{}.{rest}%", digits / unit) }
}

/// A page again, or on to the next one.
pub(super) type Answer = web::Result<std::result::Result<See, Page>>;

/// The draw of branches, as it was typed.
#[derive(Deserialize, Clone, Default)]
#[serde(default)]
pub struct Rechecked {
    /// Its id where it was chosen, or else its name.
    team: String,
    #[serde(rename = "team-is")]
    team_is: String,
    reason: String,
}

pub async fn publish(grant: Grant<CycleLead>, ui: Ui, At((id,)): At<(CycleId,)>, Form(f): Form<Rechecked>) -> Answer {
    let mut errors = Errors::none();
    let Some(team) = named(&ui, id, &f, &mut errors).await? else {
        let reader = grant.also::<CycleRead>().ok_or_else(Error::not_found)?;
        let page = show_list(&ui, &reader, id, Again { rechecked: f, ..Again::default() }, errors).await?;
        return Ok(Err(page.status(StatusCode::UNPROCESSABLE_ENTITY)));
    };
    // The form of the teams has a reason too, so this one's field has another id.
    let done =
        published_branches(&ui, &grant, id, team, &f.reason).await.map_err(|e| if e.field == Some("reason") { e.at("why") } else { e });
    answer(&ui, &grant, id, Again { rechecked: f, ..Again::default() }, done).await
}

async fn named(ui: &Ui, id: CycleId, f: &Rechecked, errors: &mut Errors) -> kernel::Result<Option<TeamId>> {
    let (typed, chosen) = (f.team.trim().to_owned(), f.team_is.clone());
    let found = ui.db.read(async move |tx| meant(tx, id, Layer::Recheck, &typed, &chosen).await).await?;
    let unknown = Error::invalid("draw-team-unknown").at("team");
    Ok(errors.one_of(unknown, found, |team| (team.id.to_string(), team.name.clone())).map(|team| team.id))
}

async fn published_branches(ui: &Ui, grant: &Grant<CycleLead>, id: CycleId, team: TeamId, reason: &str) -> kernel::Result<DrawId> {
    let cycle = ui.db.read(async move |tx| cycle::store::any(tx, id).await).await?;
    let ratio = standards::scheme(&ui.db, cycle.scheme()).await?.parameters.spot_recheck_ratio;
    recheck::publish(&ui.db, grant, id, ratio, team, reason.to_owned()).await
}

/// The record that was published, or the page again with what was typed.
async fn answer(ui: &Ui, grant: &Grant<CycleLead>, id: CycleId, again: Again, done: kernel::Result<DrawId>) -> Answer {
    match done {
        Ok(draw) => Ok(Ok(See::to(format!("/draws/{draw}")).flash(&Flash::done("draw-published")))),
        Err(e) if e.field.is_some() => {
            let reader = grant.also::<CycleRead>().ok_or_else(Error::not_found)?;
            let page = show_list(ui, &reader, id, again, e.into()).await?;
            Ok(Err(page.status(StatusCode::UNPROCESSABLE_ENTITY)))
        }
        Err(e) => Err(e.into()),
    }
}

#[derive(Deserialize, Clone, Default)]
pub struct Typed {
    #[serde(default)]
    layer: String,
    #[serde(default)]
    teams: String,
    #[serde(default)]
    size: String,
    #[serde(default)]
    reason: String,
}

pub async fn publish_teams(grant: Grant<CycleLead>, ui: Ui, At((id,)): At<(CycleId,)>, Form(typed): Form<Typed>) -> Answer {
    let done = published(&ui, &grant, id, &typed).await;
    answer(&ui, &grant, id, Again { typed, ..Again::default() }, done).await
}

async fn published(ui: &Ui, grant: &Grant<CycleLead>, id: CycleId, f: &Typed) -> kernel::Result<DrawId> {
    let asked = Asked::parse(&f.layer, &f.teams, &f.size, &f.reason)?;
    teams::publish(&ui.db, grant, id, asked, ui.today()).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_shown_in_percent() {
        for (share, shown) in [("0.2", "20%"), ("1", "100%"), ("0.05", "5%"), ("0.125", "12.5%"), ("0.1005", "10.05%"), ("0.3000", "30%")] {
            assert_eq!(percent(Quantity::parse(share).unwrap()), shown);
        }
    }
}

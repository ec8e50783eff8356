//! The SQL of teams and assignments.
use super::avoidance;
use crate::cycle::phase::Phase;
use crate::sheet::store::Sheet;
use crate::sheet::{State, hand_over};
use db::{Each, Result, Tx, params};
use inbox::{Addressee, Todo};
use kernel::{AccountId, BusinessDate, CycleId, DrawId, Error, Instant, SheetId, TeamId, TodoId};
use scoring::Layer;
use std::collections::HashMap;

db::row! {
    #[derive(Clone, Debug)]
    pub struct Team { pub id: TeamId, pub layer: String, pub name: String }
    #[derive(Clone, Debug)]
    pub struct TeamMember { pub team: TeamId, pub account: AccountId, pub name: String }
    /// What an inspector has been given.
    #[derive(Clone, Debug)]
    pub struct Task { pub sheet: SheetId, pub layer: String, pub name: String, pub code: String, pub year: i64, pub phase: String, pub due: Option<BusinessDate>, pub self_state: State, pub acceptance_state: State, pub recheck_state: State }
}

/// Where a list of tasks goes on: behind a task, as its address writes it; the code, which may be any text, comes last.
#[derive(Clone, Debug)]
pub struct Behind {
    year: i64,
    code: String,
    sheet: SheetId,
    layer: String,
}

impl Behind {
    /// Before every task: also what an address means that is none of ours.
    pub fn nothing() -> Self {
        Self { year: i64::from(u16::MAX), code: String::new(), sheet: SheetId::from_bytes([0; 16]), layer: String::new() }
    }
    pub fn parse(text: &str) -> Self {
        let read = |text: &str| match *text.splitn(4, '~').collect::<Vec<_>>() {
            [year, sheet, layer, code] => Some(Self {
                year: year.parse().ok()?,
                code: code.to_owned(),
                sheet: SheetId::parse(sheet).ok()?,
                layer: Layer::parse(layer).ok()?.name().to_owned(),
            }),
            _ => None,
        };
        read(text).unwrap_or_else(Self::nothing)
    }
}

impl Task {
    /// As [`Behind`] reads it.
    pub fn place(&self) -> String {
        format!("{}~{}~{}~{}", self.year, self.sheet, self.layer, self.code)
    }
    pub fn done(&self) -> bool {
        let state = if self.layer == "recheck" { self.recheck_state } else { self.acceptance_state };
        state == State::Submitted
    }
    /// Its phase has ended without it: nobody can score it any more.
    pub fn over(&self) -> bool {
        let until = if self.layer == "recheck" { Phase::Recheck } else { Phase::Acceptance };
        !self.done() && Phase::parse(&self.phase).is_ok_and(|phase| phase > until)
    }
    /// The branch has not handed in yet: there is nothing to inspect.
    pub fn waits(&self) -> bool {
        self.layer == "acceptance" && self.self_state != State::Submitted
    }
}

/// # Errors
/// The engine's own.
pub async fn insert_team(
    tx: &mut Tx<'_>,
    id: TeamId,
    cycle: CycleId,
    layer: Layer,
    name: &str,
    members: &[(AccountId, String)],
) -> Result<()> {
    tx.exec("INSERT INTO team (id, cycle, layer, name, draw) VALUES ($1, $2, $3, $4, NULL)", &params![&id, &cycle, layer.name(), name])
        .await?;
    for (account, name) in members {
        tx.exec("INSERT INTO team_member (team, account, name) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING", &params![&id, account, name])
            .await?;
    }
    Ok(())
}

/// Whether a team of that layer bears the name already: two of one name cannot be told apart where branches are given out.
///
/// # Errors
/// The engine's own.
pub async fn is_named(tx: &mut Tx<'_>, cycle: CycleId, layer: Layer, name: &str) -> Result<bool> {
    let sql = "SELECT COUNT(*) FROM team WHERE cycle = $1 AND layer = $2 AND name = $3";
    Ok(tx.one::<i64>(sql, &params![&cycle, layer.name(), name]).await? > 0)
}

/// Notes which draw made a team.
///
/// # Errors
/// The engine's own.
pub async fn set_draw(tx: &mut Tx<'_>, team: TeamId, draw: DrawId) -> Result<()> {
    tx.exec("UPDATE team SET draw = $2 WHERE id = $1", &params![&team, &draw]).await?;
    Ok(())
}

/// All of them; the members of each are asked for where they are shown.
///
/// # Errors
/// The engine's own.
pub async fn teams(tx: &mut Tx<'_>, cycle: CycleId) -> Result<Vec<Team>> {
    tx.all("SELECT id, layer, name FROM team WHERE cycle = $1 ORDER BY layer, id", &params![&cycle]).await
}

/// A page of them: from this one on, or else from the first.
///
/// # Errors
/// The engine's own.
pub async fn page(tx: &mut Tx<'_>, cycle: CycleId, from: Option<&Team>, limit: i64) -> Result<Vec<Team>> {
    let (layer, id) = from.map_or(("", TeamId::from_bytes([0; 16])), |team| (team.layer.as_str(), team.id));
    tx.all(
        "SELECT id, layer, name FROM team WHERE cycle = $1 AND (layer > $2 OR (layer = $2 AND id >= $3)) ORDER BY layer, id LIMIT $4",
        &params![&cycle, layer, &id, limit],
    )
    .await
}

/// Those just before a team, as many as a page has, the nearest first.
///
/// # Errors
/// The engine's own.
pub async fn before(tx: &mut Tx<'_>, cycle: CycleId, team: &Team, limit: i64) -> Result<Vec<TeamId>> {
    tx.all(
        "SELECT id FROM team WHERE cycle = $1 AND (layer < $2 OR (layer = $2 AND id < $3)) ORDER BY layer DESC, id DESC LIMIT $4",
        &params![&cycle, &team.layer, &team.id, limit],
    )
    .await
}

/// # Errors
/// The engine's own.
pub async fn team(tx: &mut Tx<'_>, cycle: CycleId, id: TeamId) -> Result<Option<Team>> {
    tx.opt("SELECT id, layer, name FROM team WHERE id = $1 AND cycle = $2", &params![&id, &cycle]).await
}

/// The members of these teams.
///
/// # Errors
/// The engine's own.
pub async fn members_of(tx: &mut Tx<'_>, teams: &Each) -> Result<Vec<TeamMember>> {
    tx.all("SELECT team, account, name FROM team_member WHERE team IN EACH($1) ORDER BY name", &params![teams]).await
}

/// How many sheets each of these teams has been given.
///
/// # Errors
/// The engine's own.
pub async fn given(tx: &mut Tx<'_>, teams: &Each) -> Result<HashMap<TeamId, i64>> {
    db::row! { struct Given { team: TeamId, n: i64 } }
    let all: Vec<Given> = tx.all("SELECT team, COUNT(*) FROM assignment WHERE team IN EACH($1) GROUP BY team", &params![teams]).await?;
    Ok(all.into_iter().map(|g| (g.team, g.n)).collect())
}

/// The layer a team of a cycle scores in.
///
/// # Errors
/// [`db::Error::Missing`] if the cycle has no such team.
pub async fn layer(tx: &mut Tx<'_>, team: TeamId, cycle: CycleId) -> Result<Layer> {
    let layer: String = tx.one("SELECT layer FROM team WHERE id = $1 AND cycle = $2", &params![&team, &cycle]).await?;
    Ok(Layer::parse(&layer)?)
}

/// The name of the team that has a sheet in a layer.
///
/// # Errors
/// The engine's own.
pub async fn team_of(tx: &mut Tx<'_>, sheet: SheetId, layer: Layer) -> Result<Option<String>> {
    let sql = "SELECT t.name FROM assignment a JOIN team t ON t.id = a.team WHERE a.sheet = $1 AND a.layer = $2";
    tx.opt(sql, &params![&sheet, layer.name()]).await
}

/// The accounts of a team.
///
/// # Errors
/// The engine's own.
pub async fn members(tx: &mut Tx<'_>, team: TeamId) -> Result<Vec<AccountId>> {
    tx.all("SELECT account FROM team_member WHERE team = $1 ORDER BY account", &params![&team]).await
}

/// A sheet to be given to a team.
#[derive(Clone, Debug)]
pub struct Assignment {
    pub sheet: SheetId,
    pub layer: Layer,
    pub team: TeamId,
    pub cycle: CycleId,
    pub due: Option<BusinessDate>,
}

/// Gives a sheet to a team and hands its members the matter, unless the branch has not handed in yet.
///
/// # Errors
/// `inspection-avoid` if one of them holds a post or membership under the branch's own unit committee.
pub async fn assign(tx: &mut Tx<'_>, a: &Assignment, at: Instant) -> Result<()> {
    let sheet = crate::sheet::store::any(tx, a.sheet).await?;
    let ties = avoidance::of_team(tx, a.team).await?;
    if avoidance::tied(tx, &ties, &sheet).await? {
        return Err(Error::conflict("inspection-avoid").with("branch", &sheet.name).at("branches").into());
    }
    give(tx, a, &sheet, at).await
}

/// As [`assign`], where avoidance has been looked at for the whole team.
///
/// # Errors
/// The engine's own.
pub async fn give(tx: &mut Tx<'_>, a: &Assignment, sheet: &Sheet, at: Instant) -> Result<()> {
    let accounts = members(tx, a.team).await?;
    place(tx, a).await?;
    // Another team may have had it.
    inbox::settle(tx, &hand_over::matter_of(a.sheet, a.layer), at).await?;
    if a.layer == Layer::Acceptance && sheet.self_state != State::Submitted {
        return Ok(());
    }
    hand(tx, a.sheet, a.layer, &sheet.name, a.due, &accounts, at).await
}

/// Writes which team has a sheet; another one no longer has it.
///
/// # Errors
/// The engine's own.
pub async fn place(tx: &mut Tx<'_>, a: &Assignment) -> Result<()> {
    tx.exec(
        "INSERT INTO assignment (sheet, layer, team, cycle, due) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (sheet, layer) DO UPDATE SET team = excluded.team, due = excluded.due",
        &params![&a.sheet, a.layer.name(), &a.team, &a.cycle, a.due],
    )
    .await?;
    Ok(())
}

/// 待办 of every member of the team; settled for all when one submits.
///
/// # Errors
/// The engine's own.
pub async fn hand(
    tx: &mut Tx<'_>,
    sheet: SheetId,
    layer: Layer,
    name: &str,
    due: Option<BusinessDate>,
    to: &[AccountId],
    at: Instant,
) -> Result<()> {
    let (matter, href) = (hand_over::matter_of(sheet, layer), format!("/sheets/{sheet}/{}", layer.name()));
    let key = if layer == Layer::Recheck { "todo-recheck" } else { "todo-acceptance" };
    for account in to {
        let todo = Todo {
            id: TodoId::new(),
            to: Addressee::Account(*account),
            matter: &matter,
            key,
            args: vec![("branch", name.to_owned())],
            href: &href,
            due,
            by: None,
        };
        inbox::hand(tx, &todo, at).await?;
    }
    Ok(())
}

/// The branch has handed in: its inspectors, if it has some, may begin.
///
/// # Errors
/// The engine's own.
pub async fn handed_in(tx: &mut Tx<'_>, sheet: SheetId, name: &str, at: Instant) -> Result<()> {
    db::row! { struct Given { team: TeamId, due: Option<BusinessDate> } }
    let given: Option<Given> =
        tx.opt("SELECT team, due FROM assignment WHERE sheet = $1 AND layer = 'acceptance'", &params![&sheet]).await?;
    let Some(given) = given else { return Ok(()) };
    let accounts = members(tx, given.team).await?;
    hand(tx, sheet, Layer::Acceptance, name, given.due, &accounts, at).await
}

/// A page of an inspector's sheets, the newest year first, in the order of the codes. They are found by the inspector's teams;
/// how many branches a cycle has does not matter.
///
/// # Errors
/// The engine's own.
pub async fn tasks(tx: &mut Tx<'_>, account: AccountId, after: &Behind, limit: i64) -> Result<Vec<Task>> {
    tx.all(
        "SELECT a.sheet, a.layer, s.name, s.code, c.year, c.phase, a.due, s.self_state, s.acceptance_state, s.recheck_state
         FROM team_member m JOIN assignment a ON a.team = m.team JOIN sheet s ON s.id = a.sheet JOIN cycle c ON c.id = a.cycle AND c.ready = 1
         WHERE m.account = $1 AND (c.year < $2 OR (c.year = $2 AND (s.code > $3 OR (s.code = $3
           AND (a.sheet > $4 OR (a.sheet = $4 AND a.layer > $5))))))
         ORDER BY c.year DESC, s.code, a.sheet, a.layer LIMIT $6",
        &params![&account, after.year, &after.code, &after.sheet, &after.layer, limit],
    )
    .await
}

//! /confirmations: which branches have said 无问题 and which have not yet; a branch's own, with its secretary's one button.
use super::list::{self, COUNTED, Place, Wanted};
use super::{Confirmation, State, confirm as say, store};
use crate::{ProblemConfirm, ProblemRead};
use access::Grant;
use askama::Template;
use kernel::OrgId;
use serde::Deserialize;
use web::{Asked, At, Crumb, Flash, Form, FormFields, Page, Pager, See, T, Ui};

const PAGE: i64 = 50;
/// The states that have a list.
pub(crate) const LISTED: [State; 3] = [State::Waiting, State::Confirmed, State::Overtaken];

/// `?f=waiting|confirmed|overtaken&cycle=&after=`
#[derive(Deserialize, Default, Clone)]
pub struct Query {
    f: Option<String>,
    cycle: Option<String>,
    after: Option<String>,
}

impl Query {
    pub fn of_board(cycle: Option<String>) -> Self {
        Self { cycle, ..Self::default() }
    }
    fn state(&self) -> State {
        LISTED.into_iter().find(|s| Some(s.name()) == self.f.as_deref()).unwrap_or(State::Waiting)
    }
    /// What is asked for within reach; anything unreadable begins the list.
    pub fn wanted(&self, grant: &Grant<ProblemRead>) -> Wanted {
        let after = self.after.as_deref().and_then(place).unwrap_or(list::START);
        Wanted { reach: grant.reach(), state: self.state(), board: self.cycle.clone(), after, limit: PAGE }
    }
    fn path(&self, state: State) -> String {
        let cycle = self.cycle.as_deref().filter(|v| v.bytes().all(|b| b.is_ascii_alphanumeric()));
        format!("/confirmations?f={}{}", state.name(), cycle.map(|c| format!("&cycle={c}")).unwrap_or_default())
    }
}

/// As an address spells a place.
pub(crate) fn spelt((code, board, no): &Place) -> String {
    format!("{code}~{board}~{no}")
}

fn place(text: &str) -> Option<Place> {
    let mut parts = text.split('~');
    let (code, board, no) = (parts.next()?, parts.next()?, parts.next()?);
    Some((code.to_owned(), board.to_owned(), no.parse().ok()?))
}

/// A state with its number and its list.
pub(crate) struct Chip {
    pub state: State,
    pub n: String,
    pub href: String,
}

impl Chip {
    pub fn is_empty(&self) -> bool {
        self.n == "0"
    }
}

/// # Errors
/// The engine's own.
pub(crate) async fn chips(ui: &Ui, wanted: Wanted, q: &Query) -> kernel::Result<Vec<Chip>> {
    let counted = ui.db.read(async move |tx| {
        let mut n = Vec::with_capacity(LISTED.len());
        for state in LISTED {
            n.push((state, list::count(tx, &Wanted { state, after: list::START, ..wanted.clone() }).await?));
        }
        Ok(n)
    });
    let number = |n: i64| if n >= COUNTED { "999+".to_owned() } else { n.to_string() };
    Ok(counted.await?.into_iter().map(|(state, n)| Chip { state, n: number(n), href: q.path(state) }).collect())
}

#[derive(Template)]
#[template(path = "confirmation/list.html")]
struct List {
    t: T,
    crumbs: Vec<Crumb>,
    chips: Vec<Chip>,
    state: State,
    rows: Vec<Confirmation>,
    pager: Pager,
}

impl List {
    /// What it is limited to, in words.
    fn limits(&self) -> Vec<String> {
        vec![self.t.text(self.state.text()).to_string()]
    }
}

pub async fn page(grant: Grant<ProblemRead>, ui: Ui, Asked(q): Asked<Query>) -> web::Result<Page> {
    let wanted = q.wanted(&grant);
    let (state, asked) = (wanted.state, wanted.clone());
    let rows = ui.db.read(async move |tx| list::page(tx, &asked).await).await?;
    let after = rows.last().filter(|_| rows.len() as i64 == PAGE).map(|c| format!("{}&after={}", q.path(state), spelt(&c.place())));
    let body = List {
        t: ui.t,
        crumbs: vec![Crumb::link(ui.t.text("menu-problems"), "/problems"), Crumb::here(ui.t.text("confirmation-title"))],
        chips: chips(&ui, wanted, &q).await?,
        state,
        rows,
        pager: Pager { before: None, after, note: String::new() },
    };
    ui.page("rectification/confirmation/list.html", "confirmation-title", body).await
}

#[derive(Template)]
#[template(path = "confirmation/branch.html")]
struct Branch {
    t: T,
    form: FormFields,
    crumbs: Vec<Crumb>,
    org: OrgId,
    name: String,
    /// The newest year first, each with when it was confirmed.
    rows: Vec<(Confirmation, String)>,
    may_confirm: bool,
}

pub async fn branch(grant: Grant<ProblemRead>, ui: Ui, At((org,)): At<(OrgId,)>) -> web::Result<Page> {
    let g = grant.clone();
    let read = ui.db.read(async move |tx| {
        g.admits(&tree::node(tx, org).await?.path)?;
        Ok((organisations::named(tx, &[org]).await?, store::of_org(tx, org).await?))
    });
    let (named, rows) = read.await?;
    let name = named.into_iter().next().map(|o| o.name).unwrap_or_default();
    let when = |c: &Confirmation| c.at.map(|at| ui.clock().date_time(at)).unwrap_or_default();
    let body = Branch {
        t: ui.t,
        form: ui.form(),
        crumbs: vec![
            Crumb::link(ui.t.text("menu-problems"), "/problems"),
            Crumb::link(ui.t.text("confirmation-title"), "/confirmations"),
            Crumb::here(&name),
        ],
        org,
        name,
        rows: rows.into_iter().map(|c| (when(&c), c)).map(|(when, c)| (c, when)).collect(),
        may_confirm: grant.also::<ProblemConfirm>().is_some(),
    };
    ui.page("rectification/confirmation/branch.html", "confirmation-title", body).await
}

#[derive(Deserialize)]
pub struct Said {
    /// Of which list.
    #[serde(default)]
    board: String,
}

/// 确认无问题.
pub async fn confirm(grant: Grant<ProblemConfirm>, ui: Ui, At((org,)): At<(OrgId,)>, Form(f): Form<Said>) -> web::Result<See> {
    say(&ui.db, &grant, org, &f.board, ui.today()).await?;
    Ok(See::to(super::href(org)).flash(&Flash::done("confirmation-said")))
}

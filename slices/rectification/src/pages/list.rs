//! /problems: the board with each card's next step, and the list of the same set.
use super::query::{Filter, Query, place};
use super::{Card, led};
use crate::confirmation::pages::{Chip as Said, chips as said_of};
use crate::confirmation::{Confirmation, list as confirmations};
use crate::problem::Problem;
use crate::problem::list::{self, Asked as Wanted, COUNTED, Which};
use crate::problem::owner::secretaries;
use crate::problem::state::State;
use crate::{ProblemConfirm, ProblemHandle, ProblemRead, ProblemVerify};
use access::Grant;
use accounts::calendar_now;
use askama::Template;
use calendar::Calendar;
use kernel::Error;
use std::sync::Arc;
use web::{Asked, FormFields, Page, Pager, T, Ui};

/// Rows of a list, and cards of a column.
const PAGE: i64 = 50;
const CARDS: i64 = 20;

/// A quick filter with its number.
struct Chip {
    f: Filter,
    icon: &'static str,
    href: String,
    n: String,
}

struct Column {
    state: State,
    n: String,
    cards: Vec<Card>,
}

#[derive(Template)]
#[template(path = "problem/list.html")]
struct List {
    t: T,
    form: FormFields,
    chips: Vec<Chip>,
    f: Filter,
    board: bool,
    as_board: String,
    as_list: String,
    columns: Vec<Column>,
    cards: Vec<Card>,
    /// 无问题: how many branches have said so, how many have not yet.
    said: Vec<Said>,
    /// Of the figure that led here, what belongs to branches that have left the reader's reach.
    gone: i64,
    /// What waits for whoever reads this, as a secretary.
    asked: Vec<Confirmation>,
    pager: Pager,
    /// Its files.
    export: String,
    /// What it is limited to, in words.
    limits: Vec<String>,
    may_handle: bool,
    may_verify: bool,
    /// By whom what they put right themselves is not offered for verifying.
    me: Option<kernel::AccountId>,
    led: Vec<kernel::OrgId>,
}

pub async fn page(grant: Grant<ProblemRead>, ui: Ui, Asked(q): Asked<Query>) -> web::Result<Page> {
    let (calendar, wanted) = (calendar_now(&ui).await?, wanted(&ui, &grant, &q).await?);
    let chips = chips(&ui, &grant, &q, &wanted, &calendar).await?;
    let (mut columns, mut cards) = (Vec::new(), Vec::new());
    if q.is_board() {
        columns = columns_of(&ui, &grant, &q, &wanted, &calendar).await?;
    } else {
        cards = rows(&ui, &grant, &q, &wanted, &calendar, PAGE).await?;
    }
    let (said, asked) = none_of(&ui, &grant, &q, &wanted).await?;
    let gone = gone(&ui, &q, &wanted, &calendar).await?;
    let limits = super::export::asked(&ui, &q).await?;
    let body = List { gone, said, asked, limits, ..view(&ui, &grant, &q, chips, columns, cards) };
    ui.page("rectification/problem/list.html", "menu-problems", body).await
}

fn view(ui: &Ui, grant: &Grant<ProblemRead>, q: &Query, chips: Vec<Chip>, columns: Vec<Column>, cards: Vec<Card>) -> List {
    let f = q.filter();
    let next = cards.last().filter(|_| cards.len() as i64 == PAGE).map(|c| format!("{}&after={}", q.path("list", f), place(&c.p)));
    let export = q.path("list", f).replacen("/problems?", "/problems/export?", 1);
    List {
        t: ui.t,
        form: ui.form(),
        chips,
        f,
        board: q.is_board(),
        as_board: q.path("board", f),
        as_list: q.path("list", f),
        columns,
        cards,
        said: Vec::new(),
        gone: 0,
        asked: Vec::new(),
        pager: Pager { before: None, after: next, note: String::new() },
        export,
        limits: Vec::new(),
        may_handle: grant.also::<ProblemHandle>().is_some(),
        may_verify: grant.also::<ProblemVerify>().is_some(),
        me: grant.visitor_or_account(),
        led: led(grant.caller()),
    }
}

/// A figure counts where branches stood when the cycle opened; the list shows what the reader's reach holds today. Nobody is told
/// anything of places beyond it: their numbers are others'.
async fn gone(ui: &Ui, q: &Query, w: &Wanted, c: &Arc<Calendar>) -> kernel::Result<i64> {
    let own = q.under()?.iter().all(|path| w.reach.covers(path));
    if w.places.is_empty() || !own || w.reach.is_everything() || q.organisation()?.is_some() || q.filter() == Filter::Mine {
        return Ok(0);
    }
    let asked = q.filter().of(w, c, ui.today());
    Ok(ui.db.read(async move |tx| list::departed(tx, &asked).await).await?)
}

/// Branches without problems, within the same reach and on the same board; nothing where nobody was ever asked.
async fn none_of(ui: &Ui, grant: &Grant<ProblemRead>, q: &Query, w: &Wanted) -> kernel::Result<(Vec<Said>, Vec<Confirmation>)> {
    let (led, none) = (led(grant.caller()), q.confirmations());
    let all = confirmations::Wanted { reach: w.reach.clone(), ..none.wanted(grant) };
    let asked = match grant.also::<ProblemConfirm>() {
        Some(_) => ui.db.read(async move |tx| confirmations::waiting_for(tx, &led).await).await?,
        None => Vec::new(),
    };
    let said = said_of(ui, all, &none).await?;
    Ok((if said.iter().all(Said::is_empty) { Vec::new() } else { said }, asked))
}

/// The set within reach: all of it, or the subtree of the organisation asked for.
///
/// # Errors
/// Not found for an organisation that is missing or out of reach.
pub async fn wanted(ui: &Ui, grant: &Grant<ProblemRead>, q: &Query) -> web::Result<Wanted> {
    let reach = match q.organisation()? {
        Some(org) => grant.within(&tree::path(&ui.db, org).await?.ok_or_else(Error::not_found)?)?,
        None => grant.reach(),
    };
    Ok(Wanted {
        reach,
        which: Which::Open,
        due: list::ALWAYS,
        board: q.cycle.clone(),
        places: q.places_on_board()?,
        after: q.place(),
        limit: PAGE,
    })
}

/// A page of the list.
///
/// # Errors
/// The engine's own.
pub async fn rows(ui: &Ui, g: &Grant<ProblemRead>, q: &Query, w: &Wanted, c: &Arc<Calendar>, limit: i64) -> kernel::Result<Vec<Card>> {
    let (account, branches, f) = (g.account()?, led(g.caller()), q.filter());
    let asked = Wanted { limit, ..f.of(w, c, ui.today()) };
    let today = ui.today();
    let found = ui.db.read(async move |tx| {
        let rows = match f {
            Filter::Mine => list::mine(tx, account, &branches, asked.after, limit).await?,
            _ => list::page(tx, &asked).await?,
        };
        let led = secretaries(tx, &unnamed(&rows), today).await?;
        Ok((rows, led))
    });
    let (rows, led) = found.await?;
    Ok(rows.into_iter().map(|p| Card::of(c, today, p).under(&led)).collect())
}

/// Those that no person is named for.
fn unnamed<'a>(problems: impl IntoIterator<Item = &'a Problem>) -> Vec<&'a Problem> {
    problems.into_iter().filter(|p| p.owner_name.is_empty()).collect()
}

async fn columns_of(ui: &Ui, g: &Grant<ProblemRead>, q: &Query, w: &Wanted, c: &Arc<Calendar>) -> web::Result<Vec<Column>> {
    const STATES: [State; 4] = [State::Open, State::Doing, State::Review, State::Closed];
    if q.filter() == Filter::Mine {
        let mut all = rows(ui, g, q, w, c, 2 * PAGE).await?;
        let column = |state: State| {
            let cards: Vec<Card> = all.extract_if(.., |x| x.p.state.shelf() == state.shelf()).collect();
            Column { state, n: cards.len().to_string(), cards }
        };
        return Ok(STATES.into_iter().map(column).collect());
    }
    let today = ui.today();
    let asked = Wanted { after: list::START, limit: CARDS, ..q.filter().of(w, c, today) };
    let found = ui.db.read(async move |tx| {
        let mut all: Vec<(State, i64, Vec<Problem>)> = Vec::with_capacity(STATES.len());
        for state in STATES {
            let of = Wanted { which: Which::Shelf(state.shelf()), ..asked.clone() };
            all.push((state, list::count(tx, &of).await?, list::page(tx, &of).await?));
        }
        let led = secretaries(tx, &unnamed(all.iter().flat_map(|(_, _, rows)| rows)), today).await?;
        Ok((all, led))
    });
    let (all, led) = found.await?;
    let card = |p: Problem| Card::of(c, today, p).under(&led);
    let column = |(state, n, rows): (State, i64, Vec<Problem>)| Column { state, n: number(n), cards: rows.into_iter().map(card).collect() };
    Ok(all.into_iter().map(column).collect())
}

async fn chips(ui: &Ui, g: &Grant<ProblemRead>, q: &Query, w: &Wanted, c: &Arc<Calendar>) -> web::Result<Vec<Chip>> {
    let (account, branches) = (g.account()?, led(g.caller()));
    let view = if q.is_board() { "board" } else { "list" };
    let of = |f: Filter| Wanted { after: list::START, ..f.of(w, c, ui.today()) };
    let asked = [of(Filter::Open), of(Filter::Late), of(Filter::Soon), of(Filter::Closed), of(Filter::Withdrawn)];
    let counted = ui.db.read(async move |tx| {
        let mine = list::count_mine(tx, account, &branches).await?;
        let mut n = Vec::with_capacity(6);
        for a in &asked {
            n.push(list::count(tx, a).await?);
        }
        n.insert(3, mine);
        Ok(n)
    });
    let kinds = [
        (Filter::Open, ""),
        (Filter::Late, "alert"),
        (Filter::Soon, "clock"),
        (Filter::Mine, "me"),
        (Filter::Closed, "ok"),
        (Filter::Withdrawn, ""),
    ];
    // Hardly any are withdrawn: where there are none, nobody has to ask what that means.
    let shown = |(kind, n): &((Filter, &str), i64)| *n > 0 || kind.0 != Filter::Withdrawn || q.filter() == kind.0;
    let chip = |((f, icon), n)| Chip { f, icon, href: q.path(view, f), n: number(n) };
    Ok(kinds.into_iter().zip(counted.await?).filter(shown).map(chip).collect())
}

/// Beyond what is counted it is 999+.
fn number(n: i64) -> String {
    if n < COUNTED { n.to_string() } else { format!("{}+", COUNTED - 1) }
}

//! Pages of accounts, for the system administrator.
use super::{Issued, NewPerson, State, operations};
use crate::{PeopleManage, second_factor};
use access::{Account, Grant};
use askama::Template;
use kernel::{AccountId, Instant};
use serde::Deserialize;
use web::{Asked, At, Errors, Fields, Flash, Form, FormFields, Moment, Page, Pager, See, T, Ui};

const PAGE: i64 = 50;

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Query {
    q: String,
    after: String,
}

struct Line {
    account: Account,
    state: State,
}

#[derive(Template)]
#[template(path = "people/list.html")]
struct List {
    t: T,
    q: String,
    rows: Vec<Line>,
    pager: Pager,
}

impl List {
    /// What it is limited to.
    fn limits(&self) -> Vec<String> {
        Some(self.q.clone()).filter(|q| !q.is_empty()).into_iter().collect()
    }
}

pub async fn list(_: Grant<PeopleManage>, ui: Ui, Asked(q): Asked<Query>) -> web::Result<Page> {
    let (like, after, now) = (q.q.trim().to_owned(), q.after, Instant::now());
    let text = like.clone();
    let accounts = ui.db.read(async move |tx| operations::page(tx, &text, &after, PAGE).await).await?;
    let more = accounts.len() as i64 == PAGE;
    let pager = Pager { after: accounts.last().filter(|_| more).map(|a| next("/people", &like, &a.login)), ..Pager::default() };
    let rows = accounts.into_iter().map(|account| Line { state: State::of(&account, now), account }).collect();
    ui.page("accounts/people/list.html", "accounts-title", List { t: ui.t, q: like, rows, pager }).await
}

/// The address of the page after a sign-in name, of all accounts or of those that were looked for.
pub(crate) fn next(path: &str, like: &str, login: &str) -> String {
    format!("{path}?{}", serde_urlencoded::to_string([("q", like), ("after", login)]).unwrap_or_default())
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Typed {
    login: String,
    name: String,
}

#[derive(Template)]
#[template(path = "people/new.html")]
struct New {
    t: T,
    form: FormFields,
    typed: Typed,
    errors: Errors,
}

pub async fn new(_: Grant<PeopleManage>, ui: Ui) -> web::Result<Page> {
    new_page(&ui, Typed::default(), Errors::none()).await
}

/// Answers with the code itself: it is shown this once.
pub async fn create(grant: Grant<PeopleManage>, ui: Ui, Form(typed): Form<Typed>) -> web::Result<Page> {
    let wrong = NewPerson::faults(&typed.name, &typed.login);
    if !wrong.is_empty() {
        return new_page(&ui, typed, wrong.into()).await;
    }
    match operations::create(&ui.db, &grant, NewPerson::parse(&typed.name, &typed.login, None)?).await {
        Ok(issued) => new_accounts_page(&ui, &[issued], "/people").await,
        Err(e) if e.field.is_some() => new_page(&ui, typed, e.into()).await,
        Err(e) => Err(e.into()),
    }
}

async fn new_page(ui: &Ui, typed: Typed, errors: Errors) -> web::Result<Page> {
    let status = crate::status(&errors);
    let body = New { t: ui.t, form: ui.form(), typed, errors };
    Ok(ui.page("accounts/people/new.html", "account-new", body).await?.status(status))
}

#[derive(Template)]
#[template(path = "people/codes.html")]
struct Codes<'a> {
    t: T,
    issued: &'a [Issued],
    until: String,
    back: &'a str,
    /// They hold no role yet, and somebody else gives them one.
    wait: bool,
}

/// One-time codes, to be printed and cut. `back` is where the reader goes on.
///
/// # Errors
/// The engine's own, when the frame cannot be read.
pub async fn codes_page(ui: &Ui, issued: &[Issued], back: &str) -> web::Result<Page> {
    codes(ui, issued, back, false).await
}

/// The same of accounts that wait for their roles.
///
/// # Errors
/// As [`codes_page`].
pub async fn new_accounts_page(ui: &Ui, issued: &[Issued], back: &str) -> web::Result<Page> {
    codes(ui, issued, back, true).await
}

async fn codes(ui: &Ui, issued: &[Issued], back: &str, wait: bool) -> web::Result<Page> {
    let until = issued.first().map(|i| ui.clock().date_time(i.until)).unwrap_or_default();
    ui.page("accounts/people/codes.html", "codes-title", Codes { t: ui.t, issued, until, back, wait }).await
}

#[derive(Template)]
#[template(path = "people/show.html")]
struct Show {
    t: T,
    account: Account,
    state: State,
    until: Option<String>,
    own: bool,
    /// Another kind of administrator's, which is in no hand here.
    kept: bool,
    /// There is one.
    second_factor: bool,
    past: Vec<Moment>,
    form: FormFields,
    demo: bool,
}

pub async fn show(grant: Grant<PeopleManage>, ui: Ui, At((id,)): At<(AccountId,)>) -> web::Result<Page> {
    let hand = operations::Hand::of(&grant)?;
    let read = ui.db.read(async move |tx| {
        let account = access::by_id(tx, id).await?;
        Ok((account, hand.may(tx, id).await.is_err(), second_factor::is_set(tx, id).await?))
    });
    let (account, kept, second_factor) = read.await?;
    let state = State::of(&account, Instant::now());
    let until = account.code_until.map(|at| ui.clock().date_time(at));
    let own = grant.visitor_or_account() == Some(id);
    let past = super::past::past(&ui, &account).await?;
    let title = account.name.clone();
    ui.titled(
        "accounts/people/show.html",
        title,
        Show { t: ui.t, state, until, own, kept, second_factor, past, form: ui.form(), demo: ui.is_demo(), account },
    )
    .await
}

/// Answers with the new code: it is shown this once.
pub async fn renew(grant: Grant<PeopleManage>, ui: Ui, At((id,)): At<(AccountId,)>, _: Form<Fields>) -> web::Result<Page> {
    let issued = operations::renew(&ui.db, &grant, id).await?;
    codes_page(&ui, &[issued], &format!("/people/{id}")).await
}

pub async fn take_second_factor(grant: Grant<PeopleManage>, ui: Ui, At((id,)): At<(AccountId,)>, _: Form<Fields>) -> web::Result<See> {
    operations::take_second_factor(&ui.db, &grant, id).await?;
    Ok(See::to(format!("/people/{id}")).flash(&Flash::done("second-factor-now-taken")))
}

pub async fn disable(grant: Grant<PeopleManage>, ui: Ui, At((id,)): At<(AccountId,)>, _: Form<Fields>) -> web::Result<See> {
    operations::set_disabled(&ui.db, &grant, id, true).await?;
    let flash = Flash::done("account-now-disabled").undo(format!("/people/{id}/enabling"));
    Ok(See::to(format!("/people/{id}")).flash(&flash))
}

pub async fn enable(grant: Grant<PeopleManage>, ui: Ui, At((id,)): At<(AccountId,)>, _: Form<Fields>) -> web::Result<See> {
    operations::set_disabled(&ui.db, &grant, id, false).await?;
    Ok(See::to(format!("/people/{id}")).flash(&Flash::done("account-now-enabled")))
}

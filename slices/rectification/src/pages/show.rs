//! /problems/{problem}: what it is, how it came, what may be done next.
use super::evidence::subject;
use super::history::moments;
use super::owners::{Choice, choices};
use super::{Card, led};
use crate::problem::Problem;
use crate::problem::act::Plan;
use crate::problem::{owner, store};
use crate::{ProblemHandle, ProblemRead, ProblemVerify};
use access::Grant;
use accounts::calendar_now;
use askama::Template;
use files::FileRow;
use kernel::{AccountId, Error, ProblemId};
use web::{At, Crumb, Errors, FormFields, Moment, Page, See, StatusCode, T, Ui};

#[derive(Template)]
#[template(path = "problem/show.html")]
struct Show {
    t: T,
    form: FormFields,
    crumbs: Vec<Crumb>,
    card: Card,
    files: Vec<FileRow>,
    moments: Vec<Moment>,
    /// Whom the owner's field offers; nobody where the register has nobody, and then a name is typed.
    owners: Vec<Choice>,
    /// Who has an account there: what may be typed.
    people: Vec<(AccountId, String)>,
    /// What was typed, and what is wrong with it.
    typed: Typed,
    errors: Errors,
    undo: bool,
    /// Until when the branch itself may name a day, or that this day is over.
    due_hint: &'static str,
    may_handle: bool,
    /// Verifies here, as far as the post goes.
    may_verify: bool,
    /// And took no part in putting it right.
    apart: bool,
}

/// MB of a file.
const LARGEST: u64 = files::MAX_BYTES >> 20;

/// The forms of the page as they were sent.
#[derive(Clone, Default)]
pub struct Typed {
    pub owner: String,
    pub measure: String,
    pub due: String,
    pub text: String,
    pub reason: String,
    /// The mark of the plan that the form showed.
    pub seen: String,
}

/// A problem by its id; by its number, as people type it from paper, the way to there.
pub async fn page(grant: Grant<ProblemRead>, ui: Ui, At((said,)): At<(String,)>) -> web::Result<std::result::Result<Page, See>> {
    if let Ok(id) = ProblemId::parse(&said) {
        return Ok(Ok(shown(&grant, &ui, id, None, Errors::none()).await?));
    }
    let found = ui.db.read(async move |tx| store::of_number(tx, &grant, said.trim()).await).await?;
    Ok(Err(See::to(format!("/problems/{}", found.ok_or_else(Error::not_found)?.id))))
}

/// The page, with a form that was refused shown as it was typed.
///
/// # Errors
/// Not found out of reach.
pub async fn shown(grant: &Grant<ProblemRead>, ui: &Ui, id: ProblemId, typed: Option<Typed>, errors: Errors) -> web::Result<Page> {
    let (g, today) = (grant.clone(), ui.today());
    let (p, path, steps, files, people, all, secretaries) = ui
        .db
        .read(async move |tx| {
            let p = store::one(tx, &g, id).await?;
            let (people, path) = (owner::people(tx, &p).await?, tree::node(tx, p.org).await?.path);
            let (steps, all) = (store::steps(tx, id).await?, members::enrolled(tx, p.org).await?);
            let secretaries = owner::secretaries(tx, &[&p], today).await?;
            Ok((p, path, steps, files::cited(tx, &subject(id)).await?, people, all, secretaries))
        })
        .await?;
    let typed = typed.map_or_else(|| as_it_is(&p), |t| t.over(as_it_is(&p)));
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let title = p.title.clone();
    let card = Card::of(&*calendar_now(ui).await?, today, p).under(&secretaries);
    let secretary = secretaries.into_values().next();
    let p = &card.p;
    let body = Show {
        t: ui.t,
        form: ui.form(),
        crumbs: vec![Crumb::link(ui.t.text("menu-problems"), "/problems"), Crumb::here(&p.number)],
        moments: moments(ui.t, p, &steps),
        due_hint: if p.latest < today { "problem-due-hint-over" } else { "problem-due-hint" },
        undo: steps.last().is_some_and(|s| s.action.undoable() && s.account.is_some() && s.account == grant.visitor_or_account()),
        files,
        owners: choices(ui.t, &all, secretary.as_deref(), &typed.owner),
        people,
        typed,
        errors,
        may_handle: grant.also::<ProblemHandle>().is_some_and(|g| g.admits(&path).is_ok()),
        may_verify: grant.also::<ProblemVerify>().is_some_and(|g| g.admits(&path).is_ok()),
        apart: !card.is_of(grant.visitor_or_account(), &led(grant.caller())),
        card,
    };
    Ok(ui.titled("rectification/problem/show.html", title, body).await?.status(status))
}

fn as_it_is(p: &Problem) -> Typed {
    Typed { owner: p.owner_name.clone(), measure: p.measure.clone(), due: p.due.to_string(), seen: mark(p), ..Typed::default() }
}

fn mark(p: &Problem) -> String {
    web::seen(&[&p.owner_name, &p.measure, &p.due.to_string()])
}

impl Typed {
    /// A form that was sent says nothing of the fields of the others: they show what is so.
    fn over(self, now: Typed) -> Self {
        let planned = !(self.owner.is_empty() && self.measure.is_empty() && self.due.is_empty());
        if planned {
            Typed { seen: if self.seen.is_empty() { now.seen } else { self.seen }, ..self }
        } else {
            Typed { text: self.text, reason: self.reason, ..now }
        }
    }
    /// # Errors
    /// `date-format` at field `due`.
    pub fn plan(&self) -> kernel::Result<Plan> {
        let due = if self.due.is_empty() { None } else { Some(kernel::BusinessDate::parse(&self.due).map_err(|e| e.at("due"))?) };
        Ok(Plan { owner: self.owner.clone(), measure: self.measure.clone(), due })
    }
}

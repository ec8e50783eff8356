//! The forms of a member's page: posts, corrections, the branch, the standing; and finding by ID number.
use super::identity::IdNumber;
use super::show::{Sent, shown};
use super::status::Status;
use super::{ID_LOOKUP, NewMember, Typed, correct as correct_member, relocate as relocate_member, set_status, store};
use crate::search::{self, Query};
use crate::term::{self, NewTerm, Office};
use crate::{MemberRead, MemberWrite};
use access::Grant;
use audit::Event;
use kernel::{BusinessDate, Error, Kind, MemberId, Result, TermId};
use organisations::Organisation;
use serde::Deserialize;
use web::{At, Errors, Flash, Form, Page, See, StatusCode, Ui};

const REFUSED: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;

type Answer = web::Result<std::result::Result<See, Page>>;

pub async fn give_post(grant: Grant<MemberWrite>, ui: Ui, At((id,)): At<(MemberId,)>, Form(f): Form<Sent>) -> Answer {
    let done = give(&grant, &ui, id, &f).await;
    answer(&grant, &ui, id, f, done).await
}

/// What is wrong with the form; nothing, if the post was given.
async fn give(grant: &Grant<MemberWrite>, ui: &Ui, id: MemberId, f: &Sent) -> Result<Errors> {
    let mut errors = Errors::none();
    let office = errors.take(Office::parse(&f.post))?;
    let from = errors.take(until_today(&f.from, ui.today(), "from"))?;
    let to = match f.to.is_empty() {
        true => Some(None),
        false => errors.take(BusinessDate::written(&f.to).map_err(|e| e.at("to")))?.map(Some),
    };
    let (Some(office), Some(from), Some(to)) = (office, from, to) else { return Ok(errors) };
    let org = ui.db.read(async move |tx| Ok(store::any(tx, id).await?.org)).await?;
    let new = NewTerm { id: TermId::new(), member: id, org, office, from, to };
    // A roster calls the last day otherwise than this form.
    term::give(&ui.db, grant, new).await.map(|_| errors).map_err(|e| match e.field {
        Some("term_to") => e.at("to"),
        Some("term_from") => e.at("from"),
        _ => e,
    })
}

/// The register says what is, not what is planned.
fn until_today(field: &Option<String>, today: BusinessDate, at: &'static str) -> Result<BusinessDate> {
    let day = BusinessDate::written(field.as_deref().unwrap_or_default()).map_err(|e| e.at(at))?;
    if day > today { Err(Error::invalid("import-date-future").with("value", day).at(at)) } else { Ok(day) }
}

pub async fn end_post(grant: Grant<MemberWrite>, ui: Ui, At((id,)): At<(MemberId,)>, Form(f): Form<Sent>) -> Answer {
    let done = term::end(&ui.db, &grant, TermId::parse(&f.term)?, ui.today()).await.map(|()| Errors::none());
    answer(&grant, &ui, id, f, done).await
}

pub async fn correct(grant: Grant<MemberWrite>, ui: Ui, At((id,)): At<(MemberId,)>, Form(f): Form<Sent>) -> Answer {
    let done = corrected(&grant, &ui, id, &f).await;
    answer(&grant, &ui, id, f, done).await
}

async fn corrected(grant: &Grant<MemberWrite>, ui: &Ui, id: MemberId, f: &Sent) -> Result<Errors> {
    let g = grant.clone();
    let member = ui.db.read(async move |tx| {
        let member = store::any(tx, id).await?;
        g.admits(&tree::node(tx, member.org).await?.path)?;
        Ok(member)
    });
    let member = member.await?;
    let (name, joined) = (f.name.as_deref().unwrap_or_default(), f.join_date.as_deref().unwrap_or_default());
    let typed = Typed { name, status: &member.status, id_number: &f.id_number, joined, phone: &f.phone };
    let wrong = NewMember::faults(&typed, ui.today());
    if !wrong.is_empty() {
        return Ok(wrong.into());
    }
    let new = NewMember::parse_as(id, ui.app.keys(), member.org, &typed, ui.today())?;
    correct_member(&ui.db, grant, new, f.seen.as_deref().unwrap_or_default()).await.map(|()| Errors::none())
}

pub async fn relocate(grant: Grant<MemberWrite>, ui: Ui, At((id,)): At<(MemberId,)>, Form(f): Form<Sent>) -> Answer {
    let done = moved(&grant, &ui, id, &f).await;
    answer(&grant, &ui, id, f, done).await
}

async fn moved(grant: &Grant<MemberWrite>, ui: &Ui, id: MemberId, f: &Sent) -> Result<Errors> {
    let mut errors = Errors::none();
    let (reach, typed, chosen) = (grant.reach(), f.branch.clone(), f.branch_is.clone());
    let found = ui.db.read(async move |tx| organisations::meant(tx, &reach, &typed, &chosen, Organisation::is_branch).await).await?;
    let to = errors.one_of(Error::invalid("member-branch-unknown").at("branch"), found, Organisation::offered);
    let (Some(to), Some(day)) = (to, errors.take(until_today(&f.day, ui.today(), "day"))?) else { return Ok(errors) };
    relocate_member(&ui.db, grant, id, to.id, day).await.map(|()| errors)
}

pub async fn status(grant: Grant<MemberWrite>, ui: Ui, At((id,)): At<(MemberId,)>, Form(f): Form<Sent>) -> Answer {
    let status = Status::parse(f.status.as_deref().unwrap_or_default())?;
    let done = set_status(&ui.db, &grant, id, status, &f.reason, ui.today()).await.map(|()| Errors::none());
    answer(&grant, &ui, id, f, done).await
}

/// Back to the member; a form that was refused, or in which something is wrong, is shown again.
async fn answer(grant: &Grant<MemberWrite>, ui: &Ui, id: MemberId, mut f: Sent, done: Result<Errors>) -> Answer {
    // Whoever has read what stands now may send the form again.
    if done.as_ref().is_err_and(|e| e.key == "member-meanwhile") {
        f.seen = None;
    }
    match (done, grant.also::<MemberRead>()) {
        (Ok(errors), Some(read)) if !errors.is_empty() => Ok(Err(shown(&read, ui, id, f, errors).await?.status(REFUSED))),
        (Ok(_), _) => Ok(Ok(See::to(format!("/members/{id}")).flash(&Flash::done("member-changed")))),
        (Err(e), Some(read)) if matches!(e.kind, Kind::Invalid | Kind::Conflict) => {
            let status = if e.kind == Kind::Conflict { StatusCode::CONFLICT } else { REFUSED };
            Ok(Err(shown(&read, ui, id, f, e.into()).await?.status(status)))
        }
        (Err(e), _) => Err(e.into()),
    }
}

#[derive(Deserialize)]
pub struct Looked {
    id_number: String,
}

/// A form that posts, so that the number stands in no address and no log. Out of reach is the same as missing.
pub async fn look_up(grant: Grant<MemberRead>, ui: Ui, Form(f): Form<Looked>) -> Answer {
    let number = match IdNumber::parse(&f.id_number) {
        Ok(number) => number,
        Err(e) => return Ok(Err(search::shown(&grant, &ui, Query::default(), e.at("id_number").into()).await?.status(REFUSED))),
    };
    let lookup = ui.app.keys().lookup(ID_LOOKUP, number.secret());
    let g = grant.clone();
    let read = ui.db.read(async move |tx| {
        let Some(member) = store::by_lookup(tx, &lookup).await? else { return Ok(None) };
        Ok(g.admits(&tree::node(tx, member.org).await?.path).is_ok().then_some(member.id))
    });
    let found = read.await?;
    let object = found.map_or("members".to_owned(), |id| format!("member:{id}"));
    audit::note(&ui.db, &grant, Event::new("member.look-up", object)).await?;
    Ok(Ok(match found {
        Some(id) => See::to(format!("/members/{id}")),
        None => See::to("/search").flash(&Flash::failed(&Error::invalid("member-not-found"))),
    }))
}

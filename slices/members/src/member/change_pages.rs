//! What is changed on a member's page besides posts and standing: corrections, the branch; and finding by ID number.
use super::identity::IdNumber;
use super::{ID_LOOKUP, NewMember, Typed, correct as correct_member, relocate as relocate_member, store};
use crate::{MemberRead, MemberWrite};
use access::Grant;
use audit::Event;
use kernel::{BusinessDate, Error, MemberId};
use serde::Deserialize;
use web::{At, Flash, Form, See, Ui};

#[derive(Deserialize)]
pub struct Corrected {
    name: String,
    #[serde(default)]
    join_date: String,
    #[serde(default)]
    phone: String,
}

pub async fn correct(grant: Grant<MemberWrite>, ui: Ui, At((id,)): At<(MemberId,)>, Form(f): Form<Corrected>) -> web::Result<See> {
    let g = grant.clone();
    let member = ui.db.read(async move |tx| {
        let member = store::any(tx, id).await?;
        g.admits(&tree::node(tx, member.org).await?.path)?;
        Ok(member)
    });
    let member = member.await?;
    let typed = Typed { name: &f.name, status: &member.status, id_number: "", joined: &f.join_date, phone: &f.phone };
    let new = NewMember::parse_as(id, ui.app.keys(), member.org, &typed, ui.today())?;
    correct_member(&ui.db, &grant, new).await?;
    Ok(See::to(format!("/members/{id}")).flash(&Flash::done("member-changed")))
}

#[derive(Deserialize)]
pub struct Moved {
    branch: String,
    day: String,
}

pub async fn relocate(grant: Grant<MemberWrite>, ui: Ui, At((id,)): At<(MemberId,)>, Form(f): Form<Moved>) -> web::Result<See> {
    let (code, day) = (f.branch.trim().to_owned(), BusinessDate::parse(&f.day).map_err(|e| e.at("day"))?);
    let to = ui.db.read(async move |tx| organisations::by_code(tx, &code).await).await?;
    let to = to.ok_or_else(|| Error::invalid("member-branch-unknown").at("branch"))?;
    relocate_member(&ui.db, &grant, id, to.id, day).await?;
    Ok(See::to(format!("/members/{id}")).flash(&Flash::done("member-changed")))
}

#[derive(Deserialize)]
pub struct Looked {
    id_number: String,
}

/// A form that posts, so that the number stands in no address and no log. Out of reach is the same as missing.
pub async fn look_up(grant: Grant<MemberRead>, ui: Ui, Form(f): Form<Looked>) -> web::Result<See> {
    let lookup = ui.app.keys().lookup(ID_LOOKUP, IdNumber::parse(&f.id_number)?.secret());
    let g = grant.clone();
    let read = ui.db.read(async move |tx| {
        let Some(member) = store::by_lookup(tx, &lookup).await? else { return Ok(None) };
        Ok(g.admits(&tree::node(tx, member.org).await?.path).is_ok().then_some(member.id))
    });
    let found = read.await?;
    let object = found.map_or("members".to_owned(), |id| format!("member:{id}"));
    audit::note(&ui.db, &grant, Event::new("member.look-up", object)).await?;
    Ok(match found {
        Some(id) => See::to(format!("/members/{id}")),
        None => See::to("/search").flash(&Flash::failed(&Error::invalid("member-not-found"))),
    })
}

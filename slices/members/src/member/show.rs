//! /members/{member}: a member's posts and what may be changed. A refused form is shown again as it was typed.
use super::erasure::Ground;
use super::status::Status;
use super::store;
use crate::term::{self, Office};
use crate::{MemberErase, MemberRead, MemberWrite};
use access::Grant;
use askama::Template;
use kernel::{BusinessDate, MemberId};
use serde::Deserialize;
use web::{At, Crumb, Errors, FormFields, Moment, Page, T, Ui};

#[derive(Template)]
#[template(path = "member/show.html")]
struct Show {
    t: T,
    form: FormFields,
    crumbs: Vec<Crumb>,
    member: store::Member,
    status: &'static str,
    terms: Vec<term::store::Term>,
    offices: [Office; 7],
    statuses: [Status; 3],
    typed: Sent,
    errors: Errors,
    may_write: bool,
    /// Who has left may be erased; the others' page does not speak of it.
    grounds: Vec<Ground>,
    history: Vec<Moment>,
    today: BusinessDate,
}

/// What any of the page's forms may hold; a field that was not sent shows what is so now.
#[derive(Deserialize, Default, Clone)]
#[serde(default)]
pub struct Sent {
    pub name: Option<String>,
    pub join_date: Option<String>,
    pub id_number: String,
    pub phone: String,
    pub branch: String,
    #[serde(rename = "branch-is")]
    pub branch_is: String,
    pub day: Option<String>,
    pub status: Option<String>,
    pub reason: String,
    pub post: String,
    pub from: Option<String>,
    pub to: String,
    pub term: String,
    /// The mark of what the form of corrections showed.
    pub seen: Option<String>,
}

pub async fn page(grant: Grant<MemberRead>, ui: Ui, At((id,)): At<(MemberId,)>) -> web::Result<Page> {
    shown(&grant, &ui, id, Sent::default(), Errors::none()).await
}

/// # Errors
/// Not found out of reach.
pub async fn shown(grant: &Grant<MemberRead>, ui: &Ui, id: MemberId, sent: Sent, errors: Errors) -> web::Result<Page> {
    let g = grant.clone();
    let read = ui.db.read(async move |tx| {
        let member = store::any(tx, id).await?;
        let (org, _) = organisations::one(tx, &g, member.org).await?;
        let seen = member.seen(store::phone(tx, id).await?.as_deref());
        // Who has looked is the audit administrator's business.
        let mut past = audit::history(tx, &format!("member:{id}"), 50).await?;
        past.retain(|event| event.action != "member.look-up");
        Ok((org, member, seen, term::store::of_member(tx, id).await?, past))
    });
    let (org, member, seen, terms, past) = read.await?;
    let history = administration::history(ui, grant, past).await?;
    let crumbs = vec![
        Crumb::link(&org.name, format!("/orgs/{}", org.id)),
        Crumb::link(ui.t.text("members-title"), format!("/orgs/{}/members", org.id)),
        Crumb::here(&member.name),
    ];
    let status = Status::parse(&member.status).map_or("status-left", Status::text);
    let (title, typed) = (member.name.clone(), sent.or(&member, seen, ui.today()));
    let (offices, statuses, may_write) = (Office::ALL, Status::ALL, grant.also::<MemberWrite>().is_some());
    let erasable = member.has_left() && grant.also::<MemberErase>().is_some();
    let grounds = if erasable { Ground::ALL.to_vec() } else { Vec::new() };
    let body = Show {
        t: ui.t,
        form: ui.form(),
        crumbs,
        member,
        status,
        terms,
        offices,
        statuses,
        typed,
        errors,
        may_write,
        grounds,
        history,
        today: ui.today(),
    };
    ui.titled("members/member/show.html", title, body).await
}

impl Sent {
    fn or(self, member: &store::Member, seen: String, today: BusinessDate) -> Self {
        Self {
            name: self.name.or_else(|| Some(member.name.clone())),
            join_date: self.join_date.or_else(|| member.joined.map(|d| d.to_string())),
            day: self.day.or_else(|| Some(today.to_string())),
            status: self.status.or_else(|| Some(member.status.clone())),
            seen: self.seen.or(Some(seen)),
            from: self.from.or_else(|| Some(today.to_string())),
            ..self
        }
    }
}

/// A field as text.
fn said(field: &Option<String>) -> &str {
    field.as_deref().unwrap_or_default()
}

//! Changing an organisation: one page that states what each change does, one form for each. A refused form is shown
//! again as it was typed.
use super::kind::OrgKind;
use super::pages::look;
use super::store::{self, Organisation};
use super::{change, named};
use crate::OrganisationWrite;
use access::Grant;
use askama::Template;
use kernel::{BusinessDate, Error, Kind, OrgId, Result};
use serde::Deserialize;
use web::{At, Crumb, Errors, Flash, Form, FormFields, Page, See, StatusCode, T, Ui};

#[derive(Template)]
#[template(path = "organisation/edit.html")]
struct Edit {
    t: T,
    form: FormFields,
    crumbs: Vec<Crumb>,
    org: Organisation,
    today: BusinessDate,
    joint: bool,
    /// The form that was refused.
    sent: Option<Which>,
    typed: Changed,
    errors: Errors,
}

/// What any of the forms may hold; a field that was not sent shows what is so now.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Changed {
    name: Option<String>,
    day: Option<String>,
    parent_code: String,
    #[serde(rename = "parent_code-is")]
    parent_is: String,
    units: Option<String>,
    reason: String,
    /// The mark of the name that the form showed.
    seen: Option<String>,
}

/// The forms of the page. Three have a day: each input's id is its own, so that an error finds the right one.
#[derive(Clone, Copy)]
enum Which {
    Name,
    Place,
    Units,
    Closure,
}

impl Which {
    fn at(self, field: &'static str) -> &'static str {
        match (field, self) {
            ("day", Which::Name) => "name-day",
            ("day", Which::Place) => "place-day",
            ("day", Which::Closure) => "closure-day",
            _ => field,
        }
    }
}

type Answer = web::Result<std::result::Result<See, Page>>;

pub async fn page(grant: Grant<OrganisationWrite>, ui: Ui, At((id,)): At<(OrgId,)>) -> web::Result<Page> {
    shown(&grant, &ui, id, None, Changed::default(), Errors::none()).await
}

pub async fn rename(grant: Grant<OrganisationWrite>, ui: Ui, At((id,)): At<(OrgId,)>, Form(f): Form<Changed>) -> Answer {
    let mut errors = Errors::none();
    let name = errors.take(named(f.name.as_deref().unwrap_or_default()))?;
    let done = match (name, errors.take(f.day(ui.today()))?) {
        (Some(name), Some(day)) => change::rename(&ui.db, &grant, id, name, f.seen.as_deref().unwrap_or_default(), day).await,
        _ => Ok(()),
    };
    answer(&grant, &ui, id, f, done, errors, Which::Name).await
}

pub async fn relocate(grant: Grant<OrganisationWrite>, ui: Ui, At((id,)): At<(OrgId,)>, Form(f): Form<Changed>) -> Answer {
    let mut errors = Errors::none();
    let found = look(&ui, &grant, &f.parent_code, &f.parent_is).await?;
    let parent = errors.one_of(Error::invalid("org-parent-unknown").at("parent_code"), found, Organisation::offered);
    let done = match (parent, errors.take(f.day(ui.today()))?) {
        (Some(parent), Some(day)) => change::relocate(&ui.db, &grant, id, parent.id, day).await,
        _ => Ok(()),
    };
    answer(&grant, &ui, id, f, done, errors, Which::Place).await
}

pub async fn close(grant: Grant<OrganisationWrite>, ui: Ui, At((id,)): At<(OrgId,)>, Form(f): Form<Changed>) -> Answer {
    let mut errors = Errors::none();
    let reason = errors.take(change::reason(&f.reason))?;
    let done = match (reason, errors.take(f.day(ui.today()))?) {
        (Some(reason), Some(day)) => change::close(&ui.db, &grant, id, reason, day).await,
        _ => Ok(()),
    };
    answer(&grant, &ui, id, f, done, errors, Which::Closure).await
}

pub async fn joint_units(grant: Grant<OrganisationWrite>, ui: Ui, At((id,)): At<(OrgId,)>, Form(f): Form<Changed>) -> Answer {
    let done = match f.units.as_deref().unwrap_or_default().trim().parse() {
        Ok(units) => change::set_joint_units(&ui.db, &grant, id, units).await,
        Err(_) => Err(Error::invalid("org-joint-units").at("units")),
    };
    answer(&grant, &ui, id, f, done, Errors::none(), Which::Units).await
}

impl Changed {
    /// The tree says what is, not what is planned.
    fn day(&self, today: BusinessDate) -> Result<BusinessDate> {
        let day = BusinessDate::written(self.day.as_deref().unwrap_or_default()).map_err(|e| e.at("day"))?;
        if day > today { Err(Error::invalid("import-date-future").with("value", day).at("day")) } else { Ok(day) }
    }
}

impl Edit {
    /// The day in a form: what was sent, if it was this one.
    fn day(&self, id: &str) -> String {
        let sent = self.sent.filter(|which| which.at("day") == id).and(self.typed.day.clone());
        sent.unwrap_or_else(|| self.today.to_string())
    }
}

/// `errors` are those of the fields; where there are any, nothing was done.
async fn answer(
    grant: &Grant<OrganisationWrite>,
    ui: &Ui,
    id: OrgId,
    mut f: Changed,
    done: Result<()>,
    errors: Errors,
    which: Which,
) -> Answer {
    match done {
        Ok(()) if !errors.is_empty() => {
            let errors = errors.renamed(|field| which.at(field));
            Ok(Err(shown(grant, ui, id, Some(which), f, errors).await?.status(StatusCode::UNPROCESSABLE_ENTITY)))
        }
        Ok(()) => Ok(Ok(See::to(format!("/orgs/{id}")).flash(&Flash::done("org-changed")))),
        Err(mut e) if matches!(e.kind, Kind::Invalid | Kind::Conflict) => {
            let status = if e.kind == Kind::Conflict { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY };
            if e.key == "org-meanwhile" {
                // Whoever has read what stands now may send the form again.
                f.seen = None;
            }
            e.field = e.field.or(concerns(e.key)).map(|field| which.at(field));
            Ok(Err(shown(grant, ui, id, Some(which), f, e.into()).await?.status(status)))
        }
        Err(e) => Err(e.into()),
    }
}

/// The field that what the tree refuses is about.
fn concerns(key: &str) -> Option<&'static str> {
    match key {
        "org-move-before" | "org-parent-later" => Some("day"),
        "org-cycle" | "org-parent-closed" => Some("parent_code"),
        _ => None,
    }
}

async fn shown(
    grant: &Grant<OrganisationWrite>,
    ui: &Ui,
    id: OrgId,
    sent: Option<Which>,
    typed: Changed,
    errors: Errors,
) -> web::Result<Page> {
    let g = grant.clone();
    let read = ui.db.read(async move |tx| Ok((store::one(tx, &g, id).await?.0, store::joint_units(tx, id).await?)));
    let (org, units) = read.await?;
    let crumbs = vec![Crumb::link(&org.name, format!("/orgs/{id}")), Crumb::here(ui.t.text("org-edit"))];
    let joint = org.kind == OrgKind::JointBranch.code();
    let typed = Changed {
        name: typed.name.or_else(|| Some(org.name.clone())),
        seen: typed.seen.or_else(|| Some(web::seen(&[&org.name]))),
        units: typed.units.or_else(|| units.map(|n| n.to_string())),
        ..typed
    };
    let body = Edit { t: ui.t, form: ui.form(), crumbs, org, today: ui.today(), joint, sent, typed, errors };
    ui.page("organisations/organisation/edit.html", "org-edit", body).await
}

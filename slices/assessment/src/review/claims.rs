//! The branch's page of bonus claims, open while its self-assessment is.
use super::claim::{By, Claim, NewClaim, of_sheet, save as write, subject};
use super::hand;
use crate::SelfAssess;
use crate::sheet::context::{self, Context};
use crate::sheet::door;
use crate::sheet::evidence::receive;
use crate::sheet::rules::may_fill;
use access::{Grant, SignedIn};
use askama::Template;
use audit::Event;
use files::{FileRow, NewFile};
use kernel::{BusinessDate, Error, FileId, Instant, Kind, Points, Result, SheetId};
use serde::Deserialize;
use web::{At, Crumb, Errors, Flash, Form, FormFields, Page, See, StatusCode, T, Ui, Upload};

#[derive(Template)]
#[template(path = "review/claims.html")]
struct Claims {
    t: T,
    form: FormFields,
    crumbs: Vec<Crumb>,
    errors: Errors,
    context: Context,
    items: Vec<Item>,
    cap: Points,
    may_write: bool,
    note: String,
    today: BusinessDate,
}

struct Item {
    code: String,
    title: String,
    points: Points,
    asked: Vec<String>,
    count: String,
    reason: String,
    claimed: bool,
    /// Shown again with what was refused: its fields carry the names the summary links to.
    again: bool,
    files: Vec<FileRow>,
}

#[derive(Clone, Deserialize, Default)]
pub struct Typed {
    #[serde(default)]
    item: String,
    #[serde(default)]
    count: String,
    #[serde(default)]
    reason: String,
}

pub async fn page(grant: Grant<SignedIn>, ui: Ui, At((id,)): At<(SheetId,)>) -> web::Result<Page> {
    let context = door::open(&ui.db, &grant, id).await?.context;
    show(&ui, context, grant.also::<SelfAssess>().is_some(), Typed::default(), Errors::none()).await
}

pub async fn save(
    grant: Grant<SelfAssess>,
    ui: Ui,
    At((id,)): At<(SheetId,)>,
    Form(typed): Form<Typed>,
) -> web::Result<std::result::Result<See, Page>> {
    let context = context::of_grant(&ui.db, &grant, id).await?;
    match record(&ui, &grant, &context, &typed).await {
        Ok(()) => Ok(Ok(See::to(format!("/sheets/{id}/claims")).flash(&Flash::done("claim-saved")))),
        Err(e) if e.field.is_some() => {
            let page = show(&ui, context, true, typed, e.into()).await?;
            Ok(Err(page.status(StatusCode::UNPROCESSABLE_ENTITY)))
        }
        Err(e) => Err(e.into()),
    }
}

async fn record(ui: &Ui, grant: &Grant<SelfAssess>, context: &Context, typed: &Typed) -> Result<()> {
    let new = NewClaim::parse(&context.scheme, &typed.item, &typed.count, &typed.reason)?;
    let (hand, at, c) = (hand(ui, grant)?, Instant::now(), context.clone());
    audit::change(&ui.db, grant, async move |tx| {
        // Asked inside: the sheet may have been handed in meanwhile.
        may_fill(&c.cycle, &crate::sheet::store::any(tx, c.sheet.id).await?, hand.today)?;
        let by = By { sheet: c.sheet.id, org: c.sheet.org, account: hand.account, name: &hand.name, at };
        Ok(((), write(tx, &new, &by).await?))
    })
    .await
}

pub async fn upload(
    grant: Grant<SelfAssess>,
    ui: Ui,
    At((id, item)): At<(SheetId, String)>,
    mut upload: Upload,
) -> web::Result<std::result::Result<See, Page>> {
    let context = writable(&ui, &grant, id, &item).await?;
    let (stored, effective) = match receive(&ui, &mut upload).await {
        Ok(received) => received,
        // Every item has such fields, so the summary alone says it.
        Err(e) if e.kind == Kind::Invalid => {
            let page = show(&ui, context, true, Typed::default(), Error { field: None, ..e }.into()).await?;
            return Ok(Err(page.status(StatusCode::UNPROCESSABLE_ENTITY)));
        }
        Err(e) => return Err(e.into()),
    };
    let org = context.sheet.org;
    let file = NewFile { id: FileId::new(), stored, org, account: Some(grant.account()?), effective, received: Instant::now() };
    audit::change(&ui.db, &grant, async move |tx| {
        files::record(tx, &file).await?;
        files::cite(tx, file.id, &subject(id, &item), org).await?;
        Ok(((), Event::new("evidence.add", format!("sheet:{id}")).at(org).with("claim", &item).with("file", file.id)))
    })
    .await?;
    Ok(Ok(See::to(format!("/sheets/{id}/claims")).flash(&Flash::done("evidence-added"))))
}

#[derive(Deserialize)]
pub struct Cited {
    file: String,
}

/// Takes a file from this claim; the file itself stays.
pub async fn uncite(grant: Grant<SelfAssess>, ui: Ui, At((id, item)): At<(SheetId, String)>, Form(f): Form<Cited>) -> web::Result<See> {
    let context = writable(&ui, &grant, id, &item).await?;
    let (file, org) = (FileId::parse(&f.file)?, context.sheet.org);
    audit::change(&ui.db, &grant, async move |tx| {
        if !files::uncite(tx, file, &subject(id, &item)).await? {
            return Err(Error::not_found().into());
        }
        Ok(((), Event::new("evidence.uncite", format!("sheet:{id}")).at(org).with("claim", &item).with("file", file)))
    })
    .await?;
    Ok(See::to(format!("/sheets/{id}/claims")).flash(&Flash::done("evidence-removed")))
}

/// A sheet whose claims may be changed now, and an item its scheme knows.
async fn writable(ui: &Ui, grant: &Grant<SelfAssess>, id: SheetId, item: &str) -> Result<Context> {
    let context = context::of_grant(&ui.db, grant, id).await?;
    may_fill(&context.cycle, &context.sheet, ui.today())?;
    context.scheme.bonus.items.iter().find(|i| i.code == item).ok_or_else(Error::not_found)?;
    Ok(context)
}

async fn show(ui: &Ui, context: Context, may: bool, typed: Typed, errors: Errors) -> web::Result<Page> {
    let (id, scheme) = (context.sheet.id, context.scheme.clone());
    let items = ui
        .db
        .read(async move |tx| {
            let claims = of_sheet(tx, id).await?;
            let mut items = Vec::with_capacity(scheme.bonus.items.len());
            for i in &scheme.bonus.items {
                let files = files::cited(tx, &subject(id, &i.code)).await?;
                items.push(item(i, claims.iter().find(|c| c.item == i.code), files, &typed));
            }
            Ok(items)
        })
        .await?;
    let closed = may_fill(&context.cycle, &context.sheet, ui.today()).err();
    let body = Claims {
        t: ui.t,
        form: ui.form(),
        crumbs: vec![Crumb::link(&context.sheet.name, format!("/sheets/{id}")), Crumb::here(ui.t.text("claims-title"))],
        errors,
        items,
        cap: context.scheme.bonus.cap,
        may_write: may && closed.is_none(),
        note: closed.map(|e| ui.t.of(&e).to_string()).unwrap_or_default(),
        today: ui.today(),
        context,
    };
    ui.page("assessment/review/claims.html", "claims-title", body).await
}

fn item(item: &scheme::AdjustmentItem, claim: Option<&Claim>, files: Vec<FileRow>, typed: &Typed) -> Item {
    let again = (typed.item == item.code).then(|| (typed.count.clone(), typed.reason.clone()));
    let refused = again.is_some();
    let (count, reason) = again.or_else(|| claim.map(|c| (c.count.to_string(), c.reason.clone()))).unwrap_or_default();
    Item {
        code: item.code.clone(),
        title: item.title.clone(),
        points: item.points,
        asked: item.evidence.clone(),
        count,
        reason,
        claimed: claim.is_some(),
        again: refused,
        files,
    }
}

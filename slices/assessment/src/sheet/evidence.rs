//! Evidence of an indicator: files given once and cited anywhere. Never compulsory, photos least of all.
use super::context::{self, Context};
use super::door::{self, Opened};
use super::rules::may_fill;
use crate::SelfAssess;
use access::{Grant, SignedIn};
use askama::Template;
use audit::Event;
use db::{Result as Read, Tx};
use files::{FileRow, NewFile, Store};
use kernel::{BusinessDate, Error, FileId, Instant, Kind, Result, SheetId};
use serde::Deserialize;
use std::collections::HashMap;
use web::{At, Crumb, Errors, Flash, Form, FormFields, Page, See, StatusCode, T, Ui, Upload};

/// The subject under which a sheet's indicator cites its files.
pub fn subject(sheet: SheetId, indicator: &str) -> String {
    format!("score/{sheet}/{indicator}")
}

/// How many files each indicator has.
///
/// # Errors
/// The engine's own.
pub async fn pieces(tx: &mut Tx<'_>, context: &Context) -> Read<HashMap<String, i64>> {
    let mut all = HashMap::new();
    for (subject, n) in files::counted(tx, &format!("score/{}/", context.sheet.id)).await? {
        if let Some(code) = subject.rsplit('/').next() {
            all.insert(code.to_owned(), n);
        }
    }
    Ok(all)
}

#[derive(Template)]
#[template(path = "sheet/evidence.html")]
struct Evidence {
    t: T,
    form: FormFields,
    crumbs: Vec<Crumb>,
    context: Context,
    code: String,
    title: String,
    asked: Vec<String>,
    /// Each with when it was received.
    files: Vec<(FileRow, String)>,
    /// Files of the branch that this indicator does not cite yet.
    others: Vec<FileRow>,
    may_add: bool,
    today: BusinessDate,
    errors: Errors,
}

pub async fn page(grant: Grant<SignedIn>, ui: Ui, At((id, code)): At<(SheetId, String)>) -> web::Result<Page> {
    shown(&grant, &ui, id, code, Errors::none()).await
}

async fn shown(grant: &Grant<SignedIn>, ui: &Ui, id: SheetId, code: String, errors: Errors) -> web::Result<Page> {
    let Opened { context, given } = door::open(&ui.db, grant, id).await?;
    let indicator = context.scheme.indicator(&code).cloned().ok_or_else(Error::not_found)?;
    let (org, name) = (context.sheet.org, subject(id, &code));
    let (files, others) = ui
        .db
        .read(async move |tx| {
            let cited = files::cited(tx, &name).await?;
            let mut all = files::of_org(tx, org, None, 50).await?;
            all.retain(|f| !cited.iter().any(|c| c.id == f.id));
            Ok((cited, all))
        })
        .await?;
    let fills = grant.also::<SelfAssess>().is_some();
    let may_add = fills && may_fill(&context.cycle, &context.sheet, ui.today()).is_ok();
    let back = match given.first() {
        Some(layer) => format!("/sheets/{id}/{}", layer.name()),
        None if fills => format!("/sheets/{id}/self"),
        None => format!("/sheets/{id}"),
    };
    let crumbs = vec![Crumb::link(&context.sheet.name, back), Crumb::here(format!("{code} {}", indicator.title))];
    let body = Evidence {
        t: ui.t,
        form: ui.form(),
        crumbs,
        code,
        title: indicator.title,
        asked: indicator.evidence,
        files: files.into_iter().map(|f| (f.clone(), ui.clock().business_time(f.received))).collect(),
        others,
        may_add,
        today: ui.today(),
        errors,
        context,
    };
    ui.page("assessment/sheet/evidence.html", "evidence-title", body).await
}

/// Back to the list; a file or a date that cannot be taken is said beside its field.
pub async fn upload(
    grant: Grant<SelfAssess>,
    ui: Ui,
    At((id, code)): At<(SheetId, String)>,
    mut upload: Upload,
) -> web::Result<std::result::Result<See, Page>> {
    match (take(&grant, &ui, id, code.clone(), &mut upload).await, grant.also::<SignedIn>()) {
        (Ok(()), _) => Ok(Ok(See::to(ui.visit.path.clone()).flash(&Flash::done("evidence-added")))),
        (Err(e), Some(reader)) if e.kind == Kind::Invalid => {
            let e = if e.field.is_some() { e } else { e.at("file") };
            Ok(Err(shown(&reader, &ui, id, code, e.into()).await?.status(StatusCode::UNPROCESSABLE_ENTITY)))
        }
        (Err(e), _) => Err(e.into()),
    }
}

async fn take(grant: &Grant<SelfAssess>, ui: &Ui, id: SheetId, code: String, upload: &mut Upload) -> Result<()> {
    let context = context::of_grant(&ui.db, grant, id).await?;
    context.scheme.indicator(&code).ok_or_else(Error::not_found)?;
    // What was handed in stands, its evidence too.
    may_fill(&context.cycle, &context.sheet, ui.today())?;
    let (stored, effective) = receive(ui, upload).await?;
    let file =
        NewFile { id: FileId::new(), stored, org: context.sheet.org, account: Some(grant.account()?), effective, received: Instant::now() };
    let (sheet, org) = (context.sheet.id, context.sheet.org);
    audit::change(&ui.db, grant, async move |tx| {
        files::record(tx, &file).await?;
        files::cite(tx, file.id, &subject(sheet, &code), org).await?;
        let event = Event::new("evidence.add", format!("sheet:{sheet}")).at(org).with("indicator", &code).with("file", file.id);
        Ok(((), event))
    })
    .await
}

/// The parts of the upload form: the day it was true, then the file.
pub(crate) async fn receive(ui: &Ui, upload: &mut Upload) -> Result<(files::Stored, BusinessDate)> {
    let store = Store::open(ui.app.files())?;
    let mut effective = ui.today();
    while let Some(mut part) = upload.part().await? {
        match part.name() {
            Some("effective") => {
                let text = web::word(&mut part).await?;
                effective = BusinessDate::parse(&text).map_err(|e| e.at("effective"))?;
                if effective > ui.today() {
                    return Err(Error::invalid("date-future").at("effective"));
                }
            }
            Some("file") => {
                let mut incoming = store.begin(part.file_name().unwrap_or("file"))?;
                while let Some(chunk) = part.chunk().await.map_err(|_| Error::invalid("file-broken-off"))? {
                    incoming.write(&chunk)?;
                }
                return Ok((incoming.finish().await?, effective));
            }
            _ => {}
        }
    }
    Err(Error::invalid("file-missing").at("file"))
}

#[derive(Deserialize)]
pub struct Cited {
    file: String,
}

/// 从已有材料选: the file is there already; only the citation is new.
pub async fn cite(grant: Grant<SelfAssess>, ui: Ui, At((id, code)): At<(SheetId, String)>, Form(f): Form<Cited>) -> web::Result<See> {
    let context = context::of_grant(&ui.db, &grant, id).await?;
    context.scheme.indicator(&code).ok_or_else(Error::not_found)?;
    may_fill(&context.cycle, &context.sheet, ui.today())?;
    let (file, org, to) = (FileId::parse(&f.file)?, context.sheet.org, format!("/sheets/{id}/evidence/{code}"));
    audit::change(&ui.db, &grant, async move |tx| {
        if files::one(tx, file).await?.org != org {
            return Err(Error::not_found().into());
        }
        files::cite(tx, file, &subject(id, &code), org).await?;
        Ok(((), Event::new("evidence.cite", format!("sheet:{id}")).at(org).with("indicator", &code).with("file", file)))
    })
    .await?;
    Ok(See::to(to).flash(&Flash::done("evidence-added")))
}

/// Takes a file from this indicator; the file itself stays.
pub async fn uncite(grant: Grant<SelfAssess>, ui: Ui, At((id, code)): At<(SheetId, String)>, Form(f): Form<Cited>) -> web::Result<See> {
    let context = context::of_grant(&ui.db, &grant, id).await?;
    may_fill(&context.cycle, &context.sheet, ui.today())?;
    let (file, org, to) = (FileId::parse(&f.file)?, context.sheet.org, format!("/sheets/{id}/evidence/{code}"));
    audit::change(&ui.db, &grant, async move |tx| {
        if !files::uncite(tx, file, &subject(id, &code)).await? {
            return Err(Error::not_found().into());
        }
        Ok(((), Event::new("evidence.uncite", format!("sheet:{id}")).at(org).with("indicator", &code).with("file", file)))
    })
    .await?;
    Ok(See::to(to).flash(&Flash::done("evidence-removed")))
}

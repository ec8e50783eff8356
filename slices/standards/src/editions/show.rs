//! /standards/{code} and /standards/{code}/v/{version}: one edition with its articles.
use super::list::{Standing, standing};
use super::store;
use super::tree::{ChapterView, Names, tree};
use crate::edition::{Code, Edition, in_force};
use crate::published::published;
use access::{Grant, SignedIn};
use askama::Template;
use kernel::{BusinessDate, Error};
use serde::Deserialize;
use std::sync::Arc;
use web::{Asked, At, Page, T, Ui};

#[derive(Deserialize, Default)]
pub struct Only {
    only: Option<String>,
    on: Option<String>,
}

#[derive(Template)]
#[template(path = "edition/show.html")]
struct Show {
    t: T,
    edition: Arc<Edition>,
    standing: Standing,
    chapters: Vec<ChapterView>,
    /// All editions of the code, newest first.
    versions: Vec<Version>,
    only_local: bool,
    /// `None` where no article links to a higher regulation.
    local: Option<usize>,
    unchecked: usize,
    published: Option<String>,
}

struct Version {
    version: String,
    from: String,
    to: Option<BusinessDate>,
    standing: Standing,
    /// Against the edition before it.
    diff: Option<String>,
    here: bool,
}

/// The edition in force on a day (today unless asked); before the first one began, that one.
pub async fn by_code(_: Grant<SignedIn>, ui: Ui, At((code,)): At<(Code,)>, Asked(q): Asked<Only>) -> web::Result<Page> {
    let on = q.on.as_deref().filter(|d| !d.is_empty()).map(BusinessDate::parse).transpose()?.unwrap_or_else(|| ui.today());
    let all = store::editions(&ui.db).await?;
    let of_code: Vec<&Edition> = all.iter().map(|(_, e)| e.as_ref()).filter(|e| e.head.code == code).collect();
    let begun = of_code.iter().rev().find(|e| e.head.effective_from.day() <= on);
    let chosen = in_force(of_code.iter().copied(), on).first().copied().or(begun.copied()).or(of_code.first().copied());
    let version = chosen.ok_or_else(Error::not_found)?.head.version.clone();
    page(&ui, &code, &version, &q).await
}

pub async fn by_version(_: Grant<SignedIn>, ui: Ui, At((code, version)): At<(Code, Code)>, Asked(q): Asked<Only>) -> web::Result<Page> {
    page(&ui, &code, &version, &q).await
}

async fn page(ui: &Ui, code: &Code, version: &Code, q: &Only) -> web::Result<Page> {
    let id = store::id_of(&ui.db, code, version).await?;
    let edition = store::edition(&ui.db, id).await?;
    let published = published(ui, format!("edition:{id}"), "edition.publish").await?;
    let (all, today) = (store::editions(&ui.db).await?, ui.today());
    let valid = in_force(all.iter().map(|(_, e)| e.as_ref()), today);
    let only_local = q.only.as_deref() == Some("local");
    let chapters = tree(&Names { t: ui.t, valid: &valid }, &edition, only_local);
    let of_code: Vec<_> = all.iter().filter(|(_, e)| e.head.code == *code).map(|(_, e)| e.clone()).collect();
    let line = |(i, e): (usize, &Arc<Edition>)| Version {
        version: e.head.version.to_string(),
        from: e.head.effective_from.to_string(),
        to: e.head.effective_to,
        standing: standing(&all, e, today),
        diff: i.checked_sub(1).and_then(|i| of_code.get(i)).map(|before| diff_href(before, e)),
        here: e.head.version == *version,
    };
    let versions = of_code.iter().enumerate().map(line).rev().collect();
    let (local, unchecked) = (edition.has_links().then(|| edition.local_only().count()), edition.unchecked());
    let (title, standing) = (edition.head.title.clone(), standing(&all, &edition, today));
    let body = Show { t: ui.t, edition, standing, chapters, versions, only_local, local, unchecked, published };
    ui.titled("standards/edition/show.html", title, body).await
}

fn diff_href(old: &Edition, new: &Edition) -> String {
    format!("/standards/{}/diff?from={}&to={}", new.head.code, old.head.version, new.head.version)
}

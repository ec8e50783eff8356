//! The JSON face of /standards: what is in force on a day, and one edition with its articles.
use super::store;
use crate::edition::{Body, Code, Edition, Place, in_force};
use access::{Grant, SignedIn};
use kernel::BusinessDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use web::{Asked, At, Json, Ui};

#[derive(Deserialize, Default)]
pub struct On {
    on: Option<String>,
}

/// An edition without its articles.
#[derive(Serialize, ToSchema)]
pub struct EditionHead {
    code: String,
    version: String,
    title: String,
    /// `regulation`, `rules`, `provisions`, `standard`, `star-rules` or `other`
    kind: &'static str,
    /// As exactly as it is known: `2018-10-28`, `2016-04` or `2008`
    effective_from: String,
    /// The last day in force
    effective_to: Option<String>,
    /// `checked` or `unchecked`
    check: &'static str,
    source: Option<String>,
    /// Whether a number that is absent does not exist
    whole: bool,
    /// Invented, to show how things work
    sample: bool,
    articles: usize,
}

#[derive(Serialize, ToSchema)]
pub struct EditionWhole {
    #[serde(flatten)]
    head: EditionHead,
    article: Vec<EditionArticle>,
}

#[derive(Serialize, ToSchema)]
pub struct EditionArticle {
    number: u16,
    chapter: Option<u16>,
    heading: Option<String>,
    /// Its own words
    text: Option<String>,
    /// What it says, in our words
    summary: Option<String>,
    /// `f`, `f2` or `k`
    confidence: Option<&'static str>,
    check: &'static str,
    /// Places of higher regulations it carries out
    higher: Vec<String>,
}

/// What is in force on a day (today unless asked).
#[utoipa::path(get, path = "/api/v1/standards", params(("on" = Option<String>, Query, description = "A day, 2018-10-28")),
    responses((status = 200, body = Vec<EditionHead>)))]
pub async fn list(_: Grant<SignedIn>, ui: Ui, Asked(q): Asked<On>) -> web::Result<Json<Vec<EditionHead>>> {
    let on = q.on.as_deref().filter(|d| !d.is_empty()).map(BusinessDate::parse).transpose()?.unwrap_or_else(|| ui.today());
    let all = store::editions(&ui.db).await?;
    Ok(Json(in_force(all.iter().map(|(_, e)| e.as_ref()), on).into_iter().map(head).collect()))
}

/// One edition with its articles.
#[utoipa::path(get, path = "/api/v1/standards/{code}/{version}", params(("code" = String, Path), ("version" = String, Path)),
    responses((status = 200, body = EditionWhole)))]
pub async fn show(_: Grant<SignedIn>, ui: Ui, At((code, version)): At<(Code, Code)>) -> web::Result<Json<EditionWhole>> {
    let edition = store::edition(&ui.db, store::id_of(&ui.db, &code, &version).await?).await?;
    Ok(Json(EditionWhole { head: head(&edition), article: articles(&edition) }))
}

fn head(e: &Edition) -> EditionHead {
    let h = &e.head;
    EditionHead {
        code: h.code.to_string(),
        version: h.version.to_string(),
        title: h.title.clone(),
        kind: h.kind.code(),
        effective_from: h.effective_from.to_string(),
        effective_to: h.effective_to.map(|d| d.to_string()),
        check: h.check.code(),
        source: h.source.clone(),
        whole: h.whole,
        sample: h.sample,
        articles: e.articles.len(),
    }
}

fn articles(e: &Edition) -> Vec<EditionArticle> {
    let one = |a: &crate::edition::Article| EditionArticle {
        number: a.number,
        chapter: a.chapter,
        heading: a.heading.clone(),
        text: if let Body::Text(t) = &a.body { Some(t.clone()) } else { None },
        summary: if let Body::Summary(s) = &a.body { Some(s.clone()) } else { None },
        confidence: a.confidence.map(|c| c.code()),
        check: a.check.code(),
        higher: a.higher.iter().map(Place::to_string).collect(),
    };
    e.articles.iter().map(one).collect()
}

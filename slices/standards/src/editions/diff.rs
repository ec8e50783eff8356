//! /standards/{code}/diff?from=&to=: two editions, article by article.
use super::store;
use super::tree::article_name;
use crate::edition::{Change, Code, Compared, Edition, Piece, Tally, difference, tally};
use access::{Grant, SignedIn};
use askama::Template;
use kernel::Error;
use serde::Deserialize;
use std::sync::Arc;
use web::{Asked, At, Page, T, Ui};

#[derive(Deserialize, Default)]
pub struct Pair {
    from: Option<String>,
    to: Option<String>,
}

#[derive(Template)]
#[template(path = "edition/diff.html")]
struct Diff {
    t: T,
    old: Arc<Edition>,
    new: Arc<Edition>,
    /// Versions to choose from, oldest first.
    versions: Vec<String>,
    tally: Tally,
    lines: Vec<Line>,
}

struct Line {
    old: Option<String>,
    new: Option<String>,
    tag: &'static str,
    change: &'static str,
    pieces: Vec<Piece>,
}

pub async fn diff(_: Grant<SignedIn>, ui: Ui, At((code,)): At<(Code,)>, Asked(q): Asked<Pair>) -> web::Result<Page> {
    let all = store::editions(&ui.db).await?;
    let of_code: Vec<Arc<Edition>> = all.into_iter().map(|(_, e)| e).filter(|e| e.head.code == code).collect();
    let named = |wanted: &str| of_code.iter().find(|e| e.head.version.as_str() == wanted).cloned();
    // Unless asked otherwise, the newest against the one before it.
    let new = q.to.as_deref().map_or_else(|| of_code.last().cloned(), named).ok_or_else(Error::not_found)?;
    let before = of_code.iter().rev().find(|e| e.head.effective_from < new.head.effective_from).or(of_code.first()).cloned();
    let old = q.from.as_deref().map_or_else(|| before, named).ok_or_else(Error::not_found)?;
    let compared = difference(&old, &new);
    let (tally, lines) = (tally(&compared), compared.iter().map(|c| line(ui.t, c)).collect());
    let versions = of_code.iter().map(|e| e.head.version.to_string()).collect();
    let body = Diff { t: ui.t, old: old.clone(), new: new.clone(), versions, tally, lines };
    ui.page("standards/edition/diff.html", "diff-title", body).await
}

fn line(t: T, c: &Compared<'_>) -> Line {
    let (tag, change) = match c.change {
        Change::Added => ("ok", "diff-added"),
        Change::Removed => ("bad", "diff-removed"),
        Change::Changed => ("warn", "diff-changed"),
        Change::Moved => ("info", "diff-moved"),
        Change::Same => ("", "diff-same"),
        Change::Unknown => ("warn", "diff-unknown"),
    };
    let words = |a: Option<&crate::edition::Article>| a.and_then(|a| a.body.words()).unwrap_or_default().to_owned();
    let pieces = match c.change {
        Change::Changed => c.pieces.clone(),
        Change::Added => vec![Piece::Added(words(c.new))],
        Change::Removed => vec![Piece::Removed(words(c.old))],
        Change::Moved | Change::Same => vec![Piece::Kept(words(c.new))],
        Change::Unknown => Vec::new(),
    };
    Line { old: c.old.map(|a| article_name(t, a.number)), new: c.new.map(|a| article_name(t, a.number)), tag, change, pieces }
}

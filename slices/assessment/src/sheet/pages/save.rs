//! What a posted sheet holds: one field (the script saves as one types), or all of them.
use super::view::Refused;
use super::{build_part, may};
use crate::sheet::context::Context;
use crate::sheet::entry::Entry;
use crate::sheet::write::{Hand, Saved, save};
use access::{Grant, Permission};
use audit::{Author, Part};
use facts::Suppliers;
use kernel::{Error, Kind, Points, Result};
use scoring::Layer;
use std::collections::BTreeMap;
use web::{Errors, Fields, Page, StatusCode, Ui};

/// The fields of a sheet by indicator: score, reason, the revision that was seen.
#[derive(Default, Clone, Debug)]
pub struct Typed {
    pub score: String,
    pub reason: String,
    pub seen: i64,
    pub has_score: bool,
}

/// Reads `s-A1`, `r-A1`, `v-A1`; everything else is not the sheet's.
pub fn typed(fields: &Fields) -> BTreeMap<String, Typed> {
    let mut all: BTreeMap<String, Typed> = BTreeMap::new();
    for (name, value) in fields {
        let Some((kind, code)) = name.split_once('-') else { continue };
        let entry = all.entry(code.to_owned());
        match kind {
            "s" => {
                let e = entry.or_default();
                (e.score, e.has_score) = (value.trim().to_owned(), true);
            }
            "r" => entry.or_default().reason = value.trim().to_owned(),
            "v" => entry.or_default().seen = value.parse().unwrap_or(0),
            _ => {}
        }
    }
    all
}

pub fn value<'a>(fields: &'a Fields, name: &str) -> Option<&'a str> {
    fields.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str())
}

/// Who writes on this page.
pub fn hand<P: Permission>(ui: &Ui, grant: &Grant<P>) -> Result<Hand> {
    Ok(Hand { account: Some(grant.account()?), name: grant.caller().name().to_owned(), source: "page", today: ui.today() })
}

/// Saves the one field the script sent; answers the totals and the field's new revision.
pub async fn one<P: Permission>(ui: &Ui, grant: &Grant<P>, context: &Context, layer: Layer, fields: &Fields) -> web::Result<Page> {
    let field = value(fields, "field").unwrap_or_default().to_owned();
    let code = field.split_once('-').map(|(_, c)| c.to_owned()).unwrap_or_default();
    let mut t = typed(fields).remove(&code).unwrap_or_default();
    t.seen = value(fields, "rev").and_then(|v| v.parse().ok()).unwrap_or(0);
    match write(ui, (grant, grant), context, layer, &code, &t).await {
        Ok(saved) => build_part(ui, context, layer, saved, &code).await,
        Err(e) if not_the_form_s(&e) => Err(e.into()),
        Err(error) => Ok(refusal(ui, &field, &error)),
    }
}

/// The sentence beside the field; with both values if somebody else was quicker.
fn refusal(ui: &Ui, field: &str, error: &Error) -> Page {
    let arg = |name: &str| error.args.iter().find(|(n, _)| *n == name).map(|(_, v)| v.clone()).unwrap_or_default();
    let (escape, text) = (askama::filters::escape, ui.t.of(error).to_string());
    let text = escape(&text, askama::filters::Html).map(|s| s.to_string()).unwrap_or_default();
    if matches!(error.key, "score-meanwhile" | "score-cleared") {
        let (theirs, rev) = (arg("theirs"), arg("rev"));
        let html = format!("<div data-conflict-for=\"{field}\" data-rev=\"{rev}\" data-theirs=\"{theirs}\">{text}</div>");
        return Page::bare(html).status(StatusCode::CONFLICT);
    }
    Page::bare(format!("<p data-error-for=\"{field}\">{text}</p>")).status(StatusCode::UNPROCESSABLE_ENTITY)
}

/// What became of a sheet that was sent as a whole: each indicator is saved or refused on its own.
#[derive(Default)]
pub struct Kept {
    pub saved: usize,
    pub errors: Errors,
    pub refused: Refused,
}

/// Saves every field that differs from what is stored; answers how many, and those that were refused.
pub async fn all<P: Permission>(ui: &Ui, grant: &Grant<P>, context: &Context, layer: Layer, fields: &Fields) -> Result<Kept> {
    let sheet = context.sheet.id;
    let stored = ui.db.read(async move |tx| crate::score::store::of_sheet(tx, sheet).await).await?;
    let mut kept = Kept::default();
    for (code, t) in typed(fields).iter().filter(|(_, t)| t.has_score) {
        let own = stored.iter().find(|s| s.indicator == *code && s.layer().ok() == Some(layer));
        let same = own
            .map_or(t.score.is_empty() && t.reason.is_empty(), |s| Points::parse(&t.score).ok() == Some(s.points) && s.reason == t.reason);
        if same {
            continue;
        }
        match write(ui, (grant, &Part::named(grant, code)), context, layer, code, t).await {
            Ok(_) => kept.saved += 1,
            Err(e) if not_the_form_s(&e) => return Err(e),
            Err(e) => {
                kept.refused.insert(code.clone(), (t.score.clone(), t.reason.clone(), ui.t.of(&e).to_string()));
                // The summary leads to the row; its fields are named by the indicator.
                kept.errors.push(Error { field: None, ..e });
            }
        }
    }
    Ok(kept)
}

/// What no other entry would mend.
fn not_the_form_s(e: &Error) -> bool {
    matches!(e.kind, Kind::Internal | Kind::Busy)
}

/// Writes one score, if the layer may be written now. `by` is the grant, or a part of what its holder has sent.
///
/// # Errors
/// As [`save`] and [`Entry::parse`]; why the layer may not be written.
pub(crate) async fn write<P: Permission, A: Author>(
    ui: &Ui,
    (grant, by): (&Grant<P>, &A),
    context: &Context,
    layer: Layer,
    code: &str,
    t: &Typed,
) -> Result<Saved> {
    if let Err(e) = may(ui, context, layer) {
        return audit::refuse(&ui.db, by, e).await;
    }
    let entry = Entry::parse(&context.scheme, code, &t.score, &t.reason, t.seen)?;
    let suppliers = ui.app.shared::<Suppliers>()?;
    save(&ui.db, by, &suppliers, context, layer, entry, &hand(ui, grant)?).await
}

//! How a file stands that is made in the background, and the file itself: for whoever has asked for it, and nobody else.
use super::folder::{ExportFolder, ExportId, MOST, Noted, Stand};
use crate::{At, Page, Result, T, Ui, streamed};
use access::{Grant, SignedIn};
use askama::Template;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use kernel::Error;

#[derive(Template)]
#[template(path = "export.html")]
struct Show {
    t: T,
    id: ExportId,
    noted: Noted,
    stand: Stand,
    until: String,
    failure: String,
}

impl Show {
    fn tag(&self) -> (&'static str, &'static str) {
        match self.stand {
            Stand::Making => ("info", "export-making"),
            Stand::Ready => ("ok", "export-ready"),
            Stand::Failed => ("bad", "export-failed"),
            Stand::BrokenOff => ("bad", "export-broken"),
            Stand::Gone => ("", "export-gone"),
        }
    }
}

pub async fn show(grant: Grant<SignedIn>, ui: Ui, At((id,)): At<(ExportId,)>) -> Result<Page> {
    let (noted, stand) = ExportFolder::new(ui.app.data_dir()).one(id, grant.account()?, grant.caller().posts())?;
    let t = ui.t;
    let failure = noted.failure.as_ref().map(|f| f.args.iter().fold(t.text(&f.key), |text, (n, v)| text.with(n, v)).to_string());
    let until = noted.until().map_or(String::new(), |at| ui.clock().date_time(at));
    let title = noted.title.clone();
    ui.titled("web/export.html", title, Show { t, id, noted, stand, until, failure: failure.unwrap_or_default() }).await
}

pub async fn file(grant: Grant<SignedIn>, ui: Ui, At((id,)): At<(ExportId,)>) -> Result<Response> {
    let folder = ExportFolder::new(ui.app.data_dir());
    let (noted, stand) = folder.one(id, grant.account()?, grant.caller().posts())?;
    if stand != Stand::Ready {
        return Err(Error::not_found().into());
    }
    // Swept away in this very moment, it is not there.
    let file = tokio::fs::File::open(folder.whole(id)).await.map_err(|_| Error::not_found())?;
    let length = file.metadata().await.map_err(Error::internal)?.len();
    let head = [
        (header::CONTENT_TYPE, noted.media),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{}\"", noted.name)),
        (header::CONTENT_LENGTH, length.to_string()),
    ];
    Ok((head, streamed(file)).into_response())
}

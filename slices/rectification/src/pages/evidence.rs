//! Evidence of closing: files under the problem, never compulsory.
use super::show::shown;
use crate::problem::store;
use crate::{ProblemHandle, ProblemRead};
use access::Grant;
use audit::Event;
use files::{NewFile, Store, Stored};
use kernel::{Error, FileId, Instant, Kind, ProblemId, Result};
use web::{At, Flash, Page, See, Ui, Upload};

/// Under which a problem's files are cited.
pub fn subject(id: ProblemId) -> String {
    format!("problem/{id}")
}

/// Back to the problem; a file that cannot be taken is said beside its field.
pub async fn upload(
    grant: Grant<ProblemHandle>,
    ui: Ui,
    At((id,)): At<(ProblemId,)>,
    mut upload: Upload,
) -> web::Result<std::result::Result<See, Page>> {
    match (take(&grant, &ui, id, &mut upload).await, grant.also::<ProblemRead>()) {
        (Ok(()), _) => Ok(Ok(See::to(format!("/problems/{id}")).flash(&Flash::done("problem-evidence-added")))),
        (Err(e), Some(read)) if e.kind == Kind::Invalid => Ok(Err(shown(&read, &ui, id, None, e.at("file").into()).await?)),
        (Err(e), _) => Err(e.into()),
    }
}

async fn take(grant: &Grant<ProblemHandle>, ui: &Ui, id: ProblemId, upload: &mut Upload) -> Result<()> {
    let g = grant.clone();
    let problem = ui.db.read(async move |tx| store::one(tx, &g, id).await).await?;
    if !problem.state.is_pending() {
        return Err(Error::conflict("problem-step").with("number", &problem.number));
    }
    let org = problem.org;
    let stored = receive(ui, upload).await?;
    let file = NewFile { id: FileId::new(), stored, org, account: Some(grant.account()?), effective: ui.today(), received: Instant::now() };
    audit::change(&ui.db, grant, async move |tx| {
        files::record(tx, &file).await?;
        files::cite(tx, file.id, &subject(id), org).await?;
        Ok(((), Event::new("problem.evidence", format!("problem:{id}")).at(org).with("file", file.id)))
    })
    .await
}

async fn receive(ui: &Ui, upload: &mut Upload) -> Result<Stored> {
    let store = Store::open(ui.app.files())?;
    while let Some(mut part) = upload.part().await? {
        if part.name() != Some("file") {
            continue;
        }
        let mut incoming = store.begin(part.file_name().unwrap_or("file"))?;
        while let Some(chunk) = part.chunk().await.map_err(|_| Error::invalid("file-broken-off"))? {
            incoming.write(&chunk)?;
        }
        return incoming.finish().await;
    }
    Err(Error::invalid("problem-file").at("file"))
}

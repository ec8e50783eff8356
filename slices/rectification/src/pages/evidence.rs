//! Evidence of closing: files under the problem, never compulsory.
use crate::ProblemHandle;
use crate::problem::store;
use access::Grant;
use audit::Event;
use files::{NewFile, Store, Stored};
use kernel::{Error, FileId, Instant, ProblemId};
use web::{At, Flash, See, Ui, Upload};

/// Under which a problem's files are cited.
pub fn subject(id: ProblemId) -> String {
    format!("problem/{id}")
}

pub async fn upload(grant: Grant<ProblemHandle>, ui: Ui, At((id,)): At<(ProblemId,)>, mut upload: Upload) -> web::Result<See> {
    let g = grant.clone();
    let problem = ui.db.read(async move |tx| store::one(tx, &g, id).await).await?;
    if !problem.state.is_pending() {
        return Err(Error::conflict("problem-step").with("number", &problem.number).into());
    }
    let org = problem.org;
    let stored = receive(&ui, &mut upload).await?;
    let file = NewFile { id: FileId::new(), stored, org, account: Some(grant.account()?), effective: ui.today(), received: Instant::now() };
    audit::change(&ui.db, &grant, async move |tx| {
        files::record(tx, &file).await?;
        files::cite(tx, file.id, &subject(id), org).await?;
        Ok(((), Event::new("problem.evidence", format!("problem:{id}")).at(org).with("file", file.id)))
    })
    .await?;
    Ok(See::to(format!("/problems/{id}")).flash(&Flash::done("problem-evidence-added")))
}

async fn receive(ui: &Ui, upload: &mut Upload) -> web::Result<Stored> {
    let store = Store::open(ui.app.files())?;
    while let Some(mut part) = upload.part().await? {
        if part.name() != Some("file") {
            continue;
        }
        let mut incoming = store.begin(part.file_name().unwrap_or("file"))?;
        while let Some(chunk) = part.chunk().await.map_err(|_| Error::invalid("file-broken-off"))? {
            incoming.write(&chunk)?;
        }
        return Ok(incoming.finish().await?);
    }
    Err(Error::invalid("problem-file").at("file").into())
}

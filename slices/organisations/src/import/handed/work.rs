//! The job behind a file: check it, bring it in, or take it back. Begun again after a kill, it does nothing twice.
use super::State;
use super::folder::{Folder, Found};
use super::store::{self, Handed};
use crate::import::{Asked, Importer, Importers, Report, Take};
use db::Db;
use installation::Keys;
use jobs::{Claim, Running, Worker};
use kernel::{Error, ImportId, Kind, Result};
use std::sync::Arc;
use std::time::Duration;
use tabular::Reader;
use web::T;

pub(super) const KIND: &str = "import";
/// Between two words on how far it is.
const WORD: Duration = Duration::from_millis(700);

/// `t` is the language of the file of bad rows, which stays what it was when it was made.
pub fn worker(importers: Importers, folder: Folder, reader: Reader, keys: Keys, t: T) -> Box<dyn Worker> {
    Box::new(Imports(Arc::new(Hands { importers, folder, reader, keys, t })))
}

struct Imports(Arc<Hands>);

struct Hands {
    importers: Importers,
    folder: Folder,
    reader: Reader,
    keys: Keys,
    t: T,
}

impl Worker for Imports {
    fn kind(&self) -> &'static str {
        KIND
    }
    fn run(&self, db: Db, job: Claim) -> Running {
        let hands = self.0.clone();
        Box::pin(async move {
            let id = ImportId::parse(&job.payload)?;
            let handed = db.read(async move |tx| store::any(tx, id).await).await?;
            hands.step(&db, &job, &handed).await?;
            Ok(String::new())
        })
    }
}

impl Hands {
    async fn step(&self, db: &Db, job: &Claim, handed: &Handed) -> Result<()> {
        let importer = self.importers.of(&handed.kind).ok_or_else(Error::not_found)?;
        let take = self.take(handed)?;
        let (by, choice) = (handed.by(importer.permission()), handed.choice.clone());
        let asked = |take: &Take| Asked { db: db.clone(), keys: self.keys.clone(), by, take: take.clone(), choice };
        let doing = match handed.state() {
            State::Checking => importer.bring(asked(&take.clone().dry(true))),
            State::Bringing => importer.bring(asked(&take)),
            State::Undoing => importer.take_back().ok_or_else(|| Error::conflict("import-no-undo"))?(asked(&take)),
            _ => return Ok(()),
        };
        let done = watched(db, job, &take, handed.rows, doing).await;
        self.end(db, handed, importer.as_ref(), done).await
    }
    fn take(&self, handed: &Handed) -> Result<Take> {
        let path = self.folder.file(handed.id)?;
        if handed.state() != State::Undoing && !path.exists() {
            return Err(Error::conflict("import-file-gone"));
        }
        let mut take = Take::new(path, &handed.file, self.reader.clone(), handed.day).within(handed.reach());
        take.id = handed.id;
        Ok(take)
    }
    async fn end(&self, db: &Db, handed: &Handed, importer: &dyn Importer, done: Result<Report>) -> Result<()> {
        let (id, was) = (handed.id, handed.state());
        let (state, report) = match done {
            Ok(report) if report.accepted() => {
                self.folder.unnote(id);
                (after(was), Arc::new(report))
            }
            Ok(report) => {
                let report = Arc::new(report);
                self.keep_bad(id, &report).await?;
                // Rows that somebody's change kept out do not take the others back.
                (if was == State::Bringing && report.refused.is_empty() { State::Done } else { refusal(was) }, report)
            }
            Err(e) if e.kind == Kind::Internal => return Err(e),
            Err(e) => {
                self.folder.note(id, &Found::whole(&e))?;
                return audit::stage(db, async move |tx| store::end(tx, id, refusal(was)).await).await;
            }
        };
        tracing::debug!(kind = importer.name(), state = state.name(), "an import's step is done");
        audit::stage(db, async move |tx| {
            // What it did may be less than what the check found: another file may have done it meanwhile.
            if was != State::Undoing && (report.rows > 0 || state == State::Refused) {
                store::count(tx, id, &report).await?;
            }
            store::end(tx, id, state).await
        })
        .await?;
        if !matches!(state, State::Checked) {
            self.folder.forget(id);
        }
        Ok(())
    }
    async fn keep_bad(&self, id: ImportId, report: &Arc<Report>) -> Result<()> {
        self.folder.note(id, &Found::of(report))?;
        let (folder, keys, report, t) = (self.folder.clone(), self.keys.clone(), report.clone(), self.t);
        let written = tokio::task::spawn_blocking(move || folder.keep_bad_rows(&keys, id, &report, t));
        written.await.map_err(Error::internal)?
    }
}

fn after(was: State) -> State {
    match was {
        State::Checking => State::Checked,
        State::Bringing => State::Done,
        _ => State::Undone,
    }
}

/// A file that cannot be taken back stays what it is.
fn refusal(was: State) -> State {
    if was == State::Undoing { State::Done } else { State::Refused }
}

/// Says how far it is while it goes on, and once more when it has ended, so that the total is the file's.
async fn watched(db: &Db, job: &Claim, take: &Take, total: i64, doing: web::Later<Result<Report>>) -> Result<Report> {
    let mut doing = doing;
    loop {
        let done = tokio::select! {
            done = &mut doing => Some(done),
            () = tokio::time::sleep(WORD) => None,
        };
        let rows = i64::try_from(take.progress.rows()).unwrap_or(i64::MAX);
        job.progress(db, rows, total.max(rows)).await?;
        if let Some(done) = done {
            return done;
        }
    }
}

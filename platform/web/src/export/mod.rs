//! 导出当前表: what a list shows, as a file. The same rows and columns in the same order; numbers and days are numbers and days,
//! and a second sheet says who took it, when, and what was asked for. A long one is made in the background: the answer is
//! the page that tells how it stands, and whoever has asked is told when it is whole.
mod folder;
mod links;
mod making;
pub mod pages;
mod rows;
mod write;

pub use folder::{ExportFolder, ExportId};
pub(crate) use making::Making;
pub use rows::{CHUNK, Row, Rows};

use crate::{Fault, Flash, See, T, Ui};
use access::{Grant, Permission};
use audit::Event;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use folder::Noted;
use futures_util::TryStreamExt;
use kernel::{Clock, Error, Instant};
use links::words;
use making::{Asked, Work, make};
use tabular::{Column, Format, Note};
use write::{Written, write};

/// Rows of a file that is answered at once, which takes a second or two; a longer one is made in the background.
pub const AT_ONCE: usize = 10_000;

/// A list as it is shown.
pub struct Table {
    /// The file's name without its end, in Latin letters.
    pub file: String,
    /// What it is; also the sheet's name.
    pub title: String,
    pub columns: Vec<Column>,
    pub rows: Rows,
    /// What was asked for, in words; nothing where all was.
    pub asked: Vec<String>,
}

impl Ui {
    /// The file as `format` names it, xlsx unless it is csv; of a long list the way to the page that tells of it. That it was
    /// taken is recorded before it can be, with the number of its rows.
    ///
    /// # Errors
    /// What reading the rows fails with; the engine's own; `internal` if the file cannot be written.
    pub async fn export<P: Permission>(&self, grant: &Grant<P>, event: Event, format: &str, table: Table) -> Result<Response, Fault> {
        let (account, here) = (grant.account()?, self.visit.here());
        if let Some(same) = self.app.making().of(account).filter(|asked| asked.address == here) {
            return Ok(page(same.id).into_response());
        }
        let format = if format == "csv" { Format::Csv } else { Format::Xlsx };
        let (mut reading, mut few) = (table.rows.begin(), Vec::new());
        while let Some(chunk) = reading.try_next().await? {
            few.extend(chunk);
            if few.len() > AT_ONCE {
                // Who waits for a turn holds no rows: they are read again.
                drop((reading, few));
                return self.later(grant, event, format, table).await;
            }
        }
        audit::note(&self.db, grant, event.with("rows", few.len())).await?;
        // Where everything of ours lies, and not where other programs of the machine look.
        let place = tempfile::Builder::new().prefix("export").tempdir_in(self.app.data_dir()).map_err(Error::internal)?;
        let name = format!("attachment; filename=\"{}\"", self.name(format, &table.file));
        let (out, _) = self.written(format, table, place.path().join("table"));
        let path = out.path.clone();
        write(out, rows::once(few), |_| ()).await?;
        let whole = tokio::fs::read(path).await.map_err(Error::internal)?;
        Ok(([(header::CONTENT_TYPE, format.media_type().to_owned()), (header::CONTENT_DISPOSITION, name)], whole).into_response())
    }

    async fn later<P: Permission>(&self, grant: &Grant<P>, event: Event, format: Format, table: Table) -> Result<Response, Fault> {
        let (id, account, address) = (ExportId::new(), grant.account()?, self.visit.here());
        let place = match self.app.making().take(account, Asked { id, address: address.clone() }) {
            Ok(place) => place,
            Err(same) if same.address == address => return Ok(page(same.id).into_response()),
            Err(other) => {
                let said = Flash::failed(&Error::conflict("export-one-at-a-time"));
                return Ok(page(other.id).flash(&said).into_response());
            }
        };
        let noted = Noted::new(account, grant.posts(), &table.title, self.name(format, &table.file), format.media_type(), &address);
        let part = ExportFolder::new(self.app.data_dir()).begin(id, noted)?;
        let (out, rows) = self.written(format, table, part.path());
        tokio::spawn(make(Work { db: self.db.clone(), grant: grant.clone(), event, rows, out, part, place, id }));
        Ok(page(id).into_response())
    }

    fn written(&self, format: Format, table: Table, path: std::path::PathBuf) -> (Written, Rows) {
        let note = note(self.t, self.clock(), self.is_demo(), self.caller().name(), &table.title, &table.asked);
        (Written { format, title: table.title, columns: table.columns, note, path }, table.rows)
    }

    /// A file has no bar above it: one of the demo says so by its name, and in its note.
    fn name(&self, format: Format, file: &str) -> String {
        format!("{}{file}.{}", if self.is_demo() { "demo-" } else { "" }, format.extension())
    }
}

/// The sheet beside a table: what it is, who took it, when, and what was asked for; of the demo, that it is made up. Files that
/// the command line writes have it too.
pub fn note(t: T, clock: &Clock, demo: bool, who: &str, title: &str, asked: &[String]) -> Note {
    let line = |key: &str, value: String| (t.text(key).to_string(), value);
    let demo = demo.then(|| line("demo-label", t.text("demo-data").to_string()));
    let lines = [
        line("export-what", title.to_owned()),
        line("export-who", who.to_owned()),
        line("export-when", clock.business_time(Instant::now())),
        line("export-filter", words(t, asked)),
    ];
    Note { sheet: t.text("export-note").to_string(), lines: demo.into_iter().chain(lines).collect() }
}

/// The page that tells how it stands.
fn page(id: ExportId) -> See {
    See::to(format!("/exports/{id}"))
}

//! Backups: what one holds, how it is made, when the last one was. Making one is a command, beside the running server.
use crate::BackupRead;
use access::{Grant, System};
use askama::Template;
use audit::Event;
use db::Db;
use kernel::Result;
use web::{Page, T, Ui};

/// What the events of backups are about.
const OBJECT: &str = "database";

/// Records a backup; `leitu backup` does so before it copies, so that the copy knows of it.
///
/// # Errors
/// The engine's own.
pub async fn note_backup(db: &Db, by: &System) -> Result<()> {
    audit::note(db, by, Event::new("backup.make", OBJECT)).await
}

/// Records that a backup was put back; what it holds was made at `made`.
///
/// # Errors
/// The engine's own.
pub async fn note_restore(db: &Db, by: &System, made: &str) -> Result<()> {
    audit::note(db, by, Event::new("backup.restore", "installation").with("made", made)).await
}

#[derive(Template)]
#[template(path = "backups/show.html")]
struct View {
    t: T,
    /// When, and by whom.
    last: Option<(String, String)>,
}

pub async fn show(_: Grant<BackupRead>, ui: Ui) -> web::Result<Page> {
    let last = ui.db.read(async |tx| audit::last(tx, OBJECT).await).await?;
    let last = last.map(|line| (ui.clock().date_time(line.at), line.actor));
    ui.page("administration/backups/show.html", "backups-title", View { t: ui.t, last }).await
}

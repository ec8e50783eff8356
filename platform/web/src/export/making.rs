//! Who has a file being made: one at a time each, and two in the whole process, so that whoever asks for long lists takes
//! neither the machine nor the database from everybody else. Who waits for a turn holds no rows.
use super::folder::{ExportId, Part};
use super::rows::Rows;
use super::write::{Written, write};
use access::{Grant, Permission, System};
use audit::Event;
use db::Db;
use inbox::{Addressee, Notice};
use kernel::{AccountId, Instant, NoticeId, Result};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::Semaphore;

const AT_ONCE: usize = 2;

#[derive(Clone)]
pub(crate) struct Making(Arc<All>);

struct All {
    turns: Semaphore,
    of: Mutex<HashMap<AccountId, Asked>>,
}

/// What somebody has asked for, and where.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    pub id: ExportId,
    pub address: String,
}

/// One account's place; free again when it is dropped.
pub(super) struct Place {
    making: Making,
    account: AccountId,
}

impl Default for Making {
    fn default() -> Self {
        Self(Arc::new(All { turns: Semaphore::new(AT_ONCE), of: Mutex::default() }))
    }
}

impl Making {
    /// What this account has being made.
    pub(super) fn of(&self, account: AccountId) -> Option<Asked> {
        self.0.of.lock().unwrap_or_else(PoisonError::into_inner).get(&account).cloned()
    }
    /// Takes the account's place.
    ///
    /// # Errors
    /// What it has being made already.
    pub(super) fn take(&self, account: AccountId, asked: Asked) -> std::result::Result<Place, Asked> {
        let mut all = self.0.of.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(other) = all.get(&account) {
            return Err(other.clone());
        }
        all.insert(account, asked);
        Ok(Place { making: self.clone(), account })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.making.0.of.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.account);
    }
}

/// A file to be made, by whom and for whom.
pub(super) struct Work<P> {
    pub db: Db,
    pub grant: Grant<P>,
    pub event: Event,
    pub rows: Rows,
    pub out: Written,
    pub part: Part,
    pub place: Place,
    pub id: ExportId,
}

/// Makes it when its turn comes, and tells whoever asked.
pub(super) async fn make<P: Permission>(work: Work<P>) {
    let Work { db, grant, event, rows, out, mut part, place, id } = work;
    let Ok(_turn) = place.making.0.turns.acquire().await else { return };
    let told = Told { account: place.account, title: part.noted.title.clone(), href: format!("/exports/{id}") };
    let written = write(out, rows.begin(), |n| {
        part.noted.rows = n;
        // How far it is, is said again with the next chunk.
        part.note().ok();
    });
    let done = match written.await.and_then(|n| part.keep().map(|()| n)) {
        Ok(n) => told.whole(&db, &grant, event, n).await.map(|()| n),
        Err(e) => Err(e),
    };
    match done {
        Ok(n) => {
            if let Err(e) = part.finish(n, Instant::now()) {
                tracing::error!(cause = %e, "a file that was made could not be put into its place");
            }
        }
        Err(e) => {
            tracing::warn!(cause = %e, "an export could not be made");
            part.fail(&e);
            if let Err(e) = told.failed(&db).await {
                tracing::warn!(cause = %e, "and nobody could be told");
            }
        }
    }
}

struct Told {
    account: AccountId,
    title: String,
    href: String,
}

impl Told {
    /// That the data leave is recorded before the file can be taken, and told in the same unit of work.
    async fn whole<P: Permission>(&self, db: &Db, by: &Grant<P>, event: Event, rows: usize) -> Result<()> {
        self.tell(db, by, "notice-export", event.with("rows", rows), rows).await
    }
    async fn failed(&self, db: &Db) -> Result<()> {
        let event = Event::new("export.failed", format!("account:{}", self.account));
        self.tell(db, &System::job("export"), "notice-export-failed", event, 0).await
    }
    async fn tell<A: audit::Author>(&self, db: &Db, by: &A, key: &'static str, event: Event, rows: usize) -> Result<()> {
        let (to, title, href, id, now) =
            (Addressee::Account(self.account), self.title.clone(), self.href.clone(), NoticeId::new(), Instant::now());
        audit::change(db, by, async move |tx| {
            let args = vec![("title", title.clone()), ("n", rows.to_string())];
            inbox::tell(tx, &Notice { id, to: to.clone(), key, args, href: &href }, now).await?;
            Ok(((), event.clone()))
        })
        .await
    }
}

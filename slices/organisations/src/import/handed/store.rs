//! The SQL of files that were handed in. An account sees its own.
use super::{NewFile, State};
use crate::import::{Behalf, Report};
use access::Reach;
use db::{Result, Tx, params};
use kernel::{AccountId, BusinessDate, Error, ImportId, Instant, JobId, OrgPath};
use tabular::Format;

db::row! {
    #[derive(Clone, Debug)]
    pub struct Handed {
        pub id: ImportId, pub kind: String, pub choice: String, pub file: String, pub account: AccountId, pub by_name: String, pub post: String,
        pub top: String, pub day: BusinessDate, pub at: Instant, pub job: JobId, pub state: String, pub format: String,
        pub rows: i64, pub created: i64, pub updated: i64, pub bad: i64,
    }
}

impl Handed {
    pub fn state(&self) -> State {
        State::parse(&self.state)
    }
    /// What it may touch.
    pub fn reach(&self) -> Reach {
        read(&self.top)
    }
    pub fn format(&self) -> Format {
        if self.format == "xlsx" { Format::Xlsx } else { Format::Csv }
    }
    pub fn by(&self, permission: &'static str) -> Behalf {
        let post = serde_json::from_str(&self.post).unwrap_or_default();
        Behalf { account: self.account, name: self.by_name.clone(), post, permission }
    }
}

/// The tops of a reach in one column; an empty one is the whole installation, so nothing is written as a dash.
fn written(reach: &Reach) -> String {
    let tops: Vec<&str> = reach.tops().map(OrgPath::as_str).collect();
    if tops.is_empty() && !reach.is_everything() { "-".into() } else { tops.join(" ") }
}

fn read(tops: &str) -> Reach {
    if tops.is_empty() {
        return Reach::everything();
    }
    // What cannot be read reaches nothing.
    Reach::of(tops.split(' ').filter_map(|top| OrgPath::parse(top).ok()).map(Some))
}

pub async fn insert(tx: &mut Tx<'_>, new: &NewFile, job: &JobId, at: Instant) -> Result<()> {
    let post = serde_json::to_string(&new.by.post).map_err(Error::internal)?;
    let top = written(&new.reach);
    tx.exec(
        "INSERT INTO import_file (id, kind, choice, file, account, by_name, post, top, day, at, job, state, format, rows, created, updated, bad)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'checking', 'csv', 0, 0, 0, 0)",
        &params![&new.id, new.kind, &new.choice, &new.file, &new.by.account, &new.by.name, &post, &top, new.day, at, job],
    )
    .await?;
    Ok(())
}

/// One of an account's own.
///
/// # Errors
/// Missing and somebody else's are the same `not-found`.
pub async fn own(tx: &mut Tx<'_>, id: ImportId, account: AccountId) -> Result<Handed> {
    tx.one(
        "SELECT id, kind, choice, file, account, by_name, post, top, day, at, job, state, format, rows, created, updated, bad
         FROM import_file WHERE id = $1 AND account = $2",
        &params![&id, &account],
    )
    .await
}

/// For the job, which was asked for by whoever could see it.
pub async fn any(tx: &mut Tx<'_>, id: ImportId) -> Result<Handed> {
    tx.one(
        "SELECT id, kind, choice, file, account, by_name, post, top, day, at, job, state, format, rows, created, updated, bad
         FROM import_file WHERE id = $1",
        &params![&id],
    )
    .await
}

/// An account's own, the newest first, older than `before` (keyset).
pub async fn of_account(tx: &mut Tx<'_>, account: AccountId, before: Option<ImportId>, limit: i64) -> Result<Vec<Handed>> {
    tx.all(
        "SELECT id, kind, choice, file, account, by_name, post, top, day, at, job, state, format, rows, created, updated, bad
         FROM import_file WHERE account = $1 AND id < $2 ORDER BY id DESC LIMIT $3",
        &params![&account, &before.unwrap_or(ImportId::from_bytes([0xff; 16])), limit],
    )
    .await
}

/// From one state to the next, with the job that does it.
///
/// # Errors
/// `import-state` if it is in another state by now.
pub async fn turn(tx: &mut Tx<'_>, id: ImportId, from: State, to: State, job: &JobId) -> Result<()> {
    let sql = "UPDATE import_file SET state = $3, job = $4 WHERE id = $1 AND state = $2";
    match tx.exec(sql, &params![&id, from.name(), to.name(), job]).await? {
        1 => Ok(()),
        _ => Err(Error::conflict("import-state").into()),
    }
}

/// Where the job has left it.
pub async fn end(tx: &mut Tx<'_>, id: ImportId, state: State) -> Result<()> {
    tx.exec("UPDATE import_file SET state = $2 WHERE id = $1", &params![&id, state.name()]).await?;
    Ok(())
}

pub async fn count(tx: &mut Tx<'_>, id: ImportId, report: &Report) -> Result<()> {
    let n = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
    tx.exec(
        "UPDATE import_file SET format = $2, rows = $3, created = $4, updated = $5, bad = $6 WHERE id = $1",
        &params![
            &id,
            report.format.extension(),
            n(report.rows),
            n(report.created),
            n(report.updated),
            report.refused.len() as i64 + n(report.unnamed)
        ],
    )
    .await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_file_may_touch_is_read_as_it_was_written() {
        let top = |text: &str| OrgPath::parse(text).ok();
        for reach in [Reach::everything(), Reach::of([]), Reach::of([top("/1/2/")]), Reach::of([top("/1/20/"), top("/1/2/")])] {
            assert_eq!(read(&written(&reach)), reach);
        }
        assert_eq!(read("/1/2/"), Reach::of([top("/1/2/")]), "as it was kept when there was one");
        assert!(!read("what nobody wrote").is_everything());
    }
}

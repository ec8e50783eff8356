//! The SQL of scores.
use db::{Ahead, Each, Result, Tx, params};
use kernel::{AccountId, Error, Instant, Points, SheetId};
use scoring::{Layer, Layers};
use std::collections::BTreeMap;

db::row! {
    #[derive(Clone, Debug)]
    pub struct Score {
        pub sheet: SheetId, pub indicator: String, layer: String, pub points: Points, pub reason: String, pub rev: i64, pub by_name: String,
        pub source: String, pub at: Instant,
    }
    /// What a calculation needs of a score.
    #[derive(Clone, Debug)]
    pub struct Given { pub sheet: SheetId, indicator: String, layer: String, points: Points }
}

impl Score {
    /// # Errors
    /// `layer-unknown` for a word that is none of ours.
    pub fn layer(&self) -> kernel::Result<Layer> {
        Layer::parse(&self.layer)
    }
    pub fn is_of(&self, layer: Layer) -> bool {
        self.layer == layer.name()
    }
}

/// One score to be written.
pub struct NewScore<'a> {
    pub sheet: SheetId,
    pub indicator: &'a str,
    pub layer: Layer,
    /// `None` takes the layer's value away (an overruled fact counts again).
    pub points: Option<Points>,
    pub reason: &'a str,
    /// The revision the writer saw: 0 if there was none.
    pub seen: i64,
    pub account: Option<AccountId>,
    pub by: &'a str,
    /// `page`, `api` or `file:NAME`.
    pub source: &'a str,
    pub at: Instant,
}

impl NewScore<'_> {
    /// What stands once it is written; nothing if it took a value away.
    pub fn standing(&self, rev: i64) -> Option<Score> {
        Some(Score {
            sheet: self.sheet,
            indicator: self.indicator.to_owned(),
            layer: self.layer.name().to_owned(),
            points: self.points?,
            reason: self.reason.to_owned(),
            rev,
            by_name: self.by.to_owned(),
            source: self.source.to_owned(),
            at: self.at,
        })
    }
}

/// All scores of a sheet.
///
/// # Errors
/// The engine's own.
pub async fn of_sheet(tx: &mut Tx<'_>, sheet: SheetId) -> Result<Vec<Score>> {
    of_sheets(tx, [&sheet]).await
}

/// All scores of a sheet, asked for before they are needed.
///
/// # Errors
/// The engine's own.
pub async fn ahead(tx: &mut Tx<'_>, sheet: SheetId) -> Result<Ahead<Score>> {
    let sql =
        "SELECT sheet, indicator, layer, points, reason, rev, by_name, source, at FROM score WHERE sheet = $1 ORDER BY indicator, layer";
    tx.ahead(sql, &params![&sheet]).await
}

/// All scores of these sheets, sheet by sheet.
///
/// # Errors
/// The engine's own.
pub async fn of_sheets(tx: &mut Tx<'_>, sheets: impl IntoIterator<Item = &SheetId>) -> Result<Vec<Score>> {
    let each: Each = sheets.into_iter().collect();
    tx.all(
        "SELECT sheet, indicator, layer, points, reason, rev, by_name, source, at FROM score
         WHERE sheet IN EACH($1) ORDER BY sheet, indicator, layer",
        &params![&each],
    )
    .await
}

/// The points of these sheets' scores, sheet by sheet: for those who calculate with thousands of them.
///
/// # Errors
/// The engine's own.
pub async fn points_of(tx: &mut Tx<'_>, sheets: impl IntoIterator<Item = &SheetId>) -> Result<Vec<Given>> {
    let each: Each = sheets.into_iter().collect();
    let sql = "SELECT sheet, indicator, layer, points FROM score WHERE sheet IN EACH($1) ORDER BY sheet, indicator";
    tx.all(sql, &params![&each]).await
}

/// The scores as the calculation takes them.
///
/// # Errors
/// `layer-unknown` for a word that is none of ours.
pub fn layers<'a>(scores: impl IntoIterator<Item = &'a (impl Scored + 'a)>) -> kernel::Result<BTreeMap<String, Layers>> {
    let mut all: BTreeMap<String, Layers> = BTreeMap::new();
    for score in scores {
        let (indicator, layer, points) = score.given();
        all.entry(indicator.to_owned()).or_default().set(Layer::parse(layer)?, points);
    }
    Ok(all)
}

/// Has an indicator, the name of a layer, and the points given there.
pub trait Scored {
    fn given(&self) -> (&str, &str, Points);
}

impl Scored for Score {
    fn given(&self) -> (&str, &str, Points) {
        (&self.indicator, &self.layer, self.points)
    }
}

impl Scored for Given {
    fn given(&self) -> (&str, &str, Points) {
        (&self.indicator, &self.layer, self.points)
    }
}

/// # Errors
/// The engine's own.
pub async fn one(tx: &mut Tx<'_>, sheet: SheetId, indicator: &str, layer: Layer) -> Result<Option<Score>> {
    tx.opt(
        "SELECT sheet, indicator, layer, points, reason, rev, by_name, source, at FROM score WHERE sheet = $1 AND indicator = $2 AND layer = $3",
        &params![&sheet, indicator, layer.name()],
    )
    .await
}

/// The newest revision in the history of a score. A value that is given anew after it was taken away counts on from
/// there: revisions are not used twice, so that history keeps each.
macro_rules! past {
    () => {
        "COALESCE((SELECT MAX(p.rev) FROM score_past p WHERE p.sheet = $1 AND p.indicator = $2 AND p.layer = $3), 0)"
    };
}
const PAST: &str = concat!("SELECT ", past!());

/// Puts a score in its place under a revision.
macro_rules! written {
    ($($rev:expr),+) => {
        concat!(
            "INSERT INTO score (sheet, indicator, layer, points, reason, account, by_name, source, at, rev)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, ", $($rev),+, ")
             ON CONFLICT (sheet, indicator, layer) DO UPDATE SET points = excluded.points, reason = excluded.reason, rev = excluded.rev,
               account = excluded.account, by_name = excluded.by_name, source = excluded.source, at = excluded.at"
        )
    };
}

/// Writes a score if nobody else has written since the writer looked; the value it replaces goes to history.
/// `before` is what the same unit of work has found standing there. Answers the new revision (0 where nothing stands any
/// more).
///
/// # Errors
/// `score-meanwhile` with both values if somebody was quicker; `score-cleared` if what the writer saw is gone.
pub async fn put(tx: &mut Tx<'_>, new: &NewScore<'_>, before: Option<&Score>) -> Result<i64> {
    let rev = before.map_or(0, |s| s.rev);
    if rev != new.seen {
        let theirs = before.map_or_else(String::new, |s| s.points.to_string());
        let by = before.map_or_else(String::new, |s| s.by_name.clone());
        let mine = new.points.map(|p| p.to_string()).unwrap_or_default();
        return Err(Error::conflict(if before.is_some() { "score-meanwhile" } else { "score-cleared" })
            .with("indicator", new.indicator)
            .with("theirs", theirs)
            .with("by", by)
            .with("mine", mine)
            .with("rev", rev)
            .at("score")
            .into());
    }
    let next = match (&new.points, before) {
        (None, _) => 0,
        (Some(_), Some(_)) => rev + 1,
        (Some(_), None) => {
            let past: i64 = tx.one(PAST, &params![&new.sheet, new.indicator, new.layer.name()]).await?;
            past + 1
        }
    };
    force(tx, new, before).await?;
    Ok(next)
}

/// Writes a score whatever stood there (imports: a later file replaces); the older value stays in history.
///
/// # Errors
/// The engine's own.
pub async fn force(tx: &mut Tx<'_>, new: &NewScore<'_>, before: Option<&Score>) -> Result<()> {
    let rev = before.map_or(0, |s| s.rev);
    if let Some(old) = before {
        tx.later(
            "INSERT INTO score_past (sheet, indicator, layer, rev, points, reason, by_name, source, at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING",
            &params![&new.sheet, new.indicator, new.layer.name(), rev, old.points, &old.reason, &old.by_name, &old.source, old.at],
        )
        .await?;
    }
    match new.points {
        Some(points) => {
            let (layer, by) = (new.layer.name(), new.account.as_ref());
            let shared = params![&new.sheet, new.indicator, layer, points, new.reason, by, new.by, new.source, new.at];
            match before {
                Some(_) => tx.later(written!("$10"), &[&shared[..], &params![rev + 1][..]].concat()).await,
                None => tx.later(written!(past!(), " + 1"), &shared).await,
            }
        }
        None => {
            tx.later(
                "DELETE FROM score WHERE sheet = $1 AND indicator = $2 AND layer = $3",
                &params![&new.sheet, new.indicator, new.layer.name()],
            )
            .await
        }
    }
}

//! For `leitu doctor`: what is kept beside what a recount finds.
use db::{Db, Result, Tx, params};
use kernel::OrgPath;
use std::collections::BTreeMap;

/// What one place itself contributes, as its owner counts it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leaf {
    pub path: OrgPath,
    pub metric: String,
    pub value: i64,
}

/// A figure that is not what it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    pub path: String,
    pub metric: String,
    pub kept: i64,
    pub counted: i64,
}

/// Carries `expected` up the tree and compares it with what is kept, deltas that still wait included.
/// Empty if all is well.
///
/// # Errors
/// The engine's.
pub async fn compare(db: &Db, board: &str, expected: &[Leaf]) -> Result<Vec<Difference>> {
    db::row! { struct Kept { path: String, metric: String, value: i64 } }
    let name = board.to_string();
    let (folded, waiting): (Vec<Kept>, Vec<Kept>) = db
        .read(async move |tx| {
            Ok((
                tx.all("SELECT path, metric, value FROM figure WHERE board = $1", &params![&name]).await?,
                tx.all("SELECT path, metric, delta FROM figure_delta WHERE board = $1", &params![&name]).await?,
            ))
        })
        .await?;
    // Kept, counted.
    let mut both = BTreeMap::<(String, String), (i64, i64)>::new();
    for k in folded {
        both.entry((k.path, k.metric)).or_default().0 += k.value;
    }
    for k in waiting {
        for place in OrgPath::parse(&k.path)?.line() {
            both.entry((place.into(), k.metric.clone())).or_default().0 += k.value;
        }
    }
    for leaf in expected {
        for place in leaf.path.line() {
            both.entry((place.into(), leaf.metric.clone())).or_default().1 += leaf.value;
        }
    }
    let wrong = both.into_iter().filter(|(_, (kept, counted))| kept != counted);
    Ok(wrong.map(|((path, metric), (kept, counted))| Difference { path, metric, kept, counted }).collect())
}

/// Puts a recount in the place of everything kept for a board.
///
/// # Errors
/// The engine's.
pub async fn reset(tx: &mut Tx<'_>, board: &str, counted: &[Leaf]) -> Result<()> {
    tx.exec("DELETE FROM figure_delta WHERE board = $1", &params![board]).await?;
    tx.exec("DELETE FROM figure WHERE board = $1", &params![board]).await?;
    for leaf in counted {
        crate::add(tx, board, &leaf.path, &leaf.metric, leaf.value).await?;
    }
    Ok(())
}

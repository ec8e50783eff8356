//! Counting the figures of every cycle again from its sheets, results and problems, for `leitu doctor`.
use crate::cycle::{self, Cycle};
use crate::sheet::{State, counted};
use db::{Db, Result as Unit, Tx, params};
use figures::Leaf;
use kernel::{OrgPath, Result};

/// Board by board, what each branch itself adds.
///
/// # Errors
/// The engine's own.
pub async fn recount(db: &Db) -> Result<Vec<(String, Vec<Leaf>)>> {
    let mut all = Vec::new();
    for cycle in cycle::store::all(db).await? {
        let board = cycle.id.to_string();
        let leaves = db.read(async move |tx| of_cycle(tx, &cycle).await).await?;
        all.push((board, leaves));
    }
    Ok(all)
}

async fn of_cycle(tx: &mut Tx<'_>, cycle: &Cycle) -> Unit<Vec<Leaf>> {
    let mut leaves = sheets(tx, cycle).await?;
    leaves.extend(results(tx, cycle).await?);
    leaves.extend(rectification::recount(tx, &cycle.id.to_string()).await?);
    Ok(leaves)
}

async fn sheets(tx: &mut Tx<'_>, cycle: &Cycle) -> Unit<Vec<Leaf>> {
    db::row! { struct Line { path: OrgPath, category: String, self_state: State, acceptance_state: State, recheck_state: State, grade: Option<String>, star: Option<i64> } }
    let sql = "SELECT path, category, self_state, acceptance_state, recheck_state, grade, star FROM sheet WHERE cycle = $1";
    let lines: Vec<Line> = tx.all(sql, &params![&cycle.id]).await?;
    let mut leaves = Vec::new();
    for l in lines {
        let mut put = |metric: String| leaves.push(Leaf { path: l.path.clone(), metric, value: 1 });
        for (layer, state) in [("self", l.self_state), ("acceptance", l.acceptance_state), ("recheck", l.recheck_state)] {
            if state != State::Untouched {
                put(format!("{layer}:{}", state.name()));
            }
        }
        counted::metrics(&l.category, l.grade.as_deref()).into_iter().chain(l.star.map(counted::by_itself)).for_each(put);
    }
    Ok(leaves)
}

async fn results(tx: &mut Tx<'_>, cycle: &Cycle) -> Unit<Vec<Leaf>> {
    db::row! { struct Line { path: OrgPath, star: Option<i64>, change: Option<String> } }
    let sql = "SELECT path, star, change FROM result WHERE cycle = $1 AND version = $2";
    let lines: Vec<Line> = tx.all(sql, &params![&cycle.id, cycle.result_version]).await?;
    let mut leaves = Vec::new();
    for l in lines {
        let mut put = |metric: String| leaves.push(Leaf { path: l.path.clone(), metric, value: 1 });
        put("final".into());
        put(format!("star:{}", l.star.unwrap_or(0)));
        // A first year has nothing to be compared with.
        if let Some(change) = l.change.filter(|c| !c.is_empty()) {
            put(format!("change:{change}"));
        }
    }
    Ok(leaves)
}

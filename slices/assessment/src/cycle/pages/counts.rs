//! How many sheets are in which state, for the chips of the list and the tiles of the cycle's page.
use super::listing::{Moves, Query};
use crate::cycle::Cycle;
use crate::sheet::State;
use crate::sheet::counted::by_state;
use crate::sheet::listing::Listing;
use crate::{CycleRead, SheetRead};
use access::{Grant, Permission, Reach};
use kernel::OrgPath;
use rectification::ProblemRead;
use scoring::Layer;
use web::Ui;

/// How many sheets are in a state of a layer.
pub struct Count {
    pub state: State,
    pub n: i64,
}

/// What the list shows this reader, by state: kept figures, which go by the cycle's copy of the tree, put right by the few
/// branches that have come into the reach or left it since.
pub async fn counts<P: Permission>(
    ui: &Ui,
    grant: &Grant<P>,
    cycle: &Cycle,
    l: Listing,
    whole: bool,
) -> kernel::Result<(Vec<Count>, Moves)> {
    let mut counts = kept_counts(ui, cycle, &l).await?;
    let (g, c) = (grant.clone(), cycle.clone());
    let moves = ui.db.read(async move |tx| Query::moves(tx, &g, &c, &l, whole).await).await?;
    for count in &mut counts {
        let of = |states: &[State]| states.iter().filter(|s| **s == count.state).count() as i64;
        count.n = (count.n + of(&moves.come) - of(&moves.gone)).max(0);
    }
    Ok((counts, moves))
}

/// Of the reader's whole reach.
pub async fn of_all(ui: &Ui, grant: &Grant<CycleRead>, cycle: &Cycle, layer: Layer) -> kernel::Result<Vec<Count>> {
    // They lead to the list of sheets, where somebody may read it.
    match grant.also::<SheetRead>() {
        Some(reads) => Ok(counts(ui, &reads, cycle, Listing::all(cycle.id, layer, reads.reach()), true).await?.0),
        None => Ok(counts(ui, grant, cycle, Listing::all(cycle.id, layer, grant.reach()), true).await?.0),
    }
}

async fn kept_counts(ui: &Ui, cycle: &Cycle, l: &Listing) -> kernel::Result<Vec<Count>> {
    let (layer, reach) = (l.layer, &l.reach);
    // No figure is kept of the states within a grade, star or category, and few are drawn for the re-check: those are counted.
    if layer == Layer::Recheck || l.category.is_some() || l.grade.is_some() || l.star.is_some() {
        return counted(ui, l).await;
    }
    let metrics = match layer {
        Layer::Acceptance => ["branches", "acceptance:begun", "acceptance:submitted", "acceptance:returned"],
        _ => ["branches", "self:begun", "self:submitted", "self:returned"],
    };
    let n = kept(ui, reach, cycle, &metrics).await?;
    let get = |i: usize| n.get(i).copied().unwrap_or(0);
    let untouched = (get(0) - get(1) - get(2) - get(3)).max(0);
    Ok(vec![
        Count { state: State::Untouched, n: untouched },
        Count { state: State::Begun, n: get(1) },
        Count { state: State::Submitted, n: get(2) },
        Count { state: State::Returned, n: get(3) },
    ])
}

/// How many branches have confirmed 无问题 and how many have yet to, of what the grant reaches; figures kept like the others.
pub async fn none(ui: &Ui, grant: &Grant<CycleRead>, cycle: &Cycle) -> kernel::Result<Vec<(&'static str, String, i64)>> {
    use rectification::confirmation::{CONFIRMED, State as Said, WAITING};
    let Some(reads) = grant.also::<ProblemRead>() else { return Ok(Vec::new()) };
    let n = kept(ui, &reads.reach(), cycle, &[WAITING, CONFIRMED]).await?;
    let line = |(s, n): (Said, i64)| (s.text(), format!("/confirmations?f={}&cycle={}", s.name(), cycle.id), n);
    let all: Vec<_> = [Said::Waiting, Said::Confirmed].into_iter().zip(n).map(line).collect();
    Ok(if all.iter().any(|l| l.2 > 0) { all } else { Vec::new() })
}

/// The figures of places, added up: no place lies within another. Of the cycle's root for whoever reaches all.
async fn kept(ui: &Ui, reach: &Reach, cycle: &Cycle, metrics: &[&str]) -> kernel::Result<Vec<i64>> {
    let tops: Vec<OrgPath> = match reach.is_everything() {
        true => tree::path(&ui.db, cycle.root).await?.into_iter().collect(),
        false => reach.tops().cloned().collect(),
    };
    let mut sums = vec![0; metrics.len()];
    for top in &tops {
        let of_one = figures::of(&ui.db, &cycle.id.to_string(), top, metrics).await?;
        sums.iter_mut().zip(of_one).for_each(|(sum, n)| *sum += n);
    }
    Ok(sums)
}

async fn counted(ui: &Ui, l: &Listing) -> kernel::Result<Vec<Count>> {
    let l = l.clone();
    let n = ui.db.read(async move |tx| by_state(tx, &l).await).await?;
    let of = |state: State| n.iter().filter(|(s, _)| *s == state).map(|(_, n)| n).sum();
    Ok(State::ALL.into_iter().map(|state| Count { state, n: of(state) }).collect())
}

//! How soon one change stands in the figures of every place above it.
use crate::load::province::{Province, maker};
use crate::problems::problem;
use crate::report::{Report, ms, quantile};
use audit::Event;
use kernel::OrgPath;
use rectification::{By, PROBLEMS};
use std::sync::Arc;
use std::time::{Duration, Instant};

const CHANGES: usize = 60;

/// Opens problems one after the other, beside a server that adds figures up, and looks until the top has each.
pub async fn row(report: &mut Report, province: &Province, n: usize) {
    let calendar = Arc::new(administration::calendar(&province.db).await.unwrap());
    let board = province.cycle.to_string();
    let top = tree::path(&province.db, province.root).await.unwrap().unwrap();
    let mut times = Vec::new();
    for branch in province.branches.iter().step_by((n / CHANGES).max(1)).take(CHANGES) {
        let path = tree::path(&province.db, branch.0).await.unwrap().unwrap();
        let above = above(&path, &top);
        let before = counts(province, &board, &above).await;
        let new = problem(branch, path, board.clone(), "A1".into());
        let (calendar, today) = (calendar.clone(), province.today);
        let opened = audit::change(&province.db, maker(), async move |tx| {
            rectification::open(tx, &new, &calendar, &By::system(maker(), today)).await?;
            Ok(((), Event::new("problem.open", "load")))
        });
        opened.await.unwrap();
        let began = Instant::now();
        while counts(province, &board, &above).await.iter().zip(&before).any(|(now, then)| now == then) {
            assert!(began.elapsed() < Duration::from_secs(30), "a change is nowhere to be seen");
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
        times.push(began.elapsed());
    }
    times.sort();
    let ours = format!("p50 {}, p99 {}", ms(quantile(&times, 0.5)), ms(quantile(&times, 0.99)));
    report.row(&format!("one change visible in every ancestor's figures, {n} branches"), ours, "p99 ≤ 1 s", "–".into());
}

/// The places above one, up to `top`.
fn above(path: &OrgPath, top: &OrgPath) -> Vec<OrgPath> {
    let up = std::iter::successors(path.parent(), OrgPath::parent);
    up.take_while(|p| p.as_str().starts_with(top.as_str())).collect()
}

async fn counts(province: &Province, board: &str, places: &[OrgPath]) -> Vec<i64> {
    let mut all = Vec::new();
    for place in places {
        all.extend(figures::of(&province.db, board, place, &[PROBLEMS]).await.unwrap());
    }
    all
}

//! What is kept equals what a recount finds, on both engines.
#![allow(clippy::restriction, clippy::disallowed_methods, reason = "units without an event, in a test")]
use db::{Db, params};
use figures::{Child, Leaf, MIGRATIONS, add, between, children, children_between, compare, day_metric, fold, moved, of, reset};
use kernel::{BusinessDate, Error, OrgPath};
use std::collections::BTreeMap;
use testkit::{engines, on_both};

fn path(text: &str) -> OrgPath {
    OrgPath::parse(text).unwrap()
}
async fn put(db: &Db, at: &OrgPath, metric: &'static str, delta: i64) {
    let at = at.clone();
    db.write(async move |tx| add(tx, "b", &at, metric, delta).await).await.unwrap();
}
async fn fold_all(db: &Db) {
    while fold(db).await.unwrap() > 0 {}
}

/// The plain tree the test keeps beside: number → (parent, what it contributes itself).
#[derive(Default)]
struct Plain(BTreeMap<i64, (Option<i64>, BTreeMap<&'static str, i64>)>);

impl Plain {
    fn path(&self, node: i64) -> OrgPath {
        let mut text = format!("{node}/");
        let mut at = node;
        while let Some(up) = self.0[&at].0 {
            text = format!("{up}/{text}");
            at = up;
        }
        path(&format!("/{text}"))
    }
    fn is_below(&self, node: i64, top: i64) -> bool {
        node == top || self.0[&node].0.is_some_and(|up| self.is_below(up, top))
    }
    fn sum(&self, top: i64, metric: &str) -> i64 {
        self.0.iter().filter(|(n, _)| self.is_below(**n, top)).map(|(_, (_, own))| own.get(metric).copied().unwrap_or(0)).sum()
    }
    fn leaves(&self) -> Vec<Leaf> {
        let own =
            |n: &i64| self.0[n].1.iter().map(|(m, v)| Leaf { path: self.path(*n), metric: (*m).into(), value: *v }).collect::<Vec<_>>();
        self.0.keys().flat_map(own).collect()
    }
}

/// Numbers that look random and are the same in every run.
struct Dice(u64);
impl Dice {
    fn roll(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % below
    }
}

#[tokio::test]
async fn a_thousand_random_operations_equal_a_recount_moves_included() {
    on_both(&[MIGRATIONS], async |db| {
        let (mut plain, mut dice) = (Plain::default(), Dice(7));
        for node in 1..=40_i64 {
            let up = (node > 2).then(|| 1 + dice.roll(usize::try_from(node).unwrap() - 1) as i64);
            plain.0.insert(node, (up, BTreeMap::new()));
        }
        let mut moves = 0;
        for _ in 0..1000 {
            let node = 1 + dice.roll(40) as i64;
            match dice.roll(10) {
                0 => {
                    let to = 1 + dice.roll(40) as i64;
                    if plain.is_below(to, node) {
                        continue;
                    }
                    let from = plain.path(node);
                    plain.0.get_mut(&node).unwrap().0 = Some(to);
                    let to = plain.path(node);
                    if from != to {
                        db.write(async move |tx| moved(tx, "b", &from, &to).await).await.unwrap();
                        moves += 1;
                    }
                }
                1 => drop(fold(&db).await.unwrap()),
                n => {
                    let (metric, delta) = (["open", "closed"][n % 2], dice.roll(9) as i64 - 4);
                    put(&db, &plain.path(node), metric, delta).await;
                    *plain.0.get_mut(&node).unwrap().1.entry(metric).or_default() += delta;
                }
            }
        }
        assert!(moves > 20);
        assert_eq!(compare(&db, "b", &plain.leaves()).await.unwrap(), [], "with deltas waiting");
        fold_all(&db).await;
        assert_eq!(compare(&db, "b", &plain.leaves()).await.unwrap(), [], "folded");
        for node in 1..=40 {
            let kept = of(&db, "b", &plain.path(node), &["closed", "open", "never"]).await.unwrap();
            assert_eq!(kept, [plain.sum(node, "closed"), plain.sum(node, "open"), 0], "{node}");
            let below = children(&db, "b", Some(&plain.path(node)), &["open"]).await.unwrap();
            for Child { path, values } in below {
                let child: i64 = path.as_str().trim_end_matches('/').rsplit('/').next().unwrap().parse().unwrap();
                assert_eq!((plain.0[&child].0, values), (Some(node), vec![plain.sum(child, "open")]));
            }
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_processes_that_fold_while_others_write_count_everything_once() {
    for engine in engines().await {
        println!("on {engine}");
        let db = engine.db().clone();
        db.migrate(MIGRATIONS).await.unwrap();
        let folders = [db.clone(), Db::open(engine.url()).await.unwrap()].map(|db| tokio::spawn(figures::run(db)));
        let mut writing = Vec::new();
        for i in 0..300_i64 {
            let db = db.clone();
            writing.push(tokio::spawn(async move { put(&db, &path(&format!("/1/{}/", 2 + i % 3)), "n", 1).await }));
        }
        for w in writing {
            w.await.unwrap();
        }
        while of(&db, "b", &path("/1/"), &["n"]).await.unwrap() != [300] {
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
        folders.iter().for_each(tokio::task::JoinHandle::abort);
        assert_eq!(children(&db, "b", Some(&path("/1/")), &["n"]).await.unwrap().iter().map(|c| c.values[0]).collect::<Vec<_>>(), [100; 3]);
        assert_eq!(children(&db, "b", None, &["n"]).await.unwrap(), [Child { path: path("/1/"), values: vec![300] }]);
    }
}

#[tokio::test]
async fn a_unit_that_fails_leaves_no_delta() {
    on_both(&[MIGRATIONS], async |db| {
        let end: db::Result<()> = db
            .write(async |tx| {
                add(tx, "b", &path("/1/"), "n", 1).await?;
                Err(kernel::Error::invalid("no").into())
            })
            .await;
        assert!(end.is_err());
        assert_eq!(fold(&db).await.unwrap(), 0);
    })
    .await;
}

#[tokio::test]
async fn what_is_overdue_is_a_sum_over_days_and_boards_do_not_mix() {
    on_both(&[MIGRATIONS], async |db| {
        let day = |text| BusinessDate::parse(text).unwrap();
        db.write(async move |tx| {
            for (at, due) in [("/1/2/", "2026-06-10"), ("/1/2/", "2026-06-14"), ("/1/3/", "2026-06-15"), ("/1/3/", "2026-07-01")] {
                add(tx, "problems", &path(at), &day_metric("due", day(due)), 1).await?;
            }
            add(tx, "other", &path("/1/"), &day_metric("due", day("2026-06-01")), 9).await
        })
        .await
        .unwrap();
        fold_all(&db).await;
        let (first, today) = (day_metric("due", day("1900-01-01")), day_metric("due", day("2026-06-15")));
        assert_eq!(between(&db, "problems", &path("/1/"), &first, &today).await.unwrap(), 2);
        assert_eq!(between(&db, "problems", &path("/1/9/"), &first, &today).await.unwrap(), 0);
        let below = children_between(&db, "problems", Some(&path("/1/")), &first, &today).await.unwrap();
        assert_eq!(below, [Child { path: path("/1/2/"), values: vec![2] }]);
    })
    .await;
}

#[tokio::test]
async fn a_figure_that_went_wrong_is_named_and_put_right() {
    on_both(&[MIGRATIONS], async |db| {
        put(&db, &path("/1/2/"), "n", 5).await;
        fold_all(&db).await;
        db.write(async |tx| tx.exec("UPDATE figure SET value = 4 WHERE path = $1", &params!["/1/"]).await).await.unwrap();
        let counted = vec![Leaf { path: path("/1/2/"), metric: "n".into(), value: 5 }];
        let wrong = compare(&db, "b", &counted).await.unwrap();
        assert_eq!(wrong, [figures::Difference { path: "/1/".into(), metric: "n".into(), kept: 4, counted: 5 }]);
        let right = counted.clone();
        db.write(async move |tx| reset(tx, "b", &right).await).await.unwrap();
        fold_all(&db).await;
        assert_eq!(compare(&db, "b", &counted).await.unwrap(), []);
        assert_eq!(of(&db, "b", &path("/1/"), &["n"]).await.unwrap(), [5]);
    })
    .await;
}

#[tokio::test]
async fn no_figure_is_looked_for_by_reading_them_all() {
    on_both(&[MIGRATIONS], async |db| {
        for sql in [
            "SELECT value FROM figure WHERE board = $1 AND path = $2 AND metric >= $3 AND metric < $4",
            "SELECT path FROM figure WHERE board = $1 AND parent = $2 AND metric = $3 ORDER BY path",
            "SELECT path FROM figure_delta WHERE board = $1 AND path >= $2 AND path < $3",
        ] {
            let plan = db.plan(sql).await.unwrap();
            assert!(!plan.iter().any(|l| l.contains("SCAN") || l.contains("Seq Scan")), "{plan:?}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn units_that_write_while_their_place_moves_are_counted_where_it_ends() {
    const PLACE: db::Migration = db::Migration {
        name: "0000_place",
        sql: "CREATE TABLE place (id INTEGER NOT NULL PRIMARY KEY, path TEXT NOT NULL); INSERT INTO place VALUES (3, '/1/3/')",
    };
    on_both(&[MIGRATIONS, &[PLACE]], async |db| {
        let folder = tokio::spawn(figures::run(db.clone()));
        let mut running = Vec::new();
        for i in 0..200_i64 {
            let db = db.clone();
            running.push(tokio::spawn(async move {
                let unit = async move || {
                    db.write(async move |tx| {
                        let here: OrgPath = tx.one("SELECT path FROM place WHERE id = $1", &params![3]).await?;
                        if i % 10 > 0 {
                            return add(tx, "b", &here, "n", 1).await;
                        }
                        let there = path(if here == path("/1/3/") { "/2/4/3/" } else { "/1/3/" });
                        tx.exec("UPDATE place SET path = $1 WHERE id = 3", &params![&there]).await?;
                        moved(tx, "b", &here, &there).await
                    })
                    .await
                };
                while let Err(e) = unit().await {
                    assert_eq!(Error::from(e).kind, kernel::Kind::Busy);
                }
            }));
        }
        for r in running {
            r.await.unwrap();
        }
        folder.abort();
        fold_all(&db).await;
        let here: OrgPath = db.lookup("SELECT path FROM place WHERE id = 3", &[]).await.unwrap().remove(0);
        let counted = [Leaf { path: here, metric: "n".into(), value: 180 }];
        assert_eq!(compare(&db, "b", &counted).await.unwrap(), []);
    })
    .await;
}

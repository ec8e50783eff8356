//! Jobs are done once, by whoever is there, and seen as they go; on both engines.
#![allow(clippy::restriction, clippy::disallowed_methods, reason = "units without an event, in a test")]
use db::{Db, params};
use jobs::{Claim, Failure, Job, MIGRATIONS, Pace, Running, Worker, enqueue, of, owned_by, run_at, within};
use kernel::{AccountId, Error, JobId, OrgPath};
use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};
use testkit::{engines, on_both};

const QUICK: Pace = Pace { hold: Duration::from_millis(300), look: Duration::from_millis(10), at_once: 2 };

fn path(text: &str) -> OrgPath {
    OrgPath::parse(text).unwrap()
}
async fn ask(db: &Db, kind: &'static str, at: &str, payload: &'static str) -> JobId {
    let (id, at) = (JobId::new(), path(at));
    db.write(async move |tx| enqueue(tx, &id, kind, None, &at, payload).await).await.unwrap();
    id
}
async fn ended(db: &Db, id: &JobId) -> Job {
    loop {
        let job = of(db, id, &path("/1/")).await.unwrap();
        if job.has_ended() {
            return job;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

/// Does what its payload says and counts how often it began.
#[derive(Clone, Default)]
struct Test {
    begun: Arc<AtomicUsize>,
}
impl Worker for Test {
    fn kind(&self) -> &'static str {
        "test"
    }
    fn run(&self, db: Db, job: Claim) -> Running {
        let begun = self.begun.fetch_add(1, Ordering::SeqCst) + 1;
        Box::pin(async move {
            match job.payload.as_str() {
                "fail" => Err(Error::invalid("row-bad").with("row", 7)),
                "panic" => panic!("a bug"),
                "hang" => std::future::pending().await,
                "hang once" if begun == 1 => std::future::pending().await,
                "long" => {
                    for step in 1..=6 {
                        tokio::time::sleep(QUICK.hold / 3).await;
                        job.progress(&db, step, 6).await?;
                    }
                    Ok("long".into())
                }
                "stops speaking" => {
                    job.progress(&db, 2900, 3000).await?;
                    Ok(String::new())
                }
                text => Ok(format!("{text} {}", job.attempt)),
            }
        })
    }
}
fn start(db: &Db, worker: &Test) -> tokio::task::JoinHandle<()> {
    tokio::spawn(run_at(QUICK, db.clone(), vec![Box::new(worker.clone())]))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_processes_share_the_jobs_and_each_is_done_once() {
    for engine in engines().await {
        println!("on {engine}");
        engine.db().migrate(MIGRATIONS).await.unwrap();
        let mut asked = Vec::new();
        for _ in 0..30 {
            asked.push(ask(engine.db(), "test", "/1/", "done").await);
        }
        let worker = Test::default();
        let running = [start(engine.db(), &worker), start(&Db::open(engine.url()).await.unwrap(), &worker)];
        for id in &asked {
            assert_eq!(ended(engine.db(), id).await.result.as_deref(), Some("done 1"));
        }
        assert_eq!(worker.begun.load(Ordering::SeqCst), 30);
        running.iter().for_each(tokio::task::JoinHandle::abort);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_job_that_fails_or_panics_ends_with_its_reason_and_the_next_goes_on() {
    on_both(&[MIGRATIONS], async |db| {
        let running = start(&db, &Test::default());
        let failed = ended(&db, &ask(&db, "test", "/1/", "fail").await).await;
        assert_eq!(failed.failure(), Some(Failure { key: "row-bad".into(), args: vec![("row".into(), "7".into())] }));
        assert!(failed.result.is_none() && failed.percent() < 100);
        let broken = ended(&db, &ask(&db, "test", "/1/", "panic").await).await;
        assert_eq!(broken.failure().unwrap().key, "internal");
        let done = ended(&db, &ask(&db, "test", "/1/", "well").await).await;
        assert_eq!((done.failure(), done.percent()), (None, 100));
        running.abort();
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_job_whose_process_died_is_taken_over() {
    on_both(&[MIGRATIONS], async |db| {
        let worker = Test::default();
        let id = ask(&db, "test", "/1/", "hang once").await;
        let dying = start(&db, &worker);
        while worker.begun.load(Ordering::SeqCst) == 0 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        dying.abort();
        let running = start(&db, &worker);
        assert_eq!(ended(&db, &id).await.result.as_deref(), Some("hang once 2"));
        running.abort();
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_job_longer_than_its_hold_keeps_it_and_shows_its_progress() {
    for engine in engines().await {
        println!("on {engine}");
        let db = engine.db();
        db.migrate(MIGRATIONS).await.unwrap();
        let worker = Test::default();
        let id = ask(db, "test", "/1/", "long").await;
        let running = [start(db, &worker), start(&Db::open(engine.url()).await.unwrap(), &worker)];
        let mut seen = 0;
        let end = loop {
            let job = of(db, &id, &path("/1/")).await.unwrap();
            assert!(job.done >= seen, "progress never goes back");
            seen = job.done;
            if job.has_ended() {
                break job;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        };
        assert_eq!((end.attempt, end.done, end.total, worker.begun.load(Ordering::SeqCst)), (1, 6, 6, 1));
        running.iter().for_each(tokio::task::JoinHandle::abort);
    }
}

#[tokio::test]
async fn a_worker_that_lost_its_job_is_told_and_one_that_kills_its_process_is_given_up() {
    on_both(&[MIGRATIONS], async |db| {
        let id = ask(&db, "test", "/1/", "hang").await;
        let late = Claim { id, owner: None, path: path("/1/"), payload: String::new(), attempt: 2 };
        // As if three processes had begun it and died.
        db.write(async move |tx| tx.exec("UPDATE job SET attempt = 3 WHERE id = $1", &params![&id]).await).await.unwrap();
        assert_eq!(late.progress(&db, 1, 2).await.unwrap_err().key, "job-lost");
        let worker = Test::default();
        let running = start(&db, &worker);
        assert_eq!(ended(&db, &id).await.failure().unwrap().key, "job-gave-up");
        assert_eq!(worker.begun.load(Ordering::SeqCst), 0);
        running.abort();
    })
    .await;
}

#[tokio::test]
async fn a_kind_nobody_here_knows_waits_for_a_process_that_does() {
    on_both(&[MIGRATIONS], async |db| {
        let (foreign, own) = (ask(&db, "other", "/1/", "x").await, ask(&db, "test", "/1/", "x").await);
        let running = start(&db, &Test::default());
        ended(&db, &own).await;
        assert_eq!(of(&db, &foreign, &path("/1/")).await.unwrap().attempt, 0);
        running.abort();
    })
    .await;
}

#[tokio::test]
async fn a_job_is_seen_from_its_place_and_above_and_by_its_owner() {
    on_both(&[MIGRATIONS], async |db| {
        let me = AccountId::new();
        let (mine, place) = (JobId::new(), path("/1/2/"));
        db.write(async move |tx| enqueue(tx, &mine, "test", Some(&me), &place, "{}").await).await.unwrap();
        let other = ask(&db, "test", "/1/20/", "{}").await;
        let ids = |list: Vec<Job>| list.into_iter().map(|j| j.id).collect::<Vec<_>>();
        assert_eq!(ids(within(&db, &path("/1/"), None, 10).await.unwrap()), [other, mine]);
        assert_eq!(ids(within(&db, &path("/1/"), Some(other), 10).await.unwrap()), [mine]);
        assert_eq!(ids(within(&db, &path("/1/2/"), None, 10).await.unwrap()), [mine]);
        assert_eq!(ids(owned_by(&db, &me, None, 10).await.unwrap()), [mine]);
        assert!(matches!(of(&db, &mine, &path("/1/20/")).await, Err(db::Error::Missing)));
    })
    .await;
}

#[tokio::test]
async fn a_unit_that_fails_asks_for_nothing() {
    on_both(&[MIGRATIONS], async |db| {
        let (id, at) = (JobId::new(), path("/1/"));
        let end: db::Result<()> = db
            .write(async move |tx| {
                enqueue(tx, &id, "test", None, &at, "{}").await?;
                Err(Error::invalid("no").into())
            })
            .await;
        assert!(end.is_err());
        assert!(within(&db, &path("/1/"), None, 10).await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_that_ended_well_is_done_to_the_last_step_whatever_its_last_word_was() {
    on_both(&[MIGRATIONS], async |db| {
        let id = ask(&db, "test", "/1/", "stops speaking").await;
        let running = start(&db, &Test::default());
        let job = ended(&db, &id).await;
        assert_eq!((job.done, job.total, job.percent()), (3000, 3000, 100));
        running.abort();
    })
    .await;
}

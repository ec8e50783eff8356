//! When is signed, and by whom of several.
use crate::log::{Log, another, fresh, note, signer};
use audit::checkpoint::{Pace, copy, last, look, make, stored};
use audit::{Kept, Whole};
use kernel::Instant;

const PACE: Pace = Pace { events: 5, minutes: 10, look: std::time::Duration::ZERO };

/// Events whose time is later than the checkpoint's.
async fn later(db: &db::Db, checkpoint: Instant, times: usize) {
    while Instant::now() <= checkpoint {
        std::thread::yield_now();
    }
    note(db, times).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_checkpoint_is_due_after_so_many_events_or_so_many_minutes_and_never_without_an_event() {
    for engine in fresh().await {
        let (db, signer) = (another(&engine).await, signer());
        assert_eq!(look(&db, &signer, PACE, Instant::now()).await.unwrap(), None, "an empty log");
        note(&db, 1).await;
        assert_eq!(look(&db, &signer, PACE, Instant::now()).await.unwrap(), Some(1), "there was none before");
        let at = last(&db).await.unwrap().unwrap().at;
        later(&db, at, 4).await;
        assert_eq!(look(&db, &signer, PACE, at.plus_minutes(9)).await.unwrap(), None);
        note(&db, 1).await;
        assert_eq!(look(&db, &signer, PACE, at.plus_minutes(9)).await.unwrap(), Some(2), "the fifth");
        let at = last(&db).await.unwrap().unwrap().at;
        later(&db, at, 1).await;
        assert_eq!(look(&db, &signer, PACE, at.plus_minutes(10)).await.unwrap(), Some(3), "ten minutes");
        let at = last(&db).await.unwrap().unwrap().at;
        assert_eq!(look(&db, &signer, PACE, at.plus_minutes(10)).await.unwrap(), None, "nothing is new");
        later(&db, at, 1).await;
        assert_eq!(look(&db, &signer, PACE, at.plus_minutes(9)).await.unwrap(), None);
        assert_eq!(make(&db, &signer).await.unwrap(), Some(4), "asked for, it is made at once");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_processes_that_sign_at_once_one_makes_the_checkpoint() {
    for engine in fresh().await {
        let (one, other) = (another(&engine).await, another(&engine).await);
        for round in 1..=20 {
            note(if round % 2 == 0 { &one } else { &other }, 2).await;
            let (one, other) = (one.clone(), other.clone());
            let asked = [one, other].map(|db| tokio::spawn(async move { make(&db, &signer()).await.unwrap() }));
            let mut made = Vec::new();
            for process in asked {
                made.extend(process.await.unwrap());
            }
            assert_eq!(made, [round], "on {engine}");
        }
        let whole = Whole { events: 40, segments: 2, checkpoints: 20, signed: 40, copies: 0 };
        assert_eq!(audit::verify_against(&one, Some(signer().public()), vec![]).await.unwrap(), Ok(whole));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_checkpoint_is_handed_out_with_the_heads_it_signs() {
    for engine in fresh().await {
        let log = Log::of(&engine).await;
        let all = log.db.read(async |tx| stored(tx, i64::MAX, 10).await).await.unwrap();
        assert_eq!(all.iter().map(|s| (s.number, s.events, s.segments)).collect::<Vec<_>>(), [(2, 20, 3), (1, 16, 3)]);
        let mut copies = Vec::new();
        for number in [1, 2] {
            let (stored, text) = log.db.read(async move |tx| copy(tx, number).await).await.unwrap();
            let copy = Kept::parse(&text).unwrap();
            assert!(copy.checkpoint.is_over(copy.heads.as_ref().unwrap()) && copy.checkpoint.note() == stored.note);
            copies.push(copy);
        }
        assert_eq!(log.verify(&copies).await.unwrap().copies, 2);
        assert!(log.db.read(async |tx| copy(tx, 3).await).await.is_err());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_signs_a_log_that_became_shorter() {
    for engine in fresh().await {
        let log = Log::of(&engine).await;
        log.unlock().await;
        log.forge("DELETE FROM event WHERE segment = $1 AND seq > $2", 2, 1).await;
        assert!(make(&log.db, &log.signer).await.is_err());
        log.forge("DELETE FROM event WHERE segment = $1 AND seq > $2", 2, 0).await;
        assert!(make(&log.db, &log.signer).await.is_err());
        assert_eq!(last(&log.db).await.unwrap().unwrap().number, 2);
    }
}

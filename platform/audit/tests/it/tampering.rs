//! Eight kinds of tampering, each found by the verifier; and each with what a bare chain would have said, which shows why
//! checkpoints are kept elsewhere.
use crate::forging::{ALL, Kind};
use crate::log::{Log, fresh};
use audit::{Broken, Kept, Signer, checkpoint};
use std::slice;

/// What is found, as hex digits of a segment and a number.
fn expected(kind: Kind, log: &Log) -> Broken {
    let segment = |n: usize| log.segments[n].iter().map(|b| format!("{b:02x}")).collect::<String>();
    let link = |seq| Broken::Link { segment: segment(0), seq };
    match kind {
        Kind::Edited | Kind::Swapped => link(4),
        Kind::Deleted => link(5),
        Kind::Inserted => link(6),
        Kind::CutTail => Broken::Gone { number: 1, segment: segment(0), seq: 8 },
        Kind::SegmentRemoved => Broken::Gone { number: 1, segment: segment(1), seq: 5 },
        Kind::HashedAnew => Broken::Rewritten { number: 1, segment: segment(0), seq: 8 },
        Kind::ColumnsOnly => Broken::Column { segment: segment(0), seq: 4, column: "at" },
    }
}

/// A chain alone says nothing of these.
const UNSEEN_BY_A_BARE_CHAIN: [Kind; 3] = [Kind::CutTail, Kind::SegmentRemoved, Kind::HashedAnew];

#[tokio::test(flavor = "multi_thread")]
async fn eight_of_eight_kinds_of_tampering_are_found_and_three_of_them_by_what_was_kept_elsewhere_only() {
    let mut found = 0;
    for kind in ALL {
        for engine in fresh().await {
            let log = Log::of(&engine).await;
            let copies = slice::from_ref(&log.copy);
            assert!(log.verify(copies).await.is_ok() && log.verify_exported(copies).await.is_ok(), "before anything is done");
            log.unlock().await;
            log.tamper(kind).await;
            let expected = expected(kind, &log);
            // The checkpoints in the database show it to whoever forgot to change them too.
            assert_eq!(log.verify(&[]).await, Err(expected.clone()), "{kind:?} on {engine}, checkpoints left alone");
            log.forget().await;
            let bare = log.verify(&[]).await;
            assert_eq!(bare.is_ok(), UNSEEN_BY_A_BARE_CHAIN.contains(&kind), "{kind:?} on {engine}, a bare chain: {bare:?}");
            assert_eq!(log.verify(copies).await, Err(expected.clone()), "{kind:?} on {engine}");
            // In a file there are no columns that could differ from the events: what was changed beside them is not in it.
            match kind {
                Kind::ColumnsOnly => assert!(log.verify_exported(&[]).await.is_ok(), "the chain itself was left alone"),
                _ => assert_eq!(log.verify_exported(copies).await, Err(expected), "{kind:?} on {engine}, exported"),
            }
            found += 1;
        }
    }
    println!("{found} times found: {} kinds on each engine", ALL.len());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_tables_of_the_log_take_no_change_and_no_deletion() {
    for engine in fresh().await {
        let log = Log::of(&engine).await;
        for sql in [
            "UPDATE event SET actor = 'x'",
            "DELETE FROM event",
            "UPDATE audit_checkpoint SET at = 0",
            "DELETE FROM audit_checkpoint",
            "UPDATE audit_head SET seq = 1",
            "DELETE FROM audit_head",
        ] {
            assert!(log.db.write(async move |tx| tx.exec(sql, &[]).await).await.is_err(), "{sql}");
        }
        assert!(log.verify(&[]).await.is_ok());
    }
}

/// Signed anew by somebody who has no key, and by somebody who stole it.
#[tokio::test(flavor = "multi_thread")]
async fn a_log_written_and_signed_anew_is_not_the_one_that_was_kept() {
    for engine in fresh().await {
        let log = Log::of(&engine).await;
        log.unlock().await;
        log.tamper(Kind::HashedAnew).await;
        log.forget().await;
        checkpoint::make(&log.db, &Signer::of(&[6; 32]).unwrap()).await.unwrap();
        assert_eq!(log.verify(&[]).await, Err(Broken::Key { number: 1 }));
        log.forget().await;
        checkpoint::make(&log.db, &log.signer).await.unwrap();
        assert!(log.verify(&[]).await.is_ok(), "with the key the database can be made to agree with itself");
        assert_eq!(log.verify(slice::from_ref(&log.copy)).await, Err(expected(Kind::HashedAnew, &log)));
        // Copied by hand, without the heads, it still tells.
        let short = Kept { heads: None, ..log.copy.clone() };
        assert_eq!(log.verify(&[short]).await, Err(Broken::Record { number: 1 }));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn checkpoints_that_were_changed_are_named() {
    for engine in fresh().await {
        let log = Log::of(&engine).await;
        log.unlock().await;
        for (sql, back, broken) in [
            (
                "UPDATE audit_checkpoint SET note = replace(note, 'events 16', 'events 15') WHERE number = 1",
                "UPDATE audit_checkpoint SET note = replace(note, 'events 15', 'events 16') WHERE number = 1",
                Broken::Signature { number: 1 },
            ),
            (
                "UPDATE audit_checkpoint SET events = events + 1 WHERE number = 2",
                "UPDATE audit_checkpoint SET events = events - 1 WHERE number = 2",
                Broken::Record { number: 2 },
            ),
            (
                "UPDATE audit_head SET hash = segment WHERE number = 1 AND seq = 5",
                "UPDATE audit_head SET hash = (SELECT e.hash FROM event e WHERE e.segment = audit_head.segment AND e.seq = 5)
                 WHERE number = 1 AND seq = 5",
                Broken::Heads { number: 1 },
            ),
        ] {
            log.run(sql).await;
            assert_eq!(log.verify(&[]).await, Err(broken), "{sql}");
            log.run(back).await;
            assert!(log.verify(&[]).await.is_ok(), "{back}");
        }
        log.run("DELETE FROM audit_checkpoint WHERE number = 1").await;
        assert_eq!(log.verify(&[]).await, Err(Broken::Record { number: 1 }));
    }
}

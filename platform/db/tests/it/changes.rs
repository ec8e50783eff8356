//! One unit of work: what it binds, reads back, takes back and refuses.
use crate::{NOTES, engines::on_both};
use db::{Db, Error, Result, Tx, params};
use std::time::Duration;

const PUT: &str = "INSERT INTO note (id, text, size) VALUES ($1, $2, $3)";

async fn put(db: &Db, id: i64, text: &'static str) -> Result<u64> {
    db.write(async move |tx| tx.exec(PUT, &params![id, text, 0]).await).await
}
async fn count(db: &Db) -> i64 {
    db.lookup("SELECT COUNT(*) FROM note", &[]).await.unwrap()[0]
}

#[tokio::test]
async fn places_bound_out_of_order_arrive_where_they_belong_and_literals_keep_their_signs() {
    on_both(&[NOTES], async |db| {
        db.write(async |tx| {
            tx.exec(
                "INSERT INTO note (size, text, id, raw, open) VALUES ($3, $2 || ' costs $1', $1, $5, $4)",
                &params![7, "it", 30, true, b"raw"],
            )
            .await
        })
        .await
        .unwrap();
        db::row! { #[derive(Debug, PartialEq)] struct Note { id: i64, text: String, size: i64, raw: Vec<u8>, open: Option<bool> } }
        let found: Vec<Note> =
            db.lookup("SELECT id, text, size, raw, open FROM note WHERE size = $2 AND id = $1", &params![7, 30]).await.unwrap();
        assert_eq!(found, [Note { id: 7, text: "it costs $1".into(), size: 30, raw: b"raw".into(), open: Some(true) }]);
    })
    .await;
}

/// Statements are written in the program (`&'static str`); what people type travels beside them.
#[tokio::test]
async fn what_somebody_types_is_never_part_of_a_statement() {
    on_both(&[NOTES], async |db| {
        for (id, text) in [(1, "'); DROP TABLE note; --"), (2, "' OR '1'='1"), (3, "$1 \\' \" ;"), (4, "%_\\x00")] {
            put(&db, id, text).await.unwrap();
            let kept: Vec<i64> = db.lookup("SELECT id FROM note WHERE text = $1", &params![text]).await.unwrap();
            assert_eq!(kept, [id]);
        }
        assert_eq!(count(&db).await, 4);
    })
    .await;
}

#[tokio::test]
async fn sums_and_literals_are_numbers_on_both_engines() {
    on_both(&[NOTES], async |db| {
        put(&db, 1, "a").await.unwrap();
        db.write(async |tx| tx.exec("UPDATE note SET size = size + $1 + 1", &params![41]).await).await.unwrap();
        let sums: Vec<i64> = db.lookup("SELECT SUM(size) FROM note UNION ALL SELECT 1 ORDER BY 1", &[]).await.unwrap();
        assert_eq!(sums, [1, 42]);
        let none: Vec<Option<i64>> = db.lookup("SELECT SUM(size) FROM note WHERE id = 9", &[]).await.unwrap();
        assert_eq!(none, [None]);
    })
    .await;
}

#[tokio::test]
async fn text_keys_sort_by_their_bytes_whatever_the_server_s_language() {
    on_both(&[NOTES], async |db| {
        for (id, text) in [(1, "中"), (2, "Zebra"), (3, "apple"), (4, "阿"), (5, "É")] {
            put(&db, id, text).await.unwrap();
        }
        let sorted: Vec<String> = db.lookup("SELECT text FROM note ORDER BY text", &[]).await.unwrap();
        assert_eq!(sorted, ["Zebra", "apple", "É", "中", "阿"]);
    })
    .await;
}

#[tokio::test]
async fn a_unit_that_refuses_leaves_nothing_although_it_had_written() {
    on_both(&[NOTES], async |db| {
        let refused: Result<()> = db
            .write(async |tx| {
                tx.exec(PUT, &params![1, "a", 0]).await?;
                tx.one::<i64>("INSERT INTO remark (note, text) VALUES ($1, $2) RETURNING id", &params![1, "b"]).await?;
                tx.later(PUT, &params![2, "c", 0]).await?;
                Err(kernel::Error::invalid("no").into())
            })
            .await;
        assert!(matches!(refused, Err(Error::Unit(e)) if e.key == "no"));
        assert_eq!(count(&db).await, 0);
    })
    .await;
}

#[tokio::test]
async fn a_statement_nobody_waits_for_is_seen_by_the_next_and_fails_its_unit() {
    on_both(&[NOTES], async |db| {
        let seen: i64 = db
            .write(async |tx| {
                tx.later(PUT, &params![1, "a", 5]).await?;
                tx.one("SELECT size FROM note WHERE id = $1", &params![1]).await
            })
            .await
            .unwrap();
        assert_eq!(seen, 5);
        let twice = db.write(async |tx| tx.later(PUT, &params![1, "b", 0]).await).await.unwrap_err();
        assert!(twice.is_unique(), "{twice:?}");
        assert_eq!(kernel::Error::from(twice).key, "already-there");
        assert_eq!(count(&db).await, 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_long_refusal_of_a_statement_nobody_waits_for_does_not_hold_up_the_next() {
    on_both(&[NOTES], async |db| {
        // The refusal repeats the text: more than one reading of the wire brings.
        let long = "长".repeat(10_000);
        let first = long.clone();
        db.write(async move |tx| tx.exec(PUT, &params![1, &first, 0]).await).await.unwrap();
        for id in 2..10 {
            let text = long.clone();
            let unit = db.write(async move |tx| {
                tx.later(PUT, &params![id, &text, 0]).await?;
                tx.all::<i64>("SELECT id FROM note WHERE id = $1", &params![id]).await
            });
            let end = tokio::time::timeout(Duration::from_secs(20), unit).await.expect("an answer");
            assert!(end.unwrap_err().is_unique());
        }
        assert_eq!(count(&db).await, 1);
    })
    .await;
}

#[tokio::test]
async fn a_broken_rule_of_the_table_is_told_by_its_kind() {
    on_both(&[NOTES], async |db| {
        put(&db, 1, "a").await.unwrap();
        assert!(put(&db, 1, "b").await.unwrap_err().is_unique());
        assert!(put(&db, 2, "a").await.unwrap_err().is_unique());
        let remark =
            async |note: i64| db.write(async move |tx| tx.exec("INSERT INTO remark (note) VALUES ($1)", &params![note]).await).await;
        let lost = remark(9).await.unwrap_err();
        assert!(lost.is_foreign_key() && !lost.is_unique(), "{lost:?}");
        remark(1).await.unwrap();
        let held = db.write(async |tx| tx.exec("DELETE FROM note", &[]).await).await.unwrap_err();
        assert_eq!(kernel::Error::from(held).key, "still-referenced");
    })
    .await;
}

#[tokio::test]
async fn a_unit_that_goes_on_after_a_failed_statement_is_lost_on_both_engines() {
    on_both(&[NOTES], async |db| {
        put(&db, 1, "a").await.unwrap();
        let end = db
            .write(async |tx| {
                tx.exec(PUT, &params![2, "b", 0]).await?;
                let _ = tx.exec(PUT, &params![1, "again", 0]).await;
                Ok(())
            })
            .await;
        assert!(end.is_err());
        assert_eq!(count(&db).await, 1);
    })
    .await;
}

#[tokio::test]
async fn a_unit_that_panics_or_waits_for_something_foreign_harms_nobody_else() {
    on_both(&[NOTES], async |db| {
        let end: Result<()> = db
            .write(async |tx| {
                tx.exec(PUT, &params![1, "a", 0]).await?;
                panic!("a bug")
            })
            .await;
        assert!(matches!(end, Err(Error::Panicked)), "{end:?}");
        let read: Result<()> = db.read(async |tx| tx.one("SELECT nothing", &[]).await.map(|_: i64| ())).await;
        assert!(read.is_err());
        put(&db, 2, "b").await.unwrap();
        assert_eq!(count(&db).await, 1);
    })
    .await;
}

#[tokio::test]
async fn a_missing_row_is_not_found_and_a_missing_parameter_is_our_fault() {
    on_both(&[NOTES], async |db| {
        let missing = db.read(async |tx| tx.one::<i64>("SELECT id FROM note WHERE id = $1", &params![4]).await).await.unwrap_err();
        assert_eq!(kernel::Error::from(missing).kind, kernel::Kind::NotFound);
        for params in [&params![][..], &params![1, 2], &params!["one"]] {
            // SQLite compares a number with a text without a word; what it can tell, it must.
            if let Err(e) = db.lookup::<i64>("SELECT id FROM note WHERE id = $1", params).await {
                assert_eq!(kernel::Error::from(e).kind, kernel::Kind::Internal);
            } else {
                assert_eq!(params.len(), 1);
            }
        }
    })
    .await;
}

#[tokio::test]
async fn a_read_sees_one_moment_and_cannot_write() {
    on_both(&[NOTES], async |db| {
        put(&db, 1, "a").await.unwrap();
        let end = db.read(async |tx| tx.exec(PUT, &params![2, "b", 0]).await).await;
        assert!(end.is_err());
        let both: (i64, i64) = db
            .read(async |tx: &mut Tx<'_>| {
                Ok((tx.one("SELECT COUNT(*) FROM note", &[]).await?, tx.one("SELECT SUM(id) FROM note", &[]).await?))
            })
            .await
            .unwrap();
        assert_eq!(both, (1, 1));
    })
    .await;
}

#[tokio::test]
async fn a_text_with_a_nul_is_refused_in_words_by_both_engines() {
    on_both(&[NOTES], async |db| {
        let refused = |e: db::Error| kernel::Error::from(e).key;
        let sql = "INSERT INTO note (id, text, size) VALUES (1, $1, 0)";
        let written = db.write(async move |tx| tx.exec(sql, &params!["a\0b"]).await.map(drop)).await;
        assert_eq!(refused(written.unwrap_err()), "text-nul");
        let later = db.write(async move |tx| tx.later(sql, &params!["\0"]).await).await;
        assert_eq!(refused(later.unwrap_err()), "text-nul");
        let found = db.lookup::<i64>("SELECT id FROM note WHERE text = $1", &params!["a\0"]).await;
        assert_eq!(refused(found.unwrap_err()), "text-nul");
        assert_eq!(db.lookup::<i64>("SELECT COUNT(*) FROM note", &[]).await.unwrap(), [0]);
    })
    .await;
}

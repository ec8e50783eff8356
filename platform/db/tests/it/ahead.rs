//! Rows that are asked for before they are needed, and rows of two tables side by side.
use crate::{NOTES, engines::on_both};
use db::{Ahead, params};

const PUT: &str = "INSERT INTO note (id, text, size) VALUES ($1, $2, $3)";

#[tokio::test]
async fn rows_asked_for_ahead_are_those_of_that_moment_and_come_in_whatever_order_they_are_taken() {
    on_both(&[NOTES], async |db| {
        db.write(async |tx| {
            for id in 1..=40 {
                tx.later(PUT, &params![id, &format!("{id}"), id]).await?;
            }
            let first: Ahead<i64> = tx.ahead("SELECT id FROM note WHERE id <= $1 ORDER BY id", &params![3]).await?;
            let long: Ahead<String> = tx.ahead("SELECT text FROM note ORDER BY id", &[]).await?;
            tx.later("DELETE FROM note WHERE id <= $1", &params![2]).await?;
            let now: Vec<i64> = tx.all("SELECT id FROM note WHERE id <= $1 ORDER BY id", &params![3]).await?;
            assert_eq!(now, [3]);
            assert_eq!(long.rows(tx).await?.len(), 40);
            assert_eq!(first.rows(tx).await?, [1, 2, 3]);
            // Nobody has to take what was asked for.
            let _: Ahead<i64> = tx.ahead("SELECT id FROM note", &[]).await?;
            Ok(())
        })
        .await
        .unwrap();
        let n: Vec<i64> = db.lookup("SELECT COUNT(*) FROM note", &[]).await.unwrap();
        assert_eq!(n, [38]);
    })
    .await;
}

#[tokio::test]
async fn a_unit_whose_read_ahead_fails_is_lost_whether_or_not_it_is_taken() {
    on_both(&[NOTES], async |db| {
        for taken in [true, false] {
            let end = db
                .write(async move |tx| {
                    tx.later(PUT, &params![1, "a", 0]).await?;
                    tx.later(PUT, &params![1, "b", 0]).await?;
                    let asked: Ahead<i64> = tx.ahead("SELECT id FROM note", &[]).await?;
                    if taken { asked.rows(tx).await.map(drop) } else { Ok(()) }
                })
                .await;
            assert!(end.unwrap_err().is_unique());
        }
        let none: Vec<i64> = db.lookup("SELECT COUNT(*) FROM note", &[]).await.unwrap();
        assert_eq!(none, [0]);
    })
    .await;
}

db::row! {
    #[derive(Debug, PartialEq)]
    struct Note { id: i64, text: String }
}

#[tokio::test]
async fn a_join_is_read_as_its_parts_side_by_side() {
    on_both(&[NOTES], async |db| {
        db.write(async |tx| {
            tx.later(PUT, &params![1, "a", 5]).await?;
            tx.later(PUT, &params![2, "b", 6]).await
        })
        .await
        .unwrap();
        let sql = "SELECT a.id, a.text, b.size, b.id, b.text FROM note a JOIN note b ON b.id = a.id + 1";
        let read: Vec<(Note, i64, Note)> = db.lookup(sql, &[]).await.unwrap();
        assert_eq!(read, [(Note { id: 1, text: "a".into() }, 6, Note { id: 2, text: "b".into() })]);
        let sql = "SELECT b.size, a.id, a.text FROM note a JOIN note b ON b.id = a.id + 1";
        let read: Vec<(i64, Note)> = db.lookup(sql, &[]).await.unwrap();
        assert_eq!(read, [(6, Note { id: 1, text: "a".into() })]);
    })
    .await;
}

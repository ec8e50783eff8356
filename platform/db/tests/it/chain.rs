//! The head of the chain stands where the last durable unit left it.
use crate::{NOTES, engines::on_both};
use db::{Db, Result, Segment, Tx, params};
use std::collections::BTreeMap;

const LINK: db::Migration = db::Migration {
    name: "0002_link",
    sql: "CREATE TABLE link (segment BLOB NOT NULL, seq INTEGER NOT NULL, previous BLOB NOT NULL, head BLOB NOT NULL, PRIMARY KEY (segment, seq)) WITHOUT ROWID",
};

/// Writes one link; the head is the previous one's successor as a number.
async fn link(tx: &mut Tx<'_>, genesis: [u8; 16]) -> Result<()> {
    let mut before = Vec::new();
    let Segment { id, seq, head } = tx.chain().advance(
        || genesis.into(),
        |_, seq, previous| {
            before = previous.into();
            seq.to_be_bytes().into()
        },
    );
    tx.later("INSERT INTO link VALUES ($1, $2, $3, $4)", &params![&id, seq, &before, &head]).await
}

db::row! { struct Link { segment: Vec<u8>, seq: i64, previous: Vec<u8>, head: Vec<u8> } }

/// Every segment counts from 1 without a gap, and each link names the one before it.
async fn whole(db: &Db) -> usize {
    let links: Vec<Link> = db.lookup("SELECT segment, seq, previous, head FROM link ORDER BY segment, seq", &[]).await.unwrap();
    let mut heads = BTreeMap::<Vec<u8>, (i64, Vec<u8>)>::new();
    for l in &links {
        let (seq, head) = heads.entry(l.segment.clone()).or_insert((0, l.segment.clone()));
        assert_eq!((l.seq, &l.previous), (*seq + 1, &*head));
        (*seq, *head) = (l.seq, l.head.clone());
    }
    links.len()
}

fn genesis(i: u8) -> [u8; 16] {
    [i; 16]
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn units_that_fail_among_others_leave_no_gap() {
    on_both(&[NOTES, &[LINK]], async |db| {
        let mut running = Vec::new();
        for i in 0..200_u8 {
            let db = db.clone();
            running.push(tokio::spawn(async move {
                db.write(async move |tx| {
                    // Some refuse before writing, some after, some break a rule of the table.
                    match i % 5 {
                        1 => return Err(kernel::Error::invalid("before").into()),
                        2 => {
                            link(tx, genesis(i)).await?;
                            return Err(kernel::Error::invalid("after").into());
                        }
                        3 => {
                            link(tx, genesis(i)).await?;
                            tx.later("INSERT INTO remark (note) VALUES (12345)", &[]).await?;
                        }
                        _ => {}
                    }
                    link(tx, genesis(i)).await
                })
                .await
                .is_ok()
            }));
        }
        let mut kept = 0;
        for r in running {
            kept += usize::from(r.await.unwrap());
        }
        assert_eq!((kept, whole(&db).await), (80, 80));
    })
    .await;
}

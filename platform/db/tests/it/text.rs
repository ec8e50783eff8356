//! The text index gives the same answers on both engines.
use crate::engines::on_both;
use db::{Db, Migration, Terms, TextIndex, params};

const INDEX: TextIndex = db::text_index!("place_terms");
const PLACES: Migration = Migration {
    name: "0001_place",
    sql: "CREATE TABLE place (id BLOB NOT NULL PRIMARY KEY, path TEXT NOT NULL) WITHOUT ROWID;\n-- text index: place_terms\n",
};
const FIND: &str = "SELECT p.path FROM place p WHERE p.id IN TERMS(place_terms, $3) AND p.path >= $1 AND p.path < $2 ORDER BY p.path";

async fn place(db: &Db, path: &'static str, terms: &'static str) {
    db.write(async move |tx| {
        tx.later("INSERT INTO place VALUES ($1, $2) ON CONFLICT (id) DO NOTHING", &params![path.as_bytes(), path]).await?;
        INDEX.put(tx, path.as_bytes(), &Terms::of(terms)).await
    })
    .await
    .unwrap();
}
async fn find(db: &Db, below: &'static str, terms: &str) -> Vec<String> {
    let (terms, end) = (Terms::of(terms), format!("{}0", below.trim_end_matches('/')));
    db.read(async move |tx| tx.all(FIND, &params![below, &end, &terms]).await).await.unwrap()
}

#[tokio::test]
async fn all_terms_must_be_there_and_the_scope_joins() {
    on_both(&[&[PLACES]], async |db| {
        place(&db, "/1/", "党支 支部 第一 yi-1 a.b_c 100%").await;
        place(&db, "/1/2/", "党支 支部 第二").await;
        place(&db, "/3/", "党委 第一").await;
        assert_eq!(find(&db, "/", "支部 党支").await, ["/1/", "/1/2/"]);
        assert_eq!(find(&db, "/1/", "第一").await, ["/1/"]);
        assert_eq!(find(&db, "/", "第一").await, ["/1/", "/3/"]);
        assert_eq!(find(&db, "/", "第一 第二").await, [""; 0]);
        // A term is found whole or not at all, whatever signs it holds.
        for (term, hits) in
            [("YI-1", 1), ("yi", 0), ("a.b_c", 1), ("100%", 1), ("100", 0), ("党", 0), ("", 0), ("' \" \\", 0), ("支部) OR (第二", 0)]
        {
            assert_eq!(find(&db, "/", term).await.len(), hits, "{term}");
        }
    })
    .await;
}

#[tokio::test]
async fn what_was_replaced_or_deleted_is_not_found_any_more() {
    on_both(&[&[PLACES]], async |db| {
        place(&db, "/1/", "old both").await;
        place(&db, "/1/", "new both").await;
        assert_eq!((find(&db, "/", "old").await.len(), find(&db, "/", "new both").await.len()), (0, 1));
        db.write(async |tx| INDEX.delete(tx, "/1/".as_bytes()).await).await.unwrap();
        assert_eq!(find(&db, "/", "both").await.len(), 0);
        let found: Vec<String> = db
            .lookup("SELECT p.path FROM TERMS(place_terms, $1) m JOIN place p ON p.id = m.id", &params![&Terms::of("both")])
            .await
            .unwrap();
        assert!(found.is_empty());
    })
    .await;
}

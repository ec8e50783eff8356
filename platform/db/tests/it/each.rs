//! A list of ids as one parameter: the same rows on both engines, by the index, however long the list is.
use crate::engines::on_both;
use db::{Db, Each, Migration, params};
use kernel::OrgId;

const VALUES: Migration = Migration {
    name: "0001_amount",
    sql: "CREATE TABLE amount (org BLOB NOT NULL, year INTEGER NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (org, year)) WITHOUT ROWID",
};
const ASKED: &str = "SELECT n FROM amount WHERE year = $1 AND org IN EACH($2) ORDER BY n";

async fn asked(db: &Db, orgs: &[OrgId]) -> Vec<i64> {
    let each: Each = orgs.iter().collect();
    db.read(async move |tx| tx.all(ASKED, &params![2026, &each]).await).await.unwrap()
}

#[tokio::test]
async fn each_id_of_a_list_is_found_and_no_other() {
    on_both(&[&[VALUES]], async |db| {
        let orgs: Vec<OrgId> = (0..3000).map(|_| OrgId::new()).collect();
        let all = orgs.clone();
        db.write(async move |tx| {
            for (n, org) in (0..).zip(&all) {
                tx.later("INSERT INTO amount VALUES ($1, 2026, $2)", &params![org, n]).await?;
            }
            Ok(())
        })
        .await
        .unwrap();
        assert_eq!(asked(&db, &[]).await, [0; 0]);
        assert_eq!(asked(&db, &[OrgId::new()]).await, [0; 0]);
        assert_eq!(asked(&db, &[orgs[7], OrgId::new(), orgs[2], orgs[7]]).await, [2, 7]);
        assert_eq!(asked(&db, &orgs[..1000]).await, (0..1000).collect::<Vec<_>>());
        assert_eq!(asked(&db, &orgs).await.len(), 3000);
        let plan = db.plan(ASKED).await.unwrap().join("\n");
        assert!(!plan.contains("SCAN amount") && !plan.contains("Seq Scan on amount"), "{plan}");
    })
    .await;
}

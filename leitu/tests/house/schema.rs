//! The tables after all migrations are the ones that were agreed on: `agreed/sqlite.txt` and `agreed/postgres.txt`.
//!
//! A new migration changes them. To renew: `LEITU_RENEW=1 cargo xtask test --only web` (or the same variable before
//! `cargo test -p leitu --test house`), read the difference as you would read the migration, and commit both together.
use std::path::PathBuf;
use testkit::engines;

#[tokio::test(flavor = "multi_thread")]
async fn the_schema_is_the_one_that_was_agreed_on() {
    for engine in engines().await {
        let db = engine.db();
        db.migrate(&leitu::house::migrations(&leitu::house::slices())).await.unwrap();
        let name = if engine.is_pg() { "postgres" } else { "sqlite" };
        let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(format!("tests/house/agreed/{name}.txt"));
        let now = db.schema().await.unwrap() + "\n";
        if std::env::var_os("LEITU_RENEW").is_some() {
            std::fs::write(&file, &now).unwrap();
        }
        let agreed = std::fs::read_to_string(&file).unwrap();
        let differing = now.lines().zip(agreed.lines()).find(|(now, agreed)| now != agreed);
        assert_eq!(differing, None, "on {engine}: {} is another schema; how to renew it stands at the head of this test", file.display());
        assert_eq!(now.lines().count(), agreed.lines().count(), "on {engine}: lines were added or taken away at the end");
    }
}

//! Tampering with the chain of events in the database is found by `leitu audit verify`, which names the first bad row;
//! the same rows in an exported file are found without a database.
#![allow(clippy::disallowed_methods, reason = "this one forges what no slice could")]
use crate::program::Home;
use db::{Db, params};

db::row! {
    #[derive(Clone, Debug)]
    struct Row { segment: Vec<u8>, seq: i64 }
}

/// How somebody with access to the file forges the event in the middle of the longest segment, and which row is the
/// first that does not fit: the forged one, or the one after it.
const FORGERIES: [(&str, &str, i64); 5] = [
    ("a word in the body", "UPDATE event SET body = replace(body, 'actor', 'autor') WHERE segment = $1 AND seq = $2", 0),
    ("the hash", "UPDATE event SET hash = segment WHERE segment = $1 AND seq = $2", 0),
    ("the whole row", "DELETE FROM event WHERE segment = $1 AND seq = $2", 1),
    ("its number", "UPDATE event SET seq = seq + 1000000 WHERE segment = $1 AND seq = $2", 1),
    (
        "the body of another",
        "UPDATE event SET body = (SELECT body FROM event WHERE segment = $1 AND seq = 1) WHERE segment = $1 AND seq = $2",
        0,
    ),
];

fn middle(db: &Db, runtime: &tokio::runtime::Runtime) -> Row {
    let sql = "SELECT segment, MAX(seq) / 2 + 1 FROM event GROUP BY segment ORDER BY COUNT(*) DESC LIMIT 1";
    runtime.block_on(db.lookup::<Row>(sql, &[])).unwrap()[0].clone()
}

#[test]
fn every_forgery_in_the_database_is_found_and_the_first_bad_row_named() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    for (what, sql, after) in FORGERIES {
        let home = Home::new();
        assert_eq!(home.run("audit export honest.jsonl").code, 0);
        let url = format!("sqlite:{}", home.path().join("data/leitu.db").display());
        let db = runtime.block_on(Db::open(&url)).unwrap();
        let row = middle(&db, &runtime);
        let (at, sql) = (row.clone(), sql);
        let changed = runtime.block_on(db.write(async move |tx| tx.exec(sql, &params![&at.segment, at.seq]).await));
        assert_eq!(changed.unwrap(), 1);
        drop(db);
        let found = home.run("audit verify");
        let segment: String = row.segment.iter().map(|b| format!("{b:02x}")).collect();
        let named = found.err.contains(&segment) && found.err.contains(&(row.seq + after).to_string());
        assert!(found.code == 1 && named, "{what}: row {} of {segment}: {found:?}", row.seq + after);
        assert_eq!(home.run("doctor").code, 1, "{what}");
        assert_eq!(home.run("audit verify honest.jsonl").code, 0, "what was exported before is still whole");
        forged_file(&home, &row, what, after);
    }
}

/// The same in the exported file.
fn forged_file(home: &Home, row: &Row, what: &str, after: i64) {
    let honest = std::fs::read_to_string(home.path().join("honest.jsonl")).unwrap();
    let segment: String = row.segment.iter().map(|b| format!("{b:02x}")).collect();
    let is = |line: &str| {
        let event: serde_json::Value = serde_json::from_str(line).unwrap();
        (event["segment"].as_str(), event["seq"].as_i64()) == (Some(segment.as_str()), Some(row.seq))
    };
    let forge = |line: &str| match (is(line), after) {
        (false, _) => Some(line.to_owned()),
        (true, 0) => Some(line.replacen("actor", "autor", 1)),
        (true, _) => None,
    };
    let forged: Vec<String> = honest.lines().filter_map(forge).collect();
    home.write("forged.jsonl", &(forged.join("\n") + "\n"));
    let found = home.run("audit verify forged.jsonl");
    let named = found.err.contains(&segment) && found.err.contains(&(row.seq + after).to_string());
    assert!(found.code == 1 && named, "{what}, in a file: {found:?}");
}

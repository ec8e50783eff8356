//! `leitu audit` from outside: what the database's owner forges is found and named, with what was kept elsewhere also what
//! the chain alone cannot show; the same in an exported file, without a database; and a script in another language agrees.
#![allow(clippy::disallowed_methods, reason = "this one forges what no slice could")]
use crate::program::{Home, Ran};
use db::{Db, params};
use std::process::Command;
use tokio::runtime::Runtime;

db::row! {
    #[derive(Clone, Debug)]
    struct Row { segment: Vec<u8>, seq: i64 }
}

/// How somebody with access to the file forges the event in the middle of the longest segment; which row is named, the
/// forged one or one further on; and whether the chain alone shows it.
const FORGERIES: [(&str, &str, i64, bool); 7] = [
    ("a word in the body", "UPDATE event SET body = replace(body, 'actor', 'autor') WHERE segment = $1 AND seq = $2", 0, true),
    ("a column beside it", "UPDATE event SET actor = 'os:nobody' WHERE segment = $1 AND seq = $2", 0, true),
    ("the hash", "UPDATE event SET hash = segment WHERE segment = $1 AND seq = $2", 0, true),
    ("the whole row", "DELETE FROM event WHERE segment = $1 AND seq = $2", 1, true),
    ("its number", "UPDATE event SET seq = seq + 1000000 WHERE segment = $1 AND seq = $2", 1, true),
    (
        "the body of another",
        "UPDATE event SET body = (SELECT body FROM event WHERE segment = $1 AND seq = 1) WHERE segment = $1 AND seq = $2",
        0,
        true,
    ),
    ("the end", "DELETE FROM event WHERE segment = $1 AND seq >= $2", 0, false),
];

/// Takes away what refuses changes, and the checkpoints that stand in the same file.
const UNLOCK: [&str; 5] = [
    "DROP TRIGGER event_no_update",
    "DROP TRIGGER event_no_delete",
    "DROP TRIGGER audit_checkpoint_no_delete",
    "DROP TRIGGER audit_head_no_delete",
    "DELETE FROM audit_checkpoint",
];

/// A home whose log was signed and exported while it was honest.
fn honest() -> Home {
    let home = Home::new();
    for line in ["audit export honest.chain", "audit checkpoint kept.txt"] {
        assert_eq!(home.run(line).code, 0, "{line}");
    }
    home
}

fn middle(db: &Db, runtime: &Runtime) -> Row {
    let sql = "SELECT segment, MAX(seq) / 2 + 1 FROM event GROUP BY segment ORDER BY COUNT(*) DESC LIMIT 1";
    runtime.block_on(db.lookup::<Row>(sql, &[])).unwrap()[0].clone()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

#[test]
fn every_forgery_in_the_database_is_found_and_the_first_bad_row_named() {
    let runtime = Runtime::new().unwrap();
    for (what, sql, after, seen_by_the_chain) in FORGERIES {
        let home = honest();
        let url = format!("sqlite:{}", home.path().join("data/leitu.db").display());
        let db = runtime.block_on(Db::open(&url)).unwrap();
        let row = middle(&db, &runtime);
        for sql in UNLOCK {
            runtime.block_on(db.write(async move |tx| tx.exec(sql, &[]).await)).unwrap();
        }
        runtime.block_on(db.write(async |tx| tx.exec("DELETE FROM audit_head", &[]).await)).unwrap();
        let at = row.clone();
        let changed = runtime.block_on(db.write(async move |tx| tx.exec(sql, &params![&at.segment, at.seq]).await));
        assert!(changed.unwrap() > 0);
        drop(db);
        let alone = home.run("audit verify");
        assert_eq!(alone.code, i32::from(seen_by_the_chain), "{what}: {alone:?}");
        assert_eq!(home.run("doctor").code, i32::from(seen_by_the_chain), "{what}");
        let found = home.run("audit verify --checkpoint kept.txt");
        let named = found.err.contains(&hex(&row.segment)) && (!seen_by_the_chain || found.err.contains(&(row.seq + after).to_string()));
        assert!(found.code == 1 && named, "{what}: row {} of {}: {found:?}", row.seq + after, hex(&row.segment));
        assert_eq!(home.run("audit verify honest.chain --checkpoint kept.txt").code, 0, "what was exported before is still whole");
    }
}

#[test]
fn a_forged_file_is_found_without_a_database_and_what_is_no_checkpoint_is_refused() {
    let home = honest();
    let honest = std::fs::read_to_string(home.path().join("honest.chain")).unwrap();
    let kept = std::fs::read_to_string(home.path().join("kept.txt")).unwrap();
    assert!(honest.contains("audit.export"), "the export is in the log it exported");
    let elsewhere = Home::new();
    let verify = |name: &str, text: &str, copy: &str| -> Ran {
        elsewhere.write(name, text);
        elsewhere.write("kept.txt", copy);
        elsewhere.run(&format!("audit verify {name} --checkpoint kept.txt"))
    };
    let whole = verify("honest.chain", &honest, &kept);
    assert!(whole.code == 0, "{whole:?}");
    let edited = verify("edited.chain", &honest.replacen("edition.publish", "edition.forgets", 1), &kept);
    assert!(edited.code == 1 && edited.err.contains("第 1 条"), "{edited:?}");
    let short = verify("short.chain", honest.rsplit_once("end ").unwrap().0, &kept);
    assert!(short.code == 1, "{short:?}");
    let unsigned = verify("honest.chain", &honest, &kept.replacen("number 1", "number 2", 1));
    assert!(unsigned.code == 1 && unsigned.err.contains("签名"), "{unsigned:?}");
    let none = verify("honest.chain", &honest, "number 1\n");
    assert!(none.code == 1 && none.err.contains("kept.txt"), "{none:?}");
    assert_eq!(elsewhere.run("audit verify honest.chain --checkpoint nowhere.txt").code, 1);
    assert!(!elsewhere.path().join("data").exists());
}

/// docs/verify_audit.py, with nothing but Python.
#[test]
fn a_script_in_another_language_finds_the_same_heads_and_the_same_forgeries() {
    let home = honest();
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/verify_audit.py");
    assert!(std::fs::read_to_string(script).unwrap().lines().count() <= 60);
    let run = |arguments: &[&str]| {
        let ran = Command::new("python3").arg(script).args(arguments).current_dir(home.path()).output();
        let ran = ran.expect("python3 is needed: cargo xtask test installs it");
        (ran.status.success(), String::from_utf8(ran.stdout).unwrap() + &String::from_utf8(ran.stderr).unwrap())
    };
    let (whole, said) = run(&["honest.chain", "kept.txt"]);
    let kept = std::fs::read_to_string(home.path().join("kept.txt")).unwrap();
    let root = kept.lines().find_map(|line| line.strip_prefix("root ")).unwrap();
    assert!(whole && said.contains(root), "{said}\nours: {root}");
    let honest = std::fs::read_to_string(home.path().join("honest.chain")).unwrap();
    let root_of_another = honest.replacen(root, &root.chars().rev().collect::<String>(), 1);
    for (what, forged) in [
        ("edited", honest.replacen("edition.publish", "edition.forgets", 1)),
        ("another root", root_of_another),
        ("cut", honest.rsplit_once("end ").unwrap().0.to_owned()),
    ] {
        home.write("forged.chain", &forged);
        let (whole, said) = run(&["forged.chain", "kept.txt"]);
        assert!(!whole && said.contains("broken"), "{what}: {said}");
        assert_eq!(home.run("audit verify forged.chain --checkpoint kept.txt").code, 1, "{what}");
    }
}

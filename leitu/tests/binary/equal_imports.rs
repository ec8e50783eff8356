//! Equal files brought in at the same moment by several processes: one does what they say, the others find it done.
use crate::program::Home;
use serde_json::Value;
use std::process::Stdio;

const PROCESSES: usize = 4;

/// The outcomes of the same command, begun at once.
fn at_once(home: &Home, line: &str) -> Vec<Value> {
    let begin = |_| home.command().args(line.split_whitespace()).stdin(Stdio::null()).stdout(Stdio::piped()).spawn().unwrap();
    let running: Vec<_> = (0..PROCESSES).map(begin).collect();
    let end = |child: std::process::Child| {
        let output = child.wait_with_output().unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        assert!(output.status.success(), "{text}");
        serde_json::from_str(&text).unwrap()
    };
    running.into_iter().map(end).collect()
}

fn sums(outcomes: &[Value], name: &str) -> Vec<u64> {
    let mut all: Vec<u64> = outcomes.iter().map(|o| o[name].as_u64().unwrap()).collect();
    all.sort_unstable();
    all
}

#[tokio::test(flavor = "multi_thread")]
async fn of_equal_imports_begun_at_once_one_creates_and_the_others_say_that_nothing_changed() {
    for engine in testkit::engines().await {
        println!("on {engine}");
        let home = Home::new();
        let place = if engine.is_pg() { format!(" --database-url {}", engine.url()) } else { String::new() };
        assert_eq!(home.run(&format!("doctor{place}")).code, 0);
        let branches: String = (0..300).map(|n| format!("21-{n},第{n}支部,631,21,机关\n")).collect();
        home.write("organisations.csv", &format!("code,name,type,parent_code,category\n21,省直工委,611,,\n{branches}"));
        // Members without numbers are told apart by nothing but that they are there already.
        let members: String = (0..300).map(|n| format!("21-{},党员{n},,正式,2010-07-01,,,,\n", n % 50)).collect();
        let heads = "branch_code,name,id_number,status,join_date,post,term_from,term_to,phone\n";
        home.write("members.csv", &format!("{heads}{members}"));
        let grades: String = (0..300).map(|n| format!("21-{n},好,{}\n", n + 1)).collect();
        home.write("ledger.csv", &format!("branch_code,grade,rank\n{grades}"));
        for (kind, year, rows) in [("organisations", "", 301), ("members", "", 300), ("ledger", " --year 2024", 300)] {
            let outcomes = at_once(&home, &format!("import {kind} {kind}.csv{year} --json{place}"));
            assert_eq!(sums(&outcomes, "created"), [0, 0, 0, rows], "{kind}: {outcomes:?}");
            assert_eq!(sums(&outcomes, "updated"), [0; PROCESSES], "{kind}: {outcomes:?}");
            assert_eq!(sums(&outcomes, "rows"), [rows; PROCESSES], "{kind}: each has read its file");
        }
        let db = if engine.is_pg() {
            engine.db().clone()
        } else {
            db::Db::open(&format!("sqlite:{}", home.path().join("data/leitu.db").display())).await.unwrap()
        };
        let told = "SELECT action FROM event WHERE action LIKE '%.import' ORDER BY action";
        let told: Vec<String> = db.lookup(told, &[]).await.unwrap();
        assert_eq!(told, ["ledger.import", "members.import", "organisations.import"], "what changed nothing is told by nothing");
        assert_eq!(db.lookup::<i64>("SELECT COUNT(*) FROM member", &[]).await.unwrap(), [300]);
        assert_eq!(db.lookup::<i64>("SELECT COUNT(*) FROM result", &[]).await.unwrap(), [300], "nothing is left of the others");
        // Another file for the year takes the place of the first.
        home.write("ledger.csv", &format!("branch_code,grade,rank\n{}", grades.replacen('好', "差", 1)));
        let outcomes = at_once(&home, &format!("import ledger ledger.csv --year 2024 --json{place}"));
        assert_eq!((sums(&outcomes, "created"), sums(&outcomes, "updated")), (vec![0; PROCESSES], vec![0, 0, 0, 300]));
        let idle = home.run(&format!("import members members.csv{place}"));
        assert!(idle.code == 0 && idle.out.contains("没有改动"), "{idle:?}");
    }
}

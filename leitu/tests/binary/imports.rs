//! The files of offices from an empty data directory to a ledger, as a script brings them in.
use crate::program::{Home, Ran};
use serde_json::Value;

const ORGANISATIONS: &str = "组织代码,组织名称,类型,上级组织代码,类别\n\
    21-A,第一支部,631,21,机关\n21-B,第二支部,632,21,机关\n21-C,第三支部,631,21,高校\n21,省直工委,611,,\nX.1_a,另一个根,611,,\n";
const MEMBERS: &str = "branch_code,name,id_number,status,join_date,post,term_from,term_to,phone\n\
    21-A,李红,210102198001010010,正式,2010-07-01,书记,2025-03-01,2028-03-01,13812341402\n21-A,王强,,预备,2025-07-01,,,,\n";
const INDICATORS: [(&str, u32); 27] = [
    ("A1", 4),
    ("A2", 4),
    ("A3", 4),
    ("B1", 4),
    ("B2", 4),
    ("B3", 5),
    ("B4", 4),
    ("B5", 3),
    ("C1", 5),
    ("C2", 5),
    ("C3", 4),
    ("C4", 3),
    ("C5", 3),
    ("D1", 4),
    ("D2", 5),
    ("D3", 4),
    ("D4", 4),
    ("D5", 3),
    ("D6", 3),
    ("D7", 3),
    ("E1", 3),
    ("E2", 4),
    ("E3", 3),
    ("E4", 2),
    ("F1", 3),
    ("F2", 4),
    ("F3", 3),
];

/// One row a branch, one column an indicator: A and B have all points.
fn wide_scores() -> String {
    let heads: Vec<&str> = INDICATORS.iter().map(|(code, _)| *code).collect();
    let full: Vec<String> = INDICATORS.iter().map(|(_, points)| points.to_string()).collect();
    let (heads, full) = (heads.join(","), full.join(","));
    format!("branch_code,layer,{heads}\n21-A,acceptance,{full}\n21-B,验收,{full}\n")
}

fn bring(home: &Home, kind: &str, text: &str) -> (i32, Value, Ran) {
    home.write("file.csv", text);
    let ran = home.run(&format!("import {kind} file.csv --json"));
    assert_eq!(ran.out.lines().count(), 1, "one object and nothing else: {ran:?}");
    (ran.code, serde_json::from_str(&ran.out).unwrap(), ran)
}

fn good(home: &Home, kind: &str, text: &str) -> Value {
    let (code, object, ran) = bring(home, kind, text);
    assert_eq!((code, &object["ok"]), (0, &Value::from(true)), "{ran:?}");
    object
}

/// Refused, and these are the rows and columns named, on both outputs.
fn bad(home: &Home, kind: &str, text: &str, expected: &[(u64, &str, &str)]) {
    let (code, object, ran) = bring(home, kind, text);
    assert_eq!((code, &object["ok"]), (1, &Value::from(false)), "{ran:?}");
    let rows = object["bad"].as_array().unwrap();
    let named: Vec<_> =
        rows.iter().map(|b| (b["row"].as_u64().unwrap(), b["column"].as_str().unwrap(), b["value"].as_str().unwrap())).collect();
    assert_eq!(named, expected, "{ran:?}");
    for b in rows {
        let (row, text) = (format!("第 {} 行", b["row"]), b["text"].as_str().unwrap());
        assert!(ran.err.lines().any(|line| line.contains(&row) && line.contains(text)), "{row} {text}: {ran:?}");
    }
}

fn ledger(home: &Home, cycle: &str) -> Vec<Vec<String>> {
    let ran = home.run(&format!("export ledger {cycle} --format csv"));
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.out.starts_with("branch_code,"), "a script finds the first head as it is: {ran:?}");
    ran.out.lines().map(|l| l.split(',').map(str::to_owned).collect()).collect()
}

/// Code and total of each row.
fn totals(home: &Home, cycle: &str) -> Vec<(String, String)> {
    ledger(home, cycle).into_iter().skip(1).map(|row| (row[0].clone(), row[2].clone())).collect()
}

fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    expected.iter().map(|(code, total)| ((*code).to_owned(), (*total).to_owned())).collect()
}

#[test]
fn an_office_goes_from_its_files_to_a_ledger_and_bad_files_change_nothing_on_the_way() {
    let home = Home::new();
    bad(
        &home,
        "organisations",
        "code,name,type,parent_code,category\n21,省直工委,611,,\na b,名,631,21,\n22,,631,21,\n23,名,777,21,\n24,名,631,nowhere,\n25,名,631,26,\n26,名,631,25,\n21,名,611,,\n",
        &[
            (3, "code", "a b"),
            (4, "name", ""),
            (5, "type", "777"),
            (6, "parent_code", "nowhere"),
            (7, "parent_code", "26"),
            (8, "parent_code", "25"),
            (9, "code", "21"),
        ],
    );
    let dry = {
        home.write("file.csv", ORGANISATIONS);
        home.run("import organisations file.csv --dry-run --json")
    };
    let object: Value = serde_json::from_str(&dry.out).unwrap();
    assert_eq!((dry.code, &object["dry_run"], &object["created"]), (0, &Value::from(true), &Value::from(5)), "{dry:?}");
    let made = good(&home, "organisations", ORGANISATIONS);
    assert_eq!((&made["rows"], &made["created"], &made["changed"]), (&Value::from(5), &Value::from(5), &Value::Array(vec![])));
    assert_eq!(good(&home, "organisations", ORGANISATIONS)["updated"], 0, "the same file again changes nothing");

    bad(
        &home,
        "members",
        &format!(
            "{MEMBERS}21-Z,无名,,正式,,,,,\n21-A,李红,210102198001010010,正式,,,,,\n21-B,赵一,210102198001010011,党员,2030-01-01,长,,,\n"
        ),
        &[
            (4, "branch_code", "21-Z"),
            (5, "id_number", "210102********0010"),
            (6, "id_number", "210102********0011"),
            (6, "status", "党员"),
            (6, "join_date", "2030-01-01"),
            (6, "post", "长"),
        ],
    );
    assert_eq!(good(&home, "members", MEMBERS)["created"], 2, "nothing of the refused file was in the register");

    let opened = home.run("cycle open --scheme LN-JG-27 --year 2025 --root 21 --json");
    let object: Value = serde_json::from_str(&opened.out).unwrap();
    let cycle = object["id"].as_str().unwrap_or_else(|| panic!("{opened:?}")).to_owned();

    bad(
        &home,
        "facts",
        "branch_code,key,value,source\n21-C,orglife.held,是,台账\nX.1_a,orglife.held,1,x\n21-C,orglife.kept,1,x\n21-C,orglife.held,0,x\n21-C,orglife.stage_missing,NaN,x\n21-C,bonus.P1,0.5,x\n21-C,veto.V1,-1,x\n",
        &[
            (3, "branch_code", "X.1_a"),
            (4, "key", "orglife.kept"),
            (5, "key", "orglife.held"),
            (6, "value", "NaN"),
            (7, "value", "0.5"),
            (8, "value", "-1"),
        ],
    );
    assert_eq!(totals(&home, &cycle).iter().find(|(code, _)| code == "21-C").unwrap().1, "0.00", "nothing of the refused file counts");
    good(&home, "facts", "branch_code,key,value,source\n21-C,orglife.held,是,台账\n21-C,history.grade,好,上年\n");
    good(&home, "facts", "支部代码,支部名称,orglife.stage_missing,plan.approved\n21-C,第三支部,0,\n21-B,第二支部,,true\n");

    bad(
        &home,
        "scores",
        "branch_code,indicator,layer,score,reason\n21-A,D1,acceptance,4.5,x\n21-A,D1,验收,-1,x\n21-A,D1,self,1.234,x\n21-A,Z9,self,1,x\n21-A,D1,chief,1,x\n21-A,D2,self,1,x\n21-A,D2,自评,1,x\n",
        &[
            (2, "score", "4.5"),
            (3, "score", "-1"),
            (4, "score", "1.234"),
            (5, "indicator", "Z9"),
            (6, "layer", "chief"),
            (8, "indicator", "D2"),
        ],
    );
    good(&home, "scores", &wide_scores());
    good(
        &home,
        "scores",
        "branch_code,indicator,layer,score,reason\n21-B,D1,self,4,\n21-B,D1,recheck,2.5,缺一次党课\n21-B,D1,acceptance,3,\n21-B,D2,mutual,0,\n21-B,D3,committee,3.99,材料不全\n",
    );
    // B: the re-check counts for D1 (2.5 of 4), acceptance before mutual for D2, the committee's for D3 (3.99 of 4).
    assert_eq!(totals(&home, &cycle), pairs(&[("21-A", "100.00"), ("21-B", "98.49"), ("21-C", "4.00")]));

    let graded = home.run(&format!("cycle grade {cycle} --json"));
    assert_eq!(graded.code, 0, "{graded:?}");
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let cut = home.command().args(["export", "ledger", &cycle, "--format", "csv"]).stdout(writer).output().unwrap();
    assert_eq!((cut.status.code(), String::from_utf8_lossy(&cut.stderr).as_ref()), (Some(141), ""), "`… | head` ends without a word");
    let full = || std::fs::File::options().write(true).open("/dev/full").unwrap();
    let told = |out: std::process::Output| (out.status.code(), String::from_utf8_lossy(&out.stderr).into_owned());
    let (code, said) = told(home.command().args(["export", "ledger", &cycle, "--format", "csv"]).stdout(full()).output().unwrap());
    assert!(code == Some(1) && said.contains("标准输出") && said.contains("磁盘已满"), "{said}");
    let to = ["export", "ledger", &cycle, "--format", "csv", "--out", "/dev/full"];
    let (code, said) = told(home.command().args(to).output().unwrap());
    assert!(code == Some(1) && said.contains("/dev/full") && said.contains("磁盘已满"), "{said}");
    drop(full()); // It is still the device, not a file that was moved there.
    let json = home.run(&format!("export ledger {cycle} --format json"));
    let rows: Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!((json.code, rows.to_string().contains("98.49")), (0, true), "{json:?}");
    let head = &ledger(&home, &cycle)[0];
    assert_eq!(head[..8].join(","), "branch_code,branch_name,total,grade,star,rank,previous_grade,change");
    assert_eq!(head[8..14].join(","), "A,B,C,D,E,F");
    assert!(INDICATORS.iter().map(|(code, _)| *code).eq(head[14..].iter().map(String::as_str)), "{head:?}");
    let third = &ledger(&home, &cycle)[3];
    assert_eq!((third[6].as_str(), third[7].as_str()), ("好", "down"), "{third:?}");
    let why = home.run(&format!("explain {cycle} 21-B --json"));
    let why: Value = serde_json::from_str(&why.out).unwrap();
    assert_eq!(why["total"].to_string().trim_matches('"'), "98.49", "{why}");
    good(&home, "facts", "branch_code,key,value,source\n21-B,branch.group_count,0,台账\n");
    let told = home.run(&format!("explain {cycle} 21-B"));
    let lines: Vec<&str> = told.out.lines().filter(|line| line.contains("不考核")).collect();
    assert!(lines.len() == 1 && lines[0].contains("党小组会") && !lines[0].contains("0.0"), "{told:?}");
    assert_eq!(home.run("audit verify").code, 0);
}

#[test]
fn a_past_year_comes_in_from_an_exported_ledger_and_a_bad_one_does_not() {
    let home = Home::new();
    good(&home, "organisations", ORGANISATIONS);
    let head = "branch_code,branch_name,total,grade,star,rank,previous_grade,change,A,A1\n";
    let ledger = format!("{head}21-B,第二支部,96.50,好,5,1,一般,up,12.00,4.00\n21-A,第一支部,61.00,一般,,2,好,down,,\n");
    bad(
        &home,
        "ledger --year 2024",
        &format!(
            "{head}21-B,第二支部,NaN,好,5,1,,,,\n21-Z,无,1,好,,2,,,,\n21-A,第一支部,1,,,3,,,,\n21-C,第三支部,1,好,9,4,,,,\n21-C,第三支部,1,好,,0,,,,\n"
        ),
        &[(2, "total", "NaN"), (3, "branch_code", "21-Z"), (4, "grade", ""), (5, "star", "9"), (6, "rank", "0")],
    );
    bad(
        &home,
        "ledger --year 2024",
        &format!("{head}21-B,第二支部,90,好,,1,,,,\n21-B,第二支部,90,好,,2,,,,\n21-A,第一支部,80,好,,1,,,,\n"),
        &[(3, "branch_code", "21-B"), (4, "rank", "1")],
    );
    assert_eq!(good(&home, "ledger --year 2024", &ledger)["rows"], 2);
    assert_eq!(good(&home, "ledger --year 2024", &ledger)["rows"], 2, "a later file takes the earlier one's place");
    assert_eq!(home.run("import ledger file.csv").code, 2, "which year is not said");
    assert_eq!(home.run("import ledger missing.csv --year 2024").code, 1);
}

//! The commands as a script sees them: words, exit codes, one object of JSON.
use crate::program::Home;
use serde_json::Value;

const SCHEME: &str = include_str!("../../../content/schemes/LN-JG-27.toml");

#[test]
fn working_days_are_counted_without_a_database() {
    let home = Home::new();
    for (line, answer) in [
        ("workdays add 2019-03-25 7", "2019-04-03\n"),
        ("workdays count 2019-03-25 2019-04-03", "7\n"),
        ("workdays add 2099-01-01 1", "2099-01-02 provisional\n"),
    ] {
        let ran = home.run(line);
        assert_eq!((ran.code, ran.out.as_str()), (0, answer), "{line}");
    }
    assert_eq!(std::fs::read_dir(home.path()).unwrap().count(), 0);
}

#[test]
fn many_commands_may_begin_at_once_where_there_is_nothing_yet() {
    let home = Home::new();
    let codes: Vec<i32> = std::thread::scope(|s| {
        let all: Vec<_> = (0..4).map(|_| s.spawn(|| home.run("doctor").code)).collect();
        all.into_iter().map(|one| one.join().unwrap()).collect()
    });
    assert_eq!(codes, [0; 4]);
}

#[test]
fn wrong_usage_is_two() {
    let home = Home::new();
    for line in [
        "workdays add 2019-02-30 7",
        "workdays add 2019-03-25",
        "workdays add 2019-03-25 -7",
        "workdays add 2019-03-25 4294967295",
        "nothing",
        "serve --demo --empty",
        "serve --tls-cert a.pem",
        "serve --public-url http://x --trusted-proxy 10.0.0.1",
        "serve --public-url https://x --trusted-proxy 10.0.0.1/40",
        "--empty doctor",
    ] {
        assert_eq!(home.run(line).code, 2, "{line}");
    }
    assert_eq!(home.run("--help").code, 0);
}

#[test]
fn wrong_usage_is_told_in_the_console_s_language_first() {
    let home = Home::new();
    for (line, first) in [
        ("nonsense", "没有命令“nonsense”"),
        ("doktor", "没有命令“doktor”。是不是“doctor”？"),
        ("doctor --fast", "没有选项或参数“--fast”"),
        ("workdays add 2019-02-30 7", "<DATE> 的值“2019-02-30”不对。日期请写成 2019-03-25"),
        ("workdays add 2019-03-25", "缺少 <N>"),
        ("workdays add 2019-03-25 10001", "“10001”不对。请写 0 到 10000 的整数"),
        ("import ledger x.csv --year 99999", "“99999”不对。请写 1990 到 2100 的整数"),
        ("cycle open --scheme x --year 1999 --root 1", "“1999”不对。请写 2000 到 2100 的整数"),
        ("serve --demo --empty", "--demo 和 --empty 不能一起用"),
        ("--empty doctor", "--empty 是 serve 的选项"),
        ("export ledger 0198c0a0-0000-7000-8000-000000000000 --format pdf", "“pdf”不对。可以写 csv、xlsx、json"),
        ("scheme", "命令没有写完"),
    ] {
        let ran = home.run(line);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{line}");
        assert!(ran.err.lines().next().is_some_and(|l| l.contains(first)), "{line}: {}", ran.err);
    }
    let object: Value = serde_json::from_str(&home.run("cycle grade x --json").out).unwrap();
    assert!(object["text"].as_str().unwrap().contains("不对"), "{object}");
}

#[test]
fn a_scheme_is_checked_against_what_ships_and_every_finding_is_named() {
    let home = Home::new();
    home.write("good.toml", SCHEME);
    home.write("bad.toml", &SCHEME.replace("indicator_count = 27", "indicator_count = 26"));
    let good = home.run("scheme check good.toml --json");
    let object: Value = serde_json::from_str(&good.out).unwrap();
    assert_eq!((good.code, &object["ok"], &object["indicators"]), (0, &Value::from(true), &Value::from(27)), "{good:?}");
    let bad = home.run("scheme check bad.toml");
    assert!(bad.code == 1 && bad.out.is_empty() && bad.err.contains("26"), "{bad:?}");
    assert_eq!(home.run("scheme check missing.toml").code, 1);
    assert!(!home.path().join("data").exists());
}

#[test]
fn a_published_scheme_is_there_already_and_never_changes() {
    let home = Home::new();
    home.write("same.toml", SCHEME);
    home.write("other.toml", &SCHEME.replace("title = \"党课\"", "title = \"党课情况\""));
    let same = home.run("scheme publish same.toml --json");
    let object: Value = serde_json::from_str(&same.out).unwrap();
    assert_eq!((same.code, &object["new"]), (0, &Value::from(false)), "{same:?}");
    assert_eq!(home.run("scheme publish other.toml").code, 1);
}

#[test]
fn set_up_founds_once_and_an_administrator_can_be_let_in_again() {
    let home = Home::new();
    let set_up = "setup --name 锦州 --area 辽宁省 --year 2026 --system 甲 --security 乙 --audit";
    assert_eq!(home.run(&format!("{set_up} 甲")).code, 1, "two duties, one person");
    let founded = home.run(&format!("{set_up} 丙"));
    assert_eq!((founded.code, founded.out.lines().count()), (0, 3), "{founded:?}");
    assert_eq!(home.run(&format!("{set_up} 丙")).code, 1);
    assert_eq!(home.run("account reset system").code, 0);
    assert_eq!(home.run("account reset system --second-factor").code, 0);
    assert_eq!(home.run("account reset nobody").code, 1);
    home.run("audit export log.chain");
    let chain = std::fs::read_to_string(home.path().join("log.chain")).unwrap();
    assert!(chain.contains("account.code-renewed") && chain.contains("os:"));
}

#[test]
fn keys_that_do_not_fit_are_refused() {
    let home = Home::new();
    // From the first opening on: members may be imported, and their numbers sealed, before set-up.
    assert_eq!((home.run("doctor").code, home.run("doctor --key-dir other").code), (0, 1));
    home.run("setup --name 锦州 --area 辽宁省 --year 2026 --system 甲 --security 乙 --audit 丙");
    let other = home.run("doctor --key-dir other");
    assert!(other.code == 1 && other.err.contains("--key-dir"), "{other:?}");
    assert!(!home.path().join("other").exists(), "none are made beside a database that has its own");
    assert_eq!(home.run("doctor").code, 0);
    std::fs::remove_file(home.path().join("data/keys/lookup.key")).unwrap();
    assert_eq!(home.run("doctor").code, 1);
}

#[test]
fn a_command_whose_output_nobody_reads_ends_without_a_word() {
    let home = Home::new();
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let ended = home.command().args(["workdays", "add", "2019-03-25", "7"]).stdout(writer).output().unwrap();
    assert_eq!((ended.status.code(), String::from_utf8_lossy(&ended.stderr).as_ref()), (Some(141), ""));
}

#[test]
fn which_cycle_is_meant_must_be_said_where_it_cannot_be_told() {
    let home = Home::new();
    home.write("facts.csv", "branch_code,key,value,source\n1,orglife.held,1,x\n");
    assert_eq!(home.run("import facts facts.csv").code, 2);
    let unknown = home.run("cycle open --scheme LN-JG-27@1 --year 2025 --root 21 --json");
    assert!(unknown.code == 1 && unknown.err.contains("LN-JG-27@1"), "{unknown:?}");
    assert_eq!(home.run("cycle open --scheme LN-JG-27 --year 2025 --root 21").code, 1);
    assert_eq!(home.run("cycle grade x").code, 2);
}

#[test]
fn a_year_s_holidays_come_in_whole_or_not_at_all() {
    let home = Home::new();
    home.write("good.csv", "date,kind,name\n2099-01-01,holiday,元旦\n");
    home.write("bad.csv", "date,kind,name\n2099-01-01,feast,元旦\n2099-02-30,holiday,x\n");
    assert_eq!(home.run("import calendar good.csv --dry-run").code, 0);
    let bad = home.run("import calendar bad.csv --json");
    let object: Value = serde_json::from_str(&bad.out).unwrap();
    assert!(bad.code == 1 && object["bad"].as_array().unwrap().len() == 2 && object["bad"][0]["row"] == 2, "{bad:?}");
    let good = home.run("import calendar good.csv --json");
    let object: Value = serde_json::from_str(&good.out).unwrap();
    assert!(good.code == 0 && object["ok"] == true && object["years"][0] == 2099, "{good:?}");
}

#[test]
fn whoever_asks_for_an_object_gets_one_whatever_happens_and_the_sentence_on_the_other_output() {
    let home = Home::new();
    let cycle = "01a215d0-599f-74bc-933f-76c3ffaeae39";
    home.write("facts.csv", "branch_code,key,value,source\n1,orglife.held,1,x\n");
    home.write("bad.toml", "x = ");
    for (code, line) in [
        (1, "scheme check missing.toml"),
        (1, "scheme check bad.toml"),
        (1, "scheme publish missing.toml"),
        (1, "cycle open --scheme LN-JG-27@1 --year 2025 --root 21"),
        (1, "cycle open --scheme LN-JG-27 --year 2025 --root 21"),
        (1, &format!("cycle grade {cycle}")),
        (1, &format!("explain {cycle} 21-1")),
        (1, &format!("import facts facts.csv --cycle {cycle}")),
        (1, "import organisations missing.csv"),
        (1, "import members facts.csv"),
        (1, "import ledger missing.csv --year 2024"),
        (1, "import calendar missing.csv"),
        (2, "import facts facts.csv"),
        (2, "import scores facts.csv"),
        (2, "import ledger facts.csv --year 1800"),
        (2, "cycle grade x"),
        (2, "cycle open --year 2025"),
        (2, "nothing"),
    ] {
        let ran = home.run(&format!("{line} --json"));
        assert_eq!((ran.code, ran.out.lines().count()), (code, 1), "{line}: {ran:?}");
        let object: Value = serde_json::from_str(&ran.out).unwrap();
        assert_eq!(object["ok"], Value::from(false), "{line}: {ran:?}");
        assert!(!ran.err.trim().is_empty() && !ran.err.contains("网址"), "{line}: {ran:?}");
    }
}

//! Facts and scores from files: every bad row named, nothing half-written, later files replace; past years; on both engines.

use crate::stand::{Stand, day, opened, stand, system, today};
use assessment::result::grade;
use kernel::Points;
use testkit::on_both;
use web::StatusCode;

async fn three(db: db::Db) -> Stand {
    stand(db, &["21-1".into(), "21-2".into(), "21-3".into()]).await
}

async fn kept(s: &Stand, code: &str) -> Option<Points> {
    let sheet = s.sheet(code).await;
    s.app.db.read(async move |tx| assessment::sheet::store::any(tx, sheet).await).await.unwrap().total
}

#[tokio::test(flavor = "multi_thread")]
async fn every_bad_row_is_named_and_a_file_with_one_bad_row_changes_nothing() {
    // The second line of each file, and the key of what is wrong with it.
    const FACTS: &[(&str, &str)] = &[
        ("21-9,veto.V1,1,", "branch-unknown"),
        ("21-1,veto.V99,1,", "fact-key-unknown"),
        ("21-1,veto.V1,2,", "fact-boolean"),
        ("21-1,bonus.P1,1.5,", "fact-count"),
        ("21-1,bonus.P1,-1,", "fact-count"),
        ("21-1,bonus.P1,NaN,", "fact-count"),
        ("21-1,bonus.P1,,", "fact-count"),
        ("21-1,history.grade,3,", "fact-grade"),
        ("21-2,bonus.P1,1,", "import-twice"),
        ("21-1,bonus.P1", "table-columns"),
    ];
    const SCORES: &[(&str, &str)] = &[
        ("21-1,A1,self,4.01,", "score-above-points"),
        ("21-1,A1,self,1.234,", "points-format"),
        ("21-1,A1,self,-1,", "points-format"),
        ("21-1,Z9,self,1,", "indicator-unknown"),
        ("21-1,A1,boss,1,", "layer-unknown"),
        ("21-1,A1,,1,", "layer-missing"),
        ("21-2,A2,验收,1,", "import-twice"),
    ];
    on_both(&[], async |db| {
        let s = three(db).await;
        for (line, key) in FACTS {
            let csv = format!("branch_code,key,value,source\n21-2,bonus.P1,1,\n{line}\n21-3,bonus.P1,1,\n");
            let outcome = s.facts(s.cycle, &csv).await.unwrap();
            let bad: Vec<_> = outcome.refused.iter().flat_map(|r| &r.bad).map(|b| (b.row, b.error.key)).collect();
            assert_eq!((outcome.accepted(), bad), (false, vec![(3, *key)]), "{line}");
        }
        let csv = "branch_code,key,value,source\n21-2,bonus.P1,x,\n21-2,bonus.P1,1,\n";
        let outcome = s.facts(s.cycle, csv).await.unwrap();
        let bad: Vec<_> = outcome.refused.iter().flat_map(|r| &r.bad).map(|b| (b.row, b.error.key)).collect();
        assert_eq!(bad, [(2, "fact-count"), (3, "import-twice")], "one too many, also where the first is refused");
        for (line, key) in SCORES {
            let csv = format!("branch_code,indicator,layer,score,reason\n21-2,A2,acceptance,1,\n{line}\n21-3,A1,self,1,\n");
            let outcome = s.scores(s.cycle, &csv).await.unwrap();
            let bad: Vec<_> = outcome.refused.iter().flat_map(|r| &r.bad).map(|b| (b.row, b.error.key)).collect();
            assert_eq!((outcome.accepted(), bad), (false, vec![(3, *key)]), "{line}");
        }
        for (head, key) in [
            ("branch_code,key,bonus.P1,value", "import-form"),
            ("branch_code,nonsense", "table-head-unknown"),
            ("key,value", "table-head-missing"),
        ] {
            let refused = s.facts(s.cycle, &format!("{head}\n")).await.unwrap_err();
            assert_eq!(refused.key, key, "{head}");
        }
        let lines = grade(&s.app.db, &s.suppliers, s.cycle, today()).await.unwrap().lines;
        assert!(lines.iter().all(|l| l.total == Some(Points::ZERO)), "nothing of a refused file counts");
        assert_eq!(kept(&s, "21-2").await, None);
        assert!(audit::verify(&s.app.db).await.unwrap().is_ok());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_wide_form_says_the_same_and_a_later_file_replaces_while_a_dry_run_changes_nothing() {
    on_both(&[], async |db| {
        let s = three(db).await;
        let wide = "支部代码,支部名称,层级,A1,A2\n21-1,一,验收,2.5,\n21-2,二,验收,1,0.5\n";
        let dry = s.take(s.cycle, wide, false, true).await.unwrap();
        assert_eq!((dry.accepted(), dry.rows, dry.values, kept(&s, "21-1").await), (true, 2, 3, None));
        assert!(s.scores(s.cycle, wide).await.unwrap().accepted());
        assert_eq!((kept(&s, "21-1").await, kept(&s, "21-2").await), (Some(Points::hundredths(250)), Some(Points::hundredths(150))));
        let later = "branch_code,indicator,layer,score,reason\n21-1,A1,acceptance,3,补正\n21-1,A1,self,4,\n";
        assert!(s.scores(s.cycle, later).await.unwrap().accepted());
        assert_eq!(kept(&s, "21-1").await, Some(Points::hundredths(300)), "acceptance counts before self");
        let facts = "branch_code,bonus.P1,history.grade\n21-1,1,较好\n21-2,,好\n";
        assert_eq!(s.facts(s.cycle, facts).await.unwrap().values, 3);
        let csv = s.csv(s.cycle).await;
        let first: Vec<&str> = csv.lines().next().unwrap().split(',').take(9).collect();
        assert_eq!(first, ["branch_code", "branch_name", "total", "grade", "star", "rank", "previous_grade", "change", "A"]);
        let row = csv.lines().find(|l| l.starts_with("21-3,")).unwrap();
        assert!(row.starts_with("21-3,支部21-3,0.00,差,1,3,,,0.00,"), "{row}");
        let row = csv.lines().find(|l| l.starts_with("21-2,")).unwrap();
        assert!(row.starts_with("21-2,支部21-2,1.50,差,1,2,好,down,1.50,"), "{row}");
        let history = {
            let org = s.app.db.read(async |tx| organisations::by_code(tx, "21-1").await).await.unwrap().unwrap().id;
            let again = "branch_code,key,value,source\n21-1,bonus.P1,2,补报\n";
            assert!(s.facts(s.cycle, again).await.unwrap().accepted());
            s.app.db.read(async move |tx| facts::past(tx, org, 2026, "bonus.P1").await).await.unwrap()
        };
        assert_eq!(history.iter().map(|f| f.value.as_str()).collect::<Vec<_>>(), ["1"]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn s34_last_year_stands_beside_this_one_and_who_moved_is_counted() {
    on_both(&[], async |db| {
        let s = three(db).await;
        let last = opened(&s.app, s.root, 2025).await;
        let all = |code: &str, share: i64| {
            let scheme = scheme::parse_toml(include_str!("../../../../content/schemes/LN-JG-27.toml")).unwrap();
            let cell = |i: &scheme::Indicator| {
                format!("{code},{},committee,{},\n", i.code, Points::hundredths(i.points.as_hundredths() * share / 100))
            };
            scheme.indicators.iter().map(cell).collect::<String>()
        };
        let head = "branch_code,indicator,layer,score,reason\n";
        let before = format!("{head}{}{}{}", all("21-1", 50), all("21-2", 100), all("21-3", 80));
        assert!(s.scores(last, &before).await.unwrap().accepted());
        s.publish(last).await;
        s.finalise(last).await.unwrap();
        let now = format!("{head}{}{}{}", all("21-1", 100), all("21-2", 50), all("21-3", 80));
        assert!(s.scores(s.cycle, &now).await.unwrap().accepted());
        // Last year's grades are facts of this year; here they come as a file, since the register has no members.
        let grades = grade(&s.app.db, &s.suppliers, last, today()).await.unwrap().lines;
        let facts: String = grades.iter().map(|l| format!("{},history.grade,{},上年台账\n", l.code, l.grade)).collect();
        assert!(s.facts(s.cycle, &format!("branch_code,key,value,source\n{facts}")).await.unwrap().accepted());
        s.publish(s.cycle).await;
        s.finalise(s.cycle).await.unwrap();
        let lines = grade(&s.app.db, &s.suppliers, s.cycle, today()).await.unwrap().lines;
        let moved: Vec<(&str, &str)> = lines.iter().map(|l| (l.code.as_str(), l.change.unwrap().name())).collect();
        assert_eq!(moved, [("21-1", "up"), ("21-3", "same"), ("21-2", "down")]);
        while figures::fold(&s.app.db).await.unwrap() > 0 {}
        let top = tree::path(&s.app.db, s.root).await.unwrap().unwrap();
        let board = s.cycle.to_string();
        let counted = figures::of(&s.app.db, &board, &top, &["change:up", "change:same", "change:down", "final"]).await.unwrap();
        assert_eq!(counted, [1, 1, 1, 3]);
        let lead = s.app.person("committee", None).await;
        let page = s.app.get(&lead, "/ledger").await;
        assert!(page.status == StatusCode::OK && page.body.contains("支部21-1"), "{}", page.body);
        let why = s.app.get(&lead, &format!("/sheets/{}/why?view=five-aspects", s.sheet("21-1").await)).await;
        assert!(why.status == StatusCode::OK && why.body.contains("为什么是 100 分"), "{}", why.body);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_past_year_comes_in_as_an_external_result_and_shows_on_its_page() {
    on_both(&[], async |db| {
        let s = three(db).await;
        let bring_of = async |csv: &str, year: i64| {
            let home = tempfile::tempdir().unwrap();
            let path = home.path().join("2024.csv");
            std::fs::write(&path, csv).unwrap();
            let take = organisations::import::Take::new(path, "2024.csv", tabular::Reader::Here, today());
            assessment::ledger::import_ledger(&s.app.db, &system(), &take, year).await
        };
        let bring = async |csv: &str| bring_of(csv, 2024).await;
        let this_year = i64::from(today().year());
        for year in [this_year + 1, this_year] {
            assert_eq!(bring_of("branch_code,grade\n21-1,好\n", year).await.unwrap_err().key, "ledger-year-not-past");
        }
        // A cycle of last year may still be under way.
        audit::stage(&s.app.db, async |tx| tx.exec("UPDATE cycle SET year = 2023", &[]).await).await.unwrap();
        assert_eq!(bring_of("branch_code,grade\n21-1,好\n", 2023).await.unwrap_err().key, "ledger-year-running");
        let bad = bring("branch_code,grade,star\n21-9,好,5\n21-1,好,7\n21-2,,4\n21,好,3\n21-1,好,5\n").await.unwrap();
        let told = [
            (2, "org-code-unknown"),
            (3, "ledger-star-range"),
            (4, "ledger-grade-missing"),
            (5, "ledger-not-branch"),
            (6, "import-twice"),
        ];
        assert_eq!(bad.bad().map(|b| (b.row, b.error.key)).collect::<Vec<_>>(), told);
        let slip = bring("branch_code,grade,total\n21-1,好,500\n21-2,好,200\n").await.unwrap();
        assert_eq!(slip.bad().map(|b| (b.row, b.error.key)).collect::<Vec<_>>(), [(2, "ledger-total-range")]);
        let lead = s.app.person("committee", None).await;
        assert_eq!(s.app.get(&lead, "/ledger/years/2024").await.status, StatusCode::NOT_FOUND);
        let good = bring("branch_code,branch_name,total,grade,star,rank,previous_grade,change,A,A1\n21-1,甲,91.50,好,5,1,,,20.00,4.00\n21-2,,70,一般,,2,,,,\n").await.unwrap();
        assert_eq!((good.rows, good.bad().count()), (2, 0));
        let page = s.app.get(&lead, "/ledger/years/2024").await;
        assert!(page.status == StatusCode::OK && page.body.contains("91.5") && page.body.contains("外部结果"), "{}", page.body);
        assert!(day("2024-01-01") < today());
    })
    .await;
}

//! Files of organisations, on both engines.
#![allow(clippy::restriction, reason = "in a test, what is missing is a failure")]
use access::System;
use kernel::{BusinessDate, OrgPath};
use organisations::import::{Report, Take, import_organisations};
use std::path::Path;
use tabular::Reader;
use testkit::{TestApp, lying, on_both};
use web::Shared;

const HEAD: &str = "code,name,type,parent_code,category\n";

async fn app(db: db::Db) -> TestApp {
    TestApp::new(db, vec![organisations::slice()], &[], Shared::default()).await
}

fn take(path: &Path, top: Option<OrgPath>, dry_run: bool) -> Take {
    let today = BusinessDate::parse(TestApp::TODAY).unwrap();
    Take::new(path.to_owned(), "组织.csv", Reader::Here, today).within(access::Reach::of([top])).dry(dry_run)
}

async fn bring(db: &db::Db, text: &str) -> Report {
    import_organisations(db, &System::command("tester"), &take(&lying(text), None, false)).await.unwrap()
}

fn keys(report: &Report) -> Vec<(u64, &str, &'static str)> {
    report.bad().map(|b| (b.row, b.column.as_str(), b.error.key)).collect()
}

async fn parent_of(db: &db::Db, code: &'static str) -> Option<String> {
    db.read(async move |tx| {
        let org = organisations::by_code(tx, code).await?.unwrap();
        let Some(parent) = tree::node(tx, org.id).await?.parent else { return Ok(None) };
        Ok(organisations::named(tx, &[parent]).await?.pop().map(|o| o.code))
    })
    .await
    .unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn rows_may_come_in_any_order_and_the_same_file_again_changes_nothing() {
    on_both(&[], async |db| {
        let app = app(db).await;
        let text = format!("{HEAD}21-1-1,第一支部,631,21-1,\n21,省工委,611,,\n21-1,机关党委,611,21,大系统\n");
        let first = bring(&app.db, &text).await;
        assert_eq!((first.rows, first.created, first.updated, keys(&first)), (3, 3, 0, vec![]));
        assert_eq!(parent_of(&app.db, "21-1-1").await.as_deref(), Some("21-1"));
        let events = async || app.db.read(async |tx| tx.one::<i64>("SELECT COUNT(*) FROM event", &[]).await).await.unwrap();
        let before = events().await;
        let again = bring(&app.db, &text).await;
        assert_eq!((again.created, again.updated, events().await), (0, 0, before));
        let moved = bring(&app.db, &format!("{HEAD}21-2,厅党委,611,21,\n21-1-1,一支部,632,21-2,\n")).await;
        assert_eq!((moved.created, moved.updated, events().await), (1, 1, before + 1));
        assert_eq!(parent_of(&app.db, "21-1-1").await.as_deref(), Some("21-2"));
        assert!(audit::verify(&app.db).await.unwrap().is_ok());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_bad_row_refuses_the_file_and_every_bad_cell_is_named() {
    on_both(&[], async |db| {
        let app = app(db).await;
        bring(&app.db, &format!("{HEAD}21,省工委,611,,\n21-1,机关党委,611,21,\n21-1-1,支部,631,21-1,\n")).await;
        let cases = [
            ("a b,名,631,21,\n", (2, "code", "org-code")),
            ("A,,631,21,\n", (2, "name", "org-name")),
            ("A,名,699,21,\n", (2, "type", "org-type")),
            ("A,名,631,99,\n", (2, "parent_code", "import-parent-unknown")),
            ("A,名,631,21,\nA,名,631,21,\n", (3, "code", "import-code-twice")),
            ("A,名,631,21\n", (2, "", "table-columns")),
            ("21-1,机关党委,611,21-1-1,\n", (2, "parent_code", "import-circle")),
        ];
        for (rows, expected) in cases {
            let report = bring(&app.db, &format!("{HEAD}G,好行,631,21,\n{rows}")).await;
            let expected = (expected.0 + 1, expected.1, expected.2);
            assert_eq!((keys(&report), report.created), (vec![expected], 0), "{rows}");
        }
        let good = app.db.read(async |tx| organisations::by_code(tx, "G").await).await.unwrap();
        assert!(good.is_none(), "a good row of a refused file is not there");
        let circle = bring(&app.db, &format!("{HEAD}A,甲,611,B,\nB,乙,611,A,\n")).await;
        assert_eq!(keys(&circle), vec![(2, "parent_code", "import-circle"), (3, "parent_code", "import-circle")]);
        assert_eq!(circle.refused[0].cells[1], "甲", "the file of bad rows has the cells");
        let twice = bring(&app.db, &format!("{HEAD}P,上级,699,21,\nP,上级,611,21,\n")).await;
        assert_eq!(keys(&twice), vec![(2, "type", "org-type"), (3, "code", "import-code-twice")]);
        let below = bring(&app.db, &format!("{HEAD}P,上级,699,21,\nP1,下级,631,P,\n")).await;
        assert_eq!(keys(&below), vec![(2, "type", "org-type")], "what stands below a bad row is not wrong by that");
    })
    .await;
}

/// `P1` below `top`, `P2` below that, down to `Pn`.
fn chain(prefix: &str, top: &str, n: usize) -> String {
    let mut above = top.to_owned();
    let row = |at: usize| {
        let (code, parent) = (format!("{prefix}{at}"), std::mem::replace(&mut above, format!("{prefix}{at}")));
        format!("{code},组织,611,{parent},\n")
    };
    (1..=n).map(row).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_would_stand_deeper_than_32_levels_is_refused_as_a_whole() {
    on_both(&[], async |db| {
        let app = app(db).await;
        bring(&app.db, &format!("{HEAD}21,省工委,611,,\n")).await;
        let deep = bring(&app.db, &format!("{HEAD}{}", chain("L", "21", 32))).await;
        assert_eq!((keys(&deep), deep.created), (vec![(33, "parent_code", "org-path-deep")], 0));
        let fits = bring(&app.db, &format!("{HEAD}{}", chain("L", "21", 31))).await;
        assert_eq!((keys(&fits), fits.created, fits.changed.len()), (vec![], 31, 0));
        let beside = bring(&app.db, &format!("{HEAD}{}", chain("M", "21", 20))).await;
        assert_eq!((keys(&beside), beside.created), (vec![], 20));
        // The file may name a place further up and not those between.
        let named = bring(&app.db, &format!("{HEAD}L1,改名,611,21,\nX,新,631,L31,\n")).await;
        assert_eq!((keys(&named), named.updated), (vec![(3, "parent_code", "org-path-deep")], 0));
        // What stands below moves along: twenty levels below the twelfth are one too many, below the eleventh they fit.
        let moved = bring(&app.db, &format!("{HEAD}M1,组织,611,L12,\n")).await;
        assert_eq!((keys(&moved), moved.changed.len()), (vec![(2, "parent_code", "org-path-deep")], 0));
        assert_eq!(parent_of(&app.db, "M1").await.as_deref(), Some("21"));
        let moved = bring(&app.db, &format!("{HEAD}M1,组织,611,L11,\n")).await;
        assert_eq!((keys(&moved), moved.updated, moved.changed.len()), (vec![], 1, 0));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_outside_the_subtree_is_touched_and_a_dry_run_changes_nothing() {
    on_both(&[], async |db| {
        let app = app(db).await;
        bring(&app.db, &format!("{HEAD}21,省工委,611,,\n21-1,甲厅,611,21,\n21-2,乙厅,611,21,\n")).await;
        let top = app.db.read(async |tx| {
            let org = organisations::by_code(tx, "21-1").await?.unwrap();
            Ok(tree::node(tx, org.id).await?.path)
        });
        let top = top.await.unwrap();
        let text = format!("{HEAD}R,根,611,,\nX,支部,631,21-2,\n21-2,改名,611,21-1,\nY,支部,631,21-1,\n");
        let by = System::command("tester");
        let report = import_organisations(&app.db, &by, &take(&lying(&text), Some(top.clone()), false)).await.unwrap();
        let expected =
            vec![(2, "parent_code", "org-root-denied"), (3, "parent_code", "import-out-of-reach"), (4, "code", "import-out-of-reach")];
        assert_eq!(keys(&report), expected);
        let dry = import_organisations(&app.db, &by, &take(&lying(&format!("{HEAD}Y,支部,631,21-1,\n")), Some(top), true)).await.unwrap();
        assert_eq!((dry.accepted(), dry.created), (true, 1));
        assert!(app.db.read(async |tx| organisations::by_code(tx, "Y").await).await.unwrap().is_none());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_of_somebody_with_two_subtrees_touches_both_and_not_a_third() {
    on_both(&[], async |db| {
        let app = app(db).await;
        bring(&app.db, &format!("{HEAD}21,省工委,611,,\n21-1,甲厅,611,21,\n21-2,乙厅,611,21,\n21-3,丙厅,611,21,\n")).await;
        let mut tops = Vec::new();
        for code in ["21-3", "21-1"] {
            let org = app.db.read(async move |tx| organisations::by_code(tx, code).await).await.unwrap().unwrap();
            tops.push(tree::path(&app.db, org.id).await.unwrap());
        }
        let by = System::command("tester");
        let text = |more: &str| format!("{HEAD}X,支部,631,21-1,\nZ,支部,631,21-3,\n{more}");
        for (more, expected) in [("Y,支部,631,21-2,\n", (vec![(4, "parent_code", "import-out-of-reach")], 0)), ("", (vec![], 2))] {
            let file = lying(&text(more));
            let take = Take { reach: access::Reach::of(tops.clone()), ..take(&file, None, false) };
            let report = import_organisations(&app.db, &by, &take).await.unwrap();
            assert_eq!((keys(&report), report.created), expected);
        }
        assert_eq!((parent_of(&app.db, "X").await.as_deref(), parent_of(&app.db, "Z").await.as_deref()), (Some("21-1"), Some("21-3")));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_closing_day_closes_from_the_leaves_up() {
    on_both(&[], async |db| {
        let app = app(db).await;
        let head = "组织代码,组织名称,类型,上级组织代码,成立日期,撤销日期\n";
        let open =
            bring(&app.db, &format!("{head}21,省工委,611,,2020-01-01,\nA,甲,611,21,2020-01-01,2026-01-01\nA1,支部,631,A,2020-01-01,\n"))
                .await;
        assert_eq!(keys(&open), vec![(4, "撤销日期", "import-parent-closes")]);
        let text = format!("{head}21,省工委,611,,2020-01-01,\nA,甲,611,21,2020-01-01,2026-01-01\nA1,支部,631,A,2020-01-01,2025-12-01\n");
        let report = bring(&app.db, &text).await;
        assert_eq!((keys(&report), report.changed.len(), report.created), (vec![], 0, 3));
        let again = bring(&app.db, &text).await;
        assert_eq!((keys(&again), again.created, again.updated), (vec![], 0, 0), "the same file again changes nothing");
        let renamed = bring(&app.db, &text.replace("A,甲,", "A,乙,")).await;
        assert_eq!(keys(&renamed), vec![(3, "组织代码", "import-org-closed")]);
        let below = bring(&app.db, &format!("{head}A2,支部,631,A,,\n")).await;
        assert_eq!(keys(&below), vec![(2, "上级组织代码", "import-org-closed")]);
        let closed = app.db.read(async |tx| {
            let org = organisations::by_code(tx, "A").await?.unwrap();
            Ok(tree::node(tx, org.id).await?.closed)
        });
        assert_eq!(closed.await.unwrap(), Some(BusinessDate::parse("2026-01-01").unwrap()));
    })
    .await;
}

async fn standing_on(db: &db::Db, root: &'static str, day: &'static str) -> Vec<String> {
    let day = BusinessDate::parse(day).unwrap();
    db.read(async move |tx| {
        let root = organisations::by_code(tx, root).await?.unwrap();
        let top = tree::node(tx, root.id).await?.path;
        let orgs: Vec<_> = tree::subtree_on(tx, &top, day).await?.into_iter().map(|(org, _)| org).collect();
        Ok(organisations::named(tx, &orgs).await?.into_iter().map(|o| o.code).collect())
    })
    .await
    .unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_stands_below_what_was_not_there_yet_and_an_empty_founding_day_is_that_of_the_first_below() {
    on_both(&[], async |db| {
        let app = app(db).await;
        let head = "code,name,type,parent_code,category,valid_from\n";
        let early = bring(&app.db, &format!("{head}21,省工委,611,,,2018-10-28\n21-1,支部,631,21,,2018-10-27\n")).await;
        assert_eq!(keys(&early), vec![(3, "valid_from", "import-before-parent")]);
        // Days as offices write them; the committee's own is left empty.
        let text = format!("{head}B,支部,631,A,,2020年3月1日\nA,机关党委,611,21,,\n21,省工委,611,,,2018/10/28\nC,支部,631,A,,2019.5.6\n");
        assert_eq!(keys(&bring(&app.db, &text).await), vec![]);
        assert_eq!(standing_on(&app.db, "21", "2019-05-05").await, ["21"]);
        assert_eq!(standing_on(&app.db, "21", "2019-05-06").await, ["21", "A", "C"]);
        let later = bring(&app.db, &format!("{head}D,支部,631,A,,2019-05-05\n")).await;
        assert_eq!(keys(&later), vec![(2, "valid_from", "import-before-parent")]);
        let through = bring(&app.db, &format!("{head}E,党委,611,A,,\nE1,支部,631,E,,2019-01-01\n")).await;
        assert_eq!(keys(&through), vec![(2, "valid_from", "import-before-parent")]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_closing_that_cannot_be_is_named_before_anything_is_written() {
    on_both(&[], async |db| {
        let app = app(db).await;
        let head = "code,name,type,parent_code,valid_from,valid_to\n";
        let two = "21,省工委,611,,2020-01-01,\nA,甲,611,21,2020-01-01,\nA1,支部,631,A,2020-01-01,\n";
        assert_eq!(keys(&bring(&app.db, &format!("{head}{two}")).await), vec![]);
        for (row, expected) in [
            ("A,甲,611,21,,2019-12-31\n", (2, "valid_to", "org-move-before")),
            ("A,甲,611,21,,2021-01-01\n", (2, "valid_to", "import-left-below")),
        ] {
            let report = bring(&app.db, &format!("{head}{row}")).await;
            assert_eq!((keys(&report), report.changed.len()), (vec![expected], 0), "{row}");
        }
        let known_closed = bring(&app.db, &format!("{head}N,早已撤销,631,21,,2021-01-01\n")).await;
        assert_eq!((keys(&known_closed), known_closed.changed.len()), (vec![], 0), "what is known only as closed is taken as that");
        assert_eq!(standing_on(&app.db, "21", "2021-01-01").await, ["21", "A", "A1"]);
        let moved = bring(&app.db, &format!("{head}A,甲,611,21,,{}\nA1,支部,631,21,,\n", TestApp::TODAY)).await;
        assert_eq!((keys(&moved), moved.changed.len()), (vec![], 0), "what it moves elsewhere does not stay below");
    })
    .await;
}

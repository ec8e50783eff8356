//! Rosters from files, on both engines.
#![allow(clippy::restriction, reason = "in a test, what is missing is a failure")]
use access::System;
use kernel::BusinessDate;
use members::import_members;
use organisations::import::{Report, Take, import_organisations};
use std::path::Path;
use tabular::Reader;
use testkit::{TestApp, lying, on_both};
use web::Shared;

const HEAD: &str = "branch_code,name,id_number,status,join_date,post,term_from,term_to,phone\n";
const TREE: &str = "code,name,type,parent_code,category\n21,省工委,611,,\nA,甲支部,631,21,\nB,乙支部,631,21,\n";

fn take(file: &Path) -> Take {
    let today = BusinessDate::parse(TestApp::TODAY).unwrap();
    Take::new(file.to_owned(), "名册.csv", Reader::Here, today)
}

async fn app(db: db::Db) -> TestApp {
    let app = TestApp::new(db, vec![organisations::slice(), members::slice()], &[], Shared::default()).await;
    import_organisations(&app.db, &System::command("tester"), &take(&lying(TREE))).await.unwrap();
    app
}

async fn bring(app: &TestApp, rows: &str) -> Report {
    import_members(&app.db, &System::command("tester"), app.app.keys(), &take(&lying(&format!("{HEAD}{rows}")))).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_roster_comes_in_once_and_a_later_one_moves_and_corrects() {
    on_both(&[], async |db| {
        let app = app(db).await;
        let rows = "A,李红,210102198001010010,正式,2010-07-01,书记,2025-03-01,2028-03-01,13812341402\nA,无号,,预备,,,,,\n";
        let first = bring(&app, rows).await;
        assert_eq!((first.created, first.updated, first.accepted()), (2, 0, true), "{:?}", first.refused);
        let again = bring(&app, rows).await;
        assert_eq!((again.created, again.updated), (0, 0), "the same rows change nothing");
        let moved = bring(&app, "B,李红,210102198001010010,正式,2010-07-01,,,,13812341499\n").await;
        assert_eq!((moved.created, moved.updated), (0, 1));
        let counts = app.db.read(async |tx| {
            let (a, b) = (organisations::by_code(tx, "A").await?.unwrap().id, organisations::by_code(tx, "B").await?.unwrap().id);
            Ok((members::registered(tx, &[a]).await?.contains(&a), members::registered(tx, &[b]).await?.contains(&b)))
        });
        assert_eq!(counts.await.unwrap(), (true, true));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_bad_row_is_named_and_no_personal_number_is_stored_in_the_clear() {
    on_both(&[], async |db| {
        let app = app(db).await;
        let rows = "Z,李红,210102198001010010,正式,2010-07-01,,,,\n\
                    A,李红,210102198001010011,正式,2010-07-01,,,,\n\
                    A,王强,,正式的,2010-07-01,主任,2025-03-01,,\n\
                    A,王强,,正式,2010-07-01,书记,,,\n\
                    A,赵一,210102198001010010,正式,2010-02-30,,,,\n\
                    A,钱二,11010519491231002X,正式,2010-07-01,书记,2025-03-01,2024-03-01,\n\
                    A,孙三,210102203001010014,正式,,,,,\n";
        let report = bring(&app, rows).await;
        let bad: Vec<_> = report.bad().map(|b| (b.row, b.column.as_str(), b.error.key)).collect();
        let expected = vec![
            (2, "branch_code", "import-branch-unknown"),
            (3, "id_number", "id-number"),
            (4, "status", "member-status"),
            (4, "post", "term-office"),
            (5, "term_from", "import-term-from"),
            (6, "join_date", "date-format"),
            (7, "term_to", "term-dates"),
            (8, "id_number", "id-number-future"),
        ];
        assert_eq!(bad, expected);
        let shown = report.bad().last().map(|b| b.value.clone()).unwrap();
        assert!(shown.contains('*') && !shown.contains("20300101"), "{shown}");
        let twice = "A,李红,210102198001010010,正式,,,,,\nA,李红,210102198001010010,正式,,,,,\n";
        let report = bring(&app, twice).await;
        assert_eq!(report.bad().map(|b| (b.row, b.error.key)).collect::<Vec<_>>(), vec![(3, "import-id-twice")]);
        let n = app.db.read(async |tx| tx.one::<i64>("SELECT COUNT(*) FROM import_row", &[]).await).await.unwrap();
        assert_eq!(n, 0, "a refused file leaves nothing that waits");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_row_without_a_number_means_the_only_one_of_that_name_in_the_branch_whoever_has_a_number() {
    on_both(&[], async |db| {
        let app = app(db).await;
        let first = bring(&app, "A,李红,210102198001010010,预备,2010-07-01,,,,\n").await;
        assert_eq!(first.created, 1, "{:?}", first.refused);
        let known = bring(&app, "A,李红,,正式,,,,,\n").await;
        assert_eq!((known.created, known.updated, known.accepted()), (0, 1, true), "{:?}", known.refused);
        let other = bring(&app, "B,李红,,正式,,,,,\n").await;
        assert_eq!((other.created, other.accepted()), (1, true), "another branch, another person");
        assert_eq!(bring(&app, "A,李红,11010519491231002X,正式,,,,,\n").await.created, 1);
        let which = bring(&app, "A,李红,,预备,,,,,\n").await;
        let bad: Vec<_> = which.bad().map(|b| (b.row, b.column.as_str(), b.error.key)).collect();
        assert_eq!(bad, vec![(2, "id_number", "import-namesakes")]);
        let (number, masked) = app
            .db
            .read(async |tx| {
                let sql = "SELECT id_masked FROM member WHERE org = $1 ORDER BY id_masked";
                let a = organisations::by_code(tx, "A").await?.unwrap().id;
                let all: Vec<String> = tx.all(sql, &db::params![&a]).await?;
                Ok((all.len(), all.iter().all(|m| !m.is_empty())))
            })
            .await
            .unwrap();
        assert_eq!((number, masked), (2, true), "nobody is doubled, nobody loses a number");
    })
    .await;
}

/// Everybody in branch A's register: name, masked number, whether the number can be looked up.
async fn in_branch(app: &TestApp) -> Vec<String> {
    let read = app.db.read(async |tx| {
        let sql = "SELECT name || ' ' || id_masked || CASE WHEN id_lookup IS NULL OR id_sealed IS NULL THEN '' ELSE ' +' END
                   FROM member WHERE org = $1 ORDER BY id_masked, name";
        let a = organisations::by_code(tx, "A").await?.unwrap().id;
        tx.all(sql, &db::params![&a]).await
    });
    read.await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_row_with_a_number_completes_the_only_one_of_that_name_who_has_none() {
    on_both(&[], async |db| {
        let app = app(db).await;
        assert_eq!(bring(&app, "A,李红,,正式,2010-07-01,,,,\n").await.created, 1);
        let numbered = "A,李红,210102198001010010,正式,,,,,\n";
        let complete = bring(&app, numbered).await;
        assert_eq!((complete.created, complete.updated), (0, 1), "{:?}", complete.refused);
        assert_eq!(in_branch(&app).await, ["李红 210102********0010 +"]);
        assert_eq!(bring(&app, numbered).await.updated, 0, "the same row changes nothing");
        assert_eq!(bring(&app, "A,李红,11010519491231002X,正式,,,,,\n").await.created, 1, "another number is another person");
        assert_eq!(bring(&app, "A,王强,,正式,,,,,\nB,王强,,正式,,,,,\n").await.created, 2);
        let left = "A,王强,,已转出,,,,,\n";
        assert_eq!(bring(&app, left).await.updated, 1);
        assert_eq!(bring(&app, "A,王强,360426199101010071,正式,,,,,\n").await.created, 1, "whoever has left is not meant");

        assert_eq!(bring(&app, "A,赵一,,正式,,,,,\n").await.created, 1);
        let both = "A,赵一,211402200002290031,正式,,,,,\nA,赵一,210102198501010017,正式,,,,,\n";
        let refused = bring(&app, both).await;
        let bad: Vec<_> = refused.bad().map(|b| (b.row, b.column.as_str(), b.error.key)).collect();
        assert_eq!(bad, vec![(3, "id_number", "import-completed")], "which of the two is meant nobody knows");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_roster_with_new_terms_ends_the_old_ones_and_every_day_has_its_post() {
    on_both(&[], async |db| {
        let app = app(db).await;
        let old = "A,李红,,正式,,书记,2023-03-01,2026-03-01,\nA,王强,,正式,,组织委员,2023-03-01,2026-03-01,\n";
        assert!(bring(&app, old).await.accepted());
        let new = "A,李红,,正式,,书记,2026-05-11,,\nA,赵一,,正式,,组织委员,2026-05-11,,\n";
        assert!(bring(&app, new).await.accepted());
        let held = app.db.read(async |tx| {
            let sql = "SELECT m.name || t.post FROM term t JOIN member m ON m.id = t.member WHERE t.ended IS NULL ORDER BY t.post DESC";
            tx.all::<String>(sql, &[]).await
        });
        let mut held = held.await.unwrap();
        held.sort();
        let mut expected = vec!["李红书记".to_owned(), "赵一组织委员".to_owned()];
        expected.sort();
        assert_eq!(held, expected, "the committee has one of each");
        assert_eq!(bring(&app, new).await.updated, 0, "the same rows change nothing");
        let rows = "A,李红,,正式,,书记,2025-01-01,,\nA,王强,,正式,,,2025-01-01,,\nA,赵一,,正式,,,,2027-01-01,\n";
        let report = bring(&app, rows).await;
        let bad: Vec<_> = report.bad().map(|b| (b.row, b.column.as_str(), b.error.key)).collect();
        let expected =
            vec![(2, "term_from", "term-before"), (3, "term_from", "import-term-no-post"), (4, "term_to", "import-term-no-post")];
        assert_eq!(bad, expected);
    })
    .await;
}

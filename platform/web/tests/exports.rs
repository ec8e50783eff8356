//! A long list is made as a file in the background: for whoever has asked and nobody else, told when it is whole, said to be
//! broken off when it is not, and swept away after a day; on both engines.
#![allow(clippy::restriction, reason = "what is missing fails the test")]
use access::{Grant, SignedIn};
use audit::Event;
use axum::response::Response;
use kernel::Error;
use serde::Deserialize;
use std::time::{Duration, SystemTime};
use tabular::{Cell, Column};
use testkit::{Answer, Person, TestApp, engines};
use tokio::sync::Semaphore;
use web::{Asked, ExportFolder, Routes, Rows, Shared, Slice, StatusCode, Table, Ui};

/// Rows behind this one are read in the background alone.
const BEHIND: usize = 12_000;
const CHUNK: usize = 2_000;

#[derive(Deserialize, Default, Clone)]
#[serde(default)]
struct Query {
    n: usize,
    format: String,
    /// What happens behind [`BEHIND`]: `wait`, `fail` or `die`.
    then: String,
}

/// Lets those go on who wait.
struct Gate(Semaphore);

async fn list(grant: Grant<SignedIn>, ui: Ui, Asked(q): Asked<Query>) -> web::Result<Response> {
    let (gate, asked) = (ui.app.shared::<Gate>()?, q.clone());
    let rows = Rows::behind(0, move |from| {
        let (gate, q) = (gate.clone(), asked.clone());
        async move {
            match q.then.as_str() {
                "wait" if from == BEHIND => drop(gate.0.acquire().await),
                "fail" if from == BEHIND => return Err(Error::conflict("export-one-at-a-time")),
                "die" if from == BEHIND => panic!("as when the process is killed"),
                _ => {}
            }
            let to = q.n.min(from + CHUNK);
            let chunk = (from..to).map(|n| vec![Cell::Integer(i64::try_from(n).unwrap()), Cell::text("支部")]).collect();
            Ok((from < q.n).then_some((chunk, to)))
        }
    });
    let columns = vec![Column::new("number", 8.0), Column::new("name", 8.0)];
    let table = Table { file: "things".into(), title: "清单".into(), columns, rows, asked: vec![] };
    ui.export(&grant, Event::new("thing.export", "things"), &q.format, table).await
}

async fn on_both(test: impl AsyncFn(&TestApp)) {
    for engine in engines().await {
        println!("on {engine}");
        let things = Slice { routes: Routes::new("test").get("/things", list), ..empty() };
        let shared = Shared::default().with(Gate(Semaphore::new(0)));
        test(&TestApp::new(engine.db().clone(), vec![web::own::slice(), things], &[], shared).await).await;
    }
}

fn empty() -> Slice {
    let routes = Routes::new("test");
    Slice { routes, migrations: &[], permissions: &[], texts: &[], menu: vec![], panels: vec![], sights: vec![], workers: vec![] }
}

async fn count(app: &TestApp, sql: &'static str) -> i64 {
    app.db.lookup::<i64>(sql, &[]).await.unwrap()[0]
}

/// The page of what was asked for, once nothing is done for it any more.
async fn settled(app: &TestApp, who: &Person, page: &str) -> Answer {
    for _ in 0..1_000 {
        let answer = app.get(who, page).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
        if !answer.body.contains(" data-progress") {
            return answer;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("{page} does not come to an end")
}

async fn begun(app: &TestApp, who: &Person, asked: &str) -> String {
    let answer = app.get(who, asked).await;
    assert!(answer.status == StatusCode::SEE_OTHER && answer.location.starts_with("/exports/"), "{answer:?}");
    answer.location
}

#[tokio::test]
async fn ten_thousand_rows_are_answered_at_once_and_one_more_comes_from_the_background() {
    on_both(async |app| {
        let (who, other) = (app.person("member", None).await, app.person("member", None).await);
        let small = app.get(&who, "/things?n=10000&format=csv").await;
        assert_eq!((small.status, small.body.lines().count()), (StatusCode::OK, 10_001));
        assert!(!app.app.data_dir().join("exports").exists());

        let page = begun(app, &who, "/things?n=10001&format=csv").await;
        let ready = settled(app, &who, &page).await.body;
        assert!(ready.contains("共 10,001 行") && ready.contains(&format!("href=\"{page}/file\"")), "{ready}");
        let file = app.get(&who, &format!("{page}/file")).await;
        assert_eq!((file.status, file.body.lines().count()), (StatusCode::OK, 10_002));
        assert_eq!(file.headers["content-disposition"], "attachment; filename=\"things.csv\"");
        assert!(file.media.starts_with("text/csv") && file.body.ends_with("10000,支部\r\n"));
        for theirs in [page.clone(), format!("{page}/file")] {
            assert_eq!(app.get(&other, &theirs).await.status, StatusCode::NOT_FOUND);
            assert!(app.get_as_visitor(&theirs).await.location.starts_with("/sign-in"));
        }
        assert_eq!(count(app, "SELECT COUNT(*) FROM event WHERE action = 'thing.export'").await, 2);
        assert_eq!(count(app, "SELECT COUNT(*) FROM event WHERE body LIKE '%\"rows\":\"10001\"%'").await, 1);
        let told: Vec<String> = app.db.lookup("SELECT href FROM notice", &[]).await.unwrap();
        assert_eq!(told, [page]);

        // Whoever no longer holds the post by which it was asked for, does not see what it showed.
        let left = app.person("member", None).await;
        let page = begun(app, &left, "/things?n=10001&format=csv").await;
        settled(app, &left, &page).await;
        let account = left.account;
        let by = access::System::command("test");
        let ended = audit::change(&app.db, &by, async move |tx| {
            tx.exec("UPDATE post SET ended = 1 WHERE account = $1", &db::params![&account]).await?;
            Ok(((), Event::new("role.end", "test")))
        });
        ended.await.unwrap();
        for theirs in [page.clone(), format!("{page}/file")] {
            assert_eq!(app.get(&left, &theirs).await.status, StatusCode::NOT_FOUND);
        }

        let book = begun(app, &who, "/things?n=10001&format=xlsx").await;
        settled(app, &who, &book).await;
        assert!(app.get(&who, &format!("{book}/file")).await.bytes.starts_with(b"PK\x03\x04"));
    })
    .await;
}

#[tokio::test]
async fn one_is_made_for_each_at_a_time_and_two_in_all() {
    on_both(async |app| {
        let asked = "/things?n=20000&then=wait";
        let people = [app.person("member", None).await, app.person("member", None).await, app.person("member", None).await];
        let mut pages = Vec::new();
        for who in &people {
            pages.push(begun(app, who, asked).await);
        }
        assert_eq!(begun(app, &people[0], asked).await, pages[0], "pressed again it is the same");
        let other = app.get(&people[0], "/things?n=30000").await;
        assert!(other.location == pages[0] && other.cookies.iter().any(|c| c.starts_with("flash=")), "{other:?}");
        assert_eq!(app.get(&people[0], "/things?n=5&format=csv").await.body.lines().count(), 6, "a short one is nobody's burden");
        let rows = async |i: usize| app.get(&people[i], &pages[i]).await.body;
        while !(rows(0).await.contains("已读 12,000 行") && rows(1).await.contains("已读 12,000 行")) {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        assert!(rows(2).await.contains("已读 0 行") && rows(2).await.contains("http-equiv=\"refresh\""), "the third waits");
        assert_eq!(app.get(&people[0], &format!("{}/file", pages[0])).await.status, StatusCode::NOT_FOUND, "half a file is none");
        app.app.shared::<Gate>().unwrap().0.close();
        for (who, page) in people.iter().zip(&pages) {
            assert!(settled(app, who, page).await.body.contains("共 20,000 行"));
        }
        begun(app, &people[0], "/things?n=30000").await;
    })
    .await;
}

#[tokio::test]
async fn what_was_broken_off_or_could_not_be_made_says_so_and_how_to_ask_again() {
    on_both(async |app| {
        let who = app.person("member", None).await;
        let died = begun(app, &who, "/things?n=20000&then=die").await;
        let said = settled(app, &who, &died).await.body;
        assert!(said.contains("生成中断") && said.contains("href=\"/things?n=20000&#38;then=die\""), "{said}");
        assert_eq!(app.get(&who, &format!("{died}/file")).await.status, StatusCode::NOT_FOUND);
        assert_eq!(count(app, "SELECT COUNT(*) FROM event WHERE action LIKE '%.export%'").await, 0);

        let failed = begun(app, &who, "/things?n=20000&then=fail").await;
        let said = settled(app, &who, &failed).await.body;
        assert!(said.contains("没有生成") && said.contains("重新导出") && said.contains("生成后再导出下一份"), "{said}");
        while count(app, "SELECT COUNT(*) FROM notice WHERE key = 'notice-export-failed'").await == 0 {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        assert_eq!(count(app, "SELECT COUNT(*) FROM event WHERE action = 'export.failed'").await, 1);
        assert_eq!(count(app, "SELECT COUNT(*) FROM event WHERE action = 'thing.export'").await, 0);
    })
    .await;
}

#[tokio::test]
async fn after_a_day_the_file_is_gone_and_its_page_says_so() {
    on_both(async |app| {
        let who = app.person("member", None).await;
        let page = begun(app, &who, "/things?n=10001").await;
        settled(app, &who, &page).await;
        let folder = app.app.data_dir().join("exports");
        for entry in std::fs::read_dir(&folder).unwrap().flatten() {
            let file = std::fs::File::open(entry.path()).unwrap();
            file.set_modified(SystemTime::now() - Duration::from_secs(25 * 3600)).unwrap();
        }
        ExportFolder::new(app.app.data_dir()).sweep();
        assert!(app.get(&who, &page).await.body.contains("已经删除"));
        assert_eq!(app.get(&who, &format!("{page}/file")).await.status, StatusCode::NOT_FOUND);
    })
    .await;
}

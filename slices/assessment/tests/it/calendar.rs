//! A year that is not published yet: dates in it are provisional, never guessed; once it is brought in they are counted
//! again and their owners told. Through the whole router, on both engines.

use crate::onward::onward;
use crate::stage::{Stage, play};
use access::System;
use accounts::{Above, SetUp};
use administration::{CalendarSource, Kept, Recompute, import_calendar, recount};
use assessment::cycle::{Cycle, phase::Phase, store};
use kernel::{BusinessDate, Points};
use std::sync::Arc;
use testkit::{TestApp, on_both};
use web::{Shared, StatusCode};

const YEAR_2030: &str = "date,kind,name\n2030-10-01,holiday,国庆节\n2030-10-02,holiday,国庆节\n2030-10-03,holiday,国庆节\n2030-10-04,holiday,国庆节\n2030-10-07,holiday,国庆节\n";

fn keepers() -> Vec<Arc<dyn Recompute>> {
    vec![Arc::new(rectification::Redating), Arc::new(assessment::publicity::Redating)]
}

fn day(text: &str) -> BusinessDate {
    BusinessDate::parse(text).unwrap()
}

/// A house whose due dates go by the calendar it keeps, on a day of a year nobody has published.
async fn in_2030(db: db::Db) -> Stage {
    let above = Above {
        organisations: std::sync::Arc::new(organisations::Directory),
        calendars: Box::new(Kept::default()),
        set_up: SetUp::none(),
        renewal: accounts::Renewal::impossible(),
    };
    let shared = Shared::default().with(facts::Suppliers::default()).with(above);
    let slices = vec![
        accounts::slice(),
        administration::slice(keepers()),
        organisations::slice(),
        members::slice(),
        standards::slice(),
        rectification::slice(),
        assessment::slice(),
    ];
    let app = TestApp::new(db, slices, &[], shared).await;
    let shipped = calendar::Calendar::parse(include_str!("../../../../content/calendars/holidays.csv")).unwrap();
    administration::seed_calendar(&app.db, &System::command("test"), &shipped).await.unwrap();
    let stage = play(app).await;
    stage.app.clock.set(day("2030-09-27"));
    stage
}

async fn bring(s: &Stage) -> Vec<i32> {
    let source = CalendarSource { file: "2030.csv", by: "test", owner: None };
    import_calendar(&s.app.db, &System::command("test"), source, YEAR_2030.as_bytes()).await.unwrap().years
}

async fn cycle(s: &Stage) -> Cycle {
    let id = s.cycle;
    s.app.db.read(async move |tx| store::any(tx, id).await).await.unwrap()
}

async fn told(s: &Stage, key: &str) -> i64 {
    let key = key.to_owned();
    s.app.db.read(async move |tx| tx.one("SELECT COUNT(*) FROM notice WHERE key = $1", &db::params![&key]).await).await.unwrap()
}

/// Publicity as the committee's page begins it.
async fn publish(s: &Stage) {
    s.move_to(Phase::Review).await;
    let moved = onward(&s.app, &s.committee, s.cycle, "全部审定").await;
    assert_eq!(moved.status, StatusCode::SEE_OTHER, "{}", moved.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_publicity_of_an_unpublished_year_ends_provisionally_and_again_when_the_year_is_brought_in() {
    on_both(&[], async |db| {
        let s = in_2030(db).await;
        publish(&s).await;
        let before = cycle(&s).await.publicity.unwrap();
        assert_eq!((before.until, before.provisional), (day("2030-10-03"), true));
        let years = bring(&s).await;
        assert_eq!(recount(&s.app.db, &keepers(), &years).await.unwrap(), 1);
        let after = cycle(&s).await.publicity.unwrap();
        assert_eq!((after.from, after.until, after.provisional), (before.from, day("2030-10-10"), false));
        assert_eq!(told(&s, "notice-publicity-due").await, 1);
        assert_eq!(recount(&s.app.db, &keepers(), &years).await.unwrap(), 0);
        assert_eq!(told(&s, "notice-publicity-due").await, 1);
        assert!(audit::verify(&s.app.db).await.unwrap().is_ok());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_year_brought_in_counts_at_once_for_what_begins_after_it() {
    on_both(&[], async |db| {
        let s = in_2030(db).await;
        // The house has asked for its calendar before, as a second process would have.
        assert_eq!(s.app.get(&s.committee, "/problems").await.status, StatusCode::OK);
        bring(&s).await;
        publish(&s).await;
        let publicity = cycle(&s).await.publicity.unwrap();
        assert_eq!((publicity.until, publicity.provisional), (day("2030-10-10"), false));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn problems_of_an_unpublished_year_get_their_date_when_it_is_brought_in() {
    on_both(&[], async |db| {
        let s = in_2030(db).await;
        let (branch, today) = (s.branch, s.app.clock.today());
        let kept = administration::calendar(&s.app.db).await.unwrap();
        let by = System::command("test");
        let who = rectification::By::system(&by, today);
        let opened = audit::change(&s.app.db, &by, async move |tx| {
            let new = rectification::NewProblem {
                org: branch,
                org_code: "21-1".into(),
                path: tree::node(tx, branch).await?.path,
                year: 2030,
                board: "b".into(),
                source: "source-acceptance",
                href: String::new(),
                item: "A1".into(),
                title: "会议记录".into(),
                text: "缺记录".into(),
                lost: Points::hundredths(50),
                workdays: 5,
            };
            let id = rectification::open(tx, &new, &kept, &who).await?;
            Ok((id, audit::Event::new("test.open", "test")))
        });
        let id = opened.await.unwrap();
        let page = format!("/problems/{id}");
        let before = s.app.get(&s.secretary, &page).await.body;
        assert!(before.contains("2030-10-04") && before.contains("暂定"), "{before}");
        let years = bring(&s).await;
        assert_eq!(recount(&s.app.db, &keepers(), &years).await.unwrap(), 1);
        let after = s.app.get(&s.secretary, &page).await.body;
        assert!(after.contains("2030-10-11") && !after.contains("暂定"), "{after}");
        assert_eq!(told(&s, "notice-problem-due").await, 1);
    })
    .await;
}

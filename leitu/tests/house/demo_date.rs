//! The date of a demonstration moves by one form, for whoever is signed in; a real installation has no such address.
use accounts::{Renewal, SetUp};
use installation::Kind;
use leitu::house::{shared, slices};
use testkit::{TestApp, on_both};
use web::StatusCode;

const NEXT_DAY: &[(&str, &str)] = &[("to", "next-day")];

async fn kept_date(app: &TestApp) -> Option<i64> {
    app.db.lookup::<Option<i64>>("SELECT business_date FROM installation WHERE one = 1", &[]).await.unwrap()[0]
}
async fn events(app: &TestApp) -> i64 {
    app.db.lookup::<i64>("SELECT COUNT(*) FROM event", &[]).await.unwrap()[0]
}

#[tokio::test(flavor = "multi_thread")]
async fn the_demo_s_date_goes_forward_by_a_day_and_is_kept_with_its_event() {
    on_both(&[], async |db| {
        let app = TestApp::founded_as(Some(Kind::Demo), db, slices(), &[], shared(SetUp::none(), Renewal::impossible()).unwrap()).await;
        let (member, before) = (app.person("member", None).await, app.clock.today());
        let events_before = events(&app).await;
        let moved = app.post(&member, "/demo/date", NEXT_DAY).await;
        assert_eq!((moved.status, moved.location.as_str()), (StatusCode::SEE_OTHER, "/todo"), "{}", moved.body);
        assert_eq!(app.clock.today(), before.plus_days(1));
        assert_eq!(installation::clock(&app.db).await.unwrap().today(), before.plus_days(1), "after a restart too");
        let done_now = installation::clock(&app.db).await.unwrap().business_time(kernel::Instant::now());
        assert!(done_now.starts_with(&before.plus_days(1).to_string()), "what is done after it belongs to the new day: {done_now}");
        let elsewhere = kernel::Clock::standing(before);
        installation::follow(&app.db, &elsewhere).await.unwrap();
        assert_eq!(elsewhere.today(), before.plus_days(1), "another process on the same database comes after");
        assert_eq!(events(&app).await, events_before + 1);
        let nothing_runs = app.post(&member, "/demo/date", &[("to", "publicity-end")]).await;
        assert_eq!(nothing_runs.status, StatusCode::CONFLICT);
        let backwards = app.post(&member, "/demo/date", &[("to", "yesterday")]).await;
        assert_eq!(backwards.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!((app.clock.today(), events(&app).await), (before.plus_days(1), events_before + 1));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn neither_a_link_nor_a_foreign_form_nor_a_visitor_moves_it() {
    on_both(&[], async |db| {
        let app = TestApp::founded_as(Some(Kind::Demo), db, slices(), &[], shared(SetUp::none(), Renewal::impossible()).unwrap()).await;
        let member = app.person("member", None).await;
        let before = (app.clock.today(), kept_date(&app).await, events(&app).await);
        assert_eq!(app.get(&member, "/demo/date?to=next-day").await.status, StatusCode::NOT_FOUND);
        let mut forged = member.clone();
        forged.csrf = "0".repeat(64);
        assert_eq!(app.post(&forged, "/demo/date", NEXT_DAY).await.status, StatusCode::FORBIDDEN);
        let mut visitor = app.browser();
        visitor.get("/sign-in").await;
        let refused = visitor.post("/demo/date", NEXT_DAY).await;
        assert!(refused.location.starts_with("/sign-in"), "{refused:?}");
        assert_eq!((app.clock.today(), kept_date(&app).await, events(&app).await), before);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_real_installation_s_date_cannot_be_moved() {
    on_both(&[], async |db| {
        let app = TestApp::new(db, slices(), &[], shared(SetUp::none(), Renewal::impossible()).unwrap()).await;
        let committee = app.person("committee", None).await;
        let before = (app.clock.today(), events(&app).await);
        assert_eq!(app.post(&committee, "/demo/date", NEXT_DAY).await.status, StatusCode::NOT_FOUND);
        assert_eq!((app.clock.today(), events(&app).await), before);
    })
    .await;
}

//! A branch fills its self-assessment through the whole router, on both engines.
use access::System;
use assessment::cycle::open::{Opening, open};
use assessment::cycle::phase::Phase;
use audit::Event;
use kernel::{BusinessDate, CycleId, Instant, OrgId, SheetId};
use testkit::{Person, TestApp, on_both};
use web::{Shared, StatusCode};

struct Stage {
    app: TestApp,
    secretary: Person,
    committee: Person,
    sheet: SheetId,
    cycle: CycleId,
}

async fn stage(db: db::Db) -> Stage {
    let shared = Shared::default()
        .with(facts::Suppliers::default())
        .with(calendar::Calendar::parse(include_str!("../../../../content/calendars/holidays.csv")).unwrap());
    let slices = vec![organisations::slice(), standards::slice(), rectification::slice(), assessment::slice()];
    let app = TestApp::new(db, slices, &[], shared).await;
    standards::seed(&app.db).await.unwrap();
    let committee = app.person("committee", None).await;
    let org = async |code: &str, name: &str, kind: &str, parent: &str| {
        let fields = [("code", code), ("name", name), ("type", kind), ("category", "机关"), ("parent_code", parent)];
        let answer = app.post(&committee, "/orgs", &fields).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        OrgId::parse(answer.location.rsplit('/').next().unwrap()).unwrap()
    };
    let root = org("21", "省直机关工委", "611", "").await;
    let branch = org("21-1", "第一支部", "631", "21").await;
    let secretary = app.person("secretary", Some(branch)).await;
    let scheme = standards::schemes::newest(&app.db, "LN-JG-27").await.unwrap();
    let today = BusinessDate::parse(TestApp::TODAY).unwrap();
    let opening = Opening { scheme, year: 2026, root, title: "2026 年度考评".into(), day: today, self_until: today.plus_days(15) };
    let cycle = open(&app.db, &System::command("test"), opening).await.unwrap();
    move_to(&app, cycle, Phase::SelfAssessment).await;
    let sheet = app.db.read(async move |tx| assessment::sheet::store::of_org(tx, cycle, branch).await).await.unwrap().unwrap().id;
    Stage { app, secretary, committee, sheet, cycle }
}

async fn move_to(app: &TestApp, id: CycleId, phase: Phase) {
    let (day, at) = (app.clock.today(), Instant::now());
    audit::change(&app.db, &System::command("test"), async move |tx| {
        let cycle = assessment::cycle::store::any(tx, id).await?;
        let step = assessment::cycle::store::Step { day, at, by: "test", reason: "" };
        assessment::cycle::store::set_phase(tx, &cycle, phase, &step).await?;
        Ok(((), Event::new("cycle.move", format!("cycle:{id}"))))
    })
    .await
    .unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_score_typed_is_kept_and_two_editors_see_each_other_s_value() {
    on_both(&[], async |db| {
        let s = stage(db).await;
        let here = format!("/sheets/{}/self", s.sheet);
        let page = s.app.get(&s.secretary, &here).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.body);
        assert!(page.body.contains("需要您填 27 项"), "nothing is known of this branch yet");
        let auto = |value: &'static str, rev: &'static str| [("auto", "1"), ("field", "s-A1"), ("s-A1", value), ("r-A1", ""), ("rev", rev)];
        let saved = s.app.post(&s.secretary, &here, &auto("3.5", "0")).await;
        assert_eq!((saved.status, saved.body.contains("data-rev-for=\"s-A1\" data-rev=\"1\"")), (StatusCode::OK, true), "{}", saved.body);
        let late = s.app.post(&s.secretary, &here, &auto("4", "0")).await;
        assert_eq!((late.status, late.body.contains("data-theirs=\"3.5\"")), (StatusCode::CONFLICT, true), "{}", late.body);
        let above = s.app.post(&s.secretary, &here, &auto("4.01", "1")).await;
        assert_eq!((above.status, above.body.contains("data-error-for=\"s-A1\"")), (StatusCode::UNPROCESSABLE_ENTITY, true));
        assert!(s.app.get(&s.secretary, &here).await.body.contains("value=\"3.5\""));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_score_taken_away_can_be_given_again_and_history_keeps_each_value() {
    on_both(&[], async |db| {
        let s = stage(db).await;
        let here = format!("/sheets/{}/self", s.sheet);
        // The value, the revision that was seen, the revision that stands afterwards: 0 where nothing stands.
        for (value, seen, now) in [("3.5", "0", "1"), ("", "1", "0"), ("4", "0", "2"), ("3", "2", "3")] {
            let fields = [("auto", "1"), ("field", "s-A1"), ("s-A1", value), ("r-A1", ""), ("rev", seen)];
            let saved = s.app.post(&s.secretary, &here, &fields).await;
            let told = saved.body.contains(&format!("data-rev-for=\"s-A1\" data-rev=\"{now}\""));
            assert_eq!((saved.status, told), (StatusCode::OK, true), "{value}: {}", saved.body);
        }
        let past: Vec<kernel::Points> =
            s.app.db.read(async |tx| tx.all("SELECT points FROM score_past WHERE indicator = 'A1' ORDER BY rev", &[]).await).await.unwrap();
        assert_eq!(past, ["3.5", "4"].map(|p| kernel::Points::parse(p).unwrap()));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_owed_is_named_and_submitting_locks_until_it_is_returned() {
    on_both(&[], async |db| {
        let s = stage(db).await;
        let here = format!("/sheets/{}/self", s.sheet);
        let owed = s.app.post(&s.secretary, &here, &[("s-A1", "4"), ("r-A1", ""), ("v-A1", "0"), ("do", "submit")]).await;
        assert_eq!((owed.status, owed.body.contains("A2 还没有填写得分")), (StatusCode::UNPROCESSABLE_ENTITY, true), "{}", owed.body);
        let scheme = standards::scheme(&s.app.db, standards::schemes::newest(&s.app.db, "LN-JG-27").await.unwrap()).await.unwrap();
        let mut fields: Vec<(String, String)> = scheme.indicators.iter().map(|i| (format!("s-{}", i.code), i.points.to_string())).collect();
        fields.push(("do".into(), "submit".into()));
        let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        let done = s.app.post(&s.secretary, &here, &fields).await;
        assert_eq!(done.location, format!("/sheets/{}/submitted?layer=self", s.sheet), "{}", done.body);
        let end = s.app.get(&s.secretary, &done.location).await;
        assert!(end.body.contains("<p class=\"no\">100</p>"), "{}", end.body);
        let locked = s.app.post(&s.secretary, &here, &[("auto", "1"), ("field", "s-A1"), ("s-A1", "3"), ("rev", "1")]).await;
        assert_eq!(locked.status, StatusCode::UNPROCESSABLE_ENTITY);
        let without = s.app.post(&s.committee, &format!("/sheets/{}/returns", s.sheet), &[("reason", " ")]).await;
        assert_eq!(without.status, StatusCode::UNPROCESSABLE_ENTITY);
        let returned = s.app.post(&s.committee, &format!("/sheets/{}/returns", s.sheet), &[("reason", "C1 与会议记录不符")]).await;
        assert_eq!(returned.status, StatusCode::SEE_OTHER, "{}", returned.body);
        assert!(!s.app.get(&s.secretary, &here).await.body.contains("flash info\"><svg class=\"i\" viewBox=\"0 0 24 24\" aria-hidden=\"true\"><path d=\"M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20zm1 5v4.6"));
        assert!(audit::verify(&s.app.db).await.unwrap().is_ok());
        assert_ne!(s.cycle, CycleId::from_bytes([0; 16]));
    })
    .await;
}

//! What somebody who sees the product for the first time presses: the steps of the walk, the overview, the desk, the search.
use crate::several_posts::org;
use access::System;
use accounts::{Renewal, SetUp};
use assessment::cycle::open::{Opening, open};
use assessment::cycle::phase::Phase;
use assessment::cycle::store::{Step, any, set_phase};
use audit::Event;
use installation::Kind;
use kernel::{BusinessDate, CycleId, Instant, OrgId};
use leitu::house::{shared, slices};
use testkit::{TestApp, on_both};
use web::StatusCode;

async fn app(kind: Kind, db: db::Db) -> TestApp {
    let app = TestApp::founded_as(Some(kind), db, slices(), &[], shared(SetUp::none(), Renewal::impossible()).unwrap()).await;
    standards::seed(&app.db).await.unwrap();
    app
}

async fn cycle(app: &TestApp, root: OrgId, year: i64, title: &str) -> CycleId {
    let (scheme, today) = (standards::schemes::newest(&app.db, "LN-JG-27").await.unwrap(), BusinessDate::parse(TestApp::TODAY).unwrap());
    let opening = Opening { scheme, year, root, title: title.into(), day: today, self_until: today.plus_days(15) };
    open(&app.db, &System::command("test"), opening).await.unwrap()
}

async fn move_to(app: &TestApp, id: CycleId, phase: Phase) {
    let (day, at) = (app.clock.today(), Instant::now());
    audit::change(&app.db, &System::command("test"), async move |tx| {
        let cycle = any(tx, id).await?;
        set_phase(tx, &cycle, phase, &Step { day, at, by: "test", reason: "" }).await?;
        Ok(((), Event::new("cycle.move", format!("cycle:{id}"))))
    })
    .await
    .unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_step_of_the_walk_begins_on_its_own_page_and_on_no_other() {
    on_both(&[], async |db| {
        let app = app(Kind::Demo, db).await;
        let root = org(&app, "21", "机关工委", "611", None).await;
        let branch = org(&app, "21-1", "第一党支部", "631", Some(root)).await;
        let cycle_id = cycle(&app, root, 2026, "2026 年度考评").await;
        move_to(&app, cycle_id, Phase::Acceptance).await;
        cycle(&app, root, 2027, "2027 年度考评").await;
        let roles = [("committee", root), ("secretary", branch), ("inspector", root)];
        for (role, at) in roles {
            let account = app.person(role, Some(at)).await.account;
            audit::change(&app.db, &System::job("demo"), async move |tx| {
                accounts::offer_entry(tx, role, account).await?;
                Ok(((), Event::new("demo.offered", "demo")))
            })
            .await
            .unwrap();
        }
        let sheet = app.db.read(async move |tx| assessment::sheet::store::of_org(tx, cycle_id, branch).await).await.unwrap().unwrap().id;
        let here = format!("/assess/{cycle_id}");
        let mut visitor = app.browser();
        for (role, step, page) in [
            ("secretary", "self", format!("/sheets/{sheet}/self")),
            ("inspector", "acceptance", "/inspections".to_owned()),
            ("committee", "recheck", format!("{here}/draws")),
            ("committee", "publicity", format!("{here}/review")),
            ("secretary", "rectification", "/problems".to_owned()),
            ("committee", "ledger", "/ledger".to_owned()),
            ("committee", "overview", "/overview".to_owned()),
            // The identity alone, a step of another one's, and what is no step: its own first page.
            ("committee", "", "/overview".to_owned()),
            ("secretary", "ledger", "/todo".to_owned()),
            ("secretary", "//example.org", "/todo".to_owned()),
        ] {
            visitor.get("/start").await;
            let entered = visitor.post(&format!("/start/{role}"), &[("step", step)]).await;
            assert_eq!((entered.status, entered.location.as_str()), (StatusCode::SEE_OTHER, page.as_str()), "{role} {step}");
            let arrived = visitor.get(&page).await;
            assert_eq!(arrived.status, StatusCode::OK, "{role} {step}");
            let told = arrived.body.contains("从这里开始");
            assert_eq!(told, !matches!((role, step), (_, "") | ("secretary", "ledger" | "//example.org")), "{role} {step}");
        }
        move_to(&app, cycle_id, Phase::Publicity).await;
        visitor.get("/start").await;
        let public = visitor.post("/start/committee", &[("step", "publicity")]).await;
        assert_eq!(public.location, format!("{here}/publicity"), "what is public is not reviewed any more");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cycle_in_preparation_is_neither_looked_at_first_nor_announced() {
    on_both(&[], async |db| {
        let app = app(Kind::Real, db).await;
        let root = org(&app, "21", "机关工委", "611", None).await;
        let unit = org(&app, "21-A", "机关党委", "621", Some(root)).await;
        let branch = org(&app, "21-A-1", "第一党支部", "631", Some(unit)).await;
        org(&app, "21-B", "第二党支部", "631", Some(root)).await;
        let (committee, secretary) = (app.person("committee", Some(root)).await, app.person("secretary", Some(branch)).await);
        let first = async |title: &str| {
            let page = app.get(&committee, "/overview").await.body;
            assert!(page.split("<option").any(|option| option.contains(" selected") && option.contains(title)), "{title}: {page}");
        };
        let next = cycle(&app, unit, 2028, "局部二八").await;
        first("2028").await; // there is no other
        let whole = cycle(&app, root, 2026, "全部二六").await;
        move_to(&app, whole, Phase::SelfAssessment).await;
        first("2026").await;
        let part = cycle(&app, unit, 2026, "局部二六").await;
        move_to(&app, part, Phase::SelfAssessment).await;
        first("全部二六").await;
        let desk = app.get(&secretary, "/todo").await.body;
        assert!(desk.contains("2026 年度考评正在进行") && !desk.contains("2028 年度考评"), "{desk}");
        move_to(&app, next, Phase::SelfAssessment).await;
        assert!(app.get(&secretary, "/todo").await.body.contains("2028 年度考评正在进行"));
        first("2028").await;
    })
    .await;
}

fn encoded(q: &str) -> String {
    q.bytes().map(|b| format!("%{b:02X}")).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_search_finds_help_and_the_pages_that_the_reader_may_open() {
    on_both(&[], async |db| {
        let app = app(Kind::Real, db).await;
        let root = org(&app, "21", "机关工委", "611", None).await;
        let branch = org(&app, "21-1", "第一党支部", "631", Some(root)).await;
        let (secretary, system) = (app.person("secretary", Some(branch)).await, app.person("system_administrator", None).await);
        let finds = async |who, q: &str, href: &str| {
            app.get(who, &format!("/search?q={}", encoded(q))).await.body.contains(&format!("<a href=\"{href}\">"))
        };
        for (q, href) in [
            ("催办", "/problems"),
            ("销号", "/help/closure"),
            ("xiaohao", "/help/closure"),
            ("一票否决", "/help/veto"),
            ("三会一课", "/standards"),
            ("密码", "/me/password"),
            ("忘记密码", "/help/one-time-code"),
            ("投诉建议", "/suggestions/new"),
            ("台账", "/ledger"),
            ("长辈版", "/size?to=large&#38;back=/search"),
        ] {
            assert!(finds(&secretary, q, href).await, "{q}: {href}");
        }
        assert!(finds(&system, "开通账号", "/people").await && !finds(&secretary, "开通账号", "/people").await, "only what one may open");
        assert!(!finds(&system, "台账", "/ledger").await);
    })
    .await;
}

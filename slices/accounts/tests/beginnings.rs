//! The first page, the demonstration's identities and the set-up.
#![allow(clippy::restriction, reason = "in a test, what is missing is a failure")]
mod house;
use access::System;
use accounts::{SetUp, SetUpInput, set_up};
use audit::Event;
use house::*;
use installation::Kind;
use testkit::TestApp;
use web::StatusCode;

const FORM: [(&str, &str); 6] =
    [("name", "锦州市直机关工委"), ("area", "辽宁省锦州市"), ("year", "2026"), ("system", "甲"), ("security", "乙"), ("audit", "丙")];

#[tokio::test]
async fn set_up_asks_for_the_console_s_code_and_runs_once() {
    for engine in testkit::engines().await {
        let (handle, code) = SetUp::with_code().unwrap();
        let (app, _) = house(engine.db().clone(), None, handle).await;
        let mut browser = app.browser();
        assert_eq!(browser.get("/").await.location, "/set-up");
        assert_eq!(browser.get("/set-up/installation").await.location, "/set-up");
        browser.get("/set-up").await;
        assert_eq!(browser.post("/set-up", &[("code", "ABCD-EFGH-JKLM")]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(browser.post("/set-up", &[("code", &code)]).await.location, "/set-up/installation");
        browser.get("/set-up/installation").await;
        let same =
            browser.post("/set-up/installation", &[("name", "x"), ("area", "y"), ("year", "1"), ("system", "甲"), ("audit", "甲")]).await;
        assert_eq!(same.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(same.body.contains("id=\"year-e\"") && same.body.contains("id=\"audit-e\"") && same.body.contains("id=\"security-e\""));
        let mut late = app.browser();
        late.get("/set-up").await;
        late.post("/set-up", &[("code", &code)]).await;
        late.get("/set-up/installation").await;
        let codes = browser.post("/set-up/installation", &FORM).await;
        assert_eq!(codes.status, StatusCode::OK);
        assert_eq!(codes.body.matches("<span>system</span>").count(), 1);
        // Once there are accounts nobody gets in again, code or no code.
        assert_eq!(late.post("/set-up/installation", &FORM).await.location, "/set-up");
        assert_eq!(late.get("/set-up").await.location, "/");
        assert_eq!(app.browser().get("/").await.location, "/sign-in");
        let printed = codes.body.split("<span>security</span>").nth(1).unwrap().split("<span>").nth(1).unwrap();
        assert_eq!(sign_in(&mut app.browser(), "security", printed.split('<').next().unwrap()).await, "/password");
        assert_eq!(events(&app.db, "installation.found").await, 1);
        assert_eq!(told(&app, "首次设置时新建账号（凭控制台上的一次性代码）<").await, 3);
    }
}

/// How many of the administrators' pages tell this of how they were made; of whoever is made later none does.
async fn told(app: &TestApp, words: &str) -> usize {
    let admin = app.person("system_administrator", None).await;
    let mut pages = 0;
    for login in ["system", "security", "audit", &admin.account.to_string()] {
        let id = access::by_login(&app.db, login).await.unwrap().unwrap().id;
        pages += app.get(&admin, &format!("/people/{id}")).await.body.matches(words).count();
    }
    pages
}

#[tokio::test]
async fn of_two_set_ups_at_once_one_founds() {
    for engine in testkit::engines().await {
        let (app, orgs) = house(engine.db().clone(), None, SetUp::none()).await;
        let orgs: std::sync::Arc<dyn accounts::OrgDirectory> = std::sync::Arc::new(orgs);
        let keys = app.app.keys().clone();
        let input = SetUpInput::parse("名", "1", "地", "2026", ["甲", "乙", "丙"]).unwrap();
        let by = System::command("root");
        let (first, second) = tokio::join!(
            set_up(&app.db, &keys, &by, orgs.clone(), input.clone()),
            set_up(&app.db, &keys, &by, orgs.clone(), input.clone())
        );
        assert_eq!(u8::from(first.is_ok()) + u8::from(second.is_ok()), 1);
        assert_eq!(set_up(&app.db, &keys, &by, orgs, input).await.err().unwrap().key, "set-up-done");
        assert_eq!(told(&app, "服务器用户 root 首次设置时新建账号<").await, 3);
    }
}

#[tokio::test]
async fn one_press_enters_a_demonstration_and_nothing_else() {
    for engine in testkit::engines().await {
        let (app, _) = house(engine.db().clone(), Some(Kind::Demo), SetUp::none()).await;
        let secretary = issued(&app, "shuji").await.id;
        let committee = issued(&app, "gongwei").await.id;
        audit::change(&app.db, &System::job("demo"), async move |tx| {
            accounts::offer_entry(tx, "secretary", secretary).await?;
            accounts::offer_entry(tx, "committee", committee).await?;
            Ok(((), Event::new("demo.offered", "demo")))
        })
        .await
        .unwrap();
        let mut browser = app.browser();
        let start = browser.get("/").await;
        assert!(start.body.contains("/start/secretary") && !start.body.contains("/start/reviewer"));
        let begins = |step: &str| start.body.contains(&format!("<span class=\"vh\"> {step}</span>"));
        assert!(begins("审定公示") && !begins("实地验收"), "each step of the walk is begun as who takes it, where that is offered");
        assert_eq!(browser.post("/start/secretary", &[]).await.location, "/todo");
        assert!(is_in(&mut browser).await);
        assert!(browser.get("/me").await.body.contains("不随演示日期变"), "the demo's date and the real time stand on one page");
        let before = browser.cookie("leitu").unwrap().to_owned();
        assert_eq!(browser.get("/start").await.status, StatusCode::OK);
        // /overview is not mounted here, so the desk is where everybody lands.
        assert_eq!(browser.post("/start/committee", &[]).await.location, "/todo");
        assert_ne!(browser.cookie("leitu").unwrap(), before);
        browser.get("/start").await;
        assert_eq!(browser.post("/start/reviewer", &[]).await.status, StatusCode::NOT_FOUND);
        assert_eq!(events(&app.db, "demo.entered").await, 2);
    }
}

#[tokio::test]
async fn the_administrators_of_a_new_installation_read_what_comes_first_until_somebody_is_at_work() {
    on_both(async |app, orgs| {
        let administrators = ["system_administrator", "security_administrator", "audit_administrator"];
        let [system, security, audit] = [
            app.person(administrators[0], None).await,
            app.person(administrators[1], None).await,
            app.person(administrators[2], None).await,
        ];
        for (who, own, others) in [(&system, "/people/new", "/roles"), (&security, "/roles", "/people/new")] {
            let desk = app.get(who, "/todo").await.body;
            let first = desk.split("按顺序办这几步").nth(1).unwrap().split("</ol>").next().unwrap();
            assert!(first.contains(&format!("href=\"{own}\"")) && !first.contains(&format!("href=\"{others}\"")), "{first}");
        }
        assert!(app.get(&audit, "/todo").await.body.contains("按顺序办这几步"));
        assert!(!app.get(&system, "/todo?tab=done").await.body.contains("按顺序办这几步"), "the other lists are of what was done");
        let committee = app.person("committee", Some(orgs.0[0].id)).await;
        for who in [&system, &security, &audit, &committee] {
            assert!(!app.get(who, "/todo").await.body.contains("按顺序办这几步"), "somebody is at work");
        }
    })
    .await;
}

#[tokio::test]
async fn a_real_installation_has_no_identities_to_choose() {
    on_both(async |app, _| {
        let account = issued(&app, "shuji").await.id;
        audit::change(&app.db, &System::job("demo"), async move |tx| {
            accounts::offer_entry(tx, "secretary", account).await?;
            Ok(((), Event::new("demo.offered", "demo")))
        })
        .await
        .unwrap();
        let mut browser = app.browser();
        assert_eq!(browser.get("/").await.location, "/sign-in");
        assert_eq!(browser.get("/start").await.status, StatusCode::NOT_FOUND);
        browser.get("/sign-in").await;
        assert_eq!(browser.post("/start/secretary", &[]).await.status, StatusCode::NOT_FOUND);
        assert!(!is_in(&mut browser).await);
    })
    .await;
}

#[tokio::test]
async fn every_page_bears_the_name_once_another_process_has_founded_the_installation() {
    for engine in testkit::engines().await {
        let (app, _) = house(engine.db().clone(), None, SetUp::none()).await;
        assert!(!app.get_as_visitor("/sign-in").await.body.contains("锦州市直机关工委"));
        let (what, fingerprint) = (
            installation::Installation { kind: Kind::Real, name: FORM[0].1.into(), area: FORM[1].1.into(), year: 2026 },
            app.app.keys().fingerprint(),
        );
        audit::change(&app.db, &System::command("setup"), async move |tx| {
            installation::found(tx, &what, &fingerprint, None).await?;
            Ok(((), Event::new("installation.found", "installation")))
        })
        .await
        .unwrap();
        let page = app.get_as_visitor("/sign-in").await.body;
        assert!(page.contains("锦州市直机关工委"), "{page}");
    }
}

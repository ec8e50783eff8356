//! A branch that has been renamed is called by its name of today wherever its problems are shown.
use crate::lost_point;
use crate::several_posts::org;
use access::System;
use accounts::{Renewal, SetUp};
use audit::Event;
use kernel::BusinessDate;
use leitu::house::{shared, slices};
use rectification::{Asking, By};
use testkit::{TestApp, on_both};
use web::StatusCode;

#[tokio::test(flavor = "multi_thread")]
async fn problems_confirmations_and_what_waits_bear_the_branch_s_name_of_today() {
    on_both(&[], async |db| {
        let app = TestApp::new(db, slices(), &[], shared(SetUp::none(), Renewal::impossible()).unwrap()).await;
        let root = org(&app, "21", "机关工委", "611", None).await;
        let branch = org(&app, "21-1", "旧名字支部", "631", Some(root)).await;
        let committee = app.person("committee", Some(root)).await;
        let (secretary, deputy) = (app.person("secretary", Some(branch)).await, app.person("deputy", Some(root)).await);
        let by = System::command("test");
        let who = By::system(&by, BusinessDate::parse(TestApp::TODAY).unwrap());
        let id = audit::change(&app.db, &by, async move |tx| {
            let path = tree::node(tx, branch).await?.path;
            let asking = Asking { board: "clean".into(), org: branch, org_code: "21-1".into(), year: 2025, path, href: String::new() };
            rectification::ask_none(tx, &asking, &who).await?;
            Ok((lost_point::open(tx, branch, "21-1", &who).await?, Event::new("test.open", "test")))
        });
        let id = id.await.unwrap();
        app.post(&secretary, &format!("/problems/{id}/work"), &[]).await;
        let handed = app.post(&secretary, &format!("/problems/{id}/closure"), &[("closing", "已补")]).await;
        assert_eq!(handed.status, StatusCode::SEE_OTHER, "{}", handed.body);
        assert!(app.get(&deputy, "/todo").await.body.contains("复核：党课次数不足（旧名字支部）"));
        let renamed = app.post(&committee, &format!("/orgs/{branch}/name"), &[("name", "新名字支部"), ("day", TestApp::TODAY)]).await;
        assert_eq!(renamed.status, StatusCode::SEE_OTHER, "{}", renamed.body);
        let own = format!("/problems/{id}");
        let everywhere = [
            "/problems",
            "/problems?view=list",
            "/problems/export?format=csv",
            "/confirmations",
            "/search?q=21-1-2026-0001",
            "/api/v1/problems",
            "/todo",
            own.as_str(),
        ];
        for path in everywhere {
            let shown = app.get(&deputy, path).await.body;
            assert!(shown.contains("新名字支部") && !shown.contains("旧名字支部"), "{path}: {shown}");
        }
        app.post(&deputy, &format!("/problems/{id}/verification"), &[]).await;
        for path in ["/problems?f=closed", "/todo?tab=done", own.as_str()] {
            let shown = app.get(&deputy, path).await.body;
            assert!(shown.contains("新名字支部") && !shown.contains("旧名字支部"), "{path}: {shown}");
        }
    })
    .await;
}

//! Checkpoints as the audit administrator sees, prints and takes them, on both engines.
#![allow(clippy::restriction, reason = "what is missing fails the test")]
use access::System;
use audit::{Event, Kept};
use testkit::TestApp;
use web::{Shared, StatusCode};

async fn on_both(test: impl AsyncFn(TestApp)) {
    for engine in testkit::engines().await {
        println!("on {engine}");
        let slices = vec![web::own::slice(), accounts::slice(), administration::slice(vec![])];
        test(TestApp::new(engine.db().clone(), slices, &[], Shared::default()).await).await;
    }
}

async fn signed(app: &TestApp, times: i64) {
    let signer = audit::signer(app.app.keys()).unwrap();
    for _ in 0..times {
        audit::note(&app.db, &System::command("test"), Event::new("test.noted", "thing:1")).await.unwrap();
        assert!(audit::checkpoint::make(&app.db, &signer).await.unwrap().is_some());
    }
}

#[tokio::test]
async fn a_checkpoint_is_shown_so_that_it_can_be_copied_and_what_was_copied_verifies() {
    on_both(async |app| {
        let auditor = app.person("audit_administrator", None).await;
        assert!(app.get(&auditor, "/audit/checkpoints").await.body.contains("还没有审计检查点"));
        signed(&app, 2).await;
        assert!(app.get(&auditor, "/audit").await.body.contains("第 2 号"));
        let page = app.get(&auditor, "/audit/checkpoints/1").await.body;
        let printed = page.split("<pre class=\"sm\">").nth(1).unwrap().split("</pre>").next().unwrap();
        let file = app.get(&auditor, "/audit/checkpoints/1/file").await;
        assert!(file.media.starts_with("text/plain"), "{}", file.media);
        let (printed, taken) = (Kept::parse(printed).unwrap(), Kept::parse(&file.body).unwrap());
        assert!(printed.heads.is_none() && taken.heads.is_some() && printed.checkpoint == taken.checkpoint);
        let own = audit::signer(app.app.keys()).unwrap().public();
        let whole = audit::verify_against(&app.db, Some(own), vec![printed, taken]).await.unwrap().unwrap();
        assert_eq!((whole.checkpoints, whole.copies), (2, 2));
        for missing in ["/audit/checkpoints/3", "/audit/checkpoints/x", "/audit/checkpoints/3/file"] {
            assert_eq!(app.get(&auditor, missing).await.status, StatusCode::NOT_FOUND, "{missing}");
        }
    })
    .await;
}

#[tokio::test]
async fn checkpoints_are_listed_the_newest_first_and_paged_without_gaps() {
    on_both(async |app| {
        let auditor = app.person("audit_administrator", None).await;
        signed(&app, 60).await;
        let numbers = |page: &str| -> Vec<i64> {
            let rows = page.split("<th scope=\"row\"><a href=\"/audit/checkpoints/").skip(1);
            rows.map(|rest| rest.split('"').next().unwrap().parse().unwrap()).collect()
        };
        let first = app.get(&auditor, "/audit/checkpoints").await.body;
        let second = app.get(&auditor, "/audit/checkpoints?before=11").await.body;
        assert!(first.contains("/audit/checkpoints?before=11"), "the next page begins below the last row");
        assert_eq!([numbers(&first), numbers(&second)].concat(), (1..=60).rev().collect::<Vec<_>>());
    })
    .await;
}

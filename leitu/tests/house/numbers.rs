//! The search finds a problem by the number that stands on paper, for whoever may read it and for nobody else.
use crate::lost_point;
use crate::several_posts::org;
use access::System;
use accounts::{Renewal, SetUp};
use audit::Event;
use kernel::BusinessDate;
use leitu::house::{shared, slices};
use rectification::By;
use testkit::{TestApp, on_both};

#[tokio::test(flavor = "multi_thread")]
async fn a_problem_is_found_by_its_number_within_reach() {
    on_both(&[], async |db| {
        let app = TestApp::new(db, slices(), &[], shared(SetUp::none(), Renewal::impossible()).unwrap()).await;
        let root = org(&app, "21", "机关工委", "611", None).await;
        let (one, two) =
            (org(&app, "21-1", "第一党支部", "631", Some(root)).await, org(&app, "21-2", "第二党支部", "631", Some(root)).await);
        let by = System::command("test");
        let day = BusinessDate::parse("2026-06-15").unwrap();
        let who = By::system(&by, day);
        let number = audit::change(&app.db, &by, async move |tx| {
            lost_point::open(tx, one, "21-1", &who).await?;
            Ok((rectification::of_branch(tx, "b", one).await?[0].number.clone(), Event::new("test.open", "test")))
        })
        .await
        .unwrap();
        assert_eq!(number, "21-1-2026-0001");
        let found = async |role: &str, at| {
            let person = app.person(role, Some(at)).await;
            app.get(&person, &format!("/search?q={number}")).await.body.contains("党课次数不足")
        };
        assert!(found("secretary", one).await && found("committee", root).await);
        assert!(!found("secretary", two).await, "out of reach is not found");
        let person = app.person("secretary", Some(one)).await;
        assert!(!app.get(&person, "/search?q=21-1-2026").await.body.contains("党课次数不足"), "only its whole number");
    })
    .await;
}

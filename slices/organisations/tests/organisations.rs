//! Organisations through the whole router, on both engines.
use testkit::{TestApp, on_both};
use web::{Shared, StatusCode};

async fn app(db: db::Db) -> TestApp {
    TestApp::new(db, vec![organisations::slice()], &[], Shared::default()).await
}

const PROVINCE: &[(&str, &str)] = &[("code", "21"), ("name", "省直机关工委"), ("type", "611"), ("category", ""), ("parent_code", "")];

#[tokio::test(flavor = "multi_thread")]
async fn a_committee_creates_an_organisation_and_a_repeated_press_creates_no_second() {
    on_both(&[], async |db| {
        let app = app(db).await;
        let committee = app.person("committee", None).await;
        let first = app.post_again(&committee, "/orgs", "key-1", PROVINCE).await;
        assert_eq!(first.status, StatusCode::SEE_OTHER, "{}", first.body);
        let again = app.post_again(&committee, "/orgs", "key-1", PROVINCE).await;
        assert_eq!(again.location, first.location);
        let taken = app.post(&committee, "/orgs", PROVINCE).await;
        assert_eq!(taken.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(taken.body.contains("省直机关工委"), "what was typed is shown again");
        let page = app.get(&committee, &first.location).await;
        assert_eq!((page.status, page.body.contains("省直机关工委")), (StatusCode::OK, true));
        assert!(audit::verify(&app.db).await.unwrap().is_ok());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn outside_one_s_subtree_is_the_same_404_as_missing_and_visible_but_forbidden_is_403() {
    on_both(&[], async |db| {
        let app = app(db).await;
        let committee = app.person("committee", None).await;
        let place = app.post(&committee, "/orgs", PROVINCE).await.location;
        let top: kernel::OrgId = place.rsplit('/').next().unwrap().parse().unwrap();
        let below = [("code", "21-1"), ("name", "第一支部"), ("type", "631"), ("category", ""), ("parent_code", "21")];
        let branch: kernel::OrgId = app.post(&committee, "/orgs", &below).await.location.rsplit('/').next().unwrap().parse().unwrap();
        let secretary = app.person("secretary", Some(branch)).await;
        assert_eq!(app.get(&secretary, &format!("/orgs/{branch}")).await.status, StatusCode::OK);
        assert_eq!(app.get(&secretary, &format!("/orgs/{top}")).await.status, StatusCode::NOT_FOUND);
        assert_eq!(app.get(&secretary, &format!("/orgs/{}", kernel::OrgId::new())).await.status, StatusCode::NOT_FOUND);
        assert_eq!(app.get(&secretary, "/orgs/new").await.status, StatusCode::FORBIDDEN);
        assert_eq!(app.get_as_visitor("/orgs").await.location, "/sign-in?back=%2Forgs");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_past_day_shows_the_tree_as_it_was_and_access_follows_today_s() {
    on_both(&[], async |db| {
        let app = app(db).await;
        let committee = app.person("committee", None).await;
        let org = async |code: &str, kind: &str, parent: &str| -> kernel::OrgId {
            let fields = [("code", code), ("name", code), ("type", kind), ("category", ""), ("parent_code", parent)];
            app.post(&committee, "/orgs", &fields).await.location.rsplit('/').next().unwrap().parse().unwrap()
        };
        let (root, first, second) = (org("21", "611", "").await, org("A", "611", "21").await, org("B", "611", "21").await);
        let branch = org("A-1", "631", "A").await;
        app.clock.set(app.clock.today().plus_days(10));
        let moved = app.post(&committee, &format!("/orgs/{branch}/place"), &[("parent_code", "B"), ("day", "2026-06-20")]).await;
        assert_eq!(moved.status, StatusCode::SEE_OTHER, "{}", moved.body);
        let shows = async |of: kernel::OrgId, on: &str| app.get(&committee, &format!("/orgs/{of}?on={on}")).await.body.contains("A-1");
        assert!(shows(first, "2026-06-19").await && !shows(second, "2026-06-19").await);
        assert!(!shows(first, "2026-06-20").await && shows(second, "2026-06-20").await);
        let deputy = app.person("deputy", Some(first)).await;
        assert_eq!(app.get(&deputy, &format!("/orgs/{branch}")).await.status, StatusCode::NOT_FOUND);
        let inside = app.post(&committee, &format!("/orgs/{second}/place"), &[("parent_code", "A-1"), ("day", "2026-06-21")]).await;
        assert_eq!(inside.status, StatusCode::CONFLICT);
        let open = app.post(&committee, &format!("/orgs/{second}/closure"), &[("reason", "撤并"), ("day", "2026-06-21")]).await;
        assert_eq!((open.status, open.body.contains("还有 1 个下级组织")), (StatusCode::CONFLICT, true));
        let closed = app.post(&committee, &format!("/orgs/{branch}/closure"), &[("reason", "撤并"), ("day", "2026-06-22")]).await;
        assert_eq!(closed.status, StatusCode::SEE_OTHER);
        let renamed = app.post(&committee, &format!("/orgs/{root}/name"), &[("name", "省工委"), ("day", "2026-06-22")]).await;
        assert_eq!(renamed.status, StatusCode::SEE_OTHER);
        assert!(app.get(&committee, &format!("/orgs/{root}")).await.body.contains("省工委"));
    })
    .await;
}

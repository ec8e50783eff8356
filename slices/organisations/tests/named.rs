//! An organisation is named in a field by what people know of it, on both engines.
#![allow(clippy::restriction, reason = "in a test, what is missing is a failure")]
use kernel::OrgId;
use testkit::{Person, TestApp, on_both};
use web::{Shared, StatusCode};

async fn app(db: db::Db) -> TestApp {
    TestApp::new(db, vec![administration::slice(Vec::new()), organisations::slice()], &[], Shared::default()).await
}

async fn new(app: &TestApp, who: &Person, (code, name): (&str, &str), kind: &str, parent: (&str, &str)) -> testkit::Answer {
    let fields =
        [("code", code), ("name", name), ("type", kind), ("category", ""), ("parent_code", parent.0), ("parent_code-is", parent.1)];
    app.post(who, "/orgs", &fields).await
}

fn id(answer: &testkit::Answer) -> OrgId {
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    answer.location.rsplit('/').next().unwrap().parse().unwrap()
}

async fn above(app: &TestApp, org: OrgId) -> Option<OrgId> {
    app.db.read(async move |tx| Ok(tree::node(tx, org).await?.parent)).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_one_above_is_named_by_code_name_or_pinyin_and_of_several_one_is_chosen() {
    on_both(&[], async |db| {
        let app = app(db).await;
        let committee = app.person("committee", None).await;
        let root = id(&new(&app, &committee, ("21", "省直机关工委"), "611", ("", "")).await);
        let jinzhou = id(&new(&app, &committee, ("21-1", "锦州市财政局机关党委"), "611", ("省直机关工委", "")).await);
        let tieling = id(&new(&app, &committee, ("21-2", "铁岭市财政局机关党委"), "611", ("szjg", "")).await);
        assert_eq!((above(&app, jinzhou).await, above(&app, tieling).await), (Some(root), Some(root)), "by name, by initials");
        for (n, said) in ["21-1", "锦州市", "jinzhou", "锦州市财政局机关党委 21-1"].iter().enumerate() {
            let branch = id(&new(&app, &committee, (&format!("b{n}"), "第一党支部"), "631", (said, "")).await);
            assert_eq!(above(&app, branch).await, Some(jinzhou), "{said}");
        }
        let several = new(&app, &committee, ("c", "第二党支部"), "631", ("财政局", "")).await;
        assert_eq!(several.wrong(), ["parent_code"]);
        assert!(several.body.contains("有 2 个都符合"), "{}", several.body);
        for offered in ["name=\"parent_code-is\" value=\"21-1\"", "name=\"parent_code-is\" value=\"21-2\"", "铁岭市财政局机关党委 21-2"]
        {
            assert!(several.body.contains(offered), "{offered}: {}", several.body);
        }
        let chosen = id(&new(&app, &committee, ("c", "第二党支部"), "631", ("财政局", "21-2")).await);
        assert_eq!(above(&app, chosen).await, Some(tieling));
        let other = id(&new(&app, &committee, ("d", "第三党支部"), "631", ("锦州市", "21-2")).await);
        assert_eq!(above(&app, other).await, Some(jinzhou), "what is typed anew counts, and not what was picked for something else");
        assert_eq!(new(&app, &committee, ("e", "第四党支部"), "631", ("沈阳", "")).await.wrong(), ["parent_code"]);
        assert!(new(&app, &committee, ("e", "第四党支部"), "631", ("党支部", "")).await.body.contains("第一党支部 b0"));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_closed_or_out_of_reach_is_not_offered_and_a_move_asks_the_same_way() {
    on_both(&[], async |db| {
        let app = app(db).await;
        let committee = app.person("committee", None).await;
        id(&new(&app, &committee, ("21", "省直机关工委"), "611", ("", "")).await);
        let city = id(&new(&app, &committee, ("J", "锦州市工委"), "611", ("21", "")).await);
        let own = id(&new(&app, &committee, ("J-1", "锦州市财政局党委"), "611", ("J", "")).await);
        let over = id(&new(&app, &committee, ("J-2", "锦州市财政所党委"), "611", ("J", "")).await);
        id(&new(&app, &committee, ("T-1", "铁岭市财政局党委"), "611", ("21", "")).await);
        let branch = id(&new(&app, &committee, ("J-3", "第一党支部"), "631", ("J", "")).await);
        let today = app.clock.today().to_string();
        app.post(&committee, &format!("/orgs/{over}/closure"), &[("reason", "撤并"), ("day", &today)]).await;
        let local = app.person("committee", Some(city)).await;
        let away = [("parent_code", "铁岭市财政局党委"), ("day", today.as_str())];
        assert_eq!(app.post(&local, &format!("/orgs/{branch}/place"), &away).await.wrong(), ["parent_code"]);
        assert_eq!(
            app.post(&local, &format!("/orgs/{branch}/place"), &[("parent_code", "T-1"), ("day", "x")]).await.wrong(),
            ["parent_code", "place-day"]
        );
        let typed = app.get(&local, "/orgs/J-3").await;
        assert_eq!((typed.status, typed.location), (StatusCode::SEE_OTHER, format!("/orgs/{branch}")), "a code leads to its page");
        for code in ["T-1", "X-9"] {
            assert_eq!(app.get(&local, &format!("/orgs/{code}")).await.status, StatusCode::NOT_FOUND, "{code}");
        }
        let moved = app.post(&local, &format!("/orgs/{branch}/place"), &[("parent_code", "财政"), ("day", &today)]).await;
        assert_eq!(moved.status, StatusCode::SEE_OTHER, "one is closed, one is another city's: {}", moved.body);
        assert_eq!(above(&app, branch).await, Some(own));
    })
    .await;
}

//! Organisations through the whole router, on both engines.
#![allow(clippy::restriction, reason = "in a test, what is missing is a failure")]
use testkit::{TestApp, on_both};
use web::{Shared, StatusCode};

async fn app(db: db::Db) -> TestApp {
    TestApp::new(db, vec![administration::slice(Vec::new()), organisations::slice()], &[], Shared::default()).await
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
async fn all_that_is_wrong_with_a_form_is_said_at_once() {
    on_both(&[], async |db| {
        let app = app(db).await;
        let committee = app.person("committee", None).await;
        let place = app.post(&committee, "/orgs", PROVINCE).await.location;
        let (long, fields) = ("名".repeat(5_000), ["code", "name", "parent_code"]);
        let new = [("code", "二 一"), ("name", long.as_str()), ("type", "631"), ("category", ""), ("parent_code", "没有")];
        let refused = app.post(&committee, "/orgs", &new).await;
        assert_eq!(refused.wrong(), fields);
        assert!(refused.body.contains("value=\"二 一\"") && refused.body.matches(&long).count() == 1, "what was typed is kept");
        let renamed = app.post(&committee, &format!("{place}/name"), &[("name", " "), ("day", "2030-01-01")]).await;
        assert_eq!(renamed.wrong(), ["name", "name-day"]);
        let closed = app.post(&committee, &format!("{place}/closure"), &[("reason", ""), ("day", "")]).await;
        assert_eq!(closed.wrong(), ["reason", "closure-day"]);
        let long = app.post(&committee, &format!("{place}/closure"), &[("reason", &"长".repeat(501)), ("day", "2026-06-15")]).await;
        assert_eq!(long.wrong(), ["reason"]);
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
        app.clock.set(app.clock.today().plus_days(5));
        let page = async |of: kernel::OrgId, on: &str| app.get(&committee, &format!("/orgs/{of}?on={on}")).await.body;
        assert!(page(root, "2026-06-21").await.contains("<h1>21</h1>") && page(root, "2026-06-22").await.contains("<h1>省工委</h1>"));
        assert!(!page(branch, "2026-06-21").await.contains("已于 2026-06-22 撤销") && page(branch, "2026-06-22").await.contains("已于"));
        assert!(page(branch, "2020-01-01").await.contains("还没有这个组织"), "a day before it was founded");
        let today = app.get(&committee, &format!("/orgs/{root}")).await.body;
        assert!(today.contains("省工委") && today.contains("组织更名；名称：21 → 省工委；日期：2026-06-22"), "from what to what: {today}");
        assert!(page(branch, "2026-06-22").await.contains("原因：撤并"));
    })
    .await;
}

/// A province with a city, two branches and a joint one; answers their ids by code.
async fn province(app: &TestApp, committee: &testkit::Person) -> std::collections::HashMap<&'static str, kernel::OrgId> {
    let all = [
        ("21", "省直机关工委", "611", ""),
        ("2101", "沈阳市直机关工委", "611", "21"),
        ("2101-1", "沈阳第一支部", "631", "2101"),
        ("2101-2", "沈阳联合支部", "632", "2101"),
        ("2102", "大连市直机关工委", "611", "21"),
        ("2102-1", "大连第一支部", "631", "2102"),
    ];
    let mut ids = std::collections::HashMap::new();
    for (code, name, kind, parent) in all {
        let fields = [("code", code), ("name", name), ("type", kind), ("category", ""), ("parent_code", parent)];
        let made = app.post(committee, "/orgs", &fields).await;
        ids.insert(code, made.location.rsplit('/').next().unwrap().parse().unwrap());
    }
    ids
}

#[tokio::test(flavor = "multi_thread")]
async fn the_list_is_filtered_by_type_and_state_searched_and_limited_to_one_s_reach() {
    on_both(&[], async |db| {
        let app = app(db).await;
        let committee = app.person("committee", None).await;
        let ids = province(&app, &committee).await;
        let shenyang = app.person("deputy", Some(ids["2101"])).await;
        let listed = async |who: &testkit::Person, query: &str| {
            let body = app.get(who, &format!("/orgs{query}")).await.body;
            let codes = ["21", "2101", "2101-1", "2101-2", "2102", "2102-1"];
            codes.into_iter().filter(|c| body.contains(&format!(">{c}</td>"))).collect::<Vec<_>>()
        };
        assert_eq!(listed(&committee, "").await, ["21", "2101", "2101-1", "2101-2", "2102", "2102-1"]);
        assert_eq!(listed(&committee, "?f=631").await, ["2101-1", "2102-1"]);
        assert_eq!(listed(&shenyang, "").await, ["2101", "2101-1", "2101-2"]);
        assert_eq!(listed(&shenyang, "?f=632").await, ["2101-2"]);
        assert_eq!(listed(&committee, "?after=2101-1").await, ["2101-2", "2102", "2102-1"]);
        for q in ["沈阳第一", "shenyangdiyi", "sydy", "2101-1"] {
            assert_eq!(listed(&committee, &format!("?q={q}")).await, ["2101-1"], "{q}");
        }
        assert!(listed(&shenyang, "?q=dalian").await.is_empty());
        let closed = app.post(&committee, &format!("/orgs/{}/closure", ids["2102-1"]), &[("reason", "撤并"), ("day", "2026-06-15")]).await;
        assert_eq!(closed.status, StatusCode::SEE_OTHER);
        assert_eq!(listed(&committee, "?f=631").await, ["2101-1"]);
        assert_eq!(listed(&committee, "?f=closed").await, ["2102-1"]);
        assert!(listed(&shenyang, "?f=closed").await.is_empty());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_tree_opens_one_level_at_a_time_in_pages_and_shows_a_past_day() {
    on_both(&[], async |db| {
        let app = app(db).await;
        let committee = app.person("committee", None).await;
        let ids = province(&app, &committee).await;
        let (city, other, root) = (ids["2101"], ids["2102"], ids["21"]);
        for n in (0..60).rev() {
            let code = format!("2102-x{n:02}");
            let fields = [("code", code.as_str()), ("name", code.as_str()), ("type", "631"), ("category", ""), ("parent_code", "2102")];
            app.post(&committee, "/orgs", &fields).await;
        }
        let tree = async |query: &str| app.get(&committee, &format!("/orgs?view=tree{query}")).await.body;
        let top = tree("").await;
        assert!(top.contains("省直机关工委") && top.contains("沈阳市直机关工委") && !top.contains("沈阳第一支部"));
        let opened = tree(&format!("&open={city}")).await;
        assert!(opened.contains("省直机关工委") && opened.contains("沈阳第一支部") && !opened.contains("大连第一支部"));
        let (mut query, mut seen) = (format!("&open={other}"), Vec::new());
        loop {
            let body = tree(&query).await;
            seen.extend(body.match_indices(">2102-x").map(|(at, _)| body[at + 1..at + 9].to_owned()));
            let Some(at) = body.find("&#38;after=") else { break };
            let end = at + body[at..].find('"').unwrap();
            query = format!("&open={other}{}", body[at..end].replace("&#38;", "&"));
        }
        seen.dedup();
        let by_code: Vec<String> = (0..60).map(|n| format!("2102-x{n:02}")).collect();
        assert_eq!(seen, by_code, "by code, whatever was founded first");
        app.clock.set(app.clock.today().plus_days(5));
        let moved = [("parent_code", "2102"), ("day", "2026-06-18")];
        assert_eq!(app.post(&committee, &format!("/orgs/{}/place", ids["2101-1"]), &moved).await.status, StatusCode::SEE_OTHER);
        assert!(tree(&format!("&open={city}&on=2026-06-17")).await.contains("沈阳第一支部"));
        assert!(!tree(&format!("&open={city}")).await.contains("沈阳第一支部"));
        let late: kernel::OrgId = {
            let fields = [("code", "2199"), ("name", "新机关党委"), ("type", "611"), ("category", ""), ("parent_code", "21")];
            app.post(&committee, "/orgs", &fields).await.location.rsplit('/').next().unwrap().parse().unwrap()
        };
        let before = tree(&format!("&open={late}&on=2026-06-17")).await;
        assert!(before.contains("省直机关工委") && !before.contains("新机关党委"), "opened before it was there: {before}");
        let deputy = app.person("deputy", Some(city)).await;
        assert_eq!(app.get(&deputy, &format!("/orgs?view=tree&open={root}")).await.status, StatusCode::NOT_FOUND);
        let theirs = app.get(&deputy, &format!("/orgs?view=tree&open={}", ids["2101-2"])).await.body;
        assert!(!theirs.contains("省直机关工委"), "what lies above one's reach is not named");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn programs_read_one_organisation_its_children_and_the_list_within_the_same_reach() {
    on_both(&[], async |db| {
        let app = app(db).await;
        let committee = app.person("committee", None).await;
        let ids = province(&app, &committee).await;
        let deputy = app.person("deputy", Some(ids["2101"])).await;
        let get = async |who: &testkit::Person, path: String| {
            let answer = app.api(who, axum::http::Method::GET, &path, None).await;
            (answer.status, serde_json::from_str::<serde_json::Value>(&answer.body).unwrap_or_default())
        };
        let codes = |body: &serde_json::Value| {
            body["organisations"].as_array().unwrap().iter().map(|o| o["code"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(codes(&get(&deputy, "/api/v1/orgs".into()).await.1), ["2101", "2101-1", "2101-2"]);
        assert_eq!(codes(&get(&committee, format!("/api/v1/orgs/{}/children", ids["21"])).await.1), ["2101", "2102"]);
        assert_eq!(get(&deputy, format!("/api/v1/orgs/{}/children", ids["21"])).await.0, StatusCode::NOT_FOUND);
        assert_eq!(get(&deputy, format!("/api/v1/orgs/{}", ids["2102"])).await.0, StatusCode::NOT_FOUND);
        let units = format!("/orgs/{}/joint-units", ids["2101-2"]);
        assert_eq!(app.post(&deputy, &units, &[("units", "4")]).await.status, StatusCode::FORBIDDEN);
        assert_eq!(app.post(&committee, &units, &[("units", "4")]).await.status, StatusCode::SEE_OTHER);
        assert_eq!(app.post(&committee, &units, &[("units", "0")]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        let single = format!("/orgs/{}/joint-units", ids["2101-1"]);
        assert_eq!(app.post(&committee, &single, &[("units", "4")]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        let one = get(&deputy, format!("/api/v1/orgs/{}", ids["2101-2"])).await.1;
        assert_eq!(
            (one["type"].as_str(), one["joint_units"].as_i64(), one["parent"].as_str()),
            (Some("632"), Some(4), Some(ids["2101"].to_string().as_str()))
        );
    })
    .await;
}

/// The mark that the form at `action` carries.
fn mark(page: &str, action: &str) -> String {
    let form = page.split("<form").skip(1).find(|f| f.contains(&format!("{action}\""))).unwrap();
    let value = form.split("name=\"seen\" value=\"").nth(1);
    value.unwrap_or_else(|| panic!("no mark: {form}")).split('"').next().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn who_renames_from_a_form_opened_before_another_s_change_is_told_of_it_and_a_tab_is_called_one() {
    on_both(&[], async |db| {
        let app = app(db).await;
        let committee = app.person("committee", None).await;
        let at = app.post(&committee, "/orgs", PROVINCE).await.location;
        let opened = mark(&app.get(&committee, &format!("{at}/edit")).await.body, "/name");
        let rename = async |name: &str, seen: &str| {
            app.post(&committee, &format!("{at}/name"), &[("name", name), ("day", TestApp::TODAY), ("seen", seen)]).await
        };
        assert_eq!(rename("名字甲", &opened).await.status, StatusCode::SEE_OTHER);
        let late = rename("名字乙", &opened).await;
        assert_eq!(late.status, StatusCode::CONFLICT, "{}", late.body);
        assert!(late.body.contains("改为“名字甲”") && late.body.contains("value=\"名字乙\""), "{}", late.body);
        assert!(app.get(&committee, &at).await.body.contains("<h1>名字甲"), "nothing was put back");
        assert_eq!(rename("名字乙", &mark(&late.body, "/name")).await.status, StatusCode::SEE_OTHER);
        let tab = rename("名字\t丙", "").await;
        assert_eq!((tab.status, tab.body.contains("制表符")), (StatusCode::UNPROCESSABLE_ENTITY, true), "{}", tab.body);
    })
    .await;
}

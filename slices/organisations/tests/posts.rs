//! Somebody who holds a role at two units of three: the list, the counts, the tree, the search and the API show exactly
//! what stands below the two, page by page.
#![allow(clippy::restriction, reason = "in a test, what is missing is a failure")]
use access::System;
use axum::http::Method;
use kernel::{BusinessDate, OrgId};
use organisations::{NewOrganisation, OrgKind, create_many};
use std::collections::BTreeMap;
use testkit::{TestApp, on_both};
use web::{Shared, StatusCode};

const BRANCHES: usize = 120;

/// Units A, B and C under one root, each with branches whose codes alternate between the units.
async fn province(db: db::Db) -> (TestApp, BTreeMap<String, OrgId>) {
    let app = TestApp::new(db, vec![organisations::slice()], &[], Shared::default()).await;
    let (from, mut orgs, mut all) = (BusinessDate::parse("2020-01-01").unwrap(), BTreeMap::<String, OrgId>::new(), Vec::new());
    let branches = (0..BRANCHES).map(|n| (format!("Z{n:03}"), "631", ["A", "B", "C"][n % 3]));
    let units = [("21", "611", ""), ("A", "621", "21"), ("B", "621", "21"), ("C", "621", "21")];
    for (code, kind, parent) in units.map(|(c, k, p)| (c.to_owned(), k, p)).into_iter().chain(branches) {
        let parent = orgs.get(parent).copied();
        let new = NewOrganisation::parse(&code, &format!("组织{code}"), OrgKind::parse(kind).unwrap(), "", parent, from).unwrap();
        orgs.insert(code, new.id);
        all.push(new);
    }
    create_many(&app.db, &System::command("test"), all).await.unwrap();
    (app, orgs)
}

/// The codes below A and C, in their order; told from the fixture.
fn own() -> Vec<String> {
    let branches = (0..BRANCHES).filter(|n| n % 3 != 1).map(|n| format!("Z{n:03}"));
    ["A".to_owned(), "C".to_owned()].into_iter().chain(branches).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn organisations_below_two_units_of_three_are_listed_page_by_page_and_counted_once() {
    on_both(&[], async |db| {
        let (app, orgs) = province(db).await;
        let deputy = app.person("deputy", Some(orgs["C"])).await;
        app.also(&deputy, "deputy", orgs["A"]).await;
        // A post within A's own subtree adds nothing.
        app.also(&deputy, "secretary", orgs["Z000"]).await;
        let (mut seen, mut pages, mut next) = (Vec::new(), 0, String::new());
        loop {
            let page = app.api(&deputy, Method::GET, &format!("/api/v1/orgs?f=standing{next}"), None).await;
            let page: serde_json::Value = serde_json::from_str(&page.body).unwrap();
            seen.extend(page["organisations"].as_array().unwrap().iter().map(|o| o["code"].as_str().unwrap().to_owned()));
            pages += 1;
            let Some(after) = page["after"].as_str() else { break };
            next = format!("&after={after}");
        }
        assert_eq!((seen, pages), (own(), 2));
        let list = app.get(&deputy, "/orgs").await.body;
        assert!(list.contains(" 82</a>") && list.contains(" 80</a>") && list.contains(" 2</a>"), "all, branches, units: {list}");
        let more = list.split("href=\"").find_map(|l| l.split('"').next().filter(|l| l.contains("after="))).unwrap().replace("&amp;", "&");
        let second = app.get(&deputy, &more.replace("&#38;", "&")).await.body;
        let listed =
            |code: &String| usize::from(list.contains(&orgs[code].to_string())) + usize::from(second.contains(&orgs[code].to_string()));
        assert!(own().iter().all(|code| listed(code) == 1), "every one on one of the two pages");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_view_of_two_units_of_three_shows_both_and_not_the_third() {
    on_both(&[], async |db| {
        let (app, orgs) = province(db).await;
        let deputy = app.person("deputy", Some(orgs["C"])).await;
        app.also(&deputy, "deputy", orgs["A"]).await;
        let names = |body: &str, codes: &[&str]| codes.iter().map(|c| body.contains(&orgs[*c].to_string())).collect::<Vec<_>>();
        for path in ["/orgs", "/api/v1/orgs", "/orgs?q=组织"] {
            let answer = app.get(&deputy, path).await;
            assert_eq!(answer.status, StatusCode::OK, "{path}");
            assert_eq!(
                names(&answer.body, &["A", "C", "Z000", "Z002", "B", "Z001", "21"]),
                [true, true, true, true, false, false, false],
                "{path}"
            );
        }
        let tree = app.get(&deputy, "/orgs?view=tree").await.body;
        assert_eq!(names(&tree, &["A", "C", "B", "21"]), [true, true, false, false], "the tree begins at both");
        let opened = app.get(&deputy, &format!("/orgs?view=tree&open={}", orgs["C"])).await.body;
        assert_eq!(names(&opened, &["Z002", "A", "Z000", "Z001"]), [true, true, false, false], "the other one stays beside it");
        let shut =
            opened.split("<span class=\"vh\">收起").next().and_then(|head| head.rsplit("href=\"").next()).and_then(|l| l.split('"').next());
        let shut = shut.unwrap().replace("&amp;", "&").replace("&#38;", "&");
        assert_eq!(names(&app.get(&deputy, &shut).await.body, &["A", "C", "Z002"]), [true, true, false], "{shut} shows both again");
        // A second role at the same place, and one below it, begin no tree of their own.
        app.also(&deputy, "secretary", orgs["Z000"]).await;
        app.also(&deputy, "secretary", orgs["A"]).await;
        let tree = app.get(&deputy, "/orgs?view=tree").await.body;
        assert_eq!(names(&tree, &["A", "C", "Z000"]), [true, true, false]);
        assert_eq!(tree.matches(&format!("/orgs/{}\"", orgs["A"])).count(), 1);
    })
    .await;
}

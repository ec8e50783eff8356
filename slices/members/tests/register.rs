//! The register through the whole router, on both engines.
#![allow(clippy::unwrap_used, reason = "in a test, what is missing is a failure")]
use kernel::{BusinessDate, OrgId};
use testkit::{Person, TestApp, on_both};
use web::{Shared, StatusCode};

async fn branch(app: &TestApp, committee: &Person, code: &str, kind: &str, parent: &str) -> OrgId {
    let fields = [("code", code), ("name", code), ("type", kind), ("category", ""), ("parent_code", parent)];
    let answer = app.post(committee, "/orgs", &fields).await;
    OrgId::parse(answer.location.rsplit('/').next().unwrap()).unwrap()
}

fn member<'a>(name: &'a str, status: &'a str, id: &'a str) -> [(&'a str, &'a str); 5] {
    [("name", name), ("status", status), ("id_number", id), ("join_date", "2010-07-01"), ("phone", "13812341402")]
}

#[tokio::test(flavor = "multi_thread")]
async fn a_member_is_found_by_number_shown_masked_and_supplies_facts() {
    on_both(&[], async |db| {
        let app = TestApp::new(db, vec![organisations::slice(), members::slice()], &[], Shared::default()).await;
        let committee = app.person("committee", None).await;
        branch(&app, &committee, "21", "611", "").await;
        let org = branch(&app, &committee, "21-1", "631", "21").await;
        let secretary = app.person("secretary", Some(org)).await;
        let list = format!("/orgs/{org}/members");
        let entered = app.post(&secretary, &list, &member("李红", "formal", "210102198001010010")).await;
        assert_eq!(entered.status, StatusCode::SEE_OTHER, "{}", entered.body);
        let twice = app.post(&secretary, &list, &member("李红", "formal", "210102198001010010")).await;
        assert_eq!((twice.status, twice.body.contains("已在名册里")), (StatusCode::UNPROCESSABLE_ENTITY, true));
        let wrong = app.post(&secretary, &list, &member("王强", "formal", "210102198001010011")).await;
        assert_eq!((wrong.status, wrong.body.contains("校验位")), (StatusCode::UNPROCESSABLE_ENTITY, true));
        let page = app.get(&secretary, &list).await.body;
        assert!(page.contains("210102********0010") && !page.contains("210102198001010010"));
        let suppliers = facts::Suppliers::new(vec![Box::new(members::Register)]);
        let day = BusinessDate::parse(TestApp::TODAY).unwrap();
        let known = app.db.read(async move |tx| facts::gather(tx, &suppliers, &[org], 2026, day).await).await.unwrap();
        assert_eq!(known[&org]["branch.formal_members_ge_3_or_joint"].value(), "0");
        assert_eq!(known[&org]["branch.member_count_le_50"].value(), "1");
        let chain = app.db.read(async |tx| tx.all::<String>("SELECT body FROM event", &[]).await).await.unwrap();
        assert!(
            chain.iter().all(|body| !body.contains("210102198001010010") && !body.contains("13812341402")),
            "no personal number in the audit"
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sibling_s_register_is_as_good_as_missing() {
    on_both(&[], async |db| {
        let app = TestApp::new(db, vec![organisations::slice(), members::slice()], &[], Shared::default()).await;
        let committee = app.person("committee", None).await;
        branch(&app, &committee, "21", "611", "").await;
        let mine = branch(&app, &committee, "21-1", "631", "21").await;
        let theirs = branch(&app, &committee, "21-2", "631", "21").await;
        let secretary = app.person("secretary", Some(mine)).await;
        assert_eq!(app.get(&secretary, &format!("/orgs/{theirs}/members")).await.status, StatusCode::NOT_FOUND);
        let written = app.post(&secretary, &format!("/orgs/{theirs}/members"), &member("李红", "formal", "")).await;
        assert_eq!(written.status, StatusCode::NOT_FOUND);
        assert_eq!(app.get(&committee, &format!("/orgs/{theirs}/members")).await.status, StatusCode::OK);
    })
    .await;
}

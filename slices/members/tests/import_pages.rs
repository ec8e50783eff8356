//! /imports with organisations and members: handed in, checked by a job, brought in, taken back; on both engines.
#![allow(clippy::restriction, reason = "in a test, what is missing is a failure")]
use access::System;
use jobs::Pace;
use kernel::BusinessDate;
use organisations::import::{Builders, Importers, OrganisationFiles, Take, handed, import_organisations};
use std::sync::Arc;
use std::time::Duration;
use tabular::Reader;

use testkit::{Answer, Person, TestApp, lying, on_both};
use web::{Shared, StatusCode};

const TREE: &str = "code,name,type,parent_code,category\n21,省工委,611,,\nA,甲支部,631,21,\nB,乙支部,631,21,\n";
const ROSTER: &str = "支部代码,姓名,公民身份号码,党员类别,入党日期,职务,任职日期,任期届满日期,电话\n";

fn importers() -> Importers {
    let builders = Builders::new(vec![Box::new(members::InRegister)]);
    Importers::new(vec![Arc::new(OrganisationFiles(builders)), Arc::new(members::MemberFiles)])
}

struct House {
    app: TestApp,
    jobs: tokio::task::JoinHandle<()>,
}

impl Drop for House {
    fn drop(&mut self) {
        self.jobs.abort();
    }
}

async fn house(db: db::Db) -> House {
    let app = TestApp::new(db, vec![organisations::slice(), members::slice()], &[], Shared::default().with(importers())).await;
    let path = lying(TREE);
    let today = BusinessDate::parse(TestApp::TODAY).unwrap();
    import_organisations(&app.db, &System::command("tester"), &Take::new(path.to_path_buf(), "树.csv", Reader::Here, today)).await.unwrap();
    let folder = handed::Folder::new(app.app.data_dir());
    let worker = handed::worker(importers(), folder, Reader::Here, app.app.keys().clone(), app.app.texts("zh"));
    let pace = Pace { hold: Duration::from_secs(20), look: Duration::from_millis(10), at_once: 2 };
    let jobs = tokio::spawn(jobs::run_at(pace, app.db.clone(), vec![worker]));
    House { app, jobs }
}

impl House {
    /// Hands a file in and waits for the end of its check; the page.
    async fn hand_in(&self, who: &Person, kind: &str, text: &str) -> (String, Answer) {
        let sent = self.app.upload(who, "/imports", &[("kind", kind)], &[("file", "名册.csv", text.as_bytes())]).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
        let page = self.settled(who, &sent.location).await;
        (sent.location, page)
    }
    /// The page once no job works on it any more: until then it renews itself without a script.
    async fn settled(&self, who: &Person, at: &str) -> Answer {
        loop {
            let page = self.app.get(who, at).await;
            assert_eq!(page.status, StatusCode::OK, "{}", page.body);
            if !page.body.contains("data-progress") {
                return page;
            }
            assert!(page.body.contains("http-equiv=\"refresh\""), "{}", page.body);
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
    async fn press(&self, who: &Person, at: &str, what: &str) -> Answer {
        let sent = self.app.post(who, &format!("{at}/{what}"), &[]).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
        self.settled(who, at).await
    }
    async fn members(&self) -> i64 {
        self.app.db.read(async |tx| tx.one("SELECT COUNT(*) FROM member", &[]).await).await.unwrap()
    }
    async fn is_closed(&self, code: &'static str) -> bool {
        let read = self.app.db.read(async move |tx| {
            let org = organisations::by_code(tx, code).await?.unwrap();
            Ok(tree::node(tx, org.id).await?.closed.is_some())
        });
        read.await.unwrap()
    }
    async fn has(&self, code: &'static str) -> bool {
        self.app.db.read(async |tx| organisations::by_code(tx, code).await).await.unwrap().is_some()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_is_checked_then_brought_in_then_taken_back_as_a_whole() {
    on_both(&[], async |db| {
        let h = house(db).await;
        let lead = h.app.person("committee", None).await;
        let list = h.app.get(&lead, "/imports").await;
        assert!(
            list.body.contains("/imports/new?kind=members") && list.body.contains("/imports/templates/organisations.xlsx"),
            "{}",
            list.body
        );
        let rows = "A,李红,210102198001010010,正式,2010-07-01,书记,2025-03-01,2028-03-01,13812341402\nA,王强,,预备,,,,,\n";
        let (at, page) = h.hand_in(&lead, "members", &format!("{ROSTER}{rows}")).await;
        assert!(page.body.contains("检查通过") && page.body.contains("新增 2"), "{}", page.body);
        assert_eq!(h.members().await, 0, "nothing counts before somebody says so");
        let done = h.press(&lead, &at, "acceptance").await;
        assert!(done.body.contains("已导入") && done.body.contains("/withdrawal"), "{}", done.body);
        assert_eq!(h.members().await, 2);
        assert_eq!(h.app.post(&lead, &format!("{at}/acceptance"), &[]).await.status, StatusCode::CONFLICT, "once");
        let undone = h.press(&lead, &at, "withdrawal").await;
        assert!(undone.body.contains("已撤销"), "{}", undone.body);
        assert_eq!(h.members().await, 0);
        let terms: i64 = h.app.db.read(async |tx| tx.one("SELECT COUNT(*) FROM term", &[]).await).await.unwrap();
        assert_eq!(terms, 0);
        assert!(audit::verify(&h.app.db).await.unwrap().is_ok());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_keeps_nothing_of_whom_it_brought_and_who_was_erased_and_the_rest_of_it_is_taken_back() {
    on_both(&[], async |db| {
        let h = house(db).await;
        let lead = h.app.person("committee", None).await;
        let first = "A,李红,210102198001010010,正式,2010-07-01,书记,2022-03-01,2025-03-01,13812341402\nA,王强,,正式,,,,,\n";
        let (one, _) = h.hand_in(&lead, "members", &format!("{ROSTER}{first}")).await;
        h.press(&lead, &one, "acceptance").await;
        let (two, _) = h.hand_in(&lead, "members", &format!("{ROSTER}A,王强,,正式,,书记,2025-03-01,2028-03-01,\n")).await;
        h.press(&lead, &two, "acceptance").await;
        let read = h.app.db.read(async |tx| tx.all::<kernel::MemberId>("SELECT id FROM member WHERE name = '李红'", &[]).await);
        let gone = read.await.unwrap()[0];
        h.app.post(&lead, &format!("/members/{gone}/status"), &[("status", "left"), ("reason", "转出")]).await;
        let erased = h.app.post(&lead, &format!("/members/{gone}/erasure"), &[("ground", "needless")]).await;
        assert_eq!(erased.status, StatusCode::SEE_OTHER, "{}", erased.body);
        let kept = h.app.db.read(async |tx| tx.all::<String>("SELECT body FROM import_trace", &[]).await).await.unwrap();
        assert!(kept.len() == 5 && kept.iter().all(|body| !body.contains("李红") && !body.contains(&gone.to_string())), "{kept:?}");
        for file in [&two, &one] {
            let undone = h.press(&lead, file, "withdrawal").await;
            assert!(undone.body.contains("已撤销"), "{}", undone.body);
        }
        assert_eq!(h.members().await, 0);
        let open = h.app.db.read(async |tx| tx.one::<i64>("SELECT COUNT(*) FROM term WHERE ended IS NULL", &[]).await).await.unwrap();
        assert_eq!(open, 0, "a post that nobody holds does not go on");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_number_that_a_file_gave_to_somebody_known_without_one_is_taken_back_with_it() {
    on_both(&[], async |db| {
        let h = house(db).await;
        let lead = h.app.person("committee", None).await;
        let (first, _) = h.hand_in(&lead, "members", &format!("{ROSTER}A,李红,,正式,2010-07-01,,,,\n")).await;
        h.press(&lead, &first, "acceptance").await;
        let (second, page) = h.hand_in(&lead, "members", &format!("{ROSTER}A,李红,210102198001010010,正式,,,,,\n")).await;
        assert!(page.body.contains("更改 1") && page.body.contains("新增 0"), "{}", page.body);
        let numbers = async || {
            let sql = "SELECT id_masked || CASE WHEN id_lookup IS NULL AND id_sealed IS NULL THEN '' ELSE '+' END FROM member";
            h.app.db.read(async move |tx| tx.all::<String>(sql, &[]).await).await.unwrap()
        };
        h.press(&lead, &second, "acceptance").await;
        assert_eq!(numbers().await, ["210102********0010+"]);
        h.press(&lead, &second, "withdrawal").await;
        assert_eq!(numbers().await, [""], "as if it had never been there");
        let entered = [("name", "李红"), ("status", "formal"), ("id_number", "210102198001010010"), ("another", "1")];
        let a = h.app.db.read(async |tx| Ok(organisations::by_code(tx, "A").await?.unwrap().id)).await.unwrap();
        let free = h.app.post(&lead, &format!("/orgs/{a}/members"), &entered).await;
        assert_eq!(free.status, StatusCode::SEE_OTHER, "the number is nobody's again: {}", free.body);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_file_changed_is_as_it_was_after_it_is_taken_back() {
    on_both(&[], async |db| {
        let h = house(db).await;
        let lead = h.app.person("committee", None).await;
        let (first, _) = h.hand_in(&lead, "members", &format!("{ROSTER}A,李红,210102198001010010,正式,2010-07-01,书记,2022-03-01,,13812341402\n")).await;
        h.press(&lead, &first, "acceptance").await;
        let all = async || -> Vec<String> {
            h.app.db.read(async |tx| {
                let mut found = Vec::new();
                for code in ["A", "B"] {
                    let org = organisations::by_code(tx, code).await?.unwrap().id;
                    let line: Vec<String> = tx.all(
                        "SELECT m.name || m.status || m.phone_masked || COALESCE(t.post, '') || CAST(COALESCE(t.ended, 0) AS TEXT) FROM member m LEFT JOIN term t ON t.member = m.id WHERE m.org = $1 ORDER BY t.term_from",
                        &db::params![&org],
                    ).await?;
                    found.push(format!("{code}{line:?}"));
                }
                Ok(found)
            }).await.unwrap()
        };
        let before = all().await;
        let (second, page) = h.hand_in(&lead, "members", &format!("{ROSTER}B,李洪,210102198001010010,预备,2010-07-01,,,,13812349999\n")).await;
        assert!(page.body.contains("更改 1"), "{}", page.body);
        h.press(&lead, &second, "acceptance").await;
        assert_ne!(all().await, before);
        let kept = h.press(&lead, &first, "withdrawal").await;
        assert!(kept.body.contains("李红 在导入之后又有改动"), "{}", kept.body);
        h.press(&lead, &second, "withdrawal").await;
        assert_eq!(all().await, before);
        let gone = h.press(&lead, &first, "withdrawal").await;
        assert!(gone.body.contains("已撤销"), "{}", gone.body);
        assert_eq!(h.members().await, 0);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn organisations_are_taken_back_until_something_stands_on_them_and_then_it_is_named() {
    on_both(&[], async |db| {
        let h = house(db).await;
        let lead = h.app.person("committee", None).await;
        let head = "code,name,type,parent_code,category,valid_from,valid_to\n";
        let closing = TestApp::TODAY;
        let text = format!("{head}N,新机关党委,611,21,,,\nN1,新支部,631,N,,,\nA,改名支部,632,N,机关,,\nB,乙支部,631,21,,,{closing}\n");
        let (at, page) = h.hand_in(&lead, "organisations", &text).await;
        assert!(page.body.contains("检查通过"), "{}", page.body);
        h.press(&lead, &at, "acceptance").await;
        assert!(h.has("N1").await && h.is_closed("B").await);
        let (roster, _) = h.hand_in(&lead, "members", &format!("{ROSTER}N1,王强,,预备,,,,,\n")).await;
        h.press(&lead, &roster, "acceptance").await;
        let kept = h.press(&lead, &at, "withdrawal").await;
        assert!(kept.body.contains("N1 的名册里已有党员") && kept.body.contains("没有撤销"), "{}", kept.body);
        assert!(h.has("N").await, "all of it or nothing");
        h.press(&lead, &roster, "withdrawal").await;
        let gone = h.press(&lead, &at, "withdrawal").await;
        assert!(gone.body.contains("已撤销") && !h.has("N").await && !h.has("N1").await, "{}", gone.body);
        assert!(!gone.body.contains("没有撤销"), "what stood in its way is gone, and not spoken of any more: {}", gone.body);
        let (a, b) = h
            .app
            .db
            .read(async |tx| {
                let a = organisations::by_code(tx, "A").await?.unwrap();
                let b = organisations::by_code(tx, "B").await?.unwrap();
                let (top, place) = (organisations::by_code(tx, "21").await?.unwrap().id, tree::node(tx, a.id).await?);
                Ok(((a.name, a.kind, a.category, place.parent == Some(top)), tree::node(tx, b.id).await?.closed))
            })
            .await
            .unwrap();
        assert_eq!((a, b), (("甲支部".into(), "631".into(), String::new(), true), None));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn bad_rows_are_listed_and_sent_back_and_nothing_counts() {
    on_both(&[], async |db| {
        let h = house(db).await;
        let lead = h.app.person("committee", None).await;
        let (at, page) = h.hand_in(&lead, "members", &format!("{ROSTER}A,王强,,预备,,,,,\nZ,李红,,正式,,,,,\n")).await;
        assert!(!page.body.contains("其余没有变化"), "of a refused file nothing is added up: {}", page.body);
        assert!(page.body.contains("1 行有误") && page.body.contains("没有支部 Z") && page.body.contains("支部代码"), "{}", page.body);
        let back = h.app.get(&lead, &format!("{at}/bad-rows")).await;
        assert!(back.media.starts_with("text/csv") && back.body.contains("李红") && !back.body.contains("王强"), "{}", back.body);
        assert_eq!(h.app.post(&lead, &format!("{at}/acceptance"), &[]).await.status, StatusCode::CONFLICT);
        assert_eq!(h.members().await, 0);
        let (_, whole) = h.hand_in(&lead, "members", "姓名\n李红\n").await;
        assert!(whole.body.contains("缺少必需的列"), "{}", whole.body);
        let none = h.app.upload(&lead, "/imports", &[("kind", "members")], &[]).await;
        assert_eq!((none.status, none.body.contains("请选择要上传的文件")), (StatusCode::UNPROCESSABLE_ENTITY, true), "{}", none.body);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_template_that_nobody_filled_in_is_refused_and_only_those_who_may_hand_it_in() {
    on_both(&[], async |db| {
        let h = house(db).await;
        let org = h.app.db.read(async |tx| organisations::by_code(tx, "A").await).await.unwrap().unwrap().id;
        let (lead, secretary) = (h.app.person("committee", None).await, h.app.person("secretary", Some(org)).await);
        for (kind, format) in [("organisations", "xlsx"), ("organisations", "csv"), ("members", "xlsx"), ("members", "csv")] {
            let template = h.app.get(&lead, &format!("/imports/templates/{kind}.{format}")).await;
            assert_eq!(template.status, StatusCode::OK);
            let sent = h.app.upload(&lead, "/imports", &[("kind", kind)], &[("file", "空表", &template.bytes)]).await;
            let page = h.settled(&lead, &sent.location).await;
            assert!(page.body.contains("没有一行数据"), "{kind}.{format}: {}", page.body);
        }
        // The template is anybody's; what is not theirs to bring in they cannot hand in.
        let template = h.app.get(&secretary, "/imports/templates/organisations.csv").await;
        assert_eq!(template.status, StatusCode::OK);
        let refused = h.app.upload(&secretary, "/imports", &[("kind", "organisations")], &[("file", "组织", &template.bytes)]).await;
        assert_eq!(refused.status, StatusCode::NOT_FOUND, "{}", refused.body);
        let (at, _) = h.hand_in(&lead, "members", &format!("{ROSTER}B,王强,,预备,,,,,\n")).await;
        assert_eq!(h.app.get(&secretary, &at).await.status, StatusCode::NOT_FOUND, "an account sees its own");
        let (_, elsewhere) = h.hand_in(&secretary, "members", &format!("{ROSTER}B,王强,,预备,,,,,\n")).await;
        assert!(elsewhere.body.contains("没有支部 B"), "{}", elsewhere.body);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn programs_hand_in_check_and_bring_in_by_the_same_steps() {
    on_both(&[], async |db| {
        let h = house(db).await;
        let lead = h.app.person("committee", None).await;
        let post = axum::http::Method::POST;
        let body = serde_json::json!({ "kind": "members", "file": "a.csv", "csv": format!("{ROSTER}A,王强,,预备,,,,,\n") });
        let made = h.app.api(&lead, post.clone(), "/api/v1/imports", Some(body)).await;
        let id =
            serde_json::from_str::<serde_json::Value>(&made.body).unwrap()["id"].as_str().unwrap_or_else(|| panic!("{made:?}")).to_owned();
        let state = async |wanted: &str| loop {
            let now = h.app.api(&lead, axum::http::Method::GET, &format!("/api/v1/imports/{id}"), None).await;
            let now: serde_json::Value = serde_json::from_str(&now.body).unwrap();
            if now["state"] == wanted {
                return now;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        };
        assert_eq!(state("checked").await["created"], 1);
        let path = format!("/api/v1/imports/{id}/acceptance");
        assert_eq!(h.app.api(&lead, post.clone(), &path, Some(serde_json::json!({}))).await.status, StatusCode::OK);
        state("done").await;
        assert_eq!(h.members().await, 1);
        let path = format!("/api/v1/imports/{id}/withdrawal");
        assert_eq!(h.app.api(&lead, post, &path, Some(serde_json::json!({}))).await.status, StatusCode::OK);
        state("undone").await;
        assert_eq!(h.members().await, 0);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_number_of_a_refused_file_is_masked_where_it_is_shown_and_sealed_where_it_lies() {
    on_both(&[], async |db| {
        let h = house(db).await;
        let lead = h.app.person("committee", None).await;
        let number = "210782197707047750";
        let rows = format!("A,王强,{number},预备,,,,,1381234140A\nA,李红,正式,{number},,,,,\n");
        let (at, page) = h.hand_in(&lead, "members", &format!("{ROSTER}{rows}")).await;
        assert!(page.body.contains("210782********7750") && !page.body.contains(number), "{}", page.body);
        assert!(page.body.contains("138****140A") && !page.body.contains("1381234140A"), "{}", page.body);
        let id = at.rsplit('/').next().unwrap();
        let told = h.app.api(&lead, axum::http::Method::GET, &format!("/api/v1/imports/{id}"), None).await;
        assert!(told.body.contains("210782********7750") && !told.body.contains(number), "{}", told.body);
        let folder = h.app.app.data_dir().join("imports");
        for entry in std::fs::read_dir(&folder).unwrap() {
            let bytes = std::fs::read(entry.unwrap().path()).unwrap();
            assert!(!bytes.windows(number.len()).any(|w| w == number.as_bytes()));
        }
        let back = h.app.get(&lead, &format!("{at}/bad-rows")).await;
        assert!(back.body.contains(number), "its owner mends it: {}", back.body);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_equal_files_that_were_found_good_the_second_says_that_it_changed_nothing() {
    on_both(&[], async |db| {
        let h = house(db).await;
        let lead = h.app.person("committee", None).await;
        let text = format!("{ROSTER}A,王强,,预备,,,,,\nB,李红,,正式,,,,,\n");
        let ((first, _), (second, page)) = (h.hand_in(&lead, "members", &text).await, h.hand_in(&lead, "members", &text).await);
        assert!(page.body.contains("新增 2"), "nothing has been brought in yet: {}", page.body);
        // Both are brought in at once.
        for at in [&first, &second] {
            assert_eq!(h.app.post(&lead, &format!("{at}/acceptance"), &[]).await.status, StatusCode::SEE_OTHER);
        }
        let mut said = Vec::new();
        for at in [&first, &second] {
            let page = h.settled(&lead, at).await;
            assert!(page.body.contains("已导入"), "{}", page.body);
            said.push((page.body.contains("新增 2，"), page.body.contains("新增 0，更改 0，"), page.body.contains("/withdrawal")));
        }
        said.sort_unstable();
        assert_eq!((said, h.members().await), (vec![(false, true, false), (true, false, true)], 2));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_bad_rows_the_page_says_that_it_lists_the_first() {
    on_both(&[], async |db| {
        let h = house(db).await;
        let lead = h.app.person("committee", None).await;
        let rows: String = (0..250).map(|n| format!("Z,党员{n},,预备,,,,,\n")).collect();
        let (_, page) = h.hand_in(&lead, "members", &format!("{ROSTER}{rows}")).await;
        assert!(page.body.contains("250 行有误") && page.body.contains("只列出前 200 处"), "{}", page.body);
        let (_, few) = h.hand_in(&lead, "members", &format!("{ROSTER}Z,王强,,预备,,,,,\n")).await;
        assert!(!few.body.contains("只列出"), "{}", few.body);
    })
    .await;
}

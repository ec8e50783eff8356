//! The register through the whole router, on both engines.
#![allow(clippy::restriction, reason = "in a test, what is missing is a failure")]
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
        let unborn = app.post(&secretary, &list, &member("王强", "formal", "210102203001010014")).await;
        assert_eq!((unborn.status, unborn.body.contains("出生日期晚于今天")), (StatusCode::UNPROCESSABLE_ENTITY, true));
        let page = app.get(&secretary, &list).await.body;
        assert!(page.contains("210102********0010") && !page.contains("210102198001010010"));
        let suppliers = facts::Suppliers::new(vec![Box::new(members::Register)]);
        let day = BusinessDate::parse(TestApp::TODAY).unwrap();
        let known = app.db.read(async move |tx| facts::supplied(tx, &suppliers, &[org], 2026, day).await).await.unwrap();
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
async fn whoever_enters_a_name_the_branch_has_already_is_shown_who_it_is_and_completes_them_or_goes_on() {
    on_both(&[], async |db| {
        let app = TestApp::new(db, vec![organisations::slice(), members::slice()], &[], Shared::default()).await;
        let committee = app.person("committee", None).await;
        branch(&app, &committee, "21", "611", "").await;
        let org = branch(&app, &committee, "21-1", "631", "21").await;
        let list = format!("/orgs/{org}/members");
        let people = async || app.get(&committee, &list).await.body.matches("<th scope=\"row\">").count();
        assert_eq!(app.post(&committee, &list, &member("李红", "formal", "")).await.status, StatusCode::SEE_OTHER);
        let asked = app.post(&committee, &list, &member("李红", "formal", "210102198001010010")).await;
        assert_eq!(asked.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", asked.body);
        for shown in ["本支部名册里已有 李红", "name=\"another\"", "value=\"210102198001010010\""] {
            assert!(asked.body.contains(shown), "{shown}: {}", asked.body);
        }
        assert_eq!(people().await, 1);
        // The same person: their entry takes the number that was not known, once.
        let page = asked.body.split("<li><a href=\"/members/").nth(1).unwrap().split('"').next().unwrap();
        let page = format!("/members/{page}");
        let correct = async |phone: &str, number: &str, seen: &str| {
            let fields = [("name", "李红"), ("join_date", "2010-07-01"), ("phone", phone), ("id_number", number), ("seen", seen)];
            app.post(&committee, &format!("{page}/corrections"), &fields).await
        };
        let opened = mark(&app.get(&committee, &page).await.body, "/corrections");
        assert_eq!(correct("", "210102198001010010", &opened).await.status, StatusCode::SEE_OTHER);
        let completed = app.get(&committee, &page).await.body;
        assert!(completed.contains("210102********0010") && !completed.contains("name=\"id_number\""), "{completed}");
        // Another person: the tick lets one go on; whoever has left is not asked about.
        let another = [&member("李红", "formal", "")[..], &[("another", "1")]].concat();
        assert_eq!(app.post(&committee, &list, &another).await.status, StatusCode::SEE_OTHER);
        assert_eq!(people().await, 2);
        let doubtful = app.post(&committee, &list, &member("李红", "formal", "11010519491231002X")).await;
        assert_eq!(doubtful.status, StatusCode::UNPROCESSABLE_ENTITY, "it may be the second");
        let second = app.get(&committee, &list).await.body;
        let second =
            second.split("row\"><a href=\"").skip(1).map(|s| s.split('"').next().unwrap()).find(|at| *at != page).unwrap().to_owned();
        assert_eq!(app.post(&committee, &list, &member("王强", "formal", "11010519491231002X")).await.status, StatusCode::SEE_OTHER);
        let other = app.post(&committee, &list, &member("王强", "formal", "360426199101010071")).await;
        assert_eq!(other.status, StatusCode::SEE_OTHER, "two numbers are two people: {}", other.body);
        let taken = app.post(&committee, &format!("{second}/corrections"), &[("name", "李红"), ("id_number", "210102198001010010")]).await;
        assert_eq!((taken.status, taken.body.contains("已在名册里")), (StatusCode::UNPROCESSABLE_ENTITY, true), "{}", taken.body);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn all_that_is_wrong_with_a_form_of_the_register_is_said_at_once() {
    on_both(&[], async |db| {
        let app = TestApp::new(db, vec![organisations::slice(), members::slice()], &[], Shared::default()).await;
        let committee = app.person("committee", None).await;
        branch(&app, &committee, "21", "611", "").await;
        let org = branch(&app, &committee, "21-1", "631", "21").await;
        let list = format!("/orgs/{org}/members");
        let all = [("name", ""), ("status", "x"), ("join_date", "2026-02-30"), ("id_number", "123"), ("phone", "电话")];
        let new = app.post(&committee, &list, &all).await;
        assert_eq!(new.wrong(), ["name", "status", "join_date", "id_number", "phone"]);
        assert!(new.body.contains("value=\"2026-02-30\"") && new.body.contains("value=\"电话\""), "what was typed is kept");
        app.post(&committee, &list, &member("李红", "formal", "")).await;
        let page = app.get(&committee, &list).await.body;
        let page = page.split("row\"><a href=\"").nth(1).unwrap().split('"').next().unwrap();
        assert_eq!(app.post(&committee, &format!("{page}/corrections"), &all).await.wrong(), ["name", "join_date", "id_number", "phone"]);
        let post = [("post", "主席"), ("from", "昨天"), ("to", "明天")];
        assert_eq!(app.post(&committee, &format!("{page}/posts"), &post).await.wrong(), ["post", "from", "to"]);
        let away = app.post(&committee, &format!("{page}/branch"), &[("branch", "没有"), ("day", "2030-01-01")]).await;
        assert_eq!(away.wrong(), ["branch", "day"]);
        let empty = app.post(&committee, &format!("{page}/branch"), &[("branch", "21-1"), ("day", "")]).await;
        assert_eq!((empty.wrong(), empty.body.contains("请填写日期")), (vec!["day"], true), "{}", empty.body);
        for reason in [" ".to_owned(), "长".repeat(kernel::reason::MAX + 1)] {
            let left = app.post(&committee, &format!("{page}/status"), &[("status", "left"), ("reason", &reason)]).await;
            assert_eq!((left.wrong(), left.body.contains("不超过 500 字")), (vec!["reason"], true), "{reason}");
        }
        let longest = "长".repeat(kernel::reason::MAX);
        let left = app.post(&committee, &format!("{page}/status"), &[("status", "left"), ("reason", &longest)]).await;
        assert_eq!(left.status, StatusCode::SEE_OTHER, "{}", left.body);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_phones_that_look_the_same_once_masked_are_two_corrections() {
    on_both(&[], async |db| {
        let app = TestApp::new(db, vec![organisations::slice(), members::slice()], &[], Shared::default()).await;
        let committee = app.person("committee", None).await;
        branch(&app, &committee, "21", "611", "").await;
        let org = branch(&app, &committee, "21-1", "631", "21").await;
        app.post(&committee, &format!("/orgs/{org}/members"), &member("李红", "formal", "")).await;
        let list = app.get(&committee, &format!("/orgs/{org}/members")).await.body;
        let page = list.split("row\"><a href=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let opened = mark(&app.get(&committee, &page).await.body, "/corrections");
        let correct = async |phone: &str| {
            let fields = [("name", "李红"), ("join_date", "2010-07-01"), ("phone", phone), ("seen", opened.as_str())];
            app.post(&committee, &format!("{page}/corrections"), &fields).await.status
        };
        assert_eq!(correct("13899991402").await, StatusCode::SEE_OTHER);
        assert_eq!(correct("13877771402").await, StatusCode::CONFLICT, "both are 138****1402");
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

#[tokio::test(flavor = "multi_thread")]
async fn names_stand_as_they_sound_in_pages_without_gaps_and_are_found_by_name_pinyin_and_initials() {
    on_both(&[], async |db| {
        let app = TestApp::new(db, vec![organisations::slice(), members::slice()], &[], Shared::default()).await;
        let committee = app.person("committee", None).await;
        branch(&app, &committee, "21", "611", "").await;
        let org = branch(&app, &committee, "21-1", "631", "21").await;
        let list = format!("/orgs/{org}/members");
        for name in ["张伟", "安然", "单玉", "陈刚", "刘建国"] {
            assert_eq!(app.post(&committee, &list, &member(name, "formal", "")).await.status, StatusCode::SEE_OTHER);
        }
        for n in 0..55 {
            app.post(&committee, &list, &member(&format!("赵{n:02}"), "formal", "")).await;
        }
        let (mut path, mut names) = (list.clone(), Vec::new());
        loop {
            let body = app.get(&committee, &path).await.body;
            names.extend(
                body.split("<th scope=\"row\">").skip(1).map(|r| r.split('>').nth(1).unwrap().split('<').next().unwrap().to_owned()),
            );
            let Some(at) = body.find("/members?sort=") else { break };
            let start = body[..at].rfind('"').unwrap() + 1;
            path = body[start..at + body[at..].find('"').unwrap()].replace("&#38;", "&");
        }
        assert_eq!(names[..5], ["安然", "陈刚", "刘建国", "单玉", "张伟"]);
        assert_eq!((names.len(), names.iter().collect::<std::collections::BTreeSet<_>>().len()), (60, 60));
        for q in ["刘建国", "建国", "liujianguo", "ljg"] {
            let found = app.get(&committee, &format!("/search?q={q}")).await.body;
            assert!(found.contains("刘建国") && found.contains("<span class=\"sm mut\">21-1</span>"), "with the branch, {q}: {found}");
        }
        assert!(app.get(&committee, "/search?q=21-1").await.body.contains(&format!("/orgs/{org}")));
        assert!(app.get(&committee, "/search?q=%E9%95%BF%E8%BE%88%E7%89%88").await.body.contains("/size?to=large"), "长辈版");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_member_moves_to_another_branch_with_register_search_and_posts_and_is_corrected_and_looked_up() {
    on_both(&[], async |db| {
        let app =
            TestApp::new(db, vec![administration::slice(Vec::new()), organisations::slice(), members::slice()], &[], Shared::default())
                .await;
        let committee = app.person("committee", None).await;
        branch(&app, &committee, "21", "611", "").await;
        let (old, new) = (branch(&app, &committee, "21-1", "631", "21").await, branch(&app, &committee, "21-2", "631", "21").await);
        let (mine, theirs) = (app.person("secretary", Some(old)).await, app.person("secretary", Some(new)).await);
        app.post(&mine, &format!("/orgs/{old}/members"), &member("李红", "formal", "210102198001010010")).await;
        let list = app.get(&mine, &format!("/orgs/{old}/members")).await.body;
        let page = format!("/members/{}", list.split("href=\"/members/").nth(1).unwrap().split('"').next().unwrap());
        let held = app.post(&mine, &format!("{page}/posts"), &[("post", "书记"), ("from", "2025-01-01")]).await;
        assert_eq!(held.status, StatusCode::SEE_OTHER, "{}", held.body);
        let to_there = [("branch", "21-2"), ("day", "2026-06-15")];
        assert_eq!(
            app.post(&mine, &format!("{page}/branch"), &to_there).await.status,
            StatusCode::UNPROCESSABLE_ENTITY,
            "the other branch is out of reach"
        );
        assert_eq!(
            app.post(&committee, &format!("{page}/branch"), &[("branch", "21"), ("day", "2026-06-15")]).await.status,
            StatusCode::UNPROCESSABLE_ENTITY
        );
        let moved = app.post(&committee, &format!("{page}/branch"), &to_there).await;
        assert_eq!(moved.status, StatusCode::SEE_OTHER, "{}", moved.body);
        let back = [("branch", "21-1"), ("day", "2026-06-01")];
        assert_eq!(app.post(&committee, &format!("{page}/branch"), &back).await.status, StatusCode::CONFLICT, "before the last move");
        assert_eq!(app.get(&mine, &page).await.status, StatusCode::NOT_FOUND);
        assert!(!app.get(&mine, "/search?q=lihong").await.body.contains("李红"));
        let shown = app.get(&theirs, &page).await.body;
        assert!(shown.contains("2026-06-15 卸任"), "{shown}");
        assert!(app.get(&theirs, "/search?q=lihong").await.body.contains("李红"));
        let correct = [("name", "李虹"), ("join_date", "2011-07-01"), ("phone", "")];
        assert_eq!(app.post(&theirs, &format!("{page}/corrections"), &correct).await.status, StatusCode::SEE_OTHER);
        assert_eq!(app.post(&mine, &format!("{page}/corrections"), &correct).await.status, StatusCode::NOT_FOUND);
        let corrected = app.get(&theirs, &page).await.body;
        assert!(corrected.contains("李虹") && corrected.contains("2011-07-01") && corrected.contains("138****1402"));
        let past = corrected.split("变动经过").nth(1).unwrap();
        for said in ["登记党员", "更改姓名", "更改入党日期", "调整党员所在支部", "任职"] {
            assert!(past.contains(said), "{said}: {past}");
        }
        assert!(!past.contains("补上身份号码") && !past.contains("更改电话"), "what was not changed is not said: {past}");
        let number = [("id_number", "210102198001010010")];
        assert_eq!(app.post(&theirs, "/member-lookups", &number).await.location, page);
        assert_eq!(app.post(&mine, "/member-lookups", &number).await.location, "/search");
        let wrong = app.post(&theirs, "/member-lookups", &[("id_number", "210102198001010011")]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        let chain = app.db.read(async |tx| tx.all::<String>("SELECT body FROM event", &[]).await).await.unwrap();
        assert!(chain.iter().all(|body| !body.contains("210102198001010010") && !body.contains("李虹")));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_system_administrator_makes_accounts_from_members_with_codes_shown_once() {
    on_both(&[], async |db| {
        let app = TestApp::new(db, vec![accounts::slice(), organisations::slice(), members::slice()], &[], Shared::default()).await;
        let (committee, admin) = (app.person("committee", None).await, app.person("system_administrator", None).await);
        branch(&app, &committee, "21", "611", "").await;
        let org = branch(&app, &committee, "21-1", "631", "21").await;
        for name in ["刘建国", "刘建国", "李红"] {
            let another = [&member(name, "formal", "")[..], &[("another", "1")]].concat();
            app.post(&committee, &format!("/orgs/{org}/members"), &another).await;
        }
        let all = app.get(&admin, "/people/from-members?org=21&who=members").await.body;
        let ids: Vec<&str> = all.split("name=\"member\" value=\"").skip(1).map(|s| s.split('"').next().unwrap()).collect();
        assert_eq!(ids.len(), 3);
        assert!(!all.contains("138****"), "names and branches only");
        assert!(app.get(&admin, "/people/from-members?org=21").await.body.contains("都已有账号"), "nobody is secretary yet");
        // What is wrong is said on the same page, which keeps what was asked for.
        let nowhere = app.get(&admin, "/people/from-members?org=&who=members").await;
        assert_eq!(nowhere.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(nowhere.body.contains("id=\"org-e\"") && nowhere.body.contains("value=\"members\" selected"), "{}", nowhere.body);
        assert_eq!(app.get(&admin, "/people/from-members").await.status, StatusCode::OK, "nothing was pressed yet");
        let nobody = app.post(&admin, "/people/from-members", &[("org", "21-1"), ("who", "members")]).await;
        assert_eq!(nobody.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(nobody.body.contains("id=\"member-e\"") && nobody.body.contains("id=\"member\""), "{}", nobody.body);
        assert_eq!((nobody.body.matches("name=\"member\"").count(), nobody.body.matches(" checked").count()), (3, 0), "the same people");
        let fields: Vec<(&str, &str)> = ids[..2].iter().map(|id| ("member", *id)).collect();
        let made = app.post_again(&admin, "/people/from-members", "once", &fields).await;
        assert_eq!(made.status, StatusCode::OK, "{}", made.body);
        assert!(made.body.contains("liujianguo</span>") && made.body.contains("liujianguo2</span>"), "{}", made.body);
        assert!(made.body.contains("请安全管理员授予角色"), "{}", made.body);
        let again = app.post_again(&admin, "/people/from-members", "once", &fields).await;
        assert!(!again.status.is_success());
        let unknown = app.get(&admin, "/people/from-members?org=21-7&who=members").await;
        assert_eq!(unknown.status, StatusCode::UNPROCESSABLE_ENTITY);
        for kept in ["id=\"org-e\"", "value=\"21-7\"", "没有找到这个组织"] {
            assert!(unknown.body.contains(kept), "{kept}: {}", unknown.body);
        }
        let rest = app.get(&admin, "/people/from-members?org=21-1&who=members").await.body;
        assert_eq!(rest.matches("name=\"member\"").count(), 1);
        let twice = app.post(&admin, "/people/from-members", &[("member", ids[2]), ("member", ids[2])]).await;
        assert_eq!(twice.body.matches("lihong</span>").count(), 1, "a member gets one account, however often the form says so");
        assert_eq!(app.get(&committee, "/people/from-members?org=21").await.status, StatusCode::FORBIDDEN);
        assert_eq!(app.get(&admin, &format!("/orgs/{org}/members")).await.status, StatusCode::NOT_FOUND);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_post_is_held_once_by_one_person_and_neither_post_nor_move_begins_on_a_day_to_come() {
    on_both(&[], async |db| {
        let app = TestApp::new(db, vec![organisations::slice(), members::slice()], &[], Shared::default()).await;
        let committee = app.person("committee", None).await;
        branch(&app, &committee, "21", "611", "").await;
        let org = branch(&app, &committee, "21-1", "631", "21").await;
        branch(&app, &committee, "21-2", "631", "21").await;
        for name in ["安然", "陈刚"] {
            app.post(&committee, &format!("/orgs/{org}/members"), &member(name, "formal", "")).await;
        }
        let list = app.get(&committee, &format!("/orgs/{org}/members")).await.body;
        let pages: Vec<String> = list.split("row\"><a href=\"").skip(1).map(|s| s.split('"').next().unwrap().to_owned()).collect();
        let give = async |page: &str, post: &str, from: &str| {
            app.post(&committee, &format!("{page}/posts"), &[("post", post), ("from", from)]).await
        };
        assert_eq!(give(&pages[0], "书记", "2023-03-01").await.status, StatusCode::SEE_OTHER);
        let again = give(&pages[0], "书记", "2023-03-01").await;
        assert_eq!((again.status, again.body.contains("已担任这个职务")), (StatusCode::UNPROCESSABLE_ENTITY, true), "{}", again.body);
        assert_eq!(give(&pages[0], "书记", "2026-03-01").await.status, StatusCode::SEE_OTHER);
        let before = give(&pages[0], "书记", "2025-03-01").await;
        assert_eq!(
            (before.status, before.body.contains("从 2026-03-01 起已担任")),
            (StatusCode::UNPROCESSABLE_ENTITY, true),
            "{}",
            before.body
        );
        let shown = app.get(&committee, &pages[0]).await.body;
        assert!(shown.contains("2026-03-01 卸任") && shown.matches("/posts/end").count() == 1, "{shown}");
        assert_eq!(give(&pages[1], "书记", "2026-05-11").await.status, StatusCode::SEE_OTHER);
        assert!(app.get(&committee, &pages[0]).await.body.contains("2026-05-11 卸任"), "there is one secretary");
        let future = give(&pages[1], "委员", "2030-01-01").await;
        assert_eq!(
            (future.status, future.body.contains("2030-01-01 还没有到")),
            (StatusCode::UNPROCESSABLE_ENTITY, true),
            "{}",
            future.body
        );
        let moved = app.post(&committee, &format!("{}/branch", pages[1]), &[("branch", "21-2"), ("day", "2030-01-01")]).await;
        assert_eq!((moved.status, moved.body.contains("2030-01-01 还没有到")), (StatusCode::UNPROCESSABLE_ENTITY, true), "{}", moved.body);
        assert!(app.get(&committee, &format!("/orgs/{org}/members")).await.body.contains("陈刚"));
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
async fn who_corrects_a_member_from_a_form_opened_before_another_s_correction_is_shown_both_and_asked_again() {
    on_both(&[], async |db| {
        let app = TestApp::new(db, vec![organisations::slice(), members::slice()], &[], Shared::default()).await;
        let committee = app.person("committee", None).await;
        branch(&app, &committee, "21", "611", "").await;
        let org = branch(&app, &committee, "21-1", "631", "21").await;
        app.post(&committee, &format!("/orgs/{org}/members"), &member("密一", "formal", "")).await;
        let list = app.get(&committee, &format!("/orgs/{org}/members")).await.body;
        let page = list.split("row\"><a href=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let opened = mark(&app.get(&committee, &page).await.body, "/corrections");
        let correct = async |name: &str, joined: &str, seen: &str| {
            app.post(&committee, &format!("{page}/corrections"), &[("name", name), ("join_date", joined), ("phone", ""), ("seen", seen)])
                .await
        };
        assert_eq!(correct("密二", "2010-07-01", &opened).await.status, StatusCode::SEE_OTHER);
        let late = correct("密一", "2011-07-01", &opened).await;
        assert_eq!(late.status, StatusCode::CONFLICT, "{}", late.body);
        for both in ["姓名 密二，入党日期 2010-07-01", "value=\"2011-07-01\""] {
            assert!(late.body.contains(both), "{both}: {}", late.body);
        }
        assert!(app.get(&committee, &page).await.body.contains("<h1>密二</h1>"), "nothing was put back");
        let seen = mark(&late.body, "/corrections");
        let wrong = correct("", "2011-07-01", &seen).await;
        assert_eq!(
            (wrong.status, mark(&wrong.body, "/corrections")),
            (StatusCode::UNPROCESSABLE_ENTITY, seen.clone()),
            "still what was seen"
        );
        assert_eq!(correct("密二", "2011-07-01", &seen).await.status, StatusCode::SEE_OTHER);
    })
    .await;
}

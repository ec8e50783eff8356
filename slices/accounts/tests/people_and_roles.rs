//! What the administrators do, and what nobody may.
mod house;
use access::System;
use accounts::NewPerson;
use house::*;
use web::StatusCode;

#[tokio::test]
async fn the_system_administrator_makes_accounts_and_sees_each_code_once() {
    on_both(async |app, _| {
        let admin = app.person("system_administrator", None).await;
        let fields = [("name", "王强"), ("login", "wangqiang")];
        let first = app.post_again(&admin, "/people", "one-key", &fields).await;
        assert_eq!(first.status, StatusCode::OK);
        let code =
            first.body.split("wangqiang</span>").nth(1).unwrap().split("<span>").nth(1).unwrap().split('<').next().unwrap().to_owned();
        // The same press again makes nothing and shows nothing.
        let again = app.post_again(&admin, "/people", "one-key", &fields).await;
        assert_eq!((again.status, again.location.as_str()), (StatusCode::SEE_OTHER, "/people"));
        assert!(again.cookies.iter().any(|c| c.contains("again-codes-shown")), "{:?}", again.cookies);
        assert!(!again.body.contains(&code));
        let taken = app.post(&admin, "/people", &fields).await;
        assert!(taken.status == StatusCode::UNPROCESSABLE_ENTITY && taken.body.contains("id=\"login-e\""));
        assert_eq!(sign_in(&mut app.browser(), "wangqiang", &code).await, "/password");
        assert_eq!(events(&app.db, "account.created").await, 1);
        for q in ["/people", "/people?q=wang", "/people?q=%E7%8E%8B"] {
            assert!(app.get(&admin, q).await.body.contains("wangqiang"), "{q}");
        }
        assert!(!app.get(&admin, "/people?q=li").await.body.contains("wangqiang"));
    })
    .await;
}

#[tokio::test]
async fn a_new_code_and_a_disabled_account_end_every_session() {
    on_both(async |app, _| {
        let admin = app.person("system_administrator", None).await;
        let (mut browser, who) = settled(&app, "lihong").await;
        assert_eq!(app.post(&admin, &format!("/people/{}/code", who.id), &[]).await.status, StatusCode::OK);
        assert!(!is_in(&mut browser).await);
        assert_eq!(sign_in(&mut browser, "lihong", PASSWORD).await, "", "the old password is gone");

        let (mut browser, who) = settled(&app, "zhaoli").await;
        assert_eq!(app.post(&admin, &format!("/people/{}/disabling", who.id), &[]).await.status, StatusCode::SEE_OTHER);
        assert!(!is_in(&mut browser).await);
        assert_eq!(sign_in(&mut browser, "zhaoli", PASSWORD).await, "");
        app.post(&admin, &format!("/people/{}/enabling", who.id), &[]).await;
        assert_eq!(sign_in(&mut browser, "zhaoli", PASSWORD).await, "/todo");
        let page = app.get(&admin, &format!("/people/{}", who.id)).await.body;
        let told: Vec<usize> = [" 停用<", " 启用<"].iter().filter_map(|what| page.find(what)).collect();
        assert!(told.len() == 2 && told.is_sorted(), "what was done with it, in its order: {page}");
        assert!(!page.contains("登录</"), "how often somebody signs in is nobody's business");
        let own = app.post(&admin, &format!("/people/{}/disabling", admin.account), &[]).await;
        assert_eq!(own.status, StatusCode::FORBIDDEN);
    })
    .await;
}

#[tokio::test]
async fn no_administrator_gets_into_the_account_of_another_kind_by_its_code() {
    on_both(async |app, _| {
        let admin = app.person("system_administrator", None).await;
        for role in ["security_administrator", "audit_administrator"] {
            let other = app.person(role, None).await.account;
            for step in ["code", "disabling", "enabling"] {
                let answer = app.post(&admin, &format!("/people/{other}/{step}"), &[]).await;
                assert_eq!(answer.status, StatusCode::FORBIDDEN, "{role} {step}");
            }
            let page = app.get(&admin, &format!("/people/{other}")).await;
            assert!(page.status == StatusCode::OK && !page.body.contains("/code\""), "{}", page.body);
        }
        let colleague = app.person("system_administrator", None).await.account;
        assert_eq!(app.post(&admin, &format!("/people/{colleague}/code"), &[]).await.status, StatusCode::OK);
        assert_eq!(events(&app.db, "account.code-renewed").await, 1);
        assert_eq!(events(&app.db, "account.disabled").await, 0);
    })
    .await;
}

#[tokio::test]
async fn an_administrator_holds_one_role_and_a_worker_none_of_theirs() {
    on_both(async |app, _| {
        let admin = app.person("security_administrator", None).await;
        let give =
            async |to, role: &str, org: &str| app.post(&admin, &format!("/roles/{to}"), &[("role", role), ("org", org)]).await.status;
        let (ok, no) = (StatusCode::SEE_OTHER, StatusCode::UNPROCESSABLE_ENTITY);
        let worker = issued(&app, "gongwei").await.id;
        assert_eq!(give(worker, "committee", "1").await, ok);
        assert_eq!(give(worker, "secretary", "12").await, ok, "business roles go together");
        assert_eq!(give(worker, "committee", "1").await, no, "held already");
        assert_eq!(give(worker, "committee", "").await, no, "a business role needs an organisation");
        assert_eq!(give(worker, "committee", "99").await, no, "which exists");
        assert_eq!(give(worker, "nonsense", "1").await, no);
        for role in ["system_administrator", "security_administrator", "audit_administrator"] {
            assert_eq!(give(worker, role, "").await, no, "{role} beside a business role");
            let keeper = issued(&app, role).await.id;
            assert_eq!(give(keeper, role, "1").await, no, "an administrator's role is nowhere in particular");
            assert_eq!(give(keeper, role, "").await, ok);
            for second in ["system_administrator", "security_administrator", "audit_administrator", "member"] {
                let org = if second == "member" { "12" } else { "" };
                assert_eq!(give(keeper, second, org).await, no, "{second} beside {role}");
            }
        }
        assert_eq!(give(admin.account, "member", "12").await, StatusCode::FORBIDDEN, "nobody gives to themselves");
        assert_eq!(events(&app.db, "role.given").await, 5);
    })
    .await;
}

#[tokio::test]
async fn a_role_that_ends_is_kept_and_another_s_is_not_touched() {
    on_both(async |app, _| {
        let admin = app.person("security_administrator", None).await;
        let (one, two) = (issued(&app, "one").await.id, issued(&app, "two").await.id);
        app.post(&admin, &format!("/roles/{one}"), &[("role", "secretary"), ("org", "12")]).await;
        let page = app.get(&admin, &format!("/roles/{one}")).await.body;
        assert!(page.contains("组织12"));
        let post = page.split(&format!("/roles/{one}/")).nth(1).unwrap().split('/').next().unwrap().to_owned();
        assert_eq!(app.post(&admin, &format!("/roles/{two}/{post}/ending"), &[]).await.status, StatusCode::NOT_FOUND);
        assert_eq!(app.post(&admin, &format!("/roles/{one}/{post}/ending"), &[]).await.status, StatusCode::SEE_OTHER);
        assert_eq!(app.post(&admin, &format!("/roles/{one}/{post}/ending"), &[]).await.status, StatusCode::NOT_FOUND);
        let after = app.get(&admin, &format!("/roles/{one}")).await.body;
        assert!(after.contains("组织12") && !after.contains("/ending"));
        assert_eq!(events(&app.db, "role.ended").await, 1);
    })
    .await;
}

#[tokio::test]
async fn each_administrator_opens_their_own_pages_only() {
    on_both(async |app, _| {
        for (role, path) in
            [("system_administrator", "/people"), ("security_administrator", "/roles"), ("audit_administrator", "/permissions")]
        {
            for other in ["system_administrator", "security_administrator", "audit_administrator"] {
                let who = app.person(other, None).await;
                let both = path == "/permissions" && other == "security_administrator";
                let expected = if role == other || both { StatusCode::OK } else { StatusCode::FORBIDDEN };
                assert_eq!(app.get(&who, path).await.status, expected, "{other} at {path}");
            }
        }
        let security = app.person("security_administrator", None).await;
        let page = app.get(&security, "/permissions").await.body;
        assert!(app.routes.iter().all(|r| page.contains(&format!("{} {}", r.method, r.path))));
    })
    .await;
}

#[tokio::test]
async fn a_new_account_waits_with_the_security_administrator_and_one_without_roles_with_the_system_administrator() {
    on_both(async |app, _| {
        let (system, security) = (app.person("system_administrator", None).await, app.person("security_administrator", None).await);
        let awaited = async |who| app.get(who, "/todo").await.body;
        app.post(&system, "/people", &[("name", "孟庆国"), ("login", "mengqingguo")]).await;
        let waiting = awaited(&security).await;
        assert!(waiting.contains("授予角色：孟庆国"), "{waiting}");
        let id = waiting.split("href=\"/roles/").nth(1).unwrap().split('"').next().unwrap().to_owned();
        app.post(&security, &format!("/roles/{id}"), &[("role", "secretary"), ("org", "12")]).await;
        assert!(!awaited(&security).await.contains("孟庆国"), "the role is given");
        let page = app.get(&security, &format!("/roles/{id}")).await.body;
        let post = page.split(&format!("/roles/{id}/")).nth(1).unwrap().split('/').next().unwrap().to_owned();
        app.post(&security, &format!("/roles/{id}/{post}/ending"), &[]).await;
        assert!(awaited(&system).await.contains("核对是否停用账号：孟庆国"));
        app.post(&system, &format!("/people/{id}/disabling"), &[]).await;
        let audit = app.person("audit_administrator", None).await;
        let told = async |who| app.get(who, "/notices").await.body;
        for (who, sentences) in [
            (&audit, vec!["已授予角色：孟庆国", "已收回角色：孟庆国", "账号已停用：孟庆国"]),
            (&system, vec!["已授予角色：孟庆国", "已收回角色：孟庆国"]),
            (&security, vec!["账号已停用：孟庆国"]),
        ] {
            let page = told(who).await;
            assert!(sentences.iter().all(|s| page.contains(s)), "{sentences:?}: {page}");
            assert_eq!(page.matches("孟庆国").count(), sentences.len(), "and of nothing else");
        }
        let open = app.get(&system, "/todo").await.body;
        assert!(!open.contains("核对是否停用账号：孟庆国"), "it has been looked at");
    })
    .await;
}

#[tokio::test]
async fn accounts_made_in_bulk_wait_for_their_roles_in_the_security_administrator_s_list() {
    on_both(async |app, _| {
        let security = app.person("security_administrator", None).await;
        let people = ["刘建国", "王芳"].map(|name| NewPerson::parse(name, &format!("{name}1"), None).unwrap());
        let made = accounts::create_waiting(&app.db, &System::command("test"), people.into()).await.unwrap();
        let list = app.get(&security, "/todo").await.body;
        assert!(list.contains("授予角色：刘建国") && list.contains("授予角色：王芳"), "{list}");
        app.post(&security, &format!("/roles/{}", made[0].id), &[("role", "secretary"), ("org", "12")]).await;
        let list = app.get(&security, "/todo").await.body;
        assert!(!list.contains("授予角色：刘建国") && list.contains("授予角色：王芳"), "{list}");
    })
    .await;
}

#[tokio::test]
async fn each_account_made_in_bulk_tells_by_whom_it_was_made() {
    on_both(async |app, _| {
        let admin = app.person("system_administrator", None).await;
        let people = |names: &[&str]| names.iter().map(|login| NewPerson::parse("王芳", login, None).unwrap()).collect();
        let mut made = Vec::new();
        // Two presses within the same moment; of "wang2" the name of another is a part.
        for (who, logins) in [("zhao", ["wang", "wang1", "li"].as_slice()), ("qian", &["wang2", "wan", "ang"]), ("sun", &["an"])] {
            let all = accounts::create_many(&app.db, &System::command(who), people(logins)).await.unwrap();
            made.extend(all.into_iter().map(|one| (who, one.id)));
        }
        for (who, id) in made {
            let page = app.get(&admin, &format!("/people/{id}")).await.body;
            let told = page.contains(&format!("服务器用户 {who} 新建账号<"));
            assert!(told && page.matches(" 新建账号<").count() == 1, "{who} {id}: {page}");
        }
    })
    .await;
}

#[tokio::test]
async fn whoever_looks_for_an_account_finds_all_that_there_are_page_by_page() {
    on_both(async |app, _| {
        let admin = app.person("system_administrator", None).await;
        let people = (0..60).map(|n| NewPerson::parse(&format!("王{n}"), &format!("w{n:02}"), None).unwrap()).collect();
        accounts::create_many(&app.db, &System::command("test"), people).await.unwrap();
        let told: Vec<String> = app.db.lookup("SELECT body FROM event WHERE action = 'account.created'", &[]).await.unwrap();
        assert!(told.len() == 1 && (0..60).all(|n| told[0].contains(&format!("w{n:02}"))), "one event names them all: {told:?}");
        let (mut found, mut here) = (0, "/people?q=%E7%8E%8B".to_owned());
        loop {
            let page = app.get(&admin, &here).await.body;
            found += page.matches("<th scope=\"row\"><a href=\"/people/").count();
            let Some(next) = page.split("href=\"/people?").skip(1).map(|l| l.split('"').next().unwrap()).find(|l| l.contains("after="))
            else {
                break;
            };
            here = format!("/people?{}", next.replace("&#38;", "&").replace("&amp;", "&"));
        }
        assert_eq!(found, 60);
    })
    .await;
}

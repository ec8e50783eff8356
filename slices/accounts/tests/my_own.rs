//! 我的: sessions, tokens, password; and the desk.
mod house;
use access::System;
use audit::Event;
use house::*;
use inbox::{Addressee, Notice, Todo};
use kernel::{BusinessDate, Instant, NoticeId, TodoId};
use testkit::{Person, TestApp};
use web::StatusCode;

async fn token(app: &TestApp, who: &Person, role: &str, days: &str) -> (StatusCode, String) {
    let made = app.post(who, "/me/tokens", &[("name", "门户"), ("role", role), ("days", days)]).await;
    let text = made.body.split("leitu_").nth(1).map(|t| format!("leitu_{}", t.split('<').next().unwrap_or_default()));
    (made.status, text.unwrap_or_default())
}

#[tokio::test]
async fn a_token_is_of_one_s_own_role_and_at_most_a_year() {
    on_both(async |app, _| {
        let who = app.person("secretary", None).await;
        for (role, days) in [("committee", "30"), ("", "30"), ("secretary", "0"), ("secretary", "366"), ("secretary", "x")] {
            assert_eq!(token(&app, &who, role, days).await.0, StatusCode::UNPROCESSABLE_ENTITY, "{role} {days}");
        }
        let (status, text) = token(&app, &who, "secretary", "365").await;
        assert_eq!(status, StatusCode::OK);
        assert!(text.len() > 60);
        let page = app.get(&who, "/me").await.body;
        assert!(page.contains("门户") && !page.contains(&text), "shown once");
        let id = page.split("/me/tokens/").nth(1).unwrap().split('/').next().unwrap().to_owned();
        let stranger = app.person("member", None).await;
        assert_eq!(app.post(&stranger, &format!("/me/tokens/{id}/revocation"), &[]).await.status, StatusCode::NOT_FOUND);
        assert_eq!(app.post(&who, &format!("/me/tokens/{id}/revocation"), &[]).await.status, StatusCode::SEE_OTHER);
        assert_eq!((events(&app.db, "token.made").await, events(&app.db, "token.revoked").await), (1, 1));
    })
    .await;
}

#[tokio::test]
async fn all_that_is_wrong_with_a_token_or_an_account_is_said_at_once() {
    on_both(async |app, _| {
        let who = app.person("secretary", None).await;
        let token = app.post(&who, "/me/tokens", &[("name", " "), ("role", "committee"), ("days", "十")]).await;
        assert_eq!(token.wrong(), ["name", "role", "days"]);
        assert!(token.body.contains("value=\"十\""), "what was typed is kept");
        let (admin, long) = (app.person("system_administrator", None).await, "#".repeat(5_000));
        let account = app.post(&admin, "/people", &[("name", ""), ("login", &long)]).await;
        assert_eq!(account.wrong(), ["name", "login"]);
        assert_eq!(account.body.matches(&long).count(), 1, "in its field, and not in the sentences about it");
        assert_eq!((events(&app.db, "token.made").await, events(&app.db, "account.created").await), (0, 0));
    })
    .await;
}

#[tokio::test]
async fn signing_out_everywhere_ends_the_other_browsers_too() {
    on_both(async |app, _| {
        let (mut here, _) = settled(&app, "lihong").await;
        let mut there = app.browser();
        assert_eq!(sign_in(&mut there, "lihong", PASSWORD).await, "/todo");
        here.get("/me").await;
        assert_eq!(here.post("/sign-out-everywhere", &[]).await.status, StatusCode::SEE_OTHER);
        assert!(!is_in(&mut here).await && !is_in(&mut there).await);
        assert_eq!(events(&app.db, "sign-out.everywhere").await, 1);
    })
    .await;
}

#[tokio::test]
async fn one_other_session_can_be_ended_alone() {
    on_both(async |app, _| {
        let (mut here, _) = settled(&app, "lihong").await;
        let mut there = app.browser();
        sign_in(&mut there, "lihong", PASSWORD).await;
        let page = here.get("/me").await.body;
        let id = page.split("/me/sessions/").nth(1).unwrap().split('/').next().unwrap().to_owned();
        assert_eq!(here.post(&format!("/me/sessions/{id}/ending"), &[]).await.location, "/me");
        assert!(is_in(&mut here).await && !is_in(&mut there).await);
    })
    .await;
}

#[tokio::test]
async fn a_changed_password_ends_every_other_session_and_needs_the_old_one() {
    on_both(async |app, _| {
        let (mut here, _) = settled(&app, "lihong").await;
        let mut there = app.browser();
        sign_in(&mut there, "lihong", PASSWORD).await;
        let new = "第二个更长的密码";
        here.get("/me/password").await;
        let wrong = here.post("/me/password", &[("old", "不是它"), ("password", new), ("again", new)]).await;
        assert!(wrong.status == StatusCode::UNPROCESSABLE_ENTITY && wrong.body.contains("id=\"old-e\""));
        assert_eq!(here.post("/me/password", &[("old", PASSWORD), ("password", new), ("again", new)]).await.location, "/me");
        assert!(is_in(&mut here).await && !is_in(&mut there).await);
        assert_eq!(sign_in(&mut there, "lihong", PASSWORD).await, "");
        assert_eq!(sign_in(&mut there, "lihong", new).await, "/todo");
    })
    .await;
}

#[tokio::test]
async fn all_that_is_wrong_with_a_change_of_password_is_said_at_once_and_a_right_old_one_counts_as_no_try() {
    on_both(async |app, _| {
        let (mut here, _) = settled(&app, "lihong").await;
        here.get("/me/password").await;
        let all = here.post("/me/password", &[("old", "不是它"), ("password", "短"), ("again", "不同")]).await;
        assert_eq!(all.wrong(), ["old", "password", "again"]);
        for _ in 0..6 {
            let new = here.post("/me/password", &[("old", PASSWORD), ("password", "短"), ("again", "不同")]).await;
            assert_eq!(new.wrong(), ["password", "again"]);
        }
        let new = "第二个更长的密码";
        assert_eq!(here.post("/me/password", &[("old", PASSWORD), ("password", new), ("again", new)]).await.location, "/me");

        let fresh = issued(&app, "zhang").await;
        let mut browser = app.browser();
        assert_eq!(sign_in(&mut browser, "zhang", &fresh.code).await, "/password");
        browser.get("/password").await;
        assert_eq!(browser.post("/password", &[("password", "短"), ("again", "不同")]).await.wrong(), ["password", "again"]);
    })
    .await;
}

#[tokio::test]
async fn whoever_sits_at_somebody_else_s_browser_guesses_the_old_password_five_times() {
    on_both(async |app, _| {
        let (mut here, _) = settled(&app, "lihong").await;
        let new = "第二个更长的密码";
        let fields = |old| [("old", old), ("password", new), ("again", new)];
        here.get("/me/password").await;
        for _ in 0..5 {
            assert!(here.post("/me/password", &fields("不是它")).await.body.contains("现在的密码不对"));
        }
        let locked = here.post("/me/password", &fields(PASSWORD)).await;
        assert!(locked.status == StatusCode::UNPROCESSABLE_ENTITY && locked.body.contains("30 分钟后再试"), "{}", locked.body);
        // A device that was never there has its own counter.
        assert_eq!(sign_in(&mut app.browser(), "lihong", PASSWORD).await, "/todo");
    })
    .await;
}

#[tokio::test]
async fn the_desk_shows_late_matters_first_and_only_one_s_own() {
    on_both(async |app, orgs| {
        let branch = orgs.0[1].id;
        let (mine, other) = (app.person("secretary", None).await, app.person("secretary", None).await);
        audit::change(&app.db, &System::job("test"), async move |tx| {
            let now = Instant::now();
            for (to, due, href) in
                [(mine.account, "2026-06-20", "/soon"), (mine.account, "2026-06-10", "/late"), (other.account, "2026-06-01", "/not-mine")]
            {
                let todo = Todo {
                    id: TodoId::new(),
                    to: Addressee::Account(to),
                    matter: href,
                    key: "todo-due",
                    args: vec![("date", due.into())],
                    href,
                    due: Some(BusinessDate::parse(due)?),
                    by: Some(other.account),
                };
                inbox::hand(tx, &todo, now).await?;
            }
            let to = Addressee::Account(mine.account);
            inbox::tell(tx, &Notice { id: NoticeId::new(), to, key: "start-walk", args: vec![], href: "/told" }, now).await?;
            Ok(((), Event::new("test.handed", format!("org:{branch}"))))
        })
        .await
        .unwrap();
        let page = app.get(&mine, "/todo").await.body;
        assert!(page.find("/late").unwrap() < page.find("/soon").unwrap() && !page.contains("/not-mine"));
        assert!(page.contains("待办 2 项") && page.contains("逾期 3 个工作日") && page.contains("/told"), "{page}");
        let sent = app.get(&other, "/todo?tab=sent").await.body;
        assert!(sent.contains("/late") && sent.contains("/soon") && sent.contains("<h1>我发起的 3 项</h1>"), "{sent}");
        assert!(app.get(&mine, "/todo?tab=sent").await.body.contains("<h1>我发起的 0 项</h1>"), "and not what waits for oneself");
        assert!(!app.get(&mine, "/todo?tab=done").await.body.contains("/late"));
        assert!(app.get(&mine, "/notices").await.body.contains("/told"));
    })
    .await;
}

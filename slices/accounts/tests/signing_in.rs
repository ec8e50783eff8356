//! The door: passwords, codes, lockout, the ways out.
mod house;
use house::*;
use web::StatusCode;

#[tokio::test]
async fn a_code_opens_nothing_but_the_page_that_sets_a_password() {
    on_both(async |app, _| {
        let issued = issued(&app, "lihong").await;
        let mut browser = app.browser();
        assert_eq!(sign_in(&mut browser, "lihong", &issued.code.to_lowercase()).await, "/password");
        assert!(!is_in(&mut browser).await, "a code must not open a session");
        assert!(browser.get("/password").await.body.contains("李红"));
        let ticket = browser.cookie("leitu-ticket").unwrap().to_owned();
        for (password, again) in [("短", "短"), ("lihong", "lihong"), (PASSWORD, "另一个不同的密码")] {
            let refused = browser.post("/password", &[("password", password), ("again", again)]).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        }
        assert_eq!(browser.post("/password", &[("password", PASSWORD), ("again", PASSWORD)]).await.location, "/todo");
        assert!(is_in(&mut browser).await);
        // The code and the ticket are used up.
        let mut other = app.browser();
        assert_eq!(sign_in(&mut other, "lihong", &issued.code).await, "");
        other.set_cookie("leitu-ticket", &ticket);
        assert_eq!(other.get("/password").await.location, "/sign-in?back=%2Fpassword");
        assert_eq!(sign_in(&mut other, "lihong", PASSWORD).await, "/todo");
        assert_eq!(events(&app.db, "password.set-with-code").await, 1);
        assert_eq!(events(&app.db, "sign-in.succeeded").await, 1);
        assert_eq!(events(&app.db, "sign-in.failed").await, 1);
    })
    .await;
}

#[tokio::test]
async fn a_forged_ticket_sets_no_password() {
    on_both(async |app, _| {
        let issued = issued(&app, "lihong").await;
        for forged in [format!("{}.9999999999999.00", issued.id), format!("{}.9999999999999", issued.id), "x".into()] {
            let mut browser = app.browser();
            browser.set_cookie("leitu-ticket", &forged);
            assert_eq!(browser.get("/password").await.status, StatusCode::SEE_OTHER, "{forged}");
        }
    })
    .await;
}

#[tokio::test]
async fn five_wrong_tries_lock_strangers_out_and_the_owner_s_device_in() {
    on_both(async |app, _| {
        let (mut owner, _) = settled(&app, "lihong").await;
        let mut stranger = app.browser();
        for _ in 0..5 {
            assert_eq!(sign_in(&mut stranger, "lihong", "不对的密码").await, "");
        }
        stranger.get("/sign-in").await;
        let locked = stranger.post("/sign-in", &[("login", "lihong"), ("password", PASSWORD)]).await;
        assert_eq!(locked.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(locked.body.contains("30 分钟后再试"), "{}", locked.body);
        // Another unknown device shares the strangers' counter; the owner's has its own.
        assert_eq!(sign_in(&mut app.browser(), "lihong", PASSWORD).await, "");
        owner.get("/me").await;
        assert_eq!(owner.post("/sign-out", &[]).await.location, "/");
        assert_eq!(sign_in(&mut owner, "lihong", PASSWORD).await, "/todo");
        // A new code forgives.
        let renewed = accounts::reset(&app.db, &access::System::command("root"), "lihong", false).await.unwrap();
        assert_eq!(sign_in(&mut app.browser(), "lihong", &renewed.code).await, "/password");
    })
    .await;
}

#[tokio::test]
async fn of_guesses_sent_all_at_once_five_are_looked_at() {
    on_both(async |app, _| {
        settled(&app, "lihong").await;
        let mut browsers: Vec<_> = (0..12).map(|_| app.browser()).collect();
        for browser in &mut browsers {
            browser.get("/sign-in").await;
        }
        let guesses = browsers
            .iter_mut()
            .map(|browser| async move { browser.post("/sign-in", &[("login", "lihong"), ("password", "不对的密码")]).await.body });
        let answers = futures_util::future::join_all(guesses).await;
        let said = |words: &str| answers.iter().filter(|a| a.contains(words)).count();
        assert_eq!((said("登录名或密码不对"), said("分钟后再试")), (5, 7), "{answers:?}");
        assert_eq!(events(&app.db, "sign-in.failed").await, 5);
        assert_eq!(sign_in(&mut browsers[0], "lihong", PASSWORD).await, "");
    })
    .await;
}

#[tokio::test]
async fn an_unknown_name_is_answered_and_locked_like_a_known_one() {
    on_both(async |app, _| {
        settled(&app, "lihong").await;
        let mut said = Vec::new();
        for login in ["lihong", "nobody"] {
            let mut browser = app.browser();
            let mut lines = Vec::new();
            for _ in 0..6 {
                browser.get("/sign-in").await;
                let answer = browser.post("/sign-in", &[("login", login), ("password", "不对的密码")]).await;
                let line = answer.body.split("<li>").nth(1).and_then(|l| l.split("</li>").next()).unwrap_or_default().to_owned();
                lines.push((answer.status, line));
            }
            said.push(lines);
        }
        assert_eq!(said[0], said[1]);
        assert!(said[0][5].1.contains("30"));
    })
    .await;
}

#[tokio::test]
async fn whoever_was_sent_to_sign_in_comes_back_and_never_goes_elsewhere() {
    on_both(async |app, _| {
        let (_, _) = settled(&app, "lihong").await;
        let mut browser = app.browser();
        assert_eq!(browser.get("/me").await.location, "/sign-in?back=%2Fme");
        assert!(browser.get("/sign-in?back=%2Fme").await.body.contains("value=\"/me\""));
        let there = browser.post("/sign-in", &[("login", "lihong"), ("password", PASSWORD), ("back", "/me")]).await;
        assert_eq!(there.location, "/me");
        for elsewhere in ["https://example.org/", "//example.org", "/\\example.org"] {
            let mut browser = app.browser();
            browser.get("/sign-in").await;
            let answer = browser.post("/sign-in", &[("login", "lihong"), ("password", PASSWORD), ("back", elsewhere)]).await;
            assert_eq!(answer.location, "/", "{elsewhere}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_form_sent_after_its_session_ended_is_kept_beside_the_sign_in_and_sent_again() {
    on_both(async |app, _| {
        settled(&app, "lihong").await;
        let (mut browser, typed) = (app.browser(), [("name", "<王强>"), ("login", "x"), ("password", "秘密"), ("note", "a&b=c")]);
        let sent = browser.post("/people", &typed).await;
        assert_eq!((sent.status, sent.location.as_str()), (StatusCode::TEMPORARY_REDIRECT, "/sign-in/kept?back=%2Fpeople"));
        let kept = browser.post(&sent.location, &typed).await;
        assert_eq!(kept.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(kept.body.contains("name=\"password\"") && !kept.body.contains("秘密"), "{}", kept.body);
        let inside =
            "name=%3C%E7%8E%8B%E5%BC%BA%3E&note=a%26b%3Dc&role=deputy&whole=on&s-A1=3&v-A1=7&team=01a215f3debd70b6ae8047d0580aad13";
        let again = [("login", "lihong"), ("password", PASSWORD), ("back", "/people"), ("kept", inside)];
        let wrong = [("login", "lihong"), ("password", "wrong"), ("back", "/people"), ("kept", inside)];
        let refused = browser.post("/sign-in", &wrong).await;
        assert!(refused.body.contains("name=\"kept\""), "a wrong password loses nothing: {}", refused.body);
        let opened = browser.post("/sign-in", &again).await;
        assert_eq!((opened.status, opened.location.as_str()), (StatusCode::TEMPORARY_REDIRECT, "/sign-in/kept?back=%2Fpeople"));
        let shown = browser.post(&opened.location, &again).await;
        assert_eq!(shown.status, StatusCode::OK);
        for expected in ["action=\"/people\"", "name=\"name\" value=\"&#60;王强&#62;\"", "name=\"note\" value=\"a&#38;b=c\""] {
            assert!(shown.body.contains(expected), "{expected}: {}", shown.body);
        }
        let entered = shown.body.split("<dl").nth(1).unwrap().split("</dl>").next().unwrap();
        for words in ["单位专职副书记", "是", "A1 得分"] {
            assert!(entered.contains(words), "{words}: {entered}");
        }
        for code in ["deputy", ">on<", ">7<", "01a215f3"] {
            assert!(!entered.contains(code), "{code} is the machine's: {entered}");
        }
        assert!(!shown.body.contains(PASSWORD) && !shown.body.contains("<王强>"));
        let elsewhere = browser.post("/sign-in/kept?back=https%3A%2F%2Fexample.org", &typed).await;
        assert_eq!(elsewhere.status, StatusCode::NOT_FOUND);
        for secret in ["/me/password", "/me/second-factor", "/me/recovery-codes", "/me/second-factor/removal"] {
            let sent = app.browser().post(secret, &[("old", "x"), ("given", "123456")]).await;
            assert_eq!((sent.status, sent.location.as_str()), (StatusCode::SEE_OTHER, "/sign-in?back=%2F"), "{secret}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_session_changes_its_name_at_sign_in_and_ends_at_sign_out() {
    on_both(async |app, _| {
        let (mut browser, _) = settled(&app, "lihong").await;
        let first = browser.cookie("leitu").unwrap().to_owned();
        browser.get("/sign-in").await;
        browser.post("/sign-in", &[("login", "lihong"), ("password", PASSWORD)]).await;
        let second = browser.cookie("leitu").unwrap().to_owned();
        assert_ne!(first, second);
        let mut old = app.browser();
        old.set_cookie("leitu", &first);
        assert!(!is_in(&mut old).await, "the session before must be dead");
        browser.get("/me").await;
        browser.post("/sign-out", &[]).await;
        let mut old = app.browser();
        old.set_cookie("leitu", &second);
        assert!(!is_in(&mut old).await);
    })
    .await;
}

#[tokio::test]
async fn a_form_without_this_browser_s_token_is_refused() {
    on_both(async |app, _| {
        settled(&app, "lihong").await;
        let mut browser = app.browser();
        // No page was opened, so no token was given out.
        let answer = browser.post("/sign-in", &[("login", "lihong"), ("password", PASSWORD)]).await;
        assert_ne!(answer.status, StatusCode::SEE_OTHER);
        assert!(!is_in(&mut browser).await);
    })
    .await;
}

#[tokio::test]
async fn an_address_brings_no_form_to_be_sent_after_the_sign_in() {
    on_both(async |app, _| {
        let page = app.browser().get("/sign-in?back=%2Fpeople&login=lihong&kept=role%3Dcommittee").await;
        assert!(page.body.contains("value=\"lihong\"") && !page.body.contains("name=\"kept\""), "{}", page.body);
    })
    .await;
}

#[tokio::test]
async fn a_form_of_megabytes_is_refused_before_it_is_kept_in_memory() {
    on_both(async |app, _| {
        let (long, mut browser) = ("x".repeat(3 << 20), app.browser());
        browser.get("/sign-in").await;
        let refused = browser.post("/sign-in", &[("login", "lihong"), ("password", &long)]).await;
        assert_eq!(refused.status, StatusCode::PAYLOAD_TOO_LARGE);
        assert!(refused.body.contains("提交的内容太大"), "{}", refused.body);
    })
    .await;
}

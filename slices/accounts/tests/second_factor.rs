//! 动态码: who must have one, what it opens, and that each code opens it once.
#![allow(clippy::restriction, clippy::disallowed_methods, reason = "a test fails where something is missing, and turns the clock")]
mod house;
use access::{PostLine, System};
use audit::Event;
use house::*;
use kernel::{AccountId, Instant, OrgId, PostId};
use testkit::{Answer, Browser, TestApp};
use totp_rs::{Builder, Secret};
use web::StatusCode;

/// What an authenticator keeps of the page it was shown.
struct Telephone(Secret);

impl Telephone {
    fn scans(page: &str) -> Self {
        let groups = page.split("<dd class=\"b\">").nth(1).and_then(|rest| rest.split('<').next()).unwrap();
        Self(Secret::try_from_base32(groups.replace(' ', "")).unwrap())
    }
    /// The code so many steps from now.
    fn shows(&self, off: i64) -> String {
        let step = Instant::now().0 / 30_000 + off;
        let totp = Builder::new().with_secret(self.0.clone()).build().unwrap();
        totp.generate(u64::try_from(step * 30).unwrap()).to_string()
    }
}

/// Gives a role as set-up and the roles' page do.
async fn appoint(app: &TestApp, account: AccountId, role: &'static str, org: Option<OrgId>) {
    audit::change(&app.db, &System::command("test"), async move |tx| {
        let post = PostLine { id: PostId::new(), account, role: role.into(), org, granted: Instant::now() };
        access::give_post(tx, &post, "test").await?;
        Ok(((), Event::new("test.given", format!("account:{account}"))))
    })
    .await
    .unwrap();
}

/// All codes that were taken may be shown again: half a minute has gone by, and another one.
async fn later(app: &TestApp) {
    app.db.write(async |tx| tx.exec("UPDATE second_factor SET step = 0", &[]).await).await.unwrap();
}

/// What stands on the page that shows recovery codes.
fn recovery(page: &str) -> Vec<String> {
    page.split("<li class=\"b\">").skip(1).map(|rest| rest.split('<').next().unwrap().to_owned()).collect()
}

/// Somebody who has been led to the page that sets a device, and has set it.
async fn with_telephone(
    app: &TestApp,
    login: &str,
    role: &'static str,
    org: Option<OrgId>,
) -> (Browser, AccountId, Telephone, Vec<String>) {
    let issued = issued(app, login).await;
    appoint(app, issued.id, role, org).await;
    let mut browser = app.browser();
    assert_eq!(sign_in(&mut browser, login, &issued.code).await, "/password");
    browser.get("/password").await;
    assert_eq!(browser.post("/password", &[("password", PASSWORD), ("again", PASSWORD)]).await.location, "/sign-in/second-factor");
    let page = browser.get("/sign-in/second-factor").await;
    let telephone = Telephone::scans(&page.body);
    let shown = browser.post("/sign-in/second-factor", &[("secret", &carried(&page.body)), ("code", &telephone.shows(0))]).await;
    assert_eq!(shown.status, StatusCode::OK, "{}", shown.body);
    (browser, issued.id, telephone, recovery(&shown.body))
}

fn carried(page: &str) -> String {
    page.split("name=\"secret\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap().to_owned()
}

/// The page after a right password.
async fn asked(app: &TestApp, login: &str) -> Browser {
    let mut browser = app.browser();
    browser.get("/sign-in").await;
    let led = browser.post("/sign-in", &[("login", login), ("password", PASSWORD), ("back", "/me")]).await;
    assert_eq!(led.location, "/sign-in/code?back=%2Fme", "{}", led.body);
    assert!(browser.get(&led.location).await.body.contains("name=\"back\" value=\"/me\""));
    browser
}

async fn gives(browser: &mut Browser, text: &str) -> Answer {
    browser.post("/sign-in/code", &[("given", text), ("back", "/me")]).await
}

#[tokio::test]
async fn whoever_must_have_one_opens_nothing_before_it_is_set() {
    on_both(async |app, orgs| {
        for (n, (role, org)) in
            [("system_administrator", None), ("security_administrator", None), ("audit_administrator", None)].into_iter().enumerate()
        {
            let login = format!("admin{n}");
            let issued = issued(&app, &login).await;
            appoint(&app, issued.id, role, org).await;
            let mut browser = app.browser();
            sign_in(&mut browser, &login, &issued.code).await;
            browser.get("/password").await;
            assert_eq!(browser.post("/password", &[("password", PASSWORD), ("again", PASSWORD)]).await.location, "/sign-in/second-factor");
            assert!(!is_in(&mut browser).await, "{role}");
            assert_eq!(sign_in(&mut browser, &login, PASSWORD).await, "/sign-in/second-factor", "{role}, a second time too");
            assert!(!is_in(&mut browser).await && browser.get("/sign-in/code").await.location.starts_with("/sign-in?"), "{role}");
            let page = browser.get("/sign-in/second-factor").await;
            let (secret, telephone) = (carried(&page.body), Telephone::scans(&page.body));
            let wrong = browser.post("/sign-in/second-factor", &[("secret", &secret), ("code", &telephone.shows(-9))]).await;
            assert_eq!(wrong.wrong(), ["code"]);
            assert_eq!(carried(&wrong.body), secret, "the telephone has it by now");
            let foreign = browser.post("/sign-in/second-factor", &[("secret", "00ff"), ("code", &telephone.shows(0))]).await;
            assert_eq!(foreign.wrong(), ["code"]);
            assert!(!is_in(&mut browser).await);
            let ticket = browser.cookie("leitu-ticket").unwrap().to_owned();
            let done = browser.post("/sign-in/second-factor", &[("secret", &secret), ("code", &telephone.shows(0))]).await;
            assert_eq!(recovery(&done.body).len(), 10, "{}", done.body);
            assert!(is_in(&mut browser).await, "{role}");
            browser.set_cookie("leitu-ticket", &ticket);
            assert!(browser.get("/sign-in/second-factor").await.location.starts_with("/sign-in?"), "the ticket is used up");
        }
        // A secretary, and whoever has no role, is not asked.
        let (mut plain, who) = settled(&app, "plain").await;
        appoint(&app, who.id, "secretary", Some(orgs.0[0].id)).await;
        assert_eq!(sign_in(&mut plain, "plain", PASSWORD).await, "/todo");
        assert_eq!(events(&app.db, "second-factor.set").await, 3);
    })
    .await;
}

#[tokio::test]
async fn a_code_and_a_recovery_code_open_once_each() {
    on_both(async |app, _| {
        let (_, id, telephone, papers) = with_telephone(&app, "system", "system_administrator", None).await;
        let mut first = asked(&app, "system").await;
        assert!(!is_in(&mut first).await, "a password alone opens nothing");
        assert_eq!(gives(&mut first, &telephone.shows(0)).await.wrong(), ["given"], "it was taken when the device was set");
        let ticket = first.cookie("leitu-ticket").unwrap().to_owned();
        let code = telephone.shows(1);
        assert_eq!(gives(&mut first, &code).await.location, "/me");
        assert!(is_in(&mut first).await);
        let mut other = asked(&app, "system").await;
        assert_eq!(gives(&mut other, &code).await.wrong(), ["given"]);
        assert_eq!(gives(&mut other, &telephone.shows(-1)).await.wrong(), ["given"], "nor one from before the last");
        let mut stolen = app.browser();
        stolen.set_cookie("leitu-ticket", &ticket);
        assert!(stolen.get("/sign-in/code").await.location.starts_with("/sign-in?"), "the ticket is used up, and another browser's");
        assert_eq!(gives(&mut other, &papers[3].to_lowercase()).await.location, "/me");
        assert!(other.get("/me").await.body.contains("备用码还剩 9 个"));
        let mut third = asked(&app, "system").await;
        assert_eq!(gives(&mut third, &papers[3]).await.wrong(), ["given"]);
        assert!(!is_in(&mut third).await);
        let kept: Vec<Vec<u8>> = app.db.lookup("SELECT secret FROM second_factor", &[]).await.unwrap();
        assert!(!kept[0].windows(20).any(|bytes| bytes == telephone.0.as_bytes()), "the secret does not lie in the clear");
        let said: Vec<String> = app.db.lookup("SELECT body FROM event", &[]).await.unwrap();
        assert!(said.iter().all(|body| !body.contains(&papers[3]) && !body.contains(&code)), "{id}");
    })
    .await;
}

#[tokio::test]
async fn of_the_same_code_sent_by_many_at_once_one_gets_in() {
    on_both(async |app, _| {
        let (_, _, telephone, papers) = with_telephone(&app, "system", "system_administrator", None).await;
        for given in [telephone.shows(1), papers[0].clone()] {
            let mut browsers = Vec::new();
            for _ in 0..5 {
                browsers.push(asked(&app, "system").await);
            }
            let sent = browsers.iter_mut().map(|browser| async { gives(browser, &given).await.location });
            let led = futures_util::future::join_all(sent).await;
            assert_eq!(led.iter().filter(|to| *to == "/me").count(), 1, "{led:?}");
            app.db.write(async |tx| tx.exec("DELETE FROM attempt", &[]).await).await.unwrap();
        }
    })
    .await;
}

#[tokio::test]
async fn five_codes_are_looked_at_and_a_right_password_between_them_forgives_none() {
    on_both(async |app, _| {
        let (_, _, telephone, papers) = with_telephone(&app, "system", "system_administrator", None).await;
        for n in 0..5 {
            let mut browser = asked(&app, "system").await;
            let wrong = gives(&mut browser, &telephone.shows(100 + n)).await;
            assert!(wrong.wrong() == ["given"] && wrong.body.contains("动态码或备用码不对"), "{}", wrong.body);
        }
        let mut browser = app.browser();
        browser.get("/sign-in").await;
        let locked = browser.post("/sign-in", &[("login", "system"), ("password", PASSWORD)]).await;
        assert!(locked.status == StatusCode::UNPROCESSABLE_ENTITY && locked.body.contains("30 分钟后再试"), "{}", locked.body);
        app.db.write(async |tx| tx.exec("DELETE FROM attempt", &[]).await).await.unwrap();
        // Tickets that were given out before are no way around it.
        let mut waiting = Vec::new();
        for _ in 0..8 {
            waiting.push(asked(&app, "system").await);
        }
        let sent = waiting.iter_mut().map(|browser| async { gives(browser, "000000").await.body });
        let said = futures_util::future::join_all(sent).await;
        let count = |words: &str| said.iter().filter(|body| body.contains(words)).count();
        assert_eq!((count("动态码或备用码不对"), count("分钟后再试")), (5, 3), "{said:?}");
        assert!(gives(&mut waiting[0], &papers[0]).await.body.contains("分钟后再试"));
        assert_eq!(events(&app.db, "sign-in.failed").await, 10);
    })
    .await;
}

#[tokio::test]
async fn a_ticket_is_worth_nothing_once_the_account_stands_otherwise() {
    on_both(async |app, _| {
        let admin = app.person("system_administrator", None).await;
        let (_, id, telephone, _) = with_telephone(&app, "leader", "system_administrator", None).await;
        for change in ["/code", "/disabling", "/second-factor/removal"] {
            later(&app).await;
            let mut browser = asked(&app, "leader").await;
            assert_eq!(browser.get("/sign-in/code").await.status, StatusCode::OK);
            let changed = app.post(&admin, &format!("/people/{id}{change}"), &[]).await;
            assert!(changed.status == StatusCode::OK || changed.status == StatusCode::SEE_OTHER, "{change} {}", changed.body);
            assert!(gives(&mut browser, &telephone.shows(0)).await.location.starts_with("/sign-in?"), "{change}");
            assert!(!is_in(&mut browser).await, "{change}");
            // As before, for the next of them.
            let phc = app.app.hasher().hash(PASSWORD).await.unwrap();
            app.db.write(async move |tx| access::set_password(tx, id, &phc).await).await.unwrap();
            app.db.write(async move |tx| access::set_disabled(tx, id, None).await).await.unwrap();
        }
        let mut browser = app.browser();
        assert_eq!(sign_in(&mut browser, "leader", PASSWORD).await, "/sign-in/second-factor", "it was taken away");
    })
    .await;
}

#[tokio::test]
async fn what_was_being_sent_goes_along_over_the_second_page() {
    on_both(async |app, _| {
        let (_, _, telephone, _) = with_telephone(&app, "system", "system_administrator", None).await;
        let mut browser = app.browser();
        browser.get("/sign-in").await;
        let fields = [("login", "system"), ("password", PASSWORD), ("back", "/people"), ("kept", "name=%E7%8E%8B")];
        let page = browser.post("/sign-in", &fields).await;
        assert!(page.body.contains("name=\"kept\" value=\"name=%E7%8E%8B\""), "{}", page.body);
        let fields = [("given", "123"), ("back", "/people"), ("kept", "name=%E7%8E%8B")];
        assert!(browser.post("/sign-in/code", &fields).await.body.contains("name=\"kept\""));
        let code = telephone.shows(1);
        let fields = [("given", code.as_str()), ("back", "/people"), ("kept", "name=%E7%8E%8B")];
        let led = browser.post("/sign-in/code", &fields).await;
        assert_eq!((led.status, led.location.as_str()), (StatusCode::TEMPORARY_REDIRECT, "/sign-in/kept?back=%2Fpeople"));
    })
    .await;
}

#[tokio::test]
async fn anybody_sets_their_own_changes_it_and_switches_it_off_unless_they_need_it() {
    on_both(async |app, _| {
        let (mut browser, who) = settled(&app, "lihong").await;
        assert!(browser.get("/me").await.body.contains("/me/second-factor"));
        let page = browser.get("/me/second-factor").await.body;
        let (secret, first) = (carried(&page), Telephone::scans(&page));
        let code = first.shows(0);
        let fields = |old, code| [("secret", secret.as_str()), ("code", code), ("old", old)];
        assert_eq!(browser.post("/me/second-factor", &fields("不是它", &code)).await.wrong(), ["old"]);
        assert_eq!(browser.post("/me/second-factor", &fields(PASSWORD, "12345")).await.wrong(), ["code"]);
        let shown = browser.post("/me/second-factor", &fields(PASSWORD, &code)).await;
        let papers = recovery(&shown.body);
        assert_eq!(papers.len(), 10, "{}", shown.body);
        let mut there = asked(&app, "lihong").await;
        assert_eq!(gives(&mut there, &first.shows(1)).await.location, "/me");
        // Another telephone: with the password and what the old one shows, or a paper.
        let page = browser.get("/me/second-factor").await.body;
        let (secret, second) = (carried(&page), Telephone::scans(&page));
        let code = second.shows(0);
        let fields = |given| [("secret", secret.as_str()), ("code", code.as_str()), ("old", PASSWORD), ("given", given)];
        assert_eq!(browser.post("/me/second-factor", &fields("")).await.wrong(), ["given"]);
        assert_eq!(recovery(&browser.post("/me/second-factor", &fields(&papers[0])).await.body).len(), 10);
        let mut there = asked(&app, "lihong").await;
        later(&app).await;
        assert!(gives(&mut there, &first.shows(0)).await.location.starts_with("/sign-in?"), "the ticket is of before");
        let mut there = asked(&app, "lihong").await;
        assert_eq!(gives(&mut there, &first.shows(0)).await.wrong(), ["given"]);
        assert_eq!(gives(&mut there, &papers[1]).await.wrong(), ["given"], "papers of before");
        // New papers.
        browser.get("/me/recovery-codes").await;
        let again = browser.post("/me/recovery-codes", &[("old", PASSWORD), ("given", &second.shows(0))]).await;
        let papers = recovery(&again.body);
        assert_eq!(papers.len(), 10, "{}", again.body);
        browser.get("/me/second-factor/removal").await;
        // Whoever needs it keeps it.
        appoint(&app, who.id, "audit_administrator", None).await;
        let kept = browser.post("/me/second-factor/removal", &[("old", PASSWORD), ("given", &papers[0])]).await;
        assert_eq!(kept.status, StatusCode::FORBIDDEN);
        assert!(!browser.get("/me").await.body.contains("/me/second-factor/removal"));
        let end = "UPDATE post SET ended = 1 WHERE role = 'audit_administrator'";
        app.db.write(async move |tx| tx.exec(end, &[]).await).await.unwrap();
        browser.get("/me/second-factor/removal").await;
        let off = browser.post("/me/second-factor/removal", &[("old", PASSWORD), ("given", &papers[0])]).await;
        assert_eq!(off.location, "/me", "{}", off.body);
        assert_eq!(sign_in(&mut app.browser(), "lihong", PASSWORD).await, "/todo");
        for action in ["set", "replaced", "codes-renewed", "ended"] {
            let action: &'static str = format!("second-factor.{action}").leak();
            assert_eq!(events(&app.db, action).await, 1, "{action}");
        }
    })
    .await;
}

#[tokio::test]
async fn whoever_lost_everything_is_helped_by_the_administrator_of_accounts_and_told_of_it() {
    on_both(async |app, _| {
        let admin = app.person("system_administrator", None).await;
        let (mut browser, id, _, _) = with_telephone(&app, "leader", "system_administrator", None).await;
        let (mut other, other_id, _, _) = with_telephone(&app, "auditor", "audit_administrator", None).await;
        let page = app.get(&admin, &format!("/people/{id}")).await.body;
        assert!(page.contains(&format!("/people/{id}/second-factor/removal")), "{page}");
        let taken = app.post(&admin, &format!("/people/{id}/second-factor/removal"), &[]).await;
        assert_eq!(taken.location, format!("/people/{id}"));
        assert!(!is_in(&mut browser).await, "every session ends");
        assert_eq!(app.post(&admin, &format!("/people/{id}/second-factor/removal"), &[]).await.status, StatusCode::NOT_FOUND);
        assert_eq!(sign_in(&mut browser, "leader", PASSWORD).await, "/sign-in/second-factor");
        let page = browser.get("/sign-in/second-factor").await;
        let telephone = Telephone::scans(&page.body);
        browser.post("/sign-in/second-factor", &[("secret", &carried(&page.body)), ("code", &telephone.shows(0))]).await;
        assert!(browser.get("/notices").await.body.contains("系统管理员取消了您的动态码"));
        let auditor = app.person("audit_administrator", None).await;
        assert!(app.get(&auditor, "/notices").await.body.contains("的动态码已被取消"));
        // Not another kind of administrator's, and not one's own.
        assert_eq!(app.post(&admin, &format!("/people/{other_id}/second-factor/removal"), &[]).await.status, StatusCode::FORBIDDEN);
        assert!(is_in(&mut other).await);
        let own = app.post(&admin, &format!("/people/{}/second-factor/removal", admin.account), &[]).await;
        assert_eq!(own.status, StatusCode::FORBIDDEN);
        assert_eq!(events(&app.db, "second-factor.taken").await, 1);
        assert!(app.get(&admin, &format!("/people/{id}")).await.body.contains(" 取消动态码<"), "it stands in the account's history");
        // The server's own operator helps where nobody else may.
        let kept = accounts::reset(&app.db, &System::command("root"), "auditor", false).await.unwrap();
        assert_eq!(sign_in(&mut other, "auditor", &kept.code).await, "/password");
        other.get("/password").await;
        let new = "第二个更长的密码";
        assert_eq!(other.post("/password", &[("password", new), ("again", new)]).await.location, "/sign-in/code");
        assert!(other.get("/sign-in/code").await.status == StatusCode::OK && !is_in(&mut other).await, "a new code is no second factor");
        let reset = accounts::reset(&app.db, &System::command("root"), "auditor", true).await.unwrap();
        assert_eq!(sign_in(&mut other, "auditor", &reset.code).await, "/password");
        other.get("/password").await;
        assert_eq!(other.post("/password", &[("password", new), ("again", new)]).await.location, "/sign-in/second-factor");
    })
    .await;
}

#[tokio::test]
async fn whoever_is_given_a_role_that_needs_it_is_signed_out_and_a_demo_asks_nobody() {
    on_both(async |app, _| {
        let security = app.person("security_administrator", None).await;
        for (role, org, stays) in [("secretary", "12", true), ("audit_administrator", "", false)] {
            let (mut browser, who) = settled(&app, role).await;
            let given = app.post(&security, &format!("/roles/{}", who.id), &[("role", role), ("org", org)]).await;
            assert_eq!(given.status, StatusCode::SEE_OTHER, "{}", given.body);
            assert_eq!(is_in(&mut browser).await, stays, "{role}");
        }
    })
    .await;
    for engine in testkit::engines().await {
        let (app, _) = house(engine.db().clone(), Some(installation::Kind::Demo), accounts::SetUp::none()).await;
        let (_, who) = settled(&app, "lihong").await;
        appoint(&app, who.id, "system_administrator", None).await;
        let mut browser = app.browser();
        assert_eq!(sign_in(&mut browser, "lihong", PASSWORD).await, "/todo");
        assert!(browser.get("/me").await.body.contains("演示环境不要求动态码"));
    }
}

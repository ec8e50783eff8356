//! What the door takes for a password, and how long what it has given out is worth something.
#![allow(clippy::disallowed_methods, reason = "it turns the clock")]
mod house;
use db::params;
use house::*;
use kernel::Instant;
use testkit::TestApp;
use web::StatusCode;

async fn sets(app: &TestApp, login: &str, password: &str) {
    let issued = issued(app, login).await;
    let mut browser = app.browser();
    assert_eq!(sign_in(&mut browser, login, &issued.code).await, "/password");
    browser.get("/password").await;
    assert_eq!(browser.post("/password", &[("password", password), ("again", password)]).await.location, "/todo", "{password}");
}

#[tokio::test]
async fn a_password_is_compared_sign_by_sign_as_it_was_typed() {
    on_both(async |app, _| {
        let long = "长征路上".repeat(32);
        let other_end = format!("{}处", long.chars().take(127).collect::<String>());
        sets(&app, "long", &long).await;
        assert_eq!(sign_in(&mut app.browser(), "long", &other_end).await, "", "128 signs count to the last");
        assert_eq!(sign_in(&mut app.browser(), "long", &long).await, "/todo");
        sets(&app, "exact", " Two Words ").await;
        for near in ["Two Words", " two words ", " Two Words", "+Two+Words+"] {
            assert_eq!(sign_in(&mut app.browser(), "exact", near).await, "", "{near}");
        }
        assert_eq!(sign_in(&mut app.browser(), "exact", " Two Words ").await, "/todo");
    })
    .await;
}

#[tokio::test]
async fn a_password_does_not_grow_old() {
    on_both(async |app, _| {
        settled(&app, "lihong").await;
        app.db.write(async |tx| tx.exec("UPDATE account SET created = 0", &[]).await).await.unwrap();
        assert_eq!(sign_in(&mut app.browser(), "lihong", PASSWORD).await, "/todo");
    })
    .await;
}

#[tokio::test]
async fn a_code_and_the_ticket_it_gave_are_worth_nothing_after_their_time() {
    on_both(async |app, _| {
        let who = issued(&app, "lihong").await;
        let mut browser = app.browser();
        assert_eq!(sign_in(&mut browser, "lihong", &who.code).await, "/password");
        let ticket = browser.cookie("leitu-ticket").unwrap().to_owned();
        assert_eq!(browser.get("/password").await.status, StatusCode::OK);
        // The same ticket, signed by ourselves, but of yesterday.
        let code: Vec<Vec<u8>> = app.db.lookup("SELECT code FROM account WHERE login = 'lihong'", &[]).await.unwrap();
        let hex = |bytes: &[u8]| bytes.iter().map(|b| format!("{b:02x}")).collect::<String>();
        let signed = |until: i64| {
            let text = format!("{}|{until}|{}", who.id, hex(&code[0]));
            format!("{}.{until}.{}", who.id, hex(&app.app.keys().sign("set-password", &text)))
        };
        let until: i64 = ticket.split('.').nth(1).unwrap().parse().unwrap();
        assert_eq!(signed(until), ticket, "or this test proves nothing");
        let mut late = app.browser();
        late.set_cookie("leitu-ticket", &signed(Instant::now().0 - 1));
        assert_eq!(late.get("/password").await.status, StatusCode::SEE_OTHER);
        let past = Instant::now().0 - 1;
        app.db.write(async move |tx| tx.exec("UPDATE account SET code_until = $1", &params![past]).await).await.unwrap();
        assert_eq!(browser.get("/password").await.status, StatusCode::SEE_OTHER);
        assert_eq!(sign_in(&mut app.browser(), "lihong", &who.code).await, "");
    })
    .await;
}

#[tokio::test]
async fn fields_of_passwords_are_masked_and_known_to_password_managers() {
    on_both(async |app, _| {
        let (mut browser, _) = settled(&app, "lihong").await;
        let fields = |page: &str| {
            let inputs = page.split("<input").skip(1).map(|i| i.split('>').next().unwrap_or_default().to_owned());
            inputs.filter(|i| ["password", "old", "again"].iter().any(|n| i.contains(&format!("name=\"{n}\"")))).collect::<Vec<_>>()
        };
        for (path, number) in [("/sign-in", 1), ("/me/password", 3)] {
            let found = fields(&browser.get(path).await.body);
            assert_eq!(found.len(), number, "{path}");
            for field in found {
                assert!(field.contains("type=\"password\"") && !field.contains("autocomplete=\"off\""), "{field}");
                assert!(field.contains("autocomplete=\"current-password\"") || field.contains("autocomplete=\"new-password\""), "{field}");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn of_a_field_sent_twice_neither_is_taken_and_an_address_adds_none_to_a_form() {
    on_both(async |app, _| {
        settled(&app, "lihong").await;
        let mut browser = app.browser();
        browser.get("/sign-in").await;
        let twice = browser.post("/sign-in", &[("login", "lihong"), ("password", PASSWORD), ("login", "wangqiang")]).await;
        assert_eq!((twice.status, twice.location.as_str()), (StatusCode::UNPROCESSABLE_ENTITY, ""));
        browser.get("/sign-in").await;
        let beside = browser.post("/sign-in?login=lihong&password=x", &[("login", "wangqiang"), ("password", PASSWORD)]).await;
        assert_eq!(beside.location, "", "what stands in the address is no field of the form");
        assert!(browser.get("/sign-in?login=first").await.body.contains("value=\"first\""));
        let address = browser.get("/sign-in?login=first&login=second").await;
        assert!(!address.body.contains("value=\"first\"") && !address.body.contains("value=\"second\""), "neither is chosen");
    })
    .await;
}

#[tokio::test]
async fn signing_out_asks_the_script_to_drop_what_this_browser_kept() {
    on_both(async |app, _| {
        let (mut browser, _) = settled(&app, "lihong").await;
        let page = browser.get("/me").await.body;
        for action in ["/sign-out", "/sign-out-everywhere"] {
            let form = page.split("<form").find(|f| f.contains(&format!("action=\"{action}\""))).unwrap();
            assert!(form.split('>').next().unwrap().contains("data-signout"), "{form}");
        }
    })
    .await;
}

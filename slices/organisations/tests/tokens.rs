//! A program with a token does what its maker gave it, as long as both hold.
#![allow(clippy::restriction, clippy::disallowed_methods, reason = "in a test, what is missing is a failure; it turns the clock")]
use access::{NewToken, System};
use audit::Event;
use axum::http::Method;
use db::params;
use kernel::Instant;
use testkit::{Person, TestApp, on_both};
use web::{Shared, StatusCode};

const PROVINCE: &[(&str, &str)] = &[("code", "21"), ("name", "省直机关工委"), ("type", "611"), ("category", ""), ("parent_code", "")];

async fn token(app: &TestApp, who: &Person, role: &'static str) -> NewToken {
    let (new, account) = (NewToken::new().unwrap(), who.account);
    let made = new.clone();
    let by = System::command("test");
    let done = audit::change(&app.db, &by, async move |tx| {
        access::make_token(tx, account, &new, "门户", role, 30, Instant::now()).await?;
        Ok(((), Event::new("token.made", "token:1")))
    });
    done.await.unwrap();
    made
}

async fn asked(app: &TestApp, token: &NewToken, path: &str) -> StatusCode {
    app.program(&token.text, Method::GET, path, None).await.status
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_opens_what_its_one_role_opens_and_nothing_of_its_maker_s_own() {
    on_both(&[], async |db| {
        let app = TestApp::new(db, vec![organisations::slice()], &[], Shared::default()).await;
        let committee = app.person("committee", None).await;
        let place = app.post(&committee, "/orgs", PROVINCE).await.location;
        app.also(&committee, "member", place.rsplit('/').next().unwrap().parse().unwrap()).await;
        let (wide, narrow) = (token(&app, &committee, "committee").await, token(&app, &committee, "member").await);
        assert_eq!((asked(&app, &wide, &place).await, asked(&app, &narrow, &place).await), (StatusCode::OK, StatusCode::OK));
        assert_eq!(
            (asked(&app, &wide, "/orgs/new").await, asked(&app, &narrow, "/orgs/new").await),
            (StatusCode::OK, StatusCode::FORBIDDEN)
        );
        let hollow = token(&app, &committee, "secretary").await;
        assert_eq!(asked(&app, &hollow, &place).await, StatusCode::NOT_FOUND, "a role its maker does not hold opens nothing");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_is_dead_when_it_is_revoked_has_run_out_or_its_maker_was_signed_out_or_disabled() {
    on_both(&[], async |db| {
        let app = TestApp::new(db, vec![organisations::slice()], &[], Shared::default()).await;
        let committee = app.person("committee", None).await;
        let (id, path) = (committee.account, "/api/v1/orgs");
        let now = Instant::now();
        for way in ["revoked", "run out", "signed out everywhere", "disabled"] {
            let token = token(&app, &committee, "committee").await;
            assert_eq!(asked(&app, &token, path).await, StatusCode::OK, "{way}");
            let end = app.db.write(async move |tx| match way {
                "revoked" => access::revoke_token(tx, id, token.id).await,
                "run out" => tx.exec("UPDATE api_token SET expires = $1", &params![now]).await.map(drop),
                "disabled" => access::set_disabled(tx, id, Some(now)).await,
                _ => access::close_all(tx, id).await,
            });
            end.await.unwrap();
            assert_eq!(asked(&app, &token, path).await, StatusCode::UNAUTHORIZED, "{way}");
        }
        for forged in ["", "leitu_", "leitu_0000000000000000000000000000000000000000000000000000000000000000"] {
            assert_eq!(app.program(forged, Method::GET, path, None).await.status, StatusCode::UNAUTHORIZED, "{forged}");
        }
    })
    .await;
}

//! What somebody has typed and not sent.
mod house;
use house::*;
use testkit::{Person, TestApp};
use web::StatusCode;

const HERE: &str = "/orgs/new /orgs";

async fn keep(app: &TestApp, who: &Person, place: &str, name: &str) {
    assert_eq!(app.post(who, "/drafts", &[("_of", place), ("name", name), ("password", "geheim")]).await.status, StatusCode::OK);
}

/// What is offered; nothing if there is no draft.
async fn offered(app: &TestApp, who: &Person, place: &str) -> Option<String> {
    let body = app.get(who, &format!("/drafts?of={}", place.replace(' ', "%20"))).await.body;
    body.contains("data-fields").then_some(body)
}

#[tokio::test]
async fn a_draft_is_offered_to_its_writer_alone_until_it_is_sent_and_leaves_no_event() {
    on_both(async |app, _| {
        let (who, other) = (app.person("secretary", None).await, app.person("secretary", None).await);
        let events: i64 = app.db.lookup("SELECT COUNT(*) FROM event", &[]).await.unwrap()[0];
        assert_eq!(offered(&app, &who, HERE).await, None);
        keep(&app, &who, HERE, "城关第一党支部").await;
        keep(&app, &who, HERE, "城关第二党支部").await;
        let offer = offered(&app, &who, HERE).await.unwrap();
        assert!(offer.contains("城关第二党支部") && !offer.contains("城关第一党支部"), "{offer}");
        assert!(!offer.contains("geheim"), "a secret is not kept: {offer}");
        for (person, place) in [(&other, HERE), (&who, "/orgs/new /imports")] {
            assert_eq!(offered(&app, person, place).await, None);
        }
        let lying: Vec<Vec<u8>> = app.db.lookup("SELECT sealed FROM draft", &[]).await.unwrap();
        let typed = "城关".as_bytes();
        assert!(lying.len() == 1 && !lying[0].windows(typed.len()).any(|part| part == typed), "it lies sealed");
        assert_eq!(app.post(&who, "/drafts/forgetting", &[("_of", HERE)]).await.status, StatusCode::OK);
        assert_eq!(offered(&app, &who, HERE).await, None);
        assert_eq!(app.db.lookup::<i64>("SELECT COUNT(*) FROM event", &[]).await.unwrap(), [events]);
    })
    .await;
}

#[tokio::test]
async fn the_newest_thirty_are_kept_for_thirty_days_and_none_is_endless() {
    on_both(async |app, _| {
        let who = app.person("secretary", None).await;
        for n in 0..31 {
            keep(&app, &who, &format!("/orgs/{n} /orgs"), "某支部").await;
        }
        assert_eq!(app.db.lookup::<i64>("SELECT COUNT(*) FROM draft", &[]).await.unwrap(), [30]);
        assert_eq!(offered(&app, &who, "/orgs/0 /orgs").await, None);
        assert_ne!(offered(&app, &who, "/orgs/30 /orgs").await, None);
        #[allow(clippy::disallowed_methods, reason = "time passes")]
        app.db.write(async |tx| tx.exec("UPDATE draft SET at = at - 2592000000", &[]).await).await.unwrap();
        assert_eq!(offered(&app, &who, "/orgs/30 /orgs").await, None);
        let long = "长".repeat(30_000);
        let refused = app.post(&who, "/drafts", &[("_of", HERE), ("text", &long)]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.body.contains("草稿没有存"), "{}", refused.body);
        assert_eq!(app.post(&who, "/drafts", &[("_of", "https://elsewhere"), ("name", "x")]).await.status, StatusCode::NOT_FOUND);
    })
    .await;
}

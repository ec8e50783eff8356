//! What the pages offer is what may be pressed: nobody verifies their own, nobody is reminded of what is closed, and what
//! was withdrawn can be found.
#![allow(clippy::restriction, reason = "in a test, what is missing is a failure")]
mod ground;

use ground::Ground;
use testkit::on_both;
use web::StatusCode;

const VERIFY: &str = "/verification\"";
const RETURN: &str = "/return\"";
const REMIND: &str = "action=\"/problems/reminders\"";
const BUTTON: &str = "提醒";

#[tokio::test(flavor = "multi_thread")]
async fn whoever_put_it_right_is_not_offered_to_verify_it() {
    on_both(&[], async |db| {
        let g = Ground::new(db).await;
        let branch = g.branch("A-1").await;
        let (both, deputy) = (g.app.person("secretary", Some(branch)).await, g.app.person("deputy", Some(g.unit)).await);
        g.app.also(&both, "deputy", g.unit).await;
        let elsewhere = g.app.person("secretary", Some(branch)).await;
        g.app.also(&elsewhere, "deputy", g.sibling).await;
        let id = g.open(branch, "A1").await;
        let page = format!("/problems/{id}");
        for (step, fields) in [("work", vec![]), ("closure", vec![("closing", "已改")])] {
            assert_eq!(g.app.post(&both, &format!("{page}/{step}"), &fields).await.status, StatusCode::SEE_OTHER);
        }
        let offers = async |who: &testkit::Person| {
            let body = g.app.get(who, &page).await.body;
            let board = g.app.get(who, "/problems").await.body;
            (body.contains(VERIFY), body.contains(RETURN), board.contains("#verify-form"))
        };
        assert_eq!(offers(&both).await, (false, false, false), "the submitter, whatever else they are");
        assert_eq!(offers(&elsewhere).await, (false, false, false), "verifies in another unit only, and is its secretary");
        assert_eq!(offers(&deputy).await, (true, true, true));
        assert_eq!(g.app.post(&both, &format!("{page}/verification"), &[]).await.status, StatusCode::FORBIDDEN);
        assert_eq!(g.app.post(&deputy, &format!("{page}/verification"), &[]).await.status, StatusCode::SEE_OTHER);
        let list = async |f: &str| g.app.get(&deputy, &format!("/problems?view=list&f={f}")).await.body;
        let closed = list("closed").await;
        assert!(closed.contains("A-1-2026-0001") && !closed.contains("name=\"no\"") && !closed.contains(&format!(">{BUTTON}")), "{closed}");
        g.open(branch, "B2").await;
        let open = list("open").await;
        assert!(open.contains(REMIND) && open.contains("name=\"no\""), "{open}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_withdrawn_stands_in_a_list_of_its_own_without_a_clock() {
    on_both(&[], async |db| {
        let g = Ground::new(db).await;
        let branch = g.branch("A-1").await;
        let (deputy, stranger) = (g.app.person("deputy", Some(g.unit)).await, g.app.person("deputy", Some(g.sibling)).await);
        let id = g.open(branch, "A1").await;
        let list = async |who: &testkit::Person, f: &str| g.app.get(who, &format!("/problems?view=list&f={f}")).await.body;
        assert!(!list(&deputy, "open").await.contains("f=withdrawn"), "where nothing is withdrawn, nobody is asked to look");
        assert!(g.withdraw(branch, "A1", "复检加回").await);
        assert!(list(&deputy, "open").await.contains("f=withdrawn"));
        let withdrawn = list(&deputy, "withdrawn").await;
        assert!(withdrawn.contains(&format!("/problems/{id}")) && withdrawn.contains("A-1-2026-0001"), "{withdrawn}");
        assert!(!withdrawn.contains("class=\"light"), "{withdrawn}");
        assert!(!g.app.get(&deputy, &format!("/problems/{id}")).await.body.contains("class=\"light"));
        assert!(!list(&stranger, "withdrawn").await.contains("A-1-2026-0001"));
        let csv = g.app.get(&deputy, "/problems/export?format=csv&f=withdrawn").await;
        assert_eq!((csv.status, csv.body.lines().count()), (StatusCode::OK, 2));
    })
    .await;
}

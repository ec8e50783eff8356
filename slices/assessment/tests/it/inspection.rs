//! Who may inspect whom, and draws that anybody can run again (S44, S45), on both engines.

use crate::onward::onward;
use crate::stage::{Stage, org, stage};
use assessment::inspection::avoidance;
use audit::Event;
use axum::http::Method;
use kernel::{BusinessDate, OrgId};
use testkit::{TestApp, on_both};
use web::StatusCode;

/// A unit committee with a general branch and a branch below it, and a stage whose cycle knows the branch.
async fn unit(db: db::Db) -> (Stage, OrgId) {
    let s = stage(db).await;
    let founder = s.app.person("committee", None).await;
    let unit = org(&s.app, &founder, "21-9", "某单位党委", "611", "21").await;
    org(&s.app, &founder, "21-9-1", "某单位党总支", "621", "21-9").await;
    (s, unit)
}

async fn units(app: &TestApp, account: kernel::AccountId) -> Vec<OrgId> {
    app.db.read(async move |tx| avoidance::units(tx, account).await).await.unwrap().into_iter().collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_post_counts_for_the_nearest_committee_at_or_above_it_and_being_an_inspector_for_none() {
    on_both(&[], async |db| {
        let (s, unit) = unit(db).await;
        let founder = s.app.person("committee", None).await;
        let below = org(&s.app, &founder, "21-9-1-1", "某支部", "631", "21-9-1").await;
        let secretary = s.app.person("secretary", Some(below)).await;
        assert_eq!(units(&s.app, secretary.account).await, vec![unit], "through the general branch");
        let deputy = s.app.person("deputy", Some(unit)).await;
        assert_eq!(units(&s.app, deputy.account).await, vec![unit], "not the work committee above it");
        let sent = s.app.person("inspector", Some(s.root)).await;
        assert!(units(&s.app, sent.account).await.is_empty());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_given_a_branch_under_their_own_committee_wherever_it_stands_today() {
    on_both(&[], async |db| {
        let (s, unit) = unit(db).await;
        let tied = s.app.person("deputy", Some(unit)).await;
        let login = tied.account.to_string();
        let teams = format!("/assess/{}/teams", s.cycle);
        let made = s.app.post(&s.committee, &teams, &[("layer", "acceptance"), ("name", "一组"), ("inspectors", &login)]).await;
        assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.body);
        let id = s.cycle;
        let team = s.app.db.read(async move |tx| assessment::inspection::store::teams(tx, id).await).await.unwrap()[0].id.to_string();
        let fields = [("team", team.as_str()), ("branches", "21-1")];
        let give = format!("/assess/{}/assignments", s.cycle);
        let branch = s.branch;
        audit::change(&s.app.db, &access::System::command("test"), async move |tx| {
            tree::relocate(tx, branch, Some(unit), BusinessDate::parse(TestApp::TODAY)?).await?;
            Ok(((), Event::new("organisation.relocate", format!("organisation:{branch}"))))
        })
        .await
        .unwrap();
        let refused = s.app.post(&s.committee, &give, &fields).await;
        assert_eq!(refused.wrong(), ["branches"], "it has moved under their committee: {}", refused.body);
        let back = s.root;
        audit::change(&s.app.db, &access::System::command("test"), async move |tx| {
            tree::relocate(tx, branch, Some(back), BusinessDate::parse(TestApp::TODAY)?.plus_days(1)).await?;
            Ok(((), Event::new("organisation.relocate", format!("organisation:{branch}"))))
        })
        .await
        .unwrap();
        assert_eq!(s.app.post(&s.committee, &give, &fields).await.status, StatusCode::SEE_OTHER, "back under another one");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_branch_that_moves_keeps_its_place_in_the_cycle_while_access_follows_the_tree() {
    on_both(&[], async |db| {
        let (s, unit) = unit(db).await;
        let (deputy, founder) = (s.app.person("deputy", Some(s.root)).await, s.app.person("committee", None).await);
        let list = format!("/api/v1/cycles/{}/sheets", s.cycle);
        assert!(s.app.api(&deputy, Method::GET, &list, None).await.body.contains("21-1"));
        let away = s.app.post(&founder, &format!("/orgs/{}/place", s.branch), &[("parent_code", "22"), ("day", TestApp::TODAY)]).await;
        assert_eq!(away.status, StatusCode::SEE_OTHER, "{}", away.body);
        assert!(!s.app.api(&deputy, Method::GET, &list, None).await.body.contains("21-1"), "it has left their subtree");
        assert!(!s.app.get(&deputy, &format!("/assess/{}/sheets", s.cycle)).await.body.contains("第一支部"));
        let (id, root) = (s.sheet, s.root);
        let (place, top) = s
            .app
            .db
            .read(async move |tx| Ok((assessment::sheet::store::any(tx, id).await?.path, tree::node(tx, root).await?.path)))
            .await
            .unwrap();
        assert!(top.covers(&place), "the cycle still counts it where it stood");
        let _ = unit;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn programs_read_the_cycles_of_their_tree_only() {
    on_both(&[], async |db| {
        let s = stage(db).await;
        let one = s.app.api(&s.committee, Method::GET, &format!("/api/v1/cycles/{}", s.cycle), None).await;
        assert_eq!(one.status, StatusCode::OK);
        assert!(one.body.contains("\"phase\":\"preparation\"") && one.body.contains("\"branches\":1"), "{}", one.body);
        let other = s.app.db.read(async move |tx| organisations::by_code(tx, "22").await).await.unwrap().unwrap().id;
        let stranger = s.app.person("committee", Some(other)).await;
        assert_eq!(s.app.api(&stranger, Method::GET, &format!("/api/v1/cycles/{}", s.cycle), None).await.status, StatusCode::NOT_FOUND);
        assert_eq!(s.app.api(&stranger, Method::GET, "/api/v1/cycles", None).await.body, "[]");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn reminders_go_out_once_a_day_and_moving_on_past_the_unfinished_needs_a_reason() {
    on_both(&[], async |db| {
        let s = stage(db).await;
        let remind = format!("/assess/{}/reminders", s.cycle);
        assert_eq!(onward(&s.app, &s.committee, s.cycle, "").await.status, StatusCode::SEE_OTHER);
        let told = async || {
            let n: Result<i64, _> = s.app.db.read(async |tx| tx.one("SELECT COUNT(*) FROM notice", &[]).await).await;
            n.unwrap()
        };
        s.app.post(&s.committee, &remind, &[]).await;
        assert_eq!(told().await, 1);
        s.app.post(&s.committee, &remind, &[]).await;
        assert_eq!(told().await, 1, "not twice on one day");
        s.app.clock.set(s.app.clock.today().plus_days(1));
        s.app.post(&s.committee, &remind, &[]).await;
        assert_eq!(told().await, 2, "again the next day");
        assert!(s.app.get(&s.committee, &format!("/assess/{}/phase", s.cycle)).await.body.contains("还有 1 个没有完成"), "S31");
        assert_eq!(onward(&s.app, &s.committee, s.cycle, "").await.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(onward(&s.app, &s.committee, s.cycle, "漏评支部另行督促").await.status, StatusCode::SEE_OTHER);
    })
    .await;
}

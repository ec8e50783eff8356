//! A request sent again because its answer was lost: its first answer, and nothing twice; also where it was cut in the middle.

use crate::onward::onward;
use crate::stage::{Stage, stage};
use assessment::cycle::phase::Phase;
use assessment::sheet::context;
use axum::http::Method;
use std::collections::BTreeMap;
use testkit::{Answer, on_both};
use web::StatusCode;

/// All indicators with full marks, handed in under a key.
async fn hand_in(s: &Stage, key: &str) -> Answer {
    let scheme = context::any(&s.app.db, s.sheet).await.unwrap().scheme;
    let mut fields: BTreeMap<String, String> = scheme.indicators.iter().map(|i| (format!("s-{}", i.code), i.points.to_string())).collect();
    fields.insert("do".into(), "submit".into());
    let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    s.app.post_again(&s.secretary, &format!("/sheets/{}/self", s.sheet), key, &fields).await
}

async fn run(s: &Stage, sql: &'static str) {
    audit::stage(&s.app.db, async move |tx| tx.exec(sql, &[]).await).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sheet_handed_in_again_is_answered_as_at_first() {
    on_both(&[], async |db| {
        let s = stage(db).await;
        s.move_to(Phase::SelfAssessment).await;
        let first = hand_in(&s, "one").await;
        let (saves, handed) = (s.events("score.save").await, s.events("sheet.submit").await);
        let again = hand_in(&s, "one").await;
        assert_eq!((again.status, &again.location), (StatusCode::SEE_OTHER, &first.location), "{}", again.body);
        assert_eq!((s.events("score.save").await, s.events("sheet.submit").await), (saves, handed));
        assert_eq!((saves, handed), (27, 1));
        assert_eq!(hand_in(&s, "two").await.status, StatusCode::CONFLICT, "another request is refused as ever");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_cut_between_saving_and_handing_in_is_handed_in_when_it_comes_again() {
    on_both(&[], async |db| {
        let s = stage(db).await;
        s.move_to(Phase::SelfAssessment).await;
        run(&s, "ALTER TABLE submission RENAME TO submission_away").await;
        assert_eq!(hand_in(&s, "one").await.status, StatusCode::INTERNAL_SERVER_ERROR);
        run(&s, "ALTER TABLE submission_away RENAME TO submission").await;
        assert_eq!((s.events("score.save").await, s.events("sheet.submit").await), (27, 0), "what was saved is saved");
        let again = hand_in(&s, "one").await;
        assert_eq!((again.status, s.events("sheet.submit").await), (StatusCode::SEE_OTHER, 1), "{}", again.body);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_program_that_saves_again_after_the_sheet_was_locked_gets_its_receipt() {
    on_both(&[], async |db| {
        let s = stage(db).await;
        s.move_to(Phase::SelfAssessment).await;
        let (path, json) =
            (format!("/api/v1/sheets/{}/self/A1", s.sheet), serde_json::json!({ "score": "1", "reason": "缺记录", "rev": 0 }));
        let save = async |key: &str| s.app.api_again(&s.secretary, Method::PUT, &path, key, Some(json.clone())).await;
        let first = save("one").await;
        assert_eq!(first.status, StatusCode::OK, "{}", first.body);
        s.move_to(Phase::Acceptance).await;
        let again = save("one").await;
        assert_eq!((again.status, &again.body), (StatusCode::OK, &first.body));
        assert_eq!(save("two").await.status, StatusCode::CONFLICT);
        assert_eq!(s.events("score.save").await, 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cycle_moved_on_again_stays_where_it_is_and_takes_nothing_back() {
    on_both(&[], async |db| {
        let s = stage(db).await;
        s.move_to(Phase::SelfAssessment).await;
        assert_eq!(hand_in(&s, "one").await.status, StatusCode::SEE_OTHER);
        s.inspector().await;
        let step = async || {
            s.app.post_again(&s.committee, &format!("/assess/{}/phase", s.cycle), "step", &[("to", "acceptance"), ("reason", "")]).await
        };
        let first = step().await;
        let open = async || {
            let sql = "SELECT COUNT(*) FROM todo WHERE done IS NULL";
            s.app.db.lookup::<i64>(sql, &[]).await.unwrap()[0]
        };
        let (before, again) = (open().await, step().await);
        assert_eq!((again.status, &again.location), (StatusCode::SEE_OTHER, &first.location), "{}", again.body);
        assert_eq!((s.events("cycle.advance").await, open().await), (1, before));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn everybody_under_the_root_is_told_once_that_the_results_are_public() {
    on_both(&[], async |db| {
        let s = stage(db).await;
        s.move_to(Phase::Review).await;
        let moved = onward(&s.app, &s.committee, s.cycle, "已审定").await;
        assert_eq!(moved.status, StatusCode::SEE_OTHER, "{}", moved.body);
        let told = "SELECT addressee FROM notice WHERE key = 'notice-publicity' ORDER BY addressee";
        let mut wanted = [("reviewer", s.root), ("inspector", s.root), ("deputy", s.root), ("secretary", s.branch), ("member", s.branch)]
            .map(|(role, org)| format!("{role}@{org}"))
            .to_vec();
        wanted.sort();
        assert_eq!(s.app.db.lookup::<String>(told, &[]).await.unwrap(), wanted);
    })
    .await;
}

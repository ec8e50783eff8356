//! What may be filled when, who is reminded of what, and what a person may overrule; through the router, on both engines.

use crate::stage::{Stage, stage};
use access::System;
use assessment::cycle::phase::Phase;
use assessment::sheet::context;
use audit::Event;
use axum::http::Method;
use facts::NewFact;
use kernel::{AccountId, Instant};
use std::collections::BTreeMap;
use testkit::{Answer, Person, on_both};
use web::StatusCode;

/// Fills every indicator with full marks and submits.
async fn submit(s: &Stage, who: &Person, layer: &str) -> Answer {
    let scheme = context::any(&s.app.db, s.sheet).await.unwrap().scheme;
    let mut fields: BTreeMap<String, String> = scheme.indicators.iter().map(|i| (format!("s-{}", i.code), i.points.to_string())).collect();
    fields.insert("do".into(), "submit".into());
    let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    s.app.post(who, &format!("/sheets/{}/{layer}", s.sheet), &fields).await
}

async fn todos(s: &Stage, account: AccountId) -> i64 {
    let to = format!("account:{account}");
    let sql = "SELECT COUNT(*) FROM todo WHERE addressee = $1 AND done IS NULL";
    s.app.db.read(async move |tx| tx.one(sql, &db::params![&to]).await).await.unwrap()
}

async fn told(s: &Stage, to: String) -> i64 {
    s.app.db.read(async move |tx| tx.one("SELECT COUNT(*) FROM notice WHERE addressee = $1", &db::params![&to]).await).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn late_only_with_permission_and_what_comes_late_goes_to_its_inspectors_at_once() {
    on_both(&[], async |db| {
        let s = stage(db).await;
        let inspector = s.inspector().await;
        s.move_to(Phase::SelfAssessment).await;
        s.app.clock.set(s.app.clock.today().plus_days(16));
        assert_eq!(submit(&s, &s.secretary, "self").await.status, StatusCode::UNPROCESSABLE_ENTITY, "its date is over");
        s.move_to(Phase::Acceptance).await;
        let permit = async |until: String, reason: &str| {
            let (sheet, path) = (s.sheet.to_string(), format!("/assess/{}/late-permissions", s.cycle));
            s.app.post(&s.committee, &path, &[("sheet", &sheet), ("until", &until), ("reason", reason)]).await.status
        };
        let today = s.app.clock.today();
        assert_eq!(permit(today.plus_days(3).to_string(), " ").await, StatusCode::UNPROCESSABLE_ENTITY, "in writing");
        assert_eq!(permit(today.plus_days(-1).to_string(), "换届").await, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(permit(today.plus_days(3).to_string(), "换届").await, StatusCode::SEE_OTHER);
        assert_eq!(todos(&s, inspector.account).await, 0, "nothing to inspect yet");
        assert_eq!(submit(&s, &s.secretary, "self").await.status, StatusCode::SEE_OTHER);
        assert_eq!(todos(&s, inspector.account).await, 1, "at once");
        assert_eq!(submit(&s, &inspector, "acceptance").await.status, StatusCode::SEE_OTHER);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_returned_is_open_again_and_leaves_the_inspectors_until_it_comes_back() {
    on_both(&[], async |db| {
        let s = stage(db).await;
        let inspector = s.inspector().await;
        s.move_to(Phase::SelfAssessment).await;
        let evidence = format!("/sheets/{}/evidence/A1", s.sheet);
        let attach = async || s.app.upload(&s.secretary, &evidence, &[], &[("file", "签到.txt", "签到".as_bytes())]).await.status;
        assert_eq!(attach().await, StatusCode::SEE_OTHER);
        assert_eq!(submit(&s, &s.secretary, "self").await.status, StatusCode::SEE_OTHER);
        assert_eq!(attach().await, StatusCode::CONFLICT, "what was handed in stands, its evidence too");
        s.move_to(Phase::Acceptance).await;
        s.app.clock.set(s.app.clock.today().plus_days(20));
        let give_back = async |reason: &str| s.app.post(&s.committee, &format!("/sheets/{}/returns", s.sheet), &[("reason", reason)]).await;
        assert_eq!(give_back("").await.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(give_back("附件不全").await.status, StatusCode::SEE_OTHER);
        assert_eq!(todos(&s, inspector.account).await, 0, "there is nothing to inspect now");
        assert_eq!(submit(&s, &inspector, "acceptance").await.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(submit(&s, &s.secretary, "self").await.status, StatusCode::SEE_OTHER, "the reason in writing opens it");
        assert_eq!(todos(&s, inspector.account).await, 1);
        assert_eq!(submit(&s, &inspector, "acceptance").await.status, StatusCode::SEE_OTHER);
        assert_eq!(give_back("又想起").await.status, StatusCode::CONFLICT, "not once it is accepted");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn inspectors_are_reminded_of_what_they_owe_once_a_day_with_one_notice() {
    on_both(&[], async |db| {
        let s = stage(db).await;
        let inspector = s.inspector().await;
        let (remind, to) = (format!("/assess/{}/reminders", s.cycle), format!("account:{}", inspector.account));
        s.move_to(Phase::SelfAssessment).await;
        assert_eq!(submit(&s, &s.secretary, "self").await.status, StatusCode::SEE_OTHER);
        s.move_to(Phase::Acceptance).await;
        for _ in 0..2 {
            s.app.post(&s.committee, &remind, &[]).await;
            assert_eq!(told(&s, to.clone()).await, 1);
        }
        s.app.clock.set(s.app.clock.today().plus_days(1));
        s.app.post(&s.committee, &remind, &[]).await;
        assert_eq!(told(&s, to.clone()).await, 2, "again the next day");
        assert_eq!(submit(&s, &inspector, "acceptance").await.status, StatusCode::SEE_OTHER);
        s.app.clock.set(s.app.clock.today().plus_days(1));
        s.app.post(&s.committee, &remind, &[]).await;
        assert_eq!(told(&s, to).await, 2, "nothing is owed any more");
        let list = s.app.get(&s.committee, &format!("/assess/{}/sheets?layer=acceptance&state=submitted", s.cycle)).await.body;
        let owed = s.app.get(&s.committee, &format!("/assess/{}/sheets?layer=acceptance&state=untouched", s.cycle)).await.body;
        assert!(list.contains("第一支部") && !owed.contains("第一支部"), "each stage has its own states");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn reminding_is_offered_as_long_as_somebody_can_be_reminded_and_says_what_it_did() {
    on_both(&[], async |db| {
        let s = stage(db).await;
        let (list, remind) = (format!("/assess/{}/sheets", s.cycle), format!("/assess/{}/reminders", s.cycle));
        let offered = async || {
            let body = s.app.get(&s.committee, &list).await.body;
            (body.contains(&format!("href=\"{remind}?")), body.contains("现在没有可以催办的"))
        };
        let pressed = async || {
            let answer = s.app.post(&s.committee, &remind, &[]).await;
            assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
            answer.cookies.iter().find(|c| c.contains("cycle-remind")).cloned().unwrap_or_default()
        };
        assert_eq!(offered().await, (false, false), "nothing is handed in during preparation");
        s.move_to(Phase::SelfAssessment).await;
        assert_eq!(offered().await, (true, false));
        assert!(pressed().await.contains("cycle-reminded&") && pressed().await.contains("cycle-reminded-today"), "said apart from nobody");
        let until = s.app.clock.today().plus_days(18);
        s.app.clock.set(s.app.clock.today().plus_days(16));
        assert_eq!(offered().await, (false, true), "closed, and nobody has permitted more");
        s.move_to(Phase::Acceptance).await;
        assert_eq!(offered().await, (false, true));
        let cycle = s.app.get(&s.committee, &format!("/assess/{}", s.cycle)).await.body;
        assert!(cycle.contains(&format!("href=\"{list}?layer=acceptance\"")), "the list opens where the tiles count: {cycle}");
        assert!(pressed().await.contains("cycle-remind-none"));
        let permission = [("sheet", s.sheet.to_string()), ("until", until.to_string()), ("reason", "换届".to_owned())];
        let permission = permission.each_ref().map(|(name, value)| (*name, value.as_str()));
        assert_eq!(
            s.app.post(&s.committee, &format!("/assess/{}/late-permissions", s.cycle), &permission).await.status,
            StatusCode::SEE_OTHER
        );
        assert_eq!(offered().await, (true, false));
        assert!(pressed().await.contains("cycle-reminded&"));
        s.app.clock.set(until.plus_days(1));
        assert_eq!(offered().await, (false, true), "the permission has lapsed");
        for phase in [Phase::Review, Phase::Publicity, Phase::Final] {
            s.move_to(phase).await;
            assert_eq!(offered().await, (false, false), "{phase:?}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_system_knows_is_overruled_with_a_reason_only() {
    on_both(&[], async |db| {
        let s = stage(db).await;
        let scheme = context::any(&s.app.db, s.sheet).await.unwrap().scheme;
        let known = scheme.indicators.iter().find(|i| i.auto).unwrap().clone();
        let (org, at, effective, keys) = (s.branch, Instant::now(), s.app.clock.today(), known.parts.clone());
        audit::change(&s.app.db, &System::command("test"), async move |tx| {
            for part in &keys {
                let (key, value) = (part.key.as_str(), "1");
                let new = NewFact { org, year: 2026, key, value, source: "年报", evidence: "", effective, received: at, by: "test" };
                facts::record(tx, &new).await?;
            }
            Ok(((), Event::new("facts.import", format!("org:{org}"))))
        })
        .await
        .unwrap();
        s.move_to(Phase::SelfAssessment).await;
        let scores = async || {
            let id = s.sheet;
            s.app.db.read(async move |tx| assessment::score::store::of_sheet(tx, id).await).await.unwrap()
        };
        let page = s.app.get(&s.secretary, &format!("/sheets/{}/self", s.sheet)).await.body;
        assert!(page.contains("年报"), "the facts stand behind the item: {page}");
        assert!(scores().await.is_empty(), "and write no self score");
        let save = async |score: &str, reason: &str| {
            let (s_code, r_code) = (format!("s-{}", known.code), format!("r-{}", known.code));
            s.app.post(&s.secretary, &format!("/sheets/{}/self", s.sheet), &[(&s_code, score), (&r_code, reason), ("do", "save")]).await
        };
        let bare = save("0.5", "").await;
        assert!(bare.status == StatusCode::UNPROCESSABLE_ENTITY && bare.body.contains("请写明理由"), "{}", bare.body);
        assert!(scores().await.is_empty());
        assert_eq!(save("0.5", "年报有误").await.status, StatusCode::SEE_OTHER);
        assert_eq!(scores().await[0].points.to_string(), "0.5");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn programs_fill_and_hand_in_a_sheet_by_the_rules_of_its_pages() {
    on_both(&[], async |db| {
        let s = stage(db).await;
        let inspector = s.inspector().await;
        s.move_to(Phase::SelfAssessment).await;
        let (here, scheme) = (format!("/api/v1/sheets/{}", s.sheet), context::any(&s.app.db, s.sheet).await.unwrap().scheme);
        let put = async |who: &Person, layer: &str, code: &str, score: &str, reason: &str, rev: i64| {
            let body = serde_json::json!({ "score": score, "reason": reason, "rev": rev });
            s.app.api(who, Method::PUT, &format!("{here}/{layer}/{code}"), Some(body)).await
        };
        let hand_in =
            async |who: &Person, layer: &str| s.app.api(who, Method::POST, &format!("{here}/{layer}"), Some(serde_json::json!({}))).await;
        assert_eq!(put(&s.committee, "self", "A1", "4", "", 0).await.status, StatusCode::FORBIDDEN, "not the committee's to fill");
        assert_eq!(put(&s.secretary, "self", "A1", "4.01", "", 0).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(put(&s.secretary, "self", "Z9", "1", "", 0).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(put(&inspector, "acceptance", "A1", "4", "", 0).await.status, StatusCode::CONFLICT, "not handed in yet");
        let list = s.app.api(&s.secretary, Method::PUT, &format!("{here}/self/A1"), Some(serde_json::json!(["2", "", 0]))).await;
        assert!(list.status == StatusCode::UNPROCESSABLE_ENTITY && list.body.contains("json-shape"), "by name alone: {}", list.body);
        let saved = put(&s.secretary, "self", "A1", "3.5", "", 0).await;
        assert!(saved.status == StatusCode::OK && saved.body.contains("\"rev\":1"), "{}", saved.body);
        let other = put(&s.secretary, "self", "A1", "4", "", 0).await;
        assert!(other.status == StatusCode::CONFLICT && other.body.contains("3.5"), "with what stands there: {}", other.body);
        assert_eq!(hand_in(&s.secretary, "self").await.status, StatusCode::UNPROCESSABLE_ENTITY, "the rest is owed");
        for i in scheme.indicators.iter().filter(|i| i.code != "A1") {
            assert_eq!(put(&s.secretary, "self", &i.code, &i.points.to_string(), "", 0).await.status, StatusCode::OK);
        }
        let handed = hand_in(&s.secretary, "self").await;
        assert!(handed.status == StatusCode::OK && handed.body.contains("\"self_state\":\"submitted\""), "{}", handed.body);
        assert_eq!(put(&s.secretary, "self", "A1", "4", "", 1).await.status, StatusCode::CONFLICT, "locked");
        s.move_to(Phase::Acceptance).await;
        assert_eq!(put(&inspector, "acceptance", "A1", "3", "缺记录", 0).await.status, StatusCode::OK);
        let read = s.app.api(&inspector, Method::GET, &here, None).await;
        assert!(read.body.contains("\"layer\":\"acceptance\"") && read.body.contains("缺记录"), "{}", read.body);
        let stranger = s.app.person("inspector", Some(s.root)).await;
        assert_eq!(s.app.api(&stranger, Method::GET, &here, None).await.status, StatusCode::NOT_FOUND);
        assert_eq!(put(&stranger, "acceptance", "A2", "4", "", 0).await.status, StatusCode::NOT_FOUND);
    })
    .await;
}

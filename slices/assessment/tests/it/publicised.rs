//! What 公示 shows is what 定稿 makes final, branch by branch, quotas counted in; on both engines.
use crate::onward::onward;
use crate::stand::{Stand, hand, make_final, stand, system};
use assessment::cycle::phase::Phase;
use assessment::cycle::store::{Step, any, set_phase};
use assessment::publicity::publicise;
use assessment::review::decide::{Ground, Ruling, Verdict, decide};
use assessment::sheet::context;
use audit::Event;
use axum::http::Method;
use kernel::{AdjustmentId, Instant};
use std::collections::BTreeMap;
use testkit::{Person, on_both};
use web::StatusCode;

const BRANCHES: usize = 12;

/// Each a tenth below the one before it, all above the line of five stars; one may have them, four more may have four.
async fn reviewed(db: db::Db) -> Stand {
    let codes: Vec<String> = (1..=BRANCHES).map(|n| format!("21-{n:02}")).collect();
    let s = stand(db, &codes).await;
    let scheme = context::any(&s.app.db, s.sheet(&codes[0]).await).await.unwrap().scheme;
    let mut csv = "支部代码,指标,层级,得分,理由\n".to_owned();
    for (n, code) in codes.iter().enumerate() {
        for i in &scheme.indicators {
            let less = if i.code == "A1" { 10 * (n as i64 + 1) } else { 0 };
            let given = kernel::Points::hundredths(i.points.as_hundredths() - less);
            csv.push_str(&format!("{code},{},acceptance,{given},见记录\n", i.code));
        }
    }
    let taken = s.scores(s.cycle, &csv).await.unwrap();
    assert!(taken.accepted(), "{:?}", taken.refused.first());
    let (id, at, day) = (s.cycle, Instant::now(), s.app.clock.today());
    audit::change(&s.app.db, &system(), async move |tx| {
        let cycle = any(tx, id).await?;
        set_phase(tx, &cycle, Phase::Review, &Step { day, at, by: "test", reason: "" }).await?;
        Ok(((), Event::new("cycle.move", format!("cycle:{id}"))))
    })
    .await
    .unwrap();
    s
}

/// The same in 公示, and the committee that put it there.
async fn publicised(db: db::Db) -> (Stand, Person) {
    let s = reviewed(db).await;
    let committee = s.app.person("committee", Some(s.root)).await;
    let moved = onward(&s.app, &committee, s.cycle, "审定完毕").await;
    assert_eq!(moved.status, StatusCode::SEE_OTHER, "{}", moved.body);
    (s, committee)
}

/// Total, grade and star of each branch as everybody reads them.
async fn shown(s: &Stand, who: &Person) -> BTreeMap<String, (String, String, u64)> {
    let read = s.app.api(who, Method::GET, &format!("/api/v1/cycles/{}/publicity", s.cycle), None).await;
    assert_eq!(read.status, StatusCode::OK, "{}", read.body);
    let read: serde_json::Value = serde_json::from_str(&read.body).unwrap();
    let text = |v: &serde_json::Value| v.as_str().unwrap_or_default().to_owned();
    let line =
        |b: &serde_json::Value| (text(&b["branch_code"]), (b["total"].to_string(), text(&b["grade"]), b["star"].as_u64().unwrap_or(0)));
    read["branches"].as_array().unwrap().iter().map(line).collect()
}

fn with(stars: u64, shown: &BTreeMap<String, (String, String, u64)>) -> Vec<&str> {
    shown.iter().filter(|(_, line)| line.2 == stars).map(|(code, _)| code.as_str()).collect()
}

/// Objects, upholds it and proposes full marks of A1 for this branch; answers the proposal.
async fn upheld(s: &Stand, committee: &Person, code: &str) -> AdjustmentId {
    let objected = s.app.post(committee, &format!("/assess/{}/objections", s.cycle), &[("about", code), ("text", "记录齐全")]).await;
    assert_eq!(objected.status, StatusCode::SEE_OTHER, "{}", objected.body);
    let cycle = s.cycle;
    let all = s.app.db.read(async move |tx| assessment::publicity::store::page(tx, cycle, None, None, 50).await).await.unwrap();
    let there = format!("/objections/{}/answer", all.last().unwrap().id);
    let fields = [("text", "采纳"), ("upheld", "yes"), ("target", "score:A1"), ("value", "4"), ("evidence", "")];
    let answered = s.app.post(committee, &there, &fields).await;
    assert_eq!(answered.status, StatusCode::SEE_OTHER, "{}", answered.body);
    let sheet = s.sheet(code).await;
    s.app.db.read(async move |tx| assessment::review::store::of_sheet(tx, sheet).await).await.unwrap().last().unwrap().id
}

#[tokio::test(flavor = "multi_thread")]
async fn publicised_stars_are_those_of_the_final_results_after_an_upheld_objection_too_and_keep_the_quotas() {
    on_both(&[], async |db| {
        let (s, committee) = publicised(db).await;
        let reviewer = s.app.person("reviewer", Some(s.root)).await;

        let first = shown(&s, &committee).await;
        assert_eq!((with(5, &first), with(4, &first).len(), with(3, &first).len()), (vec!["21-01"], 4, 7), "{first:?}");
        let page = s.app.get(&committee, &format!("/assess/{}/publicity", s.cycle)).await.body;
        assert!(page.contains("数据截至") && page.matches("aria-label=\"五星级\"").count() == 1, "{page}");
        assert_eq!(
            s.app.get(&committee, &format!("/assess/{}/publicity/print", s.cycle)).await.body.matches("aria-label=\"五星级\"").count(),
            1
        );

        // The last one is given what it lost: it comes first, and the one before it loses its fifth star.
        let adjustment = upheld(&s, &committee, "21-12").await;
        assert_eq!(shown(&s, &committee).await, first, "only proposed");
        let approved = s.app.post(&reviewer, &format!("/adjustments/{adjustment}/decision"), &[("do", "approve"), ("reason", "")]).await;
        assert_eq!(approved.status, StatusCode::SEE_OTHER, "{}", approved.body);
        let second = shown(&s, &committee).await;
        assert_eq!((with(5, &second), with(4, &second).len()), (vec!["21-12"], 4), "{second:?}");
        assert_eq!(second["21-01"].2, 4);

        // Why says the same, of the one that was held back too.
        for (code, line) in [("21-12", &second["21-12"]), ("21-01", &second["21-01"]), ("21-08", &second["21-08"])] {
            let why = s.app.api(&committee, Method::GET, &format!("/api/v1/sheets/{}/explanation", s.sheet(code).await), None).await;
            let why: serde_json::Value = serde_json::from_str(&why.body).unwrap();
            assert_eq!(why["star"].as_u64(), Some(line.2), "{code}");
        }

        s.app.clock.set(s.app.clock.today().plus_days(30));
        make_final(&s.app, &s.suppliers, s.cycle, s.app.clock.today()).await.unwrap();
        assert_eq!(shown(&s, &committee).await, second, "what was publicised is what became final");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_computation_that_was_cut_off_is_seen_by_nobody_and_made_by_whoever_comes_next() {
    on_both(&[], async |db| {
        let (s, committee) = publicised(db).await;
        let (first, today) = (shown(&s, &committee).await, s.app.clock.today());
        let id = upheld(&s, &committee, "21-12").await;

        // Approved, and killed before anything was computed; of the next try only some lines had been written.
        let context = context::any(&s.app.db, s.sheet("21-12").await).await.unwrap();
        let ruling = Ruling::parse(id, Verdict::Approve, "", "审定调整").unwrap();
        let ground = Ground { suppliers: s.suppliers.clone(), calendar: calendar::Calendar::default() };
        let (cycle, org, by) = (s.cycle, context.sheet.org, hand("赵明", today));
        audit::change(&s.app.db, &system(), async move |tx| {
            let event = decide(tx, &context, &ground, &ruling, &by, Instant::now()).await?;
            tx.exec(
                "INSERT INTO publicised_line (cycle, org, at, total, grade, star, rank) VALUES ($1, $2, 5, 0, '差', 1, 12)",
                &db::params![&cycle, &org],
            )
            .await?;
            Ok(((), event))
        })
        .await
        .unwrap();
        assert_eq!(shown(&s, &committee).await, first, "whole as it was");

        let lines = async || s.app.db.lookup::<i64>("SELECT COUNT(*) FROM publicised_line", &[]).await.unwrap()[0];
        for _ in 0..2 {
            publicise(&s.app.db, &s.suppliers, today, Instant::now()).await.unwrap();
            assert_eq!(with(5, &shown(&s, &committee).await), vec!["21-12"]);
            assert_eq!(lines().await, BRANCHES as i64, "nothing is left behind");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_of_scores_during_publicity_changes_what_is_publicised() {
    on_both(&[], async |db| {
        let (s, committee) = publicised(db).await;
        let file = "支部代码,指标,层级,得分,理由\n21-03,A1,acceptance,4,补正\n";
        assert!(s.scores(s.cycle, file).await.unwrap().accepted());
        assert_eq!(with(5, &shown(&s, &committee).await), vec!["21-03"]);
    })
    .await;
}

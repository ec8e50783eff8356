//! What would puzzle a reader is explained where it stands; on both engines.
use crate::stage::stage;
use access::System;
use assessment::cycle::phase::Phase;
use audit::Event;
use facts::NewFact;
use kernel::Instant;
use testkit::on_both;

#[tokio::test(flavor = "multi_thread")]
async fn a_branch_nobody_scored_is_not_on_the_list_as_if_it_still_could_be() {
    on_both(&[], async |db| {
        let s = stage(db).await;
        let inspector = s.inspector().await;
        s.score(scoring::Layer::SelfAssessment, "0").await;
        s.move_to(Phase::SelfAssessment).await;
        s.app.post(&s.secretary, &format!("/sheets/{}/self", s.sheet), &[("do", "submit")]).await;
        s.move_to(Phase::Acceptance).await;
        let list = async || s.app.get(&inspector, "/inspections").await.body;
        assert!(list().await.contains("待评分"));
        for phase in [Phase::Recheck, Phase::Review, Phase::Final] {
            s.move_to(phase).await;
            let body = list().await;
            assert!(body.contains("阶段已结束，没有评分") && !body.contains("待评分"), "{phase:?}: {body}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn where_an_indicator_does_not_apply_the_sheet_and_its_derivation_say_why_the_items_do_not_add_up() {
    on_both(&[], async |db| {
        let s = stage(db).await;
        let sentence = "1 项不考核，它们的分值按比例分给";
        let pages = [format!("/sheets/{}", s.sheet), format!("/sheets/{}/why", s.sheet), format!("/sheets/{}/self", s.sheet)];
        for page in &pages {
            assert!(!s.app.get(&s.secretary, page).await.body.contains(sentence), "{page}");
        }
        let (org, at, effective) = (s.branch, Instant::now(), s.app.clock.today());
        audit::change(&s.app.db, &System::command("test"), async move |tx| {
            let (key, value) = ("branch.group_count", "0");
            let new = NewFact { org, year: 2026, key, value, source: "年报", evidence: "", effective, received: at, by: "test" };
            facts::record(tx, &new).await?;
            Ok(((), Event::new("facts.import", format!("org:{org}"))))
        })
        .await
        .unwrap();
        for page in &pages {
            let body = s.app.get(&s.secretary, page).await.body;
            assert!(body.contains(sentence), "{page}: {body}");
        }
        // The fact by which it does not apply, instead of those that would count if it did.
        let why = s.app.get(&s.secretary, &pages[1]).await.body;
        assert!(why.contains("不考核：党小组数 0（来自 年报，2026-06-15）"), "{why}");
        let own = s.app.get(&s.secretary, &pages[2]).await.body;
        assert!(own.contains("党小组数 <b>0</b> <span class=\"mut\">来自 年报"), "{own}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_share_is_read_in_percent_and_programs_are_given_it_whole() {
    on_both(&[], async |db| {
        let s = stage(db).await;
        let (org, at, effective) = (s.branch, Instant::now(), s.app.clock.today());
        audit::change(&s.app.db, &System::command("test"), async move |tx| {
            for (key, value) in [
                ("plan.on_time_completion_ratio", "0.666667"),
                ("secretary.training_hours", "30.3333333"),
                ("partyday.attendance_ratio", "0.63"),
            ] {
                let new = NewFact { org, year: 2026, key, value, source: "年报", evidence: "", effective, received: at, by: "test" };
                facts::record(tx, &new).await?;
            }
            Ok(((), Event::new("facts.import", format!("org:{org}"))))
        })
        .await
        .unwrap();
        let why = s.app.get(&s.secretary, &format!("/sheets/{}/why", s.sheet)).await.body;
        for read in [
            "<b lang=\"zh-CN\">66.7%</b>",
            "2 ×（66.7% ÷ 100%，最多为 1）",
            "（30.3333 ÷ 56，最多为 1）",
            "<dd>−0",
            "实际 63%，按所在区间计分",
        ] {
            assert!(why.contains(read), "{read}: {why}");
        }
        let form = s.app.get(&s.secretary, &format!("/sheets/{}/self", s.sheet)).await.body;
        assert!(form.contains("66.7%") && !form.contains("0.666667"), "{form}");
        assert!(form.contains("主题党日平均参与率 <b>63%</b>"), "bands of a share: {form}");
        let api = format!("/api/v1/sheets/{}/explanation", s.sheet);
        assert!(s.app.api(&s.secretary, axum::http::Method::GET, &api, None).await.body.contains("0.666667"));
    })
    .await;
}

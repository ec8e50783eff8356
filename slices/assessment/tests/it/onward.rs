//! A cycle is moved on from a page that says what ends and what begins; on both engines.
use crate::stage::stage;
use assessment::cycle::phase::Phase;
use assessment::cycle::store;
use kernel::CycleId;
use testkit::{Answer, Person, TestApp, on_both};
use web::StatusCode;

/// Agrees to the step that comes next, as the page's button does.
pub async fn onward(app: &TestApp, who: &Person, cycle: CycleId, reason: &str) -> Answer {
    let now = phase(app, cycle).await;
    let to = now.next().map_or("", Phase::name);
    app.post(who, &format!("/assess/{cycle}/phase"), &[("to", to), ("reason", reason)]).await
}

async fn phase(app: &TestApp, cycle: CycleId) -> Phase {
    app.db.read(async move |tx| store::any(tx, cycle).await).await.unwrap().phase
}

#[tokio::test(flavor = "multi_thread")]
async fn every_step_says_first_who_is_behind_what_ends_and_what_begins() {
    on_both(&[], async |db| {
        let s = stage(db).await;
        let (here, check) = (format!("/assess/{}", s.cycle), format!("/assess/{}/phase", s.cycle));
        let said: [(&str, &[&str]); 5] = [
            ("进入自评阶段", &["由准备进入自评", "2026-06-30", "不能退回准备阶段"]),
            ("进入验收阶段", &["由自评进入验收", "还有 1 个没有完成", "没有提交的自评随即关闭", "验收组可以开始实地评分"]),
            ("进入复检阶段", &["由验收进入复检", "?layer=acceptance&amp;state=untouched", "验收评分随即关闭", "自评不能再补报"]),
            ("进入审定阶段", &["由复检进入审定", "没有抽取过复检支部", "按系统已有的数据计分"]),
            ("进入公示阶段", &["由审定进入公示", "2026-06-22", "共 5 个工作日", "公开以后不能撤回", "可以提出异议"]),
        ];
        for (title, parts) in said {
            let before = phase(&s.app, s.cycle).await;
            let page = s.app.get(&s.committee, &here).await.body;
            assert!(page.contains(&format!("href=\"{check}\">{title}")) && !page.contains(&format!("action=\"{check}\"")), "{page}");
            let page = s.app.get(&s.committee, &check).await.body;
            for part in parts.iter().chain(&[&*format!("<h1>{title}</h1>"), &format!("<button class=\"btn btn-main\">{title}</button>")]) {
                assert!(page.contains(part), "{title}: {part}: {page}");
            }
            assert_eq!(phase(&s.app, s.cycle).await, before, "a page changes nothing");
            let on = onward(&s.app, &s.committee, s.cycle, "另行督促").await;
            assert_eq!((on.status, on.location.as_str()), (StatusCode::SEE_OTHER, here.as_str()), "{}", on.body);
        }
        assert_eq!((phase(&s.app, s.cycle).await, s.events("cycle.advance").await), (Phase::Publicity, 5));
        assert_eq!(s.app.get(&s.committee, &check).await.status, StatusCode::CONFLICT, "定稿 has a page of its own");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_step_is_made_that_was_not_named() {
    on_both(&[], async |db| {
        let s = stage(db).await;
        let check = format!("/assess/{}/phase", s.cycle);
        let agree = async |to: &str| s.app.post(&s.committee, &check, &[("to", to), ("reason", "")]).await;
        let bare = agree("").await;
        assert_eq!(
            (bare.status, bare.location.as_str(), phase(&s.app, s.cycle).await),
            (StatusCode::SEE_OTHER, check.as_str(), Phase::Preparation)
        );
        assert_eq!(agree("self").await.status, StatusCode::SEE_OTHER);
        // Two people had the same page: the second does not pass over self-assessment.
        let late = agree("self").await;
        assert!(late.status == StatusCode::CONFLICT && late.body.contains("刚刚被别人推进过"), "{}", late.body);
        let owed = agree("acceptance").await;
        assert!(owed.status == StatusCode::UNPROCESSABLE_ENTITY && owed.body.contains("<h1>进入验收阶段</h1>"), "{}", owed.body);
        assert_eq!((phase(&s.app, s.cycle).await, s.events("cycle.advance").await), (Phase::SelfAssessment, 1));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unsettled_review_is_named_where_the_button_would_be() {
    on_both(&[], async |db| {
        let s = stage(db).await;
        s.move_to(Phase::Review).await;
        s.propose("bonus:P1", "1", "核对原件").await;
        let page = s.app.get(&s.committee, &format!("/assess/{}/phase", s.cycle)).await.body;
        assert!(page.contains("1 项调整待复核") && !page.contains("name=\"to\""), "{page}");
    })
    .await;
}

//! What cannot be undone says first what it will do: a page that changes nothing, and the post that acts; on both engines.
use crate::stage::{Stage, stage};
use assessment::cycle::phase::Phase;
use assessment::sheet::{State, context, store};
use scoring::Layer;
use std::collections::BTreeMap;
use testkit::{Answer, Person, on_both};
use web::StatusCode;

/// Full marks everywhere but what `less` says of A1 (points, reason, the revision seen), and one of the form's buttons.
async fn press(s: &Stage, who: &Person, layer: &str, less: (&str, &str, &str), button: &str) -> Answer {
    let scheme = context::any(&s.app.db, s.sheet).await.unwrap().scheme;
    let mut fields: BTreeMap<String, String> = scheme.indicators.iter().map(|i| (format!("s-{}", i.code), i.points.to_string())).collect();
    fields.extend([
        ("s-A1".into(), less.0.into()),
        ("r-A1".into(), less.1.into()),
        ("v-A1".into(), less.2.into()),
        ("do".into(), button.into()),
    ]);
    let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    s.app.post(who, &format!("/sheets/{}/{layer}", s.sheet), &fields).await
}

async fn state(s: &Stage, layer: Layer) -> State {
    let id = s.sheet;
    s.app.db.read(async move |tx| store::any(tx, id).await).await.unwrap().state(layer)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_layer_is_handed_in_from_a_page_that_says_what_follows() {
    on_both(&[], async |db| {
        let s = stage(db).await;
        let inspector = s.inspector().await;
        let check = |layer: &str| format!("/sheets/{}/{layer}/submission", s.sheet);
        s.move_to(Phase::SelfAssessment).await;
        let early = s.app.get(&s.secretary, &check("self")).await;
        assert!(early.body.contains("A1 还没有填写得分") && !early.body.contains("value=\"submit\""), "{}", early.body);
        let owed =
            s.app.post(&s.secretary, &format!("/sheets/{}/self", s.sheet), &[("s-A1", "3"), ("r-A1", "少一次"), ("do", "check")]).await;
        assert_eq!((owed.status, owed.body.contains("还没有填写得分")), (StatusCode::UNPROCESSABLE_ENTITY, true), "{}", owed.body);
        let on = press(&s, &s.secretary, "self", ("3", "少一次", "1"), "check").await;
        assert_eq!((on.status, on.location.as_str()), (StatusCode::SEE_OTHER, check("self").as_str()), "{}", on.body);
        let page = s.app.get(&s.secretary, &on.location).await.body;
        assert!(page.contains("验收在自评结束后开始"), "{page}");
        for part in ["<b>99</b>", "自填 27 项", "1 项，共少 1 分", "考评表随即锁定", "交给一组实地验收", "value=\"submit\""]
        {
            assert!(page.contains(part), "{part}: {page}");
        }
        assert_eq!((state(&s, Layer::SelfAssessment).await, s.events("sheet.submit").await), (State::Begun, 0), "nothing was handed in");
        let done = s.app.post(&s.secretary, &format!("/sheets/{}/self", s.sheet), &[("do", "submit")]).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
        let done = s.app.get(&s.secretary, &done.location).await.body;
        assert!(done.contains("21-1") && done.contains("交给一组实地验收"), "{done}");
        assert!(done.contains("<p class=\"no\">99</p><p class=\"mut\">现在的总分："), "what the figure is: {done}");
        let late = s.app.get(&s.secretary, &check("self")).await.body;
        let today = s.app.clock.today();
        let locked = format!("本表已提交，<span class=\"date\">{today}</span> 由");
        assert!(late.contains("请上级党组织退回本表") && late.contains(&locked) && !late.contains("value=\"submit\""), "{late}");
        let form = s.app.get(&s.secretary, &format!("/sheets/{}/self", s.sheet)).await.body;
        assert!(form.contains(&locked) && form.contains("锁定，不能再改。需要更正，请上级党组织退回本表"), "{form}");

        s.move_to(Phase::Acceptance).await;
        // Nothing scored yet: the total and what is lost count the same points.
        let early = s.app.get(&inspector, &check("acceptance")).await.body;
        for part in ["<b>99</b>", "1 项，共少 1 分", "还有 27 项没有评分", "先按此前的得分"] {
            assert!(early.contains(part), "{part}: {early}");
        }
        let bare = press(&s, &inspector, "acceptance", ("2", "", "0"), "check").await;
        assert_eq!((bare.status, bare.body.contains("A1")), (StatusCode::UNPROCESSABLE_ENTITY, true), "{}", bare.body);
        let page = s.app.get(&inspector, &check("acceptance")).await.body;
        assert!(page.contains("提交以前还要补上") && !page.contains("value=\"submit\""), "no reason yet: {page}");
        let on = press(&s, &inspector, "acceptance", ("2", "缺会议记录", "1"), "check").await;
        let page = s.app.get(&inspector, &on.location).await.body;
        for part in ["<b>98</b>", "自评 99，与自评差 −1", "缺会议记录", "1 个扣分项转为问题", "30 个工作日", "value=\"submit\""]
        {
            assert!(page.contains(part), "{part}: {page}");
        }
        assert_eq!(state(&s, Layer::Acceptance).await, State::Begun);
        let done = s.app.post(&inspector, &format!("/sheets/{}/acceptance", s.sheet), &[("do", "submit")]).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
        for (who, layer) in [(&inspector, "acceptance"), (&s.secretary, "self")] {
            let shut = s.app.get(who, &check(layer)).await.body;
            assert!(!shut.contains("请上级党组织退回本表") && shut.contains(&locked), "nobody can return it now: {shut}");
        }
        assert_eq!(s.app.get(&s.secretary, &check("acceptance")).await.status, StatusCode::FORBIDDEN, "the team's alone");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cycle_is_opened_from_a_page_that_says_how_many_take_part_and_what_there_is_already() {
    on_both(&[], async |db| {
        let s = stage(db).await;
        let scheme = standards::schemes::newest(&s.app.db, "LN-JG-27").await.unwrap();
        let check = |root: &str, year: &str| format!("/assess/opening?scheme={scheme}&year={year}&root={root}&self_until=2026-12-31");
        let page = s.app.get(&s.committee, &check("21", "2027")).await.body;
        assert!(
            page.contains("1 个支部") && page.contains("省直机关工委 21") && page.contains("2027") && !page.contains("要填两次"),
            "{page}"
        );
        let again = s.app.get(&s.committee, &check("21", "2026")).await.body;
        assert!(again.contains("要填两次") && again.contains(&format!("/assess/{}", s.cycle)), "{again}");
        for (root, why) in [("22", "root"), ("9", "root")] {
            let bad = s.app.get(&s.committee, &check(root, "2027")).await;
            assert_eq!((bad.status, bad.body.contains(why)), (StatusCode::UNPROCESSABLE_ENTITY, true), "{}", bad.body);
        }
        assert_eq!(s.events("cycle.open").await, 1, "the stage's own");
    })
    .await;
}

//! A form that is refused comes back as it was typed, with the sentence beside its field; and what an inspector owes.

use crate::stage::stage;
use assessment::cycle::phase::Phase;
use scoring::Layer;
use testkit::{Answer, on_both};
use web::StatusCode;

/// Refused, with what was typed still there and the sentence beside the field.
fn came_back(answer: &Answer, field: &str, typed: &str, sentence: &str) {
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", answer.body);
    let beside = format!("id=\"{field}-e\"");
    for wanted in [beside.as_str(), typed, sentence] {
        assert!(answer.body.contains(wanted), "{wanted} is missing: {}", answer.body);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn refused_forms_of_a_cycle_come_back_as_they_were_typed() {
    on_both(&[], async |db| {
        let s = stage(db).await;
        s.move_to(Phase::SelfAssessment).await;
        let (cycle, sheet) = (format!("/assess/{}", s.cycle), s.sheet.to_string());
        let late = [("sheet", sheet.as_str()), ("until", "2031-05-06"), ("reason", " "), ("list", "layer=self&state=untouched")];
        let answer = s.app.post(&s.committee, &format!("{cycle}/late-permissions"), &late).await;
        came_back(&answer, "reason", "2031-05-06", "第一支部");
        let far = [("sheet", sheet.as_str()), ("until", "2099-01-01"), ("reason", "因公"), ("list", "layer=self")];
        let answer = s.app.post(&s.committee, &format!("{cycle}/late-permissions"), &far).await;
        came_back(&answer, "until", "2099-01-01", "因公");
        let team = [("layer", "recheck"), ("name", "三组"), ("inspectors", "nobody-here")];
        let answer = s.app.post(&s.committee, &format!("{cycle}/teams"), &team).await;
        came_back(&answer, "inspectors", "三组", "nobody-here");
        let long = [("layer", "recheck"), ("name", &"组".repeat(41)), ("inspectors", "nobody-here")];
        assert_eq!(s.app.post(&s.committee, &format!("{cycle}/teams"), &long).await.wrong(), ["name", "inspectors"]);
        let far = s.app.post(&s.committee, &format!("/sheets/{}/returns", s.sheet), &[("reason", &"长".repeat(501))]).await;
        assert!(far.status == StatusCode::UNPROCESSABLE_ENTITY && far.body.contains("不超过 500 字"), "{}", far.body);
        s.score(Layer::SelfAssessment, "0").await;
        let back = s.app.post(&s.committee, &format!("/sheets/{}/returns", s.sheet), &[("reason", " ")]).await;
        assert_eq!(back.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", back.body);
        assert!(back.body.contains("第一支部") && back.body.contains("id=\"errsum\""), "the page itself: {}", back.body);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn all_that_is_wrong_with_opening_a_cycle_is_said_at_once() {
    on_both(&[], async |db| {
        let s = stage(db).await;
        let page = "/assess/opening?scheme=x&year=1999&root=nowhere&self_until=2026-02-30";
        let refused = s.app.get(&s.committee, page).await;
        assert_eq!(refused.wrong(), ["scheme", "year", "root", "self_until"]);
        assert!(refused.body.contains("value=\"1999\"") && refused.body.contains("value=\"nowhere\""), "what was typed is kept");
        let again = [("scheme", "x"), ("year", "x"), ("root", ""), ("self_until", "2019-01-01")];
        assert_eq!(s.app.post(&s.committee, "/assess", &again).await.wrong(), ["scheme", "year", "root", "self_until"]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_is_missing_is_asked_for_beside_its_field() {
    on_both(&[], async |db| {
        let s = stage(db).await;
        s.move_to(Phase::SelfAssessment).await;
        let here = format!("/sheets/{}/evidence/A1", s.sheet);
        let (nothing, day) = ([("file", "", b"".as_slice())], [("effective", "2019-03-01")]);
        came_back(&s.app.upload(&s.secretary, &here, &day, &nothing).await, "file", "佐证材料", "请重新选择文件");
        let tomorrow = s.app.clock.today().plus_days(1).to_string();
        let file = [("file", "a.txt", b"x".as_slice())];
        let early = s.app.upload(&s.secretary, &here, &[("effective", tomorrow.as_str())], &file).await;
        came_back(&early, "effective", "佐证材料", "日期不能晚于今天");
        let claim = format!("/sheets/{}/claims/P1/evidence", s.sheet);
        let refused = s.app.upload(&s.secretary, &claim, &day, &nothing).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.body.contains("id=\"errsum\"") && refused.body.contains("加分申报"), "the page itself: {}", refused.body);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_target_stands_in_the_ledger_s_form_and_on_the_branch_s_page() {
    on_both(&[], async |db| {
        let s = stage(db).await;
        let long = "长".repeat(501);
        let refused = s.app.post(&s.secretary, "/ledger/targets", &[("grade", "好"), ("measures", &long)]).await;
        came_back(&refused, "measures", &long, "500");
        let set = s.app.post(&s.secretary, "/ledger/targets", &[("grade", "较好"), ("measures", "补短板")]).await;
        assert_eq!(set.status, StatusCode::SEE_OTHER, "{}", set.body);
        assert!(s.app.get(&s.secretary, "/ledger").await.body.contains("补短板"), "the form shows what stands");
        let page = s.app.get(&s.committee, &format!("/orgs/{}", s.branch)).await.body;
        assert!(page.contains("补短板") && page.contains("较好"), "those above see it: {page}");
        let unknown = s.app.post(&s.secretary, "/ledger/targets", &[("grade", "💥"), ("measures", "补短板")]).await;
        assert_eq!(
            (unknown.status, unknown.body.contains("没有“💥”这个等次")),
            (StatusCode::UNPROCESSABLE_ENTITY, true),
            "{}",
            unknown.body
        );
        let seen = |page: &str| {
            let form = page.split("action=\"/ledger/targets\"").nth(1).unwrap();
            form.split("name=\"seen\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
        };
        let opened = seen(&s.app.get(&s.secretary, "/ledger").await.body);
        let aim = async |measures: &str, seen: &str| {
            s.app.post(&s.secretary, "/ledger/targets", &[("grade", "好"), ("measures", measures), ("seen", seen)]).await
        };
        assert_eq!(aim("先做甲", &opened).await.status, StatusCode::SEE_OTHER);
        let late = aim("先做乙", &opened).await;
        assert_eq!(late.status, StatusCode::CONFLICT, "{}", late.body);
        assert!(late.body.contains("措施：先做甲") && late.body.contains(">先做乙</textarea>"), "both are shown: {}", late.body);
        assert_eq!(aim("先做乙", &seen(&late.body)).await.status, StatusCode::SEE_OTHER);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn taking_the_self_scores_over_owes_nothing_and_taking_points_away_owes_a_reason() {
    on_both(&[], async |db| {
        let s = stage(db).await;
        let inspector = s.inspector().await;
        s.move_to(Phase::SelfAssessment).await;
        s.score(Layer::SelfAssessment, "3").await;
        let handed_in = s.app.post(&s.secretary, &format!("/sheets/{}/self", s.sheet), &[("do", "submit")]).await;
        assert_eq!(handed_in.status, StatusCode::SEE_OTHER, "{}", handed_in.body);
        s.move_to(Phase::Acceptance).await;
        let page = format!("/sheets/{}/acceptance", s.sheet);
        assert_eq!(s.app.post(&inspector, &page, &[("do", "copy")]).await.status, StatusCode::SEE_OTHER);
        let lowered = [("s-D1", "0.5"), ("r-D1", ""), ("v-D1", "1"), ("do", "submit")];
        let answer = s.app.post(&inspector, &page, &lowered).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", answer.body);
        assert!(answer.body.contains("href=\"#row-D1\"") && answer.body.contains("id=\"e-D1\""), "{}", answer.body);
        assert_eq!(answer.body.matches("请写明理由").count(), 2, "in the summary and beside D1, and nowhere else");
        let said = [("s-D1", "0.5"), ("r-D1", "记录不全"), ("v-D1", "2"), ("do", "submit")];
        assert_eq!(s.app.post(&inspector, &page, &said).await.status, StatusCode::SEE_OTHER);
    })
    .await;
}

//! S31: every branch is assessed; those missed are counted before the phase is passed over, and no dimension is left out.
mod small_cycle;

#[tokio::test]
async fn branches_that_have_not_handed_in_are_counted_and_need_a_reason() {
    let cycle = small_cycle::open(small_cycle::ORGAN).await;
    cycle.advance("自评").await;
    let person = &cycle.person;
    person.enter("支部书记").await;
    person.go("/todo").await;
    person.press("填报 2026 年度自查自评").await;
    person.fill("D1 得分", "50").await;
    person.press("提交自评").await;
    person.sees("D2 还没有填写得分").await;
    person.fill("D2 得分", "30").await;
    person.press("提交自评").await;
    person.sees("考评表随即锁定").await;
    person.press("提交自评").await;
    person.sees("接下来由下一环节的人员办理").await;
    person.enter("工委工作人员").await;
    cycle.go("").await;
    person.press("进入验收阶段").await;
    person.sees("还有 5 个没有完成，继续请写明理由").await;
    person.press("进入验收阶段").await;
    person.sees("还有 5 个没有完成，请写明继续的理由").await;
    cycle.go("/sheets?state=untouched").await;
    assert_eq!(person.texts("main tbody tr").await.len(), 5);
    person.does_not_see(small_cycle::HERO.1).await;
    person.press("催办未提交的").await;
    person.sees("将提醒").await;
    person.press("催办未提交的").await;
    person.sees("个支部").await;
    person.press("催办未提交的").await;
    person.sees("今天已经提醒过").await; // at most once a day
}

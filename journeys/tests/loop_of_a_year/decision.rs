//! The committee adjusts with a reason and a second person, makes the result public, answers an objection, makes it final.
use crate::walk::{COMMITTEE, HERO, MEMBER, REVIEWER, Walk};

pub async fn review(walk: &Walk, grade_moves: bool) {
    walk.advance("审定", "").await;
    walk.go_to_cycle("/review").await;
    walk.person.press(HERO.1).await;
    explain_the_differences(walk).await;
    let sheet = walk.person.path().await;
    walk.person.choose("调整事项", "D2").await;
    walk.person.fill("调整为", "30").await;
    walk.person.press("提交复核").await;
    walk.person.sees(if grade_moves { "等次将由较好变为好，请写明理由" } else { "请写明调整理由" }).await;
    walk.person.fill("理由", "补交的签到表已核实").await;
    walk.person.press("预览结果").await;
    walk.person.sees("总分由").await;
    walk.person.press("提交复核").await;
    walk.person.sees("复核人会在待办里看到").await;
    walk.become_(REVIEWER).await;
    let item = format!("{}的审定调整待复核", HERO.1);
    walk.has_to(&item).await;
    walk.person.press(&item).await;
    walk.person.sees("补交的签到表已核实").await;
    walk.is_sound().await;
    walk.person.press("同意调整").await;
    walk.need_not(&item).await;
    walk.person.go(&sheet).await;
    walk.person.sees("已同意").await;
}

/// S44: from the scheme's limit on, a difference between two layers is explained in writing.
async fn explain_the_differences(walk: &Walk) {
    for difference in walk.person.texts("#mark option").await {
        walk.person.choose("哪一处差异", &difference).await;
        walk.person.fill("差异原因", "自评时会议记录尚未归档").await;
        walk.person.press("写明差异原因").await;
        walk.person.sees("差异原因已记录").await;
    }
}

pub async fn publish(walk: &Walk) {
    walk.advance("公示", "").await;
    walk.become_(MEMBER).await;
    walk.go_to_cycle("").await;
    walk.person.press("考评结果公示").await;
    walk.person.sees("公示期 2026-06-15 至 2026-06-22").await; // the Dragon Boat holiday lies between
    walk.is_sound().await;
    walk.person.fill("涉及的支部", HERO.0).await;
    walk.person.fill("异议内容", "第三季度党员大会有会议记录，请核实").await;
    walk.person.press("提出异议").await;
    walk.person.sees("异议已提交").await;
    walk.become_(COMMITTEE).await;
    walk.has_to("2026 年度公示收到异议").await;
    walk.person.press("2026 年度公示收到异议").await;
    walk.person.sees("第三季度党员大会有会议记录").await;
    walk.is_sound().await;
    walk.person.fill("书面答复", "记录日期在第四季度，不予采纳").await;
    walk.person.choose("处理结果", "不采纳").await;
    walk.person.press("答复异议").await;
    walk.person.sees("提出人会收到通知").await;
    walk.need_not("2026 年度公示收到异议").await;
    walk.go_to_cycle("/objections").await;
    walk.is_sound().await;
    walk.become_(MEMBER).await;
    walk.person.go("/notices").await;
    walk.person.sees("异议已书面答复").await;
}

pub async fn make_final(walk: &Walk) {
    walk.become_(COMMITTEE).await;
    walk.go_to_cycle("").await;
    walk.person.sees("期满后才能定稿").await;
    walk.person.go("/todo").await;
    walk.person.press("到公示期满").await;
    walk.person.sees("演示日期已到 2026-06-23").await;
    walk.go_to_cycle("").await;
    walk.person.press("提请定稿").await;
    walk.person.sees("复核人会在待办里看到").await;
    walk.person.press("查看定稿提请").await;
    walk.person.sees("提请人不能同意自己的提请").await;
    walk.become_(REVIEWER).await;
    let item = "2026 年度考评提请定稿，待您办理";
    walk.has_to(item).await;
    walk.person.press(item).await;
    walk.person.sees("将要定稿的结果").await;
    walk.is_sound().await;
    walk.person.press("同意定稿").await;
    walk.person.sees("已定稿，结果进入台账").await;
    walk.need_not(item).await;
}

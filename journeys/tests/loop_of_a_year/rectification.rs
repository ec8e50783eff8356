//! Every lost point is a problem: measure, owner, date, evidence, verified by another person.
use crate::walk::{DEPUTY, SECRETARY, Walk, evidence};

pub async fn put_right(walk: &Walk) {
    walk.become_(SECRETARY).await;
    walk.has_to("2026 年有 1 个问题待整改").await;
    walk.person.press("2026 年有 1 个问题待整改").await;
    walk.person.press("按期召开党员大会").await;
    walk.person.sees("缺").await;
    let problem = walk.person.path().await;
    walk.person.fill("整改措施", "补开第三、四季度党员大会").await;
    walk.person.fill("期限", "2026-07-10").await;
    walk.person.press("保存").await;
    walk.person.sees("责任人、措施和期限已保存").await;
    walk.person.press("开始整改").await;
    walk.person.sees("已转到“整改中”").await;
    let folder = tempfile::tempdir().unwrap();
    walk.person.attach("文件", &evidence(folder.path())).await;
    walk.person.press("上传").await;
    walk.person.sees("会议记录.txt").await;
    hand_in(walk, "两次会议已补开").await;
    walk.become_(DEPUTY).await;
    walk.has_to("复核：按期召开党员大会").await;
    walk.person.press("复核：按期召开党员大会").await;
    walk.person.fill("理由", "缺第四季度的签到表").await;
    walk.person.press("退回整改").await;
    walk.person.sees("已退回整改").await;
    walk.need_not("复核：按期召开党员大会").await;
    walk.become_(SECRETARY).await;
    walk.person.go(&problem).await;
    walk.person.sees("缺第四季度的签到表").await;
    hand_in(walk, "签到表已补齐").await;
    walk.become_(DEPUTY).await;
    walk.has_to("复核：按期召开党员大会").await;
    walk.person.press("复核：按期召开党员大会").await;
    walk.person.press("复核通过").await;
    walk.person.sees("已销号").await;
    walk.become_(SECRETARY).await;
    walk.need_not("2026 年有 1 个问题待整改").await;
}

async fn hand_in(walk: &Walk, what: &str) {
    walk.person.fill("整改情况", what).await;
    walk.person.press("提交复核").await;
    walk.person.sees("已提交复核，由另一人核实").await;
}

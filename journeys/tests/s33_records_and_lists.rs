//! S33: every branch that was assessed has its record of grades and its list of problems; where the
//! list is empty, the branch says so.
#[path = "small_cycle/mod.rs"]
mod small_cycle;

use journeys::{Browser, Device, Product, Script};

#[tokio::test]
async fn every_assessed_branch_has_a_record_and_a_list() {
    let product = Product::demo();
    let person = Browser::open(&product.address, Device::Desktop, Script::Off).await;
    person.enter("单位专职副书记").await;
    person.go("/ledger").await;
    let branches = person.texts("main tbody th a").await;
    assert_eq!(branches.len(), 6, "all of the organ: {branches:?}");
    let mut closed = 0;
    for branch in branches {
        person.go("/ledger").await;
        person.press(&branch).await;
        person.sees("历年等次").await;
        person.sees("2025").await;
        let org = person.path().await.replace("/orgs/", "");
        person.go(&format!("/problems?f=closed&org={org}")).await;
        person.sees("已销号").await;
        let listed = person.texts("main tbody tr").await;
        assert!(listed.iter().all(|row| row.contains(&branch)), "only its own: {listed:?}");
        closed += listed.len();
    }
    assert!(closed > 0, "last year's problems stand in the lists");
}

#[tokio::test]
async fn a_branch_where_nothing_was_found_confirms_it_and_is_counted() {
    let cycle = small_cycle::open(small_cycle::ORGAN).await;
    let (person, hero) = (&cycle.person, small_cycle::HERO);
    let full = [("A1", "10"), ("A2", "10"), ("D1", "50"), ("D2", "30")];
    cycle.advance("自评").await;
    person.enter("支部书记").await;
    person.go("/todo").await;
    person.press("填报 2026 年度自查自评").await;
    fill(person, &full[2..], "提交自评").await;
    person.enter("工委工作人员").await;
    cycle.go("/teams").await;
    person.choose("环节", "验收").await;
    person.fill("名称", "演练验收组").await;
    person.fill("成员", "yanshou01").await;
    person.press("新建验收组").await;
    person.press_near("演练验收组", "分配支部").await;
    person.fill_near("演练验收组", "要分给这个组的支部", hero.0).await;
    person.press_near("演练验收组", "分给这个组").await;
    person.sees("已分配 1 个支部").await;
    cycle.advance("验收").await;
    person.enter("验收组成员").await;
    person.go("/todo").await;
    person.press(&format!("实地验收：{}", hero.1)).await;
    fill(person, &full, "提交验收结果").await;
    let item = "2026 年度验收没有发现问题，请确认无问题";
    person.enter("支部书记").await;
    person.go("/todo").await;
    person.press(item).await;
    person.sees("请核对考评表").await;
    person.press("确认无问题").await;
    person.sees("已确认无问题").await;
    person.go("/todo").await;
    person.does_not_see(item).await;
    person.enter("工委工作人员").await;
    cycle.go("").await;
    person.sees("无问题确认").await;
    person.press("1 个支部").await;
    assert_eq!(person.texts("main tbody th a").await, [hero.1]);
}

async fn fill(person: &Browser, scores: &[(&str, &str)], submit: &str) {
    for (code, points) in scores {
        person.fill(&format!("{code} 得分"), points).await;
    }
    person.press(submit).await;
    person.sees("提交以后").await;
    person.press(submit).await;
    person.sees("已提交").await;
    let next = if submit == "提交自评" { "接下来由下一环节的人员办理" } else { "扣分项" };
    person.sees(next).await;
}

#[tokio::test]
async fn the_committee_sees_who_has_confirmed_and_who_has_not_yet() {
    let product = Product::demo();
    let person = Browser::open(&product.address, Device::Phone, Script::Off).await;
    person.enter("工委工作人员").await;
    for state in ["待确认", "已确认"] {
        person.go("/problems").await;
        person.press(&format!("无问题{state}")).await;
        assert!(!person.texts("main tbody th a").await.is_empty(), "{state}");
    }
}

#[tokio::test]
async fn who_would_be_reminded_stands_there_before_anybody_is() {
    let product = Product::demo();
    let person = Browser::open(&product.address, Device::Phone, Script::On).await;
    person.enter("单位专职副书记").await;
    person.go("/problems?view=list").await;
    person.press("提醒责任人").await;
    person.sees("还没有选问题。").await;
    person.go("/problems?view=list").await;
    let number = person.texts("main tbody td.nw").await.remove(0);
    let chosen = format!("选择 {}", number.replace("编号", "").trim());
    person.tick(&chosen).await;
    person.press("提醒责任人").await;
    person.sees("将提醒 1 个问题的责任人。").await;
    assert_eq!(person.complaints().await, Vec::<String>::new());
    person.press("提醒 1 个问题的责任人").await;
    person.sees("已提醒 1 个问题的责任人").await;
    person.tick(&chosen).await;
    person.press("提醒责任人").await;
    person.sees("今天已提醒过").await;
}

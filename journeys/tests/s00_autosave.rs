//! A sheet that saves itself: what is typed is kept, two people do not overwrite each other, a lost network loses
//! nothing, the enter key does no harm.
mod small_cycle;

use journeys::{Browser, Device, Script};
use small_cycle::SmallCycle;

const ENTER: &str = "\u{E007}";

/// The secretary's sheet in a window of its own.
async fn sheet(cycle: &SmallCycle, script: Script) -> Browser {
    let window = Browser::open(&cycle.product.address, Device::Phone, script).await;
    window.enter("支部书记").await;
    window.go("/todo").await;
    window.press("填报 2026 年度自查自评").await;
    window.sees("需要您填 2 项").await;
    window
}

async fn begun() -> SmallCycle {
    let cycle = small_cycle::open(small_cycle::ORGAN).await;
    cycle.advance("自评").await;
    cycle
}

async fn score(window: &Browser, code: &str, points: &str) {
    window.fill(&format!("{code} 得分"), &format!("{points}{ENTER}")).await;
}

#[tokio::test]
async fn the_second_of_two_people_sees_both_values_and_decides() {
    let cycle = begun().await;
    let (first, second) = (sheet(&cycle, Script::On).await, sheet(&cycle, Script::On).await);
    score(&first, "D1", "45").await;
    first.sees("已保存").await;
    score(&second, "D1", "40").await;
    second.sees("改为 45，您填的是 40。没有覆盖").await;
    first.reload().await;
    assert_eq!(first.value("D1 得分").await, "45", "the first stands until somebody decides");
    second.press("用我填的").await;
    second.does_not_see("没有覆盖").await;
    second.sees("已保存").await;
    first.reload().await;
    assert_eq!(first.value("D1 得分").await, "40");
}

#[tokio::test]
async fn whoever_takes_the_other_s_value_sees_its_total_at_once() {
    let cycle = begun().await;
    let (first, second) = (sheet(&cycle, Script::On).await, sheet(&cycle, Script::On).await);
    score(&first, "D1", "45").await;
    first.sees("已保存").await;
    score(&second, "D1", "40").await;
    second.sees("没有覆盖").await;
    second.press("用对方填的").await;
    assert_eq!(second.value("D1 得分").await, "45");
    second.sees("未评 1 项").await;
    second.does_not_see("未评 2 项").await;
}

#[tokio::test]
async fn without_a_network_it_says_so_and_saves_when_the_network_is_back() {
    let cycle = begun().await;
    let window = sheet(&cycle, Script::On).await;
    window.network(false);
    score(&window, "D1", "45").await;
    window.sees("没有保存：网络不通，将自动重试").await;
    window.network(true);
    window.sees("已保存").await;
    window.does_not_see("没有保存").await;
    window.reload().await;
    assert_eq!(window.value("D1 得分").await, "45");
}

#[tokio::test]
async fn a_score_that_was_taken_away_can_be_given_again() {
    let cycle = begun().await;
    let window = sheet(&cycle, Script::On).await;
    for points in ["45", "", "40"] {
        score(&window, "D1", points).await;
        window.sees("已保存").await;
        window.sees(if points.is_empty() { "未评 2 项" } else { "未评 1 项" }).await;
    }
    window.does_not_see("没有覆盖").await;
    window.reload().await;
    assert_eq!(window.value("D1 得分").await, "40");
}

#[tokio::test]
async fn the_enter_key_saves_and_fills_nothing_else_where_scripts_do_not_run() {
    let cycle = begun().await;
    let window = sheet(&cycle, Script::Off).await;
    score(&window, "D2", "28").await;
    window.sees("已保存").await;
    assert_eq!(window.value("D2 得分").await, "28");
    assert_eq!(window.value("D1 得分").await, "", "no full marks by accident");
}

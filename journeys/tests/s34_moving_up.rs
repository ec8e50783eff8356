//! S34: last year's grade beside this year's; who moved up is marked and counted.
use journeys::{Browser, Device, Product, Script};

#[tokio::test]
async fn the_ledger_marks_and_counts_who_moved_up() {
    let product = Product::demo();
    let person = Browser::open(&product.address, Device::Desktop, Script::Off).await;
    person.enter("单位专职副书记").await;
    person.go("/ledger").await;
    let all = person.texts("main tbody tr").await;
    let figures = person.texts(".kpi .v").await;
    person.choose("晋位", "晋位").await;
    person.press("查询").await;
    let up = person.texts("main tbody tr").await;
    assert_eq!(up.len(), all.iter().filter(|row| row.ends_with("晋位")).count());
    assert!(up.iter().all(|row| row.ends_with("晋位")), "{up:?}");
    assert!(figures.iter().any(|figure| figure.ends_with('%')), "the share of those who moved up: {figures:?}");
}

#[tokio::test]
async fn a_branch_sets_its_target_and_its_history_stands_on_its_page() {
    let product = Product::demo();
    let person = Browser::open(&product.address, Device::Phone, Script::Off).await;
    person.enter("支部书记").await;
    person.go("/ledger").await;
    person.choose("目标等次", "好").await;
    person.fill("措施", "补齐会议记录，按期开展主题党日").await;
    person.press("保存目标").await;
    person.sees("已保存目标").await;
    person.go("/ledger").await;
    let name = person.texts("main tbody th a").await.remove(0);
    person.press(&name).await;
    person.sees("历年等次").await;
}

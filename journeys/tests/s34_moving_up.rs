//! S34: last year's grade beside this year's; who moved up is marked and counted.
#![allow(clippy::indexing_slicing, clippy::panic, reason = "in a test, what is missing is a failure")]
use journeys::{Browser, Device, Product, Script};

const GRADES: [&str; 4] = ["差", "一般", "较好", "好"];

/// The mark that a grade of this year beside last year's must carry.
fn mark(now: &str, before: &str) -> &'static str {
    let step = |grade: &str| GRADES.iter().position(|g| *g == grade).unwrap_or_else(|| panic!("no grade: {grade}"));
    match step(now).cmp(&step(before)) {
        std::cmp::Ordering::Greater => "晋位",
        std::cmp::Ordering::Equal => "持平",
        std::cmp::Ordering::Less => "降位",
    }
}

#[tokio::test]
async fn every_branch_is_marked_by_its_two_grades_and_the_share_is_theirs() {
    let product = Product::demo();
    let person = Browser::open(&product.address, Device::Desktop, Script::Off).await;
    person.enter("单位专职副书记").await;
    person.go("/ledger").await;
    let cells = person.texts("main tbody td").await;
    let rows: Vec<&[String]> = cells.chunks_exact(6).collect(); // total, grade, star, last year's grade, what is aimed at, change
    assert_eq!(rows.len(), 6, "the branches of the organ: {cells:?}");
    for row in &rows {
        assert_eq!(row[5], mark(&row[1], &row[3]), "{row:?}");
    }
    let up = rows.iter().filter(|row| row[5] == "晋位").count();
    let (names, values) = (person.texts(".kpi .k").await, person.texts(".kpi .v").await);
    let figure = |name: &str| names.iter().position(|n| n == name).map(|at| values[at].clone()).unwrap_or_default();
    assert!(up > 0, "the demo has somebody who moved up: {cells:?}");
    assert_eq!(figure("晋位"), up.to_string());
    assert_eq!(figure("晋位支部占比"), format!("{:.1}%", up as f64 * 100.0 / rows.len() as f64));
}

#[tokio::test]
async fn the_filter_shows_those_who_moved_up_and_nobody_else() {
    let product = Product::demo();
    let person = Browser::open(&product.address, Device::Desktop, Script::Off).await;
    person.enter("单位专职副书记").await;
    person.go("/ledger").await;
    let all = person.texts("main tbody tr").await;
    person.choose("晋位", "晋位").await;
    person.press("查询").await;
    let up = person.texts("main tbody tr").await;
    assert_eq!(up.len(), all.iter().filter(|row| row.ends_with("晋位")).count());
    assert!(up.iter().all(|row| row.ends_with("晋位")), "{up:?}");
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
    person.sees("补齐会议记录，按期开展主题党日").await;
}

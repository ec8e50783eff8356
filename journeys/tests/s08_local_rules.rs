//! S08: the local rule's editions follow one another by day; two editions are compared article by article.
use journeys::{Browser, Device, Product, Script};

async fn editions_on(person: &Browser, day: &str) -> Vec<String> {
    person.go(&format!("/standards?on={day}")).await;
    let rows = person.texts("main tbody tr").await;
    rows.into_iter().filter(|row| row.contains("辽宁省省直机关党支部工作细则")).collect()
}

#[tokio::test]
async fn the_edition_of_2018_takes_over_from_that_of_2016_on_its_day() {
    let product = Product::demo();
    let person = Browser::open(&product.address, Device::Desktop, Script::Off).await;
    person.enter("工委工作人员").await;
    let before = editions_on(&person, "2018-11-18").await;
    let after = editions_on(&person, "2018-11-19").await;
    assert!(matches!(&before[..], [row] if row.contains("（试行） 2016")), "{before:?}");
    assert!(matches!(&after[..], [row] if row.contains("细则 2018")), "{after:?}");
}

#[tokio::test]
async fn two_editions_are_compared_with_what_was_added_and_removed() {
    let product = Product::demo();
    let person = Browser::open(&product.address, Device::Desktop, Script::Off).await;
    person.enter("支部书记").await;
    person.go("/standards/SAMPLE-XZ/v/2025").await;
    person.press("与上一版对比").await;
    person.sees("新增").await;
    let changes = person.texts("main tbody .tag").await;
    for (kind, said) in [("新增", "新增 "), ("删除", "删除 "), ("修改", "修改 ")] {
        let n = changes.iter().filter(|change| *change == kind).count();
        person.sees(&format!("{said}{n} 条")).await;
        assert!(n > 0, "the sample shows each kind of change: {changes:?}");
    }
}

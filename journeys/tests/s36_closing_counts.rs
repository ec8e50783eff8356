//! S36: what was closed counts as a share, what was not is carried into the next year's list.
use journeys::{Browser, Device, Product, Script};

#[tokio::test]
async fn the_share_closed_last_year_is_a_fact_of_this_year_and_the_rest_is_carried_over() {
    let product = Product::demo();
    let person = Browser::open(&product.address, Device::Desktop, Script::Off).await;
    person.enter("支部书记").await;
    person.go("/todo").await;
    person.press("补报 2026 年度自查自评").await;
    person.press_near("台账档案与问题整改闭环", "取数依据").await;
    person.sees("2025 年问题清单：共").await;
    let facts = person.texts("#row-F3 li").await.join(" ");
    let number = |before: &str| -> f64 {
        let rest = facts.split(before).nth(1).unwrap_or_else(|| panic!("no `{before}` in {facts}"));
        rest.trim_start().chars().take_while(|c| c.is_ascii_digit() || *c == '.').collect::<String>().parse().unwrap()
    };
    assert_eq!((number("共 "), number("已销号 ")), (3.0, 2.0), "two of three: {facts}");
    assert!(facts.contains("66.7%"), "their share: {facts}");
    person.go("/problems?f=late").await;
    let left = person.texts("main article.late h3 a").await;
    assert_eq!(left.len(), 1, "the third of the three: {left:?}");
    person.press(&left[0]).await;
    person.sees("转入下年清单").await;
}

//! S43: the same 27 indicators by the six standards or by five aspects; both add to 100.
#![allow(clippy::indexing_slicing, clippy::panic, reason = "in a test, what is missing is a failure")]
use journeys::{Browser, Device, Product, Script};

async fn sum_and_count(person: &Browser) -> (usize, f64, usize) {
    let groups = person.texts("main caption").await;
    let points = groups.iter().filter_map(|group| group.split(' ').rev().find_map(|word| word.parse::<f64>().ok()));
    (groups.len(), points.sum(), person.texts("main tbody tr[id]").await.len())
}

#[tokio::test]
async fn both_groupings_hold_all_indicators_and_add_to_a_hundred() {
    let product = Product::demo();
    let person = Browser::open(&product.address, Device::Desktop, Script::Off).await;
    person.enter("支部书记").await;
    person.go("/schemes/LN-JG-27/v/2025.1").await;
    let (_, six, indicators) = sum_and_count(&person).await;
    assert_eq!((six, indicators), (100.0, 27));
    person.press("五个方面").await;
    let (_, five, indicators) = sum_and_count(&person).await;
    assert_eq!((five, indicators), (100.0, 27));
    for aspect in ["规范班子建设", "规范党员管理", "规范支部运行", "规范组织生活", "规范作用发挥"] {
        person.sees(aspect).await;
    }
}

/// Each branch's points by group: their sum is the total beside them, whichever the grouping.
async fn sums(person: &Browser) -> Vec<(String, f64)> {
    let (names, heads) = (person.texts("main tbody th a").await, person.texts("main thead th").await.len());
    let cells = person.texts("main tbody td").await;
    let number = |text: &String| text.parse::<f64>().unwrap_or_else(|_| panic!("no points: {text}"));
    let rows = cells.chunks_exact(heads - 1).map(|row| {
        let (groups, sum) = (&row[..row.len() - 1], &row[row.len() - 1]);
        let added: f64 = groups.iter().map(number).sum();
        assert!((added - number(sum)).abs() < 0.005, "{row:?}");
        number(sum)
    });
    names.into_iter().zip(rows).collect()
}

#[tokio::test]
async fn the_report_by_five_aspects_has_the_same_sums_as_that_by_six_standards() {
    let product = Product::demo();
    let person = Browser::open(&product.address, Device::Desktop, Script::Off).await;
    person.enter("单位专职副书记").await;
    person.go("/assess").await;
    person.press("2025年度").await;
    person.press("考评报表").await;
    let six = sums(&person).await;
    person.press("五个方面").await;
    person.sees("规范作用发挥").await;
    assert_eq!(sums(&person).await, six);
    assert!(six.len() > 1, "{six:?}");
}

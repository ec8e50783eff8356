//! S42: a cycle binds the exact editions of standard, star rules and scheme, and shows them.
use journeys::{Browser, Device, Product, Script};

#[tokio::test]
async fn a_cycle_shows_the_three_editions_it_is_bound_to() {
    let product = Product::demo();
    let person = Browser::open(&product.address, Device::Desktop, Script::Off).await;
    person.enter("支部书记").await;
    person.go("/assess").await;
    person.press("2026年度").await;
    let cycle = person.path().await;
    person.sees("依据的版本").await;
    let bound = person.texts("main dl.kv dd a").await;
    assert_eq!(bound.len(), 3, "scheme, standard and star rules: {bound:?}");
    for edition in bound {
        person.go(&cycle).await;
        let version = edition.rsplit(' ').next().unwrap().to_owned();
        person.press(&edition).await;
        person.sees(&version).await;
        assert!(person.path().await.ends_with(&format!("/v/{version}")), "{edition}: {}", person.path().await);
    }
}

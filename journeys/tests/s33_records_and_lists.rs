//! S33: every branch that was assessed has its record of grades and its list of problems.
use journeys::{Browser, Device, Product, Script};

#[tokio::test]
async fn every_assessed_branch_has_a_record_and_a_list() {
    let product = Product::demo();
    let person = Browser::open(&product.address, Device::Desktop, Script::Off).await;
    person.enter("单位专职副书记").await;
    person.go("/ledger").await;
    let branches = person.texts("main tbody th a").await;
    assert_eq!(branches.len(), 6, "all of the organ: {branches:?}");
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
    }
}

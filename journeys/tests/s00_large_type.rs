//! 大字版 at the desk: on an old monitor, in every size of type, everything of anybody's menu fits.
use journeys::{Browser, Device, Product, Script};

const IDENTITIES: [&str; 6] = ["工委工作人员", "单位专职副书记", "支部书记", "验收组成员", "系统管理员", "审计管理员"];

#[tokio::test]
async fn every_page_of_the_menus_has_room_for_its_letters() {
    let product = Product::demo();
    let mut crowded = Vec::new();
    for who in IDENTITIES {
        let person = Browser::open(&product.address, Device::Desktop, Script::On).await;
        person.enter(who).await;
        person.go("/all").await;
        let menu = person.links_in("main a[href^='/']").await;
        assert!(menu.len() >= 5, "{who} has a menu: {menu:?}");
        for page in &menu {
            person.go(page).await;
            crowded.extend(person.crowded().await.into_iter().map(|what| format!("{who} {page} {what}")));
        }
    }
    assert!(crowded.is_empty(), "{}", crowded.join("\n"));
}

#[tokio::test]
async fn the_report_of_a_cycle_has_room_for_the_names_of_branches() {
    let product = Product::demo();
    let person = Browser::open(&product.address, Device::Desktop, Script::On).await;
    person.enter("工委工作人员").await;
    person.go("/assess").await;
    person.press("2025年度").await;
    person.press("考评报表").await;
    assert_eq!(person.crowded().await, [] as [String; 0]);
}

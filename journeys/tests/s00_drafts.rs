//! Forms of three fields and more: what was typed and not sent is there on return.
use journeys::{Browser, Device, Product, Script};

#[tokio::test]
async fn what_was_typed_and_left_is_offered_on_return_and_gone_once_it_is_sent() {
    let product = Product::demo();
    let person = Browser::open(&product.address, Device::Phone, Script::On).await;
    person.enter("工委工作人员").await;
    person.go("/orgs/new").await;
    person.fill("组织名称", "城关临时党支部").await;
    person.sees("草稿已保存").await;
    person.go("/orgs").await;
    person.go("/orgs/new").await;
    person.sees("这张表上次没有填完").await;
    assert_eq!(person.value("组织名称").await, "");
    assert_eq!(person.complaints().await, Vec::<String>::new());
    person.press("接着填").await;
    assert_eq!(person.value("组织名称").await, "城关临时党支部");
    person.does_not_see("接着填").await;
    assert_eq!(person.console_errors().await, Vec::<String>::new());
    // Refused, the form keeps what stands in it; the draft stays.
    person.press("新建组织").await;
    person.sees("需要更正").await;
    person.go("/orgs/new").await;
    person.press("重新填").await;
    person.does_not_see("接着填").await;
    person.reload().await;
    assert!(!person.shows("接着填").await);
}

//! The demonstration is cleared by whoever tries it on their own machine, and the set-up of an empty installation begins.
use journeys::{Browser, Device, Product, Script};

#[tokio::test]
async fn a_visitor_clears_the_demo_and_finds_the_set_up_with_the_templates() {
    let product = Product::demo();
    let person = Browser::open(&product.address, Device::Phone, Script::On).await;
    person.enter("支部书记").await;
    person.go("/start").await;
    person.press("清空演示数据").await;
    person.is_at("/start/renewal").await;
    person.fill("确认删除", "不").await;
    person.press("清空，导入自己的").await;
    person.sees("请输入“清空”").await;
    assert_eq!(person.complaints().await, Vec::<String>::new());
    person.go("/todo").await;
    person.sees("演示数据").await; // nothing has gone
    person.go("/start/renewal").await;
    person.fill("确认删除", "清空").await;
    person.press("清空，导入自己的").await;
    person.sees("正在清空").await;
    assert_eq!(person.complaints().await, Vec::<String>::new());
    // The same process says its line again, with the code of the set-up.
    let code = product.printed(|line| line.split("一次性代码 ").nth(1).and_then(|rest| rest.split(' ').next()).map(str::to_owned));
    person.go("/").await;
    person.is_at("/set-up").await;
    person.fill("一次性代码", &code).await;
    person.press("下一步").await;
    person.sees("下载组织名册模板").await;
    let templates = person.links_in("main a[href^='/imports/templates/']").await;
    assert_eq!(templates, ["/imports/templates/organisations.xlsx", "/imports/templates/members.xlsx"]);
    assert!(!product.data().join("files").exists(), "no evidence of the demo is left");
}

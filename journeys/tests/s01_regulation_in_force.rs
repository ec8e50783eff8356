//! S01: a regulation with its edition and first day; the day before it does not hold, on the day it does.
use journeys::{Browser, Device, Product, Script};

const REGULATION: &str = "中国共产党支部工作条例（试行）";

#[tokio::test]
async fn the_regulation_holds_from_its_first_day_on() {
    let product = Product::demo();
    let person = Browser::open(&product.address, Device::Phone, Script::Off).await;
    person.enter("支部书记").await;
    person.go("/standards").await;
    person.fill("查询日期", "2018-10-27").await;
    person.press("查询").await;
    person.sees("现行有效").await;
    person.does_not_see(REGULATION).await;
    person.fill("查询日期", "2018-10-28").await;
    person.press("查询").await;
    person.sees(REGULATION).await;
    person.press(REGULATION).await;
    person.sees("第十一条").await;
}

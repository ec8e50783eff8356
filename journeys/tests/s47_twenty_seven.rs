//! S47: 27 indicators that add to 100; one more, or another sum, is not published.
use journeys::{Browser, Device, Product, Script};

const SCHEME: &str = include_str!("../../content/schemes/LN-JG-27.toml");

/// A 28th indicator.
const ONE_MORE: &str = r#"
[[indicator]]
code = "F9"
title = "第二十八项"
dimension = "F"
points = 1
method = "boolean"
metric = "archive.yearly_bound"
rule = "做到得1分。"
evidence = []
article = "《条例》第四条"
articles = ["REG-ZB:4"]
confidence = "F"
auto = false
"#;

async fn checked(product: &Product, person: &Browser, name: &str, text: &str) {
    let file = product.file(name, text);
    person.go("/schemes/new").await;
    person.attach("文件", std::path::Path::new(&file)).await;
    person.press("检查").await;
}

#[tokio::test]
async fn a_scheme_that_does_not_add_up_is_not_published() {
    let product = Product::demo();
    let person = Browser::open(&product.address, Device::Desktop, Script::Off).await;
    person.enter("工委工作人员").await;
    checked(&product, &person, "27.toml", SCHEME).await;
    person.sees("共 27 项指标。 可以发布。").await;
    person.press("发布考评细则").await;
    person.sees("这一版早已发布，内容相同，没有改动。").await;
    let heavier = SCHEME.replace("version = \"2025.1\"", "version = \"2026.9\"").replacen("points = 5\n", "points = 6\n", 1);
    checked(&product, &person, "101.toml", &heavier).await;
    person.sees("全部指标合计 101 分，与总分 100 分不符").await;
    person.sees("有错误，不能发布。").await;
    person.does_not_see("发布考评细则").await;
    let more = format!("{}{ONE_MORE}", SCHEME.replace("version = \"2025.1\"", "version = \"2026.9\""));
    checked(&product, &person, "28.toml", &more).await;
    person.sees("声明 27 项指标，实有 28 项").await;
    person.does_not_see("发布考评细则").await;
    let other = SCHEME.replacen("机关党支部标准化规范化建设百分制考核", "另一个名称", 1);
    checked(&product, &person, "other.toml", &other).await;
    person.press("发布考评细则").await;
    person.sees("已经发布，内容不同").await;
}

//! S09 (without the round of opinions): each article of a rule names the higher one it carries out; one without is local.
use journeys::{Browser, Device, Product, Script};

#[tokio::test]
async fn an_article_leads_to_the_higher_one_and_those_without_are_counted() {
    let product = Product::demo();
    let person = Browser::open(&product.address, Device::Desktop, Script::Off).await;
    person.enter("支部书记").await;
    person.go("/standards/SAMPLE-XZ/v/2025").await;
    let all = person.texts("main article").await;
    let linked = all.iter().filter(|article| article.contains("上位条款：")).count();
    let local = all.iter().filter(|article| article.contains("地方特有")).count();
    assert!(linked > 0 && local > 0 && linked + local == all.len(), "{linked} + {local} of {}", all.len());
    person.sees(&format!("全部条文 {}", all.len())).await;
    person.press(&format!("地方特有 {local}")).await;
    assert_eq!(person.texts("main article").await.len(), local);
    person.press("全部条文").await;
    person.press_near("上位条款：", "中国共产党支部工作条例（试行） 第十一条").await;
    person.sees("落实本条的细则条款：").await;
}

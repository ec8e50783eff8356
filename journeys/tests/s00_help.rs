//! Rare words are explained to anybody, without a sign-in and without a script.
use journeys::{Browser, Device, Product, Script};

async fn is_sound(person: &Browser) {
    assert_eq!(person.complaints().await, Vec::<String>::new(), "{}", person.path().await);
}

#[tokio::test]
async fn a_word_is_explained_to_whoever_asks() {
    let product = Product::demo();
    let person = Browser::open(&product.address, Device::Desktop, Script::On).await;
    person.go("/start").await;
    person.press("帮助").await;
    person.is_at("/help").await;
    is_sound(&person).await;
    person.press("从已经验收的支部里随机抽出一部分").await;
    person.is_at("/help/recheck").await;
    person.sees("复检过的项目以复检得分为准").await;
    is_sound(&person).await;
    person.go("/help/nothing").await;
    person.sees("没有找到").await;
}

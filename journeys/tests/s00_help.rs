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

#[tokio::test]
async fn the_question_mark_explains_in_place_and_leads_to_a_page_without_a_script() {
    let product = Product::demo();
    let person = Browser::open(&product.address, Device::Desktop, Script::On).await;
    person.enter("支部书记").await;
    person.go("/ledger").await;
    person.press("帮助：台账").await;
    person.sees("定稿后自动记入").await;
    person.is_at("/ledger").await;
    is_sound(&person).await; // with the dialog open
    person.press("关闭").await;
    person.does_not_see("定稿后自动记入").await;
    assert_eq!(person.console_errors().await, Vec::<String>::new());
    let plain = Browser::open(&product.address, Device::Phone, Script::Off).await;
    plain.enter("支部书记").await;
    plain.go("/ledger").await;
    plain.press("帮助：台账").await;
    plain.is_at("/help/ledger").await;
    plain.sees("定稿后自动记入").await;
}

#[tokio::test]
async fn in_the_largest_type_on_a_phone_an_explanation_is_read_from_its_beginning() {
    let product = Product::demo();
    let person = Browser::open(&product.address, Device::Phone, Script::On).await;
    person.enter("支部书记").await;
    person.in_the_largest_type().await;
    person.go("/ledger").await;
    person.press("帮助：台账").await;
    person.sees("定稿后自动记入").await;
    assert_eq!(person.reading("dialog").await, (0, "help-h".to_owned()));
    is_sound(&person).await;
}

#[tokio::test]
async fn each_role_has_a_guide_that_is_reached_from_the_list() {
    let product = Product::demo();
    let person = Browser::open(&product.address, Device::Desktop, Script::On).await;
    person.go("/help").await;
    let guides = person.links_in("a[href^='/help/role/']").await;
    assert_eq!(guides.len(), 9);
    for guide in guides {
        person.go(&guide).await;
        assert_eq!(person.template().await, "help/role/show.html");
    }
    is_sound(&person).await;
}

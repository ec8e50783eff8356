//! A list of more than ten thousand rows is made as a file in the background: whoever has asked may go elsewhere, is told when
//! it is whole, and takes it from its page; with a script at the desk, and on a phone without.
#![allow(clippy::restriction, reason = "in a test, what is missing is a failure")]
use journeys::{Browser, Device, Product, Script};

/// One more than is answered at once, beside those of the demo.
fn many() -> String {
    let branch = |n: u32| format!("21.900.{n:05},新设第{n}党支部,631,21.900,\n");
    "code,name,type,parent_code,category\n21.900,新设机关党委,611,21,\n".to_owned() + &(0..10_000).map(branch).collect::<String>()
}

/// The rules are a script themselves.
async fn is_sound(person: &Browser, script: Script) {
    if script == Script::On {
        assert_eq!(person.complaints().await, Vec::<String>::new());
    }
}

async fn takes_a_long_list(product: &Product, device: Device, script: Script) {
    let person = Browser::open(&product.address, device, script).await;
    person.enter("工委工作人员").await;
    person.go("/orgs").await;
    person.press("导出 CSV").await;
    person.sees("组织").await;
    let page = person.path().await;
    assert!(page.starts_with("/exports/"), "{page}");
    // What stands there while it is made; if this machine was quicker, what stands there afterwards.
    is_sound(&person, script).await;
    person.go("/notices").await;
    for _ in 0..200 {
        if person.links_in("main a").await.contains(&page) {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(200)).await;
        person.reload().await;
    }
    person.sees("导出文件已生成：").await;
    person.go(&page).await;
    person.sees("已生成").await;
    person.sees("文件保留到").await;
    assert_eq!(person.links_in("main a.btn-main").await, [format!("{page}/file")]);
    is_sound(&person, script).await;
    person.enter("审计管理员").await;
    person.go(&page).await;
    person.sees("没有找到").await;
}

#[tokio::test]
async fn a_long_list_is_made_in_the_background_and_told_when_it_is_whole() {
    let product = Product::demo();
    product.done(&["import", "organisations", &product.file("many.csv", &many())]);
    takes_a_long_list(&product, Device::Desktop, Script::On).await;
    takes_a_long_list(&product, Device::Phone, Script::Off).await;
}

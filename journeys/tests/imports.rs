//! Files of offices: a template is offered, a bad file is listed row by row and changes nothing, a good one is brought in
//! after a second press and taken back; with a script and, on a phone, without.
#![allow(clippy::restriction, reason = "in a test, what is missing is a failure")]
use journeys::{Browser, Device, Product, Script};
use std::path::Path;

const HEAD: &str = "code,name,type,parent_code,category\n";

/// Without a script the page renews itself; nobody has to wait for that.
async fn settles(person: &Browser, said: &str) {
    for _ in 0..200 {
        if person.shows(said).await {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(200)).await;
        person.reload().await;
    }
    person.sees(said).await;
}

async fn hand_in(person: &Browser, file: &Path) {
    person.go("/imports").await;
    person.press("导入组织").await;
    person.attach("文件", file).await;
    person.press("上传并检查").await;
}

async fn brings_in_and_takes_back(device: Device, script: Script) {
    let (product, home) = (Product::demo(), tempfile::tempdir().unwrap());
    let (bad, good) = (home.path().join("bad.csv"), home.path().join("good.csv"));
    std::fs::write(&bad, format!("{HEAD}21.900,新机关,611,21,\n21.900.001,新支部,777,21.901,\n")).unwrap();
    std::fs::write(&good, format!("{HEAD}21.900,新设机关党委,611,21,\n21.900.001,新设第一党支部,631,21.900,\n")).unwrap();
    let person = Browser::open(&product.address, device, script).await;
    person.go("/start").await;
    person.press("工委工作人员").await;
    hand_in(&person, &bad).await;
    settles(&person, "1 行有误").await;
    person.sees("777").await;
    person.sees("下载有误的行").await;
    hand_in(&person, &good).await;
    settles(&person, "检查通过").await;
    person.does_not_see("撤销这次导入").await;
    person.press("确认导入").await;
    settles(&person, "撤销这次导入").await;
    person.press("撤销这次导入").await;
    settles(&person, "已撤销").await;
    person.go("/imports").await;
    person.sees("good.csv").await;
    assert_eq!(person.console_errors().await, Vec::<String>::new());
}

#[tokio::test]
async fn a_file_is_handed_in_checked_brought_in_and_taken_back() {
    brings_in_and_takes_back(Device::Desktop, Script::On).await;
}

#[tokio::test]
async fn the_same_on_a_phone_without_a_script() {
    brings_in_and_takes_back(Device::Phone, Script::Off).await;
}

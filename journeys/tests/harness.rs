//! The harness itself, on a page of its own: what the journeys rely on holds on both devices, with
//! scripts and without, under a strict content policy.
#![allow(clippy::restriction, reason = "a test's own server")]
#[path = "harness/page.rs"]
mod page;

use journeys::{Browser, Device, Script};

async fn fill_and_send(device: Device, script: Script) {
    let person = Browser::open(&page::serve(), device, script).await;
    person.go("/").await;
    person.sees(if script == Script::On { "脚本已运行" } else { "没有脚本" }).await;
    person.does_not_see("坏").await;
    assert_eq!(person.value("名称").await, "旧");
    person.fill("名称", "first").await;
    person.fill("日期", "2026-06-15").await;
    person.choose("类型", "总支").await;
    person.choose("等次", "较好").await;
    person.tick("确认无误").await;
    person.press("提交").await;
    person.sees("收到").await;
    assert_eq!(person.path().await, "/done?name=first&day=2026-06-15&kind=%E6%80%BB%E6%94%AF&grade=fair&sure=yes&do=submit");
    assert_eq!(person.console_errors().await, Vec::<String>::new());
}

#[tokio::test]
async fn a_form_is_filled_at_the_desk_with_scripts() {
    fill_and_send(Device::Desktop, Script::On).await;
}

#[tokio::test]
async fn a_form_is_filled_at_the_desk_without_scripts() {
    fill_and_send(Device::Desktop, Script::Off).await;
}

#[tokio::test]
async fn a_form_is_filled_on_a_phone_with_scripts() {
    fill_and_send(Device::Phone, Script::On).await;
}

#[tokio::test]
async fn a_form_is_filled_on_a_phone_without_scripts() {
    fill_and_send(Device::Phone, Script::Off).await;
}

#[tokio::test]
async fn a_file_is_attached_and_a_row_s_own_link_pressed_without_scripts() {
    let person = Browser::open(&page::serve(), Device::Phone, Script::Off).await;
    person.go("/").await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("photo.txt");
    std::fs::write(&file, "evidence-content").unwrap();
    person.attach("佐证", &file).await;
    person.press("上传").await;
    person.sees("evidence-content").await;
    person.go("/").await;
    person.press_near("乙", "打开").await;
    assert_eq!(person.path().await, "/row?of=b");
}

#[tokio::test]
async fn a_press_is_over_when_what_it_asked_for_is_there() {
    for script in [Script::On, Script::Off] {
        let person = Browser::open(&page::serve(), Device::Desktop, script).await;
        person.go("/").await;
        if script == Script::On {
            person.press("原处换").await;
            assert_eq!(person.texts("#ran").await, ["换好了"]);
        }
        person.press("慢慢来").await;
        assert_eq!(person.texts("#ran").await, ["慢页到了"]);
    }
}

#[tokio::test]
async fn the_phone_is_390_wide_and_the_desk_1440() {
    for (device, width) in [(Device::Phone, 390), (Device::Desktop, 1440)] {
        let person = Browser::open(&page::serve(), device, Script::On).await;
        person.go("/").await;
        assert_eq!(person.width().await, width);
    }
}

#[tokio::test]
async fn a_clean_page_has_no_violations_and_a_bad_one_names_them() {
    let person = Browser::open(&page::serve(), Device::Phone, Script::On).await;
    person.go("/").await;
    assert_eq!(person.axe().await, Vec::<String>::new());
    person.go("/bad").await;
    assert!(person.console_errors().await.iter().any(|e| e.contains("missing.js")));
    let found = person.axe().await;
    assert!(found.iter().any(|v| v.starts_with("1440: label")), "{found:?}");
    assert!(found.iter().any(|v| v.starts_with("390 xlarge: label")), "{found:?}");
    assert!(found.iter().any(|v| v.contains("wider than the screen")), "{found:?}");
    person.go("/").await; // a page that is too wide is shown smaller
    assert_eq!(person.width().await, 390, "the device is as it was");
}

//! The first page of the demonstration: one press enters as anybody, everybody finds something, and the date moves.
use journeys::{Browser, Device, Product, Script};

/// Who can be entered as, where that leads, and how the page's own lines are found there.
const IDENTITIES: [(&str, &str, &str); 9] = [
    ("工委工作人员", "/overview", "main tbody tr"),
    ("工委复核人", "/todo", "main ul.todo li"),
    ("单位专职副书记", "/problems", "main article"),
    ("支部书记", "/todo", "main ul.todo li"),
    ("党员", "/assess", "main tbody tr"),
    ("验收组成员", "/todo", "main ul.todo li"),
    ("系统管理员", "/people", "main tbody tr"),
    ("安全管理员", "/roles", "main tbody tr"),
    ("审计管理员", "/audit", "main tbody tr"),
];

#[tokio::test]
async fn one_press_on_the_first_page_enters_as_anybody_and_nobody_finds_it_empty() {
    let product = Product::demo();
    for (who, where_to, lines) in IDENTITIES {
        let person = Browser::open(&product.address, Device::Phone, Script::Off).await;
        person.go("/").await;
        assert_eq!(person.texts("main ul.roles button").await.len(), IDENTITIES.len());
        person.press(who).await;
        person.is_at(where_to).await;
        assert!(!person.texts(lines).await.is_empty(), "{who} finds nothing:\n{}", person.reads().await);
        person.sees("演示数据").await;
        person.go("/").await;
        person.is_at("/todo").await; // the desk is the first page from now on
    }
}

/// The steps of the walk, the page each begins on, and what its work is done with there.
const STEPS: [(&str, &str, &str); 7] = [
    ("支部自评", "/self", "button[name=full]"),
    ("实地验收", "/inspections", "main tbody tr"),
    ("复检", "/draws", "main form"),
    ("审定公示", "/review", "main tbody tr"),
    ("问题整改", "/problems", "main article"),
    ("台账", "/ledger", "main tbody tr"),
    ("总览", "/overview", "main tbody tr"),
];

#[tokio::test]
async fn each_step_of_the_walk_begins_where_its_work_is_done() {
    let product = Product::demo();
    for (device, script) in [(Device::Phone, Script::Off), (Device::Desktop, Script::On)] {
        let person = Browser::open(&product.address, device, script).await;
        for (step, page, work) in STEPS {
            person.go("/start").await;
            person.press(&format!("开始 {step}")).await;
            person.sees(&format!("“{step}”从这里开始")).await;
            let here = person.path().await;
            assert!(here.ends_with(page), "{step} begins at {here}");
            assert!(!person.texts(work).await.is_empty(), "{step} at {here}:\n{}", person.reads().await);
        }
    }
}

/// What a page holds that somebody could read or do; a form to look for something alone is nothing.
const HOLDS: &str = "main tbody tr, main ul.todo li, main article, main dl.kv dt, main .card p:not(.empty):not(.empty *), main ul.tree li";

#[tokio::test]
async fn no_page_of_anybody_s_menu_is_empty() {
    let product = Product::demo();
    let mut empty = Vec::new();
    for (who, ..) in IDENTITIES {
        let person = Browser::open(&product.address, Device::Desktop, Script::Off).await;
        person.enter(who).await;
        person.go("/all").await;
        let menu = person.links_in("main a[href^='/']").await;
        assert!(menu.len() >= 5, "{who} has a menu: {menu:?}");
        for page in menu.iter().filter(|page| *page != "/search") {
            person.go(page).await;
            let nothing = !person.texts("main section.card > .empty:only-child").await.is_empty();
            if nothing || person.texts(HOLDS).await.is_empty() {
                empty.push(format!("{who} {page}: {}", person.reads().await));
            }
        }
    }
    assert!(empty.is_empty(), "{} empty pages:\n{}", empty.len(), empty.join("\n"));
}

#[tokio::test]
async fn a_day_on_brings_what_is_due_a_working_day_nearer() {
    let product = Product::demo();
    let person = Browser::open(&product.address, Device::Desktop, Script::On).await;
    person.enter("支部书记").await;
    person.go("/todo").await;
    person.sees("今天是 2026 年 6 月 15 日，星期一").await;
    person.sees("期限 2026-06-22 还剩 4 个工作日").await; // the Dragon Boat holiday lies between
    person.press("前进一天").await;
    person.sees("演示日期已到 2026-06-16").await;
    person.go("/todo").await;
    person.sees("今天是 2026 年 6 月 16 日，星期二").await;
    person.sees("期限 2026-06-22 还剩 3 个工作日").await;
    let other = Browser::open(&product.address, Device::Phone, Script::Off).await;
    other.enter("党员").await;
    other.go("/todo").await;
    other.sees("今天是 2026 年 6 月 16 日").await; // one date for everybody
}

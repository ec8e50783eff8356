//! Identities of the demo walk through every kind of page it can reach by links; nothing it is offered leads to
//! an error, no page says anything on the console, and every kind of page is accessible and light enough.
use journeys::{Browser, Device, Product, Script};
use std::collections::{BTreeSet, VecDeque};
use std::sync::Mutex;

/// Files, other displays and ways out: not pages. Help has as many pages as words, and a journey of its own.
const NOT_PAGES: [&str; 11] = [
    "/imports/templates/",
    "/calendars/template",
    "/files/",
    "/api/",
    "/ledger/file",
    "/size",
    "/language",
    "/guided",
    "/start",
    "/sign-out",
    "/help",
];
/// Enough to reach every kind of page from the menu.
const MOST: usize = 90;

/// The kind of a page: ids, codes and numbers do not matter.
fn kind(path: &str) -> String {
    let plain = path.split('?').next().unwrap_or_default();
    let part = |s: &str| if s.bytes().any(|b| b.is_ascii_digit()) { "{}".to_owned() } else { s.to_owned() };
    plain.split('/').map(part).collect::<Vec<_>>().join("/")
}

/// Templates that somebody has examined already; one page of each is enough.
static EXAMINED: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());

async fn examine(person: &Browser, page: &str, path: &str, wrong: &mut Vec<String>) {
    if EXAMINED.lock().is_ok_and(|mut seen| seen.insert(page.to_owned())) {
        wrong.extend(person.complaints().await.into_iter().map(|c| format!("{path} ({page}): {c}")));
    }
}

async fn walk(person: &Browser, who: &str) {
    let (mut seen, mut ways) = (BTreeSet::new(), VecDeque::from(["/all".to_owned(), "/todo".to_owned()]));
    let (mut visited, mut failed, mut wrong) = (0, Vec::new(), Vec::new());
    while let Some(path) = ways.pop_front() {
        if visited == MOST
            || NOT_PAGES.iter().any(|p| path.starts_with(p))
            || path.contains("file?")
            || path.contains("/export?")
            || path.contains("/workbook")
            || path.ends_with("/file")
            || !seen.insert(kind(&path))
        {
            continue;
        }
        visited += 1;
        person.go(&path).await;
        let page = person.template().await;
        if page == "web/error.html" {
            failed.push(path.clone());
        }
        examine(person, &page, &path, &mut wrong).await;
        ways.extend(person.links().await);
    }
    assert_eq!(failed, Vec::<String>::new(), "{who} is offered these and they fail");
    assert!(wrong.is_empty(), "{who}:\n{}", wrong.join("\n"));
    assert!(visited > 3, "{who} reached {visited} pages only");
    assert_eq!(person.console_errors().await, Vec::<String>::new(), "{who}");
}

async fn tour(roles: &[&str]) {
    let product = Product::demo();
    for role in roles {
        let person = Browser::open(&product.address, Device::Desktop, Script::On).await;
        person.go("/start").await;
        person.press(role).await;
        walk(&person, role).await;
    }
}

#[tokio::test]
async fn the_committee_and_its_reviewer_reach_their_pages() {
    tour(&["工委工作人员", "工委复核人"]).await;
}

#[tokio::test]
async fn branches_and_units_reach_their_pages() {
    tour(&["单位专职副书记", "支部书记", "党员", "验收组成员"]).await;
}

#[tokio::test]
async fn administrators_reach_their_pages() {
    tour(&["系统管理员", "安全管理员", "审计管理员"]).await;
}

/// Guided bits are links in a card; whoever closes them is not shown them again, and can have them back.
#[tokio::test]
async fn the_demo_s_guide_is_closed_for_good_and_shown_again() {
    const WALK: &str = "十分钟走完一遍主流程";
    const HINT: &str = "换成验收组成员看看";
    let product = Product::demo();
    for (device, script) in [(Device::Desktop, Script::Off), (Device::Phone, Script::On)] {
        let person = Browser::open(&product.address, device, script).await;
        person.go("/start").await;
        person.press("开始 支部自评").await;
        person.sees("从这里开始").await;
        let submitted = person.path().await.replace("/self", "/submitted?layer=self");
        person.go(&submitted).await;
        person.sees(HINT).await;
        is_sound(&person, script).await;
        person.press("不再显示 演示导览").await;
        person.is_at(&submitted).await;
        person.does_not_see(HINT).await;
        person.go("/start").await;
        person.sees("显示演示导览").await;
        assert!(!person.shows(WALK).await, "the card is closed with the hint");
        is_sound(&person, script).await;
        person.press("显示演示导览").await;
        person.is_at("/start").await;
        person.sees(WALK).await;
        person.press("不再显示 演示导览").await;
        person.is_at("/start").await;
        person.does_not_see(WALK).await;
        person.take("支部书记").await;
        person.go(&submitted).await;
        person.sees("回到待办").await;
        assert!(!person.shows(HINT).await, "the hint is closed with the card");
    }
}

/// The rules themselves are a script.
async fn is_sound(person: &Browser, script: Script) {
    if script == Script::On {
        assert_eq!(person.complaints().await, Vec::<String>::new());
    }
}

//! Identities of the demo walk through every kind of page it can reach by links; nothing it is offered leads to
//! an error, no page says anything on the console, and every kind of page is accessible and light enough.
use journeys::{Browser, Device, Product, Script};
use std::collections::{BTreeSet, VecDeque};
use std::sync::Mutex;

/// Files, other displays and ways out: not pages. Help has as many pages as words, and a journey of its own.
const NOT_PAGES: [&str; 10] = [
    "/imports/templates/",
    "/calendars/template",
    "/files/",
    "/api/",
    "/ledger/file",
    "/size",
    "/language",
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

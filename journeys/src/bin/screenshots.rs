//! Pages as people see them, at the desk and on a phone, into `target/screenshots`: for the eye, not for a verdict. The
//! picture of the READMEs, `docs/overview.png`, is made anew. Run it as `cargo xtask screenshots`.
use journeys::{Browser, Device, Product, Script};
use std::path::Path;

/// Whose page, its address, and the name of its picture; nobody has entered for the first two.
const PAGES: [(&str, &str, &str); 14] = [
    ("", "/", "start"),
    ("", "/kit", "kit"),
    ("工委工作人员", "/overview", "overview"),
    ("工委工作人员", "/assess", "assess"),
    ("工委工作人员", "/ledger", "ledger"),
    ("工委工作人员", "/standards", "standards"),
    ("工委工作人员", "/orgs", "orgs"),
    ("单位专职副书记", "/problems", "problems"),
    ("支部书记", "/todo", "todo"),
    ("验收组成员", "/inspections", "inspections"),
    ("系统管理员", "/people", "people"),
    ("安全管理员", "/roles", "roles"),
    ("审计管理员", "/audit", "audit"),
    ("党员", "/assess", "member"),
];

#[tokio::main]
async fn main() {
    let product = Product::demo();
    for (device, size) in [(Device::Desktop, "1440"), (Device::Phone, "390")] {
        let person = Browser::open(&product.address, device, Script::On).await;
        for (who, path, name) in PAGES {
            if !who.is_empty() {
                person.enter(who).await;
            }
            person.go(path).await;
            person.screenshot_whole(&format!("{name}-{size}")).await;
        }
    }
    picture_of_the_readmes(&product).await;
}

/// The first screen of the overview.
async fn picture_of_the_readmes(product: &Product) {
    let person = Browser::open(&product.address, Device::Desktop, Script::On).await;
    person.enter("工委工作人员").await;
    person.go("/overview").await;
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/overview.png");
    person.screenshot_to(&file).await;
}

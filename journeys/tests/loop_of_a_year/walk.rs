//! One browser that changes identity as the demo allows, and the words all steps use.
use journeys::{Browser, Device, Product, Script};
use std::path::Path;

/// The branch whose secretary, member and deputy one presses to be, and another of the same organ.
pub const HERO: (&str, &str) = ("2107.001.005", "锦州市财政局业务一科党支部");
pub const OTHER: &str = "2107.001.001";
/// The organ above both; the cycle is opened here.
pub const ORGAN: &str = "2107.001";
pub const TITLE: &str = "2026 年度";

pub const COMMITTEE: &str = "工委工作人员";
pub const REVIEWER: &str = "工委复核人";
pub const DEPUTY: &str = "单位专职副书记";
pub const SECRETARY: &str = "支部书记";
pub const MEMBER: &str = "党员";
pub const INSPECTOR: &str = "验收组成员";

pub struct Walk {
    /// Runs as long as the walk.
    pub _product: Product,
    pub person: Browser,
    /// The other branch's secretary, who signs in with a code.
    pub neighbour: Browser,
    /// One of the team that was drawn.
    pub inspector: Browser,
    /// The cycle's page.
    pub cycle: String,
    examines: bool,
}

impl Walk {
    pub async fn begin(product: Product, device: Device, script: Script) -> Self {
        let person = Browser::open(&product.address, device, script).await;
        let neighbour = Browser::open(&product.address, device, script).await;
        let inspector = Browser::open(&product.address, device, script).await;
        Self {
            _product: product,
            person,
            neighbour,
            inspector,
            cycle: String::new(),
            examines: script == Script::On && device == Device::Desktop,
        }
    }

    /// 换身份.
    pub async fn become_(&self, role: &str) {
        self.person.enter(role).await;
    }

    /// Where scripts run, the page is examined: some are reached on this way only.
    pub async fn is_sound(&self) {
        self.shows_sound(&self.person).await;
    }

    /// As [`is_sound`](Self::is_sound), where somebody else looks.
    pub async fn shows_sound(&self, browser: &Browser) {
        if self.examines {
            assert_eq!(browser.complaints().await, Vec::<String>::new(), "{}", browser.path().await);
        }
    }

    /// The list of what is to do shows this item.
    pub async fn has_to(&self, item: &str) {
        self.person.go("/todo").await;
        self.person.sees(item).await;
    }

    /// It does not, or not any more.
    pub async fn need_not(&self, item: &str) {
        self.person.go("/todo").await;
        self.person.does_not_see(item).await;
    }

    /// How often the list of what is to do has this item.
    pub async fn lists(&self, item: &str) -> usize {
        self.person.go("/todo").await;
        self.person.texts("main ul.todo strong").await.iter().filter(|text| text.contains(item)).count()
    }

    pub async fn go_to_cycle(&self, part: &str) {
        self.person.go(&format!("{}{part}", self.cycle)).await;
    }

    /// The committee moves the cycle on; without a reason if nobody is behind.
    pub async fn advance(&self, phase: &str, reason: &str) {
        self.become_(COMMITTEE).await;
        self.go_to_cycle("").await;
        self.person.press(&format!("进入{phase}阶段")).await;
        self.person.sees("周期只能往前走").await;
        self.is_sound().await;
        if !reason.is_empty() {
            self.person.fill("理由", reason).await;
        }
        self.person.press(&format!("进入{phase}阶段")).await;
        self.person.sees(&format!("已进入{phase}阶段")).await;
    }
}

/// A file beside this one.
pub fn beside(name: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/loop_of_a_year").join(name)
}

/// A small piece of evidence, of a type that is recognised by its content.
pub fn evidence(folder: &Path) -> std::path::PathBuf {
    let file = folder.join("会议记录.txt");
    std::fs::write(&file, "2026 年第一季度党员大会会议记录（演练材料）\n").unwrap();
    file
}

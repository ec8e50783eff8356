//! A cycle with four indicators over the six branches of one organ, opened from the command line beside the demo.
#![allow(dead_code, clippy::indexing_slicing, reason = "each mechanism uses its part; what is missing fails it")]
use journeys::{Browser, Device, Product, Script};

pub const ORGAN: &str = "2107.001";
pub const HERO: (&str, &str) = ("2107.001.005", "锦州市财政局业务一科党支部");

pub struct SmallCycle {
    pub product: Product,
    pub person: Browser,
    /// The address of the cycle's page.
    pub page: String,
    pub id: String,
}

/// Opens it below `root`; one looks on from the desk.
pub async fn open(root: &str) -> SmallCycle {
    let product = Product::demo();
    let scheme = format!("{}/tests/loop_of_a_year/scheme.toml", env!("CARGO_MANIFEST_DIR"));
    product.done(&["scheme", "publish", &scheme]);
    let opened = product.done(&["cycle", "open", "--scheme", "LOOP-4", "--year", "2026", "--root", root, "--json"]);
    let id = opened["id"].as_str().unwrap_or_default().to_owned();
    let person = Browser::open(&product.address, Device::Desktop, Script::Off).await;
    SmallCycle { page: format!("/assess/{id}"), product, person, id }
}

impl SmallCycle {
    pub async fn go(&self, part: &str) {
        self.person.go(&format!("{}{part}", self.page)).await;
    }

    /// The committee moves it on, with a reason where somebody is behind.
    pub async fn advance(&self, phase: &str) {
        self.person.enter("工委工作人员").await;
        self.go("").await;
        self.person.press(&format!("进入{phase}阶段")).await;
        self.person.sees("周期只能往前走").await;
        if self.person.shows("继续请写明理由").await {
            self.person.fill("理由", "演练").await;
        }
        self.person.press(&format!("进入{phase}阶段")).await;
        self.person.sees(&format!("已进入{phase}阶段")).await;
    }

    /// Brings in scores: branch, indicator, layer, points; A1 and A2 are full unless named.
    pub fn score(&self, rows: &[(&str, &str, &str, &str)]) {
        let mut text = "branch_code,indicator,layer,score,reason\n".to_owned();
        for (branch, indicator, layer, points) in rows {
            text += &format!("{branch},{indicator},{layer},{points},演练\n");
        }
        let file = self.product.file("scores.csv", &text);
        self.product.done(&["import", "scores", &file, "--cycle", &self.id]);
    }
}

//! Whether a page is fit to be used: the rules of accessibility at the desk and on a phone in the largest type, its
//! width, and its weight.
use std::path::Path;

use serde_json::Value;

use crate::browser::{Browser, Device, Script, record};

/// What a page's own text may weigh on the line, in bytes (design guide: HTML ≤ 15 KB).
const HEAVIEST: usize = 15 * 1024;

/// Letters at the very edge of the screen look cut off.
const FLUSH: &str = "const n = document.querySelector('.mast .name'); if (!n) return null; \
    const gap = n.getBoundingClientRect().top - n.closest('.mast').getBoundingClientRect().top; \
    return gap < 4 ? String(gap) : null";
/// The largest type, as the server marks it for whoever has chosen it.
const LARGEST: &str = "document.documentElement.dataset.size = 'xlarge'";
const AS_BEFORE: &str = "delete document.documentElement.dataset.size";

const RUN: &str = "const done = arguments[0]; axe.run(document, { resultTypes: ['violations'] }).then(r => done(r.violations.map(v => ({ \
    id: v.id, help: v.help, nodes: v.nodes.slice(0, 5).map(n => n.html.slice(0, 200)) }))), e => done([{ id: 'axe', help: String(e), nodes: [] }]))";

const CAME: &str = "return performance.getEntriesByType('navigation')[0].encodedBodySize";

const TOO_WIDE: &str = "const w = document.documentElement; if (w.scrollWidth <= w.clientWidth) return null; \
    const out = [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > w.clientWidth + 1); \
    return w.scrollWidth + ' > ' + w.clientWidth + out.slice(0, 3).map(e => '\\n    ' + e.outerHTML.slice(0, 200)).join('')";

impl Browser {
    /// What is wrong with this page, as sentences: at 1440 as it is, at 390 in the largest type, where it also must not
    /// be wider than the screen, and by weight. The page is not loaded anew, so an answer to a form can be examined too.
    pub async fn complaints(&self) -> Vec<String> {
        let mut found = self.axe().await;
        let weight = self.weight().await;
        let page = self.template().await;
        println!("{weight:>6} B  {page}");
        if weight > HEAVIEST {
            found.push(format!("{page} weighs {weight} bytes on the line, more than {HEAVIEST}"));
        }
        found
    }

    /// The violations alone.
    pub async fn axe(&self) -> Vec<String> {
        assert_eq!(self.script, Script::On, "the rules are a script: open the page with Script::On");
        let mut found = Vec::new();
        self.client.execute(&rules(), vec![]).await.unwrap();
        self.resize(Device::Desktop, Device::Desktop.height());
        self.violations("1440", &mut found).await;
        self.resize(Device::Phone, Device::Phone.height());
        self.client.execute(LARGEST, vec![]).await.unwrap();
        self.violations("390 xlarge", &mut found).await;
        let wide = self.client.execute(TOO_WIDE, vec![]).await.unwrap();
        found.extend(wide.as_str().map(|w| format!("390 xlarge: the page is wider than the screen ({w})")));
        let flush = self.client.execute(FLUSH, vec![]).await.unwrap();
        found.extend(flush.as_str().map(|gap| format!("390 xlarge: the name in the masthead stands {gap} px from its edge")));
        self.client.execute(AS_BEFORE, vec![]).await.unwrap();
        self.resize(self.device, self.device.height());
        let page = self.template().await;
        record(&page);
        record(&format!("axe {page}"));
        found
    }

    /// The page's own text as it came over the line, in bytes.
    pub async fn weight(&self) -> usize {
        let came = self.client.execute(CAME, vec![]).await.unwrap();
        came.as_u64().unwrap_or_else(|| panic!("how much came is not known: {came}")) as usize
    }

    async fn violations(&self, size: &str, found: &mut Vec<String>) {
        let Value::Array(violations) = self.client.execute_async(RUN, vec![]).await.unwrap() else { panic!("axe gave no list") };
        for violation in violations {
            let nodes = violation["nodes"].as_array().into_iter().flatten().filter_map(Value::as_str).collect::<Vec<_>>().join("\n    ");
            let (id, help) = (violation["id"].as_str().unwrap_or_default(), violation["help"].as_str().unwrap_or_default());
            found.push(format!("{size}: {id}: {help}\n    {nodes}"));
        }
    }
}

/// The rules' source. It is executed by the driver, which a strict content policy does not hinder.
fn rules() -> String {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("node_modules/axe-core/axe.min.js");
    std::fs::read_to_string(file).unwrap_or_else(|e| panic!("axe-core is not installed ({e}): run `cargo xtask test --only journeys`"))
}

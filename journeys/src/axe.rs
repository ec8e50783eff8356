//! The rules of accessibility, on the page as it is shown: at the desk, and on a phone in the
//! largest type.
use std::path::Path;

use serde_json::{Value, json};

use crate::browser::{Browser, Device, Script};
use crate::driver::driver;

/// The cookie by which a person keeps the type size, and its largest value.
const SIZE: (&str, &str) = ("size", "xlarge");

const RUN: &str = "const done = arguments[0]; axe.run(document, { resultTypes: ['violations'] }).then(r => done(r.violations.map(v => ({ \
    id: v.id, help: v.help, nodes: v.nodes.slice(0, 5).map(n => n.html.slice(0, 200)) }))), e => done([{ id: 'axe', help: String(e), nodes: [] }]))";

const TOO_WIDE: &str =
    "const w = document.documentElement; return w.scrollWidth > w.clientWidth ? w.scrollWidth + ' > ' + w.clientWidth : null";

impl Browser {
    /// Violations on this page, as sentences: at 1440 as it is, and at 390 in the largest type, where
    /// it also must not be wider than the screen. Loads the page anew: for pages reached by GET.
    pub async fn axe(&self) -> Vec<String> {
        assert_eq!(self.script, Script::On, "the rules are a script: open the page with Script::On");
        let mut found = Vec::new();
        self.resize(Device::Desktop, Device::Desktop.height());
        self.violations("1440", &mut found).await;
        self.resize(Device::Phone, Device::Phone.height());
        driver().devtools(&self.session, "Network.setCookie", &json!({ "name": SIZE.0, "value": SIZE.1, "url": self.address }));
        self.reload().await;
        self.violations("390 xlarge", &mut found).await;
        let wide = self.client.execute(TOO_WIDE, vec![]).await.unwrap();
        found.extend(wide.as_str().map(|w| format!("390 xlarge: the page is wider than the screen ({w})")));
        driver().devtools(&self.session, "Network.deleteCookies", &json!({ "name": SIZE.0, "url": self.address }));
        self.resize(self.device, self.device.height());
        self.reload().await;
        found
    }

    /// Violations on this page as it is now, without loading it anew: for a refused form.
    pub async fn axe_here(&self) -> Vec<String> {
        assert_eq!(self.script, Script::On, "the rules are a script: open the page with Script::On");
        let mut found = Vec::new();
        self.violations("here", &mut found).await;
        found
    }

    async fn violations(&self, size: &str, found: &mut Vec<String>) {
        self.client.execute(&rules(), vec![]).await.unwrap();
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

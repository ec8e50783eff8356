//! A browser window of a person: which device, with or without scripts, and where it is.
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Duration;

use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};

use crate::driver::driver;

/// How long a person would wait before saying that it does not work.
pub(crate) const PATIENCE: Duration = Duration::from_secs(10);

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Device {
    /// 1440 × 900.
    Desktop,
    /// 390 × 844; touch where scripts run.
    Phone,
}

/// Whether the browser runs the page's scripts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Script {
    On,
    Off,
}

/// One window with its own cookies. Dropped, it is closed.
pub struct Browser {
    pub(crate) client: Client,
    pub(crate) session: String,
    pub(crate) address: String,
    pub(crate) device: Device,
    pub(crate) script: Script,
}

impl Browser {
    /// Opens a fresh browser for the product at `address`; it shows nothing yet.
    pub async fn open(address: &str, device: Device, script: Script) -> Self {
        let capabilities = capabilities(device, script).as_object().cloned().unwrap();
        let client = ClientBuilder::new(HttpConnector::new()).capabilities(capabilities).connect(&driver().address()).await;
        let client = client.unwrap_or_else(|e| panic!("the browser does not start: {e}"));
        let session = client.session_id().await.unwrap().unwrap();
        Self { client, session, address: address.to_owned(), device, script }
    }

    /// Goes to a path of the product, like a bookmark.
    pub async fn go(&self, path: &str) {
        self.client.goto(&format!("{}{path}", self.address)).await.unwrap_or_else(|e| panic!("{path} does not open: {e}"));
        self.arrived().await;
    }

    /// Where the window is: path and query.
    pub async fn path(&self) -> String {
        let url = self.client.current_url().await.unwrap().to_string();
        url.strip_prefix(&self.address).unwrap_or(&url).split('#').next().unwrap_or_default().to_owned()
    }

    /// Loads the page again.
    pub async fn reload(&self) {
        self.client.refresh().await.unwrap();
        self.arrived().await;
    }

    /// The width of what the page can use, in CSS pixels.
    pub async fn width(&self) -> u64 {
        self.client.execute("return window.innerWidth", vec![]).await.unwrap().as_u64().unwrap_or_default()
    }

    /// The largest type, as 大字版 offers it.
    pub async fn in_the_largest_type(&self) {
        self.go("/size?to=xlarge&back=/").await;
    }

    /// How far the first thing of a style selector is scrolled, and the id of what has the focus.
    pub async fn reading(&self, css: &str) -> (u64, String) {
        let script = "return [document.querySelector(arguments[0]).scrollTop, document.activeElement.id]";
        let found = self.client.execute(script, vec![css.into()]).await.unwrap();
        (found[0].as_f64().unwrap_or_default() as u64, found[1].as_str().unwrap_or_default().to_owned())
    }

    /// What the window shows, as `target/screenshots/NAME.png`.
    pub async fn screenshot(&self, name: &str) {
        let folder = target().join("screenshots");
        std::fs::create_dir_all(&folder).unwrap();
        self.screenshot_to(&folder.join(format!("{name}.png"))).await;
    }

    /// What the window shows, into this file.
    pub async fn screenshot_to(&self, file: &Path) {
        std::fs::write(file, self.client.screenshot().await.unwrap()).unwrap();
    }

    /// The whole page, however long, as `target/screenshots/NAME.png`.
    pub async fn screenshot_whole(&self, name: &str) {
        let height = self.client.execute("return document.documentElement.scrollHeight", vec![]).await.unwrap();
        self.resize(self.device, height.as_u64().unwrap_or(900).clamp(844, 12_000));
        self.screenshot(name).await;
        self.resize(self.device, self.device.height());
    }

    /// Takes the window's network away, or gives it back.
    pub fn network(&self, there: bool) {
        driver().devtools(&self.session, "Network.enable", &json!({}));
        let none = json!({ "offline": !there, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1 });
        driver().devtools(&self.session, "Network.emulateNetworkConditions", &none);
    }

    pub(crate) fn resize(&self, device: Device, height: u64) {
        self.resize_to(device.width(), height, device == Device::Phone);
    }

    pub(crate) fn resize_to(&self, width: u64, height: u64, phone: bool) {
        let metrics = json!({ "width": width, "height": height, "deviceScaleFactor": if phone { 2 } else { 1 }, "mobile": phone });
        driver().devtools(&self.session, "Emulation.setDeviceMetricsOverride", &metrics);
    }

    /// Notes which template the page came from: every page must be seen by some journey.
    pub(crate) async fn arrived(&self) {
        let Ok(main) = self.client.find(Locator::Css("main[data-page]")).await else { return };
        let Ok(Some(page)) = main.attr("data-page").await else { return };
        record(&page);
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        driver().close(&self.session);
    }
}

impl Device {
    pub fn width(self) -> u64 {
        if self == Self::Phone { 390 } else { 1440 }
    }
    pub fn height(self) -> u64 {
        if self == Self::Phone { 844 } else { 900 }
    }
}

/// Writes down what a page was put through: its name alone when it was opened, `axe NAME` when it was examined.
pub(crate) fn record(line: &str) {
    let place = std::env::var_os("LEITU_VISITED").map_or_else(|| target().join("visited-templates.txt"), PathBuf::from);
    let mut file = std::fs::OpenOptions::new().append(true).create(true).open(place).unwrap();
    file.write_all(format!("{line}\n").as_bytes()).unwrap();
}

fn target() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../target")
}

fn capabilities(device: Device, script: Script) -> Value {
    let size = format!("--window-size={},{}", device.width(), device.height());
    let args = [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--disable-dev-shm-usage",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--lang=zh-CN",
        // The browser ends when the driver's end of the pipe closes.
        "--remote-debugging-pipe",
        &size,
    ];
    let mut options = json!({ "args": args, "prefs": { "intl.accept_languages": "zh-CN" } });
    if script == Script::Off {
        options["prefs"]["profile.managed_default_content_settings.javascript"] = json!(2);
    }
    if device == Device::Phone {
        // After a touch the driver waits for a timer of the page, which never rings without scripts.
        let touch = script == Script::On;
        let metrics = json!({ "width": 390, "height": 844, "pixelRatio": 2.0, "touch": touch, "mobile": true });
        options["mobileEmulation"] = json!({ "deviceMetrics": metrics });
    }
    json!({ "browserName": "chrome", "goog:chromeOptions": options, "goog:loggingPrefs": { "browser": "ALL" } })
}

//! What a request says of the browser that sent it: language, size, guided bits, part, device.
use crate::cookies::name;
use access::Cookies;
use axum::http::{HeaderMap, Uri, header};

/// Read once per request by the outermost layer.
#[derive(Clone, Debug, Default)]
pub struct Visit {
    pub path: String,
    pub query: String,
    /// `zh` or `en`.
    pub lang: &'static str,
    /// ``, `large` or `xlarge`.
    pub size: &'static str,
    /// The demo's guided bits have been closed in this browser.
    pub unguided: bool,
    /// The part of the page the script wants, if it asks for one.
    pub part: Option<String>,
    /// The message the page before has left.
    pub flash: Option<String>,
    pub device: Option<String>,
    /// Browser and system in few words, for the list of one's sessions.
    pub agent: String,
}

impl Visit {
    pub fn read(uri: &Uri, headers: &HeaderMap, cookies: &Cookies) -> Self {
        let cookie = |name: &str| {
            let pairs = headers.get_all(header::COOKIE).iter().filter_map(|v| v.to_str().ok()).flat_map(|v| v.split(';'));
            pairs.filter_map(|c| c.trim().split_once('=')).find(|(n, _)| *n == name).map(|(_, v)| v.to_owned())
        };
        let kept = |plain: &str| cookie(&name(cookies, plain));
        let text = |name: &str| headers.get(name).and_then(|v| v.to_str().ok());
        let lang = match kept("lang").as_deref() {
            Some("en") => "en",
            // Chinese first, whatever an imported browser says of itself; English is one press away.
            _ => "zh",
        };
        let size = match kept("size").as_deref() {
            Some("large") => "large",
            Some("xlarge") => "xlarge",
            _ => "",
        };
        Self {
            path: uri.path().into(),
            query: uri.query().unwrap_or_default().into(),
            lang,
            size,
            unguided: kept("guided").as_deref() == Some("off"),
            part: text("x-part").map(str::to_owned),
            flash: kept("flash"),
            device: cookie(cookies.device()).filter(|d| d.len() == 64 && d.bytes().all(|b| b.is_ascii_hexdigit())),
            agent: agent(text("user-agent").unwrap_or_default()),
        }
    }
    /// Path and query, to come back to.
    pub fn here(&self) -> String {
        if self.query.is_empty() { self.path.clone() } else { format!("{}?{}", self.path, self.query) }
    }
    pub fn query_value(&self, name: &str) -> Option<String> {
        let pairs: Vec<(String, String)> = serde_urlencoded::from_str(&self.query).ok()?;
        pairs.into_iter().find(|(n, _)| n == name).map(|(_, v)| v)
    }
}

fn agent(text: &str) -> String {
    let has = |word: &str| text.contains(word);
    let browser = ["MicroMessenger", "Edg", "Firefox", "Chrome", "Safari"].into_iter().find(|b| has(b)).unwrap_or("-");
    let system = ["Android", "iPhone", "iPad", "Windows", "Mac OS", "Linux"].into_iter().find(|s| has(s)).unwrap_or("-");
    let named = if browser == "MicroMessenger" { "WeChat" } else { browser };
    format!("{named} / {system}")
}

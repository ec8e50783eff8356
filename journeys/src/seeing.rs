//! What a person sees, and what the console says that nobody sees.
use std::time::{Duration, Instant};

use fantoccini::Locator;
use fantoccini::elements::Element;
use fantoccini::error::CmdError;

use crate::browser::{Browser, PATIENCE};
use crate::driver::driver;
use crate::paths;

impl Browser {
    /// Waits until the page shows the text.
    pub async fn sees(&self, text: &str) {
        let seen = self.wait(|reads| reads.contains(&plain(text))).await;
        assert!(seen, "{} does not show `{text}`; it reads:\n{}", self.path().await, self.reads().await);
    }

    /// Waits until the page does not show the text (any more).
    pub async fn does_not_see(&self, text: &str) {
        let gone = self.wait(|reads| !reads.contains(&plain(text))).await;
        assert!(gone, "{} shows `{text}`; it reads:\n{}", self.path().await, self.reads().await);
    }

    /// Waits until the window is at this path.
    pub async fn is_at(&self, path: &str) {
        self.is_where(&format!("at {path}"), |here| here == path).await;
    }

    /// Waits until the window has left this path.
    pub async fn has_left(&self, path: &str) {
        self.is_where(&format!("away from {path}"), |here| here != path).await;
    }

    async fn is_where(&self, what: &str, is_so: impl Fn(&str) -> bool) {
        let until = Instant::now() + PATIENCE;
        while !is_so(&self.path().await) {
            assert!(Instant::now() < until, "the window is at {}, not {what}; it reads:\n{}", self.path().await, self.reads().await);
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        self.arrived().await;
    }

    /// Whether the page shows the text now.
    pub async fn shows(&self, text: &str) -> bool {
        self.reads().await.contains(&plain(text))
    }

    /// The page's visible text, with single spaces.
    pub async fn reads(&self) -> String {
        let Ok(body) = self.client.find(Locator::Css("body")).await else { return String::new() };
        plain(&body.text().await.unwrap_or_default())
    }

    /// Texts of everything a style selector finds; for rows and figures of a table.
    pub async fn texts(&self, css: &str) -> Vec<String> {
        self.of_each(css, async |thing: &Element| thing.text().await.map(|text| Some(plain(&text)))).await
    }

    /// The ids of everything a style selector finds.
    pub async fn ids(&self, css: &str) -> Vec<String> {
        self.of_each(css, async |thing: &Element| thing.attr("id").await).await
    }

    /// What is read of everything a style selector finds, on one and the same page: when the page goes away meanwhile
    /// (a form without scripts was just sent), the next one is read from its beginning.
    async fn of_each(&self, css: &str, read: impl AsyncFn(&Element) -> Result<Option<String>, CmdError>) -> Vec<String> {
        let until = Instant::now() + PATIENCE;
        loop {
            match self.read_each(css, &read).await {
                Ok(all) => return all,
                Err(e) => assert!(Instant::now() < until, "{} does not stand still for `{css}`: {e}", self.path().await),
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    async fn read_each(
        &self,
        css: &str,
        read: &impl AsyncFn(&Element) -> Result<Option<String>, CmdError>,
    ) -> Result<Vec<String>, CmdError> {
        let mut all = Vec::new();
        for thing in self.client.find_all(Locator::Css(css)).await? {
            all.extend(read(&thing).await?);
        }
        Ok(all)
    }

    /// Whether a visible button or link reads so, or has it as a part, within a moment: the page may still be coming.
    pub async fn offers(&self, text: &str) -> bool {
        for _ in 0..20 {
            for way in paths::pressable(text) {
                for thing in self.client.find_all(Locator::XPath(&way)).await.unwrap_or_default() {
                    if thing.is_displayed().await.unwrap_or(false) {
                        return true;
                    }
                }
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        false
    }

    /// What the console complained about since the last call. That the page itself answered with
    /// 4xx is no complaint: a refused form does.
    pub async fn console_errors(&self) -> Vec<String> {
        let here = self.client.current_url().await.unwrap().to_string();
        let entries = driver().console(&self.session);
        let severe = entries.iter().filter(|e| e["level"] == "SEVERE").filter_map(|e| e["message"].as_str());
        severe.filter(|m| !(m.starts_with(&here) && m.contains("status of 4"))).map(str::to_owned).collect()
    }

    async fn wait(&self, is_so: impl Fn(&str) -> bool) -> bool {
        let until = Instant::now() + PATIENCE;
        while !is_so(&self.reads().await) {
            if Instant::now() > until {
                return false;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        true
    }
}

fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

impl Browser {
    /// Where the links of the page lead: paths of the product, each once.
    pub async fn links(&self) -> Vec<String> {
        self.links_in("a[href^='/']").await
    }

    /// The same of those a style selector finds.
    pub async fn links_in(&self, css: &str) -> Vec<String> {
        let mut all = Vec::new();
        for href in self.of_each(css, async |link: &Element| link.attr("href").await).await {
            let path = href.split('#').next().unwrap_or_default().to_owned();
            if !all.contains(&path) {
                all.push(path);
            }
        }
        all
    }

    /// The template the page is made from, as its `main` says.
    pub async fn template(&self) -> String {
        match self.client.find(Locator::Css("main[data-page]")).await {
            Ok(main) => main.attr("data-page").await.ok().flatten().unwrap_or_default(),
            Err(_) => String::new(),
        }
    }
}

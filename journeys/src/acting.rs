//! What a person does: everything is named by the text that stands on the page.
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use fantoccini::Locator;
use fantoccini::elements::Element;
use fantoccini::error::CmdError;

use crate::browser::{Browser, PATIENCE};
use crate::paths;

const SET: &str =
    "arguments[0].value = arguments[1]; for (const e of ['input', 'change']) arguments[0].dispatchEvent(new Event(e, { bubbles: true }))";

/// Brings a thing to the middle, as a person does when the bar at the bottom covers it, and marks its page.
/// Answers whether a press on it leads to another page.
const GET_READY: &str = "
    const thing = arguments[0], form = thing.type === 'submit' && thing.form;
    thing.scrollIntoView({ block: 'center' });
    document.documentElement.dataset.pressed = '';
    return form ? !form.dataset.swap : !!thing.href && !thing.dataset.swap && !thing.getAttribute('href').startsWith('#')";

/// Whether the page that was marked is still there, and whether a form of the page there is waits for its answer.
const STILL: &str = "return ['pressed' in document.documentElement.dataset, !!document.querySelector('form[data-sent]')]";

/// How long a press that should lead to another page may leave the old one: a file to keep never replaces it.
const LEAVES_WITHIN: Duration = Duration::from_secs(3);

impl Browser {
    /// Presses the button or link that reads so (exactly, else as a part); the first one visible.
    pub async fn press(&self, text: &str) {
        self.click(&paths::pressable(text), &format!("a button or link `{text}`")).await;
    }

    /// 换身份: takes one of the demo's identities.
    pub async fn enter(&self, identity: &str) {
        self.go("/start").await;
        self.take(identity).await;
        self.has_left("/start").await;
        self.sees("换身份").await;
    }

    /// Presses an identity's card where identities are offered. The menu beside may hold the same word: 组织与党员.
    pub async fn take(&self, identity: &str) {
        let card = format!("//ul[@class='roles']//button[starts-with(normalize-space(.), {})]", paths::literal(identity));
        self.click(&[card], &format!("the card of `{identity}`")).await;
    }

    /// The same in the row, card or form that also holds `near`.
    pub async fn press_near(&self, near: &str, text: &str) {
        self.click(&paths::pressable_near(near, text), &format!("a button or link `{text}` beside `{near}`")).await;
    }

    /// Types into the field with this label, in place of what it held.
    pub async fn fill(&self, label: &str, value: &str) {
        self.type_into(&paths::labelled(label), &format!("a field `{label}`"), value).await;
    }

    /// The same in the row, card or form that also holds `near`.
    pub async fn fill_near(&self, near: &str, label: &str, value: &str) {
        self.type_into(&paths::labelled_near(near, label), &format!("a field `{label}` beside `{near}`"), value).await;
    }

    async fn type_into(&self, ways: &[String], what: &str, value: &str) {
        self.on(ways, what, async |field: &Element| {
            if field.attr("type").await?.as_deref() == Some("date") {
                // The order of its parts depends on the machine's language; the value does not.
                let args = vec![serde_json::to_value(field)?, value.into()];
                return self.client.execute(SET, args).await.map(drop);
            }
            field.clear().await?;
            field.send_keys(value).await
        })
        .await;
    }

    /// Chooses from a list, or from the radio buttons of the group named `label`.
    pub async fn choose(&self, label: &str, option: &str) {
        let mut ways = paths::labelled(label).into_iter().map(|p| format!("{p}[self::select]")).collect::<Vec<_>>();
        ways.extend(paths::option_of(label, option));
        self.on(&ways, &format!("`{option}` to choose at `{label}`"), async |field: &Element| {
            if field.tag_name().await? == "select" {
                let said = paths::literal(option);
                let exact = field.find(Locator::XPath(&format!(".//option[normalize-space(.)={said}]"))).await;
                let chosen = match exact {
                    Ok(found) => found,
                    Err(_) => field.find(Locator::XPath(&format!(".//option[contains(normalize-space(.), {said})]"))).await?,
                };
                chosen.click().await
            } else if field.is_selected().await? {
                Ok(())
            } else {
                field.click().await
            }
        })
        .await;
    }

    /// Ticks the box, or takes the radio button, with this label.
    pub async fn tick(&self, label: &str) {
        self.on(&paths::labelled(label), &format!("a box `{label}`"), async |field: &Element| {
            if field.is_selected().await? { Ok(()) } else { field.click().await }
        })
        .await;
    }

    /// Gives a file to the field with this label.
    pub async fn attach(&self, label: &str, file: &Path) {
        let whole = std::fs::canonicalize(file).unwrap_or_else(|e| panic!("{}: {e}", file.display()));
        let ways: Vec<String> = paths::labelled(label).into_iter().map(|p| format!("{p}[@type='file']")).collect();
        self.first(&ways, &format!("a file field `{label}`"), false, async |field: &Element| {
            field.send_keys(&whole.to_string_lossy()).await
        })
        .await;
    }

    /// What the field with this label holds.
    pub async fn value(&self, label: &str) -> String {
        let ways = paths::labelled(label);
        let value = self.first(&ways, &format!("a field `{label}`"), false, async |field: &Element| field.prop("value").await).await;
        value.unwrap_or_default()
    }

    async fn click(&self, ways: &[String], what: &str) {
        let leads_away = AtomicBool::new(false);
        self.on(ways, what, async |thing: &Element| {
            let leads = self.client.execute(GET_READY, vec![serde_json::to_value(thing)?]).await?;
            leads_away.store(leads == true, Ordering::Relaxed);
            thing.click().await
        })
        .await;
        self.follow(leads_away.into_inner()).await;
        self.arrived().await;
    }

    /// Waits for what a press has set going: a browser begins to send a form some time after the press on its button.
    async fn follow(&self, leads_away: bool) {
        let until = Instant::now() + LEAVES_WITHIN;
        while Instant::now() < until {
            // Between two pages there is none to ask.
            if let Ok(still) = self.client.execute(STILL, vec![]).await
                && still[1] == false
                && !(leads_away && still[0] == true)
            {
                return;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    async fn on(&self, ways: &[String], what: &str, act: impl AsyncFn(&Element) -> Result<(), CmdError>) {
        self.first(ways, what, true, act).await;
    }

    /// Acts on the first thing found (the last way's things after the first way's), trying again
    /// while the page is still changing.
    async fn first<T>(&self, ways: &[String], what: &str, visible: bool, act: impl AsyncFn(&Element) -> Result<T, CmdError>) -> T {
        let until = Instant::now() + PATIENCE;
        let mut trouble = "it is not there".to_owned();
        loop {
            for way in ways {
                for thing in self.client.find_all(Locator::XPath(way)).await.unwrap_or_default() {
                    if visible && !thing.is_displayed().await.unwrap_or(false) {
                        continue;
                    }
                    match act(&thing).await {
                        Ok(done) => return done,
                        Err(e) => trouble = e.to_string(),
                    }
                }
            }
            if Instant::now() > until {
                panic!("{} has no {what} to use ({trouble}); it reads:\n{}", self.path().await, self.reads().await);
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }
}

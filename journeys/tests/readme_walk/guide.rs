//! Follows the text word by word.
use super::text::Told;
use journeys::{Browser, Device};
use std::collections::VecDeque;
use std::time::Duration;

pub struct Guide<'p> {
    pub person: &'p Browser,
    device: Device,
    told: VecDeque<Told>,
}

impl<'p> Guide<'p> {
    pub fn new(person: &'p Browser, device: Device, told: VecDeque<Told>) -> Self {
        Self { person, device, told }
    }

    /// Takes the identity that the text names next, by 换身份 if one has another already.
    pub async fn become_one(&mut self) {
        let next = self.told.pop_front();
        let Some(Told::Identity(name)) = &next else { panic!("the text should name an identity: {next:?}") };
        if self.person.shows("换身份").await {
            self.person.press("换身份").await;
            self.person.is_at("/start").await;
        }
        let before = self.person.path().await;
        self.person.take(name).await;
        self.person.has_left(&before).await;
    }

    /// Presses what the text names next. What a phone keeps under 全部 is looked for there, as the text says once.
    pub async fn press(&mut self) {
        let next = self.told.pop_front();
        let Some(Told::Press(name)) = &next else { panic!("the text should name something to press: {next:?}") };
        if self.device == Device::Phone && !self.person.offers(name).await {
            self.person.press("全部").await;
        }
        self.person.press(name).await;
    }

    /// Presses one thing after another; what each is called stands in the text.
    pub async fn press_each(&mut self, what: &[&str]) {
        for _ in what {
            self.press().await;
        }
    }

    /// Says why an indicator has less than all of its points.
    pub async fn reason(&self, code: &str) {
        self.person.fill(&format!("{code} 的理由"), "现场查看，记录不全").await;
    }

    /// How many of these buttons can be seen.
    pub async fn offered(&self, css: &str) -> usize {
        self.person.texts(css).await.iter().filter(|button| !button.is_empty()).count()
    }

    /// The same once there are fewer than before: the page that the press asked for has come.
    pub async fn fewer(&self, css: &str, before: usize) -> usize {
        for _ in 0..200 {
            let now = self.offered(css).await;
            if now < before {
                return now;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("{before} of `{css}` stay after one was pressed:\n{}", self.person.reads().await)
    }

    /// How much of the text has not been done.
    pub fn left(&self) -> usize {
        self.told.len()
    }
}

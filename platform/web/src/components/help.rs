//! The `?` beside a rare word.
use crate::{Html, T};
use askama::Template;

/// The script shows the explanation in place; without it the link leads to its page.
#[derive(Template)]
#[template(
    source = r#"<a class="help" href="/help/{{ topic }}" data-help><span aria-hidden="true">?</span><span class="vh">{{ t.text("help-of").with("word", t.text(key)) }}</span></a>"#,
    ext = "html"
)]
struct HelpView<'a> {
    t: T,
    topic: &'a str,
    /// Of the word itself; the slice `help` brings its text.
    key: &'a str,
}

/// The words of a row of steps, each with its `?`.
#[derive(Template)]
#[template(
    source = r#"<p class="helps sm mut">{% for (word, help) in words %}<span class="nw">{{ word }}{{ help }}</span> {% endfor %}</p>"#,
    ext = "html"
)]
struct HelpsView {
    words: Vec<(String, Html)>,
}

impl T {
    /// A link to the explanation of a word, named after it (帮助：复检). `topic` is one of `help::topic::TOPICS`.
    pub fn help(self, topic: &str) -> Html {
        Html::of(&HelpView { t: self, topic, key: &format!("help-{topic}") })
    }
    /// Several words and their explanations in one line.
    pub fn helps(self, topics: &[&str]) -> Html {
        let word = |topic: &&str| (self.text(&format!("help-{topic}")).to_string(), self.help(topic));
        Html::of(&HelpsView { words: topics.iter().map(word).collect() })
    }
}

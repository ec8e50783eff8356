//! The ways to a list's files, and what the list is limited to, in the words of its file.
use crate::{Html, T};
use askama::Template;

/// What was asked for, in words.
pub(super) fn words(t: T, asked: &[String]) -> String {
    if asked.is_empty() { t.text("export-all").to_string() } else { asked.join("；") }
}

#[derive(Template)]
#[template(
    source = r#"{% for (name, format) in [("Excel", "xlsx"), ("CSV", "csv")] %}<a class="btn" href="{{ address }}{{ joint }}format={{ format }}">{{ t.text("export-do").with("format", name) }}</a>{% endfor %}"#,
    ext = "html"
)]
struct Links<'a> {
    t: T,
    address: &'a str,
    joint: char,
}

#[derive(Template)]
#[template(source = r#"<p class="printonly sm">{{ said }}</p>"#, ext = "html")]
struct Printed {
    said: String,
}

#[derive(Template)]
#[template(source = r##"<p class="folded"><a class="btn btn-sm" href="#{{ form }}">{{ asked }} · {{ change }}</a></p>"##, ext = "html")]
struct Folded<'a> {
    form: &'a str,
    asked: String,
    change: String,
}

impl T {
    /// What a list is limited to, for paper alone: there are no fields and no chips on it. The words are those of its file.
    pub fn printed(self, asked: &[String]) -> Html {
        Html::of(&Printed { said: self.text("printed-filter").with("asked", words(self, asked)).to_string() })
    }

    /// A form of filters folded into one line on a phone, before the form itself: what it asks for, and the way to change
    /// that. It works without script, and in browsers that cannot open a closed `details` for a wide window.
    pub fn folded(self, form: &str, asked: &[String]) -> Html {
        Html::of(&Folded { form, asked: asked.join(" · "), change: self.text("filter-change").to_string() })
    }

    /// The files of a list: `address` with what the list is asked for.
    pub fn exports(self, address: &str) -> Html {
        Html::of(&Links { t: self, address, joint: if address.contains('?') { '&' } else { '?' } })
    }
}

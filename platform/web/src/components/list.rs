//! Facts in lines: key and value, the check page, the timeline, the empty state.
use crate::{Html, T};
use askama::Template;
use std::fmt::Display;

/// A line of the check page before something is submitted.
#[derive(Clone, Debug)]
pub struct SumRow {
    pub label: String,
    pub value: String,
    /// Where it can be changed.
    pub href: Option<String>,
}

/// A moment of a timeline: who, when, from what to what; `done` is filled, the rest is to come.
#[derive(Clone, Debug)]
pub struct Moment {
    pub when: String,
    pub text: String,
    pub done: bool,
}

#[derive(Template)]
#[template(
    source = r#"<dl class="kv">{% for (name, value) in rows %}<dt>{{ name }}</dt><dd>{{ value }}</dd>{% endfor %}</dl>"#,
    ext = "html"
)]
struct Kv<'a> {
    rows: &'a [(String, String)],
}

#[derive(Template)]
#[template(path = "_part/sumlist.html")]
struct SumList<'a> {
    t: T,
    rows: &'a [SumRow],
}

#[derive(Template)]
#[template(
    source = r#"<ol class="tl">{% for m in moments %}<li{% if m.done %} class="on"{% endif %}>{% if m.when != "" %}{{ m.when }} {% endif %}{{ m.text }}</li>{% endfor %}</ol>"#,
    ext = "html"
)]
struct Timeline<'a> {
    moments: &'a [Moment],
}

#[derive(Template)]
#[template(path = "_part/empty.html")]
struct Empty {
    text: String,
    hint: String,
    href: String,
    label: String,
}

impl T {
    pub fn kv(self, rows: &[(String, String)]) -> Html {
        Html::of(&Kv { rows })
    }

    pub fn sumlist(self, rows: &[SumRow]) -> Html {
        Html::of(&SumList { t: self, rows })
    }

    pub fn timeline(self, moments: &[Moment]) -> Html {
        Html::of(&Timeline { moments })
    }

    /// What will be here, how it gets here, and one action (`href` empty: none).
    pub fn empty(self, text: impl Display, hint: impl Display, href: impl Display, label: impl Display) -> Html {
        Html::of(&Empty { text: text.to_string(), hint: hint.to_string(), href: href.to_string(), label: label.to_string() })
    }
}

//! Where one is and where one can go: crumbs, pager, steps.
use crate::{Html, T};
use askama::Template;
use std::fmt::Display;

/// One step of the path to this page.
#[derive(Clone, Debug)]
pub struct Crumb {
    pub text: String,
    /// `None` is the page itself.
    pub href: Option<String>,
}

impl Crumb {
    pub fn link(text: impl Display, href: impl Display) -> Self {
        Self { text: text.to_string(), href: Some(href.to_string()) }
    }
    pub fn here(text: impl Display) -> Self {
        Self { text: text.to_string(), href: None }
    }
}

/// Keyset paging: the addresses of the neighbours, and what is known of the whole (共 58 条).
#[derive(Clone, Default, Debug)]
pub struct Pager {
    pub before: Option<String>,
    pub after: Option<String>,
    pub note: String,
}

/// The steps of a wizard; those before `current` (counted from 0) are done.
#[derive(Clone, Debug)]
pub struct Steps {
    pub labels: Vec<String>,
    pub current: usize,
}

#[derive(Template)]
#[template(path = "_part/crumbs.html")]
struct CrumbsView<'a> {
    t: T,
    crumbs: &'a [Crumb],
}

impl CrumbsView<'_> {
    /// Names and titles are Chinese on an English page too, and are read out as such.
    fn is_chinese(&self, crumb: &Crumb) -> bool {
        self.t.lang() != "zh" && crumb.text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
    }
}

#[derive(Template)]
#[template(path = "_part/pager.html")]
struct PagerView<'a> {
    t: T,
    /// What is paged, as it is read out.
    label: String,
    pager: &'a Pager,
}

#[derive(Template)]
#[template(
    source = r#"<ol class="steps" aria-label="{{ t.text("steps-label") }}">{% for label in steps.labels %}<li{% if loop.index0 < steps.current %} class="done"{% else if loop.index0 == steps.current %} aria-current="step"{% endif %}>{{ label }}</li>{% endfor %}</ol>"#,
    ext = "html"
)]
struct StepsView<'a> {
    t: T,
    steps: &'a Steps,
}

impl T {
    pub fn crumbs(self, crumbs: &[Crumb]) -> Html {
        Html::of(&CrumbsView { t: self, crumbs })
    }

    /// 上一页/下一页; nothing if the list has one page and nothing is to be said.
    pub fn pager(self, pager: &Pager) -> Html {
        self.pager_of(pager, self.text("paging"))
    }

    /// The same on a page with several lists, which are told apart by what they are of.
    pub fn pager_of(self, pager: &Pager, label: impl Display) -> Html {
        if pager.before.is_none() && pager.after.is_none() && pager.note.is_empty() {
            return Html::default();
        }
        Html::of(&PagerView { t: self, label: label.to_string(), pager })
    }

    pub fn steps(self, steps: &Steps) -> Html {
        Html::of(&StepsView { t: self, steps })
    }
}

//! Icons, tags, traffic lights, stars: colour is never alone, there is always a word.
use crate::{Html, T};
use askama::Template;
use kernel::BusinessDate;
use std::fmt::Display;

/// A deadline seen from today, in working days of the installation's calendar.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Light {
    /// Working days past the due date.
    Late(i64),
    Today,
    /// At most three working days left.
    Soon(i64),
    Fine(i64),
    /// Done with; no clock runs.
    Closed,
}

impl Light {
    /// The light for so many working days left; below 0 is late.
    pub fn left(days: i64) -> Self {
        match days {
            ..0 => Self::Late(-days),
            0 => Self::Today,
            1..=3 => Self::Soon(days),
            _ => Self::Fine(days),
        }
    }

    pub fn is_late(self) -> bool {
        matches!(self, Self::Late(_))
    }

    fn class(self) -> &'static str {
        match self {
            Self::Late(_) => "bad",
            Self::Today | Self::Soon(_) => "warn",
            Self::Fine(_) => "ok",
            Self::Closed => "idle",
        }
    }

    fn icon(self) -> &'static str {
        match self {
            Self::Late(_) => "alert",
            Self::Today | Self::Soon(_) => "clock",
            Self::Fine(_) | Self::Closed => "ok",
        }
    }

    fn words(self, t: T) -> String {
        match self {
            Self::Late(n) => t.text("late").with("n", n).to_string(),
            Self::Today => t.text("due-today").to_string(),
            Self::Soon(n) | Self::Fine(n) => t.text("days-left").with("n", n).to_string(),
            Self::Closed => t.text("closed").to_string(),
        }
    }
}

#[derive(Template)]
#[template(source = r#"<svg class="i" viewBox="0 0 24 24" aria-hidden="true"><path d="{{ d }}"/></svg>"#, ext = "html")]
struct Icon {
    d: &'static str,
}

#[derive(Template)]
#[template(source = r#"<span class="light {{ class }}">{{ icon }}{{ words }}</span>"#, ext = "html")]
struct Lamp<'a> {
    class: &'a str,
    icon: Html,
    words: String,
}

#[derive(Template)]
#[template(source = r#"<span class="tag{% if kind != "" %} {{ kind }}{% endif %}">{{ text }}</span>"#, ext = "html")]
struct Tag<'a, D: Display> {
    kind: &'a str,
    text: D,
}

#[derive(Template)]
#[template(
    source = r#"{% if n != 0 %}<span class="stars" role="img" aria-label="{{ words }}">{% for _ in 0..n %}{{ icon }}{% endfor %}</span> {% endif %}{{ words }}"#,
    ext = "html"
)]
struct Stars {
    n: u8,
    icon: Html,
    words: String,
}

impl T {
    /// A 24×24 icon in the colour of the text around it. An unknown name draws nothing.
    pub fn icon(self, name: &str) -> Html {
        Html::of(&Icon { d: path(name) })
    }

    /// 逾期 3 个工作日 / 今天到期 / 还剩 2 个工作日 / 已销号.
    pub fn light(self, light: &Light) -> Html {
        self.lamp(light.class(), light.icon(), light.words(self))
    }

    /// A light with words of its own: kind `ok`, `warn`, `bad` or `idle`.
    pub fn lamp(self, kind: &str, icon: &str, words: impl Display) -> Html {
        Html::of(&Lamp { class: kind, icon: self.icon(icon), words: words.to_string() })
    }

    /// A state as a word: kind `""`, `ok`, `warn`, `bad` or `info`.
    pub fn tag(self, kind: &str, text: impl Display) -> Html {
        Html::of(&Tag { kind, text })
    }

    /// ★★★★ 四星级; 0 is the word alone.
    pub fn stars(self, n: &u8) -> Html {
        Html::of(&Stars { n: (*n).min(5), icon: self.icon("star"), words: self.text("stars-label").with("n", n).to_string() })
    }

    /// 2019 年 5 月 24 日, for prose; tables show the date itself (2019-05-24).
    pub fn date(self, day: &BusinessDate) -> String {
        self.text("date-long").with("year", day.year()).with("month", day.month()).with("day", day.day()).to_string()
    }

    /// 星期五
    pub fn weekday(self, day: &BusinessDate) -> String {
        self.text("weekday").with("day", day.weekday()).to_string()
    }

    /// Several words as a list: 甲、乙.
    pub fn list(self, words: &[String]) -> String {
        words.join(&self.text("list-comma").to_string())
    }
}

/// Drawn for this project.
fn path(name: &str) -> &'static str {
    match name {
        "alert" => "M12 2 1 21h22L12 2zm-1 7h2v6h-2V9zm0 8h2v2h-2v-2z",
        "clock" => "M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20zm1 5v4.6l3.2 3.2-1.4 1.4L11 12.4V7h2z",
        "ok" => "M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20zm-1.4 14.4L6.2 12l1.4-1.4 3 3 5.8-5.8 1.4 1.4-7.2 7.2z",
        "star" => "m12 2 3 6.5 7 .8-5.2 4.8 1.4 7L12 17.6 5.8 21l1.4-7L2 9.3l7-.8z",
        "plus" => "m9 5 7 7-7 7-1.4-1.4L13.2 12 7.6 6.4z",
        "minus" => "m5 9 7 7 7-7-1.4-1.4L12 13.2 6.4 7.6z",
        "home" => "M12 3 2 12h3v8h5v-6h4v6h5v-8h3L12 3z",
        "todo" => "M4 4h16v2H4V4zm0 7h16v2H4v-2zm0 7h10v2H4v-2z",
        "book" => "M4 4h7v16H4V4zm9 0h7v16h-7V4z",
        "me" => "M12 3a4.5 4.5 0 1 1 0 9 4.5 4.5 0 0 1 0-9zM3 21c0-4.5 4-7 9-7s9 2.5 9 7H3z",
        "flag" => "M5 3h2v1h12l-3 4 3 4H7v9H5V3z",
        "file" => "M6 2h8l5 5v15H6V2zm8 1.5V8h4.5L14 3.5z",
        "search" => "M10 3a7 7 0 1 0 4.4 12.4l5 5 1.4-1.4-5-5A7 7 0 0 0 10 3zm0 2a5 5 0 1 1 0 10 5 5 0 0 1 0-10z",
        "print" => "M7 3h10v5H7V3zM4 9h16v8h-3v4H7v-4H4V9zm5 6v4h6v-4H9z",
        _ => "",
    }
}

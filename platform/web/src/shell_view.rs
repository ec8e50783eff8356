//! The frame around every page: masthead, menu, message, footer. Compiled once, here; a page is only
//! its own body.
use crate::{Fault, Flash, FormFields, Menu, Surroundings, T, assets, menu};
use askama::Template;
use kernel::{BusinessDate, Error};
use std::fmt::Write;

/// Seconds between two looks at a running job without script.
const REFRESH: u32 = 5;

/// Type sizes: 16, 22 and 30 px at the root.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Size {
    #[default]
    Std,
    Large,
    XLarge,
}

impl Size {
    /// What the cookie or `?to=` says; anything else is the standard size.
    pub fn parse(text: &str) -> Self {
        match text {
            "large" => Self::Large,
            "xlarge" => Self::XLarge,
            _ => Self::Std,
        }
    }

    pub fn code(self) -> &'static str {
        match self {
            Self::Std => "std",
            Self::Large => "large",
            Self::XLarge => "xlarge",
        }
    }

    /// The size the link in the masthead offers, and its word.
    fn other(self) -> (Self, &'static str) {
        match self {
            Self::Std => (Self::Large, "size-large"),
            Self::Large => (Self::XLarge, "size-xlarge"),
            Self::XLarge => (Self::Std, "size-std"),
        }
    }
}

/// The thin 演示 bar. Both buttons post `to=next-day` or `to=publicity-end` to `/demo/date`.
#[derive(Clone, Debug)]
pub struct DemoBar {
    pub today: BusinessDate,
    /// Only a signed-in person moves the date.
    pub movable: bool,
}

/// Everything the frame shows.
#[derive(Template)]
#[template(path = "shell.html")]
pub struct Frame<'a> {
    pub t: T,
    pub size: Size,
    /// Shown in the browser's title bar.
    pub title: &'a str,
    /// Path and query of this page, to come back to after a change of size or language.
    pub here: String,
    /// Name of the person; empty if nobody is signed in.
    pub who: &'a str,
    /// Where the person works, or the installation's name.
    pub org: &'a str,
    pub menu: Menu,
    pub todo_count: u64,
    pub demo: Option<DemoBar>,
    /// The standing notice of plain http outside loopback.
    pub insecure: bool,
    pub flash: Option<Flash>,
    /// Finished markup.
    pub body: &'a str,
    /// Signed out: no menu, masthead with type size and language only.
    pub bare: bool,
    /// The body ends with a `.foot` bar.
    pub foot: bool,
    /// Name of the page for tests and styles, e.g. `todo`.
    pub page: &'static str,
    pub form: FormFields,
    /// Whose unsent values this browser may keep (an opaque id, no name); empty if nobody's.
    pub user: &'a str,
    /// Single-key shortcuts; a person can switch them off.
    pub keys: bool,
    /// When the page was made, by the business date: the time of all its figures.
    pub as_of: &'a str,
    /// Seconds after which a page without script asks again (progress); `None` never.
    pub refresh: Option<u32>,
}

/// The whole document around a body. What the body holds decides on two things: a `.foot` bar needs
/// room on a phone, and a running job is asked again without script too.
pub(crate) fn frame(around: &Surroundings, body: &str) -> Result<String, Fault> {
    let todo = u64::try_from(around.todo).unwrap_or_default();
    let signed_in = !around.user.is_empty();
    let frame = Frame {
        t: around.t,
        size: Size::parse(around.visit.size),
        title: &around.title,
        here: around.visit.here(),
        who: &around.who,
        org: &around.org,
        menu: if signed_in { Menu::of(around.t, &around.menu, &around.visit.path, todo) } else { Menu::default() },
        todo_count: todo,
        demo: around.demo.map(|today| DemoBar { today, movable: signed_in }),
        insecure: around.insecure,
        flash: around.flash.clone(),
        body,
        bare: !signed_in,
        foot: body.contains("class=\"foot\""),
        page: around.page,
        form: around.form.clone(),
        user: &around.user,
        keys: signed_in,
        as_of: &around.as_of,
        refresh: body.contains(" data-progress").then_some(REFRESH),
    };
    Ok(frame.render().map_err(Error::internal)?)
}

impl Frame<'_> {
    fn html_lang(&self) -> &'static str {
        if self.t.lang() == "zh" { "zh-CN" } else { self.t.lang() }
    }

    fn other_lang(&self) -> &'static str {
        if self.t.lang() == "zh" { "en" } else { "zh-CN" }
    }

    fn size_href(&self) -> String {
        format!("/size?to={}&back={}", self.size.other().0.code(), escaped(&self.here))
    }

    fn size_word(&self) -> &'static str {
        self.size.other().1
    }

    fn lang_href(&self) -> String {
        let to = if self.t.lang() == "zh" { "en" } else { "zh" };
        format!("/language?to={to}&back={}", escaped(&self.here))
    }

    /// It is there to be printed: how, is said at once.
    fn is_for_paper(&self) -> bool {
        self.here.split('?').next().unwrap_or_default().ends_with("/print")
    }

    fn side(&self) -> bool {
        !self.bare && !self.menu.groups.is_empty()
    }
}

/// Percent-encodes everything but unreserved characters and `/`.
pub(crate) fn escaped(path: &str) -> String {
    path.bytes().fold(String::new(), |mut out, b| {
        if b.is_ascii_alphanumeric() || b"-._~/".contains(&b) {
            out.push(b as char);
        } else {
            // Writing into a String cannot fail.
            let _ = write!(out, "%{b:02X}");
        }
        out
    })
}

/// `/all`: the whole menu as a page.
#[derive(Template)]
#[template(path = "all.html")]
pub struct AllPage {
    pub t: T,
    pub menu: Menu,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_back_is_encoded_whole() {
        assert_eq!(escaped("/search?q=锦 1&p=2#x"), "/search%3Fq%3D%E9%94%A6%201%26p%3D2%23x");
    }

    #[test]
    fn the_size_link_goes_round() {
        let round = |size: Size| size.other().0;
        assert_eq!(round(round(round(Size::Std))), Size::Std);
        assert_eq!(Size::parse("huge"), Size::Std);
        assert_eq!(Size::parse(Size::XLarge.code()), Size::XLarge);
    }
}

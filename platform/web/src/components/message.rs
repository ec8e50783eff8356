//! What the page says: the message after an action, and what is wrong with a form.
use crate::{Flash, FormFields, Html, T};
use askama::Template;
use kernel::{Error, Kind, Result};
use std::fmt::Display;

/// How a message is meant.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mood {
    Ok,
    Info,
    Warn,
    Bad,
}

impl Mood {
    fn class(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Info => "info",
            Self::Warn => "warn",
            Self::Bad => "bad",
        }
    }

    fn icon(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Info | Self::Warn => "clock",
            Self::Bad => "alert",
        }
    }

    /// Errors interrupt a screen reader, the rest waits its turn.
    fn role(self) -> &'static str {
        if self == Self::Bad { "alert" } else { "status" }
    }
}

#[derive(Template)]
#[template(path = "_part/flash.html")]
struct MessageView<'a> {
    t: T,
    mood: Mood,
    text: String,
    /// Where 撤销 posts, with the form's hidden fields.
    undo: Option<(&'a str, FormFields)>,
}

/// What is wrong with a form, in the order of its fields. The id of a field is its name.
#[derive(Clone, Default, Debug)]
pub struct Errors {
    all: Vec<Error>,
    /// What a field may mean, to be chosen from beside it: its name, then value and words of each.
    offers: Vec<(&'static str, Vec<(String, String)>)>,
}

/// What somebody has typed to name one of many.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Meant<X> {
    Nothing,
    One(X),
    Several(Vec<X>),
    /// More than anybody would choose from.
    Many,
}

impl Errors {
    /// A form as it is first shown.
    pub fn none() -> Self {
        Self::default()
    }

    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    pub fn push(&mut self, error: Error) {
        self.all.push(error);
    }

    /// What a field says, or none with its error kept among these: so a form names at once all that is wrong. What is no
    /// fault of the form is handed on.
    ///
    /// # Errors
    /// Internal and busy.
    pub fn take<X>(&mut self, read: Result<X>) -> Result<Option<X>> {
        match read {
            Ok(said) => Ok(Some(said)),
            Err(e) if matches!(e.kind, Kind::Internal | Kind::Busy) => Err(e),
            Err(e) => {
                self.push(e);
                Ok(None)
            }
        }
    }

    /// The one that a field means; of several, each is offered beside it with its value and words, and is sent back as
    /// `<field>-is`. Where nothing is meant, `unknown` is the error.
    pub fn one_of<X>(&mut self, unknown: Error, meant: Meant<X>, words: impl Fn(&X) -> (String, String)) -> Option<X> {
        let field = unknown.field.unwrap_or_default();
        let error = match meant {
            Meant::One(one) => return Some(one),
            Meant::Nothing => unknown,
            Meant::Many => Error::invalid("choose-many").at(field),
            Meant::Several(all) => {
                self.offers.push((field, all.iter().map(words).collect()));
                Error::invalid("choose-one").with("n", all.len()).at(field)
            }
        };
        self.push(error);
        None
    }

    /// The same under the ids the fields have on a page with several forms.
    #[must_use]
    pub fn renamed(mut self, id: impl Fn(&'static str) -> &'static str) -> Self {
        for error in &mut self.all {
            error.field = error.field.map(&id);
        }
        self
    }

    fn offered(&self, field: &str) -> &[(String, String)] {
        self.offers.iter().find(|(name, _)| *name == field).map_or(&[], |(_, all)| all)
    }

    /// The first error of a field.
    pub fn of(&self, field: &str) -> Option<&Error> {
        self.all.iter().find(|e| e.field == Some(field))
    }

    /// ` err` for `class="field{{ errors.class("due") }}"`.
    pub fn class(&self, field: &str) -> &'static str {
        if self.of(field).is_some() { " err" } else { "" }
    }

    /// `aria-invalid` and `aria-describedby` of a field; `hint` is the id of its hint, or empty.
    pub fn attrs(&self, field: &str, hint: &str) -> Html {
        let wrong = self.of(field).is_some();
        Html::of(&Attrs { wrong, field, hint })
    }
}

impl IntoIterator for Errors {
    type Item = Error;
    type IntoIter = std::vec::IntoIter<Error>;
    fn into_iter(self) -> Self::IntoIter {
        self.all.into_iter()
    }
}

impl From<Error> for Errors {
    fn from(error: Error) -> Self {
        Self { all: vec![error], offers: Vec::new() }
    }
}

impl From<Vec<Error>> for Errors {
    fn from(errors: Vec<Error>) -> Self {
        Self { all: errors, offers: Vec::new() }
    }
}

#[derive(Template)]
#[template(
    source = r#"{% if wrong %}aria-invalid="true" {% endif %}{% if wrong || hint != "" %}aria-describedby="{{ hint }}{% if wrong && hint != "" %} {% endif %}{% if wrong %}{{ field }}-e{% endif %}"{% endif %}"#,
    ext = "html"
)]
struct Attrs<'a> {
    wrong: bool,
    field: &'a str,
    hint: &'a str,
}

#[derive(Template)]
#[template(path = "_part/errsum.html")]
struct Summary<'a> {
    t: T,
    errors: &'a [Error],
}

impl Summary<'_> {
    /// Where the error can be mended: its field, or the row of the indicator it is about.
    fn place(&self, error: &Error) -> Option<String> {
        let indicator = || error.args.iter().find(|(name, _)| *name == "indicator").map(|(_, code)| format!("row-{code}"));
        error.field.map(str::to_owned).or_else(indicator)
    }
}

#[derive(Template)]
#[template(source = r#"<p class="errmsg" id="{{ field }}-e" data-error-for="{{ field }}">{{ t.of(error) }}</p>"#, ext = "html")]
struct Beside<'a> {
    t: T,
    field: &'a str,
    error: &'a Error,
}

#[derive(Template)]
#[template(path = "_part/offered.html")]
struct Offered<'a> {
    t: T,
    field: &'a str,
    all: &'a [(String, String)],
}

impl T {
    /// A message in its colour, with icon and word.
    pub fn message(self, mood: &Mood, text: impl Display) -> Html {
        Html::of(&MessageView { t: self, mood: *mood, text: text.to_string(), undo: None })
    }

    /// What the page before has done; with 撤销 where it can be taken back. It stays until the next page.
    pub fn flash(self, flash: &Flash, form: &FormFields) -> Html {
        let mood = if flash.bad { Mood::Bad } else { Mood::Ok };
        let undo = flash.undo.as_deref().map(|path| (path, form.another()));
        Html::of(&MessageView { t: self, mood, text: flash.text(self), undo })
    }

    /// The box above a form with a link to each wrong field; nothing if there is none.
    pub fn errsum(self, errors: &Errors) -> Html {
        if errors.is_empty() { Html::default() } else { Html::of(&Summary { t: self, errors: &errors.all }) }
    }

    /// What a field may mean, to be chosen from; nothing if that is clear.
    pub fn offered(self, errors: &Errors, field: &str) -> Html {
        let all = errors.offered(field);
        if all.is_empty() { Html::default() } else { Html::of(&Offered { t: self, field, all }) }
    }

    /// The sentence beside a field; nothing if it is right.
    pub fn errmsg(self, errors: &Errors, field: &str) -> Html {
        errors.of(field).map(|error| Html::of(&Beside { t: self, field, error })).unwrap_or_default()
    }
}

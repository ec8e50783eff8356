//! A field of a form: label above, hint, error, control; its id is its name unless the page has that name twice.
use super::Errors;
use crate::{Html, T};
use askama::{Template, filters::HtmlSafe};
use std::fmt::{self, Display};

/// `{{ t.input("due", t.text("due"), form.due, errors).kind("date").hint(t.text("due-hint")) }}`
#[derive(Template)]
#[template(path = "_part/input.html")]
pub struct Input {
    t: T,
    optional_mark: String,
    name: String,
    sent_as: String,
    label: String,
    value: String,
    error: Html,
    /// What it may mean, to be chosen from.
    offered: Html,
    kind: String,
    hint: String,
    long: bool,
    list: String,
    mode: String,
    complete: String,
    max: usize,
}

/// A component that is shown by itself; the template has escaped its values.
pub struct Shown<C>(C);

impl<C: Template> Display for Shown<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.render_into(f).map_err(|_| fmt::Error)
    }
}

impl<C: Template> HtmlSafe for Shown<C> {}

impl T {
    /// A text field; the methods of [`Input`] make it more.
    pub fn input(self, name: &str, label: impl Display, value: impl Display, errors: &Errors) -> Shown<Input> {
        Shown(Input {
            t: self,
            optional_mark: String::new(),
            name: name.to_owned(),
            sent_as: name.to_owned(),
            label: label.to_string(),
            value: value.to_string(),
            error: self.errmsg(errors, name),
            offered: self.offered(errors, name),
            kind: "text".to_owned(),
            hint: String::new(),
            long: false,
            list: String::new(),
            mode: String::new(),
            complete: String::new(),
            max: 0,
        })
    }
}

impl Shown<Input> {
    /// The input's type: `date`, `password`, `number`, `tel`, `email`, `search`.
    #[must_use]
    pub fn kind(mut self, kind: &str) -> Self {
        kind.clone_into(&mut self.0.kind);
        self
    }
    /// The name it is sent by, where several forms of a page have a field of that name and the ids must differ.
    #[must_use]
    pub fn sent_as(mut self, name: &str) -> Self {
        name.clone_into(&mut self.0.sent_as);
        self
    }
    /// What to enter, with an example.
    #[must_use]
    pub fn hint(mut self, hint: impl Display) -> Self {
        self.0.hint = hint.to_string();
        self
    }
    /// Marks it （选填）; there are no asterisks for the rest.
    #[must_use]
    pub fn optional(mut self) -> Self {
        self.0.optional_mark = self.0.t.text("optional").to_string();
        self
    }
    /// Several lines.
    #[must_use]
    pub fn long(mut self) -> Self {
        self.0.long = true;
        self
    }
    /// The id of a `datalist` on the page.
    #[must_use]
    pub fn list(mut self, id: &str) -> Self {
        id.clone_into(&mut self.0.list);
        self
    }
    /// The keyboard of a phone: `decimal`, `numeric`, `tel`.
    #[must_use]
    pub fn mode(mut self, mode: &str) -> Self {
        mode.clone_into(&mut self.0.mode);
        self
    }
    /// `autocomplete`: `username`, `current-password`, `new-password`, `one-time-code`, `off`.
    #[must_use]
    pub fn complete(mut self, token: &str) -> Self {
        token.clone_into(&mut self.0.complete);
        self
    }
    /// At most so many characters.
    #[must_use]
    pub fn max(mut self, characters: usize) -> Self {
        self.0.max = characters;
        self
    }
}

//! Finished markup. Templates write it as it is; everything else they escape.
use askama::{Template, filters::HtmlSafe};
use std::fmt;

/// Markup made by one of our own templates, in which every value has been escaped already.
#[derive(Clone, Default, Debug, PartialEq, Eq)]
pub struct Html(String);

impl Html {
    /// Renders a component.
    pub fn of(template: &impl Template) -> Self {
        // Writing into a String fails only if a value's own Display does; then the part stays empty.
        Self(template.render().unwrap_or_default())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Display for Html {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl HtmlSafe for Html {}

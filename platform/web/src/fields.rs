//! The first two fields of every form.
use std::fmt;

/// CSRF token and idempotency key, as hidden inputs. Put `{{ form|safe }}` first inside the form.
#[derive(Clone)]
pub struct FormFields {
    csrf: String,
    key: String,
}

impl FormFields {
    pub fn new(csrf: &str) -> Self {
        Self { csrf: csrf.into(), key: kernel::Uuid::now_v7().as_simple().to_string() }
    }
    /// The same session's fields with a key of their own; for pages with many forms.
    #[must_use]
    pub fn another(&self) -> Self {
        Self::new(&self.csrf)
    }
}

impl fmt::Display for FormFields {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (csrf, key) = (&self.csrf, &self.key);
        write!(f, r#"<input type="hidden" name="_csrf" value="{csrf}"><input type="hidden" name="_key" value="{key}">"#)
    }
}

/// Hex and digits only: nothing to escape.
impl askama::filters::HtmlSafe for FormFields {}

//! Why somebody does something, in their own words: one length wherever a reason is asked for.
use crate::{Error, Result};

/// Characters a reason may have.
pub const MAX: usize = 500;

/// A reason that must be given, without the blanks around it.
///
/// # Errors
/// `key` with the limit, at field `reason`, for none and for one too long.
pub fn given<'a>(text: &'a str, key: &'static str) -> Result<&'a str> {
    let text = text.trim();
    if text.is_empty() { Err(refused(key)) } else { within(text, key) }
}

/// A reason that may be left out, without the blanks around it.
///
/// # Errors
/// `key` with the limit, at field `reason`, for one too long.
pub fn within<'a>(text: &'a str, key: &'static str) -> Result<&'a str> {
    let text = text.trim();
    if text.chars().count() > MAX { Err(refused(key)) } else { Ok(text) }
}

fn refused(key: &'static str) -> Error {
    Error::invalid(key).with("max", MAX).at("reason")
}

#[cfg(test)]
mod tests {
    use super::{MAX, given, within};

    #[test]
    fn a_reason_is_neither_blank_nor_longer_than_its_limit_in_characters() {
        let (longest, longer) = ("长".repeat(MAX), "长".repeat(MAX + 1));
        assert_eq!(given(" 出差 ", "why"), Ok("出差"));
        assert_eq!(given(&format!(" {longest} "), "why"), Ok(longest.as_str()));
        for text in ["", " \n ", longer.as_str()] {
            let refused = given(text, "why").unwrap_err();
            assert_eq!((refused.key, refused.field, refused.args), ("why", Some("reason"), vec![("max", MAX.to_string())]));
        }
        assert_eq!((within(" ", "why"), within(&longer, "why").is_err()), (Ok(""), true));
    }
}

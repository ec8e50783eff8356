//! What somebody has begun to type into a form of three fields or more, and has not sent: kept for them alone, so that they
//! go on where they were. It is nobody's data yet: no event tells of it and nobody else can read it, the operators included.
pub mod pages;
mod store;

use kernel::{Error, Result};
use web::Fields;

/// One form's fields together, bytes; the longest text a form takes is a tenth of that.
const MOST: usize = 64 << 10;
/// A person's drafts; the oldest make room.
const EACH: i64 = 30;
/// Minutes after which a draft nobody came back to is taken away: thirty days.
const KEPT: i64 = 30 * 24 * 60;
const LONGEST_PLACE: usize = 300;

/// Where a form stands and where it goes, as the script names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place(String);

impl Place {
    /// # Errors
    /// Not found for anything that is no place of ours.
    pub fn parse(text: &str) -> Result<Self> {
        let ours = text.starts_with('/') && text.len() <= LONGEST_PLACE && !text.chars().any(char::is_control);
        if ours { Ok(Self(text.to_owned())) } else { Err(Error::not_found()) }
    }
}

/// What of a form is kept: everything a person entered, and what the page remembered for them. Never the form's own key or
/// token, never a password.
///
/// # Errors
/// `draft-too-long`.
pub fn kept(sent: Fields) -> Result<Fields> {
    let fields: Fields = sent.into_iter().filter(|(name, _)| !name.starts_with('_') && web::is_carried(name)).collect();
    let size: usize = fields.iter().map(|(name, value)| name.len() + value.len()).sum();
    if size > MOST { Err(Error::invalid("draft-too-long")) } else { Ok(fields) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_an_address_of_ours() {
        assert!(Place::parse("/orgs/new /orgs").is_ok());
        for wrong in ["", "orgs", "https://elsewhere", "/a\n", &format!("/{}", "a".repeat(LONGEST_PLACE))] {
            assert!(Place::parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn secrets_and_the_form_s_own_fields_are_not_kept_and_what_is_too_long_is_refused() {
        let field = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let sent = vec![field("_csrf", "x"), field("_key", "y"), field("password", "z"), field("again", "z"), field("name", "支部")];
        assert_eq!(kept(sent).unwrap(), [field("name", "支部")]);
        assert_eq!(kept(vec![field("name", &"a".repeat(MOST))]).unwrap_err().key, "draft-too-long");
    }
}

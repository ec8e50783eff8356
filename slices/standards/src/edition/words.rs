//! The small closed vocabularies of an edition, as its file writes them.
use kernel::{Error, Result};
use std::fmt;

/// A code or version: 1 to 64 of `A–Z a–z 0–9 . _ -`, so that it stands in an address as it is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code(String);

impl Code {
    /// # Errors
    /// `standard-code` for any other character or length.
    pub fn parse(text: &str) -> Result<Self> {
        let text = text.trim();
        let ok = (1..=64).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"._-".contains(&b));
        if ok { Ok(Self(text.into())) } else { Err(Error::invalid("standard-code").with("value", text)) }
    }
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::str::FromStr for Code {
    type Err = Error;
    fn from_str(text: &str) -> Result<Self> {
        Self::parse(text)
    }
}

/// Declares an enum, each value with its stored code, the word files use for it and the key of its text.
macro_rules! vocabulary {
    ($(#[$doc:meta])* $name:ident, $error:literal { $($(#[$vdoc:meta])* $value:ident = $code:literal, $word:literal, $text:literal;)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum $name { $($(#[$vdoc])* $value),* }

        impl $name {
            pub const ALL: &'static [$name] = &[$($name::$value),*];
            /// Stored, and the value of form fields.
            pub fn code(self) -> &'static str {
                match self { $($name::$value => $code),* }
            }
            /// Key of its text.
            pub fn text(self) -> &'static str {
                match self { $($name::$value => $text),* }
            }
            /// Reads the word of a file, or the code.
            ///
            /// # Errors
            #[doc = concat!("`", $error, "` for any other word.")]
            pub fn parse(text: &str) -> Result<Self> {
                match text.trim() {
                    $($code | $word => Ok($name::$value),)*
                    other => Err(Error::invalid($error).with("value", other)),
                }
            }
        }
    };
}

vocabulary! {
    /// What sort of document it is. A cycle binds a standard (规范) and star rules (星级办法) beside its scheme (S42).
    Kind, "edition-kind" {
        Regulation = "regulation", "条例", "edition-kind-regulation";
        Rules = "rules", "细则", "edition-kind-rules";
        Provisions = "provisions", "规定", "edition-kind-provisions";
        Standard = "standard", "规范", "edition-kind-standard";
        StarRules = "star-rules", "星级办法", "edition-kind-star-rules";
        Other = "other", "其他", "edition-kind-other";
    }
}
vocabulary! {
    /// 核对状态: whether a person has compared it with the original.
    Check, "edition-check" {
        Checked = "checked", "已核对", "check-checked";
        Unchecked = "unchecked", "待核对", "check-unchecked";
    }
}
vocabulary! {
    /// Where our knowledge of an article comes from.
    Confidence, "edition-confidence" {
        /// Seen in the original or a reprint of it.
        Seen = "f", "F", "confidence-f";
        /// Seen in second-hand material only; the content agrees, the number was not seen in the original.
        SecondHand = "f2", "F2", "confidence-f2";
        /// General knowledge, no text found.
        General = "k", "K", "confidence-k";
    }
}

#[cfg(test)]
mod tests {
    use super::{Check, Code, Confidence, Kind};

    #[test]
    fn words_and_codes_are_read_and_others_refused() {
        for kind in Kind::ALL {
            assert_eq!(Kind::parse(kind.code()).unwrap(), *kind);
        }
        assert_eq!(Kind::parse("星级办法").unwrap(), Kind::StarRules);
        assert_eq!(Check::parse("待核对").unwrap(), Check::Unchecked);
        assert_eq!(Confidence::parse("F2").unwrap(), Confidence::SecondHand);
        assert_eq!(Kind::parse("法律").unwrap_err().key, "edition-kind");
        assert_eq!(Confidence::parse("").unwrap_err().key, "edition-confidence");
    }

    #[test]
    fn a_code_stands_in_an_address() {
        assert_eq!(Code::parse(" REG-ZB ").unwrap().as_str(), "REG-ZB");
        for bad in ["", "a/b", "条例", "a b", &"x".repeat(65)] {
            assert_eq!(Code::parse(bad).unwrap_err().key, "standard-code", "{bad}");
        }
    }
}

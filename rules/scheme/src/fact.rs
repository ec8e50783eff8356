//! A fact's value: an exact number (truth values are 1 and 0), or the name of a grade.
use kernel::Quantity;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Fact {
    Number(Quantity),
    /// Only for `history.grade`.
    Grade(String),
}

impl Fact {
    /// A number or truth value where the text is one, else a name.
    pub fn of_text(text: &str) -> Self {
        Quantity::parse(text).map_or_else(|_| Self::Grade(text.trim().to_owned()), Self::Number)
    }
    pub fn number(&self) -> Option<Quantity> {
        match self {
            Self::Number(value) => Some(*value),
            Self::Grade(_) => None,
        }
    }
    pub fn grade(&self) -> Option<&str> {
        match self {
            Self::Grade(name) => Some(name),
            Self::Number(_) => None,
        }
    }
}

impl From<Quantity> for Fact {
    fn from(value: Quantity) -> Self {
        Self::Number(value)
    }
}

impl std::fmt::Display for Fact {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Number(value) => write!(f, "{value}"),
            Self::Grade(name) => f.write_str(name),
        }
    }
}

impl Serialize for Fact {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Fact {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from).map(|text| Self::of_text(&text))
    }
}

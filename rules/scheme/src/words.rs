//! How parts of a scheme are written in files.
use crate::{Condition, Literal, Method, OrderKey};
use std::fmt;

impl Method {
    pub fn name(&self) -> &'static str {
        match self {
            Self::PerMissing { .. } => "per_missing",
            Self::PerEvent { .. } => "per_event",
            Self::Ratio { .. } => "ratio",
            Self::Band { .. } => "band",
            Self::Boolean => "boolean",
        }
    }
}

impl fmt::Display for OrderKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Total => f.write_str("total"),
            Self::Dimension(code) => write!(f, "dimension:{code}"),
            Self::HistoryGrade => f.write_str(crate::HISTORY),
            Self::BranchCode => f.write_str("branch_code"),
        }
    }
}

impl fmt::Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.literal {
            Literal::Boolean(yes) => write!(f, "{} == {yes}", self.key),
            Literal::Number(number) => write!(f, "{} == {number}", self.key),
            Literal::Text(name) => write!(f, "{} == \"{name}\"", self.key),
        }
    }
}

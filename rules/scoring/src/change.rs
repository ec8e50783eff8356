//! Promotion and demotion (晋位、降位): this year's grade beside last year's.
use scheme::Scheme;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Change {
    Up,
    Down,
    Same,
}

impl Change {
    /// As the ledger writes it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Up => "up",
            Self::Down => "down",
            Self::Same => "same",
        }
    }
}

/// `None` without a previous grade, or with one this scheme does not have.
pub fn change(scheme: &Scheme, previous: Option<&str>, grade: &str) -> Option<Change> {
    let (before, now) = (scheme.grade_place(previous?)?, scheme.grade_place(grade)?);
    Some(match now.cmp(&before) {
        std::cmp::Ordering::Greater => Change::Up,
        std::cmp::Ordering::Less => Change::Down,
        std::cmp::Ordering::Equal => Change::Same,
    })
}

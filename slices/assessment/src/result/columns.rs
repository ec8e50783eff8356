//! Dimension and indicator scores of a ledger row, in the scheme's order, as one text: `2350,,400`.
use kernel::{Error, Points, Result};

/// Hundredths; `None` where not applicable or left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Columns(pub Vec<Option<Points>>);

impl Columns {
    pub fn of(dimensions: &[Option<Points>], indicators: &[Option<Points>]) -> Self {
        Self(dimensions.iter().chain(indicators).copied().collect())
    }
    pub fn text(&self) -> String {
        let cells: Vec<String> = self.0.iter().map(|p| p.map(|p| p.as_hundredths().to_string()).unwrap_or_default()).collect();
        cells.join(",")
    }
    /// # Errors
    /// `internal` for a text that is none of ours: it came from our own database.
    pub fn parse(text: &str) -> Result<Self> {
        if text.is_empty() {
            return Ok(Self::default());
        }
        let cell = |c: &str| match c {
            "" => Ok(None),
            n => n.parse().map(|n| Some(Points::hundredths(n))).map_err(|_| Error::internal(format!("column {n}"))),
        };
        text.split(',').map(cell).collect::<Result<_>>().map(Self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_come_back_as_they_were_kept() {
        let p = |n| Some(Points::hundredths(n));
        for list in [vec![], vec![p(2350), None, p(0)], vec![None, None]] {
            assert_eq!(Columns::parse(&Columns(list.clone()).text()).unwrap().0, list);
        }
        assert!(Columns::parse("1,x").is_err());
    }
}

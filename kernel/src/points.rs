//! Points at the edge of a calculation: hundredths, exact. Inside one, `scoring` uses rationals.
use crate::{Error, Result};
use std::fmt;

/// Hundredths of a point; may be negative only as a difference.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Points(i64);

impl Points {
    pub const ZERO: Points = Points(0);

    pub const fn hundredths(n: i64) -> Self {
        Self(n)
    }
    pub const fn as_hundredths(self) -> i64 {
        self.0
    }
    /// Reads `3`, `3.5`, `3.75`, `3.750`: not negative, at most two decimals by value (zeros behind them are spelling), at
    /// most nine digits before them.
    ///
    /// # Errors
    /// `points-format` for anything else (`NaN`, `1e3`, `-1`, `1.234`).
    pub fn parse(text: &str) -> Result<Self> {
        let text = text.trim();
        let bad = || Error::invalid("points-format").with("value", text);
        let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
        let digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
        if !digits(whole) || !digits(fraction) {
            return Err(bad());
        }
        let (whole, fraction) = (format!("0{}", whole.trim_start_matches('0')), fraction.trim_end_matches('0'));
        if whole.len() > 10 || fraction.len() > 2 {
            return Err(bad());
        }
        let whole: i64 = whole.parse().map_err(|_| bad())?;
        let cents: i64 = format!("{fraction:0<2}").parse().map_err(|_| bad())?;
        Ok(Self(whole * 100 + cents))
    }
    /// As stored in the ledger: always two decimals.
    pub fn fixed(self) -> String {
        let sign = if self.0 < 0 { "-" } else { "" };
        format!("{sign}{}.{:02}", self.0.abs() / 100, self.0.abs() % 100)
    }
}

impl Points {
    /// A difference as it is read: `+1.5`, `−7`, with the sign that formulas have too.
    pub fn signed(self) -> String {
        match self.0.signum() {
            1 => format!("+{self}"),
            -1 => format!("−{}", Points(-self.0)),
            _ => self.to_string(),
        }
    }
}

/// As shown to people: as many decimals as there are (69.5, 97.45, 4).
impl fmt::Display for Points {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let fixed = self.fixed();
        f.write_str(fixed.trim_end_matches('0').trim_end_matches('.'))
    }
}

impl std::ops::Add for Points {
    type Output = Points;
    fn add(self, other: Points) -> Points {
        Points(self.0 + other.0)
    }
}

impl std::ops::Sub for Points {
    type Output = Points;
    fn sub(self, other: Points) -> Points {
        Points(self.0 - other.0)
    }
}

impl std::iter::Sum for Points {
    fn sum<I: Iterator<Item = Points>>(items: I) -> Points {
        Points(items.map(|p| p.0).sum())
    }
}

impl std::str::FromStr for Points {
    type Err = Error;
    fn from_str(text: &str) -> Result<Self> {
        Self::parse(text)
    }
}

crate::as_text!(Points);

#[cfg(test)]
mod tests {
    use super::Points;

    #[test]
    fn points_read_at_most_two_decimals_and_show_what_there_is() {
        let spelt = [("3.250", 325, "3.25"), ("03.2", 320, "3.2"), (" 1 ", 100, "1"), ("0.000", 0, "0")];
        for (text, n, shown) in
            [("4", 400, "4"), ("69.5", 6950, "69.5"), ("97.45", 9745, "97.45"), ("0.05", 5, "0.05")].into_iter().chain(spelt)
        {
            let p = Points::parse(text).unwrap();
            assert_eq!((p.as_hundredths(), p.to_string().as_str()), (n, shown));
        }
        let signed = [(150, "+1.5"), (0, "0"), (-700, "−7"), (-325, "−3.25")];
        assert!(signed.iter().all(|(n, shown)| Points::hundredths(*n).signed() == *shown));
        for bad in ["", ".", "1.", ".5", "-1", "+1", "1.234", "3.255", "1e2", "NaN", "１", "9999999999"] {
            assert!(Points::parse(bad).is_err(), "{bad}");
        }
        assert_eq!(Points::hundredths(-50).fixed(), "-0.50");
    }
}

//! A metric's value: an exact decimal, never a float.
use crate::{Error, Result};
use rust_decimal::Decimal;
use std::fmt;

/// A decimal ≥ 0 with at most 12 digits before and 6 after the point; truth values are 1 and 0.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Quantity(Decimal);

impl Quantity {
    pub const ZERO: Quantity = Quantity(Decimal::ZERO);
    pub const ONE: Quantity = Quantity(Decimal::ONE);

    /// Reads a decimal, `true`/`false` or `是`/`否`.
    ///
    /// # Errors
    /// `quantity-format` for anything else: signs, exponents, NaN, too many digits.
    pub fn parse(text: &str) -> Result<Self> {
        let text = text.trim();
        match text {
            "true" | "TRUE" | "True" | "是" => return Ok(Self::ONE),
            "false" | "FALSE" | "False" | "否" => return Ok(Self::ZERO),
            _ => {}
        }
        let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
        let digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
        let bad = || Error::invalid("quantity-format").with("value", text);
        let fraction_kept = fraction.trim_end_matches('0');
        if !digits(whole) || !digits(fraction) || whole.len() > 12 || fraction_kept.len() > 6 {
            return Err(bad());
        }
        text.parse().map(|d: Decimal| Self(d.normalize())).map_err(|_| bad())
    }
    pub fn of_count(n: u32) -> Self {
        Self(Decimal::from(n))
    }
    pub fn of_bool(yes: bool) -> Self {
        if yes { Self::ONE } else { Self::ZERO }
    }
    /// `part / whole`, rounded half up to six decimals; 0 of 0 is 1 (nothing was owed).
    pub fn ratio(part: u32, whole: u32) -> Self {
        if whole == 0 {
            return Self::ONE;
        }
        let exact = Decimal::from(part) / Decimal::from(whole);
        Self(exact.round_dp_with_strategy(6, rust_decimal::RoundingStrategy::MidpointAwayFromZero).normalize())
    }
    pub fn is_zero(self) -> bool {
        self.0.is_zero()
    }
    /// Numerator and power of ten: `0.85` is `(85, 2)`.
    pub fn parts(self) -> (i128, u32) {
        (self.0.mantissa(), self.0.scale())
    }
}

/// Canonical: no trailing zeros, no exponent. This is what the database stores.
impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0.normalize())
    }
}

impl std::str::FromStr for Quantity {
    type Err = Error;
    fn from_str(text: &str) -> Result<Self> {
        Self::parse(text)
    }
}

crate::as_text!(Quantity);

#[cfg(test)]
mod tests {
    use super::Quantity;

    #[test]
    fn quantities_are_exact_and_canonical() {
        for (text, shown) in [("0.850", "0.85"), ("56", "56"), ("是", "1"), ("false", "0"), ("007", "7"), ("1.0", "1"), ("0.0", "0")] {
            assert_eq!(Quantity::parse(text).unwrap().to_string(), shown);
        }
        for bad in ["", "-1", "1e3", "NaN", "inf", "1.2345678", "１", "1,000", "1234567890123"] {
            assert!(Quantity::parse(bad).is_err(), "{bad}");
        }
        assert_eq!(Quantity::ratio(2, 3).to_string(), "0.666667");
        assert_eq!(Quantity::ratio(0, 0), Quantity::ONE);
    }
}

//! A metric's value: an exact decimal, never a float.
use crate::{Error, Result};
use rust_decimal::{Decimal, RoundingStrategy};
use std::fmt;

/// Digits before and after the point, and of all: what an exact decimal of 96 bits always holds. A spreadsheet keeps 15
/// digits of a third, so six decimals would not do; what is finer than this no rounding to hundredths ever shows.
const WHOLE: usize = 12;
const DECIMALS: usize = 18;
const DIGITS: usize = 28;

const HALF_UP: RoundingStrategy = RoundingStrategy::MidpointAwayFromZero;

/// A decimal ≥ 0 with at most 12 digits before and 18 after the point, 28 in all, read half up at the last; truth values are
/// 1 and 0.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Quantity(Decimal);

impl Quantity {
    pub const ZERO: Quantity = Quantity(Decimal::ZERO);
    pub const ONE: Quantity = Quantity(Decimal::ONE);

    /// Reads a decimal, `true`/`false` or `是`/`否`.
    ///
    /// # Errors
    /// `quantity-format` for anything else: signs, exponents, NaN; a number of 10^12 or more.
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
        if !digits(whole) || !digits(fraction) {
            return Err(bad());
        }
        // Zeros at either end are spelling.
        let (whole, fraction) = (whole.trim_start_matches('0'), fraction.trim_end_matches('0'));
        if whole.len() > WHOLE {
            return Err(bad());
        }
        let (kept, finer) = fraction.split_at(fraction.len().min(DECIMALS).min(DIGITS - whole.len()));
        let kept = Decimal::from_str_exact(&format!("0{whole}.{kept}0")).map_err(|_| bad())?.normalize();
        let up = finer.bytes().next().is_some_and(|digit| digit >= b'5');
        let least = Decimal::new(1, u32::try_from(fraction.len() - finer.len()).unwrap_or(0));
        Ok(Self(if up { kept + least } else { kept }.normalize()))
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
        Self(exact.round_dp_with_strategy(6, HALF_UP).normalize())
    }
    pub fn is_zero(self) -> bool {
        self.0.is_zero()
    }
    /// Whether it has no more than `n` decimals.
    pub fn within_decimals(self, n: u32) -> bool {
        self.0.scale() <= n
    }
    /// As it is read, not as it is counted with: at most four decimals.
    pub fn brief(self) -> String {
        Self(self.0.round_dp_with_strategy(4, HALF_UP).normalize()).to_string()
    }
    /// A share as it is read: `66.7%`. What is not all of it is not called so.
    pub fn percent(self) -> String {
        let hundred = Decimal::ONE_HUNDRED;
        // Six decimals first, so that there is room for two digits more before the point.
        let share = (self.0.round_dp_with_strategy(6, HALF_UP) * hundred).round_dp_with_strategy(1, HALF_UP);
        let share = if self.0 < Decimal::ONE { share.min(Decimal::new(999, 1)) } else { share };
        format!("{}%", share.normalize())
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
        for (text, shown) in [
            ("0.850", "0.85"),
            ("56", "56"),
            ("是", "1"),
            ("false", "0"),
            ("007", "7"),
            ("1.0", "1"),
            ("0.0", "0"),
            ("0.333333333333333", "0.333333333333333"),
            ("0.00000015", "0.00000015"),
            // 1 ÷ 1500 as programs print it, and 1 ÷ 30000 at fifteen digits.
            ("0.0006666666666666666", "0.000666666666666667"),
            ("0.0000333333333333333", "0.000033333333333333"),
            ("0.9999999999999999995", "1"),
            ("123456789012.12345678901234565", "123456789012.1234567890123457"),
        ] {
            assert_eq!(Quantity::parse(text).unwrap().to_string(), shown);
        }
        for bad in ["", "-1", "1e3", "NaN", "inf", "１", "1,000", "1234567890123", ".", "1.", ".5"] {
            assert!(Quantity::parse(bad).is_err(), "{bad}");
        }
        assert_eq!(Quantity::ratio(2, 3).to_string(), "0.666667");
        let read = |text: &str| Quantity::parse(text).map(|q| (q.percent(), q.brief())).unwrap();
        for (text, percent, brief) in [
            ("0.666667", "66.7%", "0.6667"),
            ("1", "100%", "1"),
            ("0.85", "85%", "0.85"),
            ("0.9999", "99.9%", "0.9999"),
            ("0", "0%", "0"),
            ("123456789012.1234567890123457", "12345678901212.3%", "123456789012.1235"),
        ] {
            assert_eq!(read(text), (percent.into(), brief.into()), "{text}");
        }
        assert_eq!(Quantity::ratio(0, 0), Quantity::ONE);
    }
}

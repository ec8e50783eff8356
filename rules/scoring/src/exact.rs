//! Exact fractions. No reduction while calculating (that would cost more than the calculation); the
//! bounds a scheme is read with keep every intermediate below 2^127, see `scheme`'s limits.
use kernel::{Points, Quantity};
use serde::{Serialize, Serializer};

/// A fraction ≥ 0 of points; `1/3` of 3 points is exactly 1.
#[derive(Clone, Copy, Debug)]
pub struct Exact {
    numerator: i128,
    /// Always positive.
    denominator: i128,
}

/// Quantities have at most six decimals.
const MILLION: i128 = 1_000_000;

impl Exact {
    pub const ZERO: Exact = Exact { numerator: 0, denominator: MILLION };

    pub(crate) fn of(value: Quantity) -> Self {
        Self { numerator: millionths(value), denominator: MILLION }
    }
    pub(crate) fn of_points(value: Points) -> Self {
        Self { numerator: i128::from(value.as_hundredths()), denominator: 100 }
    }
    /// `value − unit × times`, not below 0. `unit × times` is clamped before it is scaled.
    pub(crate) fn less(value: Quantity, unit: Quantity, times: i128) -> Self {
        let lost = millionths(unit).saturating_mul(times.max(0));
        let kept = (millionths(value) * MILLION).saturating_sub(lost).max(0);
        Self { numerator: kept, denominator: MILLION * MILLION }
    }
    /// `value × min(1, actual ÷ target)`; all of it for a target of 0.
    pub(crate) fn share(value: Quantity, actual: Quantity, target: Quantity) -> Self {
        if actual >= target {
            return Self::of(value);
        }
        let numerator = millionths(value).saturating_mul(millionths(actual));
        Self { numerator, denominator: MILLION.saturating_mul(millionths(target)) }
    }
    /// Exact sum.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        let (a, b) = (self.denominator, other.denominator);
        if a == b {
            return Self { numerator: self.numerator + other.numerator, denominator: a };
        }
        let all = if a % b == 0 { a } else { (a / gcd(a, b)).saturating_mul(b) };
        let scaled = |x: Self| x.numerator.saturating_mul(all / x.denominator);
        Self { numerator: scaled(self).saturating_add(scaled(other)), denominator: all }
    }
    /// `self × to ÷ from`; 0 where `from` is 0.
    pub(crate) fn rescaled(self, from: Points, to: Points) -> Self {
        if from == to || from == Points::ZERO {
            return self;
        }
        let numerator = self.numerator.saturating_mul(i128::from(to.as_hundredths()));
        Self { numerator, denominator: self.denominator.saturating_mul(i128::from(from.as_hundredths())) }
    }
    /// Half up, to the hundredth.
    pub fn rounded(self) -> Points {
        let twice = self.numerator.saturating_mul(200).saturating_add(self.denominator);
        Points::hundredths(i64::try_from(twice / self.denominator.saturating_mul(2)).unwrap_or(i64::MAX))
    }
    /// In lowest terms.
    pub fn fraction(self) -> (i128, i128) {
        let by = gcd(self.numerator, self.denominator).max(1);
        (self.numerator / by, self.denominator / by)
    }
}

impl PartialEq for Exact {
    fn eq(&self, other: &Self) -> bool {
        self.fraction() == other.fraction()
    }
}

impl Eq for Exact {}

/// `4`, `5/3`: lowest terms.
impl std::fmt::Display for Exact {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.fraction() {
            (n, 1) => write!(f, "{n}"),
            (n, d) => write!(f, "{n}/{d}"),
        }
    }
}

impl Serialize for Exact {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

pub(crate) fn millionths(value: Quantity) -> i128 {
    let (numerator, scale) = value.parts();
    numerator * 10i128.pow(6u32.saturating_sub(scale))
}

/// `numerator ÷ denominator` half up; 0 where there is nothing to divide by.
pub(crate) fn divided(numerator: i128, denominator: i128) -> i128 {
    if denominator == 0 { 0 } else { (numerator.saturating_mul(2).saturating_add(denominator)) / denominator.saturating_mul(2) }
}

fn gcd(mut a: i128, mut b: i128) -> i128 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

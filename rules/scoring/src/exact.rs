//! Exact fractions. No reduction while calculating (that would cost more than the calculation); the
//! bounds a scheme is read with keep every sum below 2^127, see `scheme`'s limits.
use kernel::{Points, Quantity};
use serde::{Serialize, Serializer};

/// A fraction ≥ 0 of points; `1/3` of 3 points is exactly 1.
#[derive(Clone, Copy, Debug)]
pub struct Exact {
    numerator: i128,
    /// Always positive.
    denominator: i128,
}

/// A scheme's numbers have at most six decimals.
const MILLION: i128 = 1_000_000;
/// A fact may have 18, as a third taken from a spreadsheet does: then all of its sum is counted in these.
const FINEST: u32 = 18;

impl Exact {
    pub const ZERO: Exact = Exact { numerator: 0, denominator: MILLION };

    pub(crate) fn of(value: Quantity) -> Self {
        Self { numerator: millionths(value), denominator: MILLION }
    }
    pub(crate) fn of_points(value: Points) -> Self {
        Self { numerator: i128::from(value.as_hundredths()), denominator: 100 }
    }
    /// `value − unit × times`, not below 0. `unit × times` is clamped before it is scaled.
    pub(crate) fn less(value: Quantity, unit: Quantity, times: Times) -> Self {
        let lost = millionths(unit).saturating_mul(times.numerator.max(0));
        let kept = (millionths(value) * times.denominator).saturating_sub(lost).max(0);
        Self { numerator: kept, denominator: MILLION * times.denominator }
    }
    /// `value × min(1, actual ÷ target)`; all of it for a target of 0.
    pub(crate) fn share(value: Quantity, actual: Quantity, target: Quantity) -> Self {
        if actual >= target {
            return Self::of(value);
        }
        let actual = Times::of(actual);
        let numerator = millionths(value).saturating_mul(actual.numerator);
        Self { numerator, denominator: actual.denominator.saturating_mul(millionths(target)) }
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
    /// Half up, to the hundredth.
    pub fn rounded(self) -> Points {
        self.rescaled(Points::hundredths(100), Points::hundredths(100))
    }
    /// `self × to ÷ from`, half up to the hundredth; itself where `from` is 0. What the product does not hold in 128 bits
    /// is divided step by step, as on paper.
    pub(crate) fn rescaled(self, from: Points, to: Points) -> Points {
        let (from, to) = if from == to || from == Points::ZERO { (1, 1) } else { (from.as_hundredths(), to.as_hundredths()) };
        let (from, times) = (i128::from(from), i128::from(to) * 200);
        let twice = match self.numerator.checked_mul(times) {
            Some(product) => product / self.denominator,
            None => multiplied(self.numerator, times, self.denominator),
        };
        // A fraction of `twice` cannot reach the next whole number after the division either.
        Points::hundredths(i64::try_from((twice + from) / (from * 2)).unwrap_or(i64::MAX))
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

/// How often something counts: in millionths, or finer where a fact is.
#[derive(Clone, Copy)]
pub(crate) struct Times {
    numerator: i128,
    denominator: i128,
}

impl Times {
    pub(crate) fn of(value: Quantity) -> Self {
        let (numerator, scale) = value.parts();
        let fine = if scale <= 6 { 6 } else { FINEST };
        Self { numerator: numerator * power(fine.saturating_sub(scale)), denominator: power(fine) }
    }
    /// `whole − self`, of a number with at most six decimals; negative where there is more.
    pub(crate) fn lacking(self, whole: Quantity) -> Self {
        Self { numerator: millionths(whole) * (self.denominator / MILLION) - self.numerator, ..self }
    }
}

/// Ten to a power that no number of ours exceeds; looked up, for it is asked for in every cell.
fn power(of_ten: u32) -> i128 {
    POWERS.get(of_ten as usize).copied().unwrap_or(i128::MAX)
}

const POWERS: [i128; 29] = {
    let (mut powers, mut n) = ([1; 29], 1);
    while n < powers.len() {
        powers[n] = powers[n - 1] * 10;
        n += 1;
    }
    powers
};

/// Of a number with at most six decimals.
fn millionths(value: Quantity) -> i128 {
    let (numerator, scale) = value.parts();
    numerator * power(6u32.saturating_sub(scale))
}

/// `number × times ÷ by`, rounded down, bit by bit: nothing on the way is larger than twice `by` or the result.
fn multiplied(number: i128, times: i128, by: i128) -> i128 {
    let (whole, rest) = (number / by, number % by);
    let (mut quotient, mut left) = (0i128, 0i128);
    for bit in (0..i128::BITS - times.leading_zeros()).rev() {
        (quotient, left) = (quotient * 2, left * 2);
        if times >> bit & 1 == 1 {
            left += rest;
        }
        (quotient, left) = (quotient + left / by, left % by);
    }
    whole.saturating_mul(times).saturating_add(quotient)
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

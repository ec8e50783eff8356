//! A dimension's points when some of its indicators do not apply: shared among the others in
//! proportion to their points, to the hundredth, by largest remainder.
use kernel::Points;

/// An applicable indicator of the dimension.
pub(crate) struct Share<'s> {
    pub code: &'s str,
    pub points: Points,
}

/// New points in the order given; they add to `dimension` exactly. Ties of remainders go by code.
/// Empty shares or shares of nothing get nothing.
pub(crate) fn shared(dimension: Points, shares: &[Share<'_>]) -> Vec<Points> {
    let whole = i128::from(dimension.as_hundredths());
    let sum: i128 = shares.iter().map(|s| i128::from(s.points.as_hundredths())).sum();
    if sum == 0 {
        return vec![Points::ZERO; shares.len()];
    }
    let scaled = |s: &Share<'_>| whole * i128::from(s.points.as_hundredths());
    let mut given: Vec<i128> = shares.iter().map(|s| scaled(s) / sum).collect();
    let mut by_remainder: Vec<usize> = (0..shares.len()).collect();
    by_remainder
        .sort_by(|a, b| (scaled(&shares[*b]) % sum).cmp(&(scaled(&shares[*a]) % sum)).then_with(|| shares[*a].code.cmp(shares[*b].code)));
    let left = usize::try_from(whole - given.iter().sum::<i128>()).unwrap_or(0);
    for i in by_remainder.into_iter().take(left) {
        given[i] += 1;
    }
    given.into_iter().map(|n| Points::hundredths(i64::try_from(n).unwrap_or(i64::MAX))).collect()
}

//! Draws some of the candidates, e.g. the branches to be re-checked.
use crate::{Seed, candidate_hash};
use kernel::{Error, Quantity, Result};

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Amount {
    Count(usize),
    /// A share between 0 and 1; at least that share is drawn (rounded up).
    Ratio(Quantity),
}

impl Amount {
    /// # Errors
    /// `draw-ratio` for a ratio above 1; `draw-candidates-few` with `wanted` and `available`.
    pub fn of(self, candidates: usize) -> Result<usize> {
        let wanted = match self {
            Self::Count(n) => n,
            Self::Ratio(ratio) if ratio > Quantity::ONE => return Err(Error::invalid("draw-ratio").with("value", ratio)),
            Self::Ratio(ratio) => share(ratio, candidates),
        };
        if wanted > candidates {
            return Err(Error::invalid("draw-candidates-few").with("wanted", wanted).with("available", candidates));
        }
        Ok(wanted)
    }
}

/// Draws from `candidates`; the result is in drawn order and depends on the list, not on its order.
///
/// # Errors
/// Those of [`candidate_hash`] and [`Amount::of`].
pub fn sample<S: AsRef<str>>(candidates: &[S], amount: Amount, seed: &Seed) -> Result<Vec<String>> {
    candidate_hash(candidates)?;
    let n = amount.of(candidates.len())?;
    Ok(seed.order(candidates.iter().map(AsRef::as_ref)).into_iter().take(n).map(str::to_owned).collect())
}

fn share(ratio: Quantity, candidates: usize) -> usize {
    let (numerator, scale) = ratio.parts();
    let whole = 10i128.pow(scale);
    let exact = numerator * i128::try_from(candidates).unwrap_or(i128::MAX >> 64);
    usize::try_from((exact + whole - 1) / whole).unwrap_or(usize::MAX)
}

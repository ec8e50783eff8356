//! What a sheet adds up to as of one layer: shown beside its rows, and what a save answers with.
use super::context::Context;
use super::hand_over::matter;
use super::input::Inputs;
use db::{Result as Unit, Tx};
use kernel::Points;
use scoring::{IndicatorTrail, Layer, Scored};

#[derive(Clone, Debug)]
pub struct Totals {
    pub total: Points,
    pub grade: String,
    /// Before quotas; 0 below every star.
    pub star: u8,
    pub bonus: Points,
    pub penalty: Points,
    /// In the scheme's order; `None` where nothing applies.
    pub dimensions: Vec<Option<Points>>,
    /// Indicators that apply.
    pub all: usize,
    /// Codes of those among them that the layer still owes.
    pub left: Vec<String>,
    /// Indicators that do not apply: their points are given to the others of their dimension.
    pub skipped: usize,
    /// The total as of the self-assessment, where somebody else scores.
    pub own: Option<Points>,
}

/// The layers above `layer` do not count here: each page shows what its own layer leads to.
pub fn totals(context: &Context, inputs: &Inputs, layer: Layer) -> Totals {
    of(context, inputs, &context.scheme.score(&inputs.branch.up_to(layer)), layer)
}

/// The same from a calculation that has been made already, of the layers up to `layer`.
pub fn of(context: &Context, inputs: &Inputs, scored: &Scored<'_>, layer: Layer) -> Totals {
    let outcome = &scored.outcome;
    Totals {
        total: outcome.total,
        grade: outcome.grade.to_owned(),
        star: outcome.star_before_quota.unwrap_or(0),
        bonus: outcome.bonus,
        penalty: outcome.penalty,
        dimensions: scored.dimensions.iter().map(|d| d.score).collect(),
        all: scored.indicators.iter().filter(|i| i.applicable).count(),
        skipped: scored.indicators.iter().filter(|i| !i.applicable).count(),
        left: left(context, inputs, scored, layer),
        own: (layer != Layer::SelfAssessment).then(|| context.scheme.score(&inputs.branch.up_to(Layer::SelfAssessment)).outcome.total),
    }
}

/// The branch's 待办 says how far its self-assessment is, so that its desk asks no sheet.
///
/// # Errors
/// The engine's own.
pub async fn tell(tx: &mut Tx<'_>, context: &Context, totals: &Totals) -> Unit<()> {
    inbox::progress(tx, &matter(context, Layer::SelfAssessment), totals.all - totals.left.len(), totals.all).await
}

fn left(context: &Context, inputs: &Inputs, scored: &Scored<'_>, layer: Layer) -> Vec<String> {
    let given = |code: &str| inputs.score(code, layer).is_some();
    let filled = |i: &IndicatorTrail<'_>| layer == Layer::SelfAssessment && is_automatic(context, i);
    let owed = scored.indicators.iter().filter(|i| i.applicable && !given(i.code) && !filled(i));
    owed.map(|i| i.code.to_owned()).collect()
}

/// All its facts are known and the scheme lets them count; or it does not apply.
pub fn is_automatic(context: &Context, trail: &IndicatorTrail<'_>) -> bool {
    !trail.applicable || is_known(context, trail)
}

/// The system takes it from facts that it has: a person may overrule it, with a reason.
pub fn is_known(context: &Context, trail: &IndicatorTrail<'_>) -> bool {
    let auto = context.scheme.indicator(trail.code).is_some_and(|i| i.auto);
    auto && trail.parts.iter().all(|p| p.value.is_some())
}

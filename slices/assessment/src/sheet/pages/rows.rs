//! A sheet as its page shows it: groups of rows, one row per indicator, with the facts behind each.
use crate::score::store::Score;
use crate::sheet::batch::Origin;
use crate::sheet::context::Context;
use crate::sheet::entry::Entry;
use crate::sheet::input::Inputs;
use crate::sheet::totals::is_automatic;
use facts::Known;
use kernel::{Points, Quantity};
use scheme::{Literal, Method};
use scoring::{BranchInput, ConditionTrail, Difference, IndicatorTrail, Layer, Layers, PartTrail, Scored, Source, differences};
use std::collections::HashMap;
use web::T;

/// One dimension with its rows.
pub struct Group {
    pub code: String,
    pub title: String,
    pub points: Points,
    pub rows: Vec<Row>,
}

/// One indicator.
pub struct Row {
    pub code: String,
    pub title: String,
    pub rule: String,
    pub article: String,
    pub verified: bool,
    pub points: Points,
    pub applicable: bool,
    /// All its facts are known and the scheme lets them count: nobody has to fill it.
    pub automatic: bool,
    /// What the facts alone give, on the original points.
    pub from_facts: Points,
    pub facts: Vec<FactLine>,
    /// The layers given so far, lowest first.
    pub layers: Vec<(&'static str, Points, String)>,
    pub self_points: Option<Points>,
    /// The value of the layer this page edits.
    pub value: String,
    pub reason: String,
    pub rev: i64,
    pub difference: Option<Difference>,
    /// How far this layer is from the branch's own score, or from the facts where it gave none.
    pub from_own: Option<Points>,
    /// What filled it in a batch, if that still stands.
    pub batch: Option<&'static str>,
    /// What stood before this layer was given: the layer below it, or the facts.
    pub stood: Points,
    pub evidence: i64,
    pub error: Option<String>,
}

/// A fact as people read it.
pub struct FactLine {
    pub name: String,
    pub value: String,
    pub source: String,
    pub missing: bool,
}

/// Builds the rows for the page of `layer`; `typed` holds what was sent and refused, `errors` why.
pub fn groups(
    t: T,
    context: &Context,
    inputs: &Inputs,
    scored: &Scored<'_>,
    layer: Option<Layer>,
    evidence: &HashMap<String, i64>,
    refused: &HashMap<String, (String, String, String)>,
) -> Vec<Group> {
    let row = |trail: &IndicatorTrail<'_>| {
        let mut row = row(t, context, inputs, trail, layer);
        row.evidence = evidence.get(trail.code).copied().unwrap_or(0);
        if let Some((value, reason, error)) = refused.get(trail.code) {
            (row.value, row.reason, row.error) = (value.clone(), reason.clone(), Some(error.clone()));
        }
        row
    };
    let group = |d: &scheme::Dimension| Group {
        code: d.code.clone(),
        title: d.title.clone(),
        points: d.points,
        rows: scored.indicators.iter().filter(|i| i.dimension == d.code).map(row).collect(),
    };
    context.scheme.dimensions.iter().map(group).collect()
}

fn row(t: T, context: &Context, inputs: &Inputs, trail: &IndicatorTrail<'_>, layer: Option<Layer>) -> Row {
    let indicator = context.scheme.indicator(trail.code);
    let own = layer.and_then(|l| inputs.score(trail.code, l));
    let given: Layers = trail.layers.iter().copied().collect();
    let facts = match &trail.condition {
        // What decides then is the fact of the condition; the others give nothing.
        Some(condition) if !trail.applicable => vec![fact_line(t, condition.key, read_as(condition), inputs)],
        _ => trail.parts.iter().map(|p| fact_line(t, p.key, Some(p.method), inputs)).collect(),
    };
    let value = own.map(|s| s.points.to_string()).unwrap_or_default();
    let earlier = layer.map_or(given, |l| given.up_to(l));
    let self_points = given.get(Layer::SelfAssessment);
    let from_own = own.filter(|_| layer != Some(Layer::SelfAssessment)).map(|s| s.points - self_points.unwrap_or_else(|| earned(trail)));
    Row {
        code: trail.code.into(),
        title: trail.title.into(),
        rule: indicator.map(|i| i.rule.clone()).unwrap_or_default(),
        article: trail.article.into(),
        verified: trail.verified,
        points: trail.points,
        applicable: trail.applicable,
        automatic: is_automatic(context, trail),
        from_facts: earned(trail),
        facts,
        layers: trail.layers.iter().map(|(l, p)| (layer_text(*l), *p, reason_of(inputs, trail.code, *l))).collect(),
        self_points,
        from_own: from_own.filter(|d| *d != Points::ZERO),
        batch: own.and_then(|s| Origin::of(&s.source)).map(Origin::text),
        reason: own.map(|s| s.reason.clone()).unwrap_or_default(),
        rev: own.map_or(0, |s| s.rev),
        difference: differences(&earlier, context.scheme.parameters.self_score_deviation_alert).into_iter().next_back(),
        stood: stood(&earlier, layer).unwrap_or_else(|| earned(trail)),
        value,
        evidence: 0,
        error: None,
    }
}

impl Row {
    /// Whoever takes points away on site says why, since the reason becomes the problem's text; and from the scheme's limit
    /// on any difference is explained (S44). What is only taken over differs from nothing.
    pub fn owes_reason(&self) -> bool {
        let lowered = Points::parse(&self.value).is_ok_and(|given| given < self.stood);
        self.applicable && self.reason.is_empty() && (lowered || self.difference.is_some_and(|d| d.must_explain))
    }
    /// [`Self::from_own`] with its sign.
    pub fn own_difference(&self) -> Option<String> {
        self.from_own.map(Points::signed)
    }
    /// What the branch said of it last year, where the points still fit and nothing is filled.
    pub fn of_last_year(&self, past: &[Score]) -> Option<Entry> {
        let s = past.iter().find(|s| s.indicator == self.code && s.points <= self.points)?;
        let entry = || Entry { indicator: self.code.clone(), points: Some(s.points), reason: s.reason.clone(), seen: 0 };
        (self.applicable && !self.automatic && self.value.is_empty()).then(entry)
    }
    /// Why it is below full: this layer's reason, the branch's own note, or what the facts say.
    pub fn because(&self, t: T) -> String {
        let note = self.layers.iter().find(|l| l.0 == layer_text(Layer::SelfAssessment)).map(|l| l.2.clone()).unwrap_or_default();
        match (self.reason.as_str(), note.as_str()) {
            ("", "") => self.derived(t),
            ("", note) => note.to_owned(),
            (reason, _) => reason.to_owned(),
        }
    }
    fn derived(&self, t: T) -> String {
        let said = |f: &FactLine| format!("{} {}", f.name, if f.missing { &f.source } else { &f.value });
        worded(t, &self.rule, &self.facts.iter().map(said).collect::<Vec<_>>())
    }
}

/// Why an indicator that nobody has said a word about is below full: its rule, and what the data say.
pub(crate) fn derivation(t: T, rule: &str, trail: &IndicatorTrail<'_>, branch: &BranchInput) -> String {
    let said = |part: &PartTrail<'_>| {
        let value = branch.facts.get(part.key).map(|value| fact_value(t, Some(part.method), &value.to_string()));
        format!("{} {}", fact_name(t, part.key), value.unwrap_or_else(|| t.text("fact-missing").to_string()))
    };
    worded(t, rule, &trail.parts.iter().map(said).collect::<Vec<_>>())
}

fn worded(t: T, rule: &str, facts: &[String]) -> String {
    if facts.is_empty() { rule.to_owned() } else { t.text("sheet-derived").with("rule", rule).with("facts", t.list(facts)).to_string() }
}

/// The latest value below the layer this page edits.
fn stood(earlier: &Layers, layer: Option<Layer>) -> Option<Points> {
    earlier.all().filter(|(l, _)| Some(*l) != layer).last().map(|(_, points)| points)
}

/// Key of a layer's name.
pub fn layer_text(layer: Layer) -> &'static str {
    match layer {
        Layer::SelfAssessment => "layer-self",
        Layer::Mutual => "layer-mutual",
        Layer::Acceptance => "layer-acceptance",
        Layer::Recheck => "layer-recheck",
        Layer::Committee => "layer-committee",
    }
}

/// The facts' own result, even where a layer overrules them.
fn earned(trail: &IndicatorTrail<'_>) -> Points {
    match trail.source {
        Source::Facts => trail.raw.rounded(),
        Source::Layer(_) => trail.parts.iter().fold(scoring::Exact::ZERO, |sum, p| sum.plus(p.earned)).rounded(),
    }
}

fn reason_of(inputs: &Inputs, indicator: &str, layer: Layer) -> String {
    inputs.score(indicator, layer).map(|s| s.reason.clone()).unwrap_or_default()
}

/// The metric's name is in the catalogue (`fact-…`); where it is not, the key itself says what it is.
pub fn fact_name(t: T, key: &str) -> String {
    let text = format!("fact-{}", key.replace(['.', '_'], "-").to_ascii_lowercase());
    if t.has(&text) { t.text(&text).to_string() } else { key.to_owned() }
}

/// A boolean is answered in words, a share in percent; of any other number stand as many decimals as anybody reads.
pub fn fact_value(t: T, method: Option<&Method>, value: &str) -> String {
    let number = Quantity::parse(value).ok();
    match (method, number) {
        (Some(Method::Boolean), Some(n)) if n.is_zero() => t.text("fact-no").to_string(),
        (Some(Method::Boolean), Some(n)) if n == Quantity::ONE => t.text("fact-yes").to_string(),
        (Some(method), Some(n)) if is_of_a_share(method) => n.percent(),
        (_, Some(n)) => n.brief(),
        (_, None) => value.to_owned(),
    }
}

/// Whether what it judges is a share: of hours, 56 are all; and bands that begin at 1 count something.
fn is_of_a_share(method: &Method) -> bool {
    match method {
        Method::Ratio { target } => *target <= Quantity::ONE,
        Method::Band { bands } => {
            bands.iter().all(|b| b.min <= Quantity::ONE) && bands.iter().any(|b| !b.min.is_zero() && b.min < Quantity::ONE)
        }
        Method::PerMissing { .. } | Method::PerEvent { .. } | Method::Boolean => false,
    }
}

/// How the fact of a condition is read: for yes or no, or as it is.
pub fn read_as(condition: &ConditionTrail<'_>) -> Option<&'static Method> {
    matches!(condition.literal, Literal::Boolean(_)).then_some(&Method::Boolean)
}

fn fact_line(t: T, key: &str, method: Option<&Method>, inputs: &Inputs) -> FactLine {
    let value = inputs.branch.facts.get(key).map(ToString::to_string);
    // What was frozen and has changed since has no source to show.
    let known = inputs.known.get(key).filter(|k| Some(scheme::Fact::of_text(k.value()).to_string()) == value);
    let source = match known {
        _ if value.is_none() => t.text("fact-missing").to_string(),
        Some(Known::Recorded(f)) => t.text("fact-recorded").with("source", f.source.as_str()).with("date", f.effective).to_string(),
        Some(Known::Supplied { why, .. }) => why.args.iter().fold(t.text(why.key), |text, (n, v)| text.with(n, v.as_str())).to_string(),
        None => t.text("derive-frozen").to_string(),
    };
    let missing = value.is_none();
    let value = value.map(|v| fact_value(t, method, &v)).unwrap_or_default();
    FactLine { name: fact_name(t, key), value, source, missing }
}

/// A sheet's rows for reading: no layer is edited.
pub fn read_only(t: T, context: &Context, inputs: &Inputs, scored: &Scored<'_>) -> Vec<Group> {
    groups(t, context, inputs, scored, None, &HashMap::new(), &HashMap::new())
}

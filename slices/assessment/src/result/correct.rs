//! After 定稿 nothing is overwritten: a correction is a new version with its reason and a second person; the old one stays.
use super::finalise::second_person;
use super::{freeze, frozen, store};
use crate::score::store::{NewScore, force, one as score_of};
use crate::sheet::context::Context;
use audit::{Author, Event};
use db::Db;
use kernel::{BusinessDate, Error, Instant, Points, Result};
use scoring::Layer;

/// What is corrected.
#[derive(Clone, Debug)]
pub enum Target {
    /// The committee's score of an indicator.
    Score { indicator: String, points: Points },
    /// A fact, as text that its kind accepts: `veto.V1`, `bonus.P1`, a metric.
    Fact { key: String, value: String },
}

#[derive(Clone, Debug)]
pub struct Correction {
    pub target: Target,
    pub reason: String,
    pub second: String,
    pub today: BusinessDate,
}

/// Corrects one branch; everybody's rank and star are given anew. Answers the new version.
///
/// # Errors
/// `correction-not-final` before 定稿; `correction-reason`; `second-missing`, `second-same`; what a score or fact is refused for.
pub async fn correct<A: Author>(db: &Db, by: &A, context: &Context, c: Correction) -> Result<i64> {
    let name = by.name();
    check(context, &c, &name)?;
    let (cycle, org, version) = (context.cycle.clone(), context.sheet.org, context.cycle.result_version + 1);
    freeze::freeze_again(db, cycle.id, version).await?;
    let (code, target, id) = (context.sheet.code.clone(), c.target.clone(), cycle.id);
    audit::stage(db, async move |tx| {
        let mut input = frozen::read(&code, &store::frozen_of(tx, id, version, org).await?)?;
        match &target {
            Target::Score { indicator, points } => input.score(indicator, Layer::Committee, *points),
            Target::Fact { key, value } => input.fact(key, scheme::Fact::of_text(value)),
        };
        store::freeze(tx, id, version, org, &frozen::write(&input)?).await
    })
    .await?;
    let (lines, allotments) = freeze::computed(db, &context.scheme, cycle.id, version).await?;
    freeze::keep(db, cycle.id, version, &lines).await?;
    let (at, sheet) = (Instant::now(), context.sheet.clone());
    audit::change(db, by, async move |tx| {
        if let Target::Score { indicator, points } = &c.target {
            let before = score_of(tx, sheet.id, indicator, Layer::Committee).await?;
            let (points, reason, source) = (Some(*points), c.reason.as_str(), "correction");
            let layer = Layer::Committee;
            let new = NewScore { sheet: sheet.id, indicator, layer, points, reason, seen: 0, account: None, by: &name, source, at };
            force(tx, &new, before.as_ref()).await?;
        }
        let (second, reason) = (c.second.as_str(), c.reason.as_str());
        let made = store::Made { version, day: c.today, at, by: &name, second, reason, allotments: &allotments };
        store::make(tx, &cycle, &made).await?;
        let event = Event::new("result.correct", format!("sheet:{}", sheet.id)).at(sheet.org).because(reason).with("version", version);
        Ok((version, event.with("second", second).with("target", target_name(&c.target))))
    })
    .await
}

fn check(context: &Context, c: &Correction, by: &str) -> Result<()> {
    if !context.cycle.is_final() {
        return Err(Error::conflict("correction-not-final"));
    }
    if c.reason.trim().is_empty() {
        return Err(Error::invalid("correction-reason").at("reason"));
    }
    second_person(&c.second, by)?;
    match &c.target {
        Target::Score { indicator, points } => scoring::validate_score(&context.scheme, indicator, *points),
        Target::Fact { key, value } => {
            let known = context.scheme.known_keys();
            let kind = known.get(key).ok_or_else(|| Error::invalid("fact-key-unknown").with("key", key).at("key"))?;
            kind.read(value).map(drop)
        }
    }
}

fn target_name(target: &Target) -> &str {
    match target {
        Target::Score { indicator, .. } => indicator,
        Target::Fact { key, .. } => key,
    }
}

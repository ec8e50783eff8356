//! After 定稿 nothing is overwritten: a correction is a new version, proposed by one account and approved by another; the old
//! one stays.
use super::finalise::digest;
use super::{freeze, frozen, store, version};
use crate::problems::{self, Restated};
use crate::publicity::kept;
use crate::review::decide::Approved;
use crate::review::rules::second_person;
use crate::score::store::{NewScore, force, one as score_of};
use crate::sheet::context::Context;
use audit::{Author, Event};
use calendar::Calendar;
use db::{Db, Result as Unit, Tx};
use inbox::{Addressee, Notice};
use kernel::{BusinessDate, Error, Instant, NoticeId, Points, Result};
use rectification::By;
use scoring::{BranchInput, Layer, Scored, Scorer};

/// What is corrected.
#[derive(Clone, Debug)]
pub enum Target {
    /// The committee's score of an indicator.
    Score { indicator: String, points: Points },
    /// A fact, as text that its kind accepts: `veto.V1`, `bonus.P1`, a metric.
    Fact { key: String, value: String },
}

#[derive(Clone)]
pub struct Correction {
    pub target: Target,
    pub calendar: Calendar,
    /// The proposal it carries out; a second account has been seen to approve it.
    pub approved: Approved,
}

impl Correction {
    fn reason(&self) -> &str {
        &self.approved.row.reason
    }
    /// Who proposed it.
    fn first(&self) -> &str {
        &self.approved.row.proposed_name
    }
    /// Who approved it; never the same account.
    fn second(&self) -> &str {
        &self.approved.hand.name
    }
    fn today(&self) -> BusinessDate {
        self.approved.hand.today
    }
}

/// Corrects one branch; everybody's rank and star are given anew. Answers the new version.
///
/// # Errors
/// `correction-not-final` before 定稿; `adjust-own` for the one who proposed it; what a score or fact is refused for;
/// `adjust-decided` and `result-meanwhile` if somebody else was quicker.
pub async fn correct<A: Author>(db: &Db, by: &A, context: &Context, c: Correction) -> Result<i64> {
    check(context, &c)?;
    let (cycle, org, version) = (context.cycle.clone(), context.sheet.org, context.cycle.result_version + 1);
    freeze::freeze_again(db, cycle.id, version).await?;
    let (code, target, id) = (context.sheet.code.clone(), c.target.clone(), cycle.id);
    let (before, input) = audit::stage(db, async move |tx| {
        // From the version before: what a killed attempt left in the new one does not count.
        let before = frozen::read(&code, &store::frozen_of(tx, id, version - 1, org).await?)?;
        let mut input = before.clone();
        match &target {
            Target::Score { indicator, points } => input.score(indicator, Layer::Committee, *points),
            Target::Fact { key, value } => input.fact(key, scheme::Fact::of_text(value)),
        };
        store::freeze(tx, id, version, org, &frozen::write(&input)?).await?;
        Ok((before, input))
    })
    .await?;
    let (lines, allotments) = freeze::computed(db, &context.scheme, cycle.id, version).await?;
    freeze::keep(db, cycle.id, version, &lines).await?;
    let (at, context, digest) = (Instant::now(), context.clone(), digest(&lines));
    audit::change(db, by, async move |tx| {
        let sheet = &context.sheet;
        c.approved.close(tx, &context, at).await?;
        write(tx, &context, &c, at).await?;
        let again = restate(tx, &context, &c, (&before, &input), at).await?;
        let (first, second, reason) = (c.first(), c.second(), c.reason());
        let made = version::Made { version, day: c.today(), at, by: first, second, reason, digest: &digest, allotments: &allotments };
        version::make(tx, &context.cycle, &made).await?;
        // A grade is next year's `history.grade`.
        kept::ask(tx, context.cycle.year + 1, at).await?;
        tell(tx, &context, at).await?;
        let mut event = Event::new("result.correct", format!("sheet:{}", sheet.id)).at(sheet.org).because(reason).with("version", version);
        if let Some(again) = again {
            event = event.with("reopened", again);
        }
        let event = event.with("first", first).with("second", second).with("target", target_name(&c.target));
        Ok((version, event.with("digest", &digest)))
    })
    .await
}

/// Whose result was corrected hears of it; the sheet says what, from what to what, why and by whom.
async fn tell(tx: &mut Tx<'_>, context: &Context, at: Instant) -> Unit<()> {
    let (to, href) = (Addressee::Post { role: "secretary", org: context.sheet.org }, format!("/sheets/{}", context.sheet.id));
    let args = vec![("year", context.cycle.year.to_string())];
    inbox::tell(tx, &Notice { id: NoticeId::new(), to, key: "notice-corrected", args, href: &href }, at).await
}

/// The corrected layer or fact stands with the others; the older value stays in history.
async fn write(tx: &mut Tx<'_>, context: &Context, c: &Correction, at: Instant) -> Unit<()> {
    match &c.target {
        Target::Score { indicator, points } => {
            let (sheet, layer) = (context.sheet.id, Layer::Committee);
            let before = score_of(tx, sheet, indicator, layer).await?;
            let (points, reason, by, source) = (Some(*points), c.reason(), c.first(), "correction");
            let new = NewScore { sheet, indicator, layer, points, reason, seen: 0, account: None, by, source, at };
            force(tx, &new, before.as_ref()).await
        }
        Target::Fact { key, value } => facts::record(tx, &c.approved.fact(context, key, value, at)).await.map(drop),
    }
}

/// A correction takes and gives points like any later layer.
async fn restate(
    tx: &mut Tx<'_>,
    context: &Context,
    c: &Correction,
    input: (&BranchInput, &BranchInput),
    at: Instant,
) -> Unit<Option<String>> {
    let Target::Score { indicator, .. } = &c.target else { return Ok(None) };
    let scorer = Scorer::new(&context.scheme);
    let (before, after) = (scorer.score(input.0), scorer.score(input.1));
    let score = |s: &Scored<'_>| s.indicator(indicator).map(|i| i.score);
    let r = Restated { indicator, lowered: score(&after) < score(&before), reason: c.reason() };
    let by = By { account: None, name: c.first().to_owned(), day: c.today(), at };
    problems::restated(tx, context, &after, &r, &by, &c.calendar).await
}

fn check(context: &Context, c: &Correction) -> Result<()> {
    if !context.cycle.is_final() {
        return Err(Error::conflict("correction-not-final"));
    }
    second_person(c.approved.row.proposed_by, c.approved.hand.account)?;
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

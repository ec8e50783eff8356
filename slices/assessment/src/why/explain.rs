//! One explanation for the page, the API and the command line: what was calculated, never a second calculation.
use crate::publicity::kept::{self, Kept};
use crate::result::{grade::grade, store as results, version};
use crate::score::store::{Score, of_sheet};
use crate::sheet::context::Context;
use crate::sheet::{evidence, input};
use db::{Db, Result as Unit, Tx};
use facts::{Known, Suppliers};
use files::FileRow;
use kernel::{BusinessDate, CycleId, Error, Result};
use scoring::{Allotment, BranchInput, NextStar, Scored, Standing};
use serde::Serialize;
use std::collections::BTreeMap;

/// A branch's result with everything it follows from.
#[derive(Serialize)]
pub struct Explanation<'s> {
    pub branch_name: String,
    pub cycle: String,
    pub year: i64,
    /// 0 before 定稿.
    pub version: i64,
    #[serde(flatten)]
    pub scored: Scored<'s>,
    /// Rank and star; before 定稿 as 公示 shows them, or where all branches were graded for it.
    #[serde(flatten)]
    pub standing: Option<Standing>,
    pub next_star: Option<NextStar<'s>>,
    pub facts: BTreeMap<String, Source>,
    pub scores: Vec<Given>,
    /// Files by indicator.
    pub evidence: BTreeMap<String, Vec<Piece>>,
}

/// A fact with where it comes from.
#[derive(Serialize, Clone, Debug)]
pub struct Source {
    pub value: String,
    /// A file or module; empty if the registers supplied it.
    pub source: String,
    /// Key of the sentence that says why the registers supplied it, with its values.
    pub why: Option<(&'static str, BTreeMap<&'static str, String>)>,
    pub evidence: String,
    pub effective: Option<String>,
    /// Milliseconds.
    pub received: Option<i64>,
    pub by: String,
}

/// Who gave a score, when and why.
#[derive(Serialize, Clone, Debug)]
pub struct Given {
    pub indicator: String,
    pub layer: String,
    pub score: String,
    pub reason: String,
    pub by: String,
    /// Milliseconds.
    pub at: i64,
    /// `page`, `api`, `file:NAME` …
    pub source: String,
}

/// A file of evidence.
#[derive(Serialize, Clone, Debug)]
pub struct Piece {
    pub file: String,
    pub name: String,
    pub effective: String,
    pub received: i64,
}

/// Explains a sheet. Final: from the frozen inputs. Before that from what is known on `day`; rank and star then need all
/// branches, which only `whole` asks for.
///
/// # Errors
/// The engine's own.
pub async fn explain<'s>(db: &Db, suppliers: &Suppliers, context: &'s Context, day: BusinessDate, whole: bool) -> Result<Explanation<'s>> {
    let (c, s, version) = (context.clone(), suppliers.clone(), context.cycle.result_version);
    let read = db.read(async move |tx| Ok((known(tx, &s, &c, day).await?, evidence_of(tx, &c).await?))).await?;
    let ((input, facts, scores), evidence) = read;
    let scored = context.scheme.score(&input);
    let placed = placed(db, suppliers, context, day, whole).await?;
    let next = |(standing, allotments): &(Standing, Vec<Allotment>)| scoring::next_star(&context.scheme, &scored, *standing, allotments);
    // Without the others the star of its points stands in, so that the way to the next one can be shown.
    let alone = Standing { rank: 0, star: scored.outcome.star_before_quota, overflow_from: None };
    let next_star = placed.as_ref().map_or_else(|| scoring::next_star(&context.scheme, &scored, alone, &[]), next);
    Ok(Explanation {
        branch_name: context.sheet.name.clone(),
        cycle: context.cycle.id.to_string(),
        year: context.cycle.year,
        version,
        standing: placed.map(|p| p.0),
        next_star,
        scored,
        facts,
        scores: scores.iter().map(given).collect(),
        evidence,
    })
}

/// For `leitu explain ID BRANCH_CODE [--json]`.
///
/// # Errors
/// `branch-unknown` if no branch of the cycle has this code.
pub async fn explain_json(db: &Db, suppliers: &Suppliers, cycle: CycleId, code: &str, day: BusinessDate) -> Result<serde_json::Value> {
    let name = code.to_owned();
    let sheet = db.read(async move |tx| crate::sheet::store::of_code(tx, cycle, &name).await).await?;
    let sheet = sheet.ok_or_else(|| Error::invalid("branch-unknown").with("code", code).at("branch_code"))?;
    let context = crate::sheet::context::any(db, sheet.id).await?;
    serde_json::to_value(explain(db, suppliers, &context, day, true).await?).map_err(Error::internal)
}

type KnownNow = (BranchInput, BTreeMap<String, Source>, Vec<Score>);

async fn known(tx: &mut Tx<'_>, suppliers: &Suppliers, c: &Context, day: BusinessDate) -> Unit<KnownNow> {
    let now = input::of(tx, suppliers, &c.cycle, &c.sheet, day).await?;
    let sources = |values: &BranchInput| values.facts.iter().map(|(k, v)| (k.clone(), source(v, now.known.get(k)))).collect();
    if c.cycle.result_version == 0 {
        let facts = sources(&now.branch);
        return Ok((now.branch, facts, now.scores));
    }
    let frozen = results::frozen_input(tx, c.cycle.id, c.cycle.result_version, c.sheet.org, &c.sheet.code).await?;
    let facts = sources(&frozen);
    Ok((frozen, facts, of_sheet(tx, c.sheet.id).await?))
}

/// What is known of where the value comes from; nothing, if it was frozen and has changed since.
fn source(value: &scheme::Fact, known: Option<&Known>) -> Source {
    let bare = |why| Source {
        value: value.to_string(),
        source: String::new(),
        why,
        evidence: String::new(),
        effective: None,
        received: None,
        by: String::new(),
    };
    match known.filter(|k| scheme::Fact::of_text(k.value()) == *value) {
        Some(Known::Recorded(f)) => Source {
            source: f.source.clone(),
            evidence: f.evidence.clone(),
            effective: Some(f.effective.to_string()),
            received: Some(f.received.0),
            by: f.by_name.clone(),
            ..bare(None)
        },
        Some(Known::Supplied { why, .. }) => bare(Some((why.key, why.args.iter().cloned().collect()))),
        None => bare(None),
    }
}

fn given(s: &Score) -> Given {
    Given {
        indicator: s.indicator.clone(),
        layer: s.layer().map_or("", |l| l.name()).to_owned(),
        score: s.points.to_string(),
        reason: s.reason.clone(),
        by: s.by_name.clone(),
        at: s.at.0,
        source: s.source.clone(),
    }
}

async fn evidence_of(tx: &mut Tx<'_>, c: &Context) -> Unit<BTreeMap<String, Vec<Piece>>> {
    let mut all = BTreeMap::new();
    for code in evidence::pieces(tx, c).await?.into_keys() {
        let files = files::cited(tx, &evidence::subject(c.sheet.id, &code)).await?;
        all.insert(code, files.iter().map(piece).collect());
    }
    Ok(all)
}

fn piece(f: &FileRow) -> Piece {
    Piece { file: f.id.to_string(), name: f.name.clone(), effective: f.effective.to_string(), received: f.received.0 }
}

/// As the cycle's 公示 shows them; nothing before it.
async fn publicised(db: &Db, c: &Context) -> Result<Option<(Standing, Vec<Allotment>)>> {
    let (id, org) = (c.cycle.id, c.sheet.org);
    let read =
        db.read(async move |tx| Ok((kept::of_orgs(tx, id, &[org].iter().collect()).await?.remove(&org), kept::edition(tx, id).await?)));
    let (line, edition) = read.await?;
    let standing = |k: Kept| Standing { rank: u32::try_from(k.rank).unwrap_or(0), star: k.star(), overflow_from: None };
    Ok(line.map(standing).zip(edition.map(|e| e.allotments)))
}

/// Rank and star, with how the levels were given out.
async fn placed(db: &Db, suppliers: &Suppliers, c: &Context, day: BusinessDate, whole: bool) -> Result<Option<(Standing, Vec<Allotment>)>> {
    let (line, allotments) = if c.cycle.is_final() {
        let (id, version, org) = (c.cycle.id, c.cycle.result_version, c.sheet.org);
        let read = async move |tx: &mut Tx<'_>| {
            Ok((results::of_org(tx, id, version, org).await?, version::one(tx, id, version).await?.allotments()?))
        };
        db.read(read).await?
    } else if whole {
        let all = grade(db, suppliers, c.cycle.id, day).await?;
        (all.lines.into_iter().find(|l| l.org == c.sheet.org), all.allotments)
    } else {
        return publicised(db, c).await;
    };
    // Whom a used-up quota held back is told by the next star; the ledger does not keep it.
    let standing = line.map(|l| Standing { rank: u32::try_from(l.rank).unwrap_or(0), star: l.star, overflow_from: None });
    Ok(standing.map(|s| (s, allotments)))
}

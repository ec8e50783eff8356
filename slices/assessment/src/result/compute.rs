//! Collecting scored branches chunk by chunk, then placing them all: what grading, finalising and replaying share.
use super::Columns;
use crate::cycle::Cycle;
use kernel::{OrgId, OrgPath, Points};
use scheme::Scheme;
use scoring::{Allotment, BranchInput, Change, Outcome, Placement, Prepared, Scorer, Standing};
use std::sync::Arc;

/// Branches read in one transaction: none lives long.
pub const CHUNK: i64 = 500;
/// Branches read side by side; at most two such waves are held at once, so memory stays bounded.
pub const WAVE: i64 = 4 * CHUNK;

/// A branch's line in the ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub org: OrgId,
    pub code: String,
    pub name: String,
    pub category: String,
    pub path: OrgPath,
    /// `None` only in a past year that was brought in without it.
    pub total: Option<Points>,
    pub grade: String,
    pub star: Option<u8>,
    /// 1…N without ties.
    pub rank: i64,
    pub previous_grade: Option<String>,
    pub change: Option<Change>,
    pub columns: Columns,
}

/// All branches of a cycle in rank order.
#[derive(Clone, Debug)]
pub struct Grading {
    pub cycle: Cycle,
    pub scheme: Arc<Prepared>,
    /// 0 as long as nothing is final: computed just now.
    pub version: i64,
    pub lines: Vec<Line>,
    pub allotments: Vec<Allotment>,
}

/// Whose inputs they are.
#[derive(Clone, Debug)]
pub struct Who {
    pub org: OrgId,
    pub code: String,
    pub name: String,
    pub category: String,
    pub path: OrgPath,
}

/// Keeps the figures of each branch, not its derivation.
pub struct Collected<'s> {
    scheme: &'s Scheme,
    scorer: Scorer<'s>,
    who: Vec<Who>,
    outcomes: Vec<Outcome<'s>>,
}

impl<'s> Collected<'s> {
    pub fn new(scheme: &'s Scheme) -> Self {
        Self { scheme, scorer: Scorer::new(scheme), who: Vec::new(), outcomes: Vec::new() }
    }
    pub fn add(&mut self, who: Who, input: &BranchInput) {
        self.outcomes.push(self.scorer.outcome(input));
        self.who.push(who);
    }
    /// Places everybody; lines come out in rank order.
    pub fn placed(self) -> (Vec<Line>, Vec<Allotment>) {
        let Placement { standings, allotments } = scoring::place(self.scheme, &self.outcomes);
        let all = self.who.into_iter().zip(self.outcomes).zip(standings);
        let mut lines: Vec<Line> = all.map(|((who, outcome), standing)| line(self.scheme, who, outcome, standing)).collect();
        lines.sort_by_key(|l| l.rank);
        (lines, allotments)
    }
}

fn line(scheme: &Scheme, who: Who, outcome: Outcome<'_>, standing: Standing) -> Line {
    Line {
        org: who.org,
        code: who.code,
        name: who.name,
        category: who.category,
        path: who.path,
        total: Some(outcome.total),
        grade: outcome.grade.to_owned(),
        star: standing.star,
        rank: standing.rank.into(),
        change: scoring::change(scheme, outcome.previous_grade.as_deref(), outcome.grade),
        columns: Columns::of(&outcome.dimensions, &outcome.scores),
        previous_grade: outcome.previous_grade,
    }
}

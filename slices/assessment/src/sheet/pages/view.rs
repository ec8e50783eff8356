//! What the scoring page shows, for any layer.
use super::rows::{Group, groups};
use crate::sheet::context::Context;
use crate::sheet::input::Inputs;
use crate::sheet::totals::{self, Totals};
use askama::Template;
use kernel::{Points, SheetId};
use scoring::Layer;
use std::collections::HashMap;
use web::{Crumb, Errors, FormFields, T};

#[derive(Template)]
#[template(path = "sheet/score.html")]
pub struct Score {
    pub t: T,
    pub form: FormFields,
    pub crumbs: Vec<Crumb>,
    pub errors: Errors,
    /// Of what was sent last: how many were saved beside those that were refused, and how many those are.
    pub saved: usize,
    pub refused: usize,
    pub context: Context,
    pub team: String,
    pub title: &'static str,
    pub submit_key: &'static str,
    /// `self`, `acceptance` or `recheck`; also the last part of the address.
    pub layer: &'static str,
    pub layer_key: &'static str,
    pub locked: bool,
    pub lock_note: String,
    pub groups: Vec<Group>,
    pub columns: usize,
    /// How many indicators no fact fills.
    pub ask: usize,
    /// Codes of those among them that are still empty.
    pub left: Vec<String>,
    /// How many of them can be filled from last year's sheet.
    pub last_year: usize,
    /// The newest batch: its source, and how many indicators are left of it.
    pub batch: Option<(String, usize)>,
    pub automatic: usize,
    /// 不考核
    pub skipped: usize,
    /// The running total in the bar at the bottom.
    pub mini: String,
    pub sum: Sum,
}

impl Score {
    /// A note on what the system has filled is rarely wanted: its field is there when asked for.
    fn aside(&self, row: &super::rows::Row) -> bool {
        self.layer == Layer::SelfAssessment.name() && row.automatic && row.value.is_empty() && row.reason.is_empty() && row.error.is_none()
    }
}

#[derive(Template)]
#[template(path = "sheet/_sum.html")]
pub struct Sum {
    pub t: T,
    pub sheet: SheetId,
    pub total: Points,
    pub grade: String,
    pub star: u8,
    pub bonus_text: String,
    pub done: usize,
    pub all: usize,
    /// Codes of the indicators nobody has filled yet.
    pub left: Vec<String>,
    pub dimensions: Vec<(String, String, Points, Option<Points>)>,
    pub saved: String,
    /// Indicators that do not apply, for which the items do not add up to the total.
    pub skipped: usize,
    /// As of the self-assessment, where somebody else scores.
    pub own: Option<Points>,
}

impl Sum {
    /// A sheet nobody has scored has no total: what stands before is not a result.
    fn scored(&self) -> bool {
        self.done > 0
    }
    /// The distance to the branch's own total.
    fn difference(&self) -> String {
        self.own.map(|own| (self.total - own).signed()).unwrap_or_default()
    }
    pub fn mini(&self) -> String {
        let text = if self.scored() { self.t.text("sheet-mini").with("total", self.total) } else { self.t.text("sheet-mini-none") };
        text.with("n", self.done).with("all", self.all).to_string()
    }
}

impl askama::filters::HtmlSafe for Sum {}

/// The values that were sent and refused, by indicator: score, reason, message.
pub type Refused = HashMap<String, (String, String, String)>;

/// Rows and totals, from what was read in one transaction.
pub fn build(
    t: T,
    context: &Context,
    inputs: &Inputs,
    layer: Layer,
    evidence: &HashMap<String, i64>,
    refused: &Refused,
) -> (Vec<Group>, Sum) {
    let up_to = inputs.branch.up_to(layer);
    let scored = context.scheme.score(&up_to);
    let groups = groups(t, context, inputs, &scored, Some(layer), evidence, refused);
    let sum = sum(t, context, totals::of(context, inputs, &scored, layer), String::new());
    (groups, sum)
}

/// The totals as people read them.
pub fn sum(t: T, context: &Context, totals: Totals, saved: String) -> Sum {
    let adjusted = totals.bonus > Points::ZERO || totals.penalty > Points::ZERO;
    let dimension = |(d, score): (&scheme::Dimension, Option<Points>)| (d.code.clone(), d.title.clone(), d.points, score);
    Sum {
        t,
        sheet: context.sheet.id,
        total: totals.total,
        grade: totals.grade,
        star: totals.star,
        bonus_text: if adjusted { format!("+{} / −{}", totals.bonus, totals.penalty) } else { String::new() },
        done: totals.all - totals.left.len(),
        all: totals.all,
        left: totals.left,
        dimensions: context.scheme.dimensions.iter().zip(totals.dimensions).map(dimension).collect(),
        saved,
        skipped: totals.skipped,
        own: totals.own,
    }
}

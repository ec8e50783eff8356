//! What the review page of a sheet shows.
use super::change::{spoken, title};
use super::effect::{Effect, Way};
use super::layers::{Explained, Mark};
use super::store::{APPROVED, Adjustment, PROPOSED};
use crate::sheet::context::Context;
use crate::sheet::pages::{RowGroup, SheetRow, layer_text};
use askama::Template;
use files::FileRow;
use kernel::{AdjustmentId, Clock, Points};
use scheme::Scheme;
use scoring::{Layer, Layers};
use serde::Deserialize;
use web::{Crumb, Errors, FormFields, T};

#[derive(Template)]
#[template(path = "review/sheet.html")]
pub struct Review {
    pub t: T,
    pub form: FormFields,
    pub crumbs: Vec<Crumb>,
    pub errors: Errors,
    pub context: Context,
    pub total: Points,
    pub grade: String,
    pub limit: Points,
    /// The total of each layer shown, in the order of `columns`.
    pub totals: Vec<Option<Points>>,
    pub columns: Vec<&'static str>,
    pub marks: Vec<MarkLine>,
    pub groups: Vec<Group>,
    pub claims: Vec<ClaimLine>,
    pub adjustments: Vec<AdjustmentLine>,
    pub ways: Vec<Way>,
    pub options: Options,
    pub typed: Typed,
    pub explanation: String,
    pub preview: Option<Effect>,
    pub may_propose: bool,
    /// Why nothing may be proposed now; empty where it may.
    pub note: String,
}

impl Review {
    /// The totals of two layers differ.
    fn differs(&self) -> bool {
        self.marks.iter().any(|m| m.mark.subject == super::layers::TOTAL)
    }
    /// The totals differ though no indicator does.
    fn only_rounded(&self) -> bool {
        self.differs() && self.marks.iter().all(|m| m.mark.subject == super::layers::TOTAL)
    }
    /// Differences that can be explained, those that are owed first.
    fn explainable(&self) -> Vec<&MarkLine> {
        let mut all: Vec<&MarkLine> = self.marks.iter().filter(|m| m.mark.must_explain && !m.by_reasons()).collect();
        all.sort_by_key(|m| !m.mark.owed());
        all
    }
}

/// What the committee types; the query prefills it (a claim's 提请确认, a way to another grade).
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Typed {
    #[serde(default)]
    pub target: String,
    #[serde(default)]
    pub value: String,
    #[serde(default)]
    pub reason: String,
    #[serde(default)]
    pub evidence: String,
    /// `preview` shows what it would do; anything else proposes.
    #[serde(default, rename = "do")]
    pub action: String,
}

impl Typed {
    /// A veto's answer is part of its choice, however an address prefills it.
    #[must_use]
    pub fn offered(mut self) -> Self {
        if self.target.starts_with("veto:") && !self.target.contains('=') {
            self.target = format!("{}={}", self.target, self.value);
            self.value.clear();
        }
        self
    }
}

/// A difference as people read it.
pub struct MarkLine {
    pub mark: Mark,
    pub subject: String,
    pub from: &'static str,
    pub to: &'static str,
}

impl MarkLine {
    pub fn of(t: T, scheme: &Scheme, mark: &Mark) -> Self {
        let subject = match scheme.indicator(&mark.subject) {
            Some(i) => format!("{} {}", i.code, i.title),
            None => t.text("review-total").to_string(),
        };
        Self { subject, from: layer_text(mark.from), to: layer_text(mark.to), mark: mark.clone() }
    }
    pub fn by_reasons(&self) -> bool {
        self.mark.explained == Explained::ByReasons
    }
    /// The explanation with its author.
    pub fn written(&self) -> Option<(&str, &str)> {
        match &self.mark.explained {
            Explained::Text(text, by) => Some((text, by)),
            _ => None,
        }
    }
}

/// A dimension with its indicators.
pub struct Group {
    pub code: String,
    pub title: String,
    pub rows: Vec<Row>,
}

pub struct Row {
    pub code: String,
    pub title: String,
    pub points: Points,
    pub applicable: bool,
    pub from_facts: Points,
    /// One per column: points and reason.
    pub cells: Vec<Option<(Points, String)>>,
    /// Differences between its layers, and whether each is still to be explained.
    pub marks: Vec<(String, bool)>,
}

/// The layers that have a column: mutual inspection only where it was used.
pub fn columns(totals: &Layers) -> Vec<Layer> {
    Layer::ALL.into_iter().filter(|l| *l != Layer::Mutual || totals.get(*l).is_some()).collect()
}

pub fn groups(rows: Vec<RowGroup>, columns: &[Layer], marks: &[Mark]) -> Vec<Group> {
    let row = |r: SheetRow| Row {
        cells: columns.iter().map(|l| r.layers.iter().find(|c| c.0 == layer_text(*l)).map(|c| (c.1, c.2.clone()))).collect(),
        marks: marks.iter().filter(|m| m.subject == r.code).map(|m| (m.signed(), m.owed())).collect(),
        code: r.code,
        title: r.title,
        points: r.points,
        applicable: r.applicable,
        from_facts: r.from_facts,
    };
    rows.into_iter().map(|g| Group { code: g.code, title: g.title, rows: g.rows.into_iter().map(row).collect() }).collect()
}

/// A claim with its files and what the committee has confirmed of it.
pub struct ClaimLine {
    pub item: String,
    pub title: String,
    pub count: i64,
    pub reason: String,
    pub by: String,
    pub files: Vec<FileRow>,
    /// What counts now.
    pub confirmed: String,
    /// A proposal waits, or it was confirmed or turned down.
    pub answered: bool,
}

/// An adjustment as a line of the sheet's list.
pub struct AdjustmentLine {
    pub id: AdjustmentId,
    pub title: String,
    pub before: String,
    pub value: String,
    pub reason: String,
    pub evidence: String,
    pub kind: &'static str,
    pub state: &'static str,
    pub proposed: String,
    pub decided: String,
}

impl AdjustmentLine {
    pub fn of(t: T, clock: &Clock, scheme: &Scheme, a: &Adjustment) -> Self {
        let (kind, state) = match a.state.as_str() {
            PROPOSED => ("warn", "adjust-proposed"),
            APPROVED => ("ok", "adjust-approved"),
            _ => ("bad", "adjust-rejected"),
        };
        let by = |name: &str, at| t.text("by-at").with("by", name).with("at", clock.business_time(at)).to_string();
        let decided = a.decided_name.as_deref().zip(a.decided_at).map(|(name, at)| by(name, at)).unwrap_or_default();
        let said = a.decision_reason.as_deref().unwrap_or_default();
        Self {
            id: a.id,
            title: title(scheme, &a.target),
            before: spoken(&t, &a.target, &a.before),
            value: spoken(&t, &a.target, &a.value),
            reason: a.reason.clone(),
            evidence: a.evidence.clone(),
            kind,
            state,
            proposed: by(&a.proposed_name, a.proposed_at),
            decided: if said.is_empty() { decided } else { format!("{decided} {said}") },
        }
    }
}

/// The targets of an adjustment in groups: key of the group's name, then value and label.
pub type Options = Vec<(&'static str, Vec<(String, String)>)>;

pub fn options(t: T, scheme: &Scheme) -> Options {
    let line = |kind: &str, code: &str| {
        let target = format!("{kind}:{code}");
        let label = title(scheme, &target);
        (target, label)
    };
    let answer = |code: &str, value: &str| {
        let (target, label) = line("veto", code);
        let label = t.text("adjust-veto-answer").with("veto", label).with("answer", spoken(&t, &target, value)).to_string();
        (format!("{target}={value}"), label)
    };
    vec![
        ("adjust-score", scheme.indicators.iter().map(|i| line("score", &i.code)).collect()),
        ("adjust-bonus", scheme.bonus.items.iter().map(|i| line("bonus", &i.code)).collect()),
        ("adjust-penalty", scheme.penalty.items.iter().map(|i| line("penalty", &i.code)).collect()),
        ("adjust-veto", scheme.vetoes.iter().flat_map(|v| ["1", "0"].map(|value| answer(&v.code, value))).collect()),
    ]
}

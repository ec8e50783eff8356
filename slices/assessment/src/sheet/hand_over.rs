//! What submitting a layer hands to the next person: the matter leaves one 待办 and enters another's, and every point
//! lost on site becomes a problem.
use super::context::Context;
use super::write::Hand;
use calendar::Calendar;
use db::{Result, Tx};
use inbox::{Addressee, Todo};
use kernel::{Instant, Points, TodoId};
use scoring::Layer;

/// An indicator as it was handed in.
#[derive(Clone, Debug)]
pub struct Line {
    pub indicator: String,
    pub title: String,
    pub points: Points,
    pub score: Points,
    pub reason: String,
    pub applicable: bool,
}

/// A point lost: what a problem is opened for.
#[derive(Clone, Debug)]
pub struct Deduction {
    pub indicator: String,
    pub title: String,
    pub lost: Points,
    /// The inspector's reason, or the rule that the facts did not meet.
    pub text: String,
}

/// One per applicable indicator below full.
pub fn deductions(context: &Context, lines: &[Line]) -> Vec<Deduction> {
    let lost = |l: &&Line| l.applicable && l.score < l.points;
    let rule = |code: &str| context.scheme.indicator(code).map(|i| i.rule.clone()).unwrap_or_default();
    let deduction = |l: &Line| Deduction {
        indicator: l.indicator.clone(),
        title: l.title.clone(),
        lost: l.points - l.score,
        text: if l.reason.is_empty() { rule(&l.indicator) } else { l.reason.clone() },
    };
    lines.iter().filter(lost).map(deduction).collect()
}

/// The matter of a sheet's layer, by which its todo is found again.
pub fn matter(context: &Context, layer: Layer) -> String {
    matter_of(context.sheet.id, layer)
}

/// As [`matter`], by id.
pub fn matter_of(sheet: kernel::SheetId, layer: Layer) -> String {
    format!("sheet:{sheet}:{}", layer.name())
}

/// In the unit of work that locks the layer. Answers the numbers of problems that had been closed and are open again, for
/// the unit's event.
///
/// # Errors
/// The engine's own.
pub async fn submitted(
    tx: &mut Tx<'_>,
    context: &Context,
    layer: Layer,
    deductions: &[Deduction],
    hand: &Hand,
    calendar: &Calendar,
    at: Instant,
) -> Result<Vec<String>> {
    inbox::settle(tx, &matter(context, layer), at).await?;
    if layer == Layer::SelfAssessment {
        crate::inspection::store::handed_in(tx, context.sheet.id, &context.sheet.name, at).await?;
        return Ok(Vec::new());
    }
    crate::problems::opened(tx, context, layer, deductions, hand, calendar, at).await
}

/// The layer was returned: it is the secretary's matter again.
///
/// # Errors
/// The engine's own.
pub async fn returned(tx: &mut Tx<'_>, context: &Context, reason: &str, hand: &Hand, at: Instant) -> Result<()> {
    // There is nothing to inspect until it is handed in again.
    inbox::settle(tx, &matter(context, Layer::Acceptance), at).await?;
    let href = format!("/sheets/{}/self", context.sheet.id);
    let todo = Todo {
        id: TodoId::new(),
        to: Addressee::Post { role: "secretary", org: context.sheet.org },
        matter: &matter(context, Layer::SelfAssessment),
        key: "todo-self-returned",
        args: vec![("year", context.cycle.year.to_string()), ("reason", reason.to_owned())],
        href: &href,
        due: Some(context.sheet.late_until.unwrap_or(context.cycle.self_until)),
        by: hand.account,
    };
    inbox::hand(tx, &todo, at).await
}

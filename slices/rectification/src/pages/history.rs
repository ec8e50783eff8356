//! The timeline of a problem: who did what, when, and from what to what.
use crate::problem::store::Step;
use crate::problem::{Changing, Problem, state::Action};
use web::{Moment, T};

/// The steps in their order. Each has kept what stood before it, so what it changed is read from the step that followed.
pub fn moments(t: T, p: &Problem, steps: &[Step]) -> Vec<Moment> {
    let before = |s: &Step| serde_json::from_str::<Changing>(&s.before).ok();
    let after = |i: usize| steps.get(i + 1).map_or_else(|| Some(p.changing()), before);
    let one = |(i, s): (usize, &Step)| moment(t, p, s, before(s).zip(after(i)));
    steps.iter().enumerate().map(one).collect()
}

fn moment(t: T, p: &Problem, s: &Step, change: Option<(Changing, Changing)>) -> Moment {
    let said = match s.action {
        Action::Open => t.text("problem-opened").with("source", t.text(&p.source).to_string()).to_string(),
        Action::Undo => Action::parse(&s.reason).map(|a| t.text(a.text()).to_string()).unwrap_or_default(),
        Action::Plan => {
            change.map(|(before, after)| changed(t, &before, &after)).filter(|text| !text.is_empty()).unwrap_or(s.reason.clone())
        }
        // Who gave points back without words of their own left the key of a sentence.
        Action::Withdraw if t.has(&s.reason) => t.text(&s.reason).to_string(),
        _ => s.reason.clone(),
    };
    let line = t.text("problem-line").with("by", t.actor(&s.by_name)).with("did", t.text(s.action.text()).to_string()).to_string();
    let text = if said.is_empty() { line } else { t.text("problem-line-why").with("line", line).with("why", said).to_string() };
    Moment { when: s.day.to_string(), text, done: true }
}

/// What of owner, measure and date is another one now.
fn changed(t: T, before: &Changing, after: &Changing) -> String {
    let owner = |c: &Changing| if c.owner_name.is_empty() { t.text("problem-secretary").to_string() } else { c.owner_name.clone() };
    let fields = [
        ("problem-owner", owner(before), owner(after)),
        ("problem-measure", before.measure.clone(), after.measure.clone()),
        ("problem-due-label", before.due.to_string(), after.due.to_string()),
    ];
    let other = fields.into_iter().filter(|(_, was, is)| was != is).map(|(field, was, is)| {
        let key = if was.is_empty() { "problem-set" } else { "problem-changed" };
        t.text(key).with("field", t.text(field).to_string()).with("before", was).with("after", is).to_string()
    });
    other.collect::<Vec<_>>().join(&t.text("problem-and").to_string())
}

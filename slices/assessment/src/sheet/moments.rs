//! What happened to a sheet, in the order of time: handed in, returned, adjusted from what to what and why, made final,
//! corrected. What was proposed and not agreed to changed nothing and is not told.
use super::context::Context;
use super::pages::layer_text;
use super::write::{Submission, submissions};
use crate::result::version::{self, Version};
use crate::review::change::title;
use crate::review::store::{APPROVED, Adjustment, of_sheet};
use db::{Result as Unit, Tx};
use kernel::{CycleId, Instant, SheetId};
use scoring::Layer;
use web::{Moment, Ui};

/// As it is stored.
pub struct Past {
    handed: Vec<Submission>,
    adjusted: Vec<Adjustment>,
    /// 定稿; later versions may be of other branches, this one's are among its adjustments.
    made_final: Option<Version>,
}

/// # Errors
/// The engine's own.
pub async fn read(tx: &mut Tx<'_>, cycle: CycleId, sheet: SheetId) -> Unit<Past> {
    Ok(Past {
        handed: submissions(tx, sheet).await?,
        adjusted: of_sheet(tx, sheet).await?.into_iter().filter(|a| a.state == APPROVED).collect(),
        made_final: version::of_cycle(tx, cycle).await?.into_iter().next(),
    })
}

impl Past {
    /// In words, oldest first.
    pub fn told(&self, ui: &Ui, context: &Context) -> Vec<Moment> {
        let mut all: Vec<(Instant, String)> = self.handed.iter().map(|s| (s.at, handed(ui, s))).collect();
        all.extend(self.adjusted.iter().map(|a| (a.decided_at.unwrap_or(a.proposed_at), adjusted(ui, context, a))));
        all.extend(self.made_final.iter().map(|v| {
            let text = ui.t.text("history-final").with("first", v.by_name.as_str()).with("second", v.second_name.as_str());
            (v.at, text.to_string())
        }));
        all.sort_by_key(|(at, _)| *at);
        all.into_iter().map(|(at, text)| Moment { when: ui.clock().business_time(at), text, done: true }).collect()
    }
}

fn handed(ui: &Ui, s: &Submission) -> String {
    let layer = Layer::parse(&s.layer).map_or("layer-self", layer_text);
    let key = if s.action == "return" { "history-returned" } else { "history-submitted" };
    let layer = ui.t.text(layer).to_string();
    ui.t.text(key).with("layer", layer).with("by", s.by_name.as_str()).with("reason", s.reason.as_str()).to_string()
}

fn adjusted(ui: &Ui, context: &Context, a: &Adjustment) -> String {
    let item = title(&context.scheme, &a.target);
    let text = ui.t.text("history-adjusted").with("item", item).with("from", a.before.as_str()).with("to", a.value.as_str());
    let text = text.with("reason", a.reason.as_str()).with("first", a.proposed_name.as_str());
    text.with("second", a.decided_name.as_deref().unwrap_or_default()).to_string()
}

//! Before a layer is handed in: what it holds, what handing it in does, and who has it next. Nothing changes here.
use super::post::{groups_to_lines, owed};
use super::view::{Refused, build};
use super::{crumbs, inspected, lock_note, may, read, words};
use crate::cycle::phase::Phase;
use crate::sheet::context::{self, Context};
use crate::sheet::hand_over;
use crate::{Inspect, SelfAssess};
use access::Grant;
use askama::Template;
use hand_over::Deduction;
use kernel::{Error, Points, SheetId};
use scoring::Layer;
use web::{At, Crumb, FormFields, Page, T, Ui};

#[derive(Template)]
#[template(path = "sheet/check.html")]
struct Check {
    t: T,
    form: FormFields,
    crumbs: Vec<Crumb>,
    /// What is still owed, indicator and sentence: nothing can be handed in before.
    owed: Vec<(String, String)>,
    context: Context,
    title: &'static str,
    /// `self`, `acceptance` or `recheck`.
    layer: &'static str,
    /// Why the layer cannot be handed in at all now; empty if it can.
    refusal: String,
    total: Points,
    grade: String,
    star: u8,
    /// The total as of the self-assessment, where somebody else scores.
    own: Option<Points>,
    /// What the total holds besides the indicators' points; empty if nothing.
    bonus_text: String,
    /// Filled by a person, by nobody yet, filled by facts, not applicable.
    filled: usize,
    left: usize,
    automatic: usize,
    skipped: usize,
    evidence: i64,
    below: Vec<Deduction>,
    /// Who has it next, by name; empty if nobody has been given it.
    team: String,
}

impl Check {
    /// What the branch gives away or the inspectors take, in all.
    fn lost(&self) -> Points {
        self.below.iter().fold(Points::ZERO, |sum, d| sum + d.lost)
    }
    /// What is handed in late goes to its inspectors at once.
    fn on_time(&self) -> bool {
        self.context.cycle.phase == Phase::SelfAssessment
    }
    fn difference(&self) -> Option<String> {
        self.own.map(|own| (self.total - own).signed())
    }
}

pub async fn self_assessment(grant: Grant<SelfAssess>, ui: Ui, At((id,)): At<(SheetId,)>) -> web::Result<Page> {
    let context = context::of_grant(&ui.db, &grant, id).await?;
    show(&ui, context, Layer::SelfAssessment).await
}

pub async fn acceptance(grant: Grant<Inspect>, ui: Ui, At((id,)): At<(SheetId,)>) -> web::Result<Page> {
    let (context, _) = inspected(&ui, &grant, id, Layer::Acceptance).await?;
    show(&ui, context, Layer::Acceptance).await
}

pub async fn recheck(grant: Grant<Inspect>, ui: Ui, At((id,)): At<(SheetId,)>) -> web::Result<Page> {
    let (context, _) = inspected(&ui, &grant, id, Layer::Recheck).await?;
    show(&ui, context, Layer::Recheck).await
}

async fn show(ui: &Ui, context: Context, layer: Layer) -> web::Result<Page> {
    let (inputs, pieces) = read(ui, &context).await?;
    let (groups, sum) = build(ui.t, &context, &inputs, layer, &pieces, &Refused::new());
    let refusal = may(ui, &context, layer).err();
    let owed = if refusal.is_none() { owed(&groups, &sum, layer) } else { Vec::new() };
    let code = |e: &Error| e.args.iter().find(|(name, _)| *name == "indicator").map(|(_, code)| code.clone()).unwrap_or_default();
    let sheet = context.sheet.id;
    let team = ui.db.read(async move |tx| crate::inspection::store::team_of(tx, sheet, Layer::Acceptance).await).await?;
    let (_, title, name) = words(layer)?;
    let rows = || groups.iter().flat_map(|g| &g.rows);
    let body = Check {
        t: ui.t,
        form: ui.form(),
        crumbs: crumbs(ui, &context),
        owed: owed.iter().map(|e| (code(e), ui.t.of(e).to_string())).collect(),
        title,
        layer: name,
        refusal: match &refusal {
            Some(e) => lock_note(ui, &context, layer, e).await?,
            None => String::new(),
        },
        total: sum.total,
        grade: sum.grade,
        star: sum.star,
        own: sum.own,
        left: sum.left.len(),
        bonus_text: sum.bonus_text,
        filled: rows().filter(|r| r.applicable && !r.value.is_empty()).count(),
        automatic: rows().filter(|r| r.applicable && r.value.is_empty() && r.automatic).count(),
        skipped: rows().filter(|r| !r.applicable).count(),
        evidence: rows().map(|r| r.evidence).sum(),
        below: hand_over::deductions(&context, &groups_to_lines(ui.t, &groups)),
        team: team.unwrap_or_default(),
        context,
    };
    ui.page("assessment/sheet/check.html", title, body).await
}

//! The forms of a problem: one per step.
use super::show::{Typed, shown};
use crate::problem::act;
use crate::{ProblemHandle, ProblemRead, ProblemVerify};
use access::{Grant, Permission};
use kernel::{Error, Kind, ProblemId, Result};
use serde::Deserialize;
use web::{At, Errors, Flash, Form, Page, See, StatusCode, Ui};

/// What any of the forms may hold.
#[derive(Deserialize, Default, Clone)]
#[serde(default)]
pub struct Said {
    owner: String,
    measure: String,
    due: String,
    closing: String,
    reason: String,
    /// The mark of the plan that the form showed.
    seen: Option<String>,
}

type Answer = web::Result<std::result::Result<See, Page>>;

pub async fn work(grant: Grant<ProblemHandle>, ui: Ui, At((id,)): At<(ProblemId,)>, Form(f): Form<Said>) -> Answer {
    let done = act::start(&ui.db, &grant, id, ui.today()).await;
    answer(&grant, &ui, id, f, done, "problem-started").await
}

pub async fn measure(grant: Grant<ProblemHandle>, ui: Ui, At((id,)): At<(ProblemId,)>, Form(f): Form<Said>) -> Answer {
    let mut errors = Errors::none();
    let (measure, plan) = (errors.take(act::measured(&f.measure))?, errors.take(Typed::from(f.clone()).plan())?);
    let done = match (plan.filter(|_| measure.is_some()), grant.also::<ProblemRead>()) {
        (Some(plan), _) => act::plan_anew(&ui.db, &grant, id, plan, f.seen.as_deref().unwrap_or_default(), ui.today()).await,
        (None, Some(read)) => return Ok(Err(shown(&read, &ui, id, Some(Typed::from(f)), errors).await?)),
        (None, None) => Err(errors.into_iter().next().unwrap_or_else(Error::not_found)),
    };
    answer(&grant, &ui, id, f, done, "problem-planned").await
}

pub async fn closure(grant: Grant<ProblemHandle>, ui: Ui, At((id,)): At<(ProblemId,)>, Form(f): Form<Said>) -> Answer {
    let done = act::submit(&ui.db, &grant, id, &f.closing, ui.today()).await.map_err(|e| e.at("closing"));
    answer(&grant, &ui, id, f, done, "problem-submitted").await
}

pub async fn verification(grant: Grant<ProblemVerify>, ui: Ui, At((id,)): At<(ProblemId,)>, Form(f): Form<Said>) -> Answer {
    let done = act::verify(&ui.db, &grant, id, &f.reason, ui.today()).await;
    answer(&grant, &ui, id, f, done, "problem-verified").await
}

pub async fn returning(grant: Grant<ProblemVerify>, ui: Ui, At((id,)): At<(ProblemId,)>, Form(f): Form<Said>) -> Answer {
    let done = act::send_back(&ui.db, &grant, id, &f.reason, ui.today()).await;
    answer(&grant, &ui, id, f, done, "problem-sent-back").await
}

pub async fn reopening(grant: Grant<ProblemVerify>, ui: Ui, At((id,)): At<(ProblemId,)>, Form(f): Form<Said>) -> Answer {
    let done = act::reopen(&ui.db, &grant, id, &f.reason, ui.today()).await;
    answer(&grant, &ui, id, f, done, "problem-reopened").await
}

/// Whoever reads a problem may ask; only the last step's own author is heard.
pub async fn undo(grant: Grant<ProblemRead>, ui: Ui, At((id,)): At<(ProblemId,)>, Form(_): Form<Said>) -> web::Result<See> {
    act::undo(&ui.db, &grant, id, ui.today()).await?;
    Ok(See::to(format!("/problems/{id}")).flash(&Flash::done("problem-undone")))
}

/// Back to the problem with 撤销 for the step just taken; a form that was refused is shown again.
async fn answer<P: Permission>(grant: &Grant<P>, ui: &Ui, id: ProblemId, f: Said, done: Result<()>, said: &'static str) -> Answer {
    match (done, grant.also::<ProblemRead>()) {
        (Ok(()), _) => {
            let to = format!("/problems/{id}");
            Ok(Ok(See::to(&to).flash(&Flash::done(said).undo(format!("{to}/undo")))))
        }
        (Err(e), Some(read)) if e.key == "problem-meanwhile" => {
            // Whoever has read what stands now may send the form again.
            let typed = Typed::from(Said { seen: None, ..f });
            Ok(Err(shown(&read, ui, id, Some(typed), e.into()).await?.status(StatusCode::CONFLICT)))
        }
        (Err(e), Some(read)) if e.kind == Kind::Invalid => Ok(Err(shown(&read, ui, id, Some(Typed::from(f)), e.into()).await?)),
        (Err(e), _) => Err(e.into()),
    }
}

impl From<Said> for Typed {
    fn from(f: Said) -> Self {
        Typed { owner: f.owner, measure: f.measure, due: f.due, text: f.closing, reason: f.reason, seen: f.seen.unwrap_or_default() }
    }
}

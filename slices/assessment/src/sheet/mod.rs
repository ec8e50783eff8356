//! A sheet (考评表): one branch in one cycle, with its place in the tree on the day the cycle opened.
pub mod api;
pub mod batch;
pub mod bulk;
pub mod context;
pub mod counted;
pub mod door;
pub mod entry;
pub mod evidence;
pub mod hand_over;
pub mod input;
pub mod keep;
pub mod listing;
pub mod meant;
mod moments;
pub mod pages;
pub mod rechecked;
pub mod returns;
pub mod rules;
pub mod show;
pub mod starless;
pub mod store;
pub mod task;
mod totals;
pub mod write;

use kernel::{Error, Result};

/// How far a layer of a sheet is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum State {
    /// 未开始
    Untouched,
    /// 填报中
    Begun,
    /// 已提交; locked
    Submitted,
    /// 已退回; open again, with a reason
    Returned,
}

impl State {
    pub const ALL: [State; 4] = [State::Untouched, State::Begun, State::Submitted, State::Returned];

    pub fn name(self) -> &'static str {
        match self {
            State::Untouched => "untouched",
            State::Begun => "begun",
            State::Submitted => "submitted",
            State::Returned => "returned",
        }
    }
    /// # Errors
    /// `internal` for a word that is none of ours: it came from our own database.
    pub fn parse(name: &str) -> Result<Self> {
        Self::ALL.into_iter().find(|s| s.name() == name).ok_or_else(|| Error::internal(format!("state {name}")))
    }
    /// Key of its name.
    pub fn text(self) -> &'static str {
        match self {
            State::Untouched => "state-untouched",
            State::Begun => "state-begun",
            State::Submitted => "state-submitted",
            State::Returned => "state-returned",
        }
    }
    /// Its colour, the same on every page.
    pub fn tag(self) -> &'static str {
        match self {
            State::Untouched => "",
            State::Begun => "info",
            State::Submitted => "ok",
            State::Returned => "warn",
        }
    }
    pub fn is_open(self) -> bool {
        self != State::Submitted
    }
}

use web::Routes;

pub fn routes() -> Routes {
    Routes::new("assessment")
        .get("/sheets/{sheet}", show::page)
        .get("/sheets/{sheet}/print", show::print)
        .get("/sheets/{sheet}/submitted", show::submitted)
        .get("/sheets/{sheet}/self", pages::self_assessment)
        .post("/sheets/{sheet}/self", pages::post_self)
        .get("/sheets/{sheet}/self/submission", pages::check::self_assessment)
        .get("/sheets/{sheet}/acceptance/submission", pages::check::acceptance)
        .get("/sheets/{sheet}/recheck/submission", pages::check::recheck)
        .get("/sheets/{sheet}/acceptance", pages::acceptance)
        .post("/sheets/{sheet}/acceptance", pages::post_acceptance)
        .get("/sheets/{sheet}/recheck", pages::recheck)
        .post("/sheets/{sheet}/recheck", pages::post_recheck)
        .post("/sheets/{sheet}/returns", returns::create)
        .get("/sheets/{sheet}/evidence/{indicator}", evidence::page)
        .post("/sheets/{sheet}/evidence/{indicator}", evidence::upload)
        .post("/sheets/{sheet}/evidence/{indicator}/citations", evidence::cite)
        .post("/sheets/{sheet}/evidence/{indicator}/removal", evidence::uncite)
        .api_get::<api::__path_sheet, _, _, _>(api::sheet)
        .api::<api::__path_save_self, _, _, _>(api::save_self)
        .api::<api::__path_save_acceptance, _, _, _>(api::save_acceptance)
        .api::<api::__path_save_recheck, _, _, _>(api::save_recheck)
        .api::<api::__path_submit_self, _, _, _>(api::submit_self)
        .api::<api::__path_submit_acceptance, _, _, _>(api::submit_acceptance)
        .api::<api::__path_submit_recheck, _, _, _>(api::submit_recheck)
}

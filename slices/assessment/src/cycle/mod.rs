//! A cycle (考评周期): one scheme, one year, the branches below one organisation.
pub mod advance;
pub mod api;
pub mod holder;
pub mod judging;
pub mod late;
pub mod open;
pub mod pages;
pub mod phase;
pub mod remind;
pub mod store;
pub mod withdraw;

use calendar::{Calendar, Mode};
use kernel::{BusinessDate, CycleId, OrgId, SchemeId};
use phase::Phase;
use standards::Bindings;

/// A cycle as it stands.
#[derive(Clone, Debug)]
pub struct Cycle {
    pub id: CycleId,
    pub year: i64,
    pub title: String,
    pub root: OrgId,
    /// The exact editions it goes by (S42); fixed when it opened.
    pub bindings: Bindings,
    pub phase: Phase,
    pub opened: BusinessDate,
    /// Last day of self-assessment.
    pub self_until: BusinessDate,
    pub publicity: Option<Publicity>,
    /// 0 before 定稿; each correction after it makes the next one.
    pub result_version: i64,
    pub participants: i64,
}

/// When the results are open to objections.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Publicity {
    pub from: BusinessDate,
    pub until: BusinessDate,
    /// The calendar of that year was not published yet.
    pub provisional: bool,
}

impl Publicity {
    /// 公示 runs for the scheme's working days, and the day it begins is one of them: 含起始日的公示 5 个工作日. Begun on a
    /// day off, the next working day is the first.
    pub fn of(calendar: &Calendar, from: BusinessDate, workdays: u32) -> Self {
        let due = calendar.add(from, workdays, Mode::Inclusive);
        Self { from, until: due.date, provisional: due.provisional }
    }
}

impl Cycle {
    pub fn scheme(&self) -> SchemeId {
        self.bindings.scheme
    }
    pub fn is_final(&self) -> bool {
        self.phase == Phase::Final
    }
}

/// Which of several is looked at unless another is chosen: the first that has begun, since in 准备 there is nothing to see yet.
pub fn begun(cycles: &[Cycle]) -> Option<&Cycle> {
    cycles.iter().find(|c| c.phase != Phase::Preparation).or(cycles.first())
}

use web::Routes;

pub fn routes() -> Routes {
    Routes::new("assessment")
        .get("/assess", pages::list::page)
        .get("/assess/new", pages::opening::page)
        .get("/assess/opening", pages::opening::check)
        .post("/assess", pages::opening::create)
        .get("/assess/{cycle}", pages::show::page)
        .get("/assess/{cycle}/sheets", pages::sheets::page)
        .get("/assess/{cycle}/sheets/export", pages::export::get)
        .get("/assess/{cycle}/report", pages::report::page)
        .get("/assess/{cycle}/phase", pages::onward::page)
        .post("/assess/{cycle}/phase", pages::onward::advance)
        .get("/assess/{cycle}/withdrawal", pages::withdrawal::page)
        .post("/assess/{cycle}/withdrawal", pages::withdrawal::post)
        .get("/assess/{cycle}/reminders", pages::reminders::page)
        .post("/assess/{cycle}/reminders", pages::reminders::post)
        .post("/assess/{cycle}/late-permissions", pages::sheets::permit_late)
        .api_get::<api::__path_cycles, _, _, _>(api::cycles)
        .api_get::<api::__path_cycle, _, _, _>(api::cycle)
        .api_get::<api::__path_sheets, _, _, _>(api::sheets)
}

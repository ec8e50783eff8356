//! What both years share: moving a cycle on, filling sheets, bringing problems on.
use super::people::Desk;
use super::{Scene, loader};
use assessment::CycleLead;
use assessment::cycle::advance::{Move, advance};
use assessment::cycle::open::{Opening, open};
use assessment::cycle::{self, Cycle};
use assessment::sheet::bulk::{Filled, Filling, fill};
use assessment::sheet::listing::page;
use assessment::sheet::store::Sheet;
use assessment::sheet::write::Hand;
use kernel::{BusinessDate, CycleId, Error, Instant, Result};
use rectification::By;
use rectification::confirmation::{State, confirm_many, store::standing};
use rectification::problem::bulk::{Course, bring_on};
use rectification::{Problem, of_branch};
use scheme::Scheme;
use scoring::{Layer, Prepared};
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// A cycle being played.
pub struct Play<'s> {
    pub scene: &'s Scene,
    pub id: CycleId,
    pub scheme: Arc<Prepared>,
    /// In the order of the scene's branches.
    pub sheets: Vec<Sheet>,
}

impl<'s> Play<'s> {
    /// Opens a cycle and moves it to self-assessment.
    ///
    /// # Errors
    /// What opening refuses.
    pub async fn open(scene: &'s Scene, lead: &Desk, opening: Opening) -> Result<Play<'s>> {
        let (db, day, scheme) = (&scene.ground.db, opening.day, opening.scheme);
        scene.comes(day);
        let id = open(db, &lead.grant::<CycleLead>()?, opening).await?;
        let scheme = standards::scheme(db, scheme).await?;
        let mut play = Play { scene, id, scheme, sheets: Vec::new() };
        play.advance(lead, day, "").await?;
        play.sheets = play.read_sheets().await?;
        Ok(play)
    }
    async fn read_sheets(&self) -> Result<Vec<Sheet>> {
        let (id, all) = (self.id, i64::try_from(self.scene.province.branches.len()).unwrap_or(i64::MAX));
        let sheets = self.scene.ground.db.read(async move |tx| page(tx, id, &access::Reach::everything(), None, all).await).await?;
        let mut by_org: HashMap<_, _> = sheets.into_iter().map(|s| (s.org, s)).collect();
        let lost = || Error::internal("a branch without a sheet");
        self.scene.province.branches.iter().map(|b| by_org.remove(&b.id).ok_or_else(lost)).collect()
    }
    /// # Errors
    /// The engine's own.
    pub async fn cycle(&self) -> Result<Cycle> {
        let id = self.id;
        Ok(self.scene.ground.db.read(async move |tx| cycle::store::any(tx, id).await).await?)
    }
    /// # Errors
    /// What the phase refuses.
    pub async fn advance(&self, lead: &Desk, today: BusinessDate, reason: &str) -> Result<()> {
        self.scene.comes(today);
        let (calendar, by) = (self.scene.calendar.clone(), lead.caller.name().to_owned());
        let (scheme, suppliers) = (self.scheme.clone(), self.scene.suppliers.clone());
        let cycle = self.cycle().await?;
        let to = cycle.phase.next().unwrap_or(cycle.phase);
        let step = Move { to, today, reason: reason.into(), by, calendar, scheme, suppliers };
        advance(&self.scene.ground.db, &lead.grant::<CycleLead>()?, cycle, step).await.map(drop)
    }
    /// # Errors
    /// What handing in refuses.
    pub async fn fill(&self, layer: Layer, filled: &[Filled]) -> Result<()> {
        let filling = Filling {
            cycle: self.cycle().await?,
            scheme: self.scheme.clone(),
            layer,
            suppliers: self.scene.suppliers.clone(),
            calendar: self.scene.calendar.clone(),
            reasons: reasons(&self.scheme),
        };
        fill(&self.scene.ground.db, &loader(), &filling, filled).await.map(drop)
    }
    /// The secretary of branch `i` as the author of a sheet or a measure.
    pub fn secretary(&self, i: usize, today: BusinessDate) -> Hand {
        let known = &self.scene.known[i].secretary;
        Hand { account: Some(self.scene.people.secretaries[i]), name: known.1.clone(), source: "page", today }
    }
    /// Secretaries of branches where nothing was found confirm it; `chosen` says whose do.
    ///
    /// # Errors
    /// What confirming refuses.
    pub async fn confirm_none(&self, today: BusinessDate, chosen: impl Fn(usize) -> bool) -> Result<()> {
        let (db, board, mut all) = (&self.scene.ground.db, self.id.to_string(), Vec::new());
        self.scene.comes(today);
        for (i, sheet) in self.sheets.iter().enumerate().filter(|(i, _)| chosen(*i)) {
            let (list, org) = (board.clone(), sheet.org);
            let standing = db.read(async move |tx| standing(tx, &list, org).await).await?;
            if standing.is_some_and(|c| c.state == State::Waiting) {
                all.push((org, by(&self.secretary(i, today))));
            }
        }
        confirm_many(db, &loader(), &board, &all).await.map(drop)
    }
    /// What this year has found in branch `i`, oldest first.
    ///
    /// # Errors
    /// The engine's own.
    pub async fn found(&self, i: usize) -> Result<Vec<Problem>> {
        let (board, org) = (self.id.to_string(), self.sheets[i].org);
        let all = self.scene.ground.db.read(async move |tx| of_branch(tx, &board, org).await).await?;
        Ok(all.into_iter().filter(|p| p.board == self.id.to_string()).collect())
    }
    /// Brings the pending problems of branch `i` on; `course` decides for each, or leaves it. Those carried over from an
    /// earlier cycle are at some step already and keep it.
    ///
    /// # Errors
    /// What the steps refuse.
    pub async fn problems(&self, i: usize, mut course: impl FnMut(Problem) -> Option<Course>) -> Result<()> {
        let all = self.found(i).await?;
        let courses: Vec<Course> = all.into_iter().filter(|p| p.state.is_pending()).filter_map(&mut course).collect();
        bring_on(&self.scene.ground.db, &loader(), &courses).await.map(drop)
    }
}

/// Somebody as the author of a step.
pub fn by(hand: &Hand) -> By {
    By { account: hand.account, name: hand.name.clone(), day: hand.today, at: Instant::now() }
}

/// What an inspector writes where an indicator is below full.
fn reasons(scheme: &Scheme) -> BTreeMap<String, String> {
    let said = [
        "现场查看资料，未达到要求的次数",
        "台账与会议记录不一致，部分缺签到",
        "抽查记录不完整，缺少落实情况",
        "按时限核对，部分事项超期完成",
    ];
    scheme.indicators.iter().zip(said.into_iter().cycle()).map(|(i, said)| (i.code.clone(), said.to_owned())).collect()
}

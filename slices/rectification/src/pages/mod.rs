//! Pages of problems: board and list over one set, one problem with its timeline and its next step.
pub mod evidence;
pub mod export;
mod history;
pub mod list;
mod owners;
pub mod query;
pub mod remind;
pub mod show;
pub mod steps;

use crate::problem::Problem;
use crate::problem::state::State;
use access::Caller;
use calendar::Calendar;
use kernel::{AccountId, BusinessDate, OrgId, ProblemId};
use std::collections::HashMap;
use web::{Light, T};

/// A problem with its clock.
pub struct Card {
    pub p: Problem,
    pub light: Light,
    /// The branch's secretary by name, where the post owns it and somebody is known to hold it, or to have held it when it was
    /// closed.
    pub secretary: Option<String>,
}

impl Card {
    /// The light counts working days of the published calendar.
    pub fn of(calendar: &Calendar, today: BusinessDate, p: Problem) -> Self {
        let light = match calendar::Light::of(calendar, today, p.due, !p.state.is_pending()) {
            calendar::Light::Late(n) => Light::Late(n),
            calendar::Light::Today => Light::Today,
            calendar::Light::Soon(n) => Light::Soon(n),
            calendar::Light::Fine(n) => Light::Fine(n),
            calendar::Light::Closed => Light::Closed,
        };
        Self { p, light, secretary: None }
    }
    /// With its secretary, of those of several.
    #[must_use]
    pub fn under(mut self, secretaries: &HashMap<ProblemId, String>) -> Self {
        self.secretary = secretaries.get(&self.p.id).filter(|_| self.p.owner_name.is_empty()).cloned();
        self
    }
    /// Who answers for it, in words: a person by name, the secretary with the post too.
    pub fn owner(&self, t: &T) -> String {
        match (&self.secretary, self.p.owner_name.as_str()) {
            (Some(name), "") => t.text("problem-secretary-named").with("name", name).to_string(),
            (None, "") => t.text("problem-secretary").to_string(),
            (_, name) => name.to_owned(),
        }
    }
    /// Why points were lost, as far as it tells one problem from another: the title is only the indicator's.
    pub fn reason(&self) -> String {
        const SHOWN: usize = 40;
        let said = self.p.said();
        let mut head: String = said.chars().take(SHOWN).collect();
        if head.len() < said.len() {
            head.push('…');
        }
        head
    }
    pub fn can_start(&self) -> bool {
        self.p.state == State::Open
    }
    pub fn can_submit(&self) -> bool {
        matches!(self.p.state, State::Doing | State::Returned)
    }
    pub fn can_plan(&self) -> bool {
        self.p.state.in_hand()
    }
    pub fn can_verify(&self) -> bool {
        self.p.state == State::Review
    }
    /// Whoever put it right does not verify it: named as owner, secretary of a branch without a named one, or the submitter.
    pub fn is_of(&self, account: Option<AccountId>, led: &[OrgId]) -> bool {
        let unnamed = self.p.owner.is_none() && self.p.owner_name.is_empty();
        account.is_some() && (self.p.owner == account || self.p.closer == account || (unnamed && led.contains(&self.p.org)))
    }
    /// A light says how its clock runs; of what was withdrawn it says nothing.
    pub fn has_clock(&self) -> bool {
        self.p.state != State::Withdrawn
    }
    pub fn can_reopen(&self) -> bool {
        self.p.state == State::Closed
    }
}

/// The branches somebody is secretary of.
pub fn led(caller: &Caller) -> Vec<OrgId> {
    caller.posts().iter().filter(|h| h.role == "secretary").filter_map(|h| h.org).collect()
}

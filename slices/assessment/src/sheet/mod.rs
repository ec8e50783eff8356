//! A sheet (考评表): one branch in one cycle, with its place in the tree on the day the cycle opened.
pub mod context;
pub mod entry;
pub mod input;
pub mod keep;
pub mod rules;
pub mod store;
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
    pub fn is_open(self) -> bool {
        self != State::Submitted
    }
}

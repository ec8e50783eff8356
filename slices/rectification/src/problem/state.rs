//! Where a problem stands, and which steps lead from there. Pure.
use kernel::{Error, Result};

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum State {
    /// 待整改
    Open,
    /// 整改中
    Doing,
    /// 待复核
    Review,
    /// 已销号
    Closed,
    /// 已撤回: a later layer restored the points.
    Withdrawn,
}

/// What somebody does to a problem.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Step {
    Start,
    Submit,
    Verify,
    SendBack,
    Reopen,
    Withdraw,
}

impl State {
    pub const ALL: [State; 5] = [State::Open, State::Doing, State::Review, State::Closed, State::Withdrawn];

    pub fn name(self) -> &'static str {
        match self {
            State::Open => "open",
            State::Doing => "doing",
            State::Review => "review",
            State::Closed => "closed",
            State::Withdrawn => "withdrawn",
        }
    }
    /// # Errors
    /// `internal` for a word that is none of ours: it came from our own database.
    pub fn parse(name: &str) -> Result<Self> {
        Self::ALL.into_iter().find(|s| s.name() == name).ok_or_else(|| Error::internal(format!("problem state {name}")))
    }
    /// Key of its name.
    pub fn text(self) -> &'static str {
        match self {
            State::Open => "problem-open",
            State::Doing => "problem-doing",
            State::Review => "problem-review",
            State::Closed => "problem-closed",
            State::Withdrawn => "problem-withdrawn",
        }
    }
    /// Still to be put right: its clock runs.
    pub fn is_pending(self) -> bool {
        matches!(self, State::Open | State::Doing | State::Review)
    }
    /// Where a step leads.
    ///
    /// # Errors
    /// `problem-step` if it cannot be taken from here.
    pub fn after(self, step: Step) -> Result<State> {
        match (self, step) {
            (State::Open, Step::Start) => Ok(State::Doing),
            (State::Open | State::Doing, Step::Submit) => Ok(State::Review),
            (State::Review, Step::Verify) => Ok(State::Closed),
            (State::Review, Step::SendBack) | (State::Closed, Step::Reopen) => Ok(State::Doing),
            (State::Open | State::Doing | State::Review, Step::Withdraw) => Ok(State::Withdrawn),
            _ => Err(Error::conflict("problem-step")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_goes_its_way_and_no_other() {
        let steps = [Step::Start, Step::Submit, Step::Verify, Step::SendBack, Step::Reopen, Step::Withdraw];
        let table = [
            (State::Open, [Some(State::Doing), Some(State::Review), None, None, None, Some(State::Withdrawn)]),
            (State::Doing, [None, Some(State::Review), None, None, None, Some(State::Withdrawn)]),
            (State::Review, [None, None, Some(State::Closed), Some(State::Doing), None, Some(State::Withdrawn)]),
            (State::Closed, [None, None, None, None, Some(State::Doing), None]),
            (State::Withdrawn, [None; 6]),
        ];
        for (from, row) in table {
            for (step, to) in steps.into_iter().zip(row) {
                assert_eq!(from.after(step).ok(), to, "{from:?} {step:?}");
            }
        }
    }
}

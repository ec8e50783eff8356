//! Where a problem stands, and what may follow.
use kernel::{Error, Result};

/// 待整改 → 整改中 → 待复核 → 已销号, or back; withdrawn when a later layer gave the points back.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum State {
    Open,
    Doing,
    Returned,
    Review,
    Closed,
    Withdrawn,
}

impl State {
    pub const ALL: [State; 6] = [State::Open, State::Doing, State::Returned, State::Review, State::Closed, State::Withdrawn];

    /// As stored and as the API spells it.
    pub fn name(self) -> &'static str {
        match self {
            State::Open => "open",
            State::Doing => "doing",
            State::Returned => "returned",
            State::Review => "review",
            State::Closed => "closed",
            State::Withdrawn => "withdrawn",
        }
    }
    /// # Errors
    /// `internal`: only this crate writes states.
    pub fn parse(name: &str) -> Result<Self> {
        Self::ALL.into_iter().find(|s| s.name() == name).ok_or_else(|| Error::internal(format!("problem state {name}")))
    }
    /// Key of its word.
    pub fn text(self) -> &'static str {
        match self {
            State::Open => "problem-open",
            State::Doing => "problem-doing",
            State::Returned => "problem-returned",
            State::Review => "problem-review",
            State::Closed => "problem-closed",
            State::Withdrawn => "problem-withdrawn",
        }
    }
    /// The column of the board; what was sent back is being worked on again.
    pub fn shelf(self) -> i64 {
        match self {
            State::Open => 0,
            State::Doing | State::Returned => 1,
            State::Review => 2,
            State::Closed => 3,
            State::Withdrawn => 4,
        }
    }
    /// The branch has something to do.
    pub fn in_hand(self) -> bool {
        self.shelf() < 2
    }
    /// Its clock runs.
    pub fn is_pending(self) -> bool {
        self.shelf() < 3
    }
    /// For lists: 1 open, 0 closed, −1 withdrawn.
    pub fn flag(self) -> i64 {
        match self {
            State::Withdrawn => -1,
            State::Closed => 0,
            _ => 1,
        }
    }
}

/// What may happen to a problem.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Action {
    Open,
    Amend,
    Start,
    Plan,
    Submit,
    Verify,
    SendBack,
    Reopen,
    Withdraw,
    Restore,
    /// A later layer lowered further what had been closed.
    Lower,
    Carry,
    /// The list it was carried into is withdrawn.
    CarryBack,
    Redate,
    Undo,
}

impl Action {
    pub const ALL: [Action; 15] = [
        Action::Open,
        Action::Amend,
        Action::Start,
        Action::Plan,
        Action::Submit,
        Action::Verify,
        Action::SendBack,
        Action::Reopen,
        Action::Withdraw,
        Action::Restore,
        Action::Lower,
        Action::Carry,
        Action::CarryBack,
        Action::Redate,
        Action::Undo,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Action::Open => "open",
            Action::Amend => "amend",
            Action::Start => "start",
            Action::Plan => "plan",
            Action::Submit => "submit",
            Action::Verify => "verify",
            Action::SendBack => "send-back",
            Action::Reopen => "reopen",
            Action::Withdraw => "withdraw",
            Action::Restore => "restore",
            Action::Lower => "lower",
            Action::Carry => "carry",
            Action::CarryBack => "carry-back",
            Action::Redate => "redate",
            Action::Undo => "undo",
        }
    }
    /// # Errors
    /// `internal`: only this crate writes actions.
    pub fn parse(name: &str) -> Result<Self> {
        Self::ALL.into_iter().find(|a| a.name() == name).ok_or_else(|| Error::internal(format!("problem action {name}")))
    }
    /// Key of its line in the timeline.
    pub fn text(self) -> &'static str {
        match self {
            Action::Open => "problem-did-open",
            Action::Amend => "problem-did-amend",
            Action::Start => "problem-did-start",
            Action::Plan => "problem-did-plan",
            Action::Submit => "problem-did-submit",
            Action::Verify => "problem-did-verify",
            Action::SendBack => "problem-did-send-back",
            Action::Reopen => "problem-did-reopen",
            Action::Withdraw => "problem-did-withdraw",
            Action::Restore => "problem-did-restore",
            Action::Lower => "problem-did-lower",
            Action::Carry => "problem-did-carry",
            Action::CarryBack => "problem-did-carry-back",
            Action::Redate => "problem-did-redate",
            Action::Undo => "problem-did-undo",
        }
    }
    /// A person's step, which that person may take back while it is the last.
    pub fn undoable(self) -> bool {
        matches!(self, Action::Start | Action::Plan | Action::Submit | Action::Verify | Action::SendBack | Action::Reopen)
    }
    /// Where it leads from `state`; `None` if it may not happen there.
    pub fn leads(self, state: State) -> Option<State> {
        match (self, state) {
            (Action::Start, State::Open) | (Action::Reopen | Action::Lower, State::Closed) => Some(State::Doing),
            (Action::Plan, s) if s.in_hand() => Some(s),
            (Action::Submit, State::Doing | State::Returned) => Some(State::Review),
            (Action::Verify, State::Review) => Some(State::Closed),
            (Action::SendBack, State::Review) => Some(State::Returned),
            (Action::Withdraw, s) if s != State::Withdrawn => Some(State::Withdrawn),
            (Action::Restore, State::Withdrawn) => Some(State::Open),
            (Action::Amend | Action::Redate | Action::Carry, s) if s.is_pending() => Some(s),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_come_back_as_they_went() {
        assert!(State::ALL.iter().all(|s| State::parse(s.name()) == Ok(*s)));
        assert!(Action::ALL.iter().all(|a| Action::parse(a.name()) == Ok(*a)));
    }

    #[test]
    fn nothing_is_closed_without_a_review_and_nothing_withdrawn_is_worked_on() {
        for action in Action::ALL {
            for state in State::ALL {
                let to = action.leads(state);
                if to == Some(State::Closed) {
                    assert_eq!((action, state), (Action::Verify, State::Review));
                }
                if state == State::Withdrawn && to.is_some() {
                    assert_eq!(action, Action::Restore);
                }
            }
        }
    }
}

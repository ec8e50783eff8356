//! One person asks for so much at once and no more: whoever lets a program loose on the server with their own session or
//! token waits for themselves, and nobody else does. An address has no such limit: behind one may sit five hundred people.
use access::Caller;
use db::planted::Defect;
use kernel::{AccountId, Error, Kind, Result};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// Requests of one person that are worked on at the same time. A browser opens six connections.
const AT_ONCE: usize = 64;

/// Who has how many requests on the way.
#[derive(Clone, Default)]
pub(crate) struct Turns(Arc<Mutex<HashMap<AccountId, usize>>>);

/// One request's turn; over when it is dropped.
pub(crate) struct Turn {
    turns: Turns,
    who: AccountId,
}

impl Turns {
    /// A turn for this request; none is needed for a visitor, whose requests cost little.
    ///
    /// # Errors
    /// `too-many` if this person has too many on the way.
    pub(crate) fn take(&self, caller: &Caller) -> Result<Option<Turn>> {
        caller.account().map(|who| self.of(if Defect::ShareTurns.is_on() { AccountId::from_bytes([0; 16]) } else { who })).transpose()
    }
    fn of(&self, who: AccountId) -> Result<Turn> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let on_the_way = all.entry(who).or_default();
        if *on_the_way >= AT_ONCE {
            return Err(Error::new(Kind::Busy, "too-many"));
        }
        *on_the_way += 1;
        Ok(Turn { turns: self.clone(), who })
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        let mut all = self.turns.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(on_the_way) = all.get_mut(&self.who) {
            *on_the_way -= 1;
            if *on_the_way == 0 {
                all.remove(&self.who);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_asks_for_too_much_at_once_waits_and_nobody_else() {
        let (turns, greedy, other) = (Turns::default(), AccountId::new(), AccountId::new());
        let mut taken: Vec<Turn> = (0..AT_ONCE).map(|_| turns.of(greedy).unwrap()).collect();
        assert_eq!(turns.of(greedy).err().unwrap().key, "too-many");
        assert!(turns.of(other).is_ok());
        taken.pop();
        assert!(turns.of(greedy).is_ok());
        drop(taken);
        assert!(turns.0.lock().unwrap().is_empty());
    }
}

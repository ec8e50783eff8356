//! 补报: written permission for one branch to assess itself after the last day for all.
use super::phase::Phase;
use super::store;
use crate::sheet::hand_over;
use crate::sheet::store::Sheet;
use access::{Grant, Permission};
use audit::Event;
use db::{Db, params};
use inbox::{Addressee, Todo};
use kernel::{BusinessDate, CycleId, Error, Instant, Result, TodoId, reason};
use scoring::Layer;

/// Days behind the first that may be named: a cycle is of one year.
const FARTHEST: i64 = 365;

/// Until when, and why.
#[derive(Clone, Debug)]
pub struct Late {
    pub until: BusinessDate,
    pub reason: String,
}

/// The first day that may be named: what is over, and what all have anyway, is no permission. Once acceptance runs, nobody
/// has it any more.
pub fn first_day(phase: Phase, self_until: BusinessDate, today: BusinessDate) -> BusinessDate {
    if phase == Phase::Acceptance { today } else { today.max(self_until.plus_days(1)) }
}

impl Late {
    fn sound(&self, from: BusinessDate) -> Result<()> {
        reason::given(&self.reason, "late-reason")?;
        let to = from.plus_days(FARTHEST);
        if (from..=to).contains(&self.until) {
            Ok(())
        } else {
            Err(Error::invalid("late-day").with("from", from).with("to", to).at("until"))
        }
    }
}

/// # Errors
/// `late-reason` without one, or of one too long; `late-day` unless it is behind the last day for all, not over and within a year;
/// `late-phase` when no self-assessment is taken any more; `sheet-locked` once submitted.
pub async fn permit<P: Permission>(db: &Db, grant: &Grant<P>, sheet: Sheet, cycle: CycleId, late: Late, today: BusinessDate) -> Result<()> {
    let at = Instant::now();
    audit::change(db, grant, async move |tx| {
        let c = store::any(tx, cycle).await?;
        if !c.phase.takes_late() {
            return Err(Error::conflict("late-phase").into());
        }
        late.sound(first_day(c.phase, c.self_until, today))?;
        let sql = "UPDATE sheet SET late_until = $2 WHERE id = $1 AND self_state <> 'submitted'";
        if tx.exec(sql, &params![&sheet.id, late.until]).await? == 0 {
            return Err(Error::conflict("sheet-locked").into());
        }
        let (matter, href) = (hand_over::matter_of(sheet.id, Layer::SelfAssessment), format!("/sheets/{}/self", sheet.id));
        let todo = Todo {
            id: TodoId::new(),
            to: Addressee::Post { role: "secretary", org: sheet.org },
            matter: &matter,
            key: "todo-self-late",
            args: vec![("year", c.year.to_string())],
            href: &href,
            due: Some(late.until),
            by: None,
        };
        inbox::hand(tx, &todo, at).await?;
        let event = Event::new("sheet.permit-late", format!("sheet:{}", sheet.id)).at(sheet.org);
        Ok(((), event.because(&late.reason).with("until", late.until)))
    })
    .await
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> BusinessDate {
        BusinessDate::parse(text).unwrap()
    }

    #[test]
    fn a_permission_gives_more_than_all_have_and_no_more_than_a_year() {
        let first = |phase, today| first_day(phase, day("2026-06-30"), day(today));
        assert_eq!(first(Phase::SelfAssessment, "2026-06-15"), day("2026-07-01"));
        assert_eq!(first(Phase::SelfAssessment, "2026-07-20"), day("2026-07-20"));
        assert_eq!(first(Phase::Acceptance, "2026-06-15"), day("2026-06-15"), "self-assessment was ended before its day");
        let refused = |until: &str, reason: &str| {
            let late = Late { until: day(until), reason: reason.to_owned() };
            late.sound(day("2026-07-01")).err().and_then(|e| e.field)
        };
        assert_eq!(refused("2026-07-01", "出差"), None);
        assert_eq!(refused("2027-07-01", "出差"), None);
        for until in ["2026-06-30", "2027-07-02", "2099-01-01"] {
            assert_eq!(refused(until, "出差"), Some("until"), "{until}");
        }
        for reason in [" ", &"长".repeat(reason::MAX + 1)] {
            assert_eq!(refused("2026-07-01", reason), Some("reason"));
        }
    }
}

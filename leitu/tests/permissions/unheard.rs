//! A change whose event cannot be written does not happen: the same request, complete and allowed, while the log is away
//! and while it refuses what comes.
use crate::digest::differing;
use crate::{Cell, Round};
use testkit::Answer;
use web::StatusCode;

/// What a request came to while no event could be written.
pub struct Unheard {
    how: &'static str,
    answer: Answer,
    /// Tables that changed all the same.
    changed: Vec<String>,
}

const AWAY: [&str; 1] = ["ALTER TABLE event RENAME TO event_away"];
const BACK: [&str; 1] = ["ALTER TABLE event_away RENAME TO event"];
const REFUSING_SQLITE: [&str; 1] = ["CREATE TRIGGER event_refused BEFORE INSERT ON event BEGIN SELECT RAISE(ABORT, 'injected'); END"];
const TAKING_SQLITE: [&str; 1] = ["DROP TRIGGER event_refused"];
const REFUSING_PG: [&str; 2] = [
    "CREATE OR REPLACE FUNCTION refuse_event() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''injected''; END'",
    "CREATE TRIGGER event_refused BEFORE INSERT ON event FOR EACH ROW EXECUTE FUNCTION refuse_event()",
];
const TAKING_PG: [&str; 1] = ["DROP TRIGGER event_refused ON event"];

impl Round {
    pub async fn without_audit(&self, cell: &Cell<'_>) -> Vec<Unheard> {
        let away = self.unheard(cell, "the log is away", &AWAY, &BACK).await;
        let refused = match self.pg {
            true => self.unheard(cell, "the log refuses", &REFUSING_PG, &TAKING_PG).await,
            false => self.unheard(cell, "the log refuses", &REFUSING_SQLITE, &TAKING_SQLITE).await,
        };
        vec![away, refused]
    }
    async fn unheard(&self, cell: &Cell<'_>, how: &'static str, broken: &[&'static str], mended: &[&'static str]) -> Unheard {
        // So that the request itself has no reason to note the session's use.
        if let Some(who) = &cell.who {
            self.world.app.get(who, "/health").await;
        }
        let db = &self.world.app.db;
        let before = self.digest.take(db).await;
        self.run(broken).await;
        let answer = self.world.send(cell.row, cell.who.as_ref(), &cell.request).await;
        self.run(mended).await;
        let changed = differing(&before, &self.digest.take(db).await);
        Unheard { how, answer, changed }
    }
    async fn run(&self, statements: &[&'static str]) {
        for sql in statements.iter().copied() {
            self.world.app.db.write(async move |tx| tx.exec(sql, &[]).await).await.unwrap();
        }
    }
    /// The request that went through with the log in place; each time without it, it must have failed and done nothing.
    pub fn was_stopped(&mut self, cell: &Cell<'_>, unheard: &[Unheard], name: &str) {
        // Of these no event tells, so none can be missing.
        if self.table.carries.contains(&cell.row.name()) {
            return;
        }
        for Unheard { how, answer, changed } in unheard {
            let staged = self.table.stages.contains(&cell.row.name());
            let seen = |table: &&String| !staged || matches!(table.as_str(), "problem" | "todo" | "cycle_phase" | "fact" | "score");
            let changed: Vec<_> = changed.iter().filter(seen).collect();
            if answer.status == StatusCode::INTERNAL_SERVER_ERROR && changed.is_empty() {
                self.stopped += 1;
            } else {
                self.wrong.push(format!("{name}: while {how} it answered {} and changed {changed:?}", answer.status));
            }
        }
    }
}

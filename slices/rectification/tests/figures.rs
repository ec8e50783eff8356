//! The kept figures are what a recount finds, whatever happens to problems and to the tree.
mod ground;

use ground::Ground;
use rectification::problem::act::{self, Plan};
use rectification::{ProblemHandle, ProblemVerify};
use testkit::on_both;

/// A small generator with a fixed start: the same thousand steps on both engines.
struct Chance(u64);

impl Chance {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % n
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_thousand_random_operations_and_moves_of_branches_the_figures_equal_a_recount() {
    on_both(&[], async |db| {
        let g = Ground::new(db).await;
        let mut branches = Vec::new();
        for code in ["A-1", "A-2", "A-3", "B-1", "B-2"] {
            branches.push(g.branch(code).await);
        }
        let (one, two) = (g.app.person("committee", None).await, g.app.person("committee", None).await);
        let (handle, verify) = (g.grant::<ProblemHandle>(&one).await, g.grant::<ProblemVerify>(&two).await);
        let (mut chance, mut all, mut done, next) = (Chance(7), Vec::new(), 0, kernel::CycleId::new());
        let (db, today) = (&g.app.db, g.today());
        for _ in 0..1000 {
            let branch = branches[chance.below(5) as usize];
            let item = format!("I{}", chance.below(12));
            let at = (!all.is_empty()).then(|| all[chance.below(all.len() as u64) as usize]);
            let result = match (chance.below(12), at) {
                (0..2, _) | (_, None) => {
                    all.push(g.open_on(branch, &item, today, 5 + chance.below(20) as u32).await);
                    Ok(())
                }
                (2, _) => {
                    g.withdraw(branch, &item, "还分").await;
                    Ok(())
                }
                (3 | 4, Some(id)) => act::start(db, &handle, id, today).await,
                (5, Some(id)) => {
                    let due = Some(today.plus_days(chance.below(20) as i64));
                    act::plan(db, &handle, id, Plan { owner: String::new(), measure: "整改".into(), due }, today).await
                }
                (6 | 7, Some(id)) => act::submit(db, &handle, id, "已改", today).await,
                (8, Some(id)) => act::verify(db, &verify, id, "", today).await,
                (9, Some(id)) if chance.below(2) == 0 => act::send_back(db, &verify, id, "退", today).await,
                (9, Some(id)) => act::reopen(db, &verify, id, "复查", today).await,
                (10, Some(id)) => act::undo(db, &handle, id, today).await,
                (_, Some(_)) if chance.below(4) == 0 => {
                    g.carry(branch, next, 2027).await;
                    Ok(())
                }
                (_, Some(_)) => {
                    let unit = if chance.below(2) == 0 { "A" } else { "B" };
                    g.app.post(&one, &format!("/orgs/{branch}/place"), &[("parent_code", unit), ("day", "2026-06-15")]).await;
                    Ok(())
                }
            };
            match result {
                Ok(()) => done += 1,
                Err(e) => assert!(["problem-step", "problem-undo", "problem-due", "problem-verify-own"].contains(&e.key), "{e}"),
            }
        }
        assert!(done > 400, "only {done} of the thousand did something");
        g.figures_are_a_recount(g.cycle).await;
        g.figures_are_a_recount(next).await;
    })
    .await;
}

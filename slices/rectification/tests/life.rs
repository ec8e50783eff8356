//! The life of a problem in the store, on both engines: opened, owned, put right, verified, undone, withdrawn, carried.
mod ground;

use ground::Ground;
use kernel::{BusinessDate, CycleId, Points};
use rectification::problem::act::{self, Plan};
use rectification::{ProblemHandle, ProblemRead, ProblemVerify, State};
use testkit::on_both;

#[tokio::test(flavor = "multi_thread")]
async fn a_problem_goes_from_opening_to_closing_and_leaves_one_todo_at_a_time() {
    on_both(&[], async |db| {
        let g = Ground::new(db).await;
        let branch = g.branch("A-1").await;
        let (secretary, deputy) = (g.app.person("secretary", Some(branch)).await, g.app.person("deputy", Some(g.unit)).await);
        let first = g.open(branch, "A1").await;
        let second = g.open(branch, "B2").await;
        assert_eq!((g.one(first).await.number.as_str(), g.one(second).await.number.as_str()), ("A-1-2026-0001", "A-1-2026-0002"));
        assert_eq!(g.open(branch, "A1").await, first, "one per branch and item");
        assert_eq!(g.todo(&secretary).await, ["todo-problems"], "one for the branch, not one each");

        let (handle, verify) = (g.grant::<ProblemHandle>(&secretary).await, g.grant::<ProblemVerify>(&deputy).await);
        act::start(&g.app.db, &handle, first, g.today()).await.unwrap();
        let again = act::start(&g.app.db, &handle, first, g.today()).await.unwrap_err();
        assert_eq!(again.key, "problem-step");
        let due = g.today().plus_days(5);
        let plan = Plan { owner: "某人".into(), measure: "补开支委会".into(), due: Some(due) };
        act::plan(&g.app.db, &handle, first, plan, g.today()).await.unwrap();
        let far = Plan { owner: String::new(), measure: "补开".into(), due: Some(g.today().plus_days(300)) };
        assert_eq!(act::plan(&g.app.db, &handle, first, far, g.today()).await.unwrap_err().key, "problem-due");
        act::submit(&g.app.db, &handle, first, "已补开，记录见附件", g.today()).await.unwrap();
        assert_eq!(g.todo(&deputy).await, ["todo-problem-verify"]);
        act::send_back(&g.app.db, &verify, first, "记录缺签名", g.today()).await.unwrap();
        assert_eq!((g.one(first).await.state, g.todo(&deputy).await.len()), (State::Returned, 0));
        act::submit(&g.app.db, &handle, first, "已补签", g.today()).await.unwrap();
        act::verify(&g.app.db, &verify, first, "", g.today()).await.unwrap();
        let closed = g.one(first).await;
        assert_eq!((closed.state, closed.due, closed.owner), (State::Closed, due, Some(secretary.account)));
        assert_eq!(g.todo(&deputy).await.len(), 0);
        assert_eq!(g.todo(&secretary).await, ["todo-problems"], "the second is still to be done");
        act::reopen(&g.app.db, &verify, first, "复查发现未落实", g.today()).await.unwrap();
        assert_eq!(g.one(first).await.state, State::Doing);
        assert!(audit::verify(&g.app.db).await.unwrap().is_ok());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_owns_a_problem_or_submitted_its_closure_does_not_verify_it() {
    on_both(&[], async |db| {
        let g = Ground::new(db).await;
        let branch = g.branch("A-1").await;
        let committee = g.app.person("committee", None).await;
        let both = g.app.person("deputy", Some(g.unit)).await;
        g.app.also(&both, "secretary", branch).await;
        let id = g.open(branch, "A1").await;
        // The committee may do both, but not one after the other on the same problem.
        let handle = g.grant::<ProblemHandle>(&committee).await;
        act::start(&g.app.db, &handle, id, g.today()).await.unwrap();
        act::submit(&g.app.db, &handle, id, "已改", g.today()).await.unwrap();
        for person in [&committee, &both] {
            let verify = g.grant::<ProblemVerify>(person).await;
            assert_eq!(act::verify(&g.app.db, &verify, id, "", g.today()).await.unwrap_err().key, "problem-verify-own");
            assert_eq!(act::send_back(&g.app.db, &verify, id, "不", g.today()).await.unwrap_err().key, "problem-verify-own");
        }
        let other = g.grant::<ProblemVerify>(&g.app.person("deputy", Some(g.unit)).await).await;
        act::verify(&g.app.db, &other, id, "", g.today()).await.unwrap();
        assert_eq!(g.one(id).await.state, State::Closed);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_last_step_can_be_taken_back_by_whoever_took_it_and_by_nobody_else() {
    on_both(&[], async |db| {
        let g = Ground::new(db).await;
        let branch = g.branch("A-1").await;
        let (secretary, deputy) = (g.app.person("secretary", Some(branch)).await, g.app.person("deputy", Some(g.unit)).await);
        let id = g.open(branch, "A1").await;
        let (handle, verify) = (g.grant::<ProblemHandle>(&secretary).await, g.grant::<ProblemVerify>(&deputy).await);
        assert_eq!(act::undo(&g.app.db, &handle, id, g.today()).await.unwrap_err().key, "problem-undo");
        act::start(&g.app.db, &handle, id, g.today()).await.unwrap();
        let before = g.one(id).await.changing();
        let plan = Plan { owner: "某人".into(), measure: "整改".into(), due: Some(g.today()) };
        act::plan(&g.app.db, &handle, id, plan, g.today()).await.unwrap();
        assert_eq!(act::undo(&g.app.db, &verify, id, g.today()).await.unwrap_err().key, "problem-undo");
        act::undo(&g.app.db, &handle, id, g.today()).await.unwrap();
        assert_eq!(g.one(id).await.changing(), before);
        assert_eq!(act::undo(&g.app.db, &handle, id, g.today()).await.unwrap_err().key, "problem-undo");
        let steps = g.app.db.read(async move |tx| rectification::problem::store::steps(tx, id).await).await.unwrap();
        assert_eq!(steps.iter().map(|s| s.action.name()).collect::<Vec<_>>(), ["open", "start", "plan", "undo"]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn points_given_back_withdraw_a_problem_and_points_lost_again_restore_it() {
    on_both(&[], async |db| {
        let g = Ground::new(db).await;
        let branch = g.branch("A-1").await;
        let secretary = g.app.person("secretary", Some(branch)).await;
        let id = g.open(branch, "A1").await;
        assert!(g.withdraw(branch, "A1", "复检还分").await);
        assert!(!g.withdraw(branch, "A1", "复检还分").await);
        assert!(!g.withdraw(branch, "Z9", "没有").await);
        assert_eq!((g.one(id).await.state, g.todo(&secretary).await.len(), g.counts(branch).await.all), (State::Withdrawn, 0, 0));
        assert_eq!(g.open(branch, "A1").await, id);
        assert_eq!((g.one(id).await.state, g.todo(&secretary).await.len(), g.counts(branch).await.open), (State::Open, 1, 1));
        g.figures_are_a_recount(g.cycle).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn s36_of_three_problems_two_are_closed_the_ratio_is_two_thirds_and_one_stands_in_next_year_s_list() {
    on_both(&[], async |db| {
        let g = Ground::new(db).await;
        let branch = g.branch("A-1").await;
        let (secretary, deputy) = (g.app.person("secretary", Some(branch)).await, g.app.person("deputy", Some(g.unit)).await);
        let (handle, verify) = (g.grant::<ProblemHandle>(&secretary).await, g.grant::<ProblemVerify>(&deputy).await);
        let all = [g.open(branch, "A1").await, g.open(branch, "B2").await, g.open(branch, "C3").await];
        for id in &all[..2] {
            act::start(&g.app.db, &handle, *id, g.today()).await.unwrap();
            act::submit(&g.app.db, &handle, *id, "已改", g.today()).await.unwrap();
            act::verify(&g.app.db, &verify, *id, "", g.today()).await.unwrap();
        }
        let value = g.supplied(branch, 2027).await.unwrap();
        assert_eq!(value, "0.666667");
        assert_eq!(value, "0.666667");
        assert_eq!(g.supplied(branch, 2026).await, None, "there was no list the year before");
        let next = CycleId::new();
        assert_eq!((g.carry(branch, next, 2027).await, g.carry(branch, next, 2027).await), (1, 0));
        let board = next.to_string();
        let listed = g.app.db.read(async move |tx| rectification::of_branch(tx, &board, branch).await).await.unwrap();
        assert_eq!(listed.iter().map(|p| p.id).collect::<Vec<_>>(), [all[2]]);
        g.figures_are_a_recount(g.cycle).await;
        g.figures_are_a_recount(next).await;
        act::start(&g.app.db, &handle, all[2], g.today()).await.unwrap();
        act::submit(&g.app.db, &handle, all[2], "已改", g.today()).await.unwrap();
        act::verify(&g.app.db, &verify, all[2], "", g.today()).await.unwrap();
        assert_eq!(g.supplied(branch, 2028).await.as_deref(), Some("1"), "a carried problem counts in the year it was carried into");
        g.figures_are_a_recount(next).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_calendar_that_is_published_later_moves_provisional_dates_and_tells_the_owner() {
    on_both(&[], async |db| {
        let g = Ground::new(db).await;
        let branch = g.branch("A-1").await;
        let secretary = g.app.person("secretary", Some(branch)).await;
        let id = g.open_on(branch, "A1", BusinessDate::parse("2030-09-27").unwrap(), 5).await;
        let before = g.one(id).await;
        assert_eq!((before.provisional, before.due.to_string().as_str()), (true, "2030-10-04"));
        let published =
            "date,kind,name\n2030-10-01,holiday,国庆节\n2030-10-02,holiday,国庆节\n2030-10-03,holiday,国庆节\n2030-10-04,holiday,国庆节\n";
        let calendar = calendar::Calendar::parse(published).unwrap();
        assert_eq!(rectification::recompute_due(&g.app.db, &calendar, g.today()).await.unwrap(), 1);
        assert_eq!(rectification::recompute_due(&g.app.db, &calendar, g.today()).await.unwrap(), 0);
        let after = g.one(id).await;
        assert_eq!((after.provisional, after.due.to_string().as_str()), (false, "2030-10-10"));
        let caller = g.grant::<ProblemRead>(&secretary).await.caller().clone();
        let told = g.app.db.read(async move |tx| inbox::notices(tx, &caller, 5).await).await.unwrap();
        assert_eq!(told.iter().map(|n| n.key.as_str()).collect::<Vec<_>>(), ["notice-problem-due"]);
        g.figures_are_a_recount(g.cycle).await;
        assert_eq!(after.lost, Points::hundredths(50));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_two_years_leave_to_put_right_is_two_matters_and_each_opens_its_own_list() {
    on_both(&[], async |db| {
        let mut g = Ground::new(db).await;
        let branch = g.branch("A-1").await;
        let secretary = g.app.person("secretary", Some(branch)).await;
        let mut opened = Vec::new();
        for _ in 0..2 {
            g.cycle = CycleId::new();
            opened.push((g.cycle, format!("/problems/{}\"", g.open(branch, "A1").await)));
        }
        let hrefs: Vec<String> = g.app.db.lookup("SELECT href FROM todo WHERE key = 'todo-problems'", &[]).await.unwrap();
        assert_eq!(hrefs.len(), 2);
        for (i, (cycle, card)) in opened.iter().enumerate() {
            let href = hrefs.iter().find(|href| href.contains(&cycle.to_string())).unwrap();
            let page = g.app.get(&secretary, href).await.body;
            assert!(page.contains(card) && !page.contains(&opened[1 - i].1), "{href}: {page}");
        }
    })
    .await;
}

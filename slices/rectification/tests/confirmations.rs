//! 无问题 (S33): asked when nothing was found, confirmed by the branch's secretary, overtaken by what is found later.
#![allow(clippy::restriction, reason = "in a test, what is missing is a failure")]
mod ground;

use access::System;
use audit::Event;
use axum::http::Method;
use ground::Ground;
use kernel::OrgId;
use rectification::confirmation::{State, store::of_branch};
use rectification::{Asking, By, ask_none};
use testkit::on_both;
use web::StatusCode;

impl Ground {
    /// As the layer that found nothing does.
    async fn ask(&self, branch: OrgId) {
        let by = System::command("test");
        let (board, who) = (self.cycle.to_string(), By::system(&by, self.today()));
        let asked = audit::change(&self.app.db, &by, async move |tx| {
            let named = organisations::named(tx, &[branch]).await?.remove(0);
            let path = tree::node(tx, branch).await?.path;
            let asking = Asking { board: board.clone(), org: branch, org_code: named.code, year: 2026, path, href: "/sheets/1".into() };
            ask_none(tx, &asking, &who).await?;
            Ok(((), Event::new("sheet.submit", "sheet:1")))
        });
        asked.await.unwrap();
    }
    /// Newest first.
    async fn said(&self, branch: OrgId) -> Vec<State> {
        let board = self.cycle.to_string();
        let all = self.app.db.read(async move |tx| of_branch(tx, &board, branch).await).await.unwrap();
        all.into_iter().map(|c| c.state).collect()
    }
    async fn confirm(&self, who: &testkit::Person, branch: OrgId) -> testkit::Answer {
        let board = self.cycle.to_string();
        self.app.post(who, &format!("/orgs/{branch}/confirmations"), &[("board", &board)]).await
    }
    async fn events(&self) -> i64 {
        let sql = "SELECT COUNT(*) FROM event WHERE action = 'problem.confirm-none'";
        self.app.db.read(async move |tx| tx.one(sql, &[]).await).await.unwrap()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_branch_where_nothing_was_found_is_asked_and_its_secretary_confirms() {
    on_both(&[], async |db| {
        let g = Ground::new(db).await;
        let branch = g.branch("A-1").await;
        let secretary = g.app.person("secretary", Some(branch)).await;
        let here = format!("/orgs/{branch}/confirmations");
        assert!(g.app.get(&secretary, &here).await.body.contains("还没有请这个支部确认"));
        g.ask(branch).await;
        g.ask(branch).await;
        assert_eq!((g.said(branch).await, g.todo(&secretary).await), (vec![State::Waiting], vec!["todo-confirmation".to_owned()]), "once");
        let board = g.app.get(&secretary, "/problems").await.body;
        assert!(board.contains("2026 年度验收没有发现问题，请您确认") && board.contains(&here), "{board}");
        assert!(g.app.get(&secretary, &here).await.body.contains("确认无问题</button>"));
        let done = g.confirm(&secretary, branch).await;
        assert_eq!((done.status, g.events().await), (StatusCode::SEE_OTHER, 1), "{}", done.body);
        assert_eq!((g.said(branch).await, g.todo(&secretary).await), (vec![State::Confirmed], vec![]), "the matter is done");
        assert_eq!((g.confirm(&secretary, branch).await.status, g.events().await), (StatusCode::CONFLICT, 1), "once");
        let page = g.app.get(&secretary, &here).await.body;
        assert!(page.contains("已确认") && page.contains("某人") && !page.contains("确认无问题</button>"), "{page}");
        g.figures_are_a_recount(g.cycle).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_branch_with_problems_is_not_asked_and_cannot_confirm() {
    on_both(&[], async |db| {
        let g = Ground::new(db).await;
        let branch = g.branch("A-1").await;
        let secretary = g.app.person("secretary", Some(branch)).await;
        g.open(branch, "C1").await;
        g.ask(branch).await;
        assert_eq!((g.said(branch).await, g.todo(&secretary).await), (vec![], vec!["todo-problems".to_owned()]));
        let refused = g.confirm(&secretary, branch).await;
        assert_eq!(
            (refused.status, refused.body.contains("还有 1 个问题，不能确认无问题")),
            (StatusCode::CONFLICT, true),
            "{}",
            refused.body
        );
        assert_eq!(g.events().await, 0);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_found_later_overtakes_what_was_confirmed_and_erases_nothing() {
    on_both(&[], async |db| {
        let g = Ground::new(db).await;
        let (said, silent) = (g.branch("A-1").await, g.branch("A-2").await);
        let (first, second) = (g.app.person("secretary", Some(said)).await, g.app.person("secretary", Some(silent)).await);
        g.ask(said).await;
        g.ask(silent).await;
        g.confirm(&first, said).await;
        g.open(said, "C1").await;
        g.open(silent, "C1").await;
        assert_eq!((g.said(said).await, g.said(silent).await), (vec![State::Overtaken], vec![State::Dropped]));
        assert_eq!(g.todo(&second).await, ["todo-problems"], "the question is gone");
        let page = g.app.get(&first, &format!("/orgs/{said}/confirmations")).await.body;
        assert!(page.contains("已失效") && page.contains("这次确认不再有效") && page.contains("某人"), "{page}");
        assert_eq!(g.confirm(&first, said).await.status, StatusCode::CONFLICT);
        g.figures_are_a_recount(g.cycle).await;
        assert!(g.withdraw(said, "C1", "复检恢复").await);
        g.ask(said).await;
        assert_eq!(g.said(said).await, [State::Waiting, State::Overtaken], "asked again, beside the first");
        assert_eq!(g.confirm(&first, said).await.status, StatusCode::SEE_OTHER);
        assert_eq!(g.said(said).await, [State::Confirmed, State::Overtaken]);
        g.figures_are_a_recount(g.cycle).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_came_from_an_earlier_year_does_not_hinder_this_years_confirmation() {
    on_both(&[], async |db| {
        let mut g = Ground::new(db).await;
        let branch = g.branch("A-1").await;
        let secretary = g.app.person("secretary", Some(branch)).await;
        g.open(branch, "C1").await;
        let next = kernel::CycleId::new();
        assert_eq!(g.carry(branch, next, 2027).await, 1);
        g.cycle = next;
        g.ask(branch).await;
        assert_eq!(g.confirm(&secretary, branch).await.status, StatusCode::SEE_OTHER);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn only_the_branch_s_own_secretary_confirms_and_everybody_counts_within_reach() {
    on_both(&[], async |db| {
        let g = Ground::new(db).await;
        let (one, two, far) = (g.branch("A-1").await, g.branch("A-2").await, g.branch("B-1").await);
        for branch in [one, two, far] {
            g.ask(branch).await;
        }
        let secretary = g.app.person("secretary", Some(one)).await;
        let (deputy, committee) = (g.app.person("deputy", Some(g.unit)).await, g.app.person("committee", Some(g.root)).await);
        for (who, branch, status) in [
            (&deputy, one, StatusCode::FORBIDDEN),
            (&committee, one, StatusCode::FORBIDDEN),
            (&secretary, two, StatusCode::NOT_FOUND),
            (&secretary, far, StatusCode::NOT_FOUND),
            (&deputy, far, StatusCode::NOT_FOUND),
            (&secretary, one, StatusCode::SEE_OTHER),
        ] {
            assert_eq!(g.confirm(who, branch).await.status, status, "{branch}");
        }
        let waiting = async |who| {
            let json = g.app.api(who, Method::GET, "/api/v1/confirmations", None).await.body;
            let json: serde_json::Value = serde_json::from_str(&json).unwrap();
            json["confirmations"].as_array().unwrap().iter().map(|c| c["org_name"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(
            (waiting(&deputy).await, waiting(&committee).await),
            (vec!["A-2支部".to_owned()], vec!["A-2支部".into(), "B-1支部".into()])
        );
        let list = g.app.get(&deputy, &format!("/confirmations?f=confirmed&cycle={}", g.cycle)).await.body;
        assert!(list.contains("A-1支部") && !list.contains("A-2支部"), "{list}");
        let chips = g.app.get(&committee, "/problems").await.body;
        assert!(chips.contains("无问题待确认 2") && chips.contains("无问题已确认 1"), "{chips}");
        let other = g.app.person("secretary", Some(two)).await;
        let said = serde_json::json!({ "board": g.cycle.to_string() });
        let done = g.app.api(&other, Method::POST, &format!("/api/v1/orgs/{two}/confirmations"), Some(said)).await;
        assert_eq!((done.status, done.body.contains("\"state\":\"confirmed\"")), (StatusCode::OK, true), "{}", done.body);
    })
    .await;
}

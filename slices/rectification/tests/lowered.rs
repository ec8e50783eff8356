//! A closed problem and what a later layer says of the same indicator.
#![allow(clippy::restriction, reason = "in a test, what is missing is a failure")]
mod ground;

use access::System;
use audit::Event;
use ground::{Ground, calendar};
use kernel::{OrgId, Points, ProblemId};
use rectification::{By, NewProblem, State};
use testkit::on_both;
use web::StatusCode;

impl Ground {
    /// A layer finds that `lost` hundredths are lost at C1.
    async fn found(&self, branch: OrgId, lost: i64, text: &str) -> ProblemId {
        let by = System::command("test");
        let (board, text, who) = (self.cycle.to_string(), text.to_owned(), By::system(&by, self.today()));
        let found = audit::change(&self.app.db, &by, async move |tx| {
            let new = NewProblem {
                org: branch,
                org_code: "A-1".into(),
                path: tree::node(tx, branch).await?.path,
                year: 2026,
                board: board.clone(),
                source: "source-recheck",
                href: String::new(),
                item: "C1".into(),
                title: "指标C1".into(),
                text: text.clone(),
                lost: Points::hundredths(lost),
                workdays: 10,
            };
            let id = rectification::open(tx, &new, &calendar(), &who).await?;
            Ok((id, Event::new("sheet.submit", "sheet:1")))
        });
        found.await.unwrap()
    }
    async fn told(&self, to: String) -> Vec<String> {
        let sql = "SELECT key FROM notice WHERE addressee = $1";
        self.app.db.read(async move |tx| tx.all(sql, &db::params![&to]).await).await.unwrap()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_closed_problem_opens_again_only_if_more_is_lost_than_when_it_was_closed() {
    // Lost when it was closed, lost now, whether it opens again.
    for (before, now, opens) in [(50, 50, false), (50, 49, false), (50, 51, true), (100, 400, true), (400, 1, false)] {
        on_both(&[], async |db| {
            let g = Ground::new(db).await;
            let branch = g.branch("A-1").await;
            let (secretary, deputy) = (g.app.person("secretary", Some(branch)).await, g.app.person("deputy", Some(g.unit)).await);
            let id = g.found(branch, before, "缺一次记录").await;
            for (who, step, field) in
                [(&secretary, "work", ("x", "")), (&secretary, "closure", ("closing", "已补开")), (&deputy, "verification", ("reason", ""))]
            {
                let done = g.app.post(who, &format!("/problems/{id}/{step}"), &[field]).await;
                assert_eq!(done.status, StatusCode::SEE_OTHER, "{step}: {}", done.body);
            }
            assert_eq!((g.one(id).await.state, g.todo(&secretary).await), (State::Closed, vec![]));
            g.app.clock.set(g.today().plus_days(40));
            assert_eq!(g.found(branch, now, "又缺两次记录").await, id, "it is the same problem");
            let (p, told) = (g.one(id).await, g.told(format!("secretary@{branch}")).await);
            let page = g.app.get(&secretary, &format!("/problems/{id}")).await.body;
            if opens {
                assert_eq!((p.state, p.text.as_str(), p.lost), (State::Doing, "又缺两次记录", Points::hundredths(now)));
                assert_eq!((p.closer, p.due > g.today()), (None, true), "a new clock, nobody has submitted it");
                assert!(page.contains("扣分加重，重新打开") && page.contains("又缺两次记录"), "{page}");
                assert_eq!((g.todo(&secretary).await, told), (vec!["todo-problems".to_owned()], vec!["notice-problem-lowered".to_owned()]));
            } else {
                assert_eq!((p.state, p.text.as_str(), p.lost), (State::Closed, "缺一次记录", Points::hundredths(before)));
                assert_eq!((g.todo(&secretary).await, told), (vec![], vec![]));
            }
            g.figures_are_a_recount(g.cycle).await;
        })
        .await;
    }
}

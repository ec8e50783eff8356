//! Somebody who holds a role at three branches of seven: sheets, their counts, reminders and results show exactly the
//! three, page by page.
use crate::stand::{Stand, opened, stand, today};
use access::Reach;
use assessment::cycle::phase::Phase;
use assessment::cycle::store as cycles;
use assessment::ledger::store as ledger;
use assessment::result::store as results;
use assessment::sheet::State;
use assessment::sheet::listing::{self as sheets, Listing};
use audit::Event;
use axum::http::Method;
use kernel::{CycleId, Instant, OrgId, OrgPath};
use scoring::Layer;
use testkit::{Person, on_both};
use web::StatusCode;

const OWN: [&str; 3] = ["B1", "B3", "B6"];
const FOREIGN: [&str; 4] = ["B2", "B4", "B5", "B7"];

fn codes() -> Vec<String> {
    (1..=7).map(|n| format!("B{n}")).collect()
}

impl Stand {
    async fn org(&self, code: &str) -> OrgId {
        let code = code.to_owned();
        self.app.db.read(async move |tx| organisations::by_code(tx, &code).await).await.unwrap().unwrap().id
    }
    async fn path(&self, code: &str) -> OrgPath {
        tree::path(&self.app.db, self.org(code).await).await.unwrap().unwrap()
    }
    async fn reach(&self) -> Reach {
        let mut tops = Vec::new();
        for code in OWN {
            tops.push(Some(self.path(code).await));
        }
        Reach::of(tops)
    }
    /// Somebody who holds the role at each.
    async fn holder(&self, role: &str, codes: &[&str]) -> Person {
        let person = self.app.person(role, Some(self.org(codes[0]).await)).await;
        for code in &codes[1..] {
            self.app.also(&person, role, self.org(code).await).await;
        }
        person
    }
    async fn move_on(&self, to: Phase) {
        let (id, at) = (self.cycle, Instant::now());
        audit::change(&self.app.db, &crate::stand::system(), async move |tx| {
            let cycle = cycles::any(tx, id).await?;
            cycles::set_phase(tx, &cycle, to, &cycles::Step { day: today(), at, by: "test", reason: "" }).await?;
            Ok(((), Event::new("cycle.move", format!("cycle:{id}"))))
        })
        .await
        .unwrap();
    }
    async fn body(&self, who: &Person, path: &str) -> String {
        let answer = self.app.get(who, path).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.body);
        answer.body
    }
}

/// Which of the branches a page names.
fn named(body: &str) -> Vec<String> {
    codes().into_iter().filter(|code| body.contains(&format!("支部{code}"))).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn sheets_of_three_branches_of_seven_come_page_by_page_and_none_twice() {
    on_both(&[], async |db| {
        let s = stand(db, &codes()).await;
        let (cycle, reach) = (s.cycle, s.reach().await);
        let asked = [None, Some(State::Untouched)].into_iter().flat_map(|state| [1, 2, 3, 50].map(|limit| (state, limit)));
        for (state, limit) in asked {
            let (mut seen, mut after) = (Vec::new(), None);
            loop {
                let (reach, layer) = (reach.clone(), Layer::SelfAssessment);
                let l = Listing { cycle, layer, state, category: None, grade: None, star: None, reach, after: after.take(), limit };
                let rows = s.app.db.read(async move |tx| sheets::list(tx, &l).await).await.unwrap();
                assert!(rows.len() as i64 <= limit);
                let Some(last) = rows.last() else { break };
                after = Some(last.code.clone());
                seen.extend(rows.into_iter().map(|r| r.code));
            }
            assert_eq!(seen, OWN, "{limit} at a time, {state:?}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_counts_reports_and_reminders_of_a_cycle_reach_all_the_posts_and_no_more() {
    on_both(&[], async |db| {
        let s = stand(db, &codes()).await;
        s.move_on(Phase::SelfAssessment).await;
        while figures::fold(&s.app.db).await.unwrap() > 0 {}
        let (committee, at) = (s.holder("committee", &OWN).await, format!("/assess/{}", s.cycle));
        for path in ["/sheets", "/sheets?layer=self&state=untouched", "/report", "/review"] {
            assert_eq!(named(&s.body(&committee, &format!("{at}{path}")).await), OWN, "{path}");
        }
        let api = s.app.api(&committee, Method::GET, &format!("/api/v1/cycles/{}/sheets", s.cycle), None).await.body;
        assert_eq!(named(&api), OWN);
        for page in ["", "/sheets"] {
            let body = s.body(&committee, &format!("{at}{page}")).await;
            let untouched = body.split("state=untouched").nth(1).unwrap();
            assert!(untouched.split("</a>").next().unwrap().contains('3'), "{page}: three are counted: {untouched}");
        }
        // One place is asked for by its address: a reader's own leads to it, another one is missing.
        for (code, status) in [("B3", StatusCode::OK), ("B4", StatusCode::NOT_FOUND)] {
            let under = format!("{at}/sheets?under={}", s.path(code).await);
            let answer = s.app.get(&committee, &under).await;
            assert_eq!(answer.status, status, "{under}");
            assert_eq!(named(&answer.body).contains(&code.to_owned()), status == StatusCode::OK);
            assert!(!named(&answer.body).contains(&"B1".to_owned()));
        }
        // Secretaries of the three are reminded, each once; the others are not.
        let secretary = s.holder("secretary", &OWN).await;
        let pressed = s.app.post(&committee, &format!("{at}/reminders"), &[]).await;
        assert_eq!(pressed.status, StatusCode::SEE_OTHER, "{}", pressed.body);
        let sql = "SELECT addressee FROM notice WHERE key = 'notice-remind'";
        let told: Vec<String> = s.app.db.lookup(sql, &[]).await.unwrap();
        for (codes, times) in [(&OWN[..], 1), (&FOREIGN[..], 0)] {
            for code in codes {
                let org = s.org(code).await.to_string();
                assert_eq!(told.iter().filter(|to| to.contains(&org)).count(), times, "{code}");
            }
        }
        // Each of the own branches' sheets is one press away.
        let list = s.body(&secretary, "/assess").await;
        for (codes, linked) in [(&OWN[..], true), (&FOREIGN[..], false)] {
            for code in codes {
                assert_eq!(list.contains(&format!("/sheets/{}", s.sheet(code).await)), linked, "{code}");
            }
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn results_of_three_branches_of_seven_are_listed_counted_and_exported_in_the_order_that_is_asked_for() {
    on_both(&[], async |db| {
        let s = stand(db, &codes()).await;
        let csv = codes().iter().enumerate().map(|(n, code)| format!("{code},好,,{}\n", 7 - n)).collect::<String>();
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("2024.csv");
        std::fs::write(&path, format!("branch_code,grade,change,rank\n{}", csv.replace(",好,,", ",好,up,"))).unwrap();
        let take = organisations::import::Take::new(path, "2024.csv", tabular::Reader::Here, today());
        assessment::ledger::import_ledger(&s.app.db, &crate::stand::system(), &take, 2024).await.unwrap();
        s.publish(s.cycle).await;
        s.finalise(s.cycle).await.unwrap();
        let (cycle, reach) = (s.cycle, s.reach().await);
        let all: Vec<_> = s.app.db.read(async move |tx| results::page(tx, cycle, 1, 0, 50).await).await.unwrap();
        assert_eq!(all.len(), 7);
        let ranked: Vec<String> = all.iter().map(|l| l.code.clone()).filter(|code| OWN.contains(&code.as_str())).collect();
        let coded: Vec<String> = OWN.iter().map(|code| (*code).to_owned()).collect();
        for (limit, by_rank, expected) in [1, 2, 3, 50].into_iter().flat_map(|n| [(n, true, &ranked), (n, false, &coded)]) {
            let (mut seen, mut behind) = (Vec::new(), ledger::Behind::new(by_rank, ""));
            loop {
                let (reach, from) = (reach.clone(), behind.clone());
                let rows = s
                    .app
                    .db
                    .read(async move |tx| ledger::page(tx, &ledger::Filter::all(cycle, 1, reach.clone()), &from, limit).await)
                    .await
                    .unwrap();
                let Some(last) = rows.last() else { break };
                behind = behind.then(last);
                seen.extend(rows.into_iter().map(|l| l.code));
            }
            assert_eq!(seen, *expected, "{limit} at a time, by rank: {by_rank}");
        }
        let deputy = s.holder("deputy", &OWN).await;
        for path in ["/ledger", "/ledger/years/2024"] {
            assert_eq!(named(&s.body(&deputy, path).await), OWN, "{path}");
        }
        let file = s.body(&deputy, &format!("/ledger/file?cycle={cycle}&format=csv")).await;
        let lines = |code: &&str| file.lines().filter(|l| l.contains(&format!("支部{code}"))).count();
        assert_eq!((OWN.iter().map(lines).collect::<Vec<_>>(), FOREIGN.iter().map(lines).sum::<usize>()), (vec![1, 1, 1], 0));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_branch_that_moves_between_one_s_posts_is_listed_once_and_one_that_moves_in_or_out_is_or_is_not() {
    on_both(&[], async |db| {
        let s = stand(db, &["X0".to_owned()]).await;
        let founder = s.app.person("committee", None).await;
        let org = async |code: &str, kind: &str, parent: &str| {
            let fields = [("code", code), ("name", code), ("type", kind), ("category", "机关"), ("parent_code", parent)];
            assert_eq!(s.app.post(&founder, "/orgs", &fields).await.status, StatusCode::SEE_OTHER);
        };
        for unit in ["UA", "UB", "UC"] {
            org(unit, "621", "21").await;
        }
        for (code, unit) in [("stays", "UA"), ("between", "UA"), ("leaves", "UB"), ("comes", "UC"), ("foreign", "UC")] {
            org(code, "631", unit).await;
        }
        let cycle: CycleId = opened(&s.app, s.root, 2027).await;
        let deputy = s.holder("deputy", &["UA", "UB"]).await;
        for (code, unit) in [("between", "UB"), ("leaves", "UC"), ("comes", "UA")] {
            let fields = [("parent_code", unit), ("day", testkit::TestApp::TODAY)];
            let moved = s.app.post(&founder, &format!("/orgs/{}/place", s.org(code).await), &fields).await;
            assert_eq!(moved.status, StatusCode::SEE_OTHER, "{}", moved.body);
        }
        let api = s.app.api(&deputy, Method::GET, &format!("/api/v1/cycles/{cycle}/sheets"), None).await.body;
        let json: serde_json::Value = serde_json::from_str(&api).unwrap();
        let mut seen: Vec<&str> = json["sheets"].as_array().unwrap().iter().map(|x| x["branch_code"].as_str().unwrap()).collect();
        seen.sort_unstable();
        assert_eq!(seen, ["between", "comes", "stays"]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_secretary_of_several_branches_sets_the_target_of_each_and_of_no_other() {
    on_both(&[], async |db| {
        let s = stand(db, &codes()).await;
        let secretary = s.holder("secretary", &OWN).await;
        let here = async |code: &str| format!("/ledger?branch={}", s.org(code).await);
        let first = s.body(&secretary, "/ledger").await;
        for (codes, linked) in [(&OWN[..], true), (&FOREIGN[..], false)] {
            for code in codes {
                assert_eq!(first.contains(&format!("branch={}", s.org(code).await)), linked, "{code}");
            }
        }
        for (code, measures) in [("B1", "补开主题党日"), ("B6", "补齐会议记录")] {
            let org = s.org(code).await.to_string();
            let set = s.app.post(&secretary, "/ledger/targets", &[("branch", &org), ("grade", "好"), ("measures", measures)]).await;
            assert_eq!((set.status, set.location), (StatusCode::SEE_OTHER, here(code).await), "{}", set.body);
        }
        for (code, shown) in [("B1", [true, false]), ("B3", [false, false]), ("B6", [false, true])] {
            let body = s.body(&secretary, &here(code).await).await;
            assert_eq!(["补开主题党日", "补齐会议记录"].map(|text| body.contains(text)), shown, "{code}");
        }
        let long = "长".repeat(501);
        let third = s.org("B3").await.to_string();
        let refused = s.app.post(&secretary, "/ledger/targets", &[("branch", &third), ("grade", "好"), ("measures", &long)]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.body.contains(&format!("name=\"branch\" value=\"{third}\"")), "what was typed stays with its branch");
        let foreign = s.org("B4").await.to_string();
        let fields = [("branch", foreign.as_str()), ("grade", "好"), ("measures", "x")];
        assert_eq!(s.app.post(&secretary, "/ledger/targets", &fields).await.status, StatusCode::NOT_FOUND);
        assert_eq!(s.app.get(&secretary, &here("B4").await).await.status, StatusCode::NOT_FOUND);
    })
    .await;
}

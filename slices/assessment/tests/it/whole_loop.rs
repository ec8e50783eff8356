//! The loop of a year through the whole router, on both engines: opened, assessed, accepted, drawn, re-checked, made
//! public, final, in the ledger; every lost point a problem, put right and verified by somebody else.
use crate::onward::onward;
use kernel::{CycleId, OrgId, SheetId};
use std::collections::BTreeMap;
use testkit::{Person, TestApp, on_both};
use web::{Shared, StatusCode};

struct Province {
    app: TestApp,
    committee: Person,
    reviewer: Person,
    deputy: Person,
    inspector: Person,
    login: String,
    branches: Vec<(OrgId, Person)>,
}

async fn province(db: db::Db) -> Province {
    let suppliers =
        facts::Suppliers::new(vec![Box::new(members::Register), Box::new(rectification::Closed), Box::new(assessment::result::History)]);
    let calendar = calendar::Calendar::parse(include_str!("../../../../content/calendars/holidays.csv")).unwrap();
    let slices = vec![organisations::slice(), members::slice(), standards::slice(), rectification::slice(), assessment::slice()];
    let app = TestApp::new(db, slices, &[], Shared::default().with(suppliers).with(calendar)).await;
    standards::seed(&app.db).await.unwrap();
    let founder = app.person("committee", None).await;
    let org = async |code: &str, kind: &str, parent: &str| {
        let fields = [("code", code), ("name", code), ("type", kind), ("category", "机关"), ("parent_code", parent)];
        let answer = app.post(&founder, "/orgs", &fields).await;
        OrgId::parse(answer.location.rsplit('/').next().unwrap()).unwrap()
    };
    let root = org("21", "611", "").await;
    let unit = org("21-1", "611", "21").await;
    let mut branches = Vec::new();
    for code in ["21-1-1", "21-1-2"] {
        let id = org(code, "631", "21-1").await;
        branches.push((id, app.person("secretary", Some(id)).await));
    }
    let (committee, reviewer) = (app.person("committee", Some(root)).await, app.person("reviewer", Some(root)).await);
    let (deputy, inspector) = (app.person("deputy", Some(unit)).await, app.person("inspector", Some(root)).await);
    let login = inspector.account.to_string();
    Province { app, committee, reviewer, deputy, inspector, login, branches }
}

impl Province {
    async fn done(&self, who: &Person, path: &str, fields: &[(&str, &str)]) -> String {
        let answer = self.app.post(who, path, fields).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{path}: {}", answer.body);
        answer.location
    }
    async fn advance(&self, cycle: CycleId) {
        let moved = onward(&self.app, &self.committee, cycle, "测试").await;
        assert_eq!(moved.status, StatusCode::SEE_OTHER, "{}", moved.body);
    }
    async fn sheet(&self, cycle: CycleId, org: OrgId) -> SheetId {
        self.app.db.read(async move |tx| assessment::sheet::store::of_org(tx, cycle, org).await).await.unwrap().unwrap().id
    }
    /// Fills every indicator with full marks save those named, and submits.
    async fn score(&self, who: &Person, sheet: SheetId, layer: &str, less: &[(&str, &str, &str)]) {
        let id = standards::schemes::newest(&self.app.db, "LN-JG-27").await.unwrap();
        let scheme = standards::scheme(&self.app.db, id).await.unwrap();
        let mut fields: BTreeMap<String, String> =
            scheme.indicators.iter().map(|i| (format!("s-{}", i.code), i.points.to_string())).collect();
        for (code, points, reason) in less {
            fields.insert(format!("s-{code}"), (*points).into());
            fields.insert(format!("r-{code}"), (*reason).into());
        }
        fields.insert("do".into(), "submit".into());
        let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        self.done(who, &format!("/sheets/{sheet}/{layer}"), &fields).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_year_runs_from_opening_to_the_ledger() {
    on_both(&[], async |db| {
        let p = province(db).await;
        let scheme = standards::schemes::newest(&p.app.db, "LN-JG-27").await.unwrap().to_string();
        let opened =
            p.done(&p.committee, "/assess", &[("scheme", &scheme), ("year", "2026"), ("root", "21"), ("self_until", "2026-06-30")]).await;
        let cycle = CycleId::parse(opened.rsplit('/').next().unwrap()).unwrap();
        p.advance(cycle).await;
        let (first, second) = (p.sheet(cycle, p.branches[0].0).await, p.sheet(cycle, p.branches[1].0).await);
        assert_eq!(
            inbox::count(&p.app.db, &caller(&p, &p.branches[0].1).await).await.unwrap(),
            1,
            "the secretary has the self-assessment to do"
        );
        p.score(&p.branches[0].1, first, "self", &[]).await;
        p.score(&p.branches[1].1, second, "self", &[]).await;
        assert_eq!(inbox::count(&p.app.db, &caller(&p, &p.branches[0].1).await).await.unwrap(), 0, "and it is gone once submitted");
        p.done(&p.committee, &format!("/assess/{cycle}/teams"), &[("layer", "acceptance"), ("name", "第一组"), ("inspectors", &p.login)])
            .await;
        p.done(&p.committee, &format!("/assess/{cycle}/teams"), &[("layer", "recheck"), ("name", "复检组"), ("inspectors", &p.login)])
            .await;
        let teams = p.app.db.read(async move |tx| assessment::inspection::store::teams(tx, cycle).await).await.unwrap();
        let team = |layer: &str| teams.iter().find(|t| t.layer == layer).unwrap().id.to_string();
        p.done(
            &p.committee,
            &format!("/assess/{cycle}/assignments"),
            &[("team", &team("acceptance")), ("layer", "acceptance"), ("branches", "21-1-1 21-1-2")],
        )
        .await;
        p.advance(cycle).await;
        p.score(&p.inspector, first, "acceptance", &[("C1", "3.75", "缺会议记录"), ("D2", "4.7", "材料不完整")]).await;
        p.score(&p.inspector, second, "acceptance", &[]).await;
        let board = p.app.get(&p.branches[0].1, "/problems").await.body;
        assert!(board.contains("支部党员大会") && board.contains("主题党日"), "each deduction is a problem: {board}");
        p.advance(cycle).await;
        let drawn = p.done(&p.committee, &format!("/assess/{cycle}/draws"), &[("team", &team("recheck"))]).await;
        assert_eq!(p.app.post(&p.committee, &format!("{drawn}/number"), &[("number", "7")]).await.status, StatusCode::FORBIDDEN);
        p.done(&p.reviewer, &format!("{drawn}/number"), &[("number", "7")]).await;
        let record = p.app.get(&p.inspector, &drawn).await.body;
        assert!(record.contains("结果一致"), "anybody under the root may run it again");
        let tasks = p
            .app
            .db
            .read({
                let a = p.inspector.account;
                async move |tx| assessment::inspection::store::tasks(tx, a, &assessment::inspection::store::Behind::nothing(), 10).await
            })
            .await
            .unwrap();
        let rechecked = tasks.iter().find(|t| t.layer == "recheck").unwrap().sheet;
        p.score(&p.inspector, rechecked, "recheck", &[]).await;
        if rechecked == first {
            assert!(!p.app.get(&p.branches[0].1, "/problems").await.body.contains("支部党员大会"), "restored points withdraw the problem");
        }
        p.advance(cycle).await;
        p.advance(cycle).await;
        let early = p.app.post(&p.committee, &format!("/assess/{cycle}/final"), &[("reason", "")]).await;
        assert_eq!(early.status, StatusCode::CONFLICT, "publicity is still running");
        p.app.clock.set(p.app.clock.today().plus_days(30));
        p.done(&p.committee, &format!("/assess/{cycle}/final"), &[("reason", "公示期满")]).await;
        assert_eq!(inbox::count(&p.app.db, &caller(&p, &p.reviewer).await).await.unwrap(), 1, "the reviewer decides");
        p.done(&p.reviewer, &format!("/assess/{cycle}/final/decision"), &[("no", "1"), ("do", "approve")]).await;
        assert_eq!(inbox::count(&p.app.db, &caller(&p, &p.reviewer).await).await.unwrap(), 0);
        let ledger = p.app.get(&p.deputy, "/ledger").await.body;
        assert!(ledger.contains("21-1-1") && ledger.contains("21-1-2"), "{ledger}");
        let csv = p.app.get(&p.committee, &format!("/ledger/file?cycle={cycle}&format=csv")).await.body;
        assert!(
            csv.trim_start_matches('\u{feff}')
                .starts_with("branch_code,branch_name,total,grade,star,rank,previous_grade,change,A,B,C,D,E,F,A1"),
            "{csv}"
        );
        assert_eq!(assessment::result::replay(&p.app.db, cycle, 1).await.unwrap().len(), 0, "every cell follows from the frozen inputs");
        let org = p.branches[1].0;
        let last = p.app.db.read(async move |tx| assessment::result::store::of_org(tx, cycle, 1, org).await).await.unwrap().unwrap();
        assert_eq!((last.grade.as_str(), last.total.map(|t| t.to_string())), ("好", Some("100".into())));
        assert!(audit::verify(&p.app.db).await.unwrap().is_ok());
    })
    .await;
}

async fn caller(p: &Province, who: &Person) -> access::Caller {
    let mut headers = axum::http::HeaderMap::new();
    headers.insert("cookie", who.cookie().parse().unwrap());
    p.app.app.gate().caller(&headers).await.unwrap()
}

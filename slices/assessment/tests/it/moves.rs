//! A branch that moves keeps its place in a cycle's figures. Who may see it goes by where it stands today, in the ledger as
//! in every list, and the numbers beside a list are those of its rows. Through the router, on both engines.
use crate::stand::{Stand, opened, stand, system, today};
use assessment::cycle::phase::Phase;
use assessment::cycle::store as cycles;
use assessment::inspection::store::{Assignment, assign, insert_team};
use assessment::ledger::store::{Filter, changes};
use audit::Event;
use axum::http::Method;
use kernel::{CycleId, Instant, OrgId, OrgPath, TeamId};
use scoring::Layer;
use testkit::{Person, on_both};
use web::StatusCode;

/// The last one moves from the first unit to the second.
const BRANCHES: [(&str, &str); 4] = [("AA-1", "UA"), ("AA-2", "UA"), ("BB-1", "UB"), ("GO-1", "UA")];

struct Moving {
    s: Stand,
    cycle: CycleId,
    founder: Person,
    committee: Person,
    /// Of the unit it leaves, and of the one it comes to.
    old: Person,
    new: Person,
}

async fn moving(db: db::Db) -> Moving {
    let s = stand(db, &["X0".to_owned()]).await;
    let founder = s.app.person("committee", None).await;
    let org = async |code: &str, kind: &str, parent: &str| {
        let fields = [("code", code), ("name", code), ("type", kind), ("category", "机关"), ("parent_code", parent)];
        let made = s.app.post(&founder, "/orgs", &fields).await;
        assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.body);
        OrgId::parse(made.location.rsplit('/').next().unwrap()).unwrap()
    };
    let (a, b) = (org("UA", "621", "21").await, org("UB", "621", "21").await);
    for (code, unit) in BRANCHES {
        org(code, "631", unit).await;
    }
    let cycle = opened(&s.app, s.root, 2027).await;
    let (old, new) = (s.app.person("deputy", Some(a)).await, s.app.person("deputy", Some(b)).await);
    let committee = s.app.person("committee", Some(s.root)).await;
    Moving { s, cycle, founder, committee, old, new }
}

fn named(body: &str) -> Vec<&'static str> {
    BRANCHES.into_iter().map(|(code, _)| code).filter(|code| body.contains(code)).collect()
}

impl Moving {
    async fn path(&self, code: &str) -> OrgPath {
        let code = code.to_owned();
        let org = self.s.app.db.read(async move |tx| organisations::by_code(tx, &code).await).await.unwrap().unwrap().id;
        tree::path(&self.s.app.db, org).await.unwrap().unwrap()
    }
    async fn go(&self) {
        let code = "GO-1".to_owned();
        let org = self.s.app.db.read(async move |tx| organisations::by_code(tx, &code).await).await.unwrap().unwrap().id;
        let fields = [("parent_code", "UB"), ("day", testkit::TestApp::TODAY)];
        let moved = self.s.app.post(&self.founder, &format!("/orgs/{org}/place"), &fields).await;
        assert_eq!(moved.status, StatusCode::SEE_OTHER, "{}", moved.body);
    }
    async fn body(&self, who: &Person, path: &str) -> String {
        let answer = self.s.app.get(who, path).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.body);
        answer.body
    }
    /// What the ledger's file for Excel names.
    async fn in_xlsx(&self, who: &Person) -> Vec<&'static str> {
        let answer = self.s.app.get(who, &format!("/ledger/file?cycle={}&format=xlsx", self.cycle)).await;
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("l.xlsx");
        std::fs::write(&path, &answer.bytes).unwrap();
        assert!(
            heads(&path).await.starts_with(&["组织代码", "支部", "得分", "等次", "星级", "上年等次"].map(String::from)),
            "words of the page"
        );
        let mut rows = tabular::read(&path, &tabular::Reader::Here, tabular::Limits::default()).await.unwrap();
        let mut text = String::new();
        while let Some(row) = rows.next().await.unwrap() {
            text.push_str(&format!("{row:?}"));
        }
        named(&text)
    }
    /// How many the ledger says moved or stayed.
    async fn counted(&self, top: Option<OrgPath>) -> i64 {
        let filter = Filter::all(self.cycle, 1, access::Reach::of([top]));
        self.s.app.db.read(async move |tx| changes(tx, &filter).await).await.unwrap().iter().map(|(_, n)| n).sum()
    }
}

async fn heads(path: &std::path::Path) -> Vec<String> {
    let mut rows = tabular::read(path, &tabular::Reader::Here, tabular::Limits::default()).await.unwrap();
    rows.next().await.unwrap().unwrap().cells
}

#[tokio::test(flavor = "multi_thread")]
async fn the_ledger_is_seen_by_whoever_the_branch_stands_under_today() {
    on_both(&[], async |db| {
        let m = moving(db).await;
        let facts = BRANCHES.map(|(code, _)| format!("{code},history.grade,差,\n")).concat();
        assert!(m.s.facts(m.cycle, &format!("branch_code,key,value,source\n{facts}")).await.unwrap().accepted());
        m.s.publish(m.cycle).await;
        m.s.finalise(m.cycle).await.unwrap();
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("2024.csv");
        let rows: String = BRANCHES.iter().enumerate().map(|(n, (code, _))| format!("{code},好,same,{}\n", n + 1)).collect();
        std::fs::write(&path, format!("branch_code,grade,change,rank\n{rows}")).unwrap();
        let take = organisations::import::Take::new(path, "2024.csv", tabular::Reader::Here, today());
        assessment::ledger::import_ledger(&m.s.app.db, &system(), &take, 2024).await.unwrap();
        let (a, b, root) = (m.path("UA").await, m.path("UB").await, m.path("21").await);
        for moved in [false, true] {
            if moved {
                m.go().await;
            }
            let (of_old, of_new): (&[&str], &[&str]) =
                if moved { (&["AA-1", "AA-2"], &["BB-1", "GO-1"]) } else { (&["AA-1", "AA-2", "GO-1"], &["BB-1"]) };
            for (who, expected, top) in [
                (&m.old, of_old, Some(&a)),
                (&m.new, of_new, Some(&b)),
                (&m.committee, &BRANCHES.map(|b| b.0)[..], Some(&root)),
                (&m.founder, &BRANCHES.map(|b| b.0)[..], None),
            ] {
                for path in [
                    format!("/ledger?cycle={}", m.cycle),
                    format!("/ledger/file?cycle={}&format=csv", m.cycle),
                    "/ledger/years/2024".to_owned(),
                ] {
                    assert_eq!(named(&m.body(who, &path).await), expected, "{path}, moved: {moved}");
                }
                assert_eq!(m.in_xlsx(who).await, expected, "moved: {moved}");
                assert_eq!(m.counted(top.cloned()).await, expected.len() as i64, "moved: {moved}");
            }
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_numbers_beside_a_list_are_those_of_its_rows_wherever_a_branch_has_moved() {
    on_both(&[], async |db| {
        let m = moving(db).await;
        let (a, b) = (m.path("UA").await, m.path("UB").await);
        m.go().await;
        while figures::fold(&m.s.app.db).await.unwrap() > 0 {}
        let list = format!("/assess/{}/sheets", m.cycle);
        for (who, expected) in [(&m.old, ["AA-1", "AA-2"]), (&m.new, ["BB-1", "GO-1"])] {
            let body = m.body(who, &list).await;
            assert_eq!(named(&body), expected);
            assert!(body.contains("全部 2<") && body.contains("未开始 2<"), "{body}");
            let api = m.s.app.api(who, Method::GET, &format!("/api/v1/cycles/{}/sheets", m.cycle), None).await.body;
            assert_eq!(named(&api), expected);
            let cycle = m.body(who, &format!("/assess/{}", m.cycle)).await;
            let figure = cycle.split("state=untouched").nth(1).unwrap().split("</a>").next().unwrap();
            assert!(figure.contains(">2<"), "{figure}");
        }
        // A figure of the overview counts where branches stood; its list says whom the reader does not see any more.
        let body = m.body(&m.old, &format!("{list}?under={a}")).await;
        assert_eq!(named(&body), ["AA-1", "AA-2"]);
        assert!(body.contains("有 1 个已转到您的范围以外") && body.contains("全部 2<"), "{body}");
        let whole = m.body(&m.committee, &format!("{list}?under={a}")).await;
        assert_eq!(named(&whole), ["AA-1", "AA-2", "GO-1"], "whoever sees both units sees the figure's rows");
        assert!(whole.contains("全部 3<") && !whole.contains("已转到您的范围以外") && whole.contains("&#38;under="), "{whole}");
        assert!(whole.contains("只看“UA”"), "which place is said: {whole}");
        let both = m.body(&m.committee, &format!("{list}?under={a},{b}")).await;
        assert!(named(&both).len() == 4 && !both.contains("X0") && both.contains("全部 4<"), "several places together: {both}");
        let foreign = m.s.app.get(&m.old, &format!("{list}?under={a},{b}")).await;
        assert_eq!(foreign.status, StatusCode::NOT_FOUND, "each must be within reach");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_drawn_branch_that_moves_is_in_the_recheck_s_list_of_its_new_unit() {
    on_both(&[], async |db| {
        let m = moving(db).await;
        let (sheet, other) = (m.s.sheet_in(m.cycle, "GO-1").await, m.s.sheet_in(m.cycle, "AA-1").await);
        let inspector = m.s.app.person("inspector", Some(m.s.root)).await;
        let (team, cycle, account, at) = (TeamId::new(), m.cycle, inspector.account, Instant::now());
        audit::change(&m.s.app.db, &system(), async move |tx| {
            let now = cycles::any(tx, cycle).await?;
            cycles::set_phase(tx, &now, Phase::Recheck, &cycles::Step { day: today(), at, by: "test", reason: "" }).await?;
            insert_team(tx, team, cycle, Layer::Recheck, "复检组", &[(account, "某人".into())]).await?;
            for sheet in [sheet, other] {
                assign(tx, &Assignment { sheet, layer: Layer::Recheck, team, cycle, due: None }, at).await?;
            }
            Ok(((), Event::new("team.create", format!("cycle:{cycle}"))))
        })
        .await
        .unwrap();
        m.go().await;
        let list = format!("/assess/{}/sheets?layer=recheck", m.cycle);
        for (who, expected) in [(&m.old, "AA-1"), (&m.new, "GO-1")] {
            let body = m.body(who, &list).await;
            assert_eq!(named(&body), [expected]);
            assert!(body.contains("全部 1<") && body.contains("未开始 1<"), "{body}");
        }
    })
    .await;
}

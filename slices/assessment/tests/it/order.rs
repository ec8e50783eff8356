//! Nobody is ranked by a list: it follows the organisations' codes, whatever order they were entered in.
use crate::stand::{opened, stand, today};
use assessment::cycle::phase::Phase;
use assessment::cycle::store as cycles;
use assessment::ledger::import_ledger;
use assessment::sheet::State;
use assessment::sheet::listing::{self as sheets, Listing};
use audit::Event;
use axum::http::{Method, StatusCode};
use kernel::Instant;
use scoring::Layer;
use testkit::on_both;

/// As they are entered; by their codes, compared by bytes: AB-1, AB-10, AB-2, aa.
const ENTERED: [&str; 4] = ["AB-2", "aa", "AB-10", "AB-1"];

/// The codes in the order in which a page names their branches.
fn in_order(body: &str) -> Vec<&'static str> {
    let mut found: Vec<(usize, &str)> = ENTERED.iter().filter_map(|code| Some((body.find(&format!("支部 {code}。"))?, *code))).collect();
    found.sort_unstable();
    found.into_iter().map(|(_, code)| code).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_list_of_branches_follows_their_codes() {
    on_both(&[], async |db| {
        let s = stand(db, &["X0".to_owned()]).await;
        let committee = s.app.person("committee", None).await;
        let org = async |code: &str, name: &str, kind: &str, parent: &str| {
            let fields = [("code", code), ("name", name), ("type", kind), ("category", "机关"), ("parent_code", parent)];
            assert_eq!(s.app.post(&committee, "/orgs", &fields).await.status, StatusCode::SEE_OTHER);
        };
        org("AB", "机关党委", "621", "21").await;
        for code in ENTERED {
            org(code, &format!("支部 {code}。"), "631", "AB").await;
        }
        let cycle = opened(&s.app, s.root, 2027).await;
        let unit = s.app.db.read(async |tx| organisations::by_code(tx, "AB").await).await.unwrap().unwrap().id;
        let deputy = s.app.person("deputy", Some(unit)).await;
        let reviewer = s.app.person("reviewer", Some(s.root)).await;
        let sorted = ["AB-1", "AB-10", "AB-2", "aa"];
        let at = format!("/assess/{cycle}");
        // Of the whole, and of one place in it.
        for (who, path) in [
            (&committee, "/sheets"),
            (&deputy, "/sheets"),
            (&committee, "/sheets?layer=self&state=untouched"),
            (&deputy, "/sheets?layer=acceptance&state=untouched"),
            (&deputy, "/report"),
            (&reviewer, "/review"),
        ] {
            let answer = s.app.get(who, &format!("{at}{path}")).await;
            assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.body);
            assert_eq!(in_order(&answer.body), sorted, "{path}");
        }
        // What is shown may be taken along: the same rows in the same order, and one event that says so.
        for (who, path) in [(&committee, "/sheets/export"), (&deputy, "/sheets/export"), (&reviewer, "/review/export")] {
            let file = s.app.get(who, &format!("{at}{path}?format=csv")).await;
            assert_eq!(file.status, StatusCode::OK, "{path}: {}", file.body);
            let rows: Vec<&str> = file.body.lines().skip(1).filter(|l| l.contains("支部 ")).collect();
            assert_eq!(in_order(&file.body), sorted, "{path}");
            assert!(rows.iter().all(|row| !row.contains("untouched")), "states in words: {rows:?}");
        }
        let wide = s.app.get(&deputy, &format!("{at}/sheets/export?format=csv&layer=self&state=submitted")).await.body;
        assert!(in_order(&wide).is_empty(), "as the filter shows: {wide}");
        let noted: Vec<String> = s.app.db.lookup("SELECT action FROM event WHERE action LIKE '%.export' ORDER BY at", &[]).await.unwrap();
        assert_eq!(noted, ["sheet.export", "sheet.export", "review.export", "sheet.export"]);
        // One at a time, none is passed over and none comes twice.
        for state in [None, Some(State::Untouched)] {
            let (reach, mut seen, mut after) = (reach_of(&s, unit).await, Vec::new(), None);
            loop {
                let reach = reach.clone();
                let l = Listing {
                    cycle,
                    layer: Layer::Acceptance,
                    state,
                    category: None,
                    grade: None,
                    star: None,
                    reach,
                    after: after.take(),
                    limit: 1,
                };
                let rows = s.app.db.read(async move |tx| sheets::list(tx, &l).await).await.unwrap();
                let Some(last) = rows.last() else { break };
                after = Some(last.code.clone());
                seen.extend(rows.into_iter().map(|r| r.code));
            }
            assert_eq!(seen, sorted, "{state:?}");
        }
        // What is in publicity, and the years brought in: those in the order of the ranks only for whoever asks for it.
        publicity(&s, cycle).await;
        assert_eq!(in_order(&s.app.get(&deputy, &format!("{at}/publicity")).await.body), sorted);
        let api = s.app.api(&deputy, Method::GET, &format!("/api/v1/cycles/{cycle}/publicity"), None).await.body;
        assert_eq!(in_order(&api), sorted);
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("2024.csv");
        std::fs::write(&path, "branch_code,grade,rank\nAB-2,好,1\nAB-1,好,2\naa,好,3\nAB-10,好,4\n").unwrap();
        let take = organisations::import::Take::new(path, "2024.csv", tabular::Reader::Here, today());
        import_ledger(&s.app.db, &crate::stand::system(), &take, 2024).await.unwrap();
        let year = async |sort: &str| s.app.get(&deputy, &format!("/ledger/years/2024{sort}")).await.body;
        assert_eq!(in_order(&year("").await), sorted);
        assert!(!year("").await.contains("名次</th>"), "no rank is shown unless it is asked for");
        assert_eq!(in_order(&year("?sort=rank").await), ["AB-2", "AB-1", "aa", "AB-10"]);
    })
    .await;
}

async fn reach_of(s: &crate::stand::Stand, org: kernel::OrgId) -> access::Reach {
    access::Reach::of([tree::path(&s.app.db, org).await.unwrap()])
}

async fn publicity(s: &crate::stand::Stand, id: kernel::CycleId) {
    let at = Instant::now();
    audit::change(&s.app.db, &crate::stand::system(), async move |tx| {
        let cycle = cycles::any(tx, id).await?;
        let step = cycles::Step { day: today(), at, by: "test", reason: "" };
        cycles::set_phase(tx, &cycle, Phase::Publicity, &step).await?;
        let p = assessment::cycle::Publicity { from: today(), until: today().plus_days(7), provisional: false };
        cycles::set_publicity(tx, id, &p).await?;
        Ok(((), Event::new("cycle.move", format!("cycle:{id}"))))
    })
    .await
    .unwrap();
}

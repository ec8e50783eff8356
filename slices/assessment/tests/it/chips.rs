//! The number on a chip or tile is that of the rows one gets by pressing it, whatever else the list is limited to. Through the
//! router, on both engines.
use crate::stand::{Stand, stand, system};
use assessment::sheet::State;
use assessment::sheet::store as sheets;
use audit::Event;
use kernel::Points;
use scoring::Layer;
use testkit::{Person, on_both};

/// Where a chip or tile leads, and the number it shows.
fn pressed(body: &str, class: &str) -> Vec<(String, usize)> {
    let one = |rest: &str| {
        let (address, rest) = rest.split_once('"')?;
        let text = rest.split_once('>')?.1.split("</a>").next()?;
        let shown = text.rsplit(|c: char| !c.is_ascii_digit()).find(|n| !n.is_empty())?;
        Some((address.replace("&#38;", "&").replace("&amp;", "&"), shown.parse().ok()?))
    };
    body.split(&format!("<a class=\"{class}\" href=\"")).skip(1).filter_map(one).collect()
}

fn rows(body: &str) -> usize {
    body.matches("<th scope=\"row\">").count()
}

impl Stand {
    async fn follow(&self, who: &Person, from: &str, class: &str) -> Vec<usize> {
        let body = self.app.get(who, from).await.body;
        let mut numbers = Vec::new();
        for (address, n) in pressed(&body, class) {
            let list = self.app.get(who, &address).await.body;
            assert_eq!(rows(&list), n, "{from} → {address}: {list}");
            numbers.push(n);
        }
        numbers
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_chip_of_a_filtered_list_counts_what_it_leads_to_and_keeps_the_filter() {
    on_both(&[], async |db| {
        let codes = ["21-1", "21-2", "21-3", "21-4", "21-5"];
        let s = stand(db, &codes.map(str::to_owned)).await;
        let committee = s.app.person("committee", Some(s.root)).await;
        let all = [s.sheet("21-1").await, s.sheet("21-2").await, s.sheet("21-3").await, s.sheet("21-4").await];
        audit::change(&s.app.db, &system(), async move |tx| {
            for (sheet, state, grade) in [
                (all[0], State::Begun, "好"),
                (all[1], State::Submitted, "好"),
                (all[2], State::Submitted, "好"),
                (all[3], State::Submitted, "差"),
            ] {
                let now = sheets::any(tx, sheet).await?;
                sheets::set_state(tx, &now, Layer::SelfAssessment, state).await?;
                sheets::set_outcome(tx, sheet, Points::hundredths(1), grade, 0).await?;
            }
            tx.exec("UPDATE sheet SET category = '高校' WHERE id = $1", &db::params![&all[1]]).await?;
            Ok(((), Event::new("sheet.move", "cycle:1")))
        })
        .await
        .unwrap();
        let list = format!("/assess/{}/sheets?", s.cycle);
        let of = async |query: &str| s.follow(&committee, &format!("{list}{query}"), "chip").await;
        // All, not begun, at it, handed in, sent back.
        assert_eq!(of("grade=好").await, [3, 0, 1, 2, 0]);
        assert_eq!(of("grade=好&state=submitted").await, [3, 0, 1, 2, 0], "the states are counted beside each other");
        assert_eq!(of("category=高校&grade=好").await, [1, 0, 0, 1, 0]);
        assert_eq!(of("category=机关").await, [4, 1, 1, 2, 0]);
        assert_eq!(of("layer=acceptance&grade=好").await, [3, 3, 0, 0, 0]);
        assert_eq!(of("layer=recheck&grade=好").await, [0, 0, 0, 0, 0]);
        let body = s.app.get(&committee, &format!("{list}category=高校&grade=好&state=submitted")).await.body;
        assert!(body.contains("只看等次“好”") && body.contains("只看类别“高校”"), "what it is limited to is said: {body}");
        let acceptance = body.split("/sheets?layer=acceptance").nth(1).unwrap().split('"').next().unwrap();
        assert!(acceptance.contains("grade=") && acceptance.contains("category="), "another layer keeps it: {acceptance}");
        let off = body.rsplit("只看类别").next().unwrap().split("href=\"").nth(1).unwrap().split('"').next().unwrap();
        assert!(off.contains("grade=") && off.contains("state=submitted") && !off.contains("category="), "one is taken off alone: {off}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn s34_a_tile_of_a_filtered_ledger_counts_what_it_leads_to_and_keeps_the_filter() {
    on_both(&[], async |db| {
        let s = stand(db, &["21-1", "21-2", "21-3", "21-4"].map(str::to_owned)).await;
        let committee = s.app.person("committee", Some(s.root)).await;
        let sheet = s.sheet("21-1").await;
        let scheme = assessment::sheet::context::any(&s.app.db, sheet).await.unwrap().scheme;
        let mut scores = "branch_code,indicator,layer,score,reason\n".to_owned();
        for (i, code) in scheme.indicators.iter().flat_map(|i| ["21-1", "21-2"].map(|code| (i, code))) {
            scores += &format!("{code},{},committee,{},\n", i.code, i.points);
        }
        s.scores(s.cycle, &scores).await.unwrap();
        let before = [("21-1", "好"), ("21-2", "一般"), ("21-3", "好"), ("21-4", "差")];
        let before: String = before.iter().map(|(code, grade)| format!("{code},history.grade,{grade},上年台账\n")).collect();
        s.facts(s.cycle, &format!("branch_code,key,value,source\n{before}")).await.unwrap();
        s.publish(s.cycle).await;
        s.finalise(s.cycle).await.unwrap();
        let ledger = format!("/ledger?cycle={}", s.cycle);
        // In the order of the words: down, same, up.
        assert_eq!(s.follow(&committee, &ledger, "kpi").await, [1, 2, 1]);
        assert_eq!(s.follow(&committee, &format!("{ledger}&grade=好"), "kpi").await, [1, 1], "none of these went down");
        assert_eq!(s.follow(&committee, &format!("{ledger}&grade=差&change=down"), "kpi").await, [1, 1]);
        let body = s.app.get(&committee, &format!("{ledger}&grade=好")).await.body;
        assert!(body.contains("50.0%"), "the share is that of the list: {body}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_counts_the_reader_s_own_branches_says_that_these_are_not_all() {
    on_both(&[], async |db| {
        let s = stand(db, &["21-1".to_owned(), "21-2".to_owned(), "21-3".to_owned()]).await;
        let sheet = s.sheet("21-1").await;
        let org = s.app.db.read(async move |tx| sheets::any(tx, sheet).await).await.unwrap().org;
        let (secretary, committee) = (s.app.person("secretary", Some(org)).await, s.app.person("committee", Some(s.root)).await);
        while figures::fold(&s.app.db).await.unwrap() > 0 {}
        let page = format!("/assess/{}", s.cycle);
        let own = s.app.get(&secretary, &page).await.body;
        assert!(own.contains("下面只数您所见的 1 个支部；全部参评支部 3 个"), "{own}");
        assert!(!s.app.get(&committee, &page).await.body.contains("下面只数"), "whoever sees all reads one number");
    })
    .await;
}

//! After 定稿: what is approved then is a new result beside the old one; reports and pages show what was frozen.

use crate::stage::{Stage, stage};
use crate::stand::make_final;
use access::System;
use assessment::cycle::phase::Phase;
use assessment::cycle::store::set_publicity;
use assessment::cycle::{Cycle, Publicity};
use assessment::result::{replay, version};
use assessment::score::store::{NewScore, force, one};
use audit::Event;
use facts::{NewFact, Suppliers};
use kernel::Instant;
use rectification::State;
use scoring::Layer;
use testkit::on_both;
use web::StatusCode;

/// A final cycle: 88 points, lost at A1, A2 and A3.
async fn finished(db: db::Db) -> Stage {
    let s = stage(db).await;
    s.score(Layer::Acceptance, "12").await;
    let (id, today) = (s.cycle, s.app.clock.today());
    audit::change(&s.app.db, &System::command("test"), async move |tx| {
        let over = Publicity { from: today.plus_days(-8), until: today.plus_days(-1), provisional: false };
        set_publicity(tx, id, &over).await?;
        Ok(((), Event::new("cycle.move", format!("cycle:{id}"))))
    })
    .await
    .unwrap();
    s.move_to(Phase::Publicity).await;
    make_final(&s.app, &Suppliers::default(), id, today).await.unwrap();
    s
}

async fn cycle(s: &Stage) -> Cycle {
    let id = s.cycle;
    s.app.db.read(async move |tx| assessment::cycle::store::any(tx, id).await).await.unwrap()
}

/// The total of a version of the branch's result.
async fn total(s: &Stage, version: i64) -> String {
    let (id, org) = (s.cycle, s.branch);
    let line = s.app.db.read(async move |tx| assessment::result::store::of_org(tx, id, version, org).await).await.unwrap();
    line.unwrap().total.unwrap().to_string()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_correction_is_proposed_and_approved_like_an_adjustment_and_the_old_result_stays() {
    on_both(&[], async |db| {
        let s = finished(db).await;
        let review = s.app.get(&s.committee, &format!("/sheets/{}/review", s.sheet)).await.body;
        assert!(review.contains("形成新的一版结果"), "{review}");
        let proposed = s.propose("score:A1", "2", "复核会议记录").await;
        assert_eq!(proposed.status, StatusCode::SEE_OTHER, "{}", proposed.body);
        let adjustment = s.newest_adjustment().await;
        assert_eq!(s.decide(&s.committee, &adjustment, "approve", "").await.status, StatusCode::FORBIDDEN, "one person does not do it");
        assert_eq!((cycle(&s).await.result_version, total(&s, 1).await), (1, "88".into()));
        let approved = s.decide(&s.reviewer, &adjustment, "approve", "同意").await;
        assert_eq!(approved.status, StatusCode::SEE_OTHER, "{}", approved.body);
        assert_eq!((cycle(&s).await.result_version, total(&s, 1).await, total(&s, 2).await), (2, "88".into(), "90".into()));
        assert_eq!(s.decide(&s.reviewer, &adjustment, "approve", "").await.status, StatusCode::CONFLICT, "once");
        assert_eq!((s.events("result.correct").await, s.events("adjustment.approve").await), (1, 0), "one event");
        assert!(replay(&s.app.db, s.cycle, 1).await.unwrap().is_empty() && replay(&s.app.db, s.cycle, 2).await.unwrap().is_empty());
        let ledger = s.app.get(&s.committee, &format!("/ledger?cycle={}", s.cycle)).await.body;
        assert!(ledger.contains("复核会议记录") && ledger.contains("第1版") && ledger.contains(">90<"), "{ledger}");
        let before = s.app.get(&s.committee, &format!("/ledger?cycle={}&version=1", s.cycle)).await.body;
        assert!(before.contains(">88<") && !before.contains(">90<"), "{before}");
        assert_eq!(s.kept().await.0, "90");
        // The branch hears of both, and its sheet says what became what, why and by whom.
        let to = format!("secretary@{}", s.branch);
        let sql = "SELECT key FROM notice WHERE addressee = $1 ORDER BY id";
        let told: Vec<String> = s.app.db.read(async move |tx| tx.all(sql, &db::params![&to]).await).await.unwrap();
        assert_eq!(told, ["notice-final", "notice-corrected"]);
        let sheet = s.app.get(&s.secretary, &format!("/sheets/{}", s.sheet)).await.body;
        assert!(sheet.contains("定稿（") && sheet.contains("改为 2。复核会议记录（"), "{sheet}");
        let why = s.app.get(&s.secretary, &format!("/sheets/{}/why", s.sheet)).await.body;
        assert!(why.contains(">90<") && !why.contains("名次"), "nobody is ranked unasked: {why}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_correction_turned_down_or_overtaken_changes_nothing() {
    on_both(&[], async |db| {
        let s = finished(db).await;
        s.propose("score:A1", "2", "复核会议记录").await;
        assert_eq!(s.decide(&s.reviewer, &s.newest_adjustment().await, "reject", "依据不足").await.status, StatusCode::SEE_OTHER);
        assert_eq!(cycle(&s).await.result_version, 1);
        assert_eq!(s.propose("score:A1", "2", "").await.status, StatusCode::UNPROCESSABLE_ENTITY, "not without a reason");
        s.propose("veto:V1", "1", "查实").await;
        let first = s.newest_adjustment().await;
        assert_eq!(s.decide(&s.reviewer, &first, "approve", "").await.status, StatusCode::SEE_OTHER);
        assert_eq!(cycle(&s).await.result_version, 2);
        assert_eq!(s.decide(&s.reviewer, &first, "approve", "").await.status, StatusCode::CONFLICT);
        assert_eq!(cycle(&s).await.result_version, 2);
        assert_ne!(s.kept().await.1, "较好", "the veto lowers the grade of the new result");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_approved_stands_on_its_page_with_its_digest_whatever_is_corrected_afterwards() {
    on_both(&[], async |db| {
        let s = finished(db).await;
        let here = format!("/assess/{}/final", s.cycle);
        assert!(s.app.get(&s.reviewer, &format!("/assess/{}", s.cycle)).await.body.contains(&here), "the cycle leads to it");
        let results = |body: &str| body.split("定稿时同意的结果").nth(1).unwrap().split("</section>").next().unwrap().to_owned();
        let before = s.app.get(&s.reviewer, &here).await.body;
        assert!(!before.contains("将要定稿的结果") && !before.contains("定稿后的更正"), "{before}");
        assert!(results(&before).contains("<dt>较好</dt><dd>1</dd>"), "{before}");
        let id = s.cycle;
        let versions = async || s.app.db.read(async move |tx| version::of_cycle(tx, id).await).await.unwrap();
        let digest = versions().await[0].digest.clone();
        assert!(digest.len() == 64 && results(&before).contains(&digest), "{before}");
        s.propose("veto:V1", "1", "查实一票否决事项").await;
        assert_eq!(s.decide(&s.reviewer, &s.newest_adjustment().await, "approve", "").await.status, StatusCode::SEE_OTHER);
        while figures::fold(&s.app.db).await.unwrap() > 0 {}
        let after = s.app.get(&s.reviewer, &here).await.body;
        assert_eq!(results(&after), results(&before), "the approval stands above what was approved");
        let corrections = after.split("定稿后的更正").nth(1).unwrap().split("</section>").next().unwrap();
        assert!(corrections.contains("查实一票否决事项") && corrections.contains("version=2"), "{corrections}");
        let all = versions().await;
        assert!(all.len() == 2 && all[0].digest == digest && all[1].digest != digest, "{all:?}");
        let told: Vec<String> = s.app.db.lookup("SELECT body FROM event WHERE action = 'cycle.finalise'", &[]).await.unwrap();
        assert!(told[0].contains(&digest), "{told:?}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_correction_gives_and_takes_points_like_any_later_layer() {
    on_both(&[], async |db| {
        let s = finished(db).await;
        let states = async || {
            let (board, org) = (s.cycle.to_string(), s.branch);
            let all = s.app.db.read(async move |tx| rectification::of_branch(tx, &board, org).await).await.unwrap();
            all.into_iter().map(|p| (p.item, p.state)).collect::<Vec<_>>()
        };
        let open = |item: &str| (item.to_owned(), State::Open);
        assert_eq!(states().await, [open("A1"), open("A2"), open("A3")]);
        for (target, value) in [("score:A1", "4"), ("score:B1", "0")] {
            s.propose(target, value, "复核").await;
            let decided = s.decide(&s.reviewer, &s.newest_adjustment().await, "approve", "").await;
            assert_eq!(decided.status, StatusCode::SEE_OTHER, "{}", decided.body);
        }
        assert_eq!(states().await, [("A1".into(), State::Withdrawn), open("A2"), open("A3"), open("B1")]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_comes_after_it_is_final_shows_on_no_page_of_the_sheet() {
    on_both(&[], async |db| {
        let s = finished(db).await;
        let (org, at, effective) = (s.branch, Instant::now(), s.app.clock.today());
        audit::change(&s.app.db, &System::command("test"), async move |tx| {
            let (key, source) = ("veto.V1", "后来的文件.csv");
            let new = NewFact { org, year: 2026, key, value: "1", source, evidence: "", effective, received: at, by: "test" };
            facts::record(tx, &new).await?;
            Ok(((), Event::new("facts.import", format!("org:{org}"))))
        })
        .await
        .unwrap();
        for page in ["", "/why", "/review"] {
            let body = s.app.get(&s.committee, &format!("/sheets/{}{page}", s.sheet)).await.body;
            assert!(body.contains("88") && body.contains("较好"), "{page}: {body}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn s43_the_report_goes_by_the_six_standards_or_by_a_view_and_adds_up_either_way() {
    on_both(&[], async |db| {
        let s = finished(db).await;
        let scheme = assessment::sheet::context::any(&s.app.db, s.sheet).await.unwrap().scheme;
        let here = format!("/assess/{}/report", s.cycle);
        let mut all = vec![(here.clone(), scheme.dimensions.len())];
        all.extend(scheme.views.iter().map(|v| (format!("{here}?view={}", v.code), v.groups.len())));
        assert!(all.len() > 1, "the scheme has a view");
        for (path, groups) in &all {
            let body = s.app.get(&s.committee, path).await.body;
            assert!(body.contains("满分 100 分"), "the heads add up: {body}");
            let row = body.split("第一支部").nth(1).unwrap().split("</tr>").next().unwrap();
            let cells: Vec<f64> =
                row.split("<td").skip(1).map(|c| c.split_once('>').unwrap().1.split('<').next().unwrap().parse().unwrap()).collect();
            assert_eq!(cells.len(), groups + 1, "{row}");
            let cents = |points: &f64| (points * 100.0).round() as i64;
            assert_eq!(cells[..*groups].iter().map(cents).sum::<i64>(), 8800, "{row}");
            assert_eq!(cells.last().map(cents), Some(8800));
        }
        assert_eq!(s.app.get(&s.committee, &format!("{here}?view=none")).await.status, StatusCode::NOT_FOUND);
        let member = s.app.person("member", Some(s.branch)).await;
        assert!(s.app.get(&member, &here).await.body.contains("第一支部"));
        assert!(s.app.get(&s.committee, &format!("/assess/{}", s.cycle)).await.body.contains(&here), "the cycle leads to it");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_comes_after_it_is_final_changes_no_line_of_the_lists() {
    on_both(&[], async |db| {
        let s = finished(db).await;
        let lines = async || {
            let mut all = Vec::new();
            for list in ["review", "report"] {
                let body = s.app.get(&s.committee, &format!("/assess/{}/{list}", s.cycle)).await.body;
                all.push(body.split("<tbody>").nth(1).unwrap().split("</tbody>").next().unwrap().to_owned());
            }
            all
        };
        let before = lines().await;
        assert!(before[0].contains(">88<") || before[0].contains("88 较好"), "{}", before[0]);
        let (org, sheet, at, effective) = (s.branch, s.sheet, Instant::now(), s.app.clock.today());
        audit::change(&s.app.db, &System::command("test"), async move |tx| {
            for (key, value) in [("bonus.P1", "1"), ("committee.meeting_months", "0")] {
                let new =
                    NewFact {
                        org, year: 2026, key, value, source: "后来的文件.csv", evidence: "", effective, received: at, by: "test"
                    };
                facts::record(tx, &new).await?;
            }
            for layer in [Layer::Acceptance, Layer::Recheck] {
                let points = Some(kernel::Points::hundredths(50));
                let (indicator, source) = ("A1", "file:later.csv");
                let new = NewScore { sheet, indicator, layer, points, reason: "", seen: 0, account: None, by: "test", source, at };
                let standing = one(tx, sheet, indicator, layer).await?;
                force(tx, &new, standing.as_ref()).await?;
            }
            Ok(((), Event::new("facts.import", format!("org:{org}"))))
        })
        .await
        .unwrap();
        assert_eq!(lines().await, before);
    })
    .await;
}

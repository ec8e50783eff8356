//! Grading through the database against the slow oracle, freezing, replaying, correcting; on both engines.

use crate::oracle::{self, Answer};
use crate::province::{self, Branch};
use crate::stand::{Stand, hand, stand, system, today};
use assessment::result::{Correction, Grading, Target, correct, grade, replay};
use assessment::review::decide::{Approved, Ruling, Verdict};
use assessment::review::propose::{Proposal, propose};
use assessment::review::store::{Adjustment, of_sheet};
use assessment::sheet::context::Context;
use assessment::sheet::write::Hand;
use kernel::Points;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use testkit::on_both;

fn random_province() -> Vec<Branch> {
    let known = scheme::parse_toml(province::FILE).unwrap().known_keys();
    let mut runner = TestRunner::deterministic();
    let mut next = || province::province(14).new_tree(&mut runner).unwrap().current();
    let mut branches = std::iter::repeat_with(&mut next).find(|b| b.len() > 7).unwrap();
    for branch in &mut branches {
        branch.facts.retain(|key, _| known.contains_key(key));
    }
    branches
}

/// A branch after the second, one of its indicators that no layer scored, and the metric that gives it full points.
fn measured(branches: &[Branch]) -> (&Branch, String, String) {
    let (scheme, full) = (scheme::parse_toml(province::FILE).unwrap(), province::full_values());
    let found = branches.iter().skip(2).find_map(|branch| {
        let open = |code: &str| branch.layers.keys().all(|(indicator, _)| indicator != code);
        let mut indicators = scheme.indicators.iter().filter(|i| i.not_applicable.is_none() && open(&i.code));
        let full = |key: &String| branch.facts.get(key) == full.get(key);
        indicators.find_map(|i| i.parts.iter().find(|p| full(&p.key)).map(|p| (branch, i.code.clone(), p.key.clone())))
    });
    found.unwrap()
}

fn facts_csv(branches: &[Branch]) -> String {
    let row = |b: &Branch| b.facts.iter().map(|(k, v)| format!("{},{k},{v},年报\n", b.code)).collect::<String>();
    format!("branch_code,key,value,source\n{}", branches.iter().map(row).collect::<String>())
}

fn scores_csv(branches: &[Branch]) -> String {
    let row = |b: &Branch| b.layers.iter().map(|((i, l), s)| format!("{},{i},{l},{s},见记录\n", b.code)).collect::<String>();
    format!("支部代码,指标,层级,得分,理由\n{}", branches.iter().map(row).collect::<String>())
}

async fn filled(db: db::Db, branches: &[Branch]) -> Stand {
    let codes: Vec<String> = branches.iter().map(|b| b.code.clone()).collect();
    let s = stand(db, &codes).await;
    let facts = s.facts(s.cycle, &facts_csv(branches)).await.unwrap();
    assert!(facts.accepted(), "{:?}", facts.refused.first());
    let scores = s.scores(s.cycle, &scores_csv(branches)).await.unwrap();
    assert!(scores.accepted(), "{:?}", scores.refused.first());
    s
}

fn answers(g: &Grading) -> Vec<Answer> {
    let cents = |p: &Option<Points>| p.map(|p| i128::from(p.as_hundredths()));
    let ahead = g.scheme.dimensions.len();
    let one = |l: &assessment::result::Line| Answer {
        code: l.code.clone(),
        scores: l.columns.0[ahead..].iter().map(cents).collect(),
        dimensions: l.columns.0[..ahead].iter().map(cents).collect(),
        total: i128::from(l.total.unwrap().as_hundredths()),
        grade: l.grade.clone(),
        star: l.star.map(i128::from),
        rank: usize::try_from(l.rank).unwrap(),
        missing: vec![],
    };
    g.lines.iter().map(one).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_province_graded_through_the_database_agrees_with_the_oracle_in_every_cell_and_stays_so_when_final() {
    let branches = random_province();
    let plain: toml::Value = toml::from_str(province::FILE).unwrap();
    let expected: Vec<Answer> = oracle::all(&plain, &branches).into_iter().map(|a| Answer { missing: vec![], ..a }).collect();
    let (branches, expected) = (&branches, &expected);
    on_both(&[], async |db| {
        let s = filled(db, branches).await;
        let before = grade(&s.app.db, &s.suppliers, s.cycle, today()).await.unwrap();
        assert_eq!((answers(&before), before.version), (expected.clone(), 0));
        let provisional = s.csv(s.cycle).await;
        s.publish(s.cycle).await;
        assert_eq!(s.finalise(s.cycle).await.unwrap(), 1);
        assert_eq!(s.finalise(s.cycle).await.unwrap_err().key, "final-already");
        let after = grade(&s.app.db, &s.suppliers, s.cycle, today()).await.unwrap();
        assert_eq!((answers(&after), after.version), (expected.clone(), 1));
        assert_eq!(s.csv(s.cycle).await, provisional);
        assert_eq!(after.allotments, before.allotments);
        assert_eq!(replay(&s.app.db, s.cycle, 1).await.unwrap(), vec![]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fact_planted_in_what_is_stored_shows_in_the_replay_and_facts_that_come_later_do_not() {
    let branches = &random_province();
    on_both(&[], async |db| {
        let s = filled(db, branches).await;
        s.publish(s.cycle).await;
        s.finalise(s.cycle).await.unwrap();
        let (id, code) = (s.cycle, branches[0].code.clone());
        let sheet = s.sheet(&code).await;
        let other = branches[1].code.clone();
        let other_sheet = s.sheet(&other).await;
        let (third, indicator, metric) = measured(branches);
        let third_sheet = s.sheet(&third.code).await;
        // A fact recorded after 定稿 belongs to the branch, not to the result.
        audit::change(&s.app.db, &system(), async move |tx| {
            let sheet = assessment::sheet::store::any(tx, sheet).await?;
            let (org, at) = (sheet.org, kernel::Instant::now());
            let key = "bonus.P1";
            let new =
                facts::NewFact { org, year: 2026, key, value: "1", source: "x", evidence: "", effective: today(), received: at, by: "x" };
            facts::record(tx, &new).await?;
            Ok(((), audit::Event::new("fact.plant", "test")))
        })
        .await
        .unwrap();
        assert_eq!(replay(&s.app.db, id, 1).await.unwrap(), vec![]);
        audit::change(&s.app.db, &system(), async move |tx| {
            let org = assessment::sheet::store::any(tx, sheet).await?.org;
            let text = assessment::result::store::frozen_of(tx, id, 1, org).await?;
            let mut value: serde_json::Value = serde_json::from_str(&text).unwrap();
            value["layers"]["A1"]["committee"] = "0".into();
            value["layers"]["A2"]["committee"] = "0.01".into();
            assessment::result::store::freeze(tx, id, 1, org, &value.to_string()).await?;
            // And two stored facts of another branch.
            let org = assessment::sheet::store::any(tx, other_sheet).await?.org;
            let text = assessment::result::store::frozen_of(tx, id, 1, org).await?;
            let mut value: serde_json::Value = serde_json::from_str(&text).unwrap();
            let penalty = &mut value["facts"]["penalty.N1"];
            *penalty = if penalty.is_null() || *penalty == "0" { "1".into() } else { "0".into() };
            value["facts"]["history.grade"] = "从前的等次".into();
            assessment::result::store::freeze(tx, id, 1, org, &value.to_string()).await?;
            // And a metric of a third.
            let org = assessment::sheet::store::any(tx, third_sheet).await?.org;
            let text = assessment::result::store::frozen_of(tx, id, 1, org).await?;
            let mut value: serde_json::Value = serde_json::from_str(&text).unwrap();
            assert!(value["facts"].as_object_mut().unwrap().remove(&metric).is_some(), "{metric}");
            assessment::result::store::freeze(tx, id, 1, org, &value.to_string()).await?;
            Ok(((), audit::Event::new("fact.plant", "test")))
        })
        .await
        .unwrap();
        let shown = replay(&s.app.db, id, 1).await.unwrap();
        let of = |code: &str| shown.iter().filter(|c| c.branch_code == code).map(|c| c.column.as_str()).collect::<Vec<_>>();
        assert!(of(&code).contains(&"A2") && of(&code).contains(&"total"), "{shown:?}");
        assert!(of(&other).contains(&"previous_grade") && of(&other).contains(&"total"), "{shown:?}");
        assert!(of(&third.code).contains(&indicator.as_str()), "{indicator}: {shown:?}");
    })
    .await;
}

/// A proposal to give A1 1.23 points.
async fn proposed(s: &Stand, context: &Context, by: &Hand) -> Adjustment {
    let (c, suppliers, by, sheet) = (context.clone(), s.suppliers.clone(), by.clone(), context.sheet.id);
    let proposal = Proposal::parse(&c.scheme, "score:A1", "1.23", "复核记录", "").unwrap();
    audit::change(&s.app.db, &system(), async move |tx| {
        let (_, event) = propose(tx, &c, &suppliers, &proposal, &by, kernel::Instant::now()).await?;
        Ok(((), event))
    })
    .await
    .unwrap();
    s.app.db.read(async move |tx| of_sheet(tx, sheet).await).await.unwrap().remove(0)
}

/// Other deductions, lines and quotas under the same code.
fn newer_edition() -> String {
    let text = province::FILE.replace("version = \"2025.1\"", "version = \"2026.1\"").replace("unit = 1.0", "unit = 0.5");
    text.replace("min = 90.0\nquota_ratio = 0.10", "min = 60.0\nquota_ratio = 0.50")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_newer_edition_of_the_scheme_does_not_show_in_the_replay_of_a_year_that_is_final() {
    let branches = &random_province();
    on_both(&[], async |db| {
        let s = filled(db, branches).await;
        s.publish(s.cycle).await;
        s.finalise(s.cycle).await.unwrap();
        let (kept, bound) = (s.csv(s.cycle).await, standards::schemes::newest(&s.app.db, "LN-JG-27").await.unwrap());
        let newer = scheme::parse_toml(&newer_edition()).unwrap();
        let published = standards::schemes::publish(&s.app.db, &system(), &newer).await.unwrap().id();
        assert!(published != bound && standards::schemes::newest(&s.app.db, "LN-JG-27").await.unwrap() == published);
        assert_eq!(replay(&s.app.db, s.cycle, 1).await.unwrap(), vec![]);
        assert_eq!(s.csv(s.cycle).await, kept);
        // The same facts and layers in a cycle of the newer edition do come out otherwise.
        let other = crate::stand::opened(&s.app, s.root, 2025).await;
        assert!(s.facts(other, &facts_csv(branches)).await.unwrap().accepted());
        assert!(s.scores(other, &scores_csv(branches)).await.unwrap().accepted());
        assert_ne!(s.csv(other).await, kept);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_correction_is_a_new_version_with_a_second_person_and_the_old_one_stays() {
    let branches = &random_province();
    on_both(&[], async |db| {
        let s = filled(db, branches).await;
        let sheet = s.sheet(&branches[1].code).await;
        let early = assessment::sheet::context::any(&s.app.db, sheet).await.unwrap();
        s.publish(s.cycle).await;
        s.finalise(s.cycle).await.unwrap();
        let first = s.csv(s.cycle).await;
        let context = assessment::sheet::context::any(&s.app.db, sheet).await.unwrap();
        let (one, two) = (hand("周立", today()), hand("赵明", today()));
        let row = proposed(&s, &context, &one).await;
        let ask = |hand: &Hand| Correction {
            target: Target::Score { indicator: "A1".into(), points: Points::hundredths(123) },
            calendar: calendar::Calendar::default(),
            approved: Approved {
                ruling: Ruling::parse(row.id, Verdict::Approve, "", "审定调整").unwrap(),
                row: row.clone(),
                hand: hand.clone(),
            },
        };
        assert_eq!(correct(&s.app.db, &system(), &early, ask(&two)).await.unwrap_err().key, "correction-not-final");
        assert_eq!(correct(&s.app.db, &system(), &context, ask(&one)).await.unwrap_err().key, "adjust-own");
        assert_eq!(correct(&s.app.db, &system(), &context, ask(&two)).await.unwrap(), 2);
        assert_eq!(correct(&s.app.db, &system(), &context, ask(&two)).await.unwrap_err().key, "adjust-decided");
        assert_ne!(s.csv(s.cycle).await, first);
        let (id, org) = (s.cycle, context.sheet.org);
        let (old, new) = s
            .app
            .db
            .read(async move |tx| {
                let of = async |tx: &mut db::Tx<'_>, v| assessment::result::store::of_org(tx, id, v, org).await;
                Ok((of(tx, 1).await?.unwrap(), of(tx, 2).await?.unwrap()))
            })
            .await
            .unwrap();
        let at = context.scheme.dimensions.len();
        assert_eq!(new.columns.0[at], Some(Points::hundredths(123)));
        assert_ne!(old.columns.0[at], new.columns.0[at]);
        for version in [1, 2] {
            assert_eq!(replay(&s.app.db, id, version).await.unwrap(), vec![], "version {version}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn before_publicity_is_over_nothing_becomes_final() {
    on_both(&[], async |db| {
        let s = stand(db, &["21-1".into()]).await;
        assert_eq!(s.finalise(s.cycle).await.unwrap_err().key, "final-before-publicity");
    })
    .await;
}

/// A JSON number of at most two decimals, in hundredths.
fn cents(v: &serde_json::Value) -> i64 {
    (v.as_f64().unwrap() * 100.0).round() as i64
}

#[tokio::test(flavor = "multi_thread")]
async fn the_total_is_added_again_from_the_leaves_of_the_explanation_before_and_after_it_is_final() {
    let branches = &random_province();
    on_both(&[], async |db| {
        let s = filled(db, branches).await;
        for is_final in [false, true] {
            if is_final {
                s.publish(s.cycle).await;
                s.finalise(s.cycle).await.unwrap();
            }
            let graded = grade(&s.app.db, &s.suppliers, s.cycle, today()).await.unwrap();
            for line in &graded.lines {
                let e = assessment::why::explain_json(&s.app.db, &s.suppliers, s.cycle, &line.code, today()).await.unwrap();
                let list = |name: &str| e[name].as_array().unwrap().clone();
                let items = |name: &str| e[name]["items"].as_array().unwrap().iter().map(|i| cents(&i["amount"])).sum::<i64>();
                let sum: i64 = list("indicators").iter().map(|i| cents(&i["score"])).sum();
                let applicable = list("dimensions").iter().filter(|d| !d["score"].is_null()).map(|d| cents(&d["points"])).sum::<i64>();
                let base = (2 * sum * 10_000 + applicable) / (2 * applicable);
                let bonus = items("bonus").min(cents(&e["bonus"]["cap"]));
                let penalty = items("penalty").min(cents(&e["penalty"]["cap"]));
                let total = (base + bonus - penalty).max(0).min(cents(&e["total_cap"]));
                assert_eq!(Some(Points::hundredths(total)), line.total, "{}", line.code);
                assert_eq!((e["rank"].as_i64(), e["star"].as_u64()), (Some(line.rank), line.star.map(u64::from)), "{}", line.code);
            }
        }
        let missing = assessment::why::explain_json(&s.app.db, &s.suppliers, s.cycle, "none", today()).await.unwrap_err();
        assert_eq!(missing.key, "branch-unknown");
    })
    .await;
}

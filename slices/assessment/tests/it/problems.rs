//! Points lost and given back become problems, and end them: by the committee, by an objection upheld, at the end of the
//! year, into the next. On both engines.

use crate::stage::{Stage, stage};
use crate::stand::{Stand, opened, stand, system, today};
use assessment::carried::{Way, owe, resume};
use assessment::cycle::phase::Phase;
use assessment::cycle::store::set_publicity;
use assessment::cycle::{Cycle, Publicity};
use assessment::sheet::bulk::{Filled, Filling, fill};
use assessment::sheet::context;
use assessment::sheet::write::Hand;
use audit::Event;
use kernel::{CycleId, Instant, OrgId};
use rectification::{By, Problem, State, of_branch};
use scoring::Layer;
use std::collections::BTreeMap;
use std::sync::Arc;
use testkit::on_both;
use web::StatusCode;

async fn problems(db: &db::Db, cycle: CycleId, org: OrgId) -> Vec<Problem> {
    let board = cycle.to_string();
    db.read(async move |tx| of_branch(tx, &board, org).await).await.unwrap()
}

/// Item, state and points lost of each problem.
async fn states(s: &Stage) -> Vec<(String, State, String)> {
    problems(&s.app.db, s.cycle, s.branch).await.into_iter().map(|p| (p.item, p.state, p.lost.to_string())).collect()
}

fn is(item: &str, state: State, lost: &str) -> (String, State, String) {
    (item.into(), state, lost.into())
}

/// Accepted on site with 4 points lost at A1, A2 and A3 each.
async fn accepted(db: db::Db) -> Stage {
    handed_in(db, "12").await
}

/// Accepted on site with so many points lost, from A1 on.
async fn handed_in(db: db::Db, lost: &str) -> Stage {
    let s = stage(db).await;
    s.score(Layer::Acceptance, lost).await;
    let c = context::any(&s.app.db, s.sheet).await.unwrap();
    let calendar = calendar::Calendar::parse(include_str!("../../../../content/calendars/holidays.csv")).unwrap();
    let (suppliers, reasons) = (facts::Suppliers::default(), BTreeMap::new());
    let filling = Filling { cycle: c.cycle, scheme: c.scheme, layer: Layer::Acceptance, suppliers, calendar: Arc::new(calendar), reasons };
    let hand = Hand { account: None, name: "test".into(), source: "page", today: s.app.clock.today() };
    let filled = Filled { sheet: s.sheet, hand, entries: vec![], rest: false, submit: true };
    fill(&s.app.db, &system(), &filling, &[filled]).await.unwrap();
    s.move_to(Phase::Review).await;
    s
}

async fn approved(s: &Stage, target: &str, value: &str, reason: &str) {
    let proposed = s.propose(target, value, reason).await;
    assert_eq!(proposed.status, StatusCode::SEE_OTHER, "{}", proposed.body);
    let decided = s.decide(&s.reviewer, &s.newest_adjustment().await, "approve", "").await;
    assert_eq!(decided.status, StatusCode::SEE_OTHER, "{}", decided.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_committee_restores_is_withdrawn_with_that_reason_and_what_it_lowers_is_opened() {
    on_both(&[], async |db| {
        let s = accepted(db).await;
        let open = |item: &str| is(item, State::Open, "4");
        assert_eq!(states(&s).await, [open("A1"), open("A2"), open("A3")]);
        s.propose("score:A1", "4", "记录已补齐").await;
        assert_eq!(states(&s).await[0], open("A1"), "a proposal changes nothing");
        s.decide(&s.reviewer, &s.newest_adjustment().await, "approve", "").await;
        assert_eq!(states(&s).await[0].1, State::Withdrawn);
        let id = problems(&s.app.db, s.cycle, s.branch).await[0].id;
        assert!(s.app.get(&s.secretary, &format!("/problems/{id}")).await.body.contains("记录已补齐"), "with that reason");
        approved(&s, "score:A2", "1.5", "部分补齐").await;
        approved(&s, "score:B1", "1", "程序不全").await;
        approved(&s, "bonus:P1", "1", "受到表彰").await;
        let now = states(&s).await;
        assert_eq!(now[1..3], [is("A2", State::Open, "2.5"), open("A3")], "still below full: brought up to date");
        assert_eq!((now.len(), now[3].0.as_str(), now[3].1), (4, "B1", State::Open), "{now:?}");
        let opened = &problems(&s.app.db, s.cycle, s.branch).await[3];
        assert_eq!((opened.source.as_str(), opened.text.as_str()), ("source-committee", "程序不全"));
        approved(&s, "score:A1", "2", "补齐的记录不实").await;
        assert_eq!(states(&s).await[0], is("A1", State::Open, "2"), "lowered again, open again");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_objection_upheld_withdraws_the_problem_once_the_second_person_agrees() {
    on_both(&[], async |db| {
        let s = accepted(db).await;
        let (id, from) = (s.cycle, s.app.clock.today());
        audit::change(&s.app.db, &system(), async move |tx| {
            set_publicity(tx, id, &Publicity { from, until: from.plus_days(7), provisional: false }).await?;
            Ok(((), Event::new("cycle.move", format!("cycle:{id}"))))
        })
        .await
        .unwrap();
        s.move_to(Phase::Publicity).await;
        let fields = [("about", "21-1"), ("text", "会议记录齐全")];
        assert_eq!(s.app.post(&s.secretary, &format!("/assess/{id}/objections"), &fields).await.status, StatusCode::SEE_OTHER);
        let account = Some(s.secretary.account);
        let read = async move |tx: &mut db::Tx<'_>| assessment::publicity::store::page(tx, id, account, None, 50).await;
        let objection = s.app.db.read(read).await.unwrap()[0].id;
        let fields = [("text", "经核实记录齐全"), ("upheld", "yes"), ("target", "score:A3"), ("value", "4")];
        let answered = s.app.post(&s.committee, &format!("/objections/{objection}/answer"), &fields).await;
        assert_eq!(answered.status, StatusCode::SEE_OTHER, "{}", answered.body);
        assert_eq!(states(&s).await[2].1, State::Open, "one person does not settle it");
        s.decide(&s.reviewer, &s.newest_adjustment().await, "approve", "").await;
        assert_eq!(states(&s).await[2].1, State::Withdrawn);
    })
    .await;
}

/// A branch whose acceptance came from a file, and one whose facts say nothing.
async fn brought(db: db::Db) -> (Stand, OrgId) {
    let s = stand(db, &["21-1".into()]).await;
    let scheme = standards::schemes::newest(&s.app.db, "LN-JG-27").await.unwrap();
    let scheme = standards::scheme(&s.app.db, scheme).await.unwrap();
    let full = scheme.indicators.iter().map(|i| format!("21-1,{},acceptance,{},\n", i.code, i.points)).collect::<String>();
    let full = full.replace("21-1,A1,acceptance,4,", "21-1,A1,acceptance,3,缺记录");
    let taken = s.scores(s.cycle, &format!("branch_code,indicator,layer,score,reason\n{full}")).await.unwrap();
    assert!(taken.accepted(), "{:?}", taken.refused);
    let sheet = s.sheet("21-1").await;
    let org = s.app.db.read(async move |tx| assessment::sheet::store::any(tx, sheet).await).await.unwrap().org;
    (s, org)
}

#[tokio::test(flavor = "multi_thread")]
async fn importing_a_layer_opens_no_problem_and_the_end_of_the_year_opens_what_is_missing() {
    on_both(&[], async |db| {
        let (s, org) = brought(db).await;
        assert!(problems(&s.app.db, s.cycle, org).await.is_empty(), "a file opens none");
        s.publish(s.cycle).await;
        s.finalise(s.cycle).await.unwrap();
        let all = problems(&s.app.db, s.cycle, org).await;
        assert_eq!(all.iter().map(|p| (p.item.as_str(), p.text.as_str())).collect::<Vec<_>>(), [("A1", "缺记录")]);
        assert_eq!((all[0].state, all[0].lost.to_string()), (State::Open, "1".into()));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn s36_what_is_not_closed_goes_into_the_next_years_list_whichever_comes_first() {
    on_both(&[], async |db| {
        let (s, org) = brought(db).await;
        let early = opened(&s.app, s.root, 2027).await;
        assert!(problems(&s.app.db, early, org).await.is_empty(), "nothing is open yet");
        s.publish(s.cycle).await;
        s.finalise(s.cycle).await.unwrap();
        let kept = problems(&s.app.db, s.cycle, org).await;
        let there = problems(&s.app.db, early, org).await;
        assert_eq!((there.len(), there[0].id), (1, kept[0].id), "the next cycle ran already: it is the same problem");
        let late = opened(&s.app, s.root, 2028).await;
        assert!(problems(&s.app.db, late, org).await.is_empty(), "2027 is not final, so nothing has left it");
        let cycle: Cycle = s.app.db.read(async move |tx| assessment::cycle::store::any(tx, early).await).await.unwrap();
        s.publish(cycle.id).await;
        s.finalise(cycle.id).await.unwrap();
        let carried = problems(&s.app.db, late, org).await;
        assert!(carried.iter().any(|p| p.id == kept[0].id), "and on from year to year");
        let all = s.app.db.read(async |tx| tx.one::<i64>("SELECT COUNT(*) FROM problem_listing", &[]).await).await.unwrap();
        assert_eq!(all as usize, kept.len() + problems(&s.app.db, early, org).await.len() + carried.len());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_end_of_the_year_opens_without_anybody_s_word_says_what_the_data_say() {
    on_both(&[], async |db| {
        let s = stand(db, &["21-1".into()]).await;
        let scheme = standards::schemes::newest(&s.app.db, "LN-JG-27").await.unwrap();
        let scheme = standards::scheme(&s.app.db, scheme).await.unwrap();
        let rest = scheme.indicators.iter().filter(|i| i.code != "C1");
        let full = rest.map(|i| format!("21-1,{},acceptance,{},\n", i.code, i.points)).collect::<String>();
        assert!(s.scores(s.cycle, &format!("branch_code,indicator,layer,score,reason\n{full}")).await.unwrap().accepted());
        let c1 = scheme.indicator("C1").unwrap();
        let parts = scheme.score(&scoring::BranchInput::default());
        let key = parts.indicators.iter().find(|i| i.code == "C1").unwrap().parts[0].key.to_owned();
        assert!(s.facts(s.cycle, &format!("branch_code,key,value,source\n21-1,{key},1,台账\n")).await.unwrap().accepted());
        let sheet = s.sheet("21-1").await;
        let org = s.app.db.read(async move |tx| assessment::sheet::store::any(tx, sheet).await).await.unwrap().org;
        s.publish(s.cycle).await;
        s.finalise(s.cycle).await.unwrap();
        let all = problems(&s.app.db, s.cycle, org).await;
        assert_eq!(all.iter().map(|p| p.item.as_str()).collect::<Vec<_>>(), ["C1"]);
        let text = &all[0].text;
        assert!(text.starts_with(&format!("{}（现有数据：", c1.rule)) && text.contains(" 1"), "the rule, and what is known: {text}");
    })
    .await;
}

/// The process is killed between the end of the year and the carrying: the list of the next cycle is as it was before.
async fn cut_before_carrying(s: &Stand, ended: CycleId, next: CycleId) {
    let by = By::system(&system(), today());
    let cut = audit::stage(&s.app.db, async move |tx| {
        tx.exec("DELETE FROM problem_listing WHERE board = $1", &db::params![&next.to_string()]).await?;
        owe(tx, ended, Way::OutOf, &by).await
    });
    cut.await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_killed_process_was_to_carry_into_the_next_year_is_carried_later() {
    on_both(&[], async |db| {
        let (s, org) = brought(db).await;
        let next = opened(&s.app, s.root, 2027).await;
        s.publish(s.cycle).await;
        s.finalise(s.cycle).await.unwrap();
        let owed = async || s.app.db.lookup::<i64>("SELECT COUNT(*) FROM carrying", &[]).await.unwrap()[0];
        assert_eq!((problems(&s.app.db, next, org).await.len(), owed().await), (1, 0), "usually it is done at once");
        cut_before_carrying(&s, s.cycle, next).await;
        assert_eq!((problems(&s.app.db, next, org).await.len(), owed().await), (0, 1));
        resume(&s.app.db, Instant::now().plus_minutes(-5)).await.unwrap();
        assert_eq!(owed().await, 1, "somebody may still be at it");
        resume(&s.app.db, Instant::now().plus_minutes(1)).await.unwrap();
        assert_eq!((problems(&s.app.db, next, org).await.len(), owed().await), (1, 0));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_closed_opens_again_if_the_committee_lowers_it_further_and_stays_closed_if_it_restores_it() {
    for (value, state) in [("1", State::Doing), ("0", State::Doing), ("3", State::Closed), ("4", State::Closed)] {
        on_both(&[], async |db| {
            let s = handed_in(db, "2").await;
            assert_eq!(states(&s).await, [is("A1", State::Open, "2")]);
            let id = problems(&s.app.db, s.cycle, s.branch).await[0].id;
            let deputy = s.app.person("deputy", Some(s.root)).await;
            for (who, step, field) in [
                (&s.secretary, "work", ("x", "")),
                (&s.secretary, "closure", ("closing", "已补开")),
                (&deputy, "verification", ("reason", "")),
            ] {
                assert_eq!(s.app.post(who, &format!("/problems/{id}/{step}"), &[field]).await.status, StatusCode::SEE_OTHER, "{step}");
            }
            approved(&s, "score:A1", value, "复核记录").await;
            assert_eq!(states(&s).await[0].1, state, "A1 is {value} of 4 now");
            let sql = "SELECT COUNT(*) FROM event WHERE action = 'adjustment.approve' AND body LIKE '%reopened%'";
            let named: i64 = s.app.db.read(async move |tx| tx.one(sql, &[]).await).await.unwrap();
            assert_eq!(named == 1, state == State::Doing, "the event names what is open again");
        })
        .await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn s33_a_branch_at_full_marks_is_asked_to_confirm_and_what_the_committee_lowers_overtakes_it() {
    on_both(&[], async |db| {
        let s = handed_in(db, "0").await;
        let (sheet, page) = (format!("/sheets/{}", s.sheet), format!("/orgs/{}/confirmations", s.branch));
        assert!(s.app.get(&s.secretary, &sheet).await.body.contains("待确认"));
        while figures::fold(&s.app.db).await.unwrap() > 0 {}
        let cycle = s.app.get(&s.committee, &format!("/assess/{}", s.cycle)).await.body;
        assert!(cycle.contains("无问题确认") && cycle.contains("1 个支部"), "{cycle}");
        let said = s.app.post(&s.secretary, &page, &[("board", &s.cycle.to_string())]).await;
        assert_eq!((said.status, s.events("problem.confirm-none").await), (StatusCode::SEE_OTHER, 1), "{}", said.body);
        assert!(s.app.get(&s.committee, &sheet).await.body.contains("已确认"));
        approved(&s, "score:A1", "3", "记录不实").await;
        let body = s.app.get(&s.secretary, &sheet).await.body;
        assert!(body.contains("已失效") && body.contains("这次确认不再有效"), "{body}");
        approved(&s, "score:A1", "4", "重新核实").await;
        assert!(s.app.get(&s.secretary, &page).await.body.contains("确认无问题</button>"), "asked again when nothing is left");
    })
    .await;
}

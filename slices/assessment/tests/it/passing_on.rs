//! Moving from one stage to the next names everybody it passes over and leaves nobody with what can no longer be done; a draw
//! made again takes the place of the one before. Through the router, on both engines.
use crate::onward::onward;
use crate::stage::stage;
use crate::stand::{Stand, stand, system, today};
use assessment::cycle::phase::Phase;
use assessment::cycle::store as cycles;
use assessment::draw::recheck::run;
use assessment::draw::store::of_cycle;
use assessment::inspection::store::insert_team;
use assessment::sheet::State;
use assessment::sheet::store as sheets;
use audit::Event;
use axum::http::Method;
use kernel::{DrawId, Instant, TeamId};
use scoring::Layer;
use testkit::{Person, TestApp, on_both};
use web::StatusCode;

async fn open_matters(app: &TestApp, prefix: &str) -> i64 {
    let (from, to) = (prefix.to_owned(), format!("{prefix}\u{10ffff}"));
    let sql = "SELECT COUNT(*) FROM todo WHERE matter >= $1 AND matter < $2 AND done IS NULL";
    app.db.read(async move |tx| tx.one(sql, &db::params![&from, &to]).await).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn s31_a_branch_nobody_was_sent_to_is_passed_over_with_a_reason_only_and_its_secretary_is_left_with_nothing_to_do() {
    on_both(&[], async |db| {
        let s = stage(db).await;
        s.move_to(Phase::Acceptance).await;
        let until = today().plus_days(3).to_string();
        let permit = async || {
            let (path, sheet) = (format!("/assess/{}/late-permissions", s.cycle), s.sheet.to_string());
            s.app.post(&s.committee, &path, &[("sheet", &sheet), ("until", &until), ("reason", "换届")]).await.status
        };
        assert_eq!(permit().await, StatusCode::SEE_OTHER);
        let matters = format!("sheet:{}:", s.sheet);
        assert_eq!(open_matters(&s.app, &matters).await, 1, "the secretary's");
        let page = s.app.get(&s.committee, &format!("/assess/{}/phase", s.cycle)).await.body;
        assert!(page.contains("还有 1 个"), "who has not finished is counted though no team was given it: {page}");
        assert_eq!(onward(&s.app, &s.committee, s.cycle, "").await.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(onward(&s.app, &s.committee, s.cycle, "另行督促").await.status, StatusCode::SEE_OTHER);
        assert_eq!(open_matters(&s.app, &matters).await, 0, "its page is closed now");
        assert_eq!(permit().await, StatusCode::CONFLICT, "no self-assessment is taken any more");
        let list = s.app.get(&s.committee, &format!("/assess/{}/sheets", s.cycle)).await.body;
        assert!(list.contains("第一支部") && !list.contains("late-permissions"), "{list}");
    })
    .await;
}

impl Stand {
    /// Everybody is accepted, and a team waits to re-check.
    async fn accepted(&self, codes: &[String], inspector: &Person) -> TeamId {
        let (team, cycle, account, at) = (TeamId::new(), self.cycle, inspector.account, Instant::now());
        let mut all = Vec::new();
        for code in codes {
            all.push(self.sheet(code).await);
        }
        audit::change(&self.app.db, &system(), async move |tx| {
            let now = cycles::any(tx, cycle).await?;
            cycles::set_phase(tx, &now, Phase::Recheck, &cycles::Step { day: today(), at, by: "test", reason: "" }).await?;
            insert_team(tx, team, cycle, Layer::Recheck, "复检组", &[(account, "某人".into())]).await?;
            for sheet in &all {
                for layer in [Layer::SelfAssessment, Layer::Acceptance] {
                    let now = sheets::any(tx, *sheet).await?;
                    sheets::set_state(tx, &now, layer, State::Submitted).await?;
                }
            }
            Ok(((), Event::new("team.create", format!("cycle:{cycle}"))))
        })
        .await
        .unwrap();
        team
    }
    /// A number whose result is another than that of `not`.
    async fn other_number(&self, draw: DrawId, not: &str) -> String {
        let cycle = self.cycle;
        let all = self.app.db.read(async move |tx| of_cycle(tx, cycle).await).await.unwrap();
        let record = all.iter().find(|d| d.id == draw).unwrap();
        let first = run(record, not).unwrap();
        (0..1000).map(|n| n.to_string()).find(|n| run(record, n).unwrap() != first).unwrap()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn s44_a_draw_made_again_takes_the_place_of_the_first_and_one_published_anew_is_not_drawn_from() {
    on_both(&[], async |db| {
        let codes: Vec<String> = (1..=5).map(|n| format!("21-{n}")).collect();
        let s = stand(db, &codes).await;
        let (committee, reviewer) = (s.app.person("committee", Some(s.root)).await, s.app.person("reviewer", Some(s.root)).await);
        let inspector = s.app.person("inspector", Some(s.root)).await;
        let team = s.accepted(&codes, &inspector).await.to_string();
        let publish = async |reason: &str| {
            let fields = [("team", team.as_str()), ("reason", reason)];
            s.app.post(&committee, &format!("/assess/{}/draws", s.cycle), &fields).await.location
        };
        let number = async |draw: &str, n: &str| s.app.post(&reviewer, &format!("{draw}/number"), &[("number", n)]).await.status;
        let first = publish("").await;
        assert_eq!(number(&first, "7").await, StatusCode::SEE_OTHER);
        let drawn = async || {
            let all = s.app.api(&committee, Method::GET, &format!("/api/v1/cycles/{}/sheets?layer=recheck", s.cycle), None).await.body;
            codes.iter().filter(|code| all.contains(&format!("\"{code}\""))).cloned().collect::<Vec<_>>()
        };
        let before = drawn().await;
        assert_eq!(before.len(), 1, "a fifth");
        // Published anew, and once more before anybody had drawn: only the last is drawn from.
        let second = publish("名单有误").await;
        let third = publish("又补一个支部").await;
        assert_eq!(number(&second, "7").await, StatusCode::CONFLICT);
        let page = s.app.get(&reviewer, &second).await.body;
        assert!(page.contains("名单已重新公布") && !page.contains("name=\"number\""), "{page}");
        let id = DrawId::parse(third.rsplit('/').next().unwrap()).unwrap();
        assert_eq!(number(&third, &s.other_number(id, "7").await).await, StatusCode::SEE_OTHER);
        let after = drawn().await;
        assert!(after.len() == 1 && after != before, "{before:?} {after:?}");
        let left = s.sheet(&before[0]).await;
        assert_eq!(open_matters(&s.app, &format!("sheet:{left}:recheck")).await, 0, "nobody is sent to the first any more");
        assert_eq!(open_matters(&s.app, &format!("sheet:{}:recheck", s.sheet(&after[0]).await)).await, 1);
        assert_eq!(open_matters(&s.app, "draw:").await, 0, "no number is waited for");
        assert_eq!(s.app.get(&committee, &first).await.status, StatusCode::OK, "its record stays");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn filling_the_rest_of_a_recheck_takes_what_acceptance_left_and_not_what_the_branch_gave_itself() {
    on_both(&[], async |db| {
        let s = stage(db).await;
        s.score(Layer::SelfAssessment, "0").await;
        s.score(Layer::Acceptance, "3").await;
        let (team, cycle, id) = (TeamId::new(), s.cycle, s.sheet);
        let inspector = s.app.person("inspector", Some(s.root)).await;
        let (account, at) = (inspector.account, Instant::now());
        audit::change(&s.app.db, &system(), async move |tx| {
            let sheet = sheets::any(tx, id).await?;
            sheets::set_state(tx, &sheet, Layer::Acceptance, State::Submitted).await?;
            insert_team(tx, team, cycle, Layer::Recheck, "复检组", &[(account, "某人".into())]).await?;
            let given = assessment::inspection::store::Assignment { sheet: id, layer: Layer::Recheck, team, cycle, due: None };
            assessment::inspection::store::assign(tx, &given, at).await?;
            Ok(((), Event::new("team.create", format!("cycle:{cycle}"))))
        })
        .await
        .unwrap();
        s.move_to(Phase::Recheck).await;
        let page = s.app.get(&inspector, &format!("/sheets/{id}/recheck")).await.body;
        assert!(page.contains("未评项按验收填入"), "{page}");
        let scheme = assessment::sheet::context::any(&s.app.db, id).await.unwrap().scheme;
        let empty: Vec<(String, String)> = scheme.indicators.iter().map(|i| (format!("s-{}", i.code), String::new())).collect();
        let mut fields: Vec<(&str, &str)> = empty.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        fields.push(("do", "copy"));
        let filled = s.app.post(&inspector, &format!("/sheets/{id}/recheck"), &fields).await;
        assert_eq!(filled.status, StatusCode::SEE_OTHER, "{}", filled.body);
        assert_eq!(s.kept().await.0, "97", "nothing was given back");
    })
    .await;
}

impl Stand {
    async fn set(&self, phase: Phase) {
        let (cycle, at) = (self.cycle, Instant::now());
        audit::change(&self.app.db, &system(), async move |tx| {
            let now = cycles::any(tx, cycle).await?;
            cycles::set_phase(tx, &now, phase, &cycles::Step { day: today(), at, by: "test", reason: "" }).await?;
            Ok(((), Event::new("cycle.move", format!("cycle:{cycle}"))))
        })
        .await
        .unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn s44_a_draw_belongs_to_its_phase_and_what_was_not_drawn_in_it_is_passed_over_with_a_reason_only() {
    on_both(&[], async |db| {
        let codes = ["21-1".to_owned(), "21-2".to_owned()];
        let s = stand(db, &codes).await;
        let (committee, reviewer) = (s.app.person("committee", Some(s.root)).await, s.app.person("reviewer", Some(s.root)).await);
        let inspector = s.app.person("inspector", Some(s.root)).await;
        let team = s.accepted(&codes, &inspector).await.to_string();
        let (here, draws, teams) =
            (format!("/assess/{}", s.cycle), format!("/assess/{}/draws", s.cycle), format!("/assess/{}/teams", s.cycle));
        let publish = async |reason: &str| s.app.post(&committee, &draws, &[("team", &team), ("reason", reason)]).await;
        let number = async |draw: &str| s.app.post(&reviewer, &format!("{draw}/number"), &[("number", "7")]).await;
        s.set(Phase::SelfAssessment).await;
        let early = publish("").await;
        assert!(early.status == StatusCode::CONFLICT && early.body.contains("验收还没有开始"), "{}", early.body);
        let page = s.app.get(&committee, &draws).await.body;
        assert!(page.contains("验收还没有开始") && !page.contains(&format!("action=\"{draws}\"")), "{page}");
        s.set(Phase::Acceptance).await;
        let first = publish("").await;
        assert_eq!(first.status, StatusCode::SEE_OTHER, "what is accepted early may be drawn early: {}", first.body);
        s.set(Phase::Recheck).await;
        assert_eq!(number(&first.location).await.status, StatusCode::SEE_OTHER);
        let second = publish("名单有误").await.location;
        let left = s.app.get(&committee, &format!("{here}/phase")).await.body;
        assert!(left.contains("有 1 份名单已公布、还没有抽取") && left.contains("还有 1 个没有完成"), "{left}");
        let on = async |reason: &str| onward(&s.app, &committee, s.cycle, reason).await.status;
        assert_eq!(on("").await, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!((open_matters(&s.app, "draw:").await, open_matters(&s.app, "sheet:").await > 0), (1, true));
        assert_eq!(on("时间不够，另行安排").await, StatusCode::SEE_OTHER);
        assert_eq!((open_matters(&s.app, "draw:").await, open_matters(&s.app, "sheet:").await), (0, 0), "nobody waits for what is over");
        let late = number(&second).await;
        assert!(late.status == StatusCode::CONFLICT && late.body.contains("复检阶段已经结束"), "{}", late.body);
        assert_eq!(publish("再抽一次").await.status, StatusCode::CONFLICT);
        let record = s.app.get(&reviewer, &second).await.body;
        assert!(record.contains("名单公布后没有抽取") && !record.contains("name=\"number\""), "{record}");
        assert!(record.contains("当时写明的理由：时间不够，另行安排"), "and why it was passed over: {record}");
        let page = s.app.get(&committee, &draws).await.body;
        assert!(page.contains("不再抽取支部和分组") && page.contains("未抽取") && !page.contains("<form class=\"card"), "{page}");
        let page = s.app.get(&committee, &teams).await.body;
        assert!(page.contains("不再组建小组") && !page.contains("<form class=\"card") && !page.contains("/assignments"), "{page}");
        for layer in ["acceptance", "recheck"] {
            let new = [("layer", layer), ("name", "一组"), ("inspectors", "x"), ("teams", "1"), ("size", "1")];
            assert_eq!(s.app.post(&committee, &format!("{here}/team-draws"), &new).await.status, StatusCode::CONFLICT, "{layer}");
        }
        let given = s.app.post(&committee, &format!("{here}/assignments"), &[("team", &team), ("branches", "21-1")]).await;
        assert_eq!(given.status, StatusCode::CONFLICT, "{}", given.body);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn s31_a_list_that_alone_was_not_drawn_from_is_passed_over_with_a_reason_too() {
    on_both(&[], async |db| {
        let codes = ["21-1".to_owned(), "21-2".to_owned()];
        let s = stand(db, &codes).await;
        let committee = s.app.person("committee", Some(s.root)).await;
        let inspector = s.app.person("inspector", Some(s.root)).await;
        let team = s.accepted(&codes, &inspector).await.to_string();
        let drawn = s.app.post(&committee, &format!("/assess/{}/draws", s.cycle), &[("team", &team)]).await;
        assert_eq!(drawn.status, StatusCode::SEE_OTHER, "{}", drawn.body);
        let bare = onward(&s.app, &committee, s.cycle, " ").await;
        assert!(bare.status == StatusCode::UNPROCESSABLE_ENTITY && bare.body.contains("有 1 份名单还没有抽取"), "{}", bare.body);
        assert_eq!(onward(&s.app, &committee, s.cycle, "不再复检").await.status, StatusCode::SEE_OTHER);
        assert_eq!(open_matters(&s.app, "draw:").await, 0);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn s31_who_has_not_assessed_itself_has_it_to_do_only_as_long_as_it_may() {
    on_both(&[], async |db| {
        let s = stage(db).await;
        let forward = async || {
            let moved = onward(&s.app, &s.committee, s.cycle, "另行督促").await;
            assert_eq!(moved.status, StatusCode::SEE_OTHER, "{}", moved.body);
        };
        let matter = format!("sheet:{}:self", s.sheet);
        forward().await;
        assert_eq!(open_matters(&s.app, &matter).await, 1);
        forward().await;
        assert_eq!(open_matters(&s.app, &matter).await, 0, "self-assessment is over, and nobody has permitted more");
        let until = today().plus_days(3).to_string();
        let fields = [("sheet", s.sheet.to_string()), ("until", until), ("reason", "换届".to_owned())];
        let fields = fields.each_ref().map(|(name, value)| (*name, value.as_str()));
        let permitted = s.app.post(&s.committee, &format!("/assess/{}/late-permissions", s.cycle), &fields).await;
        assert_eq!((permitted.status, open_matters(&s.app, &matter).await), (StatusCode::SEE_OTHER, 1), "{}", permitted.body);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn s44_a_recheck_for_which_nothing_was_ever_drawn_is_passed_over_with_a_reason_only_and_the_audit_says_so() {
    on_both(&[], async |db| {
        let s = stage(db).await;
        s.move_to(Phase::Acceptance).await;
        let (here, said) = (format!("/assess/{}", s.cycle), "没有抽取过复检支部");
        assert!(!s.app.get(&s.committee, &format!("{here}/phase")).await.body.contains(said), "there is time for it");
        s.move_to(Phase::Recheck).await;
        let page = s.app.get(&s.committee, &format!("{here}/phase")).await.body;
        assert!(page.contains(said) && page.contains("name=\"reason\""), "{page}");
        let bare = onward(&s.app, &s.committee, s.cycle, " ").await;
        assert!(bare.status == StatusCode::UNPROCESSABLE_ENTITY && bare.body.contains("请先抽取，或写明继续的理由"), "{}", bare.body);
        let on = onward(&s.app, &s.committee, s.cycle, "本年度不抽查").await;
        assert_eq!(on.status, StatusCode::SEE_OTHER, "{}", on.body);
        let told: Vec<String> = s.app.db.lookup("SELECT body FROM event WHERE action = 'cycle.advance'", &[]).await.unwrap();
        assert!(told.len() == 1 && told[0].contains("\"recheck_draws\":\"0\"") && told[0].contains("本年度不抽查"), "{told:?}");
        assert!(s.app.get(&s.committee, &here).await.body.contains("本年度不抽查"), "and the history");
    })
    .await;
}

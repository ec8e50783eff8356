//! The re-check has its list of states like the stages before it: of the drawn branches only, with reminders once a day.
use crate::onward::onward;
use crate::stand::{Stand, stand, system, today};
use access::PostLine;
use assessment::cycle::phase::Phase;
use assessment::cycle::store as cycles;
use assessment::inspection::store::{Assignment, assign, insert_team};
use assessment::sheet::State;
use assessment::sheet::store as sheets;
use audit::Event;
use axum::http::Method;
use kernel::{AccountId, Instant, PostId, TeamId};
use scoring::Layer;
use testkit::on_both;
use web::StatusCode;

impl Stand {
    /// These were drawn, everybody has assessed themselves, and the second has been begun.
    async fn drawn(&self, codes: [&str; 2], inspector: AccountId) {
        let (team, cycle, at) = (TeamId::new(), self.cycle, Instant::now());
        let drawn = [self.sheet(codes[0]).await, self.sheet(codes[1]).await];
        audit::change(&self.app.db, &system(), async move |tx| {
            let now = cycles::any(tx, cycle).await?;
            cycles::set_phase(tx, &now, Phase::Recheck, &cycles::Step { day: today(), at, by: "test", reason: "" }).await?;
            insert_team(tx, team, cycle, Layer::Recheck, "复检组", &[(inspector, "某人".into())]).await?;
            for sheet in drawn {
                let now = sheets::any(tx, sheet).await?;
                sheets::set_state(tx, &now, Layer::SelfAssessment, State::Submitted).await?;
                assign(tx, &Assignment { sheet, layer: Layer::Recheck, team, cycle, due: None }, at).await?;
            }
            let second = sheets::any(tx, drawn[1]).await?;
            sheets::set_state(tx, &second, Layer::Recheck, State::Begun).await?;
            Ok(((), Event::new("team.create", format!("cycle:{cycle}"))))
        })
        .await
        .unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_recheck_stage_lists_the_drawn_branches_by_state_and_reminds_once_a_day() {
    on_both(&[], async |db| {
        let s = stand(db, &["21-1".into(), "21-2".into(), "21-3".into()]).await;
        let committee = s.app.person("committee", Some(s.root)).await;
        let inspector = s.app.person("inspector", Some(s.root)).await;
        s.drawn(["21-1", "21-2"], inspector.account).await;
        let here = format!("/assess/{}/sheets?layer=recheck", s.cycle);
        let named = |body: &str| ["支部21-1", "支部21-2", "支部21-3"].map(|n| body.contains(n));
        for (state, expected) in [
            ("", [true, true, false]),
            ("untouched", [true, false, false]),
            ("begun", [false, true, false]),
            ("submitted", [false; 3]),
            ("returned", [false; 3]),
        ] {
            let body = s.app.get(&committee, &format!("{here}&state={state}")).await.body;
            assert_eq!(named(&body), expected, "{state}: {body}");
            for chip in ["全部 2<", "未开始 1<", "填报中 1<", "已提交 0<", "已退回 0<"] {
                assert!(body.contains(chip), "{chip} of the drawn: {body}");
            }
            let listed =
                s.app.api(&committee, Method::GET, &format!("/api/v1/cycles/{}/sheets?layer=recheck&state={state}", s.cycle), None).await;
            assert_eq!(named(&listed.body), expected, "{}", listed.body);
        }
        let cycle = s.app.get(&committee, &format!("/assess/{}", s.cycle)).await.body;
        assert!(cycle.contains("layer=recheck&amp;state=begun"), "the cycle's page counts the stage that runs: {cycle}");
        let notices = async || {
            let sql = "SELECT COUNT(*) FROM notice WHERE key = 'notice-remind-inspect'";
            s.app.db.read(async move |tx| tx.one::<i64>(sql, &[]).await).await.unwrap()
        };
        for expected in [1, 1] {
            let pressed = s.app.post(&committee, &format!("/assess/{}/reminders", s.cycle), &[]).await;
            assert_eq!((pressed.status, pressed.location.contains("layer=recheck")), (StatusCode::SEE_OTHER, true), "{}", pressed.body);
            assert_eq!(notices().await, expected, "once a day");
        }
        let mine = [("list", "layer=self&state=untouched")];
        let back = s.app.post(&committee, &format!("/assess/{}/reminders", s.cycle), &mine).await.location;
        assert!(back.contains("layer=self") && back.contains("state=untouched"), "back to the list it was pressed on: {back}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_drawn_for_a_team_with_ties_stays_in_the_list_until_another_team_is_given_it() {
    on_both(&[], async |db| {
        let s = stand(db, &["21-1".into(), "21-2".into()]).await;
        let (committee, reviewer) = (s.app.person("committee", Some(s.root)).await, s.app.person("reviewer", Some(s.root)).await);
        let (tied, free) = (s.app.person("inspector", Some(s.root)).await, s.app.person("inspector", Some(s.root)).await);
        let (cycle, root, account, at, teams) = (s.cycle, s.root, tied.account, Instant::now(), [TeamId::new(), TeamId::new()]);
        let (mine, other) = ([(tied.account, "某人".to_owned())], [(free.account, "某人".to_owned())]);
        let both = [s.sheet("21-1").await, s.sheet("21-2").await];
        audit::change(&s.app.db, &system(), async move |tx| {
            let post = PostLine { id: PostId::new(), account, role: "deputy".into(), org: Some(root), granted: at };
            access::give_post(tx, &post, "test").await?;
            let now = cycles::any(tx, cycle).await?;
            cycles::set_phase(tx, &now, Phase::Recheck, &cycles::Step { day: today(), at, by: "test", reason: "" }).await?;
            insert_team(tx, teams[0], cycle, Layer::Recheck, "一组", &mine).await?;
            insert_team(tx, teams[1], cycle, Layer::Recheck, "二组", &other).await?;
            for sheet in both {
                for layer in [Layer::SelfAssessment, Layer::Acceptance] {
                    let now = sheets::any(tx, sheet).await?;
                    sheets::set_state(tx, &now, layer, State::Submitted).await?;
                }
            }
            Ok(((), Event::new("team.create", format!("cycle:{cycle}"))))
        })
        .await
        .unwrap();
        let drawn = s.app.post(&committee, &format!("/assess/{cycle}/draws"), &[("team", &teams[0].to_string())]).await;
        assert_eq!(drawn.status, StatusCode::SEE_OTHER, "{}", drawn.body);
        let record = s.app.get(&committee, &drawn.location).await.body;
        assert!(record.contains(">支部21-1</a> <span class=\"mut\">21-1</span></li>"), "{record}");
        let number = s.app.post(&reviewer, &format!("{}/number", drawn.location), &[("number", "7")]).await;
        assert_eq!(number.status, StatusCode::SEE_OTHER, "{}", number.body);
        let list = async || s.app.get(&committee, &format!("/assess/{cycle}/sheets?layer=recheck")).await.body;
        let body = list().await;
        assert!(body.contains("原复检组须回避") && body.contains("未开始 1<"), "{body}");
        let on = onward(&s.app, &committee, cycle, "").await;
        assert_eq!(on.status, StatusCode::UNPROCESSABLE_ENTITY, "somebody has not finished: {}", on.body);
        let code = if body.contains("支部21-1<") { "21-1" } else { "21-2" };
        let fields = [("team", teams[1].to_string()), ("layer", "recheck".into()), ("branches", code.into())];
        let fields = fields.each_ref().map(|(name, value): &(&str, String)| (*name, value.as_str()));
        let given = s.app.post(&committee, &format!("/assess/{cycle}/assignments"), &fields).await;
        assert_eq!(given.status, StatusCode::SEE_OTHER, "{}", given.body);
        assert!(!list().await.contains("原复检组须回避"));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn branches_are_counted_that_somebody_was_reminded_of_not_the_inspectors_of_each() {
    on_both(&[], async |db| {
        let s = stand(db, &["21-1".into(), "21-2".into()]).await;
        let committee = s.app.person("committee", Some(s.root)).await;
        let inspector = s.app.person("inspector", Some(s.root)).await;
        s.drawn(["21-1", "21-2"], inspector.account).await;
        let others = [s.app.person("inspector", Some(s.root)).await.account, s.app.person("inspector", Some(s.root)).await.account];
        let (cycle, sheet, at) = (s.cycle, s.sheet("21-1").await, Instant::now());
        audit::change(&s.app.db, &system(), async move |tx| {
            let team = TeamId::new();
            insert_team(tx, team, cycle, Layer::Recheck, "三人组", &others.map(|a| (a, "某人".into()))).await?;
            assign(tx, &Assignment { sheet, layer: Layer::Recheck, team, cycle, due: None }, at).await?;
            Ok(((), Event::new("team.create", format!("cycle:{cycle}"))))
        })
        .await
        .unwrap();
        s.app.post(&committee, &format!("/assess/{cycle}/reminders"), &[]).await;
        let detail: Vec<String> = s.app.db.lookup("SELECT body FROM event WHERE action = 'cycle.remind'", &[]).await.unwrap();
        assert!(detail[0].contains("\"reminded\":\"2\""), "three people, two branches: {detail:?}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_of_a_few_teams_is_chosen_and_one_of_very_many_is_named() {
    on_both(&[], async |db| {
        let s = stand(db, &["21-1".into()]).await;
        let committee = s.app.person("committee", Some(s.root)).await;
        let (cycle, sheet) = (s.cycle, s.sheet("21-1").await);
        let make = async |from: usize, to: usize| {
            audit::change(&s.app.db, &system(), async move |tx| {
                for n in from..=to {
                    insert_team(tx, TeamId::new(), cycle, Layer::Recheck, &format!("第{n}组"), &[]).await?;
                }
                Ok(((), Event::new("team.create", format!("cycle:{cycle}"))))
            })
            .await
            .unwrap();
        };
        audit::change(&s.app.db, &system(), async move |tx| {
            let now = cycles::any(tx, cycle).await?;
            cycles::set_phase(tx, &now, Phase::Recheck, &cycles::Step { day: today(), at: Instant::now(), by: "test", reason: "" }).await?;
            let now = sheets::any(tx, sheet).await?;
            sheets::set_state(tx, &now, Layer::Acceptance, State::Submitted).await?;
            Ok(((), Event::new("cycle.move", format!("cycle:{cycle}"))))
        })
        .await
        .unwrap();
        let there = format!("/assess/{cycle}/draws");
        make(1, 50).await;
        let few = s.app.get(&committee, &there).await.body;
        assert_eq!(few.matches("组</option>").count(), 50, "{few}");
        make(51, 2000).await;
        let many = s.app.get(&committee, &there).await.body;
        assert!(!many.contains("组</option>") && many.contains("共 2,000 个组"), "{many}");
        let ask = async |team: &str, chosen: &str| s.app.post(&committee, &there, &[("team", team), ("team-is", chosen)]).await;
        for unknown in ["", "甲组", "组"] {
            assert_eq!(ask(unknown, "").await.wrong(), ["team"], "none, or more than anybody would choose from: {unknown}");
        }
        let several = ask("第19组", "").await;
        assert_eq!(several.status, StatusCode::SEE_OTHER, "a whole name is that of one: {}", several.body);
        let several = ask("199", "").await;
        assert_eq!(several.wrong(), ["team"]);
        let offered = several.body.split("name=\"team-is\"").nth(1).and_then(|rest| rest.split("value=\"").nth(1)).unwrap();
        let drawn = ask("199", offered.split('"').next().unwrap()).await;
        assert_eq!(drawn.wrong(), ["why"], "it is drawn again: a reason is asked for, nothing else");
    })
    .await;
}

//! A cycle that was opened by mistake is withdrawn: it takes part in nothing, and what it was given goes back; on both engines.
use crate::stand::{Stand, opened, stand};
use assessment::inspection::store::{Assignment, assign, insert_team};
use kernel::{CycleId, Instant, OrgId, TeamId};
use rectification::Problem;
use scoring::Layer;
use testkit::on_both;
use web::StatusCode;

async fn problems(s: &Stand, board: CycleId, org: OrgId) -> Vec<Problem> {
    s.app.db.read(async move |tx| rectification::of_branch(tx, &board.to_string(), org).await).await.unwrap()
}

async fn events(s: &Stand) -> i64 {
    s.app.db.lookup::<i64>("SELECT COUNT(*) FROM event WHERE action = 'cycle.withdraw'", &[]).await.unwrap()[0]
}

/// A branch whose year is final with problems, and the next year's cycle.
async fn carried_over(db: db::Db) -> (Stand, OrgId, CycleId) {
    let s = stand(db, &["21-1".into(), "21-2".into()]).await;
    assert!(s.scores(s.cycle, "branch_code,indicator,layer,score,reason\n21-1,A1,acceptance,3,缺记录\n").await.unwrap().accepted());
    s.publish(s.cycle).await;
    s.finalise(s.cycle).await.unwrap();
    let sheet = s.sheet("21-1").await;
    let org = s.app.db.read(async move |tx| assessment::sheet::store::any(tx, sheet).await).await.unwrap().org;
    let next = opened(&s.app, s.root, 2027).await;
    (s, org, next)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mistaken_cycle_is_withdrawn_once_and_gives_back_what_it_was_given() {
    on_both(&[], async |db| {
        let (s, org, next) = carried_over(db).await;
        let (before, there) = (problems(&s, s.cycle, org).await, problems(&s, next, org).await);
        assert!(!there.is_empty() && there.len() == before.len());
        let committee = s.app.person("committee", Some(s.root)).await;
        let secretary = s.app.person("secretary", Some(org)).await;
        let at = format!("/assess/{next}/withdrawal");
        assert!(s.app.get(&committee, &format!("/assess/{next}")).await.body.contains(&at), "it is offered where it was opened");
        let page = s.app.get(&committee, &at).await.body;
        assert!(page.contains("2 个支部") && page.contains("未销号问题退回上年清单"), "{page}");
        assert_eq!(s.app.post(&secretary, &at, &[("reason", "误开")]).await.status, StatusCode::FORBIDDEN);
        assert_eq!(s.app.post(&committee, &at, &[("reason", " ")]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        let done = s.app.post(&committee, &at, &[("reason", "年度选错")]).await;
        assert_eq!((done.status, done.location.as_str(), events(&s).await), (StatusCode::SEE_OTHER, "/assess", 1));
        let list = s.app.get(&committee, "/assess").await.body;
        assert!(list.contains("已撤销") && list.contains("年度选错") && !list.contains(&format!("/assess/{next}")), "{list}");
        let gone = s.app.get(&committee, &format!("/assess/{next}")).await;
        assert!(gone.status == StatusCode::CONFLICT && gone.body.contains("年度选错"), "an old link says why: {}", gone.body);
        let founder = s.app.person("committee", None).await;
        let elsewhere = crate::stage::org(&s.app, &founder, "99", "另一个工委", "611", "").await;
        let stranger = s.app.person("committee", Some(elsewhere)).await;
        assert_eq!(s.app.get(&stranger, &format!("/assess/{next}")).await.status, StatusCode::NOT_FOUND);
        // So does every old link to a sheet of it, whoever had it.
        let sheet = s.sheet_in(next, "21-1").await;
        for page in ["", "/self", "/why", "/print"] {
            for who in [&committee, &secretary] {
                let gone = s.app.get(who, &format!("/sheets/{sheet}{page}")).await;
                assert!(gone.status == StatusCode::CONFLICT && gone.body.contains("年度选错"), "{page}: {}", gone.body);
            }
            assert_eq!(s.app.get(&stranger, &format!("/sheets/{sheet}{page}")).await.status, StatusCode::NOT_FOUND, "{page}");
        }
        assert_eq!(s.app.post(&committee, &at, &[("reason", "再撤")]).await.status, StatusCode::NOT_FOUND, "once");
        assert!(assessment::cycle::store::all(&s.app.db).await.unwrap().iter().all(|c| c.id != next), "no default, no figure, no 待办");

        // The problems are where they were, and their timelines say what happened.
        assert!(problems(&s, next, org).await.is_empty());
        let back = problems(&s, s.cycle, org).await;
        let stands = |all: &[Problem]| all.iter().map(|p| (p.id, p.state, p.due, p.owner_name.clone())).collect::<Vec<_>>();
        assert_eq!(stands(&back), stands(&before));
        let id = back[0].id;
        let steps = s.app.db.read(async move |tx| rectification::problem::store::steps(tx, id).await).await.unwrap();
        let told: Vec<_> = steps.iter().rev().take(2).map(|step| step.action.name()).collect();
        assert_eq!(told, ["carry-back", "carry"]);
        while figures::fold(&s.app.db).await.unwrap() > 0 {}
        let top = tree::path(&s.app.db, s.root).await.unwrap().unwrap();
        assert_eq!(figures::of(&s.app.db, &next.to_string(), &top, &["problems", "problems:open"]).await.unwrap(), [0, 0]);

        // Opened again, it is given them again.
        let again = opened(&s.app, s.root, 2027).await;
        assert_eq!(problems(&s, again, org).await.len(), before.len());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn teams_and_draws_of_a_mistaken_cycle_go_with_it_and_stay_on_record() {
    on_both(&[], async |db| {
        let (s, _, next) = carried_over(db).await;
        let committee = s.app.person("committee", Some(s.root)).await;
        let inspector = s.app.person("inspector", Some(s.root)).await;
        let (sheet, team, account, at) = (s.sheet_in(next, "21-1").await, TeamId::new(), inspector.account, Instant::now());
        audit::change(&s.app.db, &crate::stand::system(), async move |tx| {
            insert_team(tx, team, next, Layer::Recheck, "一组", &[(account, "某人".into())]).await?;
            assign(tx, &Assignment { sheet, layer: Layer::Recheck, team, cycle: next, due: None }, at).await?;
            Ok(((), audit::Event::new("team.create", format!("cycle:{next}"))))
        })
        .await
        .unwrap();
        let asked = [("layer", "acceptance"), ("teams", "1"), ("size", "1"), ("reason", "")];
        let drawn = s.app.post(&committee, &format!("/assess/{next}/team-draws"), &asked).await;
        assert_eq!(drawn.status, StatusCode::SEE_OTHER, "{}", drawn.body);
        let sql = "SELECT COUNT(*) FROM todo WHERE key IN ('todo-recheck', 'todo-draw') AND done IS NULL";
        let waiting = async || s.app.db.lookup::<i64>(sql, &[]).await.unwrap()[0];
        assert_eq!(waiting().await, 2);
        assert!(s.app.get(&inspector, "/inspections").await.body.contains("支部21-1"));

        let there = format!("/assess/{next}/withdrawal");
        let page = s.app.get(&committee, &there).await.body;
        assert!(page.contains("已建立的 1 个") && page.contains("已公布的 1 次抽取"), "{page}");
        let done = s.app.post(&committee, &there, &[("reason", "年度选错")]).await;
        assert_eq!((done.status, waiting().await), (StatusCode::SEE_OTHER, 0), "{}", done.body);
        assert!(!s.app.get(&inspector, "/inspections").await.body.contains("支部21-1"));
        let gone = s.app.get(&inspector, &format!("/sheets/{sheet}/recheck")).await;
        assert!(gone.status == StatusCode::CONFLICT && gone.body.contains("年度选错"), "{}", gone.body);
        let gone = s.app.get(&committee, &drawn.location).await;
        assert!(gone.status == StatusCode::CONFLICT && gone.body.contains("年度选错"), "{}", gone.body);
        let event: Vec<String> = s.app.db.lookup("SELECT body FROM event WHERE action = 'cycle.withdraw'", &[]).await.unwrap();
        assert!(event[0].contains("\"teams\":\"1\"") && event[0].contains("\"draws\":\"1\""), "{event:?}");
        let kept = "SELECT (SELECT COUNT(*) FROM team) + (SELECT COUNT(*) FROM draw)";
        assert_eq!(s.app.db.lookup::<i64>(kept, &[]).await.unwrap(), [2], "the records stay");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cycle_that_somebody_has_begun_with_is_not_withdrawn() {
    on_both(&[], async |db| {
        let (s, org, next) = carried_over(db).await;
        let committee = s.app.person("committee", Some(s.root)).await;
        let at = format!("/assess/{next}/withdrawal");
        assert!(s.scores(next, "branch_code,indicator,layer,score,reason\n21-2,A1,self,3,\n").await.unwrap().accepted());
        let refused = s.app.post(&committee, &at, &[("reason", "误开")]).await;
        assert!(refused.status == StatusCode::CONFLICT && refused.body.contains("已有人填报"), "{}", refused.body);
        assert!(s.app.get(&committee, &at).await.body.contains("已有人填报"), "the page says so before anything is typed");
        let over = s.app.post(&committee, &format!("/assess/{}/withdrawal", s.cycle), &[("reason", "误开")]).await;
        assert_eq!((over.status, events(&s).await), (StatusCode::CONFLICT, 0));
        assert!(!problems(&s, next, org).await.is_empty());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_killed_process_was_to_give_back_is_given_back_later() {
    on_both(&[], async |db| {
        let (s, org, next) = carried_over(db).await;
        let by = rectification::By::system(&crate::stand::system(), crate::stand::today());
        let cut = async move |tx: &mut db::Tx<'_>| {
            tx.exec("UPDATE cycle SET ready = 2 WHERE id = $1", &db::params![&next]).await?;
            assessment::carried::owe(tx, next, assessment::carried::Way::Back, &by).await
        };
        audit::stage(&s.app.db, cut).await.unwrap();
        assert!(!problems(&s, next, org).await.is_empty());
        assessment::carried::resume(&s.app.db, kernel::Instant::now().plus_minutes(1)).await.unwrap();
        assert!(problems(&s, next, org).await.is_empty());
        assert_eq!(s.app.db.lookup::<i64>("SELECT COUNT(*) FROM carrying", &[]).await.unwrap(), [0]);
    })
    .await;
}

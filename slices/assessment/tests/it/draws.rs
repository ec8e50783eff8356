//! Draws of teams that anybody can run again, and that keep everybody from their own (S44, S45), on both engines.

use crate::stage::{Stage, org, stage};
use access::{PostLine, System};
use assessment::cycle::open::{Opening, open};
use assessment::draw::store::{Draw, of_cycle};
use assessment::draw::teams::run;
use assessment::inspection::store::{Behind, tasks, teams};
use audit::Event;
use kernel::{AccountId, BusinessDate, CycleId, Instant, OrgId, PostId};
use testkit::{Answer, Person, TestApp, on_both};
use web::StatusCode;

/// Two units with two branches each, an inspector from either unit, and a cycle over all.
struct Units {
    s: Stage,
    cycle: CycleId,
    from_a: Person,
    from_b: Person,
}

async fn units(db: db::Db) -> Units {
    let s = stage(db).await;
    let founder = s.app.person("committee", None).await;
    let mut at = Vec::new();
    for unit in ["21-A", "21-B"] {
        at.push(org(&s.app, &founder, unit, unit, "611", "21").await);
        for branch in ["1", "2"] {
            org(&s.app, &founder, &format!("{unit}-{branch}"), "某支部", "631", unit).await;
        }
    }
    let (from_a, from_b) = (inspector(&s, at[0]).await, inspector(&s, at[1]).await);
    let scheme = standards::schemes::newest(&s.app.db, "LN-JG-27").await.unwrap();
    let day = BusinessDate::parse(TestApp::TODAY).unwrap();
    let opening = Opening { scheme, year: 2027, root: s.root, title: "2027 年度考评".into(), day, self_until: day.plus_days(15) };
    let cycle = open(&s.app.db, &System::command("test"), opening).await.unwrap();
    Units { s, cycle, from_a, from_b }
}

/// Somebody sent by the work committee who holds a post in a unit.
async fn inspector(s: &Stage, unit: OrgId) -> Person {
    let who = s.app.person("inspector", Some(s.root)).await;
    let account = who.account;
    audit::change(&s.app.db, &System::command("test"), async move |tx| {
        let post = PostLine { id: PostId::new(), account, role: "deputy".into(), org: Some(unit), granted: Instant::now() };
        access::give_post(tx, &post, "test").await?;
        Ok(((), Event::new("role.give", format!("account:{account}"))))
    })
    .await
    .unwrap();
    who
}

impl Units {
    async fn publish(&self, teams: &str, size: &str, reason: &str) -> Answer {
        let fields = [("layer", "acceptance"), ("teams", teams), ("size", size), ("reason", reason)];
        self.s.app.post(&self.s.committee, &format!("/assess/{}/team-draws", self.cycle), &fields).await
    }
    async fn number(&self, who: &Person, draw: &str, number: &str) -> StatusCode {
        self.s.app.post(who, &format!("{draw}/number"), &[("number", number)]).await.status
    }
    async fn draws(&self) -> Vec<Draw> {
        let id = self.cycle;
        self.s.app.db.read(async move |tx| of_cycle(tx, id).await).await.unwrap()
    }
    /// Codes of the branches somebody was given.
    async fn given(&self, account: AccountId) -> Vec<String> {
        let read = async move |tx: &mut db::Tx<'_>| {
            let mut codes = Vec::new();
            for task in tasks(tx, account, &Behind::nothing(), 50).await? {
                codes.push(assessment::sheet::store::any(tx, task.sheet).await?.code);
            }
            codes.sort();
            Ok(codes)
        };
        self.s.app.db.read(read).await.unwrap()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn s45_teams_are_drawn_in_the_open_and_nobody_visits_the_own_unit() {
    on_both(&[], async |db| {
        let u = units(db).await;
        let published = u.publish("2", "1", "").await;
        assert_eq!(published.status, StatusCode::SEE_OTHER, "{}", published.body);
        let record = u.draws().await.remove(0);
        assert!(record.candidates.contains("branch\t21-A-1\t21-A") && record.candidates.contains("\t21-B"), "{}", record.candidates);
        let waiting = u.s.app.get(&u.s.committee, &published.location).await.body;
        for named in [">某支部</a> <span class=\"mut\">21-A-1</span></li>", "某人 · 21-B <span class=\"mut\">21-B</span>"] {
            assert!(waiting.contains(named), "{named}: {waiting}");
        }
        let file = u.s.app.get(&u.s.secretary, &format!("{}/list", published.location)).await.body;
        assert!(
            file.contains("\nbranch\t21-A-1\t21-A\n") && file.contains("\ninspector\t"),
            "the text itself, of which the digest is: {file}"
        );
        assert_eq!(draw::candidate_hash(&record.candidates.lines().collect::<Vec<_>>()).unwrap(), record.hash);
        assert!(u.given(u.from_a.account).await.is_empty(), "nothing is drawn before the number");
        let both = u.s.app.person("reviewer", Some(u.s.root)).await;
        assert_eq!(u.number(&u.s.committee, &published.location, "7").await, StatusCode::FORBIDDEN, "the first person");
        assert_eq!(u.number(&both, &published.location, "x").await, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(u.number(&both, &published.location, "7").await, StatusCode::SEE_OTHER);
        assert_eq!(u.number(&both, &published.location, "8").await, StatusCode::CONFLICT, "it is drawn once");
        assert!(u.given(u.from_a.account).await.iter().all(|c| !c.starts_with("21-A")), "{:?}", u.given(u.from_a.account).await);
        assert!(u.given(u.from_b.account).await.iter().all(|c| !c.starts_with("21-B")));
        let all: Vec<String> = [u.given(u.from_a.account).await, u.given(u.from_b.account).await].concat();
        assert_eq!(all.len(), 5, "every branch of the cycle has its team: {all:?}");
        let page = u.s.app.get(&u.s.committee, &published.location).await.body;
        assert_eq!(page.matches(">某支部</a> <span class=\"mut\">21-A-1</span></li>").count(), 2, "in the list and in its team: {page}");
        let page = u.s.app.get(&u.s.secretary, &published.location).await.body;
        assert!(page.contains("21-A-1") && !page.contains("某支部"), "what is beyond a reader's reach is not named");
        assert!(page.contains("结果一致") && page.contains(&record.hash), "anybody under the root may run it again: {page}");
        let record = u.draws().await.remove(0);
        let again = run(&record, "7").unwrap();
        assert_eq!(assessment::draw::teams::text(&again), record.drawn().join("\n"));
        let mut tampered = record.clone();
        tampered.candidates = record.candidates.replace("21-A-1", "21-A-9");
        assert_eq!(run(&tampered, "7").unwrap_err().key, "draw-list-changed");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn too_few_inspectors_are_refused_with_the_number_missing() {
    on_both(&[], async |db| {
        let u = units(db).await;
        let refused = u.publish("3", "1", "").await;
        assert!(refused.status == StatusCode::UNPROCESSABLE_ENTITY && refused.body.contains("还差 1 人"), "{}", refused.body);
        let one_each = u.publish("1", "2", "").await;
        assert!(one_each.body.contains("还差 1 人"), "two people, but either unit has ties to one of them: {}", one_each.body);
        for (teams, size) in [("0", "1"), ("1", "0"), ("", "1"), ("1", "-1"), ("9999999", "1")] {
            let refused = u.publish(teams, size, "").await;
            assert!(
                refused.status == StatusCode::UNPROCESSABLE_ENTITY && refused.body.contains("1 至 500 的整数"),
                "{teams} {size}: {}",
                refused.body
            );
        }
        assert!(u.draws().await.is_empty());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draw_made_again_needs_a_reason_keeps_the_first_and_takes_over_its_branches() {
    on_both(&[], async |db| {
        let u = units(db).await;
        let first = u.publish("2", "1", "").await.location;
        assert_eq!(u.number(&u.s.reviewer, &first, "7").await, StatusCode::SEE_OTHER);
        let before = u.draws().await.remove(0);
        let bare = u.publish("2", "1", "  ").await;
        assert!(bare.status == StatusCode::UNPROCESSABLE_ENTITY && bare.body.contains("理由"), "{}", bare.body);
        let second = u.publish("2", "1", "一组成员调离").await.location;
        assert_eq!(u.number(&u.s.reviewer, &second, "12345").await, StatusCode::SEE_OTHER);
        let draws = u.draws().await;
        assert_eq!(draws.len(), 2);
        let kept = draws.iter().find(|d| d.id == before.id).unwrap();
        assert_eq!((&kept.result, &kept.number), (&before.result, &before.number), "the first stays as it was");
        let page = u.s.app.get(&u.s.secretary, &second).await.body;
        assert!(page.contains("一组成员调离") && page.contains(&first), "the new one says why and leads to the first: {page}");
        let id = u.cycle;
        assert_eq!(u.s.app.db.read(async move |tx| teams(tx, id).await).await.unwrap().len(), 4);
        let all: Vec<String> = [u.given(u.from_a.account).await, u.given(u.from_b.account).await].concat();
        assert_eq!(all.len(), 5, "each branch has one team, the new one: {all:?}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn teams_of_acceptance_and_of_the_recheck_are_drawn_beside_each_other_and_each_again_for_itself() {
    on_both(&[], async |db| {
        let u = units(db).await;
        let acceptance = u.publish("2", "1", "").await.location;
        let fields = [("layer", "recheck"), ("teams", "1"), ("size", "1"), ("reason", "顺手写的")];
        let recheck = u.s.app.post(&u.s.committee, &format!("/assess/{}/team-draws", u.cycle), &fields).await;
        assert_eq!(recheck.status, StatusCode::SEE_OTHER, "the first of its layer needs no reason: {}", recheck.body);
        let record = u.s.app.get(&u.s.committee, &recheck.location).await.body;
        assert!(record.contains("抽取分组 · 复检") && !record.contains("顺手写的"), "nothing is drawn again: {record}");
        let list = u.s.app.get(&u.s.committee, &format!("/assess/{}/draws", u.cycle)).await.body;
        assert!(list.contains("抽取分组 · 验收") && list.contains("抽取分组 · 复检") && !list.contains("已重新公布"), "{list}");
        assert_eq!(u.number(&u.s.reviewer, &acceptance, "7").await, StatusCode::SEE_OTHER, "the other layer's list took nothing from it");
        let bare = u.publish("2", "1", "").await;
        assert_eq!(bare.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", bare.body);
        assert_eq!(u.publish("2", "1", "一组成员调离").await.status, StatusCode::SEE_OTHER);
        let newest = u.draws().await.remove(0);
        assert!(newest.replaces.is_some_and(|first| acceptance.ends_with(&first.to_string())), "its own layer's: {newest:?}");
        assert_eq!(u.number(&u.s.reviewer, &recheck.location, "8").await, StatusCode::SEE_OTHER, "the re-check's still waits");
    })
    .await;
}

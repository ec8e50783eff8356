//! Publicity, objections and their answers, through the whole router, on both engines.

use crate::onward::onward;
use crate::stage::{Stage, org, stage};
use assessment::cycle::{Publicity, phase::Phase, store::set_publicity};
use assessment::publicity::{may_end, unanswered};
use audit::Event;
use axum::http::Method;
use kernel::{Instant, MemberId, OrgId};
use members::NewMember;
use members::member::{Sealed, status::Status};
use scoring::Layer;
use testkit::{Person, on_both};
use web::StatusCode;

/// In publicity for a week, with 88 points.
async fn public(db: db::Db) -> Stage {
    let s = stage(db).await;
    s.score(Layer::Acceptance, "12").await;
    let (id, from) = (s.cycle, s.app.clock.today());
    audit::change(&s.app.db, &access::System::command("test"), async move |tx| {
        set_publicity(tx, id, &Publicity { from, until: from.plus_days(7), provisional: false }).await?;
        Ok(((), Event::new("cycle.move", format!("cycle:{id}"))))
    })
    .await
    .unwrap();
    s.move_to(Phase::Publicity).await;
    s
}

async fn open(s: &Stage) -> i64 {
    let cycle = s.cycle;
    s.app.db.read(async move |tx| unanswered(tx, cycle).await).await.unwrap()
}

/// Why publicity cannot end in a final result.
async fn end(s: &Stage) -> Option<&'static str> {
    let cycle = s.cycle;
    s.app.db.read(async move |tx| Ok(may_end(tx, cycle).await.err().map(|e| kernel::Error::from(e).key))).await.unwrap()
}

async fn todos(s: &Stage, to: &str) -> i64 {
    let to = to.to_owned();
    let sql = "SELECT COUNT(*) FROM todo WHERE addressee = $1 AND done IS NULL";
    s.app.db.read(async move |tx| tx.one(sql, &db::params![&to]).await).await.unwrap()
}

/// An account without a role, of a member of this branch.
async fn enrolled(s: &Stage, org: OrgId) -> Person {
    let (who, id, day) = (s.app.person("member", Some(org)).await, MemberId::new(), s.app.clock.today());
    let account = who.account;
    let new = NewMember { id, org, name: "某人".into(), status: Status::Formal, joined: None, sealed: Sealed::default(), day };
    audit::change(&s.app.db, &access::System::command("test"), async move |tx| {
        members::member::store::insert(tx, &new, Instant::now()).await?;
        for post in access::posts_of(tx, account).await? {
            access::end_post(tx, post.id, Instant::now()).await?;
        }
        tx.exec("UPDATE account SET member = $1 WHERE id = $2", &db::params![&id, &account]).await?;
        Ok(((), Event::new("account.create", format!("account:{account}"))))
    })
    .await
    .unwrap();
    who
}

async fn leave(s: &Stage, who: &Person) {
    let (account, day) = (who.account, s.app.clock.today());
    audit::change(&s.app.db, &access::System::command("test"), async move |tx| {
        let member = access::by_id(tx, account).await?.member.unwrap();
        members::member::store::set_status(tx, member, Status::Left, "转出", day, Instant::now()).await?;
        Ok(((), Event::new("member.status", format!("member:{member}"))))
    })
    .await
    .unwrap();
}

/// Raises an objection; answers its address.
async fn object(s: &Stage, who: &Person, about: &str) -> String {
    let raised = s.app.post(who, &format!("/assess/{}/objections", s.cycle), &[("about", about), ("text", "会议记录齐全，不应扣分")]).await;
    assert_eq!(raised.status, StatusCode::SEE_OTHER, "{}", raised.body);
    let (cycle, account) = (s.cycle, Some(who.account));
    let all = s.app.db.read(async move |tx| assessment::publicity::store::page(tx, cycle, account, None, 50).await).await.unwrap();
    format!("/objections/{}", all.last().unwrap().id)
}

#[tokio::test(flavor = "multi_thread")]
async fn everybody_under_the_root_reads_publicity_and_nobody_outside() {
    on_both(&[], async |db| {
        let s = public(db).await;
        let here = format!("/assess/{}/publicity", s.cycle);
        let founder = s.app.person("committee", None).await;
        let elsewhere = org(&s.app, &founder, "23", "另一工委", "611", "").await;
        for role in ["member", "secretary", "deputy", "inspector", "reviewer"] {
            let person = s.app.person(role, Some(s.branch)).await;
            let page = s.app.get(&person, &here).await;
            assert!(page.status == StatusCode::OK && page.body.contains("第一支部") && page.body.contains("88"), "{role}: {}", page.body);
            assert_eq!(s.app.get(&person, &format!("{here}/print")).await.status, StatusCode::OK);
            let api = s.app.api(&person, Method::GET, &format!("/api/v1/cycles/{}/publicity", s.cycle), None).await;
            assert!(api.body.contains("\"total\":88") && api.body.contains("\"grade\":\"较好\""), "{}", api.body);
            let outsider = s.app.person(role, Some(elsewhere)).await;
            for path in [&here, &format!("{here}/print"), &format!("/assess/{}/objections", s.cycle)] {
                assert_eq!(s.app.get(&outsider, path).await.status, StatusCode::NOT_FOUND, "{role} {path}");
            }
            let raised = s.app.post(&outsider, &format!("/assess/{}/objections", s.cycle), &[("about", ""), ("text", "不服")]).await;
            assert_eq!(raised.status, StatusCode::NOT_FOUND);
        }
        // A member whom nobody has given a role reads it through the branch; with an administrator's role nobody does.
        let member = enrolled(&s, s.branch).await;
        let page = s.app.get(&member, &here).await;
        assert!(page.status == StatusCode::OK && page.body.contains("第一支部"), "{}", page.body);
        let outsider = enrolled(&s, elsewhere).await;
        assert_eq!(s.app.get(&outsider, &here).await.status, StatusCode::NOT_FOUND);
        leave(&s, &member).await;
        assert_eq!(s.app.get(&member, &here).await.status, StatusCode::NOT_FOUND, "who has left is under no root");
        for role in ["system_administrator", "security_administrator", "audit_administrator"] {
            let administrator = s.app.person(role, None).await;
            assert_eq!(s.app.get(&administrator, &here).await.status, StatusCode::NOT_FOUND, "{role}");
        }
        assert_eq!(s.events("objection.raise").await, 0);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn before_publicity_there_is_nothing_to_read_and_after_its_last_day_nothing_to_object() {
    on_both(&[], async |db| {
        let s = stage(db).await;
        assert_eq!(s.app.get(&s.secretary, &format!("/assess/{}/publicity", s.cycle)).await.status, StatusCode::NOT_FOUND);
        let (id, until) = (s.cycle, s.app.clock.today().plus_days(-1));
        audit::change(&s.app.db, &access::System::command("test"), async move |tx| {
            set_publicity(tx, id, &Publicity { from: until.plus_days(-7), until, provisional: false }).await?;
            Ok(((), Event::new("cycle.move", format!("cycle:{id}"))))
        })
        .await
        .unwrap();
        s.move_to(Phase::Publicity).await;
        let page = s.app.get(&s.secretary, &format!("/assess/{}/publicity", s.cycle)).await;
        assert!(page.status == StatusCode::OK && page.body.contains("不能提出异议"), "{}", page.body);
        let late = s.app.post(&s.secretary, &format!("/assess/{}/objections", s.cycle), &[("about", ""), ("text", "迟了")]).await;
        assert_eq!(late.status, StatusCode::CONFLICT);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_objection_upheld_becomes_an_adjustment_that_a_second_person_approves() {
    on_both(&[], async |db| {
        let s = public(db).await;
        let member = s.app.person("member", Some(s.branch)).await;
        let list = format!("/assess/{}/objections", s.cycle);
        for (about, text, sentence) in [("21-1", " ", "请写明异议内容"), ("22-9", "不服", "没有找到参评支部“22-9”")] {
            let bad = s.app.post(&member, &list, &[("about", about), ("text", text)]).await;
            assert_eq!((bad.status, bad.body.contains(sentence)), (StatusCode::UNPROCESSABLE_ENTITY, true), "{}", bad.body);
        }
        let objection = object(&s, &member, "21-1").await;
        let committee = format!("committee@{}", s.root);
        assert_eq!((open(&s).await, todos(&s, &committee).await, s.events("objection.raise").await), (1, 1, 1));
        assert_eq!(end(&s).await, Some("objections-open"));
        assert_eq!(s.app.get(&s.secretary, &objection).await.status, StatusCode::NOT_FOUND, "only who raised it and the committee");
        assert!(!s.app.get(&s.secretary, &list).await.body.contains(&objection));
        assert!(s.app.get(&s.committee, &list).await.body.contains(&objection));
        assert_eq!(s.app.post(&member, &format!("{objection}/answer"), &[("text", "好")]).await.status, StatusCode::FORBIDDEN);
        let page = s.app.get(&s.committee, &objection).await;
        assert!(page.body.contains("会议记录齐全"), "{}", page.body);
        let answer = |text: &'static str, upheld: &'static str| {
            [("text", text), ("upheld", upheld), ("target", "score:A1"), ("value", "4"), ("evidence", "")]
        };
        let there = format!("{objection}/answer");
        for fields in [answer("", "no"), answer("核实", ""), answer(" ", "yes")] {
            assert_eq!(s.app.post(&s.committee, &there, &fields).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        }
        let answered = s.app.post(&s.committee, &there, &answer("经核实，会议记录齐全", "yes")).await;
        assert_eq!(answered.status, StatusCode::SEE_OTHER, "{}", answered.body);
        assert_eq!((open(&s).await, todos(&s, &committee).await, s.events("objection.answer").await), (0, 0, 1));
        assert_eq!((s.kept().await.0.as_str(), end(&s).await), ("88", Some("proposals-open")), "upholding it only proposes");
        assert_eq!(s.app.post(&s.committee, &there, &answer("再答一次", "no")).await.status, StatusCode::CONFLICT);
        let adjustment = s.newest_adjustment().await;
        assert_eq!(s.decide(&s.reviewer, &adjustment, "approve", "").await.status, StatusCode::SEE_OTHER);
        assert_eq!((s.kept().await, end(&s).await), (("92".into(), "好".into()), None));
        let page = s.app.get(&member, &objection).await;
        assert!(page.body.contains("经核实，会议记录齐全") && page.body.contains("已采纳"), "{}", page.body);
        let (to, sql) = (format!("account:{}", member.account), "SELECT COUNT(*) FROM notice WHERE addressee = $1");
        let told: i64 = s.app.db.read(async move |tx| tx.one(sql, &db::params![&to]).await).await.unwrap();
        assert_eq!(told, 1);
        let api = s.app.api(&member, Method::GET, &format!("/api/v1/cycles/{}/objections", s.cycle), None).await;
        assert!(api.body.contains("\"upheld\":true"), "{}", api.body);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_objection_whose_adjustment_is_rejected_has_to_be_answered_anew() {
    on_both(&[], async |db| {
        let s = public(db).await;
        let objection = object(&s, &s.secretary, "").await;
        let there = format!("{objection}/answer");
        let upheld = |code: &'static str| {
            [("text", "采纳"), ("upheld", "yes"), ("code", code), ("target", "score:A1"), ("value", "4"), ("evidence", "")]
        };
        let nowhere = s.app.post(&s.committee, &there, &upheld("")).await;
        assert_eq!(nowhere.status, StatusCode::UNPROCESSABLE_ENTITY, "about the whole: the branch must be named");
        assert_eq!(s.app.post(&s.committee, &there, &upheld("21-1")).await.status, StatusCode::SEE_OTHER);
        let adjustment = s.newest_adjustment().await;
        assert_eq!(s.decide(&s.reviewer, &adjustment, "reject", "记录是事后补的").await.status, StatusCode::SEE_OTHER);
        assert_eq!((open(&s).await, todos(&s, &format!("committee@{}", s.root)).await), (1, 1));
        assert!(s.app.get(&s.secretary, &objection).await.body.contains("须重新答复"));
        let second = [("text", "经复核不予采纳"), ("upheld", "no")];
        assert_eq!(s.app.post(&s.committee, &there, &second).await.status, StatusCode::SEE_OTHER);
        assert_eq!((open(&s).await, s.kept().await.0, s.events("objection.answer").await), (0, "88".into(), 2));
        let page = s.app.get(&s.secretary, &objection).await;
        assert!(page.body.contains("采纳") && page.body.contains("经复核不予采纳"), "the first answer stays: {}", page.body);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_account_cannot_bury_the_committee() {
    on_both(&[], async |db| {
        let s = public(db).await;
        for _ in 0..5 {
            object(&s, &s.secretary, "").await;
        }
        let sixth = s.app.post(&s.secretary, &format!("/assess/{}/objections", s.cycle), &[("about", ""), ("text", "又一件")]).await;
        assert_eq!((sixth.status, sixth.body.contains("已有 5 件异议等待答复")), (StatusCode::UNPROCESSABLE_ENTITY, true));
        assert_eq!(open(&s).await, 5);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn s31_a_branch_that_was_passed_over_has_in_every_list_and_figure_the_grade_that_publicity_shows() {
    on_both(&[], async |db| {
        let s = stage(db).await;
        let kept =
            async || s.app.db.lookup::<i64>("SELECT COUNT(*) FROM sheet WHERE total IS NULL OR grade IS NULL", &[]).await.unwrap()[0];
        s.move_to(Phase::Recheck).await;
        let (all, counted): (i64, &str) = (kept().await, "SELECT COALESCE(SUM(delta), 0) FROM figure_delta WHERE metric LIKE 'grade:%'");
        assert!(all > 0, "nobody has filled anything");
        let before: i64 = s.app.db.lookup(counted, &[]).await.unwrap()[0];
        let moved = onward(&s.app, &s.committee, s.cycle, "按漏评处理").await;
        assert_eq!(moved.status, StatusCode::SEE_OTHER, "{}", moved.body);
        let after: i64 = s.app.db.lookup(counted, &[]).await.unwrap()[0];
        assert_eq!((kept().await, after - before), (0, all));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_branch_of_an_objection_is_one_s_own_until_another_is_named_by_name_pinyin_or_code() {
    on_both(&[], async |db| {
        let s = public(db).await;
        let here = format!("/assess/{}/publicity", s.cycle);
        let member = s.app.person("member", Some(s.branch)).await;
        const OWN: &str = "name=\"about\" value=\"第一支部 21-1\"";
        assert!(s.app.get(&member, &here).await.body.contains(OWN), "known, so not asked");
        assert!(!s.app.get(&s.committee, &here).await.body.contains(OWN));
        assert!(s.app.get(&s.committee, &format!("{here}?about=21-1")).await.body.contains(OWN), "from the branch's own line");
        for said in ["第一支部 21-1", "第一支部", "diyi"] {
            let about = s.app.get(&member, &object(&s, &member, said).await).await.body;
            assert!(about.contains("第一支部 21-1"), "{said}: {about}");
        }
        let whole = object(&s, &member, "").await;
        assert!(s.app.get(&member, &whole).await.body.contains("整个结果"));
        let answer = async |code: &str| {
            let fields = [("text", "核实"), ("upheld", "yes"), ("code", code), ("target", "score:A1"), ("value", "4"), ("evidence", "")];
            s.app.post(&s.committee, &format!("{whole}/answer"), &fields).await
        };
        // All that is wrong with it at once, each in its place.
        let nothing = s.app.post(&s.committee, &format!("{whole}/answer"), &[("text", " ")]).await;
        assert_eq!((nothing.status, nothing.wrong()), (StatusCode::UNPROCESSABLE_ENTITY, vec!["text", "upheld"]), "{}", nothing.body);
        let fields = [("text", ""), ("upheld", "yes"), ("code", ""), ("target", "bonus:P1"), ("value", "x"), ("evidence", "")];
        let all = s.app.post(&s.committee, &format!("{whole}/answer"), &fields).await;
        assert_eq!(all.wrong(), vec!["text", "code", "value"]);
        let fields = [("text", "核实"), ("upheld", "yes"), ("code", "某某支部"), ("target", "bonus:P1"), ("value", "1"), ("evidence", "")];
        let all = s.app.post(&s.committee, &format!("{whole}/answer"), &fields).await;
        assert_eq!(all.wrong(), vec!["code", "evidence"]);
        assert_eq!((answer("").await.wrong(), answer("某某支部").await.wrong()), (vec!["code"], vec!["code"]));
        let answered = answer("第一支部").await;
        assert_eq!(answered.status, StatusCode::SEE_OTHER, "{}", answered.body);
    })
    .await;
}

//! The committee reviews with a second person, through the whole router, on both engines.

use crate::onward::onward;
use crate::stage::{Stage, stage};
use access::PostLine;
use access::System;
use assessment::cycle::phase::Phase;
use assessment::review::{View, open_matters};
use audit::Event;
use kernel::{Instant, PostId};
use scoring::Layer;
use testkit::on_both;
use web::StatusCode;

async fn open(s: &Stage) -> (i64, i64, i64) {
    let context = assessment::sheet::context::any(&s.app.db, s.sheet).await.unwrap();
    let (suppliers, day) = (facts::Suppliers::default(), s.app.clock.today());
    let found = s
        .app
        .db
        .read(async move |tx| open_matters(tx, &View { suppliers: &suppliers, scheme: &context.scheme, cycle: &context.cycle, day }).await);
    let found = found.await.unwrap();
    (found.proposals, found.unexplained, found.claims)
}

#[tokio::test(flavor = "multi_thread")]
async fn an_adjustment_counts_at_once_when_another_person_approves_it() {
    on_both(&[], async |db| {
        let s = stage(db).await;
        s.score(Layer::Acceptance, "12").await;
        assert_eq!(s.kept().await, ("88".into(), "较好".into()));
        assert_eq!(s.propose("score:A1", "4", "记录已补齐").await.status, StatusCode::CONFLICT, "not under review yet");
        s.move_to(Phase::Review).await;
        let proposed = s.propose("score:A1", "4", "记录已补齐").await;
        assert_eq!(proposed.status, StatusCode::SEE_OTHER, "{}", proposed.body);
        assert_eq!(s.kept().await, ("88".into(), "较好".into()), "a proposal changes nothing");
        assert_eq!(open(&s).await, (1, 0, 0));
        let twice = s.propose("score:A1", "3", "又一次").await;
        assert_eq!((twice.status, twice.body.contains("已有调整在等待复核")), (StatusCode::UNPROCESSABLE_ENTITY, true));
        let adjustment = s.newest_adjustment().await;
        let page = s.app.get(&s.reviewer, &adjustment).await;
        assert!(page.body.contains("总分由 88 变为 92") && page.body.contains("等次由较好变为好"), "{}", page.body);
        assert_eq!(s.decide(&s.secretary, &adjustment, "approve", "").await.status, StatusCode::NOT_FOUND);
        assert_eq!(s.decide(&s.committee, &adjustment, "approve", "").await.status, StatusCode::FORBIDDEN);
        let approved = s.decide(&s.reviewer, &adjustment, "approve", "").await;
        assert_eq!(approved.status, StatusCode::SEE_OTHER, "{}", approved.body);
        assert_eq!(s.kept().await, ("92".into(), "好".into()));
        assert_eq!(open(&s).await, (0, 0, 0));
        assert_eq!(s.decide(&s.reviewer, &adjustment, "reject", "晚了").await.status, StatusCode::CONFLICT);
        assert_eq!((s.events("adjustment.propose").await, s.events("adjustment.approve").await), (1, 1));
        let notices = s.app.db.read({
            let who = s.committee.account;
            async move |tx| tx.one::<i64>("SELECT COUNT(*) FROM notice WHERE addressee = $1", &db::params![&format!("account:{who}")]).await
        });
        assert_eq!(notices.await.unwrap(), 1, "whoever proposed it is told");
        let left = s.app.db.read(async |tx| tx.one::<i64>("SELECT COUNT(*) FROM todo WHERE done IS NULL", &[]).await);
        assert_eq!(left.await.unwrap(), 0, "the matter has left the reviewer's list");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_proposed_it_cannot_approve_it_even_with_both_roles() {
    on_both(&[], async |db| {
        let s = stage(db).await;
        s.score(Layer::Acceptance, "12").await;
        s.move_to(Phase::Review).await;
        let (account, org, granted) = (s.committee.account, Some(s.root), Instant::now());
        audit::change(&s.app.db, &System::command("test"), async move |tx| {
            access::give_post(tx, &PostLine { id: PostId::new(), account, role: "reviewer".into(), org, granted }, "test").await?;
            Ok(((), Event::new("post.give", format!("account:{account}"))))
        })
        .await
        .unwrap();
        s.propose("score:A1", "4", "记录已补齐").await;
        let adjustment = s.newest_adjustment().await;
        let page = s.app.get(&s.committee, &adjustment).await;
        assert!(page.body.contains("等待另一人复核") && !page.body.contains("value=\"approve\""), "{}", page.body);
        for action in ["approve", "reject"] {
            let own = s.decide(&s.committee, &adjustment, action, "本人办理").await;
            assert_eq!((own.status, own.body.contains("须由另一人办理")), (StatusCode::FORBIDDEN, true), "{}", own.body);
        }
        assert_eq!(s.kept().await, ("88".into(), "较好".into()));
        assert_eq!((s.events("adjustment.approve").await, s.events("adjustment.reject").await), (0, 0));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rejection_needs_a_reason_and_changes_nothing() {
    on_both(&[], async |db| {
        let s = stage(db).await;
        s.score(Layer::Acceptance, "12").await;
        s.move_to(Phase::Review).await;
        s.propose("veto:V4", "1", "材料与原件不符").await;
        let adjustment = s.newest_adjustment().await;
        let bare = s.decide(&s.reviewer, &adjustment, "reject", " ").await;
        assert_eq!((bare.status, bare.body.contains("请写明不同意的理由")), (StatusCode::UNPROCESSABLE_ENTITY, true), "{}", bare.body);
        let rejected = s.decide(&s.reviewer, &adjustment, "reject", "原件已核，属实").await;
        assert_eq!(rejected.status, StatusCode::SEE_OTHER, "{}", rejected.body);
        assert_eq!(s.kept().await, ("88".into(), "较好".into()));
        let (org, sheet) = (s.branch, s.sheet);
        let (facts, scores) = s
            .app
            .db
            .read(async move |tx| Ok((facts::of(tx, &[org], 2026).await?, assessment::score::store::of_sheet(tx, sheet).await?)))
            .await
            .unwrap();
        assert!(facts.is_empty() && scores.iter().all(|s| s.layer().unwrap() == Layer::Acceptance));
        assert_eq!((s.events("adjustment.approve").await, s.events("adjustment.reject").await), (0, 1));
        let shown = s.app.get(&s.committee, &adjustment).await.body;
        assert!(shown.contains("原件已核，属实") && shown.contains("不认定") && shown.contains("认定</dd>"), "in words: {shown}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn s32_a_changed_grade_without_a_reason_is_refused_and_no_grade_is_set_by_hand() {
    on_both(&[], async |db| {
        let s = stage(db).await;
        s.score(Layer::Acceptance, "12").await;
        s.move_to(Phase::Review).await;
        let refused = s.propose("score:A1", "4", " ").await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.body.contains("等次将由较好变为好，请写明理由"), "{}", refused.body);
        let same = s.propose("score:A1", "1", "").await;
        assert!(same.status == StatusCode::UNPROCESSABLE_ENTITY && same.body.contains("请写明调整理由"), "{}", same.body);
        for (target, value, sentence) in
            [("grade:好", "1", "方案里没有这个调整事项"), ("score:A1", "4.01", "4.01"), ("bonus:P1", "1.5", "1.5"), ("veto:V4", "2", "2")]
        {
            let bad = s.propose(target, value, "理由").await;
            assert_eq!((bad.status, bad.body.contains(sentence)), (StatusCode::UNPROCESSABLE_ENTITY, true), "{target} {value}");
        }
        let bare = [("target", "penalty:N1"), ("value", "1"), ("reason", "被通报"), ("evidence", ""), ("do", "propose")];
        let bare = s.app.post(&s.committee, &format!("/sheets/{}/adjustments", s.sheet), &bare).await;
        assert!(bare.body.contains("请写明依据材料的名称或文号"));
        assert_eq!(s.events("adjustment.propose").await, 0);
        let page = s.app.get(&s.committee, &format!("/sheets/{}/review", s.sheet)).await;
        assert!(page.body.contains("V4") && page.body.contains("target=score:A1&amp;value=4#propose"), "{}", page.body);
        assert!(page.body.contains("value=\"veto:V4=1\"") && page.body.contains("：不认定</option>"), "{}", page.body);
        let preview = [("target", "veto:V4=1"), ("value", ""), ("reason", ""), ("do", "preview")];
        let preview = s.app.post(&s.committee, &format!("/sheets/{}/adjustments", s.sheet), &preview).await;
        assert!(preview.status == StatusCode::OK && preview.body.contains("等次由较好变为差"), "{}", preview.body);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn s44_95_90_88_counts_88_and_every_difference_is_marked_and_explained_from_the_limit() {
    on_both(&[], async |db| {
        let s = stage(db).await;
        for (layer, lost) in [(Layer::SelfAssessment, "5"), (Layer::Acceptance, "10"), (Layer::Recheck, "12")] {
            s.score(layer, lost).await;
        }
        assert_eq!(s.kept().await, ("88".into(), "较好".into()));
        s.move_to(Phase::Review).await;
        let review = format!("/sheets/{}/review", s.sheet);
        for path in [review.clone(), format!("/assess/{}/review", s.cycle)] {
            let page = s.app.get(&s.committee, &path).await;
            assert!(["−5<", "−7<", "−2<"].iter().all(|d| page.body.contains(d)), "{path}: {}", page.body);
        }
        assert_eq!(open(&s).await, (0, 0, 0), "below the limit of 10 nothing must be explained");
        s.score(Layer::Recheck, "15").await;
        assert_eq!(open(&s).await, (0, 1, 0), "95 against 85");
        let explain = format!("/sheets/{}/explanations", s.sheet);
        let fields = |mark: &'static str, text: &'static str| [("mark", mark), ("explanation", text)];
        let empty = s.app.post(&s.committee, &explain, &fields("total/self/recheck", " ")).await;
        assert_eq!((empty.status, empty.body.contains("请写明差异原因")), (StatusCode::UNPROCESSABLE_ENTITY, true));
        let small = s.app.post(&s.committee, &explain, &fields("total/self/acceptance", "不用说明")).await;
        assert_eq!(small.status, StatusCode::CONFLICT);
        let done = s.app.post(&s.committee, &explain, &fields("total/self/recheck", "自评未扣会议缺项")).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
        assert_eq!((open(&s).await, s.events("difference.explain").await), ((0, 0, 0), 1));
        assert!(s.app.get(&s.reviewer, &review).await.body.contains("自评未扣会议缺项"));
        s.score(Layer::Recheck, "16").await;
        assert_eq!(open(&s).await, (0, 1, 0), "another difference has to be explained anew");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_claimed_bonus_counts_only_after_confirmation_and_closes_with_self_assessment() {
    on_both(&[], async |db| {
        let s = stage(db).await;
        s.score(Layer::SelfAssessment, "12").await;
        s.move_to(Phase::SelfAssessment).await;
        let here = format!("/sheets/{}/claims", s.sheet);
        assert_eq!(s.app.get(&s.secretary, &here).await.status, StatusCode::OK);
        let bare = s.app.post(&s.secretary, &here, &[("item", "P1"), ("count", "1"), ("reason", "")]).await;
        assert_eq!((bare.status, bare.body.contains("申报理由")), (StatusCode::UNPROCESSABLE_ENTITY, true));
        let claimed = s.app.post(&s.secretary, &here, &[("item", "P1"), ("count", "1"), ("reason", "省级先进")]).await;
        assert_eq!(claimed.status, StatusCode::SEE_OTHER, "{}", claimed.body);
        let file = [("file", "表彰.txt", "辽委〔2026〕1号".as_bytes())];
        let file = s.app.upload(&s.secretary, &format!("{here}/P1/evidence"), &[("effective", "2026-05-01")], &file).await;
        assert_eq!(file.status, StatusCode::SEE_OTHER);
        assert_eq!((s.kept().await.0, open(&s).await), ("88".into(), (0, 0, 1)), "a claim counts nothing");
        s.move_to(Phase::Review).await;
        let late = s.app.post(&s.secretary, &here, &[("item", "P2"), ("count", "1"), ("reason", "迟")]).await;
        assert_eq!(late.status, StatusCode::CONFLICT);
        let page = s.app.get(&s.committee, &format!("/sheets/{}/review", s.sheet)).await;
        assert!(page.body.contains("省级先进") && page.body.contains("表彰.txt"), "{}", page.body);
        s.propose("bonus:P1", "1", "核对原件").await;
        let adjustment = s.newest_adjustment().await;
        assert!(s.app.get(&s.reviewer, &adjustment).await.body.contains("表彰.txt"));
        assert_eq!(s.decide(&s.reviewer, &adjustment, "approve", "").await.status, StatusCode::SEE_OTHER);
        assert_eq!((s.kept().await, open(&s).await), (("91".into(), "好".into()), (0, 0, 0)));
        let org = s.branch;
        let fact = s.app.db.read(async move |tx| facts::of(tx, &[org], 2026).await).await.unwrap();
        assert_eq!((fact[0].key.as_str(), fact[0].value.as_str(), fact[0].evidence.as_str()), ("bonus.P1", "1", "辽直工发〔2026〕8号"));
        assert_eq!((s.events("claim.save").await, s.events("evidence.add").await), (1, 1));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_approval_of_what_has_changed_meanwhile_is_refused() {
    on_both(&[], async |db| {
        let s = stage(db).await;
        s.score(Layer::Acceptance, "12").await;
        s.move_to(Phase::Review).await;
        s.propose("score:A1", "4", "记录已补齐").await;
        s.score(Layer::Recheck, "3").await;
        let adjustment = s.newest_adjustment().await;
        let late = s.decide(&s.reviewer, &adjustment, "approve", "").await;
        assert_eq!((late.status, late.body.contains("提出时原值是 0，现在是 1")), (StatusCode::CONFLICT, true), "{}", late.body);
        assert_eq!(s.kept().await.0, "97");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_cycle_does_not_leave_review_with_a_proposal_or_an_unexplained_difference() {
    on_both(&[], async |db| {
        let s = stage(db).await;
        s.score(Layer::SelfAssessment, "0").await;
        s.score(Layer::Acceptance, "12").await;
        s.move_to(Phase::Review).await;
        s.propose("bonus:P1", "1", "核对原件").await;
        let early = onward(&s.app, &s.committee, s.cycle, "").await;
        assert!(early.status == StatusCode::CONFLICT && early.body.contains("1 项调整待复核、1 处差异待说明"), "{}", early.body);
        s.decide(&s.reviewer, &s.newest_adjustment().await, "approve", "").await;
        let fields = [("mark", "total/self/acceptance"), ("explanation", "自评没有核对记录")];
        s.app.post(&s.committee, &format!("/sheets/{}/explanations", s.sheet), &fields).await;
        let moved = onward(&s.app, &s.committee, s.cycle, "").await;
        assert_eq!(moved.status, StatusCode::SEE_OTHER, "{}", moved.body);
        let public = s.app.get(&s.secretary, &format!("/assess/{}/publicity", s.cycle)).await;
        assert!(
            public.body.contains("公示期 <span class=\"date\">2026-06-15</span> 至 <span class=\"date\">2026-06-22</span>")
                && public.body.contains("三星级"),
            "of one branch nobody is among the tenth with five stars: {}",
            public.body
        );
        let page = s.app.get(&s.committee, &format!("/assess/{}", s.cycle)).await;
        assert!(page.body.contains("/publicity\"") && page.body.contains("/review\""), "{}", page.body);
    })
    .await;
}

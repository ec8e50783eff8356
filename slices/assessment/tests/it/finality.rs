//! 定稿 takes two accounts: proposed by one, decided by another; through the whole router, on both engines.
use crate::stage::{Stage, stage};
use access::{PostLine, System};
use assessment::cycle::phase::Phase;
use assessment::cycle::store::set_publicity;
use assessment::cycle::{Cycle, Publicity};
use audit::Event;
use kernel::{Instant, PostId};
use scoring::Layer;
use testkit::{Answer, Person, on_both};
use web::StatusCode;

/// In publicity, over since yesterday or until tomorrow.
async fn public(db: db::Db, over: bool) -> Stage {
    let s = stage(db).await;
    s.score(Layer::Acceptance, "12").await;
    let (id, today) = (s.cycle, s.app.clock.today());
    audit::change(&s.app.db, &System::command("test"), async move |tx| {
        let until = today.plus_days(if over { -1 } else { 1 });
        set_publicity(tx, id, &Publicity { from: today.plus_days(-8), until, provisional: false }).await?;
        Ok(((), Event::new("cycle.move", format!("cycle:{id}"))))
    })
    .await
    .unwrap();
    s.move_to(Phase::Publicity).await;
    s
}

impl Stage {
    async fn now(&self) -> Cycle {
        let id = self.cycle;
        self.app.db.read(async move |tx| assessment::cycle::store::any(tx, id).await).await.unwrap()
    }
    async fn propose_final(&self, who: &Person) -> Answer {
        self.app.post(who, &format!("/assess/{}/final", self.cycle), &[("reason", "公示期满，无异议")]).await
    }
    async fn decide_final(&self, who: &Person, no: &str, action: &str, reason: &str) -> Answer {
        let seen = self.seen(who).await;
        let fields = [("no", no), ("do", action), ("reason", reason), ("seen", seen.as_str())];
        self.app.post(who, &format!("/assess/{}/final/decision", self.cycle), &fields).await
    }
    /// The results the page shows to whoever decides.
    async fn seen(&self, who: &Person) -> String {
        let body = self.app.get(who, &format!("/assess/{}/final", self.cycle)).await.body;
        let after = body.split("name=\"seen\" value=\"").nth(1);
        after.and_then(|rest| rest.split('"').next()).unwrap_or_default().to_owned()
    }
    /// Open matters of the reviewer that ask for the decision.
    async fn asks(&self) -> i64 {
        let to = format!("reviewer@{}", self.root);
        let sql = "SELECT COUNT(*) FROM todo WHERE addressee = $1 AND key = 'todo-final' AND done IS NULL";
        self.app.db.read(async move |tx| tx.one(sql, &db::params![&to]).await).await.unwrap()
    }
    async fn told(&self, who: &Person) -> Vec<String> {
        let to = format!("account:{}", who.account);
        self.app.db.read(async move |tx| tx.all("SELECT key FROM notice WHERE addressee = $1", &db::params![&to]).await).await.unwrap()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_account_proposes_and_another_makes_it_final() {
    on_both(&[], async |db| {
        let s = public(db, true).await;
        let here = format!("/assess/{}", s.cycle);
        let page = s.app.get(&s.committee, &here).await.body;
        assert!(page.contains("提请定稿") && !page.contains("second"), "{page}");
        assert_eq!(s.decide_final(&s.reviewer, "1", "approve", "").await.status, StatusCode::CONFLICT, "nothing is proposed");
        let proposed = s.propose_final(&s.committee).await;
        assert_eq!(proposed.status, StatusCode::SEE_OTHER, "{}", proposed.body);
        assert_eq!((s.now().await.phase, s.events("cycle.propose-final").await), (Phase::Publicity, 1), "a proposal makes nothing final");
        assert_eq!(s.propose_final(&s.committee).await.status, StatusCode::CONFLICT, "one at a time");
        assert!(s.app.get(&s.committee, &here).await.body.contains("等待复核人办理"));
        assert_eq!(s.asks().await, 1);
        let read = s.app.get(&s.reviewer, &format!("{here}/final")).await.body;
        assert!(read.contains("公示期满，无异议") && read.contains("同意定稿"), "{read}");
        assert!(read.contains("aria-label=\"五星级\""), "how many have each star is decided too: {read}");
        assert!(!s.app.get(&s.committee, &format!("{here}/final")).await.body.contains("同意定稿"), "only the second person decides");
        assert_eq!(s.decide_final(&s.committee, "1", "approve", "").await.status, StatusCode::FORBIDDEN);
        let approved = s.decide_final(&s.reviewer, "1", "approve", "核对无误").await;
        assert_eq!((approved.status, approved.location.starts_with("/ledger")), (StatusCode::SEE_OTHER, true), "{}", approved.body);
        assert_eq!((s.now().await.phase, s.now().await.result_version, s.events("cycle.finalise").await), (Phase::Final, 1, 1));
        assert_eq!((s.asks().await, s.told(&s.committee).await), (0, vec!["notice-final-approved".into()]), "it is gone once done");
        assert_eq!(s.decide_final(&s.reviewer, "1", "approve", "").await.status, StatusCode::CONFLICT, "once");
        assert_eq!(s.propose_final(&s.committee).await.status, StatusCode::CONFLICT, "it is final");
        let kept = s.app.get(&s.reviewer, &format!("{here}/final")).await.body;
        assert!(kept.contains("核对无误") && kept.contains("已同意"), "{kept}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_proposed_it_cannot_make_it_final_even_with_both_roles() {
    on_both(&[], async |db| {
        let s = public(db, true).await;
        let post = PostLine {
            id: PostId::new(),
            account: s.committee.account,
            role: "reviewer".into(),
            org: Some(s.root),
            granted: Instant::now(),
        };
        audit::change(&s.app.db, &System::command("test"), async move |tx| {
            access::give_post(tx, &post, "test").await?;
            Ok(((), Event::new("role.give", "account:1")))
        })
        .await
        .unwrap();
        s.propose_final(&s.committee).await;
        for action in ["approve", "reject"] {
            let own = s.decide_final(&s.committee, "1", action, "本人办理").await;
            assert_eq!((own.status, own.body.contains("须由另一人办理")), (StatusCode::FORBIDDEN, true), "{}", own.body);
        }
        assert_eq!(s.now().await.phase, Phase::Publicity);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_carries_its_reason_and_leaves_the_cycle_where_it_is() {
    on_both(&[], async |db| {
        let s = public(db, true).await;
        s.propose_final(&s.committee).await;
        let bare = s.decide_final(&s.reviewer, "1", "reject", " ").await;
        assert_eq!((bare.status, bare.body.contains("请写明不同意的理由")), (StatusCode::UNPROCESSABLE_ENTITY, true), "{}", bare.body);
        let refused = s.decide_final(&s.reviewer, "1", "reject", "公示表有误").await;
        assert_eq!(refused.status, StatusCode::SEE_OTHER, "{}", refused.body);
        assert_eq!((s.now().await.phase, s.events("cycle.refuse-final").await), (Phase::Publicity, 1));
        assert_eq!((s.asks().await, s.told(&s.committee).await), (0, vec!["notice-final-refused".into()]));
        s.propose_final(&s.committee).await;
        let old = s.decide_final(&s.reviewer, "1", "approve", "").await;
        assert_eq!(old.status, StatusCode::CONFLICT, "what was read is not what waits now: {}", old.body);
        assert_eq!(s.decide_final(&s.reviewer, "2", "approve", "").await.status, StatusCode::SEE_OTHER);
        let kept = s.app.get(&s.reviewer, &format!("/assess/{}/final", s.cycle)).await.body;
        assert!(kept.contains("公示表有误") && kept.contains("未同意"), "the refused one stays: {kept}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_proposed_before_publicity_is_over_or_with_an_adjustment_open() {
    on_both(&[], async |db| {
        let s = public(db, false).await;
        let early = s.propose_final(&s.committee).await;
        assert_eq!((early.status, early.body.contains("期满后才能定稿")), (StatusCode::CONFLICT, true), "{}", early.body);
        assert!(s.app.get(&s.committee, &format!("/assess/{}", s.cycle)).await.body.contains("期满后才能定稿"), "the page says so before");
        let page = async || s.app.get(&s.committee, &format!("/assess/{}/final", s.cycle)).await.body;
        let (waits, day) = (page().await, s.app.clock.today().plus_days(2));
        let from = format!("最早 <span class=\"date\">{day}</span> 可以提请");
        assert!(waits.contains("期满后才能定稿") && waits.contains(&from), "when, and what is missing: {waits}");
        s.app.clock.set(s.app.clock.today().plus_days(10));
        assert!(page().await.contains("现在就可以提请"));
        s.propose_final(&s.committee).await;
        s.propose("score:A1", "2", "复核会议记录").await;
        let open = s.decide_final(&s.reviewer, "1", "approve", "").await;
        assert_eq!((open.status, open.body.contains("项调整待复核，不能定稿")), (StatusCode::CONFLICT, true), "{}", open.body);
        assert_eq!(s.now().await.phase, Phase::Publicity);
        s.decide(&s.reviewer, &s.newest_adjustment().await, "reject", "依据不足").await;
        assert_eq!(s.decide_final(&s.reviewer, "1", "approve", "").await.status, StatusCode::SEE_OTHER, "the proposal still waited");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_second_person_approves_is_what_becomes_final_or_nothing_does() {
    on_both(&[], async |db| {
        let s = public(db, true).await;
        s.propose_final(&s.committee).await;
        let page = format!("/assess/{}/final", s.cycle);
        let of = |body: &str, grade: &str| {
            let after = body.split(&format!("<dt>{grade}</dt><dd>")).nth(1).map(str::to_owned);
            after.and_then(|rest| rest.split('<').next().map(str::to_owned)).unwrap_or_default()
        };
        let before = s.app.get(&s.reviewer, &page).await.body;
        assert_eq!((of(&before, "差"), s.kept().await.1 == "差"), ("0".into(), false), "{before}");
        let seen = s.seen(&s.reviewer).await;
        assert_eq!(seen.len(), 64);
        // A veto comes to be known that no kept figure has heard of.
        let (org, at) = (s.branch, Instant::now());
        let today = s.app.clock.today();
        audit::change(&s.app.db, &System::command("test"), async move |tx| {
            let fact = facts::NewFact {
                org,
                year: 2026,
                key: "veto.V1",
                value: "1",
                source: "通报",
                evidence: "",
                by: "test",
                effective: today,
                received: at,
            };
            facts::record(tx, &fact).await?;
            Ok(((), Event::new("fact.import", "file:test")))
        })
        .await
        .unwrap();
        let after = s.app.get(&s.reviewer, &page).await.body;
        assert_ne!(s.kept().await.1, "差", "the kept grade stands");
        let shown = ["好", "较好", "一般", "差"].map(|grade| of(&after, grade));
        assert_ne!(shown, ["好", "较好", "一般", "差"].map(|grade| of(&before, grade)), "the page shows what would become final: {after}");
        let decide = async |seen: &str| {
            let fields = [("no", "1"), ("do", "approve"), ("reason", ""), ("seen", seen)];
            s.app.post(&s.reviewer, &format!("{page}/decision"), &fields).await
        };
        let stale = decide(&seen).await;
        assert!(stale.status == StatusCode::UNPROCESSABLE_ENTITY && stale.body.contains("有变化"), "{}", stale.body);
        assert_eq!((s.now().await.phase, s.now().await.result_version), (Phase::Publicity, 0), "nothing was made final");
        assert_eq!(decide(&s.seen(&s.reviewer).await).await.status, StatusCode::SEE_OTHER);
        while figures::fold(&s.app.db).await.unwrap() > 0 {}
        let kept = s.app.get(&s.reviewer, &page).await.body;
        assert_eq!(["好", "较好", "一般", "差"].map(|grade| of(&kept, grade)), shown, "as approved");
    })
    .await;
}

//! A branch fills its self-assessment through the whole router, on both engines.
use crate::stage::{self, Stage};
use assessment::cycle::phase::Phase;
use testkit::on_both;
use web::StatusCode;

/// While branches assess themselves.
async fn stage(db: db::Db) -> Stage {
    let s = stage::stage(db).await;
    s.move_to(Phase::SelfAssessment).await;
    s
}

#[tokio::test(flavor = "multi_thread")]
async fn a_score_typed_is_kept_and_two_editors_see_each_other_s_value() {
    on_both(&[], async |db| {
        let s = stage(db).await;
        let here = format!("/sheets/{}/self", s.sheet);
        let page = s.app.get(&s.secretary, &here).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.body);
        assert!(page.body.contains("需要您填 27 项"), "nothing is known of this branch yet");
        let auto = |value: &'static str, rev: &'static str| [("auto", "1"), ("field", "s-A1"), ("s-A1", value), ("r-A1", ""), ("rev", rev)];
        let (sheet, until) = (s.sheet.to_string(), s.app.clock.today().plus_days(16).to_string());
        let late = [("sheet", sheet.as_str()), ("until", until.as_str()), ("reason", "补报")];
        assert_eq!(s.app.post(&s.committee, &format!("/assess/{}/late-permissions", s.cycle), &late).await.status, StatusCode::SEE_OTHER);
        let saved = s.app.post(&s.secretary, &here, &auto("3.5", "0")).await;
        assert_eq!((saved.status, saved.body.contains("data-rev-for=\"s-A1\" data-rev=\"1\"")), (StatusCode::OK, true), "{}", saved.body);
        let sql = "SELECT filled || '/' || whole FROM todo WHERE matter = $1";
        let matter = format!("sheet:{}:self", s.sheet);
        let far: String = s.app.db.read(async move |tx| tx.one(sql, &db::params![&matter]).await).await.unwrap();
        assert_eq!(far, "1/27", "the desk says how far it is");
        let late = s.app.post(&s.secretary, &here, &auto("4", "0")).await;
        assert_eq!((late.status, late.body.contains("data-theirs=\"3.5\"")), (StatusCode::CONFLICT, true), "{}", late.body);
        let above = s.app.post(&s.secretary, &here, &auto("4.01", "1")).await;
        assert_eq!((above.status, above.body.contains("data-error-for=\"s-A1\"")), (StatusCode::UNPROCESSABLE_ENTITY, true));
        assert!(s.app.get(&s.secretary, &here).await.body.contains("value=\"3.5\""));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_score_taken_away_can_be_given_again_and_history_keeps_each_value() {
    on_both(&[], async |db| {
        let s = stage(db).await;
        let here = format!("/sheets/{}/self", s.sheet);
        // The value, the revision that was seen, the revision that stands afterwards: 0 where nothing stands.
        for (value, seen, now) in [("3.5", "0", "1"), ("", "1", "0"), ("4", "0", "2"), ("3", "2", "3")] {
            let fields = [("auto", "1"), ("field", "s-A1"), ("s-A1", value), ("r-A1", ""), ("rev", seen)];
            let saved = s.app.post(&s.secretary, &here, &fields).await;
            let told = saved.body.contains(&format!("data-rev-for=\"s-A1\" data-rev=\"{now}\""));
            assert_eq!((saved.status, told), (StatusCode::OK, true), "{value}: {}", saved.body);
        }
        let past: Vec<kernel::Points> =
            s.app.db.read(async |tx| tx.all("SELECT points FROM score_past WHERE indicator = 'A1' ORDER BY rev", &[]).await).await.unwrap();
        assert_eq!(past, ["3.5", "4"].map(|p| kernel::Points::parse(p).unwrap()));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_owed_is_named_and_submitting_locks_until_it_is_returned() {
    on_both(&[], async |db| {
        let s = stage(db).await;
        let here = format!("/sheets/{}/self", s.sheet);
        let owed = s.app.post(&s.secretary, &here, &[("s-A1", "4"), ("r-A1", ""), ("v-A1", "0"), ("do", "submit")]).await;
        assert_eq!((owed.status, owed.body.contains("A2 还没有填写得分")), (StatusCode::UNPROCESSABLE_ENTITY, true), "{}", owed.body);
        let scheme = standards::scheme(&s.app.db, standards::schemes::newest(&s.app.db, "LN-JG-27").await.unwrap()).await.unwrap();
        let mut fields: Vec<(String, String)> = scheme.indicators.iter().map(|i| (format!("s-{}", i.code), i.points.to_string())).collect();
        fields.push(("do".into(), "submit".into()));
        let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        let done = s.app.post(&s.secretary, &here, &fields).await;
        assert_eq!(done.location, format!("/sheets/{}/submitted?layer=self", s.sheet), "{}", done.body);
        let end = s.app.get(&s.secretary, &done.location).await;
        assert!(end.body.contains("<p class=\"no\">100</p>"), "{}", end.body);
        let locked = s.app.post(&s.secretary, &here, &[("auto", "1"), ("field", "s-A1"), ("s-A1", "3"), ("rev", "1")]).await;
        assert_eq!(locked.status, StatusCode::UNPROCESSABLE_ENTITY);
        let without = s.app.post(&s.committee, &format!("/sheets/{}/returns", s.sheet), &[("reason", " ")]).await;
        assert_eq!(without.status, StatusCode::UNPROCESSABLE_ENTITY);
        let returned = s.app.post(&s.committee, &format!("/sheets/{}/returns", s.sheet), &[("reason", "C1 与会议记录不符")]).await;
        assert_eq!(returned.status, StatusCode::SEE_OTHER, "{}", returned.body);
        assert!(!s.app.get(&s.secretary, &here).await.body.contains("flash info\"><svg class=\"i\" viewBox=\"0 0 24 24\" aria-hidden=\"true\"><path d=\"M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20zm1 5v4.6"));
        assert!(audit::verify(&s.app.db).await.unwrap().is_ok());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_score_is_named_beside_those_that_were_saved_and_counts_as_not_filled() {
    on_both(&[], async |db| {
        let s = stage(db).await;
        let here = format!("/sheets/{}/self", s.sheet);
        let sent = [("s-A1", "3"), ("v-A1", "0"), ("s-A2", "1"), ("v-A2", "0"), ("s-A3", "99"), ("v-A3", "0"), ("do", "save")];
        let page = s.app.post(&s.secretary, &here, &sent).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        for part in ["2 项已保存，1 项没有保存", "id=\"e-A3\"", "value=\"99\"", "需要您填 27 项，还差 25 项", "已评 2/27 项"]
        {
            assert!(page.body.contains(part), "{part}: {}", page.body);
        }
        assert!(!page.body.contains("id=\"e-A1\""), "what was saved is not blamed");
        let stored: Vec<String> = s.app.db.lookup("SELECT indicator FROM score ORDER BY indicator", &[]).await.unwrap();
        assert_eq!(stored, ["A1", "A2"]);
        let bare = s.app.post(&s.secretary, &here, &[("s-A3", "99"), ("v-A3", "0"), ("do", "save")]).await;
        assert!(bare.status == StatusCode::UNPROCESSABLE_ENTITY && !bare.body.contains("项已保存"), "nothing was saved: {}", bare.body);
    })
    .await;
}

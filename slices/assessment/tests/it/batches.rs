//! Filling many indicators at once, and taking that back; on both engines.
use crate::stage::{Stage, stage};
use access::System;
use assessment::cycle::open::{Opening, open};
use assessment::cycle::phase::Phase;
use assessment::score::store::{Score, of_sheet};
use assessment::sheet::store::of_org;
use scoring::Layer;
use testkit::on_both;
use web::StatusCode;

impl Stage {
    async fn given(&self, layer: Layer) -> Vec<Score> {
        let id = self.sheet;
        let all = self.app.db.read(async move |tx| of_sheet(tx, id).await).await.unwrap();
        all.into_iter().filter(|s| s.is_of(layer)).collect()
    }
    async fn past(&self, layer: Layer) -> i64 {
        let (id, sql) = (self.sheet, "SELECT COUNT(*) FROM score_past WHERE sheet = $1 AND layer = $2");
        self.app.db.read(async move |tx| tx.one(sql, &db::params![&id, layer.name()]).await).await.unwrap()
    }
}

/// The source of the batch the page offers to undo.
fn offered(page: &str) -> String {
    page.split("name=\"batch\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or_default().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_filled_at_once_is_taken_back_at_once_and_what_was_changed_since_stays() {
    on_both(&[], async |db| {
        let s = stage(db).await;
        let inspector = s.inspector().await;
        s.move_to(Phase::SelfAssessment).await;
        s.score(Layer::SelfAssessment, "3").await;
        s.app.post(&s.secretary, &format!("/sheets/{}/self", s.sheet), &[("do", "submit")]).await;
        s.move_to(Phase::Acceptance).await;
        let here = format!("/sheets/{}/acceptance", s.sheet);
        let before = s.app.get(&inspector, &here).await.body;
        assert!(before.contains("还没有评分") && !before.contains("class=\"big\">97"), "what the branch said is no result yet: {before}");
        assert_eq!(offered(&before), "");
        s.app.post(&inspector, &here, &[("s-A1", "4"), ("do", "copy")]).await;
        assert_eq!((s.given(Layer::Acceptance).await.len(), s.events("score.fill").await, s.events("score.save").await), (27, 1, 1));
        let page = s.app.get(&inspector, &here).await.body;
        assert!(page.contains("class=\"big\">100") && page.contains("已成批填入 26 项") && page.contains("自评 97，与自评差 +3"), "{page}");
        assert!(page.contains("与自评差 +3"), "beside A1: {page}");
        let batch = offered(&page);
        s.app.post(&inspector, &here, &[("s-A2", "3"), ("r-A2", "缺记录"), ("v-A2", "1"), ("do", "save")]).await;
        let undone = s.app.post(&inspector, &here, &[("batch", &batch), ("do", "undo")]).await;
        assert_eq!(undone.status, StatusCode::SEE_OTHER, "{}", undone.body);
        let left: Vec<(String, String)> =
            s.given(Layer::Acceptance).await.into_iter().map(|s| (s.indicator, s.points.to_string())).collect();
        assert_eq!(left, [("A1".to_owned(), "4".to_owned()), ("A2".to_owned(), "3".to_owned())], "typed by hand");
        assert_eq!((s.events("score.unfill").await, s.past(Layer::Acceptance).await), (1, 26), "nothing is erased");
        let again = s.app.post(&inspector, &here, &[("batch", &batch), ("do", "undo")]).await;
        assert_eq!(again.status, StatusCode::CONFLICT, "{}", again.body);
        let typed = s.app.post(&inspector, &here, &[("batch", "page"), ("do", "undo")]).await;
        assert_eq!((typed.status, s.given(Layer::Acceptance).await.len()), (StatusCode::CONFLICT, 2), "only a batch is taken back");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn last_year_s_entries_fill_what_is_empty_and_carry_their_reasons() {
    on_both(&[], async |db| {
        let mut s = stage(db).await;
        s.move_to(Phase::SelfAssessment).await;
        let here = format!("/sheets/{}/self", s.sheet);
        assert!(!s.app.get(&s.secretary, &here).await.body.contains("复制去年的填写"), "there is no year before");
        s.score(Layer::SelfAssessment, "3").await;
        let scheme = standards::schemes::newest(&s.app.db, "LN-JG-27").await.unwrap();
        let day = s.app.clock.today();
        let opening = Opening { scheme, year: 2027, root: s.root, title: "2027".into(), day, self_until: day.plus_days(15) };
        s.cycle = open(&s.app.db, &System::command("test"), opening).await.unwrap();
        let (cycle, branch) = (s.cycle, s.branch);
        s.sheet = s.app.db.read(async move |tx| of_org(tx, cycle, branch).await).await.unwrap().unwrap().id;
        s.move_to(Phase::SelfAssessment).await;
        let here = format!("/sheets/{}/self", s.sheet);
        s.app.post(&s.secretary, &here, &[("s-B1", "2"), ("do", "save")]).await;
        let page = s.app.get(&s.secretary, &here).await.body;
        assert!(page.contains("复制去年的填写（26 项）"), "{page}");
        assert!(page.contains("<a class=\"chip\" href=\"#row-A1\">") && !page.contains("<a class=\"chip\" href=\"#row-B1\">"), "{page}");
        let filled = s.app.post(&s.secretary, &here, &[("do", "last-year")]).await;
        assert_eq!(filled.status, StatusCode::SEE_OTHER, "{}", filled.body);
        let given = s.given(Layer::SelfAssessment).await;
        let of = |code: &str| given.iter().find(|s| s.indicator == code).map(|s| (s.points.to_string(), s.reason.clone())).unwrap();
        assert_eq!((given.len(), of("A1"), of("B1").0), (27, ("1".into(), "缺会议记录".into()), "2".into()), "only what was empty");
        let page = s.app.get(&s.secretary, &here).await.body;
        assert!(page.matches(">去年</span>").count() == 26 && !page.contains("复制去年的填写"), "{page}");
        s.app.post(&s.secretary, &here, &[("batch", &offered(&page)), ("do", "undo")]).await;
        assert_eq!(s.given(Layer::SelfAssessment).await.len(), 1, "B1 was typed");
    })
    .await;
}

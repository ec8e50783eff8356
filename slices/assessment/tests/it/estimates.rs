//! The stars branches have by themselves, before quotas: counted as results change, equal to a recount, each with its rows.
use crate::stand::{Stand, stand};
use kernel::{OrgPath, SheetId};
use testkit::on_both;

impl Stand {
    /// Gives branches this part, in percent, of all there is to score.
    async fn all_of(&self, parts: &[(&str, i64)]) {
        let sheet = self.sheet("21-1").await;
        let scheme = assessment::sheet::context::any(&self.app.db, sheet).await.unwrap().scheme;
        let mut scores = "branch_code,indicator,layer,score,reason\n".to_owned();
        for (code, part) in parts {
            for i in &scheme.indicators {
                let points = kernel::Points::hundredths(i.points.as_hundredths() * part / 100);
                scores += &format!("{code},{},committee,{points},缺记录\n", i.code);
            }
        }
        self.scores(self.cycle, &scores).await.unwrap();
        while figures::fold(&self.app.db).await.unwrap() > 0 {}
    }
    /// The star a sheet keeps.
    async fn star(&self, code: &str) -> Option<i64> {
        let id: SheetId = self.sheet(code).await;
        self.app.db.read(async move |tx| assessment::sheet::store::any(tx, id).await).await.unwrap().star
    }
    async fn counted(&self, star: i64) -> i64 {
        let top: Option<OrgPath> = tree::path(&self.app.db, self.root).await.unwrap();
        let metric = assessment::sheet::counted::by_itself(star);
        figures::of(&self.app.db, &self.cycle.to_string(), &top.unwrap(), &[metric.as_str()]).await.unwrap()[0]
    }
    async fn equals_a_recount(&self) {
        for (board, leaves) in assessment::recount(&self.app.db).await.unwrap() {
            assert_eq!(figures::compare(&self.app.db, &board, &leaves).await.unwrap(), []);
        }
    }
}

/// As an installation has it that was upgraded: nothing was kept of stars, and nothing counted.
async fn before_stars_were_kept(s: &Stand) {
    let (cycle, sheets) = (s.cycle, [s.sheet("21-1").await, s.sheet("21-2").await]);
    let forget = async move |tx: &mut db::Tx<'_>| {
        for sheet in sheets {
            let now = assessment::sheet::store::any(tx, sheet).await?;
            let metric = assessment::sheet::counted::by_itself(now.star.unwrap());
            figures::add(tx, &cycle.to_string(), &now.path, &metric, -1).await?;
            tx.exec("UPDATE sheet SET star = NULL WHERE id = $1", &db::params![&sheet]).await?;
        }
        Ok(())
    };
    audit::stage(&s.app.db, forget).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_star_of_a_sheet_from_before_stars_were_kept_is_kept_as_the_program_begins() {
    on_both(&[], async |db| {
        let s = stand(db, &["21-1", "21-2", "21-3"].map(str::to_owned)).await;
        s.all_of(&[("21-1", 100), ("21-2", 0)]).await;
        let stars = async || [s.star("21-1").await, s.star("21-2").await, s.star("21-3").await];
        for finally in [false, true] {
            if finally {
                s.publish(s.cycle).await;
                s.finalise(s.cycle).await.unwrap();
            }
            let kept = stars().await;
            assert!(kept[0] > kept[1] && kept[1].is_some(), "{kept:?}");
            before_stars_were_kept(&s).await;
            assert_eq!(stars().await, [None, None, kept[2]]);
            for _ in 0..2 {
                assessment::sheet::starless::resume(&s.app.db, &s.suppliers, crate::stand::today()).await.unwrap();
            }
            assert_eq!(stars().await, kept, "final: {finally}");
            while figures::fold(&s.app.db).await.unwrap() > 0 {}
            s.equals_a_recount().await;
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_star_by_itself_is_counted_as_results_change_and_leads_to_its_rows() {
    on_both(&[], async |db| {
        let s = stand(db, &["21-1", "21-2", "21-3"].map(str::to_owned)).await;
        let committee = s.app.person("committee", Some(s.root)).await;
        s.all_of(&[("21-1", 100), ("21-2", 0)]).await;
        let (best, worst) = (s.star("21-1").await.unwrap(), s.star("21-2").await.unwrap());
        assert!(best > worst, "{best} {worst}");
        assert_eq!(s.star("21-3").await, None, "nothing is known of it");
        assert_eq!((s.counted(best).await, s.counted(worst).await), (1, 1));
        let list = format!("/assess/{}/sheets?star={best}", s.cycle);
        let rows = async || {
            let body = s.app.get(&committee, &list).await.body;
            assert!(body.contains(&format!("只看分数线到 {best} 星级的支部")), "what it is limited to is said: {body}");
            ["支部21-1", "支部21-2", "支部21-3"].map(|name| body.contains(&format!("{name}</a>")))
        };
        assert_eq!(rows().await, [true, false, false]);
        s.equals_a_recount().await;

        s.all_of(&[("21-1", 0), ("21-2", 100)]).await;
        assert_eq!((s.counted(best).await, s.counted(worst).await, rows().await), (1, 1, [false, true, false]));
        s.all_of(&[("21-1", 100)]).await;
        assert_eq!((s.counted(best).await, s.counted(worst).await, rows().await), (2, 0, [true, true, false]));
        s.equals_a_recount().await;

        // 定稿 makes the ranking with its quotas; what a sheet keeps is what is final then.
        s.publish(s.cycle).await;
        s.finalise(s.cycle).await.unwrap();
        while figures::fold(&s.app.db).await.unwrap() > 0 {}
        s.equals_a_recount().await;
        let top = tree::path(&s.app.db, s.root).await.unwrap().unwrap();
        let final_ones = figures::of(&s.app.db, &s.cycle.to_string(), &top, &[&format!("star:{best}")]).await.unwrap()[0];
        assert_eq!(s.counted(best).await, final_ones);
    })
    .await;
}

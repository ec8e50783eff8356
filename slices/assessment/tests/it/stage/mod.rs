//! A cycle with one branch, and everybody its review needs.
use access::System;
use assessment::cycle::open::{Opening, open};
use assessment::cycle::phase::Phase;
use assessment::inspection::store::{Assignment, assign, insert_team};
use assessment::score::store::{NewScore, force, one};
use assessment::sheet::{context, keep};
use audit::Event;
use kernel::{BusinessDate, CycleId, Instant, OrgId, Points, SheetId, TeamId};
use scoring::Layer;
use testkit::{Answer, Person, TestApp};
use web::{Shared, StatusCode};

pub struct Stage {
    pub app: TestApp,
    pub root: OrgId,
    pub branch: OrgId,
    pub secretary: Person,
    pub committee: Person,
    pub reviewer: Person,
    pub sheet: SheetId,
    pub cycle: CycleId,
}

pub async fn stage(db: db::Db) -> Stage {
    let days = calendar::Calendar::parse(include_str!("../../../../../content/calendars/holidays.csv")).unwrap();
    let shared = Shared::default().with(facts::Suppliers::default()).with(days);
    let slices = vec![organisations::slice(), members::slice(), standards::slice(), rectification::slice(), assessment::slice()];
    play(TestApp::new(db, slices, &[], shared).await).await
}

/// The same in a house of the test's own.
pub async fn play(app: TestApp) -> Stage {
    standards::seed(&app.db).await.unwrap();
    let founder = app.person("committee", None).await;
    let root = org(&app, &founder, "21", "省直机关工委", "611", "").await;
    let branch = org(&app, &founder, "21-1", "第一支部", "631", "21").await;
    org(&app, &founder, "22", "别处工委", "611", "").await;
    let secretary = app.person("secretary", Some(branch)).await;
    let (committee, reviewer) = (app.person("committee", Some(root)).await, app.person("reviewer", Some(root)).await);
    let scheme = standards::schemes::newest(&app.db, "LN-JG-27").await.unwrap();
    let today = BusinessDate::parse(TestApp::TODAY).unwrap();
    let opening = Opening { scheme, year: 2026, root, title: "2026 年度考评".into(), day: today, self_until: today.plus_days(15) };
    let cycle = open(&app.db, &System::command("test"), opening).await.unwrap();
    let sheet = app.db.read(async move |tx| assessment::sheet::store::of_org(tx, cycle, branch).await).await.unwrap().unwrap().id;
    Stage { app, root, branch, secretary, committee, reviewer, sheet, cycle }
}

pub async fn org(app: &TestApp, by: &Person, code: &str, name: &str, kind: &str, parent: &str) -> OrgId {
    let fields = [("code", code), ("name", name), ("type", kind), ("category", "机关"), ("parent_code", parent)];
    let answer = app.post(by, "/orgs", &fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    OrgId::parse(answer.location.rsplit('/').next().unwrap()).unwrap()
}

impl Stage {
    pub async fn move_to(&self, phase: Phase) {
        let (id, day, at) = (self.cycle, self.app.clock.today(), Instant::now());
        audit::change(&self.app.db, &System::command("test"), async move |tx| {
            let cycle = assessment::cycle::store::any(tx, id).await?;
            let step = assessment::cycle::store::Step { day, at, by: "test", reason: "" };
            assessment::cycle::store::set_phase(tx, &cycle, phase, &step).await?;
            Ok(((), Event::new("cycle.move", format!("cycle:{id}"))))
        })
        .await
        .unwrap();
    }

    /// Gives every indicator a score in this layer so that `lost` points are missing, taken from the first indicators.
    pub async fn score(&self, layer: Layer, lost: &str) {
        let context = context::any(&self.app.db, self.sheet).await.unwrap();
        let (day, at) = (self.app.clock.today(), Instant::now());
        let lost = Points::parse(lost).unwrap();
        audit::change(&self.app.db, &System::command("test"), async move |tx| {
            let mut left = lost;
            for indicator in &context.scheme.indicators {
                let take = left.min(indicator.points);
                left = left - take;
                let new = NewScore {
                    sheet: context.sheet.id,
                    indicator: &indicator.code,
                    layer,
                    points: Some(indicator.points - take),
                    reason: "缺会议记录",
                    seen: 0,
                    account: None,
                    by: "test",
                    source: "file:test.csv",
                    at,
                };
                let before = one(tx, context.sheet.id, &indicator.code, layer).await?;
                force(tx, &new, before.as_ref()).await?;
            }
            keep::keep(tx, &context, &facts::Suppliers::default(), day).await?;
            Ok(((), Event::new("score.import", format!("sheet:{}", context.sheet.id))))
        })
        .await
        .unwrap();
    }

    /// An inspector whose team has been given the sheet.
    pub async fn inspector(&self) -> Person {
        let who = self.app.person("inspector", Some(self.root)).await;
        let (team, cycle, sheet, account) = (TeamId::new(), self.cycle, self.sheet, who.account);
        audit::change(&self.app.db, &System::command("test"), async move |tx| {
            insert_team(tx, team, cycle, Layer::Acceptance, "一组", &[(account, "某人".into())]).await?;
            assign(tx, &Assignment { sheet, layer: Layer::Acceptance, team, cycle, due: None }, Instant::now()).await?;
            Ok(((), Event::new("team.create", format!("cycle:{cycle}"))))
        })
        .await
        .unwrap();
        who
    }

    /// The kept total and grade.
    pub async fn kept(&self) -> (String, String) {
        let id = self.sheet;
        let sheet = self.app.db.read(async move |tx| assessment::sheet::store::any(tx, id).await).await.unwrap();
        (sheet.total.unwrap().to_string(), sheet.grade.unwrap())
    }

    pub async fn events(&self, action: &str) -> usize {
        let (all, action) = (self.app.db.clone(), action.to_owned());
        let n: i64 =
            all.read(async move |tx| tx.one("SELECT COUNT(*) FROM event WHERE action = $1", &db::params![&action]).await).await.unwrap();
        n as usize
    }

    /// Proposes as the committee; answers the adjustment's address.
    pub async fn propose(&self, target: &str, value: &str, reason: &str) -> Answer {
        let fields = [("target", target), ("value", value), ("reason", reason), ("evidence", "辽直工发〔2026〕8号"), ("do", "propose")];
        self.app.post(&self.committee, &format!("/sheets/{}/adjustments", self.sheet), &fields).await
    }

    pub async fn newest_adjustment(&self) -> String {
        let id = self.sheet;
        let all = self.app.db.read(async move |tx| assessment::review::store::of_sheet(tx, id).await).await.unwrap();
        format!("/adjustments/{}", all.last().unwrap().id)
    }

    pub async fn decide(&self, who: &Person, adjustment: &str, action: &str, reason: &str) -> Answer {
        self.app.post(who, &format!("{adjustment}/decision"), &[("do", action), ("reason", reason)]).await
    }
}

//! The fixture's cycles, one in every phase, and what stands in them.
use crate::world::{Object, World, system};
use assessment::cycle::open::{Opening, open};
use assessment::cycle::phase::Phase;
use assessment::cycle::{Publicity, store as cycles};
use assessment::inspection::store as teams;
use assessment::score::store::{NewScore, force, one};
use assessment::sheet::write::{Hand, submit};
use assessment::sheet::{context, keep, store as sheets};
use audit::Event;
use calendar::Calendar;
use kernel::{AccountId, CycleId, Instant, Points, SheetId, TeamId};
use scoring::Layer;
use web::StatusCode;

const INDICATOR: &str = "C1";
/// Less than the indicator gives, so that a reason is asked for.
const SOME: &str = "1.5";

impl World {
    pub async fn cycles(&mut self) {
        self.words.insert("indicator", INDICATOR.into());
        self.words.insert("some", SOME.into());
        let inspector = self.person("inspector", "21").account;
        self.words.insert("inspector", inspector.to_string());
        let elsewhere = self.cycle("22", 2026, "self").await;
        self.step(elsewhere, Phase::SelfAssessment).await;
        self.sheet(elsewhere, "22-1", "22", "self", &[]).await;
        self.assessing().await;
        self.accepting(inspector).await;
        self.rechecking(inspector).await;
        self.by_program(inspector).await;
        self.reviewing().await;
        self.publishing().await;
        self.past().await;
        // Opened by mistake: nobody has begun with it.
        self.cycle("21-1", 2039, "preparation").await;
    }

    async fn cycle(&mut self, root: &'static str, year: i64, note: &'static str) -> CycleId {
        let scheme = standards::schemes::newest(&self.app.db, "LN-JG-27").await.unwrap();
        let day = self.today();
        let opening =
            Opening { scheme, year, root: self.org(root), title: format!("{year} 年度考评"), day, self_until: day.plus_days(15) };
        let id = open(&self.app.db, system(), opening).await.unwrap();
        let values = vec![("cycle", id.to_string())];
        self.add("cycle", Object { values, at: root.into(), root: root.into(), note, ..Object::default() });
        id
    }
    async fn step(&self, id: CycleId, to: Phase) {
        let (day, at) = (self.today(), Instant::now());
        let moved = audit::change(&self.app.db, system(), async move |tx| {
            let cycle = cycles::any(tx, id).await?;
            cycles::set_phase(tx, &cycle, to, &cycles::Step { day, at, by: "test", reason: "" }).await?;
            Ok(((), Event::new("cycle.move", format!("cycle:{id}"))))
        });
        moved.await.unwrap();
    }
    async fn sheet(&mut self, cycle: CycleId, code: &'static str, root: &str, note: &'static str, team: &[AccountId]) -> SheetId {
        let org = self.org(code);
        let id = self.app.db.read(async move |tx| sheets::of_org(tx, cycle, org).await).await.unwrap().unwrap().id;
        let values = vec![("sheet", id.to_string()), ("indicator", INDICATOR.into()), ("item", "P1".into())];
        self.add("sheet", Object { values, at: code.into(), root: root.into(), note, team: team.to_vec(), owner: None });
        id
    }
    /// Gives every indicator full marks, less `lost` from each of the first eight, and hands the layer in.
    async fn score(&self, sheet: SheetId, layer: Layer, lost: &str, hand_in: bool) {
        let (c, day, at) = (context::any(&self.app.db, sheet).await.unwrap(), self.today(), Instant::now());
        let lost = Points::parse(lost).unwrap();
        let scored = audit::change(&self.app.db, system(), async move |tx| {
            for (i, indicator) in c.scheme.indicators.iter().enumerate() {
                let points = Some(if i < 8 { indicator.points - lost } else { indicator.points });
                let (code, source) = (indicator.code.as_str(), "file:test.csv");
                let new =
                    NewScore { sheet, indicator: code, layer, points, reason: "缺记录", seen: 0, account: None, by: "test", source, at };
                let before = one(tx, sheet, &indicator.code, layer).await?;
                force(tx, &new, before.as_ref()).await?;
            }
            keep::keep(tx, &c, &facts::Suppliers::default(), day).await?;
            if hand_in {
                let hand = Hand { account: None, name: "test".into(), source: "page", today: day };
                submit(tx, &c, layer, &hand, "", at).await?;
            }
            Ok(((), Event::new("score.import", format!("sheet:{sheet}"))))
        });
        scored.await.unwrap();
    }
    async fn team(&self, cycle: CycleId, layer: Layer, members: &[AccountId]) -> TeamId {
        let (id, members) = (TeamId::new(), members.iter().map(|a| (*a, "某人".to_owned())).collect::<Vec<_>>());
        let made = audit::change(&self.app.db, system(), async move |tx| {
            teams::insert_team(tx, id, cycle, layer, "第一组", &members).await?;
            Ok(((), Event::new("team.create", format!("cycle:{cycle}"))))
        });
        made.await.unwrap();
        id
    }
    async fn assign(&self, cycle: CycleId, sheet: SheetId, team: TeamId, layer: Layer) {
        let at = Instant::now();
        let given = audit::change(&self.app.db, system(), async move |tx| {
            teams::assign(tx, &teams::Assignment { sheet, layer, team, cycle, due: None }, at).await?;
            Ok(((), Event::new("team.assign", format!("cycle:{cycle}"))))
        });
        given.await.unwrap();
    }

    /// Self-assessment runs; every branch has an evidence file.
    async fn assessing(&mut self) {
        let id = self.cycle("21", 2026, "self").await;
        self.step(id, Phase::SelfAssessment).await;
        for code in ["21-1-1", "21-1-2", "21-2-1"] {
            let sheet = self.sheet(id, code, "21", "self", &[]).await;
            let secretary = self.app.person("secretary", Some(self.org(code))).await;
            let at = format!("/sheets/{sheet}/evidence/{INDICATOR}");
            let pdf: &[u8] = b"%PDF-1.4\n%%EOF\n";
            let given = self.app.upload(&secretary, &at, &[], &[("file", "record.pdf", pdf)]).await;
            assert_eq!(given.status, StatusCode::SEE_OTHER, "{}", given.body);
            let file = self.text("SELECT id FROM file ORDER BY id").await;
            let claimed = [("item", "P1"), ("count", "1"), ("reason", "省级表彰")];
            assert_eq!(self.app.post(&secretary, &format!("/sheets/{sheet}/claims"), &claimed).await.status, StatusCode::SEE_OTHER);
            let other: &[u8] = b"%PDF-1.4\n% another\n%%EOF\n";
            let given = self.app.upload(&secretary, &format!("/sheets/{sheet}/claims/P1/evidence"), &[], &[("file", "b.pdf", other)]).await;
            assert_eq!(given.status, StatusCode::SEE_OTHER, "{}", given.body);
            let claimed = self.text("SELECT id FROM file ORDER BY id").await;
            let object = self.objects.get_mut("sheet").and_then(|all| all.last_mut()).unwrap();
            object.values.extend([("file", file.clone()), ("claimed", claimed)]);
            self.add("file", Object { values: vec![("file", file)], at: code.into(), root: code.into(), ..Object::default() });
        }
    }
    /// A team of 21's inspector accepts; 21-1-2 has no team yet and has been late.
    async fn accepting(&mut self, inspector: AccountId) {
        let id = self.cycle("21", 2021, "acceptance").await;
        let team = self.team(id, Layer::Acceptance, &[inspector]).await;
        self.words.insert("team", team.to_string());
        for code in ["21-1-1", "21-2-1"] {
            let sheet = self.sheet(id, code, "21", "acceptance", &[inspector]).await;
            self.score(sheet, Layer::SelfAssessment, "0", true).await;
            self.assign(id, sheet, team, Layer::Acceptance).await;
        }
        let late = self.sheet(id, "21-1-2", "21", "late", &[]).await;
        self.words.insert("late", late.to_string());
        self.step(id, Phase::Acceptance).await;
        let submitted = self.cycle("21", 2019, "").await;
        self.step(submitted, Phase::SelfAssessment).await;
        for code in ["21-1-1", "21-1-2"] {
            let sheet = self.sheet(submitted, code, "21", "submitted", &[]).await;
            self.score(sheet, Layer::SelfAssessment, "0", true).await;
        }
    }
    /// A draw has been published and waits for its number.
    async fn rechecking(&mut self, inspector: AccountId) {
        let id = self.cycle("21", 2022, "recheck").await;
        let team = self.team(id, Layer::Recheck, &[inspector]).await;
        self.words.insert("redraw", team.to_string());
        for code in ["21-1-1", "21-2-1"] {
            let sheet = self.sheet(id, code, "21", "recheck", &[inspector]).await;
            self.score(sheet, Layer::SelfAssessment, "0", true).await;
            self.score(sheet, Layer::Acceptance, "0", true).await;
            self.assign(id, sheet, team, Layer::Recheck).await;
        }
        self.step(id, Phase::Recheck).await;
        let founder = self.app.person("committee", Some(self.org("21"))).await;
        let drawn = self.app.post(&founder, &format!("/assess/{id}/draws"), &[("team", &team.to_string()), ("reason", "")]).await;
        assert_eq!(drawn.status, StatusCode::SEE_OTHER, "{}", drawn.body);
        let draw = drawn.location.rsplit('/').next().unwrap().to_owned();
        self.add("draw", Object { values: vec![("draw", draw)], at: "21".into(), root: "21".into(), ..Object::default() });
    }
    /// Sheets that are filled and wait to be handed in, layer by layer.
    async fn by_program(&mut self, inspector: AccountId) {
        const WAITING: [(i64, Phase, Layer, &str); 3] = [
            (2014, Phase::SelfAssessment, Layer::SelfAssessment, "full"),
            (2015, Phase::Acceptance, Layer::Acceptance, "accepted"),
            (2016, Phase::Recheck, Layer::Recheck, "rechecked"),
        ];
        for (year, phase, layer, note) in WAITING {
            let id = self.cycle("21", year, "").await;
            let team = self.team(id, layer, &[inspector]).await;
            let members: &[AccountId] = if layer == Layer::SelfAssessment { &[] } else { &[inspector] };
            for code in ["21-1-1", "21-2-1"] {
                let sheet = self.sheet(id, code, "21", note, members).await;
                for below in [Layer::SelfAssessment, Layer::Acceptance].into_iter().filter(|l| *l < layer) {
                    self.score(sheet, below, "0", true).await;
                }
                self.score(sheet, layer, "0", false).await;
                if layer != Layer::SelfAssessment {
                    self.assign(id, sheet, team, layer).await;
                }
            }
            self.step(id, phase).await;
        }
    }
    /// Layers differ widely, and an adjustment of each branch waits for the second person.
    async fn reviewing(&mut self) {
        let id = self.cycle("21", 2023, "review").await;
        let committee = self.app.person("committee", Some(self.org("21"))).await;
        for code in ["21-1-1", "21-2-1"] {
            let sheet = self.sheet(id, code, "21", "review", &[]).await;
            self.score(sheet, Layer::SelfAssessment, "0", true).await;
            self.score(sheet, Layer::Acceptance, "1.5", true).await;
        }
        self.step(id, Phase::Review).await;
        let sheets = self.objects["sheet"].iter().filter(|o| o.note == "review").map(|o| (o.at.clone(), o.values[0].1.clone()));
        for (code, sheet) in sheets.collect::<Vec<_>>() {
            for indicator in ["D1", "D2"] {
                let target = format!("score:{indicator}");
                let fields = [("target", target.as_str()), ("value", "1"), ("reason", "核实"), ("evidence", "文件"), ("do", "propose")];
                let proposed = self.app.post(&committee, &format!("/sheets/{sheet}/adjustments"), &fields).await;
                assert_eq!(proposed.status, StatusCode::SEE_OTHER, "{}", proposed.body);
                let adjustment = self.text("SELECT id FROM adjustment ORDER BY id").await;
                self.add(
                    "adjustment",
                    Object { values: vec![("adjustment", adjustment)], at: code.clone(), root: "21".into(), ..Object::default() },
                );
            }
        }
        let sheet = self.objects["sheet"].iter().find(|o| o.note == "review").unwrap().values[0].1.clone();
        let page = self.app.get(&committee, &format!("/sheets/{sheet}/review")).await.body;
        let mark = page.split("name=\"mark\"><option value=\"").nth(1).and_then(|rest| rest.split('"').next());
        self.words.insert("mark", mark.expect("a difference to explain").into());
    }
    /// One cycle in publicity with an objection, one whose publicity is over.
    async fn publishing(&mut self) {
        for (year, note, from, until) in [(2024, "publicity", 0, 7), (2025, "final", -10, -1)] {
            let id = self.cycle("21", year, note).await;
            for code in ["21-1-1", "21-1-2", "21-2-1"] {
                let sheet = self.sheet(id, code, "21", note, &[]).await;
                self.score(sheet, Layer::SelfAssessment, "0", true).await;
                self.score(sheet, Layer::Acceptance, "1", true).await;
            }
            self.step(id, Phase::Publicity).await;
            let publicity = Publicity { from: self.today().plus_days(from), until: self.today().plus_days(until), provisional: false };
            let shown = audit::change(&self.app.db, system(), async move |tx| {
                cycles::set_publicity(tx, id, &publicity).await?;
                Ok(((), Event::new("test.publicity", format!("cycle:{id}"))))
            });
            shown.await.unwrap();
            match note {
                // One in publicity, one whose publicity is over.
                "publicity" => self.objecting(id).await,
                _ => drop(self.words.insert("finished", id.to_string())),
            }
        }
    }
    /// A year that was graded elsewhere, of branches on every side.
    async fn past(&self) {
        let csv = "branch_code,grade,star,rank\n21-1-1,好,5,1\n21-2-1,好,4,2\n22-1,一般,2,3\n";
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("2018.csv");
        std::fs::write(&path, csv).unwrap();
        let take = organisations::import::Take::new(path, "2018.csv", tabular::Reader::Here, self.today());
        let brought = assessment::ledger::import_ledger(&self.app.db, system(), &take, 2018).await.unwrap();
        assert_eq!(brought.bad().count(), 0);
    }
    async fn objecting(&mut self, id: CycleId) {
        let secretary = self.person("secretary", "21-1-1").clone();
        let fields = [("about", "21-1-1"), ("text", "记录齐全，不应扣分")];
        let raised = self.app.post(&secretary, &format!("/assess/{id}/objections"), &fields).await;
        assert_eq!(raised.status, StatusCode::SEE_OTHER, "{}", raised.body);
        let objection = self.text("SELECT id FROM objection ORDER BY id").await;
        let owner = Some(secretary.account);
        self.add(
            "objection",
            Object { values: vec![("objection", objection)], at: "21-1-1".into(), root: "21".into(), owner, ..Object::default() },
        );
    }
}

/// The calendar that ships.
pub fn calendar() -> Calendar {
    Calendar::parse(include_str!("../../../content/calendars/holidays.csv")).unwrap()
}

//! A small province with an open cycle, for the tests of results.
use access::System;
use assessment::cycle::open::{Opening, open};
use assessment::cycle::phase::Phase;
use assessment::cycle::store as cycles;
use assessment::cycle::{Cycle, Publicity};
use assessment::finalisation::{Ruling, propose};
use assessment::import::{Outcome, Take, import_facts, import_scores};
use assessment::sheet::write::Hand;
use audit::Event;
use facts::Suppliers;
use kernel::{AccountId, BusinessDate, CycleId, ImportId, Instant, OrgId, SheetId};
use organisations::import::Progress;
use organisations::{NewOrganisation, OrgKind, create_many};
use std::path::Path;
use tabular::Reader;
use testkit::TestApp;
use web::Shared;

pub struct Stand {
    pub app: TestApp,
    pub root: OrgId,
    pub cycle: CycleId,
    pub suppliers: Suppliers,
}

pub fn day(text: &str) -> BusinessDate {
    BusinessDate::parse(text).unwrap()
}

pub fn today() -> BusinessDate {
    day(TestApp::TODAY)
}

pub fn system() -> System {
    System::command("test")
}

/// Branches of these codes under one work committee, and a cycle of 2026 over them.
pub async fn stand(db: db::Db, codes: &[String]) -> Stand {
    let suppliers = Suppliers::new(vec![Box::new(assessment::result::History)]);
    let calendar = calendar::Calendar::parse(include_str!("../../../../../content/calendars/holidays.csv")).unwrap();
    let shared = Shared::default().with(suppliers.clone()).with(calendar).with(Reader::Here);
    let slices = vec![organisations::slice(), members::slice(), standards::slice(), rectification::slice(), assessment::slice()];
    let app = TestApp::new(db, slices, &[], shared).await;
    standards::seed(&app.db).await.unwrap();
    let from = day("2020-01-01");
    let root = NewOrganisation::parse("21", "省直机关工委", OrgKind::parse("611").unwrap(), "", None, from).unwrap();
    let (root_id, branch) = (root.id, OrgKind::parse("631").unwrap());
    let of = |code: &String| NewOrganisation::parse(code, &format!("支部{code}"), branch, "机关", Some(root_id), from).unwrap();
    let all = std::iter::once(root).chain(codes.iter().map(of)).collect();
    create_many(&app.db, &system(), all).await.unwrap();
    let cycle = opened(&app, root_id, 2026).await;
    Stand { app, root: root_id, cycle, suppliers }
}

pub async fn opened(app: &TestApp, root: OrgId, year: i64) -> CycleId {
    let scheme = standards::schemes::newest(&app.db, "LN-JG-27").await.unwrap();
    let opening = Opening { scheme, year, root, title: format!("{year} 年度考评"), day: today(), self_until: today().plus_days(15) };
    open(&app.db, &system(), opening).await.unwrap()
}

/// Somebody of the test's own.
pub fn hand(name: &str, today: BusinessDate) -> Hand {
    Hand { account: Some(AccountId::new()), name: name.into(), source: "page", today }
}

/// One proposes it, another approves it.
pub async fn make_final(app: &TestApp, suppliers: &Suppliers, id: CycleId, today: BusinessDate) -> kernel::Result<i64> {
    let calendar = calendar::Calendar::parse(include_str!("../../../../../content/calendars/holidays.csv")).unwrap();
    let (db, t) = (&app.db, app.app.texts("zh"));
    let no = propose(db, &system(), id, &hand("周立", today), "公示期满").await?;
    assessment::result::finalise(db, &system(), suppliers, (&calendar, t), Ruling::parse(id, no, hand("赵明", today), "")?).await
}

impl Stand {
    pub async fn sheet(&self, code: &str) -> SheetId {
        self.sheet_in(self.cycle, code).await
    }
    pub async fn sheet_in(&self, cycle: CycleId, code: &str) -> SheetId {
        let code = code.to_owned();
        self.app.db.read(async move |tx| assessment::sheet::store::of_code(tx, cycle, &code).await).await.unwrap().unwrap().id
    }
    pub async fn facts(&self, cycle: CycleId, csv: &str) -> kernel::Result<Outcome> {
        self.take(cycle, csv, true, false).await
    }
    pub async fn scores(&self, cycle: CycleId, csv: &str) -> kernel::Result<Outcome> {
        self.take(cycle, csv, false, false).await
    }
    pub async fn take(&self, cycle: CycleId, csv: &str, facts: bool, dry_run: bool) -> kernel::Result<Outcome> {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("in.csv");
        std::fs::write(&path, csv).unwrap();
        self.take_file(cycle, &path, facts, dry_run).await
    }
    async fn take_file(&self, cycle: CycleId, path: &Path, facts: bool, dry_run: bool) -> kernel::Result<Outcome> {
        let file = "2026年数据.csv".to_owned();
        let (id, progress) = (ImportId::new(), Progress::default());
        let take = Take { id, cycle, path: path.to_owned(), file, reader: Reader::Here, today: today(), layer: None, dry_run, progress };
        match facts {
            true => import_facts(&self.app.db, &system(), &self.suppliers, &take).await,
            false => import_scores(&self.app.db, &system(), &self.suppliers, &take).await,
        }
    }
    /// Moves a cycle to publicity, over since yesterday.
    pub async fn publish(&self, id: CycleId) {
        let at = Instant::now();
        audit::change(&self.app.db, &system(), async move |tx| {
            let cycle: Cycle = cycles::any(tx, id).await?;
            let step = cycles::Step { day: today(), at, by: "test", reason: "" };
            cycles::set_phase(tx, &cycle, Phase::Publicity, &step).await?;
            let p = Publicity { from: today().plus_days(-8), until: today().plus_days(-1), provisional: false };
            cycles::set_publicity(tx, id, &p).await?;
            Ok(((), Event::new("cycle.move", format!("cycle:{id}"))))
        })
        .await
        .unwrap();
    }
    pub async fn finalise(&self, id: CycleId) -> kernel::Result<i64> {
        make_final(&self.app, &self.suppliers, id, today()).await
    }
    /// The ledger of a cycle as csv.
    pub async fn csv(&self, cycle: CycleId) -> String {
        let home = tempfile::tempdir().unwrap();
        let out = home.path().join("out.csv");
        let (all, kind) = (assessment::ledger::Filter::default(), assessment::ledger::Kind::Csv);
        assessment::ledger::export_ledger(&self.app.db, &self.suppliers, cycle, today(), kind, &all, &out).await.unwrap();
        String::from_utf8(std::fs::read(&out).unwrap()).unwrap().trim_start_matches('\u{feff}').to_owned()
    }
}

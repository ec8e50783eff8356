//! A province with two units, one cycle, and short words for what the tests do with problems.
#![allow(dead_code, reason = "each test file uses its part")]
#![allow(clippy::restriction, reason = "in a test, what is missing is a failure")]
use access::{Caller, Grant, NewSession, Permission, System};
use audit::Event;
use axum::http::{HeaderMap, header};
use calendar::Calendar;
use db::Db;
use facts::Supplier;
use kernel::{BusinessDate, CycleId, Instant, OrgId, OrgPath, Points, ProblemId};
use organisations::{NewOrganisation, OrgKind};
use rectification::{By, Counts, NewProblem, Problem};
use std::sync::Arc;
use testkit::{Person, TestApp};
use web::Shared;

pub struct Ground {
    pub app: TestApp,
    pub root: OrgId,
    pub unit: OrgId,
    pub sibling: OrgId,
    pub cycle: CycleId,
}

/// This year's holidays are known, later ones are not.
pub fn calendar() -> Calendar {
    Calendar::parse(include_str!("../../../../content/calendars/holidays.csv")).unwrap()
}

impl Ground {
    pub async fn new(db: Db) -> Self {
        let slices = vec![organisations::slice(), members::slice(), rectification::slice()];
        let app = TestApp::new(db, slices, &[], Shared::default().with(calendar())).await;
        let root = org(&app, "21", "611", None).await;
        let (unit, sibling) = (org(&app, "A", "611", Some(root)).await, org(&app, "B", "611", Some(root)).await);
        Self { app, root, unit, sibling, cycle: CycleId::new() }
    }
    pub fn today(&self) -> BusinessDate {
        self.app.clock.today()
    }
    /// A branch of unit A, or of B if its code begins so.
    pub async fn branch(&self, code: &str) -> OrgId {
        let unit = if code.starts_with('B') { self.sibling } else { self.unit };
        org(&self.app, code, "631", Some(unit)).await
    }
    pub async fn open(&self, branch: OrgId, item: &str) -> ProblemId {
        self.open_on(branch, item, self.today(), 30).await
    }
    pub async fn open_on(&self, branch: OrgId, item: &str, day: BusinessDate, workdays: u32) -> ProblemId {
        self.open_by(&System::command("test"), None, branch, item, day, workdays).await
    }
    pub async fn open_saying(&self, branch: OrgId, item: &str, text: &str) -> ProblemId {
        self.written(&System::command("test"), None, branch, (item, text), self.today(), 30).await
    }
    /// As the inspector `person` would.
    pub async fn raise(&self, person: &Person, branch: OrgId, item: &str) -> ProblemId {
        self.open_by(&System::command("test"), Some(person), branch, item, self.today(), 30).await
    }
    async fn open_by(&self, by: &System, person: Option<&Person>, branch: OrgId, item: &str, day: BusinessDate, n: u32) -> ProblemId {
        self.written(by, person, branch, (item, &format!("{item} 缺表决记录")), day, n).await
    }
    async fn written(
        &self,
        by: &System,
        person: Option<&Person>,
        branch: OrgId,
        (item, text): (&str, &str),
        day: BusinessDate,
        n: u32,
    ) -> ProblemId {
        let (item, text, mut who) = (item.to_owned(), text.to_owned(), By::system(by, day));
        who.account = person.map(|p| p.account);
        let board = self.cycle.to_string();
        let opened = audit::change(&self.app.db, by, async move |tx| {
            let org = organisations::named(tx, &[branch]).await?.remove(0);
            let path = tree::node(tx, branch).await?.path;
            let new = NewProblem { text: text.clone(), ..new_problem(branch, &org.code, path, &board, 2026, &item, n) };
            let opened = rectification::open(tx, &new, &calendar(), &who).await?;
            Ok((opened, Event::new("sheet.submit", "sheet:1")))
        });
        opened.await.unwrap()
    }
    pub async fn withdraw(&self, branch: OrgId, item: &str, reason: &str) -> bool {
        let by = System::command("test");
        let (board, item, reason, who) = (self.cycle.to_string(), item.to_owned(), reason.to_owned(), By::system(&by, self.today()));
        let done = audit::change(&self.app.db, &by, async move |tx| {
            let done = rectification::withdraw(tx, &board, branch, &item, &reason, &who).await?;
            Ok((done, Event::new("sheet.submit", "sheet:1")))
        });
        done.await.unwrap()
    }
    /// Carries what a branch has left into another cycle's list.
    pub async fn carry(&self, branch: OrgId, to: CycleId, year: i64) -> usize {
        let by = System::command("test");
        let (from, to, who) = (self.cycle.to_string(), to.to_string(), By::system(&by, self.today()));
        let done = audit::change(&self.app.db, &by, async move |tx| {
            let path = tree::node(tx, branch).await?.path;
            let new = new_problem(branch, "", path, &to, year, "", 30);
            let n = rectification::carry(tx, &from, &new, &calendar(), &who).await?;
            Ok((n, Event::new("problem.carry", format!("cycle:{to}"))))
        });
        done.await.unwrap()
    }
    pub async fn one(&self, id: ProblemId) -> Problem {
        let grant = self.grant::<rectification::ProblemRead>(&self.app.person("committee", None).await).await;
        self.app.db.read(async move |tx| rectification::problem::store::one(tx, &grant, id).await).await.unwrap()
    }
    pub async fn counts(&self, branch: OrgId) -> Counts {
        let board = self.cycle.to_string();
        self.app.db.read(async move |tx| rectification::counts(tx, &board, branch).await).await.unwrap()
    }
    /// The closed ratio that a year's scoring is given.
    pub async fn supplied(&self, branch: OrgId, year: i64) -> Option<String> {
        let day = self.today();
        let all = self.app.db.read(async move |tx| rectification::Closed.supply(tx, &[branch], year, day).await).await.unwrap();
        all.into_iter().find(|s| s.key == "problem.closed_ratio").map(|s| s.value)
    }
    pub async fn figures_are_a_recount(&self, cycle: CycleId) {
        while figures::fold(&self.app.db).await.unwrap() > 0 {}
        let board = cycle.to_string();
        let counted = self.app.db.read(async move |tx| rectification::recount(tx, &board).await).await.unwrap();
        assert_eq!(figures::compare(&self.app.db, &cycle.to_string(), &counted).await.unwrap(), []);
    }
    /// The keys of somebody's open matters.
    pub async fn todo(&self, person: &Person) -> Vec<String> {
        let caller = self.caller(person).await;
        let open = self.app.db.read(async move |tx| inbox::open(tx, &caller, None, 50).await).await.unwrap();
        open.into_iter().map(|t| t.key).collect()
    }
    pub async fn grant<P: Permission>(&self, person: &Person) -> Grant<P> {
        self.caller(person).await.grant::<P>().expect("the role holds it")
    }
    async fn caller(&self, person: &Person) -> Arc<Caller> {
        let (account, session) = (person.account, NewSession::new().unwrap());
        let kept = session.clone();
        let by = System::command("test");
        let opening = audit::change(&self.app.db, &by, async move |tx| {
            access::open(tx, account, &session, "test", Instant::now()).await?;
            Ok(((), Event::new("session.open", format!("account:{account}"))))
        });
        opening.await.unwrap();
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, format!("leitu={}", kept.token).parse().unwrap());
        Arc::new(self.app.app.gate().caller(&headers).await.unwrap())
    }
}

async fn org(app: &TestApp, code: &str, kind: &str, parent: Option<OrgId>) -> OrgId {
    let day = BusinessDate::parse("2020-01-01").unwrap();
    let new = NewOrganisation::parse(code, &format!("{code}支部"), OrgKind::parse(kind).unwrap(), "", parent, day).unwrap();
    let id = new.id;
    organisations::create_many(&app.db, &System::command("test"), vec![new]).await.unwrap();
    id
}

fn new_problem(org: OrgId, code: &str, path: OrgPath, board: &str, year: i64, item: &str, workdays: u32) -> NewProblem {
    NewProblem {
        org,
        org_code: code.into(),
        path,
        year,
        board: board.into(),
        source: "source-acceptance",
        href: String::new(),
        item: item.into(),
        title: format!("指标{item}"),
        text: format!("{item} 缺表决记录"),
        lost: Points::hundredths(50),
        workdays,
    }
}

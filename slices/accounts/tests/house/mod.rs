//! The slice alone, with stand-ins for what stands above it.
#![allow(dead_code, clippy::restriction, reason = "shared by tests, which fail where something is missing")]
use access::System;
use accounts::{Above, Calendars, Issued, NewPerson, OrgDirectory, OrgName, Part, SetUp, Top};
use calendar::Calendar;
use db::{Db, Tx};
use installation::Kind;
use kernel::{OrgId, Result};
use std::sync::Arc;
use testkit::{Browser, TestApp};
use web::{Later, Meant, Shared, StatusCode};

/// Two organisations: a work committee's and a branch.
#[derive(Clone)]
pub struct Orgs(pub [OrgName; 2]);

impl Default for Orgs {
    fn default() -> Self {
        let org =
            |code: &str, kind: &str| OrgName { id: OrgId::new(), code: code.into(), name: format!("组织{code}"), kind: kind.into() };
        Self([org("1", "611"), org("12", "631")])
    }
}

impl OrgDirectory for Orgs {
    fn meant(&self, _: Db, typed: String, _: String) -> Later<Result<Meant<OrgName>>> {
        let found = self.0.iter().find(|o| o.code == typed).cloned();
        Box::pin(async { Ok(found.map_or(Meant::Nothing, Meant::One)) })
    }
    fn names(&self, _: Db, orgs: Vec<OrgId>) -> Later<Result<Vec<OrgName>>> {
        let found = self.0.iter().filter(|o| orgs.contains(&o.id)).cloned().collect();
        Box::pin(async { Ok(found) })
    }
    /// The two are there already.
    fn found<'a, 'b: 'a>(&'a self, _: &'a mut Tx<'b>, _: &'a Top) -> Part<'a> {
        Box::pin(async { Ok(()) })
    }
}

struct Plain;
impl Calendars for Plain {
    fn now(&self, _: Db) -> Later<Result<Arc<Calendar>>> {
        Box::pin(async { Ok(Arc::new(Calendar::default())) })
    }
}

pub async fn house(db: Db, kind: Option<Kind>, set_up: SetUp) -> (TestApp, Orgs) {
    let orgs = Orgs::default();
    let above =
        Above { organisations: Arc::new(orgs.clone()), calendars: Box::new(Plain), set_up, renewal: accounts::Renewal::impossible() };
    (TestApp::founded_as(kind, db, vec![web::own::slice(), accounts::slice()], &[], Shared::default().with(above)).await, orgs)
}

pub async fn real(db: Db) -> (TestApp, Orgs) {
    house(db, Some(Kind::Real), SetUp::none()).await
}

/// Runs a test of the house on both engines.
pub async fn on_both(test: impl AsyncFn(TestApp, Orgs)) {
    for engine in testkit::engines().await {
        println!("on {engine}");
        let (app, orgs) = real(engine.db().clone()).await;
        test(app, orgs).await;
    }
}

pub const PASSWORD: &str = "长征路上的第一步";

/// An account with a code that nobody has used.
pub async fn issued(app: &TestApp, login: &str) -> Issued {
    let new = NewPerson::parse("李红", login, None).unwrap();
    accounts::create_many(&app.db, &System::command("test"), vec![new]).await.unwrap().pop().unwrap()
}

/// Somebody who has used their code, at the browser they did it with.
pub async fn settled(app: &TestApp, login: &str) -> (Browser, Issued) {
    let issued = issued(app, login).await;
    let mut browser = app.browser();
    assert_eq!(sign_in(&mut browser, login, &issued.code).await, "/password");
    browser.get("/password").await;
    let set = browser.post("/password", &[("password", PASSWORD), ("again", PASSWORD)]).await;
    assert_eq!(set.location, "/todo");
    (browser, issued)
}

/// Where a sign-in leads; empty if it was refused.
pub async fn sign_in(browser: &mut Browser, login: &str, secret: &str) -> String {
    browser.get("/sign-in").await;
    browser.post("/sign-in", &[("login", login), ("password", secret)]).await.location
}

pub async fn is_in(browser: &mut Browser) -> bool {
    browser.get("/todo").await.status == StatusCode::OK
}

/// How many events of an action the audit holds.
pub async fn events(db: &Db, action: &'static str) -> i64 {
    let n: Vec<i64> = db.lookup("SELECT COUNT(*) FROM event WHERE action = $1", &db::params![action]).await.unwrap();
    n[0]
}

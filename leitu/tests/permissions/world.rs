//! One small fixture: two trees, a cycle in every phase, and one object of every kind at every place.
use crate::phases::calendar;
use crate::principals::{ENROLLED, EVERYBODY, Principal};
use access::System;
use accounts::{Renewal, SetUp};
use db::Db;
use kernel::{AccountId, BusinessDate, Instant, MemberId, OrgId};
use members::NewMember;
use members::member::{Sealed, status::Status};
use organisations::{NewOrganisation, OrgKind, create_many};
use std::cell::Cell;
use std::collections::BTreeMap;
use std::sync::LazyLock;
use testkit::{Person, TestApp};

/// Whether an organisation stands at or above another; told from their codes, not from the program.
pub fn covers(above: &str, below: &str) -> bool {
    below == above || below.strip_prefix(above).is_some_and(|rest| rest.starts_with('-'))
}

/// Something a route may be about.
#[derive(Clone, Debug, Default)]
pub struct Object {
    /// Parameters of the route and words of the body.
    pub values: Vec<(&'static str, String)>,
    /// Code of the organisation it belongs to.
    pub at: String,
    /// Code of the root of its cycle, or its own place.
    pub root: String,
    pub note: &'static str,
    pub owner: Option<AccountId>,
    pub team: Vec<AccountId>,
}

pub struct World {
    pub app: TestApp,
    pub principals: Vec<Principal>,
    pub objects: BTreeMap<&'static str, Vec<Object>>,
    /// Words of bodies that belong to no object.
    pub words: BTreeMap<&'static str, String>,
    orgs: BTreeMap<&'static str, OrgId>,
    fresh: Cell<u32>,
}

/// Code, type and parent.
pub const TREE: [(&str, &str, &str); 9] = [
    ("21", "611", ""),
    ("21-1", "611", "21"),
    ("21-1-1", "631", "21-1"),
    ("21-1-2", "631", "21-1"),
    ("21-1-3", "632", "21-1"),
    ("21-2", "611", "21"),
    ("21-2-1", "631", "21-2"),
    ("22", "611", ""),
    ("22-1", "631", "22"),
];

/// A name that is part of no other name.
pub fn name_of(code: &str) -> String {
    format!("甲{code}乙")
}

/// Whoever makes the fixture.
pub fn system() -> &'static System {
    static SYSTEM: LazyLock<System> = LazyLock::new(|| System::command("test"));
    &SYSTEM
}

impl World {
    pub async fn new(db: Db) -> World {
        let app = TestApp::new(
            db,
            leitu::house::slices(),
            &[],
            leitu::house::shared(SetUp::none(), Renewal::impossible()).unwrap().with(tabular::Reader::Here),
        )
        .await;
        standards::seed(&app.db).await.unwrap();
        administration::seed_calendar(&app.db, system(), &calendar()).await.unwrap();
        let from = BusinessDate::parse("2020-01-01").unwrap();
        let mut orgs = BTreeMap::new();
        let mut all = Vec::new();
        for (code, kind, parent) in TREE {
            let parent = orgs.get(parent).copied();
            let new = NewOrganisation::parse(code, &name_of(code), OrgKind::parse(kind).unwrap(), "机关", parent, from).unwrap();
            orgs.insert(code, new.id);
            all.push(new);
        }
        create_many(&app.db, system(), all).await.unwrap();
        // Boxed: in a debug build these futures are larger than a test thread has stack for.
        let mut world = World { app, principals: vec![], objects: BTreeMap::new(), words: BTreeMap::new(), orgs, fresh: Cell::new(0) };
        Box::pin(world.people()).await;
        Box::pin(world.installation()).await;
        Box::pin(world.register()).await;
        Box::pin(world.cycles()).await;
        Box::pin(world.problems()).await;
        Box::pin(world.own()).await;
        Box::pin(world.handed_in()).await;
        world
    }
    pub fn org(&self, code: &str) -> OrgId {
        self.orgs[code]
    }
    pub fn person(&self, role: &str, at: &str) -> &Person {
        let found = self.principals.iter().find(|p| p.role == role && p.at == at);
        found.and_then(|p| p.person.as_ref()).unwrap()
    }
    pub fn today(&self) -> BusinessDate {
        self.app.clock.today()
    }
    pub fn next(&self) -> u32 {
        self.fresh.set(self.fresh.get() + 1);
        self.fresh.get()
    }
    pub fn add(&mut self, kind: &'static str, object: Object) {
        self.objects.entry(kind).or_default().push(object);
    }
    /// A new person for a principal, with a session of their own.
    pub async fn again(&self, principal: &Principal) -> Person {
        let org = self.orgs.get(principal.at).copied();
        let without = principal.role.is_empty() || principal.role == ENROLLED;
        let person = self.app.person(if without { "member" } else { principal.role }, org).await;
        let account = person.account;
        if principal.role == ENROLLED {
            let (id, org, day) = (MemberId::new(), self.org(principal.at), self.today());
            let new =
                NewMember { id, org, name: "在册党员".into(), status: Status::Formal, joined: None, sealed: Sealed::default(), day };
            let enter = async move |tx: &mut db::Tx<'_>| {
                members::member::store::insert(tx, &new, Instant::now()).await?;
                tx.exec("UPDATE account SET member = $1 WHERE id = $2", &db::params![&id, &account]).await
            };
            self.app.db.write(enter).await.unwrap();
        }
        if without {
            let sql = "UPDATE post SET ended = 1 WHERE account = $1";
            self.app.db.write(async move |tx| tx.exec(sql, &db::params![&account]).await).await.unwrap();
        }
        person
    }

    async fn people(&mut self) {
        for (role, at) in EVERYBODY {
            let mut principal = Principal { role, at, person: None };
            principal.person = Some(self.again(&principal).await);
            self.principals.push(principal);
        }
        self.principals.push(Principal { role: "", at: "", person: None });
    }

    /// What belongs to the whole installation.
    async fn installation(&mut self) {
        for code in TREE.map(|(code, ..)| code) {
            let org = self.org(code);
            self.add("org", Object { values: vec![("org", org.to_string())], at: code.into(), root: code.into(), ..Object::default() });
        }
        for _ in 0..2 {
            let victim = self.app.person("member", Some(self.org("22-1"))).await.account;
            let posts = self.app.db.read(async move |tx| access::posts_of(tx, victim).await).await.unwrap();
            let device = "INSERT INTO second_factor (account, secret, since, step) VALUES ($1, $1, 0, 0)";
            self.app.db.write(async move |tx| tx.exec(device, &db::params![&victim]).await).await.unwrap();
            let values = vec![("account", victim.to_string()), ("post", posts[0].id.to_string())];
            self.add("account", Object { values, ..Object::default() });
        }
        let edition = standards::editions::editions(&self.app.db).await.unwrap()[0].1.head.clone();
        self.add(
            "standards",
            Object { values: vec![("code", edition.code.to_string()), ("version", edition.version.to_string())], ..Object::default() },
        );
        let scheme = standards::schemes::newest(&self.app.db, "LN-JG-27").await.unwrap();
        let version = standards::scheme(&self.app.db, scheme).await.unwrap().version.clone();
        self.add("schemes", Object { values: vec![("code", "LN-JG-27".into()), ("version", version)], ..Object::default() });
        self.add("year", Object { values: vec![("year", "2018".into())], ..Object::default() });
        self.add("topic", Object { values: vec![("topic", "recheck".into())], ..Object::default() });
        self.add("guide", Object { values: vec![("guide", "committee".into())], ..Object::default() });
        let signer = audit::signer(self.app.app.keys()).unwrap();
        let signed = audit::checkpoint::make(&self.app.db, &signer).await.unwrap().unwrap();
        self.add("checkpoint", Object { values: vec![("checkpoint", signed.to_string())], ..Object::default() });
        self.add("role", Object { values: vec![("role", "committee".into())], ..Object::default() });
        let mut browser = self.app.browser();
        browser.get("/suggestions/new").await;
        assert_eq!(browser.post("/suggestions", &[("text", "多开放日"), ("contact", "")]).await.status, web::StatusCode::SEE_OTHER);
        let id = self.text("SELECT id FROM suggestion").await;
        self.add("suggestion", Object { values: vec![("suggestion", id)], at: "21".into(), root: "21".into(), ..Object::default() });
        self.words.insert("scheme", scheme.to_string());
        self.words.insert("today", self.today().to_string());
        self.words.insert("soon", self.today().plus_days(5).to_string());
    }

    /// The id that a statement finds last.
    pub async fn text(&self, sql: &'static str) -> String {
        let found: Vec<Vec<u8>> = self.app.db.lookup(sql, &[]).await.unwrap();
        found.last().unwrap().iter().map(|b| format!("{b:02x}")).collect()
    }

    async fn register(&mut self) {
        for (code, note) in [
            ("21-1-1", "leaver"),
            ("22-1", "leaver"),
            ("21-1-1", ""),
            ("21-1-2", ""),
            ("21-2-1", ""),
            ("22-1", ""),
            ("21-1-1", "mover"),
            ("22-1", "mover"),
        ] {
            let founder = self.app.person("committee", None).await;
            let (org, number) = (self.org(code), self.id_number());
            let fields = [("name", "党员甲"), ("status", "formal"), ("id_number", &number), ("join_date", "2010-07-01"), ("phone", "")];
            let made = self.app.post(&founder, &format!("/orgs/{org}/members"), &fields).await;
            assert_eq!(made.status, web::StatusCode::SEE_OTHER, "{}", made.body);
            let member = self.text("SELECT id FROM member ORDER BY id").await;
            let fields = [("post", "副书记"), ("from", "2025-01-01"), ("to", "")];
            let given = self.app.post(&founder, &format!("/members/{member}/posts"), &fields).await;
            assert_eq!(given.status, web::StatusCode::SEE_OTHER, "{}", given.body);
            let term = self.text("SELECT id FROM term ORDER BY id").await;
            self.words.insert("joiner", member.clone());
            let values = vec![("member", member), ("term", term)];
            self.add("member", Object { values, at: code.into(), root: code.into(), note, ..Object::default() });
        }
    }

    /// A number with a right check digit that nobody has yet.
    pub fn id_number(&self) -> String {
        let n = self.next();
        let body = format!("210102{}0101{:03}", 1950 + n / 900, n % 900 + 100);
        let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
        let sum: u32 = body.bytes().zip(weights).map(|(b, w)| u32::from(b - b'0') * w).sum();
        format!("{body}{}", ['1', '0', 'X', '9', '8', '7', '6', '5', '4', '3', '2'][(sum % 11) as usize])
    }
}

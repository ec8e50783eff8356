//! Sixty organisations in three levels, each branch with a sheet, a problem, a member and somebody who answers for it: whatever
//! lists, counts, finds, exports or tells shows of them what stands below one's own place, and by name what stands above it.
//! Which routes there are comes from the program.
use crate::phases::calendar;
use crate::table;
use crate::table::{Open, Table};
use crate::world::{covers, name_of, system};
use accounts::{Renewal, SetUp};
use assessment::cycle::open::{Opening, open};
use assessment::cycle::phase::Phase;
use assessment::cycle::store as cycles;
use audit::Event;
use kernel::{BusinessDate, CycleId, Instant, OrgId, Points};
use organisations::{NewOrganisation, OrgKind, create_many};
use rectification::{By, NewProblem};
use std::collections::BTreeSet;
use testkit::{Person, TestApp, engines};
use web::StatusCode;

/// What a page would show of an organisation, by which it is told that it did.
struct Mark {
    code: String,
    kind: &'static str,
    text: String,
}

struct Sixty {
    app: TestApp,
    orgs: Vec<(String, OrgId)>,
    marks: Vec<Mark>,
    cycle: CycleId,
}

/// Whoever looks, and from where.
const LOOKING: [(&str, &str); 9] = [
    ("secretary", "31-1-1"),
    ("member", "31-1-1"),
    ("deputy", "31-2"),
    ("reviewer", "31-2"),
    ("committee", "31-2"),
    ("secretary", "31-2"),
    ("inspector", "31"),
    ("committee", "31"),
    ("reviewer", "32"),
];
/// Addresses beside the routes' own: what is asked for in words, and other pages of a list.
const ASKED: [&str; 12] = [
    "/search?q=甲3",
    "/search?q=党员3",
    "/search?q=事项3",
    "/orgs?q=甲3",
    "/orgs?view=tree",
    "/orgs?f=631",
    "/orgs/export?format=csv",
    "/problems?view=list&f=open",
    "/problems/export?format=csv&f=open",
    "/overview?cycle={cycle}",
    "/assess/{cycle}/sheets?layer=self&state=untouched",
    "/assess/{cycle}/sheets/export?format=csv",
];

/// Codes with their parents: 31 with five units of ten branches, 32 with one unit of two.
fn tree() -> Vec<(String, &'static str, String)> {
    let mut all = Vec::new();
    for (root, units, branches) in [("31", 5, 10), ("32", 1, 2)] {
        all.push((root.to_owned(), "611", String::new()));
        for unit in 1..=units {
            all.push((format!("{root}-{unit}"), "611", root.to_owned()));
            all.extend((1..=branches).map(|n| (format!("{root}-{unit}-{n}"), "631", format!("{root}-{unit}"))));
        }
    }
    all
}

impl Sixty {
    async fn new(db: db::Db) -> Sixty {
        let shared = leitu::house::shared(SetUp::none(), Renewal::impossible()).unwrap().with(tabular::Reader::Here);
        let app = TestApp::new(db, leitu::house::slices(), &[], shared).await;
        standards::seed(&app.db).await.unwrap();
        administration::seed_calendar(&app.db, system(), &calendar()).await.unwrap();
        let (from, mut orgs, mut new) = (BusinessDate::parse("2020-01-01").unwrap(), Vec::<(String, OrgId)>::new(), Vec::new());
        for (code, kind, parent) in tree() {
            let parent = orgs.iter().find(|(c, _)| *c == parent).map(|(_, id)| *id);
            let org = NewOrganisation::parse(&code, &name_of(&code), OrgKind::parse(kind).unwrap(), "机关", parent, from).unwrap();
            orgs.push((code, org.id));
            new.push(org);
        }
        assert_eq!(new.len(), 60);
        create_many(&app.db, system(), new).await.unwrap();
        let mut sixty = Sixty { app, marks: Vec::new(), cycle: CycleId::new(), orgs };
        for (code, id) in sixty.orgs.clone() {
            sixty.mark(&code, "organisation", id.to_string());
            sixty.mark(&code, "name", name_of(&code));
        }
        for root in ["32", "31"] {
            sixty.cycle = Box::pin(sixty.opened(root)).await;
            for (code, org) in sixty.orgs.clone().into_iter().filter(|(c, _)| covers(root, c) && c.matches('-').count() == 2) {
                Box::pin(sixty.furnish(&code, org)).await;
            }
        }
        while figures::fold(&sixty.app.db).await.unwrap() > 0 {}
        sixty
    }
    fn mark(&mut self, code: &str, kind: &'static str, text: String) {
        self.marks.push(Mark { code: code.to_owned(), kind, text });
    }
    fn org(&self, code: &str) -> OrgId {
        self.orgs.iter().find(|(c, _)| c == code).unwrap().1
    }
    async fn opened(&self, root: &str) -> CycleId {
        let scheme = standards::schemes::newest(&self.app.db, "LN-JG-27").await.unwrap();
        let (day, at) = (self.app.clock.today(), Instant::now());
        let opening =
            Opening { scheme, year: 2026, root: self.org(root), title: "2026 年度考评".into(), day, self_until: day.plus_days(15) };
        let id = open(&self.app.db, system(), opening).await.unwrap();
        let moved = audit::change(&self.app.db, system(), async move |tx| {
            let cycle = cycles::any(tx, id).await?;
            cycles::set_phase(tx, &cycle, Phase::SelfAssessment, &cycles::Step { day, at, by: "test", reason: "" }).await?;
            Ok(((), Event::new("cycle.move", format!("cycle:{id}"))))
        });
        moved.await.unwrap();
        id
    }
    /// What a branch has.
    async fn furnish(&mut self, code: &str, org: OrgId) {
        self.app.person("secretary", Some(org)).await;
        let founder = self.app.person("committee", None).await;
        let name = format!("党员{code}");
        let fields = [("name", name.as_str()), ("status", "formal"), ("id_number", ""), ("join_date", "2010-07-01"), ("phone", "")];
        let made = self.app.post(&founder, &format!("/orgs/{org}/members"), &fields).await;
        assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.body);
        let member = self.app.db.lookup::<kernel::MemberId>("SELECT id FROM member ORDER BY id", &[]).await.unwrap();
        let (cycle, who, called) = (self.cycle, By::system(system(), self.app.clock.today()), code.to_owned());
        let opened = audit::change(&self.app.db, system(), async move |tx| {
            let sheet = assessment::sheet::store::of_org(tx, cycle, org).await?.unwrap().id;
            let new = NewProblem {
                org,
                org_code: called.clone(),
                path: tree::node(tx, org).await?.path,
                year: 2026,
                board: cycle.to_string(),
                source: "source-acceptance",
                href: String::new(),
                item: "C1".into(),
                title: format!("事项{called}。"),
                text: "缺表决记录".into(),
                lost: Points::hundredths(50),
                workdays: 30,
            };
            let problem = rectification::open(tx, &new, &calendar(), &who).await?;
            Ok(((sheet, problem), Event::new("sheet.submit", "sheet:1")))
        });
        let (sheet, problem) = opened.await.unwrap();
        self.mark(code, "member", member.last().unwrap().to_string());
        self.mark(code, "member's name", name);
        self.mark(code, "sheet", sheet.to_string());
        self.mark(code, "problem", problem.to_string());
        self.mark(code, "problem's title", format!("事项{code}。"));
    }
    /// What of it a page may name to somebody at `at`: what is theirs, and the places above by name and id.
    fn may_show(at: &str, m: &Mark) -> bool {
        covers(at, &m.code) || (matches!(m.kind, "organisation" | "name") && covers(&m.code, at))
    }
}

/// Addresses of what can be read without naming an object, a cycle and a year excepted.
fn addresses(table: &Table, cycle: CycleId) -> BTreeSet<String> {
    let plain = |path: &str| !path.replace("{cycle}", "").replace("{year}", "").contains('{');
    let read = table.rows.iter().filter(|r| r.method == "GET" && plain(&r.path) && !table.shows.contains(&r.name()));
    let signed_in = read.filter(|r| !matches!(r.who, Open::Anybody | Open::Closed)).map(|r| r.path.clone());
    let all = signed_in.chain(ASKED.map(str::to_owned));
    all.map(|path| path.replace("{cycle}", &cycle.to_string()).replace("{year}", "2026")).collect()
}

/// A name that is the beginning of another's is not found in it.
fn shows(body: &str, text: &str) -> bool {
    body.match_indices(text).any(|(at, _)| !body[at + text.len()..].starts_with(|c: char| c.is_ascii_digit() || c == '-'))
}

#[tokio::test(flavor = "multi_thread")]
async fn of_sixty_organisations_nobody_is_shown_what_stands_beside_their_own() {
    for engine in engines().await {
        let sixty = Box::pin(Sixty::new(engine.db().clone())).await;
        let (mut wrong, mut seen, mut read) = (Vec::new(), BTreeSet::new(), 0);
        for (role, at) in LOOKING {
            let who = sixty.app.person(role, Some(sixty.org(at))).await;
            for address in addresses(&table(), sixty.cycle) {
                let answer = Box::pin(sixty.app.get(&who, &address)).await;
                read += usize::from(answer.status == StatusCode::OK);
                for m in sixty.marks.iter().filter(|m| shows(&answer.body, &m.text)) {
                    if Sixty::may_show(at, m) {
                        seen.insert(m.kind);
                    } else {
                        wrong.push(format!("{role} at {at}, {address}: the {} of {}", m.kind, m.code));
                    }
                }
            }
            wrong.extend(miscounted(&sixty, &who, role, at).await);
        }
        assert!(wrong.is_empty(), "{} wrong on {engine}:\n{}", wrong.len(), wrong.join("\n"));
        assert_eq!(seen.len(), 7, "what is never shown at all proves nothing: {seen:?}");
        assert!(read > 200, "{read} pages read");
    }
}

/// Files have a line for each organisation and each problem below one's place, and no other.
async fn miscounted(sixty: &Sixty, who: &Person, role: &str, at: &str) -> Vec<String> {
    let below = |branches: bool| sixty.orgs.iter().filter(|(c, _)| covers(at, c) && (!branches || c.matches('-').count() == 2)).count();
    let mut wrong = Vec::new();
    for (address, expected) in [("/orgs/export?format=csv", below(false)), ("/problems/export?format=csv&f=open", below(true))] {
        let answer = Box::pin(sixty.app.get(who, address)).await;
        let lines = answer.body.lines().filter(|line| line.contains("甲3")).count();
        if answer.status == StatusCode::OK && lines != expected {
            wrong.push(format!("{role} at {at}, {address}: {lines} lines for {expected}"));
        }
    }
    wrong
}

//! Somebody who holds a role at two branches of different units: every list, count, file and answer of the API shows both
//! branches and nothing beside them. Which lists there are comes from the routes, so none can be forgotten.
use crate::table::{Open, Row};
use crate::world::{TREE, World, name_of};
use std::collections::BTreeSet;
use testkit::{Answer, Person, engines};
use web::StatusCode;

const OWN: [&str; 2] = ["21-1-1", "21-2-1"];
const ROLES: [&str; 5] = ["secretary", "deputy", "committee", "reviewer", "member"];

/// An address, and what of the fixture stands there: a kind of object with its note, or the branches' `name`s.
const LISTS: [(&str, &str, &str); 35] = [
    ("/problems", "problem", "open"),
    ("/problems?view=list&f=open", "problem", "review"),
    ("/problems?view=list&f=closed", "problem", "closed"),
    ("/problems?view=list&cycle=[cycle self 21]", "problem", "doing"),
    ("/problems/export?format=csv&f=open", "name", ""),
    ("/api/v1/problems?f=open", "problem", "open"),
    ("/api/v1/problems?f=closed", "problem", "closed"),
    ("/confirmations", "branch", ""),
    ("/api/v1/confirmations?cycle=clean", "branch", ""),
    ("/orgs", "branch", ""),
    ("/orgs?f=631", "branch", ""),
    ("/orgs?view=tree", "branch", ""),
    ("/orgs?q=甲21", "branch", ""),
    ("/api/v1/orgs", "branch", ""),
    ("/orgs/export?format=csv", "name", ""),
    ("/search?q=甲21", "branch", ""),
    ("/overview?cycle=[cycle self 21]", "branch", ""),
    ("/ledger/years/2018", "branch", ""),
    ("/assess", "sheet", "self"),
    ("/assess/[cycle self 21]/sheets", "sheet", "self"),
    ("/assess/[cycle self 21]/sheets?layer=self&state=untouched", "sheet", "self"),
    ("/assess/[cycle acceptance 21]/sheets?layer=acceptance", "sheet", "acceptance"),
    ("/assess/[cycle acceptance 21]/sheets?layer=self&state=submitted", "sheet", "acceptance"),
    ("/assess/[cycle recheck 21]/sheets?layer=recheck", "sheet", "recheck"),
    ("/assess/[cycle self 21]/report", "sheet", "self"),
    ("/assess/[cycle self 21]/reminders", "sheet", "self"),
    ("/assess/[cycle review 21]/report", "sheet", "review"),
    ("/assess/[cycle review 21]/review", "sheet", "review"),
    ("/assess/[cycle self 21]/sheets/export?format=csv", "name", ""),
    ("/assess/[cycle review 21]/review/export?format=csv", "name", ""),
    ("/api/v1/cycles/[cycle self 21]/sheets", "sheet", "self"),
    ("/api/v1/cycles/[cycle acceptance 21]/sheets?layer=acceptance&state=untouched", "sheet", "acceptance"),
    ("/api/v1/cycles/[cycle recheck 21]/sheets?layer=recheck", "sheet", "recheck"),
    ("/api/v1/cycles", "cycle", ""),
    ("/api/v1/cycles/[cycle self 21]", "cycle", ""),
];

/// Addresses without an object of their own that list nothing by place.
const OTHERS: [(&str, &str); 23] = [
    ("/ledger", "the fixture has no final cycle; the slice's own tests have one"),
    ("/ledger/file", "the same"),
    ("/imports", "one's own files"),
    ("/imports/new", "a form"),
    ("/assess/new", "a form"),
    ("/assess/opening", "what the form would do"),
    ("/orgs/new", "a form"),
    ("/standards/new", "a form"),
    ("/schemes/new", "a form"),
    ("/suggestions", "the top committee's"),
    ("/problems/reminders", "only the problems its address names"),
    ("/inspections", "an inspector's own"),
    ("/assess/{cycle}", "counts, compared below"),
    ("/assess/{cycle}/final", "about the cycle as a whole"),
    ("/assess/{cycle}/withdrawal", "about the cycle as a whole"),
    ("/assess/{cycle}/phase", "whoever leads at the root sees all of it"),
    ("/assess/{cycle}/teams", "a cycle's teams belong to everybody in it"),
    ("/assess/{cycle}/draws", "a draw is a record for everybody in the cycle"),
    ("/assess/{cycle}/publicity", "publicity is for everybody under the root"),
    ("/assess/{cycle}/publicity/print", "the same"),
    ("/assess/{cycle}/objections", "one's own, or all of the root's"),
    ("/api/v1/cycles/{cycle}/publicity", "as its page"),
    ("/api/v1/cycles/{cycle}/objections", "as its page"),
];

/// The route of an address: words in brackets are its cycle, and the year is one.
fn route(address: &str) -> String {
    let mut path = address.split('?').next().unwrap().replace("2018", "{year}");
    while let (Some(from), Some(to)) = (path.find('['), path.find(']')) {
        path.replace_range(from..=to, "{cycle}");
    }
    path
}

/// Routes for business roles whose address names no object, or only a cycle or a year.
fn lists_of(rows: &[Row]) -> BTreeSet<String> {
    let plain = |path: &str| !path.replace("{cycle}", "").replace("{year}", "").contains('{');
    let business = |row: &Row| matches!(&row.who, Open::Roles(who) if who.iter().any(|(role, _)| ROLES.contains(&role.as_str())));
    rows.iter().filter(|r| r.method == "GET" && plain(&r.path) && business(r)).map(|r| r.path.clone()).collect()
}

#[test]
fn every_list_is_tried_with_two_posts_or_said_to_be_none() {
    let mut tried: BTreeSet<String> = LISTS.iter().map(|(address, ..)| route(address)).collect();
    tried.extend(OTHERS.iter().map(|(path, _)| (*path).to_owned()));
    let all = lists_of(&crate::table().rows);
    assert!(all.len() > 20);
    let missing: Vec<_> = all.difference(&tried).collect();
    assert!(missing.is_empty(), "say in leitu/tests/permissions/posts.rs what these list: {missing:#?}");
}

/// In boxes, as what a fixture awaits is larger than the stack of a test's thread likes.
async fn fixture(db: db::Db) -> World {
    let world = Box::pin(World::new(db)).await;
    while figures::fold(&world.app.db).await.unwrap() > 0 {}
    world
}

impl World {
    /// Somebody who holds the role at each of the places.
    async fn holding(&self, role: &str, codes: &[&str]) -> Person {
        let person = Box::pin(self.app.person(role, Some(self.org(codes[0])))).await;
        for code in &codes[1..] {
            Box::pin(self.app.also(&person, role, self.org(code))).await;
        }
        person
    }
    async fn page(&self, who: &Person, address: &str) -> Answer {
        Box::pin(self.app.get(who, &self.filled(address))).await
    }
    /// What stands at each place: its code, and the mark by which a page shows it.
    fn marks(&self, kind: &str, note: &str) -> Vec<(String, String)> {
        match kind {
            "name" => TREE.iter().map(|(code, ..)| ((*code).to_owned(), name_of(code))).collect(),
            "branch" => TREE.iter().map(|(code, ..)| ((*code).to_owned(), self.org(code).to_string())).collect(),
            _ => self.objects[kind].iter().filter(|o| o.note == note).map(|o| (o.at.clone(), o.values[0].1.clone())).collect(),
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_holds_a_role_at_two_branches_sees_both_in_every_list_and_nothing_beside_them() {
    for engine in engines().await {
        println!("on {engine}");
        let world = fixture(engine.db().clone()).await;
        let mut wrong = Vec::new();
        for role in ROLES {
            let who = world.holding(role, &OWN).await;
            for (address, kind, note) in LISTS {
                let answer = world.page(&who, address).await;
                if answer.status == StatusCode::FORBIDDEN {
                    continue;
                }
                let mut say = |what: String| wrong.push(format!("{role} {address}: {} {what}", answer.status));
                let marks = world.marks(kind, note);
                let (own, beside): (Vec<_>, Vec<_>) = marks.iter().partition(|(code, _)| OWN.contains(&code.as_str()));
                for (code, mark) in own {
                    if !answer.body.contains(mark.as_str()) {
                        say(format!("does not show {kind} {note} of {code}"));
                    }
                }
                // Above stands what a page may name; what stands beside it may not.
                for (code, mark) in beside.iter().filter(|(code, _)| !OWN.iter().any(|own| own.starts_with(code.as_str()))) {
                    if answer.body.contains(mark.as_str()) || answer.body.contains(&name_of(code)) {
                        say(format!("shows {kind} {note} of {code}"));
                    }
                }
            }
        }
        assert!(wrong.is_empty(), "{} wrong on {engine}:\n{}", wrong.len(), wrong.join("\n"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn counts_over_two_branches_are_the_sums_of_the_counts_over_each() {
    for engine in engines().await {
        println!("on {engine}");
        let world = fixture(engine.db().clone()).await;
        let (first, second) = (world.holding("deputy", &OWN[..1]).await, world.holding("deputy", &OWN[1..]).await);
        let both = world.holding("deputy", &OWN).await;
        for (address, start) in [
            ("/problems", "<a class=\"chip\""),
            ("/problems?view=list&f=closed", "<a class=\"chip\""),
            ("/confirmations", "<a class=\"chip\""),
            ("/orgs", "<a class=\"chip\""),
            ("/overview?cycle=[cycle self 21]", "<a class=\"kpi"),
            ("/assess/[cycle self 21]", "<a class=\"kpi"),
            ("/assess/[cycle self 21]/sheets", "<a class=\"chip\""),
            ("/assess/[cycle recheck 21]/sheets?layer=recheck", "<a class=\"chip\""),
        ] {
            let mut read = Vec::new();
            for who in [&first, &second, &both] {
                let body = world.page(who, address).await.body;
                read.push(body.split(start).skip(1).map(number).collect::<Vec<_>>());
            }
            let sums: Vec<i64> = read[0].iter().zip(&read[1]).map(|(a, b)| a + b).collect();
            assert!(sums.iter().any(|n| *n > 0), "{address} on {engine} counts nothing");
            assert_eq!(read[2], sums, "{address} on {engine}");
        }
    }
}

/// The last number a link says.
fn number(link: &str) -> i64 {
    let mut text = String::new();
    let mut inside = true;
    for c in link.split("</a>").next().unwrap().chars() {
        match c {
            '<' => inside = true,
            '>' => inside = false,
            c if !inside => text.push(c),
            _ => {}
        }
    }
    let digits = |c: char| c.is_ascii_digit();
    text.rsplit(|c| !digits(c)).find(|n| !n.is_empty()).map_or(0, |n| n.parse().unwrap())
}

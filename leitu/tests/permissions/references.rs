//! What a form or a query refers to beside its own object is asked for like the object itself: nothing out of reach, and
//! nothing of another cycle, gets in through a field.
use crate::doors::succeeded;
use crate::world::{World, name_of, system};
use organisations::import::Take;
use testkit::engines;
use web::StatusCode;

/// Who sends what where. Words in brackets are the fixture's: `[sheet self 21-2-1]` is its sheet of that note and place.
const FORMS: [(&str, &str, &str); 20] = [
    ("committee@21", "/assess/[cycle acceptance 21]/assignments", "team=[redraw]&layer=acceptance&branches=21-1-2"),
    ("committee@21", "/assess/[cycle acceptance 21]/assignments", "team=[team]&layer=acceptance&branches=22-1"),
    ("committee@21-1", "/assess/[cycle acceptance 21]/assignments", "team=[team]&layer=acceptance&branches=21-2-1"),
    ("committee@21", "/assess/[cycle recheck 21]/draws", "team=[team]&reason=重抽"),
    ("committee@21", "/assess/[cycle acceptance 21]/late-permissions", "sheet=[sheet self 21-1-1]&until=[soon]&reason=因公"),
    ("committee@21-1", "/assess/[cycle acceptance 21]/late-permissions", "sheet=[sheet acceptance 21-2-1]&until=[soon]&reason=因公"),
    ("committee@21", "/assess/[cycle self 22]/late-permissions", "sheet=[sheet self 22-1]&until=[soon]&reason=因公"),
    ("secretary@21-1-1", "/sheets/[sheet self 21-1-1]/evidence/C1/citations", "file=[file  21-2-1]"),
    ("secretary@21-1-1", "/sheets/[sheet self 21-1-1]/evidence/C1/removal", "file=[file  21-2-1]"),
    ("secretary@21-1-1", "/sheets/[sheet self 21-1-1]/claims/P1/removal", "file=[file  21-2-1]"),
    ("deputy@21-1", "/members/[member  21-1-1]/posts/end", "term=[term  21-2-1]"),
    ("deputy@21-1", "/problems/reminders", "no=[problem open 21-2-1]"),
    ("committee@21-1", "/orgs", "code=x-1&name=新支部&type=631&category=机关&parent_code=21-2"),
    ("committee@21-1", "/orgs", "code=x-2&name=新工委&type=611&category=机关&parent_code="),
    ("committee@21-1", "/orgs/[org  21-1-2]/place", "parent_code=21-2&day=[today]"),
    ("committee@21-1", "/orgs/[org  21-1-2]/place", "parent_code=21&day=[today]"),
    ("committee@21-1", "/assess", "scheme=[scheme]&year=2041&root=21&self_until=[soon]"),
    ("committee@21", "/assess", "scheme=[scheme]&year=2041&root=22&self_until=[soon]"),
    ("committee@21", "/assess/[cycle publicity 21]/objections", "about=22-1&text=有异议"),
    ("security_administrator@", "/roles/[account  ]/[post of another]/ending", "x="),
];

/// Pages that take a place, a cycle or a word from the query; none may name what is out of reach.
const QUERIES: [(&str, &str); 12] = [
    ("deputy@21-1", "/problems?view=list&org=[org  21-2-1]"),
    ("deputy@21-1", "/problems?view=list&org=[org  22-1]"),
    ("deputy@21-1", "/problems?view=list&cycle=[cycle self 22]"),
    ("deputy@21-1", "/problems/export?format=csv&org=[org  22-1]"),
    ("deputy@21-1", "/api/v1/problems?org=[org  21-2-1]"),
    ("deputy@21-1", "/overview?cycle=[cycle self 22]"),
    ("deputy@21-1", "/overview?open=/"),
    ("deputy@21-1", "/search?q=甲21-2-1乙"),
    ("deputy@21-1", "/search?q=22-1"),
    ("deputy@21-1", "/orgs?after=/"),
    ("deputy@21-1", "/assess/[cycle self 21]/sheets?after=/"),
    ("secretary@21-1-1", "/ledger?cycle=[cycle final 21]"),
];

impl World {
    /// Fills the words in brackets.
    pub fn filled(&self, text: &str) -> String {
        let mut parts = text.split('[');
        let mut out = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            let (word, rest) = part.split_once(']').expect("a closing bracket");
            out += &self.word(word);
            out += rest;
        }
        out
    }
    fn word(&self, word: &str) -> String {
        if let Some(known) = self.words.get(word) {
            return known.clone();
        }
        if word == "post of another" {
            return self.objects["account"][1].values[1].1.clone();
        }
        let mut words = word.split(' ');
        let (name, note, at) = (words.next().unwrap(), words.next().unwrap(), words.next().unwrap());
        let all = self.objects.values().flatten();
        let found = all.filter(|o| o.note == note && o.at == at).find_map(|o| o.values.iter().find(|(n, _)| *n == name));
        found.unwrap_or_else(|| panic!("the fixture has no {word}")).1.clone()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_out_of_reach_or_of_another_cycle_gets_in_through_a_field() {
    for engine in engines().await {
        println!("on {engine}");
        let world = World::new(engine.db().clone()).await;
        let mut wrong = Vec::new();
        for (who, path, body) in FORMS {
            let (role, at) = who.split_once('@').unwrap();
            let (path, body) = (world.filled(path), world.filled(body));
            let fields: Vec<_> = body.split('&').filter_map(|pair| pair.split_once('=')).collect();
            let before = world.events().await;
            let answer = world.app.post(world.person(role, at), &path, &fields).await;
            if succeeded(&answer) || answer.status == StatusCode::INTERNAL_SERVER_ERROR || world.events().await != before {
                wrong.push(format!("{who} {path} {body}: {}", answer.status));
            }
        }
        for (who, path) in QUERIES {
            let (role, at) = who.split_once('@').unwrap();
            let path = world.filled(path);
            let answer = world.app.get(world.person(role, at), &path).await;
            // What was typed stands in the search field again; the name is looked for in what was found.
            let page = answer.body.replace(&format!("value=\"{}\"", name_of("21-2-1")), "");
            let named: Vec<_> = ["21-2-1", "22", "22-1"].into_iter().filter(|code| page.contains(&name_of(code))).collect();
            if !named.is_empty() || answer.status == StatusCode::INTERNAL_SERVER_ERROR {
                wrong.push(format!("{who} {path}: {} names {named:?}", answer.status));
            }
        }
        assert!(wrong.is_empty(), "{} wrong on {engine}:\n{}", wrong.len(), wrong.join("\n"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lower_committee_s_ledger_does_not_take_the_place_of_a_wider_one() {
    for engine in engines().await {
        println!("on {engine}");
        let world = World::new(engine.db().clone()).await;
        let home = tempfile::tempdir().unwrap();
        let file = home.path().join("ledger.csv");
        std::fs::write(&file, "branch_code,grade\n21-1-1,差\n").unwrap();
        let reach = access::Reach::of([tree::path(&world.app.db, world.org("21-1")).await.unwrap()]);
        let mut brought = Vec::new();
        // The fixture's ledger of 2018 has branches on every side; of 2017 there is none.
        for year in [2018, 2017, 2017] {
            let take = Take::new(file.clone(), "ledger.csv", tabular::Reader::Here, world.today()).within(reach.clone());
            brought.push(assessment::ledger::import_ledger(&world.app.db, system(), &take, year).await.map_err(|e| e.key).map(|r| r.rows));
        }
        assert_eq!(brought, [Err("ledger-year-wider"), Ok(1), Ok(1)]);
    }
}

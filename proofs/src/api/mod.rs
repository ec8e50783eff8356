//! The API, asked by schemathesis for everything its own description says it takes, and much that it does not: as every role and as
//! nobody. No answer is of 5xx, and none is one that the description does not name.
//!
//! Read on in [`tool`] (what asks), [`words`] (what is there, so that cases reach what they name).
mod tool;
mod words;

use crate::kill9::serve;
use crate::people::open;
use crate::program::Make;
use crate::province::maker;
use crate::report::Row;
use crate::visitor::Visitor;
use crate::{Size, stage};
use access::NewToken;
use audit::Event;
use db::{Db, params};
use kernel::{AccountId, Instant};
use std::collections::{BTreeMap, BTreeSet};
use tool::{Told, Tool};

const NAME: &str = "API fuzz";
/// Cases of a control: enough to come to each operation as each role.
const CONTROL: usize = 3_000;
/// Of a hundred cases so many are answered by a handler, at the least.
const REACHED: usize = 15;
/// Who scores on site, and of how many sheets each.
const INSPECTORS: usize = 2;
const SHEETS: usize = 3;
/// Who holds no permission, or hardly one of the API's, is asked for so many of a hundred cases of the others' share.
const OUTSIDE: usize = 20;

pub async fn rows(size: Size) -> Vec<Row> {
    let tool = match Tool::installed() {
        Ok(tool) => tool,
        Err(why) => return vec![Row::not_run(NAME, why)],
    };
    let cases = size.of(1_000, 100_000);
    let control = CONTROL.min(cases.max(1_000));
    vec![
        on_site(&format!("{NAME}, sheets on site"), &tool, size.of(1_000, 5_000)).await,
        fuzzed(NAME, &tool, cases, None).await,
        fuzzed(&format!("{NAME}, control: a value of another type is the server's own fault"), &tool, control, Some("own-fault")).await,
        fuzzed(&format!("{NAME}, control: the description forgets that a step may come too late"), &tool, control, Some("untold")).await,
    ]
}

db::row! {
    struct Entry { role: String, account: AccountId }
}

/// The demo, asked as each of its roles and as nobody, in turn.
async fn fuzzed(name: &str, tool: &Tool, cases: usize, defect: Option<&'static str>) -> Row {
    let home = tempfile::tempdir().expect("a folder");
    let make = Make { defect, url: None, home: home.path().into(), log: home.path().join("log") };
    let program = serve(&make);
    let db = open(home.path()).await;
    let (tokens, roles) = (tokens(&db).await, roles());
    let (all, described) = (words::shown_to(&program.address, "committee").await, words::described(&program.address).await);
    let (mut told, mut asked) = (Told::default(), BTreeSet::new());
    let mut people: Vec<(&str, Option<&str>)> = tokens.iter().map(|(role, token)| (role.as_str(), Some(token.as_str()))).collect();
    people.push(("nobody", None));
    let outside = |role: &str| roles.get(role).is_none_or(|role| role.is_administrator());
    let weight = |role: &str| if outside(role) { OUTSIDE } else { 100 };
    let weights: usize = people.iter().map(|(role, _)| weight(role)).sum();
    for (role, token) in people {
        let known = match token {
            Some(_) => words::mixed(words::shown_to(&program.address, role).await, &all),
            None => all.clone(),
        };
        let words = home.path().join("words.json");
        std::fs::write(&words, serde_json::Value::from(known).to_string()).expect("a file");
        let said = tool.ask(&program.address, token, &words, (cases * weight(role)).div_ceil(weights)).expect("schemathesis runs");
        println!("  as {role}: {}", said.in_short());
        told.add(said);
        asked.insert(role.to_owned());
    }
    let panics = make.panics();
    let everybody = roles.iter().all(|(role, _)| asked.contains(role)) && asked.contains("nobody");
    let done: BTreeSet<&str> = told.done().collect();
    let text = format!(
        "roles={} and nobody, operations={} of {} done={} cases={} reached={} answers_of_5xx={} undocumented={} other_failures={} broken={} panics={panics}",
        asked.len() - 1,
        told.operations().len(),
        described.len(),
        done.len(),
        told.cases(),
        told.reached(),
        told.wrong("5xx"),
        told.wrong("undocumented"),
        told.failures,
        told.wrong("broken"),
    );
    described.iter().filter(|operation| !done.contains(operation.as_str())).for_each(|operation| println!("  never done: {operation}"));
    let whole = everybody && described.iter().all(|operation| told.operations().contains(operation.as_str()));
    let reached = whole && told.cases() >= cases && told.reached() * 100 >= told.cases() * REACHED;
    let found = told.wrong("5xx") + told.wrong("undocumented");
    let clean = found == 0 && told.failures == 0 && told.wrong("broken") == 0 && panics == 0;
    let holds = match defect {
        Some("own-fault") => told.wrong("5xx") > 0,
        Some(_) => told.wrong("undocumented") > 0,
        None => reached && clean,
    };
    if !holds || defect.is_none() {
        told.words().for_each(|line| eprintln!("  {line}"));
    }
    Row::of(name, text, holds)
}

/// The demo's cycle is in its first phase. Here is one in acceptance: inspectors, whose sheets wait for one score and for being
/// handed in.
async fn on_site(name: &str, tool: &Tool, cases: usize) -> Row {
    let home = tempfile::tempdir().expect("a folder");
    let hands = stage::make(home.path(), None, SHEETS).await;
    let make = Make { defect: None, url: None, home: home.path().into(), log: home.path().join("log") };
    let program = serve(&make);
    let (db, file) = (open(home.path()).await, home.path().join("words.json"));
    let mut told = Told::default();
    for hand in hands.iter().take(INSPECTORS) {
        let mut visitor = Visitor::at(&program.address).await.expect("a connection");
        visitor.take("leitu", &hand.inspector.session);
        let mut known = words::seen(visitor).await;
        known.insert("indicator".into(), vec![stage::INDICATOR, stage::INDICATOR, "A2"].into());
        known.insert("sheet".into(), hand.sheets.iter().map(ToString::to_string).collect::<Vec<_>>().into());
        std::fs::write(&file, serde_json::Value::from(known).to_string()).expect("a file");
        let token = token(&db, hand.inspector.account, "inspector".into()).await;
        told.add(tool.ask(&program.address, Some(&token), &file, cases / INSPECTORS).expect("schemathesis runs"));
    }
    let wanted = ["PUT /api/v1/sheets/{sheet}/acceptance/{indicator}", "POST /api/v1/sheets/{sheet}/acceptance"];
    let done = wanted.iter().filter(|operation| told.done().any(|done| done == **operation)).count();
    let (wrong, panics) = (told.wrong("5xx") + told.wrong("undocumented") + told.wrong("broken") + told.failures, make.panics());
    let text = format!(
        "inspectors={INSPECTORS} scored_and_handed_in={done} of {} cases={} reached={} answers_of_5xx={} undocumented={} panics={panics}",
        wanted.len(),
        told.cases(),
        told.reached(),
        told.wrong("5xx"),
        told.wrong("undocumented"),
    );
    let holds = done == wanted.len() && told.cases() >= cases && wrong == 0 && panics == 0;
    told.words().filter(|_| !holds).for_each(|line| eprintln!("  {line}"));
    Row::of(name, text, holds)
}

/// The roles there are.
fn roles() -> access::Roles {
    leitu::house::roles(&leitu::house::slices()).expect("roles")
}

/// A token of the demo's identity of each role.
async fn tokens(db: &Db) -> BTreeMap<String, String> {
    let entries: Vec<Entry> = db.lookup("SELECT role, account FROM demo_entry", &params![]).await.expect("identities");
    let mut made = BTreeMap::new();
    for Entry { role, account } in entries {
        made.insert(role.clone(), token(db, account, role).await);
    }
    made
}

/// Of an account, in one role.
async fn token(db: &Db, account: AccountId, role: String) -> String {
    let new = NewToken::new().expect("randomness");
    let text = new.text.clone();
    let done = audit::change(db, maker(), async move |tx| {
        access::make_token(tx, account, &new, "fuzz", &role, 1, Instant::now()).await?;
        Ok(((), Event::new("token.create", format!("account:{account}"))))
    });
    done.await.expect("a token");
    text
}

//! Every route × everybody × every place an object may stand at, against a table kept by hand (`table.txt`).
//!
//! The routes come from the program, so none can be forgotten. What is expected comes from the table and from the codes
//! of the fixture's organisations, not from the program. The same round proves that every change leaves exactly one event,
//! that a change whose event cannot be written does not happen, that a form without its token does nothing, that a request
//! whose answer was lost may be sent again, that no page shows what stands outside one's reach, and that every answer says
//! what it is and lets no other page, cache or origin near.
#![allow(clippy::restriction, clippy::disallowed_methods, reason = "tests may")]
mod described;
mod digest;
mod doors;
mod gone;
mod headers;
mod matters;
mod phases;
mod posts;
mod principals;
mod references;
mod said;
mod sixty;
mod table;
mod unheard;
mod world;

use std::collections::BTreeSet;

use digest::Digest;
use doors::{Request, amounts_to, succeeded};
use principals::{Expected, Principal};
use table::{Open, Row, Table};
use testkit::{Answer, Person, engines};
use web::StatusCode;
use world::{Object, TREE, World, covers, name_of};

fn table() -> Table {
    Table::read(include_str!("table.txt"))
}

#[test]
fn every_route_has_a_row_and_every_row_a_route() {
    let slices = leitu::house::slices();
    let routes: Vec<String> = slices.iter().flat_map(|s| s.routes.inventory()).map(|r| format!("{} {}", r.method, r.path)).collect();
    let rows: Vec<String> = table().rows.iter().map(Row::name).collect();
    let without_row: Vec<_> = routes.iter().filter(|r| !rows.contains(r)).collect();
    let without_route: Vec<_> = rows.iter().filter(|r| !routes.contains(r)).collect();
    assert!(without_row.is_empty(), "say in leitu/tests/permissions/table.txt who may: {without_row:#?}");
    assert!(without_route.is_empty(), "rows of leitu/tests/permissions/table.txt without a route: {without_route:#?}");
    assert!(rows.iter().enumerate().all(|(i, r)| !rows[..i].contains(r)), "two rows for one route");
}

/// Both engines side by side: a round keeps one core busy for minutes.
#[test]
fn every_door_opens_to_whom_the_table_says_and_to_nobody_else() {
    // A door that answers 500 says here why.
    let _ = tracing_subscriber::fmt().with_env_filter("error").with_test_writer().try_init();
    let runtime = || tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    std::thread::scope(|both| {
        for pg in [false, true] {
            both.spawn(move || runtime().block_on(every_door_on(pg)));
        }
    });
}

async fn every_door_on(pg: bool) {
    for engine in engines().await.into_iter().filter(|e| e.is_pg() == pg) {
        let world = Box::pin(World::new(engine.db().clone())).await;
        let digest = Digest::of(engine.db(), pg).await;
        let description = described::description();
        let mut round = Round { description, digest, world, table: table(), wrong: vec![], cells: 0, stopped: 0, repeats: [0, 0], pg };
        for row in round.table.rows.clone() {
            Box::pin(round.row(&row)).await;
        }
        println!("{} cells on {engine}; {} injected audit failures stopped as many changes", round.cells, round.stopped);
        println!("sent again: {} led to the page above, {} answered as at first", round.repeats[0], round.repeats[1]);
        assert!(round.cells > 5_000, "the round was shorter than it should be: {}", round.cells);
        assert!(round.stopped >= 100, "only {} changes were tried without their event", round.stopped);
        assert!(round.repeats.iter().all(|n| *n > 0), "no request was sent again of a kind: {:?}", round.repeats);
        assert!(round.wrong.is_empty(), "{} wrong on {engine}:\n{}", round.wrong.len(), round.wrong.join("\n"));
        round.everything_adds_up().await;
    }
}

struct Round {
    world: World,
    table: Table,
    /// Of the API.
    description: serde_json::Value,
    digest: Digest,
    wrong: Vec<String>,
    cells: usize,
    /// Changes that did not happen because their event could not be written.
    stopped: usize,
    /// Requests sent again: led to the page above, and given the very answer of the first.
    repeats: [usize; 2],
    pg: bool,
}

/// One door, tried by one person.
struct Cell<'a> {
    row: &'a Row,
    principal: &'a Principal,
    who: Option<Person>,
    request: Request,
    expected: Expected,
    about: String,
}

impl Round {
    async fn row(&mut self, row: &Row) {
        let people = std::mem::take(&mut self.world.principals);
        let mut objects = self.objects(row);
        let mut doors: Vec<_> = (0..people.len()).flat_map(|p| (0..objects.len()).map(move |o| (p, o))).collect();
        // Whoever is refused comes first: what somebody may do could change what the others see.
        let expected = |(p, o): &(usize, usize)| people[*p].expected(&self.table, row, objects[*o].as_ref().map(Option::as_ref));
        doors.sort_by_key(|door| expected(door) == Expected::Allowed);
        let (mut open, mut gone) = (false, BTreeSet::new());
        for (p, o) in doors {
            let mut cell = self.cell(row, &people[p], objects[o].as_ref().map(Option::as_ref)).await;
            if gone.contains(&o) && cell.expected == Expected::Allowed {
                cell.expected = Expected::Missing;
            }
            let through = Box::pin(self.try_door(&cell, !open)).await;
            open |= through;
            if through && row.once {
                gone.insert(o);
            }
            if let (true, Some(to), Some(Some(object))) = (through, &row.to, &mut objects[o]) {
                to.clone_into(&mut object.at);
            }
        }
        self.world.principals = people;
        if row.changes() && !open && matches!(row.who, Open::Everyone | Open::Roles(_)) && !REFUSED.contains(&row.body.as_str()) {
            self.wrong.push(format!("{}: nobody came through, so nothing is known of its event", row.name()));
        }
    }
    /// Every object of the row's kind, and one that is not there.
    fn objects(&self, row: &Row) -> Vec<Option<Option<Object>>> {
        let Some(kind) = row.object() else { return vec![None] };
        let all = self.world.objects.get(kind.as_str()).unwrap_or_else(|| panic!("the fixture has no {kind}"));
        let fit = all.iter().filter(|o| row.only.as_ref().is_none_or(|note| *note == o.note));
        let mut list: Vec<_> = fit.cloned().map(|o| Some(Some(o))).collect();
        assert!(!list.is_empty(), "{}: the fixture has no such object", row.name());
        if kind != "year" {
            list.push(Some(None));
        }
        list
    }
    async fn cell<'a>(&self, row: &'a Row, principal: &'a Principal, object: Option<Option<&Object>>) -> Cell<'a> {
        let expected = principal.expected(&self.table, row, object);
        let request = self.world.request(row, principal, object.flatten());
        let ends = row.path.starts_with("/sign-out");
        let who = if ends && principal.person.is_some() { Some(self.world.again(principal).await) } else { principal.person.clone() };
        let about = match object {
            None => String::new(),
            Some(None) => " (missing)".into(),
            Some(Some(o)) => format!(" ({} {})", if o.at.is_empty() { "installation" } else { &o.at }, o.note),
        };
        Cell { row, principal, who, request, expected, about }
    }
    /// Answers whether a change went through.
    async fn try_door(&mut self, cell: &Cell<'_>, first: bool) -> bool {
        self.cells += 1;
        let changes = cell.row.changes() && cell.expected == Expected::Allowed;
        let unheard = if changes && first && !matches!(cell.row.who, Open::Anybody | Open::Closed) {
            Some(self.without_audit(cell).await)
        } else {
            None
        };
        let before = self.world.events().await;
        let answer = self.world.send(cell.row, cell.who.as_ref(), &cell.request).await;
        let events = self.world.events().await - before;
        let name = format!("{} by {}{}", cell.row.name(), cell.principal.name(), cell.about);
        self.is_guarded(&answer, &name);
        let undescribed = described::undescribed(&self.description, (&cell.row.method, &cell.row.path), &answer);
        self.wrong.extend(undescribed.map(|what| format!("{name}: {what}")));
        match amounts_to(&answer) {
            Ok(got) if got == cell.expected => {}
            got => self.wrong.push(format!("{name}: expected {:?}, came {got:?} {}", cell.expected, said(&answer))),
        }
        if cell.row.changes() {
            let silent = cell.row.who == Open::Closed || self.table.carries.contains(&cell.row.name());
            let wanted = i64::from(succeeded(&answer) && !silent);
            let in_chunks = wanted == 1 && events > 1 && self.table.chunks.contains(&cell.row.name());
            let refused_but_noted = wanted == 0 && events == 1 && matches!(cell.row.who, Open::Anybody);
            if events != wanted && !refused_but_noted && !in_chunks {
                self.wrong.push(format!("{name}: {} left {events} events", answer.status));
            }
        } else {
            let wanted = i64::from(answer.status == StatusCode::OK && self.table.exports.contains(&cell.row.name()));
            if events != wanted {
                self.wrong.push(format!("{name}: reading it left {events} events"));
            }
            if cell.expected == Expected::Allowed {
                self.nothing_leaks(cell, &answer, &name);
            }
        }
        if let (Some(unheard), true) = (unheard, succeeded(&answer)) {
            self.was_stopped(cell, &unheard, &name);
            self.a_forged_form_does_nothing(cell, &name).await;
        }
        let through = cell.row.changes() && succeeded(&answer);
        if through && matches!(cell.row.who, Open::Everyone | Open::Roles(_)) {
            Box::pin(self.sent_again(cell, &answer, &name)).await;
        }
        through
    }
    /// The answer was lost, so the same request comes again: it is answered as done, and nothing is done twice.
    async fn sent_again(&mut self, cell: &Cell<'_>, first: &Answer, name: &str) {
        if cell.row.path.starts_with("/sign-out") {
            return; // The session it came by is over.
        }
        let before = self.world.events().await;
        let answer = self.world.send(cell.row, cell.who.as_ref(), &cell.request).await;
        let (events, exact) = (self.world.events().await - before, answer.status == first.status && answer.location == first.location);
        self.repeats[usize::from(exact)] += 1;
        if !exact && !leads_to_a_page_above(cell, &answer) || events != 0 {
            let (lost, came) = (&first.location, &answer.location);
            self.wrong.push(format!(
                "{name}: sent again, {} to {came:?} instead of {} to {lost:?}, {events} events {}",
                answer.status,
                first.status,
                said(&answer)
            ));
        }
    }
    async fn a_forged_form_does_nothing(&mut self, cell: &Cell<'_>, name: &str) {
        let Some(mut forger) = cell.who.clone() else { return };
        forger.csrf = "0".repeat(forger.csrf.len());
        let before = self.world.events().await;
        let request = self.world.request(cell.row, cell.principal, None);
        let request = Request { path: cell.request.path.clone(), ..request };
        let answer = self.world.send(cell.row, Some(&forger), &request).await;
        let signed_out = cell.row.path.starts_with("/sign-out") && amounts_to(&answer) == Ok(Expected::SignIn);
        if !(signed_out || amounts_to(&answer) == Ok(Expected::Denied)) || self.world.events().await != before {
            self.wrong.push(format!("{name}: a forged form came back with {}", answer.status));
        }
    }
    /// Neither the name nor the id of anything beside one's own line in the tree stands on the page.
    fn nothing_leaks(&mut self, cell: &Cell<'_>, answer: &Answer, name: &str) {
        let at = cell.principal.at;
        if at.is_empty() || self.table.shows.contains(&cell.row.name()) {
            return;
        }
        let beside = |code: &str| !covers(at, code) && !covers(code, at);
        for (code, ..) in TREE.iter().filter(|(code, ..)| beside(code)) {
            if answer.body.contains(&name_of(code)) {
                self.wrong.push(format!("{name}: the page names {code}"));
            }
        }
        let theirs = |o: &&Object| !o.at.is_empty() && beside(&o.at) && o.owner.is_none() && o.team.is_empty();
        for (kind, object) in self.world.objects.iter().flat_map(|(kind, all)| all.iter().filter(theirs).map(move |o| (kind, o))) {
            if *kind != "cycle" && answer.body.contains(&object.values[0].1) {
                self.wrong.push(format!("{name}: the page has the id of a {kind} of {}", object.at));
            }
        }
    }
    /// After thousands of requests the chain holds and the kept figures equal a recount.
    async fn everything_adds_up(&self) {
        let db = &self.world.app.db;
        assert!(audit::verify(db).await.unwrap().is_ok());
        self.everything_said_has_words().await;
        while figures::fold(db).await.unwrap() > 0 {}
        for (board, leaves) in leitu::house::recounts(db).await.unwrap() {
            assert_eq!(figures::compare(db, &board, &leaves).await.unwrap(), [], "board {board}");
        }
    }
}

/// Rows whose form is refused on purpose: a good one needs what the fixture cannot know (a password, a telephone).
const REFUSED: [&str; 2] = ["old=x&password=abc&again=abc", "old=x&given=123456"];

/// Where a repeated request is led that cannot be given its very answer.
fn leads_to_a_page_above(cell: &Cell<'_>, answer: &Answer) -> bool {
    answer.status == StatusCode::SEE_OTHER && answer.location != "/" && cell.request.path.starts_with(&answer.location)
}

fn said(answer: &Answer) -> String {
    let text = answer.body.split("<h1").nth(1).unwrap_or(&answer.body);
    let mut out = String::new();
    let mut inside = false;
    for c in text.chars() {
        match c {
            '<' => inside = true,
            '>' => inside = false,
            c if !inside && !c.is_whitespace() => out.push(c),
            _ => {}
        }
    }
    out.chars().take(80).collect()
}

//! Somebody who holds a role at two units of three: lists, counts, files and the API show exactly the two, page by page.
#![allow(clippy::restriction, reason = "in a test, what is missing is a failure")]
mod ground;

use access::{Reach, System};
use audit::Event;
use axum::http::Method;
use ground::Ground;
use kernel::OrgId;
use rectification::confirmation::list as confirmations;
use rectification::problem::list::{self, ALWAYS, Asked, START, Which};
use rectification::{Asking, By, ask_none};
use testkit::{Person, on_both};

/// Branches of A and B, which are the reader's, and one of the committee's own, which is not.
async fn three(g: &Ground) -> [OrgId; 3] {
    let parts = [("code", "21-9"), ("name", "机关第九支部"), ("type", "631"), ("category", ""), ("parent_code", "21")];
    let founder = g.app.person("committee", None).await;
    let made = g.app.post(&founder, "/orgs", &parts).await.location;
    [g.branch("A-1").await, g.branch("B-1").await, made.rsplit('/').next().unwrap().parse().unwrap()]
}

async fn reader(g: &Ground, role: &str, at: [OrgId; 2]) -> Person {
    let person = g.app.person(role, Some(at[0])).await;
    g.app.also(&person, role, at[1]).await;
    person
}

async fn reach(g: &Ground, orgs: &[OrgId]) -> Reach {
    let mut tops = Vec::new();
    for org in orgs {
        tops.push(Some(tree::path(&g.app.db, *org).await.unwrap().unwrap()));
    }
    Reach::of(tops)
}

fn asked(reach: Reach, limit: i64) -> Asked {
    Asked { reach, which: Which::Open, due: ALWAYS, board: None, places: Vec::new(), after: START, limit }
}

#[tokio::test(flavor = "multi_thread")]
async fn problems_of_two_branches_of_three_are_listed_page_by_page_as_if_they_were_one() {
    on_both(&[], async |db| {
        let g = Ground::new(db).await;
        let [first, second, third] = three(&g).await;
        let mut own = Vec::new();
        // Due dates alternate between the branches, so that every page takes from both.
        for n in 0..9 {
            for (org, mine) in [(first, true), (third, false), (second, true)] {
                let id = g.open_on(org, &format!("C{n}"), g.today(), 10 + (n * 7) % 5).await;
                own.extend(mine.then_some(id));
            }
        }
        let mut expected = Vec::new();
        for id in &own {
            let p = g.one(*id).await;
            expected.push((p.due.number(), p.id));
        }
        expected.sort();
        let two = reach(&g, &[first, second]).await;
        for limit in [1, 4, 5, 18, 50] {
            let (mut seen, mut after) = (Vec::new(), START);
            loop {
                let page = Asked { after, ..asked(two.clone(), limit) };
                let rows = g.app.db.read(async move |tx| list::page(tx, &page).await).await.unwrap();
                assert!(rows.len() as i64 <= limit);
                let Some(last) = rows.last() else { break };
                after = last.place();
                seen.extend(rows.iter().map(rectification::Problem::place));
            }
            assert_eq!(seen, expected, "{limit} at a time");
        }
        let n = async |reach: Reach| {
            let asked = asked(reach, 1);
            g.app.db.read(async move |tx| list::count(tx, &asked).await).await.unwrap()
        };
        assert_eq!((n(two).await, n(Reach::everything()).await, n(Reach::of([])).await), (18, 27, 0));
        let whole = asked(Reach::everything(), 50);
        assert_eq!(g.app.db.read(async move |tx| list::page(tx, &whole).await).await.unwrap().len(), 27);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_pages_the_file_and_the_api_of_two_branches_show_the_problems_of_both() {
    on_both(&[], async |db| {
        let g = Ground::new(db).await;
        let [first, second, third] = three(&g).await;
        let (mut own, mut foreign) = (Vec::new(), Vec::new());
        for n in 0..28 {
            own.push(g.open(first, &format!("C{n}")).await.to_string());
            own.push(g.open(second, &format!("C{n}")).await.to_string());
            if n % 7 == 0 {
                foreign.push(g.open(third, &format!("C{n}")).await.to_string());
            }
        }
        own.sort();
        for role in ["secretary", "deputy"] {
            let who = reader(&g, role, [first, second]).await;
            let (mut seen, mut next) = (Vec::new(), String::new());
            loop {
                let page = g.app.api(&who, Method::GET, &format!("/api/v1/problems?f=open{next}"), None).await;
                let page: serde_json::Value = serde_json::from_str(&page.body).unwrap();
                seen.extend(page["problems"].as_array().unwrap().iter().map(|p| p["id"].as_str().unwrap().to_owned()));
                let Some(after) = page["after"].as_str() else { break };
                next = format!("&after={after}");
            }
            seen.sort();
            assert_eq!(seen, own, "56 problems on two pages");
            let list = g.app.get(&who, "/problems?view=list").await.body;
            assert!(list.contains(" 56</a>") && foreign.iter().all(|id| !list.contains(id)), "the chip counts both");
            let board = g.app.get(&who, "/problems").await.body;
            assert!(board.contains("A-1支部") && board.contains("B-1支部") && !board.contains("机关第九支部"));
            let file = g.app.get(&who, "/problems/export?format=csv&f=open").await.body;
            let rows = |name: &str| file.lines().filter(|l| l.contains(name)).count();
            assert_eq!((rows("A-1支部"), rows("B-1支部"), rows("机关第九支部")), (28, 28, 0));
            // Asked for one of them, the list shows that one; the third is as if it were missing.
            let one = g.app.get(&who, &format!("/problems/export?format=csv&f=open&org={second}")).await.body;
            assert!(one.contains("B-1支部") && !one.contains("A-1支部"));
            assert_eq!(g.app.get(&who, &format!("/problems?org={third}")).await.status, web::StatusCode::NOT_FOUND);
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn confirmations_of_two_branches_of_three_are_listed_and_counted_together() {
    on_both(&[], async |db| {
        let g = Ground::new(db).await;
        let at = three(&g).await;
        for board in ["a", "b", "c"] {
            for org in at {
                ask(&g, board, org).await;
            }
        }
        let two = reach(&g, &at[1..]).await;
        let state = rectification::confirmation::State::Waiting;
        for limit in [1, 2, 4, 50] {
            let (mut seen, mut after) = (Vec::new(), confirmations::START);
            loop {
                let wanted = confirmations::Wanted { reach: two.clone(), state, board: None, after: after.clone(), limit };
                let counted = confirmations::Wanted { after: confirmations::START, ..wanted.clone() };
                let read = async move |tx: &mut db::Tx<'_>| {
                    Ok((confirmations::page(tx, &wanted).await?, confirmations::count(tx, &counted).await?))
                };
                let (rows, n) = g.app.db.read(read).await.unwrap();
                assert_eq!(n, 6);
                let Some(last) = rows.last() else { break };
                after = last.place();
                seen.extend(rows.into_iter().map(|c| (c.org, c.board)));
            }
            // 21-9 was founded after B-1: the order is that of the codes.
            let expected: Vec<_> = [at[2], at[1]].into_iter().flat_map(|org| ["a", "b", "c"].map(|b| (org, b.to_owned()))).collect();
            assert_eq!(seen, expected, "{limit} at a time");
        }
        let who = reader(&g, "secretary", [at[1], at[2]]).await;
        let page = g.app.get(&who, "/confirmations").await.body;
        let listed = g.app.api(&who, Method::GET, "/api/v1/confirmations", None).await.body;
        for (org, shown) in at.iter().zip([false, true, true]) {
            assert_eq!((page.contains(&org.to_string()), listed.contains(&org.to_string())), (shown, shown));
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_secretary_of_six_branches_answers_for_the_problems_and_the_questions_of_all_six() {
    on_both(&[], async |db| {
        let g = Ground::new(db).await;
        let (mut own, mut branches, mut asked, mut secretary) = (Vec::new(), Vec::new(), Vec::new(), None);
        for n in 1..=6 {
            let branch = g.branch(&format!("A-{n}")).await;
            own.push(g.open(branch, "C1").await);
            let other = g.branch(&format!("B-{n}")).await;
            ask(&g, "b", other).await;
            asked.push(other);
            branches.push(branch);
            match &secretary {
                None => secretary = Some(g.app.person("secretary", Some(branch)).await),
                Some(person) => g.app.also(person, "secretary", branch).await,
            }
        }
        let secretary = secretary.unwrap();
        for org in &asked {
            g.app.also(&secretary, "secretary", *org).await;
        }
        let page = g.app.get(&secretary, "/problems?view=list&f=mine").await.body;
        assert!(own.iter().all(|id| page.contains(&format!("/problems/{id}"))) && page.contains(" 6</a>"), "{page}");
        assert!(asked.iter().all(|org| page.contains(&format!("/orgs/{org}/confirmations"))), "{page}");
        // Page by page none is lost and none comes twice.
        let (mut seen, mut after) = (Vec::new(), START);
        loop {
            let (account, branches) = (secretary.account, branches.clone());
            let rows = g.app.db.read(async move |tx| list::mine(tx, account, &branches, after, 4).await).await.unwrap();
            let Some(last) = rows.last() else { break };
            after = last.place();
            seen.extend(rows.into_iter().map(|p| p.id));
        }
        own.sort();
        seen.sort();
        assert_eq!(seen, own);
    })
    .await;
}

async fn ask(g: &Ground, board: &str, org: OrgId) {
    let by = System::command("test");
    let (board, who) = (board.to_owned(), By::system(&by, g.today()));
    let asked = audit::change(&g.app.db, &by, async move |tx| {
        let named = organisations::named(tx, &[org]).await?.remove(0);
        let path = tree::node(tx, org).await?.path;
        ask_none(tx, &Asking { board: board.clone(), org, org_code: named.code, year: 2026, path, href: String::new() }, &who).await?;
        Ok(((), Event::new("sheet.submit", "sheet:1")))
    });
    asked.await.unwrap();
}

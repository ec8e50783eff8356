//! The ledger shows this year beside last; the overview adds it up.
use crate::walk::{COMMITTEE, HERO, TITLE, Walk};

pub async fn read_the_ledger(walk: &Walk, total: &str) {
    walk.become_(COMMITTEE).await;
    walk.person.go("/ledger").await;
    choose_the_year(walk).await;
    walk.person.sees(HERO.1).await;
    let rows = walk.person.texts("main tbody tr").await;
    assert_eq!(rows.len(), 6, "every branch of the organ, those that missed it too: {rows:?}");
    let hero = rows.iter().find(|row| row.contains(HERO.1)).expect("the branch stands in the ledger");
    assert!(hero.contains(total), "{hero}");
    assert!(["晋位", "持平", "降位"].iter().any(|way| hero.contains(way)), "last year's grade stands beside: {hero}");
    walk.person.press(HERO.1).await;
    walk.person.sees("历年等次").await;
    walk.person.sees("2025").await;
}

/// On a phone the filters are one line until they are to be changed.
async fn choose_the_year(walk: &Walk) {
    if walk.person.offers("修改").await {
        walk.person.press("修改").await;
    }
    walk.person.choose("年度", TITLE).await;
    walk.person.press("查询").await;
}

pub async fn read_the_overview(walk: &Walk) {
    walk.person.go("/overview").await;
    choose_the_year(walk).await;
    walk.person.sees("组织").await;
    let figures = walk.person.texts("a.kpi .v").await;
    // Open are the points that those who missed it lost by their facts; 定稿 opened them.
    assert_eq!(figures.len(), 5, "branches, handed in, open, closed, overdue: {figures:?}");
    assert_eq!((figures[0].as_str(), figures[1].as_str(), figures[3].as_str()), ("6", "2", "1"), "{figures:?}");
}
